//! `rekey`: what the vault is locked to.

use std::process::Command;

use serde_json::json;

use crate::support::{PROGRAM, Run as _, Scene, lab, texts};

/// A second identity, `other.txt`, and its recipient.
fn other(scene: &Scene) -> String {
    scene.run(["init", "--vault", "other.age", "--generate-identity", "other.txt"]).ok();
    lab::recipient(&scene.path("other.txt"))
}

#[test]
fn these_recipients_and_no_others() {
    let scene = Scene::with_login();
    let other = other(&scene);
    assert!(scene.path("vault.age.bak").exists());
    let answer = scene.run(["rekey", "--recipient", &other, "-o", "json"]).ok().json();
    assert_eq!(answer["recipients"], json!([other]));
    // the copy that the old key opens is gone
    assert!(!scene.path("vault.age.bak").exists());
    scene.run(["get", "admin"]).exits(7);
    let shown = scene.run(["get", "admin", "--field", "password", "-i", "other.txt"]).ok();
    assert_eq!(shown.stdout(), "old-password");
    // later writes stay with the new key, and their backup too
    scene.run(["patch", "admin", "domain=new", "-i", "other.txt"]).ok();
    scene.run(["list", "--vault", "vault.age.bak"]).exits(7);
    scene.run(["list", "--vault", "vault.age.bak", "-i", "other.txt"]).ok();
}

#[test]
fn one_more_and_one_less() {
    let scene = Scene::with_login();
    let other = other(&scene);
    let own = lab::recipient(&scene.path("identity.txt"));
    let answer = scene.run(["rekey", "--add-recipient", &other, "-o", "json"]).ok().json();
    assert_eq!(texts(&answer["recipients"]), [&own, &other]);
    assert!(!scene.path("vault.age.bak").exists());
    for identity in ["identity.txt", "other.txt"] {
        scene.run(["get", "admin", "-i", identity]).ok();
    }
    // a write keeps both
    scene.run(["patch", "admin", "domain=new"]).ok();
    scene.run(["get", "admin", "-i", "other.txt"]).ok();
    scene.run(["rekey", "--remove-recipient", &own, "-i", "other.txt"]).ok();
    scene.run(["get", "admin"]).exits(7);
    assert_eq!(scene.run(["get", "admin", "--field", "domain", "-i", "other.txt"]).ok().stdout(), "new");
}

#[test]
fn nobody_locks_himself_out() {
    let scene = Scene::with_login();
    let own = lab::recipient(&scene.path("identity.txt"));
    let other = other(&scene);
    scene.refuses(2, ["rekey", "--remove-recipient", &own], "");
    scene.refuses(4, ["rekey", "--remove-recipient", &other], "");
    scene.refuses(2, ["rekey", "--recipient", "nonsense"], "");
    scene.refuses(2, ["rekey"], "");
    scene.refuses(2, ["rekey", "--recipient", &other, "--add-recipient", &other], "");
    let empty = scene.file("empty", "\n");
    scene.refuses(2, ["rekey", "--new-passphrase-file", &empty], "");
    scene.refuses(7, ["rekey", "--recipient", &other, "-i", "other.txt"], "");
    assert!(scene.path("vault.age.bak").exists(), "a rekey that fails keeps the backup");
}

#[test]
fn a_dry_run_changes_nothing() {
    let scene = Scene::with_login();
    let other = other(&scene);
    let answer = scene.refuses(0, ["rekey", "--recipient", &other, "-n", "-o", "json"], "").json();
    assert_eq!(answer["dryRun"], true);
    assert!(scene.path("vault.age.bak").exists());
}

#[test]
fn from_recipients_to_a_passphrase_and_back() {
    let scene = Scene::with_login();
    let own = lab::recipient(&scene.path("identity.txt"));
    let passphrase = scene.file("passphrase", "correct horse\n");
    let script = format!("exec {PROGRAM} rekey -o json --new-passphrase-fd 7 7<{passphrase}");
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &script]);
    scene.environment(&mut shell);
    let answer = shell.outcome("").ok().hides("horse").json();
    assert_eq!(answer["lockedWith"], "passphrase");
    scene.run(["list"]).exits(7);
    scene.refuses(2, ["rekey", "--add-recipient", &own, "--passphrase-file", &passphrase], "");
    scene.run(["rekey", "--recipient", &own, "--passphrase-file", &passphrase]).ok();
    assert_eq!(scene.run(["get", "admin", "--field", "password"]).ok().stdout(), "old-password");
}
