//! Definitions: what is accepted, in which form they come back, and who may make them.

use serde_json::{Value, json};

use super::{POSTGRES, define};
use crate::support::Scene;

#[test]
fn a_schema_judges_documents_as_the_gate_does() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    let good = json!({"type": "db.postgres", "id": "a", "host": "h", "database": "d", "username": "u", "password": "longenough"});
    let changed = |member: &str, value: Value| {
        let mut document = good.clone();
        document[member] = value;
        document
    };
    let mut kinds: Vec<String> = credctl::kind::KINDS.iter().map(|kind| kind.name.to_owned()).collect();
    kinds.push("db.postgres".to_owned());
    for kind in kinds {
        let schema = scene.run(["types", &kind, "--schema"]).ok().json();
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{kind}: {error}"));
    }
    let schema = scene.run(["types", "db.postgres", "--schema"]).ok().json();
    assert_eq!(schema["properties"]["password"]["writeOnly"], true);
    assert_eq!(schema["properties"]["username"].get("writeOnly"), None);
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (document, is_valid) in [
        (good.clone(), true),
        (changed("port", json!(5432)), true),
        (changed("port", json!(0)), false),
        (changed("sslmode", json!("require")), true),
        (changed("sslmode", json!("never")), false),
        (changed("host", json!("a b")), false),
        (changed("password", json!("short")), false),
        (changed("colour", json!("red")), false),
        (changed("description", json!("d")), true),
    ] {
        assert_eq!(validator.is_valid(&document), is_valid, "{document}");
        let outcome = scene.run_with(["add", "-n", "-f", "-"], document.to_string());
        assert_eq!(outcome.status() == Some(0), is_valid, "{document}: {outcome:?}");
    }
}

#[test]
fn the_definition_comes_back_as_it_was_written() {
    let scene = Scene::new();
    define(&scene, POSTGRES);
    let text = scene.run(["types", "db.postgres", "--toml"]).ok().stdout().to_owned();
    let again = define(&scene, &text);
    assert_eq!((&again["defined"], &again["changed"]), (&json!(false), &json!(false)), "{text}");
}

#[test]
fn a_wrong_definition_names_its_lines_and_asks_nobody() {
    let bare = Scene::bare();
    let toml =
        "name = \"login\"\nsummary = \"s\"\n\n[[field]]\nname = \"id\"\nkind = \"txt\"\nhelp = \"h\"\n";
    // there is no vault yet
    let define = |toml: &str| bare.run_with(["types", "--define", "-"], toml);
    define(toml).exits(3).says("line 6: field[0].kind: is no kind of field");
    let toml = toml.replace("txt", "text");
    define(&toml).exits(3).says("line 1: name: must be").says("line 5: field[0].name: is a member");
    define(&toml.replace("\"login\"", "\"a.b\"").replace("\"id\"", "\"x\"")).exits(4);
}

#[test]
fn only_administrators_of_the_vault_define_types() {
    let scene = Scene::new();
    scene.refuses(6, ["types", "--define", "-", "--project", "shop"], POSTGRES);
    scene.refuses(6, ["types", "--define", "-", "--role", "operator"], POSTGRES);
    define(&scene, POSTGRES);
    scene.refuses(6, ["types", "--undefine", "db.postgres", "--project", "shop"], "");
    scene.refuses(
        5,
        ["types", "--define", "-"],
        POSTGRES.replace("\"db.postgres\"", "\"db.other\"\naliases = [\"db.postgres\"]"),
    );
}
