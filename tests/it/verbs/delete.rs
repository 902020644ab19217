//! `delete`: out of the vault.

use serde_json::json;

use crate::support::{Scene, members};

#[test]
fn one_credential() {
    let scene = Scene::with_login();
    scene.login("other");
    let answer = scene.run(["delete", "admin", "-y", "-o", "json"]).ok().json();
    assert_eq!(members(&answer), ["deleted", "deploymentResult", "id", "message", "removedReferences"]);
    assert_eq!(
        (&answer["id"], &answer["deleted"], &answer["removedReferences"]),
        (&json!("admin"), &json!(true), &json!([]))
    );
    assert_eq!(answer["deploymentResult"], json!({"success": true, "environmentResults": []}));
    assert_eq!(scene.ids(), ["other"]);
    scene.run(["get", "admin"]).exits(4);
}

#[test]
fn deleting_needs_yes_and_an_id() {
    let scene = Scene::with_login();
    scene.refuses(2, ["delete", "admin"], "y\n").says("--yes");
    scene.refuses(2, ["delete"], "");
    scene.refuses(4, ["delete", "-y", "nobody"], "");
    // writing verbs take ids, not names
    scene.run(["patch", "admin", "--name", "The admin"]).ok();
    scene.refuses(4, ["delete", "-y", "The admin"], "");
    scene.run(["delete", "-y", "The admin", "--by-name"]).ok();
    assert!(scene.ids().is_empty());
}

#[test]
fn what_is_missing_may_be_ignored() {
    let scene = Scene::with_login();
    let answer = scene.refuses(0, ["delete", "-y", "nobody", "--ignore-missing", "-o", "json"], "").json();
    assert_eq!(answer["deleted"], false);
    scene.run(["rm", "-y", "nobody", "admin", "--ignore-missing"]).ok();
    assert!(scene.ids().is_empty());
}

#[test]
fn several_at_once() {
    let scene = Scene::with_login();
    scene.login("b");
    let answer = scene.run(["delete", "-y", "admin", "nobody", "b", "-o", "json"]).exits(8).json();
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.iter().map(|r| &r["deleted"]).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(results[1]["error"]["status"], "404");
    assert_eq!(results[0]["removedReferences"], json!([]));
    assert!(scene.ids().is_empty());
}

#[test]
fn atomic_deletes_all_or_nothing() {
    let scene = Scene::with_login();
    scene.login("b");
    scene.refuses(8, ["delete", "-y", "admin", "nobody", "b", "--atomic"], "");
    assert_eq!(scene.ids(), ["admin", "b"]);
}

#[test]
fn the_same_id_twice_is_deleted_once() {
    let scene = Scene::with_login();
    let answer = scene.run(["delete", "-y", "admin", "admin", "-o", "json"]).exits(8).json();
    assert_eq!(
        (&answer["results"][0]["deleted"], &answer["results"][1]["deleted"]),
        (&json!(true), &json!(false))
    );
}

#[test]
fn conditions_and_dry_runs() {
    let scene = Scene::with_login();
    scene.refuses(5, ["delete", "-y", "admin", "--if-match", "nonsense"], "");
    let answer = scene.refuses(0, ["delete", "admin", "-n", "-o", "json"], "").json();
    assert_eq!(answer["dryRun"], true);
    let etag = scene.get("admin")["etag"].as_str().unwrap().to_owned();
    scene.run(["delete", "-y", "admin", "--if-match", &etag]).ok();
}
