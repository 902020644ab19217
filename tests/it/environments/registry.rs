//! `environment add`, `list` and `remove`.

use std::fs;

use serde_json::json;

use super::{bytes, deployed, environment};
use crate::support::{Scene, invalid_fields, members};

#[test]
fn adding_one_writes_its_bundle_and_shows_it() {
    let scene = Scene::with_login();
    let recipient = scene.recipient("gw.txt");
    let answer = scene.answer([
        "environment",
        "add",
        "gw-1",
        "--recipient",
        &recipient,
        "--out",
        "gw.age",
        "--api-proxy",
        "Payments",
        "--api-proxy",
        "Orders",
        "--api-proxy-group",
        "Public",
        "-p",
        "shop",
    ]);
    let shown = ["apiProxies", "apiProxyGroups", "deploymentResult", "name", "out", "project", "recipients"];
    assert_eq!(members(&answer), shown);
    assert_eq!((&answer["name"], &answer["project"]), (&json!("gw-1"), &json!("shop")));
    assert_eq!(answer["out"], scene.text_path("gw.age"));
    assert_eq!(answer["recipients"], json!([recipient]));
    assert_eq!(
        (&answer["apiProxies"], &answer["apiProxyGroups"]),
        (&json!(["Payments", "Orders"]), &json!(["Public"]))
    );
    let reached = json!({"success": true, "environmentResults": [{"environment": "gw-1", "success": true}]});
    assert_eq!(answer["deploymentResult"], reached);
    assert!(scene.path("gw.age").exists());
}

#[test]
fn an_environment_with_a_wrong_name_recipient_or_path_is_refused() {
    let scene = Scene::with_login();
    let recipient = scene.recipient("e.txt");
    scene.file("notes.txt", "notes");
    fs::create_dir(scene.path("folder")).unwrap();
    let add = |status: i32, name: &str, recipient: &str, out: &str| {
        let words = ["environment", "add", name, "--recipient", recipient, "--out", out, "-o", "json"];
        scene.refuses(status, words, "")
    };
    for name in ["", "a b", "a/b", ".hidden", "ä", &"x".repeat(64)] {
        assert_eq!(invalid_fields(&add(3, name, &recipient, "e.age").error()), ["name"], "{name:?}");
    }
    add(2, "e", "nonsense", "e.age");
    add(10, "e", &recipient, "missing/e.age");
    add(5, "e", &recipient, "notes.txt");
    assert_eq!(fs::read(scene.path("notes.txt")).unwrap(), b"notes");
    for own in ["vault.age", "vault.age.bak", "vault.age.lock", "./home/../vault.age"] {
        add(5, "e", &recipient, own);
    }
    add(10, "e", &recipient, "folder");
    scene.refuses(2, ["environment", "add", "e", "--out", "e.age"], "");
    scene.refuses(2, ["environment", "add", "e", "--recipient", &recipient], "");
    assert!(!scene.path("e.age").exists());
}

#[test]
fn each_has_a_name_and_a_file_of_its_own() {
    let scene = deployed();
    let recipient = scene.recipient("other.txt");
    let add = |name: &str, out: &str| {
        let words = ["environment", "add", name, "--recipient", &recipient, "--out", out];
        scene.refuses(5, words, "").says("prod");
    };
    add("prod", "other.age");
    add("other", "prod/bundle.age");
    add("other", &scene.text_path("prod/bundle.age"));
    assert!(!scene.path("other.age").exists());
}

#[test]
fn the_list_is_sorted_and_shows_the_state_of_each_bundle() {
    let scene = deployed();
    environment(&scene, "dev", &["--api-proxy", "Payments"]);
    let items = scene.answer(["env", "ls"])["items"].clone();
    assert_eq!((&items[0]["name"], &items[1]["name"]), (&json!("dev"), &json!("prod")));
    assert_eq!((&items[0]["reached"], &items[0]["detail"]), (&json!("yes"), &serde_json::Value::Null));
    let table = scene.run(["environment", "list"]).ok();
    let lines: Vec<_> = table
        .stdout()
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>())
        .collect();
    assert_eq!(lines[0], ["NAME", "OUT", "REACHED", "API PROXIES", "API PROXY GROUPS"]);
    assert_eq!(lines[1], ["dev", &scene.text_path("dev/bundle.age"), "yes", "Payments"]);
    assert_eq!(scene.run(["env", "list", "-o", "name"]).ok().stdout(), "dev\nprod\n");
    assert_eq!(Scene::new().answer(["environment", "list"]), json!({"items": []}));
}

#[test]
fn removing_an_environment_keeps_its_bundle_without_delete_bundle() {
    let scene = deployed();
    scene.refuses(4, ["environment", "remove", "nowhere"], "");
    scene.refuses(0, ["environment", "remove", "prod", "--delete-bundle", "-n"], "");
    let before = bytes(&scene, "prod");
    scene.run(["environment", "remove", "prod"]).ok().says("prod/bundle.age still exists");
    scene.run(["patch", "admin", "domain=x"]).ok();
    assert_eq!(bytes(&scene, "prod"), before);
    // what is there may be a vault of somebody's own
    let recipient = scene.recipient("p.txt");
    let again = ["environment", "add", "prod", "--recipient", &recipient, "--out", "prod/bundle.age"];
    scene.refuses(5, again, "").says("--overwrite");
    scene.run(again.into_iter().chain(["--overwrite"])).ok();
    let answer = scene.answer(["env", "rm", "prod", "--delete-bundle"]);
    assert_eq!((&answer["name"], &answer["removed"]), (&json!("prod"), &json!(true)));
    assert!(!scene.path("prod/bundle.age").exists());
}

#[test]
fn one_whose_bundle_is_gone_can_be_removed() {
    let scene = deployed();
    fs::remove_dir_all(scene.path("prod")).unwrap();
    scene.run(["environment", "remove", "prod", "--delete-bundle"]).ok();
    assert_eq!(scene.answer(["environment", "list"])["items"], json!([]));
}

#[test]
fn an_operator_only_looks() {
    let scene = deployed();
    let recipient = scene.recipient("e.txt");
    for words in [
        &["environment", "add", "e", "--recipient", &recipient, "--out", "e.age"][..],
        &["environment", "remove", "prod"],
        &["deploy"],
    ] {
        scene.refuses(6, words.iter().chain(&["--role", "operator"]), "");
    }
    scene.run(["environment", "list", "--role", "operator"]).ok();
}

#[test]
fn only_a_bundle_is_deleted_with_its_environment() {
    let scene = deployed();
    scene.file("prod/bundle.age", "something else by now");
    scene.run(["environment", "remove", "prod", "--delete-bundle"]).ok().says("was not deleted");
    assert_eq!(fs::read(scene.path("prod/bundle.age")).unwrap(), b"something else by now");
    assert_eq!(scene.answer(["env", "list"])["items"], json!([]));
}
