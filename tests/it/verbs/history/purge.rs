//! `purge`: earlier versions are forgotten for good.

use serde_json::json;

use super::{history, password, revisions, thrice};
use crate::support::{Scene, members};

#[test]
fn a_purge_removes_earlier_versions_and_the_backup() {
    let scene = thrice();
    scene.login("other");
    scene.run(["patch", "other", "domain=x"]).ok();
    for secret in ["S-1", "S-2", "S-3"] {
        assert!(scene.text().contains(secret));
    }
    let answer = scene.run(["purge", "db", "-y", "-o", "json"]).ok().hides("S-").json();
    assert_eq!(members(&answer), ["deploymentResult", "message", "purged"]);
    assert_eq!(answer["purged"], json!([{"id": "db", "versions": 2}]));
    let text = scene.text();
    assert!(!text.contains("S-1") && !text.contains("S-2") && text.contains("S-3"));
    // the generation before, which had them, is gone too
    assert!(!scene.names().iter().any(|name| name.contains(".bak") || name.contains(".tmp")));
    assert_eq!((revisions(&scene, "db"), revisions(&scene, "other")), (vec![3], vec![2, 1]));
    assert_eq!(password(&scene, "db"), "S-3");
    scene.refuses(4, ["get", "db", "--revision", "1"], "");
    scene.refuses(4, ["undo"], "");
}

#[test]
fn what_was_deleted_goes_with_all_the_others() {
    let scene = thrice();
    scene.login("other");
    scene.run(["patch", "other", "domain=x"]).ok();
    scene.run(["delete", "-y", "db"]).ok();
    let outcome = scene.run(["purge", "--all", "-y"]).ok();
    assert_eq!(outcome.stdout(), "purged 4 earlier versions of 2 credentials\n");
    assert!(history(&scene, &[]).is_empty() && !scene.text().contains("S-"));
    assert_eq!(revisions(&scene, "other"), [2]);
    scene.refuses(4, ["history", "db"], "");
    // later changes are kept again
    scene.run(["patch", "other", "domain=y"]).ok();
    assert_eq!(revisions(&scene, "other"), [3, 2]);
}

#[test]
fn several_ids_are_purged_together_or_not_at_all() {
    let scene = thrice();
    scene.login("new");
    scene.refuses(4, ["purge", "-y", "db", "new"], "").says("new");
    scene.refuses(4, ["purge", "-y", "nobody", "db"], "").says("nobody");
    scene.run(["patch", "new", "domain=x"]).ok();
    let answer = scene.answer(["purge", "-y", "new", "db"]);
    assert_eq!(answer["purged"], json!([{"id": "db", "versions": 2}, {"id": "new", "versions": 1}]));
}

#[test]
fn nobody_purges_by_accident() {
    let scene = thrice();
    scene.refuses(2, ["purge", "db"], "y\n").says("--yes");
    scene.refuses(2, ["purge", "-y"], "");
    scene.refuses(2, ["purge", "-y", "db", "--all"], "");
    scene.refuses(6, ["purge", "-y", "db", "--role", "operator"], "");
    let answer = scene.refuses(0, ["purge", "db", "-n", "-o", "json"], "").json();
    assert_eq!((&answer["dryRun"], &answer["purged"][0]["versions"]), (&json!(true), &json!(2)));
    assert!(scene.path("vault.age.bak").exists());
    assert_eq!(revisions(&scene, "db"), [3, 2, 1]);
}

#[test]
fn a_project_purges_its_own() {
    let scene = thrice();
    scene.run_with(["add", "Simple", "one", "value=-", "-p", "p1"], "S").ok();
    scene.run(["patch", "one", "--description", "d"]).ok();
    scene.refuses(6, ["purge", "-y", "--all", "-p", "p1"], "");
    scene.refuses(4, ["purge", "-y", "one", "-p", "p2"], "");
    scene.refuses(6, ["purge", "-y", "db", "-p", "p1"], "");
    scene.run(["purge", "-y", "one", "-p", "p1"]).ok();
    assert_eq!(revisions(&scene, "one"), [2]);
    // it goes by where it is, and not by where it was
    scene.run(["move", "one", "--to", "p2"]).ok();
    scene.refuses(4, ["purge", "-y", "one", "-p", "p1"], "");
    scene.run(["purge", "-y", "one", "-p", "p2"]).ok();
    assert_eq!(revisions(&scene, "one"), [3]);
}

#[test]
fn there_may_be_nothing_to_purge() {
    let scene = Scene::with_login();
    let answer = scene.answer(["purge", "-y", "--all"]);
    assert_eq!(answer["purged"], json!([]));
}
