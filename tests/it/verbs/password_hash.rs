//! A password hash and the user whom it belongs to.

use serde_json::json;

use crate::support::samples::{USER, base64};
use crate::support::{Scene, invalid_fields};

const ADD: [&str; 7] = ["add", "passwordHash", "h", "--name", USER, "cleartext=-", "change=true"];

fn add_user(scene: &Scene, id: &str, provider: &str) {
    scene.run(["user", "add", "--id", id, "--auth-provider", provider, "--email", "ada@example.org"]).ok();
}

/// A user and her hash `h`, of the password `S-NetApp123`.
fn hashed() -> Scene {
    let scene = Scene::new();
    add_user(&scene, USER, "local");
    scene.run_with(ADD, "S-NetApp123").ok();
    scene
}

fn document(id: &str, name: &str) -> serde_json::Value {
    json!({"id": id, "type": "passwordHash", "name": name,
           "keyStore": {"cleartext": base64("S-NetApp123"), "change": base64("true")}})
}

#[test]
fn its_user_must_be_there_and_local() {
    let scene = Scene::new();
    let error = scene.refuses(3, ADD.iter().chain(&["-o", "json"]), "S-NetApp123").hides("S-NetApp").error();
    assert_eq!(invalid_fields(&error), ["name"]);
    assert!(error["hints"][0].as_str().unwrap().contains("credctl user add"));
    for provider in ["ldap", "cloud-central"] {
        add_user(&scene, USER, provider);
        let error = scene.refuses(3, ADD.iter().chain(&["-o", "json"]), "S-NetApp123").error();
        assert_eq!(invalid_fields(&error), ["name"], "{provider}");
        scene.run(["user", "delete", USER]).ok();
    }
    add_user(&scene, USER, "local");
    scene.refuses(3, ["add", "passwordHash", "h", "cleartext=-", "change=true"], "S-NetApp123").says("name");
    scene.refuses(
        3,
        ["add", "passwordHash", "h", "--name", "ada", "cleartext=-", "change=true"],
        "S-NetApp123",
    );
    scene.refuses(0, ADD.iter().chain(&["-n"]), "S-NetApp123");
    scene.run_with(ADD, "S-NetApp123").ok();
}

#[test]
fn a_key_store_becomes_one_only_for_a_user() {
    let scene = Scene::new();
    let store = json!({"id": "k", "type": "keystore", "name": USER, "keyStore": {"any": base64("S-any")}});
    scene.run_with(["add", "-f", "-"], store.to_string()).ok();
    let document =
        json!({"keyType": "passwordHash", "name": USER, "keyStore": document("k", USER)["keyStore"]});
    let promote = ["update", "k", "-f", "-", "--format", "astra"];
    scene.refuses(3, promote, document.to_string());
    add_user(&scene, USER, "local");
    scene.run_with(promote, document.to_string()).ok();
    assert_eq!(scene.get("k")["type"], "passwordHash");
}

#[test]
fn the_password_is_never_shown_and_its_hash_only_where_it_comes_back_from() {
    let scene = hashed();
    for words in [
        &["get", "h"][..],
        &["get", "h", "--reveal"],
        &["get", "h", "--reveal", "--force"],
        &["get", "h", "--format", "astra", "--reveal"],
        &["get", "h", "--format", "aspire", "--reveal"],
        &["list"],
        &["history", "h"],
    ] {
        for form in ["table", "wide", "json", "yaml", "csv"] {
            let outcome = scene.run(words.iter().chain(&["-o", form])).ok();
            outcome.hides("argon2").hides("S-NetApp").hides(&base64("S-NetApp123"));
        }
    }
    scene.run(["get", "h", "--field", "hash", "--force"]).exits(6).hides("argon2");
    for format in ["native", "aspire"] {
        let export = scene.run(["export", "h", "--format", format]).ok().hides("S-NetApp");
        assert!(export.stdout().contains("$argon2id$"), "{format}");
    }
    scene.run(["export", "h", "--no-secrets"]).ok().hides("argon2");
    for format in ["astra", "csv", "shell", "kubernetes"] {
        scene.run(["export", "h", "--format", format]).hides("argon2").hides("S-NetApp");
    }
    let text = scene.text();
    assert!(text.contains("$argon2id$"));
    assert!(!text.contains("S-NetApp123") && !text.contains(&base64("S-NetApp123")));
    assert_eq!(scene.get("h")["fields"], json!({"keyStore": {"change": base64("true")}}));
}

#[test]
fn it_is_verified_and_changed() {
    let scene = hashed();
    let verify = |password: &str, status| {
        scene.run_with(["verify", "h", "--password-stdin"], password).exits(status).hides(password);
    };
    verify("S-NetApp123", 0);
    verify("S-NetApp124", 6);
    scene.run_with(["passwd", "h", "--password-stdin", "--must-change", "false"], "S-another-1").ok();
    verify("S-another-1", 0);
    verify("S-NetApp123", 6);
    assert_eq!(scene.get("h")["fields"]["keyStore"]["change"], base64("false"));
    scene.run_with(["passwd", "h", "--password-stdin"], "S-another-2").ok();
    assert_eq!(scene.get("h")["fields"]["keyStore"]["change"], base64("false"));
    scene.refuses(3, ["passwd", "h", "--password-stdin"], "short").says("8 characters");
    // the passwords of before are gone from the history as well, and their hashes bring them back
    let text = scene.text();
    assert!(!text.contains("S-another") && !text.contains("S-NetApp"));
    scene.run(["rollback", "h", "--revision", "1"]).ok();
    verify("S-NetApp123", 0);
}

#[test]
fn its_name_is_its_own() {
    let scene = hashed();
    scene.refuses(
        5,
        ["add", "passwordHash", "h2", "--name", USER, "cleartext=-", "change=true"],
        "S-NetApp123",
    );
    // in capitals it is the same user
    let capitals = USER.to_uppercase();
    scene.refuses(
        5,
        ["add", "passwordHash", "h2", "--name", &capitals, "cleartext=-", "change=true"],
        "S-NetApp123",
    );
    scene.refuses(5, ["put", "-f", "-"], document("h2", USER).to_string());
    // that it stays the same is no conflict with itself
    scene.run_with(["put", "-f", "-"], document("h", USER).to_string()).ok();
    scene.run(["patch", "h", "--description", "d"]).ok();
}

#[test]
fn its_name_is_its_own_also_within_one_call() {
    let scene = Scene::new();
    add_user(&scene, USER, "local");
    let documents = json!([document("a", USER), document("b", USER), document("c", &USER.to_uppercase())]);
    let answer = scene.run_with(["add", "-f", "-", "-o", "json"], documents.to_string()).exits(8).json();
    let results = answer["results"].as_array().unwrap();
    let added: Vec<_> = results.iter().map(|result| &result["added"]).collect();
    assert_eq!(added, [true, false, false]);
    assert_eq!(results[1]["error"]["status"], "409");
    assert_eq!(scene.ids(), ["a"]);
}

#[test]
fn its_name_never_changes() {
    let scene = hashed();
    let other = "6f3d0e4b-4f43-4b5f-9c5a-0d7a0c1b2c3d";
    add_user(&scene, other, "local");
    scene.refuses(5, ["patch", "h", "--name", other], "").says("name");
    scene.refuses(5, ["update", "h", "-f", "-"], document("h", other).to_string());
    scene.refuses(5, ["put", "-f", "-"], document("h", other).to_string());
    assert_eq!(scene.get("h")["name"], USER);
}

#[test]
fn a_password_hash_cannot_be_deleted_before_its_user() {
    let scene = hashed();
    for words in [
        &["delete", "-y", "h"][..],
        &["delete", "-y", "h", "--ignore-missing"],
        &["delete", "-y", USER, "--by-name"],
        &["delete", "-y", "--filter", "type eq 'passwordHash'"],
        &["delete", "-n", "h"],
    ] {
        let error = scene.refuses(5, words.iter().chain(&["-o", "json"]), "").error();
        assert!(error["hints"].to_string().contains(USER), "{error}");
    }
    scene.login("login");
    let answer = scene.run(["delete", "-y", "h", "login", "-o", "json"]).exits(8).json();
    assert_eq!(
        (&answer["results"][0]["deleted"], &answer["results"][1]["deleted"]),
        (&json!(false), &json!(true))
    );
    scene.refuses(5, ["delete", "-y", "-f", "-"], r#"{"ids":["h"]}"#);
    scene.run(["user", "delete", USER]).ok().says("h still exists");
    scene.run(["delete", "-y", "h"]).ok();
}

#[test]
fn a_name_in_capitals_protects_it_as_well() {
    let scene = Scene::new();
    add_user(&scene, USER, "local");
    scene.run_with(["add", "-f", "-"], document("h", &USER.to_uppercase()).to_string()).ok();
    scene.refuses(5, ["delete", "-y", "h"], "");
    assert!(scene.run(["check", "--only", "user"]).ok().stdout().contains("no problems were found"));
    let recipient = scene.recipient("e.txt");
    scene.run(["environment", "add", "e", "--recipient", &recipient, "--out", "e.age"]).ok();
    let bundle = scene.run(["user", "list", "-o", "name", "--vault", "e.age", "-i", "e.txt"]).ok();
    assert_eq!(bundle.stdout(), format!("{USER}\n"));
    scene.run(["user", "delete", &USER.to_uppercase()]).ok().says("h still exists");
}

#[test]
fn the_configuration_says_what_it_must_be_like() {
    let scene = hashed();
    let config = scene.file("strict.toml", "[password_policy]\nmin_length = 12\nrequire_symbol = true\n");
    let words = ["passwd", "h", "--password-stdin", "--config", &config];
    scene.refuses(3, words, "SNetApp12345").hides("NetApp");
    scene.refuses(3, words, "NetApp-123").says("12 characters").hides("NetApp");
    scene.run_with(words, "S-NetApp1234").ok();
}

#[test]
fn no_other_credential_can_have_the_name_of_a_password_hash() {
    let scene = hashed();
    scene.refuses(5, ["add", "Simple", "s", "value=-", "--name", USER], "v");
    scene.run_with(["add", "Simple", "s", "value=-"], "v").ok();
    scene.refuses(5, ["patch", "s", "--name", &USER.to_uppercase()], "");
}

#[test]
fn nobody_else_goes_by_its_name_within_one_call() {
    let scene = Scene::new();
    add_user(&scene, USER, "local");
    let simple = |id: &str, name: &str| json!({"id": id, "type": "Simple", "name": name, "value": "v"});
    let other = "9e2bc4bb-6a3b-4e2f-8b1c-0d5a3f2c1b0a";
    let documents = json!([
        simple("a", other),
        simple("b", other),
        document("h", USER),
        simple("c", USER),
        simple("d", "d")
    ]);
    let answer = scene.run_with(["add", "-f", "-", "-o", "json"], documents.to_string()).exits(8).json();
    let results = answer["results"].as_array().unwrap();
    let added: Vec<_> = results.iter().map(|result| &result["added"]).collect();
    assert_eq!(added, [true, true, true, false, true]);
    assert_eq!(results[3]["error"]["status"], "409");
    // once it is gone, so is its name
    scene.run(["user", "delete", USER]).ok();
    scene.run(["delete", "h", "-y"]).ok();
    scene.run_with(["add", "-f", "-"], simple("c", USER).to_string()).ok();
}
