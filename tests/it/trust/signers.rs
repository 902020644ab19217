//! The signers of a vault are known by its id, so that they are asked for wherever the file is.

use std::fs;

use serde_json::{Value, json};

use super::{on, signed};
use crate::support::{Run as _, Scene, lab};

/// Writes the vault as a reader who is no signer: unsigned, in a file of this name.
fn strip(scene: &Scene, name: &str) {
    let mut document: Value = serde_json::from_str(&scene.text()).unwrap();
    let members = document.as_object_mut().unwrap();
    for member in ["index", "signers", "chunks"] {
        members.remove(member);
    }
    document["credentials"][0]["fields"]["password"] = json!("forged");
    document["generation"] = json!(50);
    lab::encrypt(document.to_string().as_bytes(), &scene.path(name), &scene.path("identity.txt"));
}

/// Checks that every use refuses a file at a new path, and that the file stays.
#[track_caller]
fn is_refused_at(scene: &Scene, name: &str, reason: &str) {
    let before = fs::read(scene.path(name)).unwrap();
    for words in [
        &["get", "admin", "--reveal"][..],
        &["list"],
        &["check"],
        &["export", "--format", "native"],
        &["patch", "admin", "domain=x"],
        &["status"],
    ] {
        let refused = scene.run([words, &["--vault", name]].concat()).exits(9);
        refused.says(reason).says("credctl trust").hides("forged");
        assert!(fs::read(scene.path(name)).unwrap() == before, "{words:?}");
    }
}

#[test]
fn an_unsigned_copy_at_another_path_is_refused() {
    let scene = signed();
    strip(&scene, "stripped.age");
    is_refused_at(&scene, "stripped.age", "is not signed");
    // a machine that does not know the vault takes it
    on(&scene, "fresh", &["list", "--vault", "stripped.age"]).outcome("").ok();
    // a genuine copy is fine, and so is the vault itself
    fs::copy(scene.vault(), scene.path("copy.age")).unwrap();
    scene.run(["get", "admin", "--vault", "copy.age"]).ok();
    scene.run(["patch", "admin", "domain=x", "--vault", "copy.age"]).ok();
    scene.run(["get", "admin"]).ok();
}

#[test]
fn a_copy_that_somebody_else_signed_is_refused() {
    let scene = signed();
    strip(&scene, "theirs.age");
    let words = ["--vault", "theirs.age", "sign", "--with", "other"];
    on(&scene, "attacker", &words).outcome("").ok();
    is_refused_at(&scene, "theirs.age", "signed by a key that is not one of theirs");
    // one for whom a known signer vouched may sign
    fs::copy(scene.vault(), scene.path("ours.age")).unwrap();
    for words in [
        &["--vault", "ours.age", "sign", "--add", "audit.pub"][..],
        &["--vault", "ours.age", "--signing-key", "audit", "patch", "admin", "domain=x"],
    ] {
        on(&scene, "second", words).outcome("").ok();
    }
    fs::copy(scene.path("ours.age"), scene.path("new.age")).unwrap();
    scene.run(["get", "admin", "--vault", "new.age"]).ok();
}

#[test]
fn a_removed_signer_signs_nothing_at_another_path() {
    let scene = signed();
    scene.run(["sign", "--add", "audit.pub"]).ok();
    let before = scene.bytes();
    scene.run(["sign", "--remove", "audit", "-y"]).ok();
    // the removed signer continues from an earlier generation, beyond the one that this machine knows
    fs::write(scene.path("old.age"), before).unwrap();
    for number in ["1", "2", "3"] {
        let words =
            ["--vault", "old.age", "--signing-key", "audit", "patch", "admin", "--description", number];
        on(&scene, "removed", &words).outcome("").ok();
    }
    is_refused_at(&scene, "old.age", "signed by a key that is not one of theirs");
}

#[test]
fn an_accepted_copy_changes_nothing_for_the_vault() {
    let scene = signed();
    let signed = scene.bytes();
    // a backup from before the first signature, which the operator wants to look at
    fs::copy(scene.path("vault.age.bak"), scene.path("old.age")).unwrap();
    is_refused_at(&scene, "old.age", "is not signed");
    scene.run(["get", "admin", "--vault", "old.age", "--accept-older"]).ok();
    scene.run(["trust", "-y", "--vault", "old.age"]).ok();
    for _ in 0..2 {
        scene.run(["get", "admin", "--vault", "old.age"]).ok();
        scene.run(["patch", "admin", "domain=old", "--vault", "old.age"]).ok();
        scene.run(["get", "admin"]).ok();
        scene.run(["patch", "admin", "domain=new"]).ok();
    }
    for number in 0..5 {
        scene.run(["patch", "admin", "--description", &number.to_string(), "--vault", "old.age"]).ok();
    }
    // the vault and its copies are still those of its signers
    strip(&scene, "stripped.age");
    is_refused_at(&scene, "stripped.age", "is not signed");
    fs::copy(scene.path("old.age"), scene.vault()).unwrap();
    scene.run(["get", "admin"]).exits(9);
    fs::write(scene.path("again.age"), signed).unwrap();
    scene.run(["get", "admin", "--vault", "again.age"]).ok();
}

#[test]
fn signatures_that_were_turned_off_are_asked_for_nowhere() {
    let scene = signed();
    let signed = scene.bytes();
    scene.run(["sign", "--off", "-y"]).ok();
    scene.run(["patch", "admin", "domain=a"]).ok();
    fs::copy(scene.vault(), scene.path("copy.age")).unwrap();
    scene.run(["get", "admin", "--vault", "copy.age"]).ok();
    // an older signed copy brings the signers back on no machine
    fs::write(scene.path("older.age"), signed).unwrap();
    scene.run(["get", "admin", "--vault", "older.age"]).ok();
    scene.run(["get", "admin", "--vault", "copy.age"]).ok();
    scene.run(["patch", "admin", "domain=b"]).ok();
    // a machine that missed the step and accepts the vault accepts it everywhere
    let scene = self::signed();
    on(&scene, "late", &["list"]).outcome("").ok();
    scene.run(["sign", "--off", "-y"]).ok();
    scene.run(["patch", "admin", "domain=a"]).ok();
    on(&scene, "late", &["list"]).outcome("").exits(9);
    on(&scene, "late", &["trust", "-y"]).outcome("").ok();
    fs::copy(scene.vault(), scene.path("copy.age")).unwrap();
    on(&scene, "late", &["list", "--vault", "copy.age"]).outcome("").ok();
}
