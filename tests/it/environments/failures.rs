//! An environment that cannot be reached: the change is never lost, and it is told until it is mended.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use super::{bytes, consume, deployed, document, environment, ids};
use crate::support::{Outcome, Scene};

/// What a change says of its one environment: whether it was reached, and why not.
#[track_caller]
fn told(outcome: &Outcome) -> (bool, String) {
    let deployment = &outcome.json()["deploymentResult"];
    let result = &deployment["environmentResults"][0];
    assert_eq!(deployment["success"], result["success"]);
    assert_eq!(result["error"].is_string(), result["success"] == false, "{result}");
    (result["success"] == true, result["error"].as_str().unwrap_or_default().to_owned())
}

#[track_caller]
fn change(scene: &Scene, domain: &str) -> Outcome {
    let outcome = scene.run(["patch", "admin", &format!("domain={domain}"), "-o", "json"]).ok();
    assert_eq!(scene.get("admin")["fields"]["domain"], *domain);
    outcome
}

/// Whether `environment list` says that it was reached, and its last result.
fn listed(scene: &Scene, name: &str) -> (String, Value) {
    let items = scene.answer(["environment", "list"])["items"].clone();
    let item = items.as_array().unwrap().iter().find(|item| item["name"] == *name).unwrap().clone();
    (item["reached"].as_str().unwrap().to_owned(), item["lastResult"].clone())
}

#[test]
fn a_folder_that_is_gone_loses_no_change() {
    let scene = deployed();
    assert_eq!(listed(&scene, "prod").0, "yes");
    fs::remove_dir_all(scene.path("prod")).unwrap();
    let outcome = change(&scene, "x").says("warning: the environment prod was not reached");
    let (reached, error) = told(&outcome);
    assert!(!reached && error.contains("prod"), "{error}");
    let (reached, last) = listed(&scene, "prod");
    assert_eq!(
        (reached.as_str(), &last["success"], last["error"].as_str()),
        ("no", &json!(false), Some(&*error))
    );
    scene.run(["environment", "list"]).ok();
    // deploying tries again, and says how it ended
    let outcome = scene.run(["deploy", "-o", "json"]).exits(10);
    assert!(!told(&outcome).0);
    assert_eq!(outcome.error()["error"], "io");
    fs::create_dir(scene.path("prod")).unwrap();
    let outcome = scene.run(["deploy", "-o", "json"]).ok();
    assert!(told(&outcome).0 && outcome.stderr.is_empty());
    assert_eq!(listed(&scene, "prod").0, "yes");
    assert_eq!(consume(&scene, "prod", &["get", "admin", "--field", "domain"]).ok().stdout(), "x");
}

#[test]
fn every_verb_that_changes_tells_it() {
    let scene = deployed();
    fs::remove_dir_all(scene.path("prod")).unwrap();
    for words in [
        &["add", "Simple", "s", "value=-"][..],
        &["put", "s", "value=-"],
        &["passwd", "admin", "--password-stdin"],
        &["patch", "admin", "s", "--description", "d"],
        &["grant", "admin", "--api-proxy", "Payments"],
        &["revoke", "admin", "--api-proxy", "Payments"],
        &["ref", "add", "admin", "/servers/host1"],
        &["ref", "remove", "admin", "/servers/host1"],
        &["policy", "add", "P", "--type", "route", "--route-to", "x", "--description", "d"],
        &["policy", "delete", "P"],
        &["user", "add", "--auth-provider", "local", "--email", "a@example.org"],
        &["move", "s", "--to", "p1"],
        &["delete", "-y", "s"],
        &["restore", "s"],
        &["rollback", "admin", "--revision", "1"],
        &["purge", "-y", "--all"],
        &["patch", "admin", "domain=y"],
        &["undo"],
    ] {
        let words = words.iter().chain(&["-o", "json"]);
        let outcome = scene.run_with(words, "S-new").ok().says("prod was not reached").hides("S-new");
        assert!(!told(&outcome).0, "{outcome:?}");
    }
}

#[test]
fn the_next_change_that_reaches_it_clears_it() {
    let scene = deployed();
    fs::rename(scene.path("prod"), scene.path("away")).unwrap();
    change(&scene, "x").says("warning");
    let since = listed(&scene, "prod").1["since"].clone();
    change(&scene, "y").says("warning");
    assert_eq!(listed(&scene, "prod").1["since"], since, "since when it fails");
    fs::rename(scene.path("away"), scene.path("prod")).unwrap();
    let outcome = change(&scene, "z");
    assert!(told(&outcome).0 && outcome.stderr.is_empty());
    assert_eq!(listed(&scene, "prod").0, "yes");
    assert_eq!(consume(&scene, "prod", &["get", "admin", "--field", "domain"]).ok().stdout(), "z");
}

#[test]
fn one_that_fails_keeps_nothing_from_the_others() {
    let scene = deployed();
    environment(&scene, "test", &[]);
    fs::remove_dir_all(scene.path("prod")).unwrap();
    let answer = change(&scene, "x").json();
    assert_eq!(answer["deploymentResult"]["success"], false);
    let results = answer["deploymentResult"]["environmentResults"].as_array().unwrap();
    let short: Vec<_> = results.iter().map(|result| (&result["environment"], &result["success"])).collect();
    assert_eq!(short, [(&json!("prod"), &json!(false)), (&json!("test"), &json!(true))]);
    assert_eq!(consume(&scene, "test", &["get", "admin", "--field", "domain"]).ok().stdout(), "x");
    let outcome = scene.run(["deploy", "-o", "json"]).exits(8);
    assert_eq!(outcome.json()["message"], "reached 1 of 2 environments");
    scene.run(["deploy", "test"]).ok();
    scene.run(["deploy", "prod"]).exits(10);
}

#[test]
fn only_the_environments_that_are_named_are_written() {
    let scene = deployed();
    environment(&scene, "test", &[]);
    let before = (bytes(&scene, "prod"), bytes(&scene, "test"));
    scene.run(["deploy", "test"]).ok();
    assert_eq!(before.0, bytes(&scene, "prod"));
    assert_ne!(before.1, bytes(&scene, "test"));
    scene.refuses(4, ["deploy", "prod", "nowhere"], "");
    assert_eq!(before.0, bytes(&scene, "prod"));
    // nothing to deploy is no failure
    assert_eq!(Scene::new().answer(["deploy"])["deploymentResult"]["success"], true);
}

#[test]
fn a_file_that_is_not_encrypted_is_never_replaced() {
    let scene = deployed();
    scene.file("prod/bundle.age", "notes of somebody");
    let (reached, error) = told(&change(&scene, "x"));
    assert!(!reached && error.contains("no age file"), "{error}");
    assert_eq!(bytes(&scene, "prod"), b"notes of somebody");
    fs::remove_file(scene.path("prod/bundle.age")).unwrap();
    fs::create_dir(scene.path("prod/bundle.age")).unwrap();
    assert!(!told(&change(&scene, "y")).0);
    fs::remove_dir(scene.path("prod/bundle.age")).unwrap();
    assert!(told(&change(&scene, "z")).0);
}

#[test]
fn the_vault_is_never_replaced_by_a_bundle() {
    let scene = deployed();
    for target in ["vault.age", "vault.age.bak", "vault.age.lock"] {
        fs::remove_file(scene.path("prod/bundle.age")).unwrap();
        symlink(scene.path(target), scene.path("prod/bundle.age")).unwrap();
        let (reached, error) = told(&change(&scene, target));
        assert!(!reached && error.contains("symbolic link"), "{target}: {error}");
        scene.run(["get", "admin"]).ok();
    }
    scene.run(["undo"]).ok();
}

#[test]
fn undoing_goes_back_a_change_and_not_a_note() {
    let scene = deployed();
    change(&scene, "one");
    fs::remove_dir_all(scene.path("prod")).unwrap();
    // this one is followed by a note of how it went, and so is the deploying
    change(&scene, "two");
    fs::create_dir(scene.path("prod")).unwrap();
    scene.run(["deploy"]).ok();
    let answer = scene.answer(["undo"]);
    assert_eq!(answer["results"], json!([{"id": "admin", "change": "changed back"}]));
    assert_eq!(scene.get("admin")["fields"]["domain"], "one");
    assert_eq!(consume(&scene, "prod", &["get", "admin", "--field", "domain"]).ok().stdout(), "one");
    scene.run(["undo"]).ok();
    assert_eq!(scene.get("admin")["fields"]["domain"], "two");
}

#[test]
fn the_first_change_after_which_nothing_can_be_undone_stays_so() {
    let scene = deployed();
    scene.run(["purge", "-y", "--all"]).ok();
    fs::remove_dir_all(scene.path("prod")).unwrap();
    scene.run(["deploy"]).exits(10);
    assert!(!scene.path("vault.age.bak").exists());
    scene.refuses(4, ["undo"], "");
}

#[test]
fn an_environment_comes_and_goes_with_what_is_undone() {
    let scene = deployed();
    scene.run(["undo"]).ok();
    assert_eq!(scene.answer(["env", "list"])["items"], json!([]));
    scene.run(["undo"]).ok();
    assert_eq!(ids(&scene, "prod"), ["admin"]);
    scene.run(["environment", "remove", "prod", "--delete-bundle"]).ok();
    assert!(!scene.path("prod/bundle.age").exists());
    scene.run(["undo"]).ok();
    assert_eq!(ids(&scene, "prod"), ["admin"]);
}

#[test]
fn a_restored_vault_is_deployed_as_it_was() {
    let scene = deployed();
    change(&scene, "x");
    scene.run(["delete", "-y", "admin"]).ok();
    assert!(ids(&scene, "prod").is_empty());
    let generation = document(&scene, "prod")["generation"].as_u64();
    scene.run(["undo"]).ok();
    assert_eq!(ids(&scene, "prod"), ["admin"]);
    assert!(document(&scene, "prod")["generation"].as_u64() > generation);
}

#[test]
fn the_vault_of_somebody_else_is_never_replaced() {
    let scene = deployed();
    let other = Scene::with_login();
    let before = other.bytes();
    let (target, recipient) = (other.text_path("vault.age"), scene.recipient("o.txt"));
    scene
        .refuses(5, ["environment", "add", "o", "--recipient", &recipient, "--out", &target], "")
        .says("--force");
    // nor through a link that is put in the place of a bundle
    fs::remove_file(scene.path("prod/bundle.age")).unwrap();
    symlink(&target, scene.path("prod/bundle.age")).unwrap();
    let (reached, error) = told(&change(&scene, "x"));
    assert!(!reached && error.contains("symbolic link"), "{error}");
    assert_eq!(before, other.bytes());
}

#[test]
fn a_dry_run_of_a_deployment_tells_whom_it_would_reach() {
    let scene = deployed();
    let before = bytes(&scene, "prod");
    let answer = scene.answer(["deploy", "-n"]);
    assert_eq!((&answer["environments"], &answer["dryRun"]), (&json!(["prod"]), &json!(true)));
    assert_eq!(before, bytes(&scene, "prod"));
    scene.refuses(4, ["deploy", "nowhere", "-n"], "");
}
