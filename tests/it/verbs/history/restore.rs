//! `restore`: what was deleted is there again.

use serde_json::json;

use super::{history, password, revisions, thrice};
use crate::support::{Scene, samples::USER};

#[test]
fn it_is_there_again_as_a_new_revision() {
    let scene = thrice();
    scene.run(["patch", "db", "--name", "Base", "--label", "a=b", "-q"]).ok();
    let before = scene.get("db");
    scene.run(["delete", "-y", "db"]).ok();
    let answer = scene.run(["restore", "db", "-o", "json"]).ok().hides("S-").json();
    assert_eq!((&answer["id"], &answer["deploymentResult"]["success"]), (&json!("db"), &json!(true)));
    let mut after = scene.get("db");
    assert_eq!(after["revision"], 5);
    for stamp in ["etag", "updatedAt", "revision"] {
        after[stamp] = before[stamp].clone();
    }
    assert_eq!(after, before);
    assert_eq!(revisions(&scene, "db"), [5, 4, 3, 2, 1]);
    scene.run(["rollback", "db", "--revision", "1"]).ok();
    assert_eq!(password(&scene, "db"), "S-1");
}

#[test]
fn its_grants_and_references_stay_gone() {
    let scene = thrice();
    scene.run(["grant", "db", "--api-proxy", "Payments"]).ok();
    scene.run(["ref", "add", "db", "/servers/host1"]).ok();
    scene.run(["delete", "-y", "db"]).ok();
    scene.run(["restore", "db"]).ok().says("db is not granted to Payments any more");
    let after = scene.get("db");
    assert_eq!((&after["access"], &after["references"]), (&json!([]), &json!([])));
}

#[test]
fn the_last_of_several_lives_comes_back() {
    let scene = thrice();
    for value in ["S-one", "S-two"] {
        scene.run(["delete", "-y", "db"]).ok();
        scene.run_with(["add", "Simple", "db", "value=-"], value).ok();
    }
    scene.run(["delete", "-y", "db"]).ok();
    scene.run(["restore", "db"]).ok();
    assert_eq!(scene.get("db")["fields"]["value"], "S-two");
}

#[test]
fn what_cannot_be_restored() {
    let scene = thrice();
    scene.refuses(5, ["restore", "db"], "").says("credctl rollback");
    scene.refuses(4, ["restore", "nobody"], "").says("credctl history");
    scene.run(["move", "db", "--to", "p1"]).ok();
    scene.run(["delete", "-y", "db"]).ok();
    scene.refuses(4, ["restore", "db", "-p", "p2"], "");
    scene.refuses(6, ["restore", "db", "--role", "operator"], "");
    scene.refuses(0, ["restore", "db", "-n"], "");
    scene.run(["restore", "db", "-p", "p1"]).ok();
    assert_eq!(scene.get("db")["project"], "p1");
    scene.run(["delete", "-y", "db"]).ok();
    scene.run(["purge", "-y", "db"]).ok();
    scene.refuses(4, ["restore", "db"], "");
}

#[test]
fn a_global_one_is_not_restored_from_a_project() {
    let scene = thrice();
    scene.run(["delete", "-y", "db"]).ok();
    assert_eq!(history(&scene, &["-p", "p1"]).len(), 1);
    scene.refuses(6, ["restore", "db", "-p", "p1"], "");
}

#[test]
fn a_password_hash_needs_its_user_again() {
    let scene = Scene::new();
    let user = ["user", "add", "--id", USER, "--auth-provider", "local", "--email", "a@example.org"];
    let hash = |id: &'static str| ["add", "passwordHash", id, "--name", USER, "cleartext=-", "change=true"];
    scene.run(user).ok();
    scene.run_with(hash("h1"), "S-NetApp123").ok();
    scene.run(["user", "delete", USER]).ok();
    scene.run(["delete", "-y", "h1"]).ok();
    scene.refuses(3, ["restore", "h1"], "").says("credctl user add");
    scene.run(user).ok();
    scene.run_with(hash("h2"), "S-NetApp456").ok();
    scene.refuses(5, ["restore", "h1"], "").says("h2");
    scene.run(["undo"]).ok();
    scene.run(["restore", "h1"]).ok();
    scene.run_with(["verify", "h1", "--password-stdin"], "S-NetApp123").ok();
}
