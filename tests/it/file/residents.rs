//! Records beside the credentials, one of each kind, for the tests that try every record or every verb.

use crate::support::Scene;

/// The id of the user.
pub const USER: &str = "6b1551db-b7fa-473d-a05c-43524badb11b";

/// Returns the words that add a throttle policy.
pub const fn throttle<'a>(id: &'a str, value: &'a str) -> [&'a str; 11] {
    ["policy", "add", id, "--type", "throttle", "--period", "day", "--value", value, "--description", "d"]
}

/// Returns the definition of a type with one field.
pub fn own_type(name: &str) -> String {
    let field = "name = \"host\"\nkind = \"text\"\nhelp = \"x\"\nrequired = true\n";
    format!("name = \"{name}\"\nsummary = \"x\"\n\n[[field]]\n{field}")
}

/// Adds the policy `p1`, a user, a reference of a credential, and the type `acme-host`.
pub fn add_residents(scene: &Scene, credential: &str) {
    let own = scene.file("own.toml", own_type("acme-host"));
    for words in [
        &throttle("p1", "5")[..],
        &["user", "add", "--id", USER, "--auth-provider", "local", "--email", "a@a.example"],
        &["ref", "add", credential, "/servers/h1", "--address", "h1.example.org"],
        &["types", "--define", &own],
    ] {
        scene.run(words).ok();
    }
}
