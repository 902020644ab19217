//! The members of a record that version 2 added, through every verb that makes a record of another.

use serde_json::{Value, json};

use super::fixtures::thawed_of;
use crate::support::Scene;

/// The stored record of a credential.
fn record(scene: &Scene, id: &str) -> Value {
    let document: Value = serde_json::from_str(&scene.text()).unwrap();
    let records = document["credentials"].as_array().unwrap();
    records.iter().find(|record| record["id"] == id).unwrap().clone()
}

/// The names of the attachments that a record has.
fn attachments(scene: &Scene, id: &str) -> Vec<String> {
    let record = record(scene, id);
    let list = record["attachments"].as_array().cloned().unwrap_or_default();
    list.iter().map(|attachment| attachment["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn attachments_follow_their_credential() {
    let scene = thawed_of(2, "everything.age");
    let both = ["a.txt", "b.pem"];
    let stored = record(&scene, "Simple")["attachments"].clone();
    scene.run(["patch", "Simple", "--description", "x"]).ok();
    scene.run_with(["update", "Simple", "value=-"], "y").ok();
    assert_eq!(attachments(&scene, "Simple"), both);
    scene.run(["rename", "Simple", "renamed"]).ok();
    assert_eq!(attachments(&scene, "renamed"), both);
    scene.run(["copy", "renamed", "copied"]).ok();
    for id in ["renamed", "copied"] {
        let mut wanted = stored.clone();
        wanted.as_array_mut().unwrap().sort_by_key(ToString::to_string);
        let mut found = record(&scene, id)["attachments"].clone();
        found.as_array_mut().unwrap().sort_by_key(ToString::to_string);
        assert_eq!(found, wanted, "{id}");
    }
    // an earlier version comes back with the files that it had
    scene.edit(|document| {
        let records = document["credentials"].as_array_mut().unwrap();
        let record = records.iter_mut().find(|record| record["id"] == "renamed").unwrap();
        record.as_object_mut().unwrap().remove("attachments");
    });
    scene.run(["patch", "renamed", "--description", "z"]).ok();
    assert!(attachments(&scene, "renamed").is_empty());
    scene.run(["rollback", "renamed", "--revision", "1"]).ok();
    assert_eq!(attachments(&scene, "renamed"), both);
    scene.run(["delete", "-y", "renamed"]).ok();
    scene.run(["undo", "-y"]).ok();
    assert_eq!(attachments(&scene, "renamed"), both);
    // no verb shows the key of a blob or a content, until one is asked for
    for words in [&["get", "renamed", "-o", "json"][..], &["list", "-o", "json"], &["history", "renamed"]] {
        scene.run(words).ok().hides("AGE-SECRET-KEY").hides("YQ==");
    }
}

#[test]
fn a_mark_to_rotate_is_found_and_goes_with_a_new_secret() {
    let scene = thawed_of(2, "everything.age");
    let marked =
        || scene.run(["list", "--filter", "rotateRequired eq true", "-o", "name"]).ok().stdout().to_owned();
    assert_eq!(marked(), "Simple\n");
    assert_eq!(
        scene.run(["list", "--filter", "rotateRequired eq false", "-o", "name"]).ok().stdout(),
        "other\n"
    );
    assert_eq!(scene.get("Simple")["rotateRequired"], json!(true));
    assert_eq!(scene.get("other").get("rotateRequired"), None);
    assert_eq!(scene.get("Simple")["createdByName"], "One");
    scene.run(["patch", "Simple", "--description", "x"]).ok();
    assert_eq!(marked(), "Simple\n");
    // a copy has the same secret
    scene.run(["copy", "Simple", "copied"]).ok();
    assert_eq!(marked(), "Simple\ncopied\n");
    scene.run(["delete", "-y", "copied"]).ok();
    // an export carries it, and the names; the fixture has no file for this one
    scene.run(["detach", "Simple", "b.pem"]).ok();
    let exported = scene.run(["export"]).ok();
    assert!(exported.stdout().contains("\"rotateRequired\""), "{}", exported.stdout());
    let other = Scene::new();
    other.run(["import", &other.file("export.json", exported.stdout())]).ok();
    let record = record(&other, "Simple");
    assert_eq!((&record["rotateRequired"], &record["createdByName"]), (&json!(true), &json!("One")));
    scene.run_with(["patch", "Simple", "value=-"], "new").ok();
    assert_eq!(marked(), "");
    // the operator of the change has no name
    assert_eq!(self::record(&scene, "Simple").get("modifiedByName"), None);
    assert_eq!(self::record(&scene, "Simple")["createdByName"], "One");
}
