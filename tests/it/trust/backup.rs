//! The file beside the vault that `undo` takes for the generation before: it is judged like the vault itself.

use std::fs;

use serde_json::json;

use super::attacks::{FORGER, forge};
use super::{on, signed};
use crate::support::{Run as _, Scene};

/// Puts a file in the place of the backup. Nothing takes it for the generation before, and nothing changes.
#[track_caller]
fn is_refused(scene: &Scene, backup: &[u8], reason: &str) {
    let path = scene.path("vault.age.bak");
    fs::write(&path, backup).unwrap();
    for words in [&["undo", "-y"][..], &["undo", "-n"], &["undo", "-y", "--accept-older"]] {
        let refused = scene.refuses(9, words, "").says(reason).hides("forged");
        assert!(!refused.stderr.contains("credctl trust"), "{refused:?}");
    }
    assert!(fs::read(&path).unwrap() == backup);
    scene.run(["doctor", "--only", "backup"]).exits(8).prints(reason).prints("mv ");
}

/// Makes a file that a forger puts in the place of the backup.
fn forged(scene: &Scene, change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
    let genuine = scene.bytes();
    forge(scene, &[&scene.own(), FORGER], change);
    let forged = scene.bytes();
    fs::write(scene.vault(), genuine).unwrap();
    forged
}

#[test]
fn a_forged_backup_is_never_undone_to() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "domain=a"]).ok();
    scene.run(["patch", "admin", "domain=b"]).ok();
    let genuine = fs::read(scene.path("vault.age.bak")).unwrap();
    let seal = super::attacks::seal();
    let other_seal = forged(&scene, |document| {
        document["generation"] = json!(3);
        document["seal"] = json!(seal);
    });
    is_refused(&scene, &other_seal, "a seal that the vault never had");
    // a reader knows the secret, and cannot make a file that the vault names
    let by_reader = forged(&scene, |document| document["generation"] = json!(3));
    is_refused(&scene, &by_reader, "does not follow from it");
    let of_format_1 = forged(&scene, |document| {
        document["version"] = json!(1);
        document["generation"] = json!(3);
        for member in
            ["seal", "formerSeals", "parents", "types", "conflicts", "blobs", "rotations", "rules", "chunks"]
        {
            document.as_object_mut().unwrap().remove(member);
        }
    });
    is_refused(&scene, &of_format_1, "does not follow from it");
    // the genuine one still is
    fs::write(scene.path("vault.age.bak"), genuine).unwrap();
    scene.run(["doctor", "--only", "backup"]).ok();
    scene.run(["undo", "-y"]).ok();
    assert_eq!(scene.get("admin")["fields"]["domain"], "a");
}

#[test]
fn a_generation_of_another_line_is_not_undone_to() {
    let scene = Scene::with_login();
    let base = scene.bytes();
    scene.run(["patch", "admin", "domain=theirs"]).ok();
    let theirs = scene.bytes();
    fs::write(scene.vault(), base).unwrap();
    for domain in ["a", "b"] {
        on(&scene, "other", &["patch", "admin", &format!("domain={domain}")]).outcome("").ok();
    }
    scene.forget();
    is_refused(&scene, &theirs, "does not follow from it");
}

#[test]
fn a_forged_backup_names_nobody_who_was_removed() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "domain=a"]).ok();
    let forged = forged(&scene, |document| document["generation"] = json!(2));
    fs::write(scene.path("vault.age.bak"), forged).unwrap();
    scene.refuses(4, ["recipients", "remove", FORGER], "");
    let marked = scene.run(["list", "--filter", "rotateRequired eq true", "-o", "name"]).ok();
    assert_eq!(marked.stdout(), "");
}

#[test]
fn a_signed_vault_is_not_undone_to_what_no_signer_signed() {
    let scene = signed();
    // the generation before the first signature
    let before = fs::read(scene.path("vault.age.bak")).unwrap();
    is_refused(&scene, &before, "none of its signers has signed it");
    scene.run(["patch", "admin", "domain=a"]).ok();
    is_refused(&scene, &before, "none of its signers has signed it");
    // a generation of a removed signer
    scene.run(["sign", "--add", "audit.pub"]).ok();
    scene.run(["--signing-key", "audit", "patch", "admin", "domain=b"]).ok();
    let by_audit = scene.bytes();
    scene.run(["patch", "admin", "domain=c"]).ok();
    scene.run(["undo", "-y"]).ok();
    assert_eq!(scene.get("admin")["fields"]["domain"], "b");
    scene.run(["sign", "--remove", "audit", "-y"]).ok();
    scene.run(["patch", "admin", "domain=d"]).ok();
    is_refused(&scene, &by_audit, "none of its signers has signed it");
    // without signatures, what was signed may come back
    scene.run(["sign", "--off", "-y"]).ok();
    scene.run(["undo", "-y"]).ok();
}

#[test]
fn a_vault_of_format_1_is_undone_to_after_the_first_change() {
    let scene = Scene::with_login();
    scene.edit(|document| {
        document["version"] = json!(1);
        document["recipients"] = json!([document["recipients"][0]["recipient"]]);
        let document = document.as_object_mut().unwrap();
        for member in
            ["seal", "formerSeals", "parents", "types", "conflicts", "blobs", "rotations", "rules", "chunks"]
        {
            document.remove(member);
        }
        let credential = document["credentials"][0].as_object_mut().unwrap();
        for member in ["attachments", "createdByName", "modifiedByName", "rotateRequired"] {
            credential.remove(member);
        }
    });
    scene.run(["patch", "admin", "domain=a"]).ok().says("format 2");
    scene.run(["undo", "-y"]).ok();
    assert_eq!(scene.get("admin")["fields"]["domain"], "test");
}
