//! `rekey`: what the vault is locked to.

use std::fs;
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
    let before = fs::read(scene.vault()).unwrap();
    let answer = scene.run(["rekey", "--recipient", &other, "-y", "-o", "json"]).ok().json();
    assert_eq!(answer["recipients"], json!([other]));
    // the copy that the old key opens is there until the new key has opened the vault
    scene.run(["get", "admin"]).exits(7);
    assert_eq!(fs::read(scene.path("vault.age.bak")).unwrap(), before);
    let shown = scene.run(["get", "admin", "--field", "password", "-i", "other.txt"]).ok();
    assert_eq!(shown.stdout(), "old-password");
    assert!(!scene.path("vault.age.bak").exists());
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
    for identity in ["identity.txt", "other.txt"] {
        scene.run(["get", "admin", "-i", identity]).ok();
        assert!(!scene.path("vault.age.bak").exists());
    }
    // a write keeps both
    scene.run(["patch", "admin", "domain=new"]).ok();
    scene.run(["get", "admin", "-i", "other.txt"]).ok();
    scene.run(["rekey", "--remove-recipient", &own, "-i", "other.txt"]).ok();
    scene.run(["get", "admin"]).exits(7);
    assert_eq!(scene.run(["get", "admin", "--field", "domain", "-i", "other.txt"]).ok().stdout(), "new");
}

#[test]
fn a_rekey_that_would_lock_the_operator_out_is_refused() {
    let scene = Scene::with_login();
    let own = lab::recipient(&scene.path("identity.txt"));
    let other = other(&scene);
    scene.refuses(2, ["rekey", "--remove-recipient", &own], "");
    scene.refuses(2, ["rekey", "--recipient", &other], "").says("--yes");
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
    let answer = scene.refuses(0, ["rekey", "--add-recipient", &other, "-n", "-o", "json"], "").json();
    assert_eq!(answer["dryRun"], true);
    // it ends as the call without it would
    scene.refuses(2, ["rekey", "--recipient", &other, "-n"], "").says("--yes");
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

/// Whatever opens the vault removes the backup of the old key, and only that one.
#[test]
fn the_old_generation_goes_once_the_new_one_was_opened() {
    for words in [&["check"][..], &["undo"], &["undo", "-n"], &["purge", "x", "-y"], &["deploy"]] {
        let scene = Scene::with_login();
        let other = other(&scene);
        scene.run(["rekey", "--add-recipient", &other]).ok();
        assert!(scene.path("vault.age.bak").exists());
        scene.run(words);
        let left = fs::read(scene.path("vault.age.bak"));
        assert!(left.is_err(), "{words:?}");
    }
    // a backup of another generation is not touched
    let scene = Scene::with_login();
    let other = other(&scene);
    scene.run(["rekey", "--add-recipient", &other]).ok();
    let rekeyed = fs::read(scene.vault()).unwrap();
    scene.run(["patch", "admin", "domain=new"]).ok();
    scene.run(["patch", "admin", "domain=newer"]).ok();
    scene.put(rekeyed);
    scene.run(["list"]).ok();
    assert!(scene.path("vault.age.bak").exists());
}

#[test]
fn removing_a_recipient_again_finishes_a_rekey_that_was_killed() {
    let scene = Scene::with_login();
    let other = other(&scene);
    scene.run(["rekey", "--add-recipient", &other]).ok();
    scene.run(["list"]).ok();
    scene.run(["rekey", "--remove-recipient", &other]).ok();
    // as after a kill behind the rename
    fs::rename(scene.path("vault.age.bak"), scene.path(".vault.age.bak.tmp")).unwrap();
    scene.run(["rekey", "--remove-recipient", &other]).ok().says("already");
    assert!(!scene.names().iter().any(|name| name.contains(".bak")));
    scene.refuses(4, ["rekey", "--remove-recipient", &other], "");
}

/// Whatever the operator has named anywhere counts, not only what opened the vault.
#[test]
fn an_identity_that_is_named_anywhere_is_at_hand() {
    let scene = Scene::with_login();
    let other = other(&scene);
    let own = lab::recipient(&scene.path("identity.txt"));
    let config = scene.file("config.toml", format!("identity = '{}'\n", scene.path("other.txt").display()));
    scene.run(["rekey", "--recipient", &other, "--config", &config]).ok();
    scene.run(["get", "admin"]).exits(7);
    let with = ["-i", "other.txt", "--config", &config];
    scene.run([&["rekey", "--recipient", &own][..], &with].concat()).ok();
    scene.run(["get", "admin"]).ok();
    // from a passphrase, too
    let passphrase = scene.file("passphrase", "tulip gravel anvil\n");
    scene.run(["rekey", "--new-passphrase-file", &passphrase]).ok();
    scene.run(["rekey", "--recipient", &other, "--passphrase-file", &passphrase]).exits(2).says("--yes");
    scene.run(["rekey", "--recipient", &own, "--passphrase-file", &passphrase]).ok();
    scene.run(["get", "admin"]).ok();
}
