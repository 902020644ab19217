//! The mark of secrets that a removed recipient could read: who gets it, who tells of it, and what takes it off.

use serde_json::json;

use super::marked;
use crate::support::Scene;

/// A vault for two recipients, with a login of two versions, one of three secrets, a note without secrets, and a
/// deleted login. The other recipient is then removed.
fn removed() -> Scene {
    let scene = Scene::with_login();
    let ada = scene.recipient("ada.txt");
    scene.run(["recipients", "add", &ada, "--name", "Ada"]).ok();
    scene.run_with(["patch", "admin", "password=-"], "second").ok();
    scene.login("other");
    scene.run_with(["patch", "other", "custom.pin=-"], "4711").ok();
    scene.run(["types", "--define", &scene.file("public.toml", PUBLIC)]).ok();
    scene.run(["add", "our.site", "site", "url=https://example.org"]).ok();
    scene.login("gone");
    scene.run(["delete", "gone", "-y"]).ok();
    let answer = scene.answer(["recipients", "remove", "Ada"]);
    assert_eq!(answer["couldRead"]["credentials"], 2);
    // two of `admin` and `other`, and the deleted one
    assert_eq!(answer["couldRead"]["versions"], 3);
    scene
}

/// A type without a secret.
const PUBLIC: &str = r#"
name = "our.site"
summary = "a page that everybody may read"

[[field]]
name = "url"
kind = "url"
help = "address of the page"
required = true
"#;

#[test]
fn every_secret_is_marked_and_nothing_else_changes() {
    let scene = removed();
    assert_eq!(marked(&scene), ["admin", "other"]);
    let shown = scene.get("admin");
    assert_eq!((&shown["rotateRequired"], &shown["revision"]), (&json!(true), &json!(2)));
    let versions = scene.answer(["history", "admin"]);
    assert_eq!(versions["items"].as_array().map(Vec::len), Some(2), "{versions}");
    // an editor that saw the credential before must not write over the mark
    scene.run(["check", "--only", "rules"]).ok();
    for form in ["json", "jsonl", "yaml", "csv", "tsv", "name", "table", "wide"] {
        let words = ["list", "--filter", "rotateRequired eq true", "-o", form];
        let list = scene.run(words).ok();
        assert!(list.stdout().contains("admin") && !list.stdout().contains("site"), "{form}: {list:?}");
    }
    let columns = scene.run(["list", "--include", "id,rotateRequired", "-o", "csv"]).ok();
    assert!(columns.stdout().contains("admin,true"), "{columns:?}");
}

#[test]
fn the_etag_changes_with_the_mark() {
    let scene = Scene::with_login();
    let ada = scene.recipient("ada.txt");
    scene.run(["recipients", "add", &ada, "--name", "Ada"]).ok();
    let before = scene.get("admin");
    scene.run(["recipients", "remove", "Ada"]).ok();
    let after = scene.get("admin");
    assert_ne!(before["etag"], after["etag"]);
    assert_eq!(before["updatedAt"], after["updatedAt"]);
    // a second removal finds it marked already
    let bob = scene.recipient("bob.txt");
    scene.run(["recipients", "add", &bob, "--name", "Bob"]).ok();
    scene.run(["recipients", "remove", "Bob"]).ok();
    assert_eq!(scene.get("admin"), after);
}

#[test]
fn every_report_counts_the_marks_and_names_the_command_that_lists_them() {
    let scene = removed();
    let listing = "credctl list --filter \"rotateRequired eq true\"";
    assert_eq!(scene.answer(["status"])["rotateRequired"], 2);
    let status = scene.run(["status"]).ok();
    assert!(status.stdout().contains("2 credentials need a new secret") && status.stdout().contains(listing));
    let doctor = scene.run(["doctor", "--only", "rotation", "-o", "json"]).exits(8).json();
    assert!(doctor["findings"][0]["command"].as_str().unwrap().contains(listing), "{doctor}");
    let check = scene.run(["check", "--only", "rotation"]).exits(8).says(listing);
    assert!(check.stdout().contains("admin") && check.stdout().contains("rotateRequired"), "{check:?}");
    assert!(scene.run(["list"]).ok().stdout().contains("Rotate"));
    assert!(scene.run(["get", "admin"]).ok().stdout().contains("needs a new secret"));
    // a table for scripts has the states alone
    assert!(!scene.run(["list", "-o", "table"]).ok().stdout().contains("Rotate"));
    for id in ["admin", "other"] {
        scene.run_with(["patch", id, "password=-"], format!("S-{id}")).ok();
    }
    assert_eq!(scene.answer(["status"])["rotateRequired"], 0);
    scene.run(["doctor", "--only", "rotation"]).ok();
    scene.run(["check", "--only", "rotation"]).ok();
    assert!(!scene.run(["list"]).ok().stdout().contains("Rotate"));
}

#[test]
fn only_a_secret_that_was_replaced_takes_the_mark_off() {
    let scene = removed();
    scene.run(["patch", "admin", "domain=x", "--description", "y", "--label", "a=b"]).ok();
    scene.run_with(["patch", "admin", "custom.new=-"], "1").ok();
    scene.run_with(["patch", "admin", "password=-"], "second").ok();
    assert_eq!(marked(&scene), ["admin", "other"], "the old password is as it was");
    scene.run(["rename", "admin", "boss"]).ok();
    scene.run(["copy", "boss", "copied"]).ok();
    scene.run_with(["copy", "boss", "fresh", "password=-"], "S-fresh").ok();
    assert_eq!(marked(&scene), ["boss", "copied", "other"]);
    // of several secrets, those that are the same are named
    scene.run_with(["patch", "other", "password=-"], "S-new").ok().says("custom.pin did not change");
    scene.run_with(["passwd", "copied", "--password-stdin"], "S-passwd").ok();
    assert_eq!(marked(&scene), ["boss"]);
    // the change taken back
    scene.run(["undo"]).ok();
    assert_eq!(marked(&scene), ["boss", "copied"]);
}

#[test]
fn an_attachment_that_was_replaced_takes_the_mark_off() {
    let scene = Scene::with_login();
    let ada = scene.recipient("ada.txt");
    scene.run(["types", "--define", &scene.file("public.toml", PUBLIC)]).ok();
    scene.run(["add", "our.site", "site", "url=https://example.org"]).ok();
    let file = scene.file("key.pem", "S-one");
    scene.run(["attach", "site", &file]).ok();
    scene.run(["recipients", "add", &ada, "--name", "Ada"]).ok();
    let answer = scene.answer(["recipients", "remove", "Ada"]);
    assert_eq!(answer["couldRead"]["attachments"], 1);
    assert_eq!(marked(&scene), ["admin", "site"]);
    scene.run(["attach", "site", &scene.file("more.pem", "S-more")]).ok();
    assert_eq!(marked(&scene), ["admin", "site"]);
    scene.run(["attach", "site", &scene.file("key.pem", "S-two"), "--overwrite"]).ok();
    assert_eq!(marked(&scene), ["admin"]);
}

#[test]
fn an_earlier_version_and_a_deleted_credential_come_back_with_their_mark() {
    let scene = removed();
    scene.run_with(["patch", "admin", "password=-"], "third").ok();
    assert_eq!(marked(&scene), ["other"]);
    scene.run(["rollback", "admin", "--revision", "1"]).ok();
    scene.run(["restore", "gone"]).ok();
    assert_eq!(marked(&scene), ["admin", "gone", "other"]);
    // through a file
    let exported = scene.run(["export", "admin"]).ok().stdout().to_owned();
    let other = Scene::new();
    other.run(["import", &other.file("export.json", exported)]).ok();
    assert_eq!(marked(&other), ["admin"]);
}

#[test]
fn a_record_that_cannot_be_read_keeps_nobody_in_the_vault() {
    let scene = Scene::with_login();
    let ada = scene.recipient("ada.txt");
    scene.login("broken");
    scene.run(["recipients", "add", &ada, "--name", "Ada"]).ok();
    let own = scene.own();
    let text = scene.text().replacen("\"etag\":", "\"etaG\":", 2).replacen("\"etaG\":", "\"etag\":", 1);
    crate::support::lab::encrypt_to(text.as_bytes(), &scene.vault(), &[&own, &ada]);
    scene.forget();
    scene.run(["recipients", "remove", "Ada"]).ok().says("1 damaged record");
    scene.run(["get", "admin", "-i", "ada.txt"]).exits(7);
}
