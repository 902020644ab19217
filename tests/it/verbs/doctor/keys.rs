//! Findings about identities and recipients.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use super::{found, found_by, mends, only, paste, set_mode};
use crate::support::Scene;

#[test]
fn identities_that_are_missing_or_of_no_use() {
    let scene = Scene::with_login();
    let doctor = |path: &str| {
        let mut command = scene.command(["doctor"]);
        command.env("CREDCTL_IDENTITY", path);
        found_by(&mut command)
    };
    let said = "missing.txt` does not exist; CREDCTL_IDENTITY names it";
    assert_eq!(only(doctor("missing.txt"), "identity", said), "unset CREDCTL_IDENTITY");
    let junk = scene.file("junk.txt", "S-hunter2\n");
    set_mode(&scene, "junk.txt", 0o600);
    only(doctor(&junk), "identity", "contains no age identity");
    scene.recipient("other.txt");
    only(doctor("other.txt"), "identity", "none of the identities opens the vault");
    scene.configure("identity = 'gone.txt'\n");
    let mut command = scene.command(["doctor"]);
    let command = only(
        found_by(command.env_remove("CREDCTL_IDENTITY")),
        "identity",
        "gone.txt` does not exist; the configuration names it",
    );
    assert_eq!(command, format!("${{EDITOR:-vi}} {}", scene.text_path("home/config/credctl/config.toml")));
    fs::remove_file(scene.path("home/config/credctl/config.toml")).unwrap();
    let mut command = scene.command(["doctor"]);
    only(found_by(command.env_remove("CREDCTL_IDENTITY")), "identity", "no identity is named");
}

#[test]
fn recipients_that_the_next_write_would_refuse() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    // one that is no recipient keeps every write out
    scene.edit(|vault| vault["recipients"].as_array_mut().unwrap().push(json!("age1nonsense")));
    scene.run(["patch", "admin", "domain=x"]).exits(2);
    mends(&scene, "recipients", "`age1nonsense` is not an age recipient");
    scene.run(["patch", "admin", "domain=x"]).ok();
    // a plugin that is not allowed, and one that is not installed
    let token = "age1token1qypqxpqmkdl2a";
    scene.edit(|vault| vault["recipients"].as_array_mut().unwrap().push(json!(token)));
    let command = only(found(&scene), "recipients", "the age plugin `token` is not allowed");
    paste(&scene, &command);
    let command = only(found(&scene), "recipients", "install age-plugin-token, or remove the recipient");
    paste(&scene, &command);
    // a recipient was removed, who may have had a key
    only(found(&scene), "rotation", "1 credential needs a new secret");
    scene.run_with(["patch", "admin", "password=-"], "new").ok();
    fs::remove_file(scene.path("home/config/credctl/config.toml")).unwrap();
    // the own identity is not among them
    scene.edit(|vault| vault["recipients"] = json!([other]));
    let said = "your identities would not open the file any more";
    scene.run(["--accept-recipients", "patch", "admin", "domain=y", "-n"]).ok();
    let all = found(&scene);
    let command = &all.iter().find(|(_, detail, _)| detail.contains(said)).unwrap().2;
    paste(&scene, command);
    assert_eq!(found(&scene), []);
    scene.run(["patch", "admin", "domain=y"]).ok();
    // a list that does not agree with the file
    let own = scene.own();
    scene.edit(|vault| vault["recipients"] = json!([own, other]));
    mends(&scene, "recipients", "the next write will be refused: the file is locked to 1 × age key");
}

#[test]
fn a_machine_without_a_memory_of_the_recipients_gets_one() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    scene.run(["rekey", "--add-recipient", &other]).ok();
    let pins = scene.path("home/state/credctl/pins");
    fs::remove_dir_all(&pins).unwrap();
    let before = scene.bytes();
    mends(&scene, "recipients", "this machine has not written the vault yet");
    assert!(before == scene.bytes() && pins.exists());
    // one that others can write is not believed
    fs::set_permissions(&pins, Permissions::from_mode(0o777)).unwrap();
    mends(&scene, "memory", "cannot remember the vault");
}
