//! An environment that cannot be reached: the change is never lost, and it is told until it is mended.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use super::{bytes, consume, deployed, document, environment, ids};
use crate::support::{Outcome, Scene, samples};

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

/// Whether `environment list` says that it was reached, and why not.
fn listed(scene: &Scene, name: &str) -> (String, Value) {
    let items = scene.answer(["environment", "list"])["items"].clone();
    let item = items.as_array().unwrap().iter().find(|item| item["name"] == *name).unwrap().clone();
    (item["reached"].as_str().unwrap().to_owned(), item["detail"].clone())
}

#[test]
fn a_folder_that_is_gone_loses_no_change() {
    let scene = deployed();
    assert_eq!(listed(&scene, "prod").0, "yes");
    fs::remove_dir_all(scene.path("prod")).unwrap();
    let outcome = change(&scene, "x").says("warning: the environment prod was not reached");
    let (reached, error) = told(&outcome);
    assert!(!reached && error.contains("prod"), "{error}");
    assert_eq!(listed(&scene, "prod"), ("no".to_owned(), json!("the bundle does not exist")));
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
fn every_verb_that_changes_reports_a_bundle_that_fails() {
    let scene = deployed();
    fs::remove_dir_all(scene.path("prod")).unwrap();
    for words in [
        &["add", "Simple", "s", "value=-"][..],
        &["put", "s", "value=-"],
        &["update", "admin", "username=ips", "password=-"],
        &["import", &scene.file("app.env", "TOKEN=S-new\n")],
        &["passwd", "admin", "--password-stdin"],
        &["patch", "admin", "s", "--description", "d"],
        &["grant", "admin", "--api-proxy", "Payments"],
        &["revoke", "admin", "--api-proxy", "Payments"],
        &["ref", "add", "admin", "/servers/host1"],
        &["ref", "remove", "admin", "/servers/host1"],
        &["policy", "add", "P", "--type", "route", "--route-to", "x", "--description", "d"],
        &["policy", "update", "P", "--route-to", "y"],
        &["policy", "delete", "P"],
        &["user", "add", "--id", samples::USER, "--auth-provider", "local", "--email", "a@example.org"],
        &["user", "delete", samples::USER],
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
fn the_next_change_writes_a_bundle_that_failed_before() {
    let scene = deployed();
    fs::rename(scene.path("prod"), scene.path("away")).unwrap();
    change(&scene, "x").says("warning");
    change(&scene, "y").says("warning");
    assert_eq!(listed(&scene, "prod").0, "no");
    fs::rename(scene.path("away"), scene.path("prod")).unwrap();
    let outcome = change(&scene, "z");
    assert!(told(&outcome).0 && outcome.stderr.is_empty());
    assert_eq!(listed(&scene, "prod").0, "yes");
    assert_eq!(consume(&scene, "prod", &["get", "admin", "--field", "domain"]).ok().stdout(), "z");
}

#[test]
fn a_bundle_that_fails_does_not_stop_the_others() {
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
    assert!(!reached && error.contains("not the bundle"), "{error}");
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
fn undoing_goes_back_a_change_and_not_a_deployment() {
    let scene = deployed();
    change(&scene, "one");
    fs::remove_dir_all(scene.path("prod")).unwrap();
    // a deployment, whether it fails or not, is no change
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
fn a_deployment_that_fails_brings_no_purged_backup_back() {
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
        .says("--overwrite");
    scene
        .refuses(
            5,
            ["environment", "add", "o", "--recipient", &recipient, "--out", &target, "--overwrite"],
            "",
        )
        .says("is a vault");
    // nor through a link that is put in the place of a bundle
    fs::remove_file(scene.path("prod/bundle.age")).unwrap();
    symlink(&target, scene.path("prod/bundle.age")).unwrap();
    let (reached, error) = told(&change(&scene, "x"));
    assert!(!reached && error.contains("symbolic link"), "{error}");
    assert_eq!(before, other.bytes());
}

#[test]
fn a_dry_run_of_deploy_lists_the_environments_and_writes_nothing() {
    let scene = deployed();
    let before = bytes(&scene, "prod");
    let answer = scene.answer(["deploy", "-n"]);
    assert_eq!((&answer["environments"], &answer["dryRun"]), (&json!(["prod"]), &json!(true)));
    assert_eq!(before, bytes(&scene, "prod"));
    scene.refuses(4, ["deploy", "nowhere", "-n"], "");
}

#[test]
fn a_bundle_that_is_behind_is_reported_and_written_by_the_next_change() {
    let scene = Scene::with_login();
    environment(&scene, "gw", &["--api-proxy", "Payments"]);
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    let old = bytes(&scene, "gw");
    let behind = || {
        // as if the writer had been killed between vault and bundle
        scene.run(["grant", "admin", "--api-proxy", "Payments", "-q"]).ok();
        scene.run(["revoke", "admin", "--api-proxy", "Payments"]).ok();
        fs::write(scene.path("gw/bundle.age"), &old).unwrap();
        scene.forget();
        assert_eq!(ids(&scene, "gw"), ["admin"]);
    };
    behind();
    for words in [&["list"][..], &["list", "--count"], &["list", "-o", "name"], &["list", "--expiring", "1d"]]
    {
        scene.run(words).ok().says("gw").says("generation").says("credctl deploy gw");
    }
    assert!(scene.run(["list", "-q"]).ok().stderr.is_empty());
    let (reached, detail) = listed(&scene, "gw");
    assert!(reached == "no" && detail.as_str().unwrap().contains("generation"), "{detail}");
    let found = scene.run(["check", "--only", "bundle", "-o", "json"]).exits(8).json();
    assert_eq!(
        (&found["findings"][0]["id"], &found["findings"][0]["check"]),
        (&json!("gw"), &json!("bundle"))
    );
    // the same command again changes nothing, but brings the bundle up to date
    scene.run(["revoke", "admin", "--api-proxy", "Payments", "-n"]).ok();
    assert_eq!(ids(&scene, "gw"), ["admin"]);
    scene.run(["revoke", "admin", "--api-proxy", "Payments"]).ok();
    assert!(ids(&scene, "gw").is_empty());
    assert!(scene.run(["list"]).ok().stderr.is_empty());
    scene.run(["check", "--only", "bundle"]).ok();
    behind();
    scene.run(["deploy"]).ok();
    assert!(ids(&scene, "gw").is_empty());
    behind();
    scene.run(["patch", "admin", "domain=x"]).ok();
    assert!(ids(&scene, "gw").is_empty());
    // one that is gone, or replaced by something else, is told too
    fs::remove_file(scene.path("gw/bundle.age")).unwrap();
    scene.run(["list"]).ok().says("does not exist");
    scene.file("gw/bundle.age", "something else");
    scene.run(["list"]).ok().says("is not the bundle of this environment");
}

#[test]
fn only_the_bundle_of_the_same_environment_is_replaced() {
    let scene = deployed();
    environment(&scene, "test", &[]);
    let other = Scene::with_login();
    environment(&other, "prod", &[]);
    let sealed = scene.path("sealed");
    crate::support::lab::encrypt(b"text", &sealed, &scene.path("identity.txt"));
    for there in [bytes(&scene, "test"), bytes(&other, "prod"), fs::read(sealed).unwrap()] {
        fs::write(scene.path("prod/bundle.age"), &there).unwrap();
        let (reached, error) = told(&change(&scene, "x"));
        assert!(!reached && error.contains("not the bundle"), "{error}");
        scene.run(["deploy", "prod"]).exits(10);
        assert_eq!(bytes(&scene, "prod"), there);
        change(&scene, "y");
        scene.run(["deploy", "prod", "--overwrite"]).ok();
        assert_eq!(ids(&scene, "prod"), ["admin"]);
    }
    scene.run(["deploy", "--overwrite"]).exits(2);
    scene.run(["deploy", "prod", "test", "--overwrite"]).exits(2);
    // a vault is not replaced whatever is said
    for (vault, what) in [(scene.vault(), "is a vault"), (other.vault(), "may be a vault")] {
        fs::copy(vault, scene.path("prod/bundle.age")).unwrap();
        scene.run(["deploy", "prod", "--overwrite"]).exits(10).says(what);
    }
}

#[test]
fn a_bundle_without_a_mark_is_replaced_if_the_key_opens_it() {
    let scene = Scene::with_login();
    let own = crate::support::lab::recipient(&scene.path("identity.txt"));
    scene.run(["environment", "add", "e", "--recipient", &own, "--out", "e.age"]).ok();
    let text = crate::support::lab::decrypt(&scene.path("e.age"), &scene.path("identity.txt"));
    let text = String::from_utf8(text).unwrap();
    crate::support::lab::encrypt(text.as_bytes(), &scene.path("e.age"), &scene.path("identity.txt"));
    scene.run(["list"]).ok().says("is not the bundle");
    assert!(told(&change(&scene, "x")).0);
    assert!(scene.run(["list"]).ok().stderr.is_empty());
}

#[test]
fn a_bundle_that_cannot_be_deleted_keeps_its_environment() {
    let scene = deployed();
    fs::remove_file(scene.path("prod/bundle.age")).unwrap();
    fs::create_dir(scene.path("prod/bundle.age")).unwrap();
    scene.refuses(10, ["environment", "remove", "prod", "--delete-bundle"], "");
    assert_eq!(listed(&scene, "prod").0, "no");
    scene.run(["environment", "remove", "prod"]).ok();
}
