//! The files beside a vault: they follow their credentials through every verb, and go when nothing names them.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::Scene;
use crate::verbs::attach::{blobs, content};

/// A credential `admin` with a small attachment and a large one, which is a blob.
pub(super) fn scene() -> (Scene, Vec<u8>) {
    let scene = Scene::with_login();
    let large: Vec<u8> = (0..200_000_u32).map(|at| (at * 31 % 65521).to_le_bytes()[0]).collect();
    scene.file("small", "small content");
    scene.file("large", &large);
    for name in ["small", "large"] {
        scene.run(["attach", "admin", name]).ok();
    }
    (scene, large)
}

#[track_caller]
fn has_both(scene: &Scene, id: &str, large: &[u8]) {
    assert_eq!(content(scene, id, "small"), b"small content", "{id}");
    assert!(content(scene, id, "large") == large, "{id}");
}

#[test]
fn attachments_follow_their_credential() {
    let (scene, large) = scene();
    scene.run(["rename", "admin", "ops/admin"]).ok();
    has_both(&scene, "ops/admin", &large);
    scene.run(["copy", "ops/admin", "second"]).ok();
    has_both(&scene, "second", &large);
    scene.run(["move", "second", "--to", "payments"]).ok();
    scene.run_with(["update", "ops/admin", "username=other", "domain=d", "password=-", "-y"], "new").ok();
    scene.run(["patch", "ops/admin", "--description", "d"]).ok();
    scene.run_with(["passwd", "ops/admin", "--password-stdin"], "newer").ok();
    has_both(&scene, "ops/admin", &large);
    // both have the same blob
    assert_eq!(blobs(&scene).len(), 1);
    scene.run(["delete", "ops/admin", "-y"]).ok();
    scene.run(["restore", "ops/admin"]).ok();
    has_both(&scene, "ops/admin", &large);
    let document = scene.answer(["get", "ops/admin", "--reveal"]);
    let refused = json!({"attachments": document["attachments"]}).to_string();
    scene.refuses(3, ["patch", "ops/admin", "-f", "-"], refused).says("attachments");
}

#[test]
fn an_undo_and_a_rollback_bring_a_blob_back() {
    let (scene, large) = scene();
    scene.run(["detach", "admin", "large"]).ok();
    scene.run(["get", "admin", "--attachment", "large"]).exits(4);
    scene.run(["undo"]).ok();
    has_both(&scene, "admin", &large);
    // an undo of the undo, and one more
    scene.run(["undo"]).ok();
    scene.run(["undo"]).ok();
    has_both(&scene, "admin", &large);
    scene.run(["detach", "admin", "large"]).ok();
    for text in ["a", "b", "c"] {
        scene.run(["patch", "admin", "--description", text]).ok();
    }
    let old = ["get", "admin", "--revision", "3", "--attachment", "large"];
    assert!(scene.run(old).ok().stdout == large);
    scene.run(["rollback", "admin", "--revision", "3"]).ok();
    has_both(&scene, "admin", &large);
}

#[test]
fn a_blob_goes_when_neither_vault_nor_history_nor_backup_names_it() {
    let (scene, large) = scene();
    // the history keeps none from now on
    scene.configure("history = 0\n");
    scene.run(["purge", "admin", "-y"]).ok();
    scene.run(["detach", "admin", "large"]).ok();
    assert_eq!(blobs(&scene).len(), 1, "the backup names it");
    scene.run(["undo"]).ok();
    has_both(&scene, "admin", &large);
    scene.run(["detach", "admin", "large"]).ok();
    scene.run(["patch", "admin", "--description", "one"]).ok();
    assert_eq!(blobs(&scene), [""; 0]);
    scene.run(["doctor", "--only", "attachments"]).ok();
}

#[test]
fn a_purge_removes_what_only_earlier_versions_had() {
    let (scene, _) = scene();
    scene.run(["attach", "admin", "small", "--as", "large", "--overwrite"]).ok();
    assert_eq!(blobs(&scene).len(), 1);
    scene.run(["purge", "admin", "-y"]).ok();
    assert_eq!(blobs(&scene), [""; 0]);
    assert_eq!(content(&scene, "admin", "large"), b"small content");
    // and of a credential that was deleted
    scene.run(["attach", "admin", "large", "--as", "again"]).ok();
    scene.run(["delete", "admin", "-y"]).ok();
    scene.run(["patch", "--filter", "type eq 'x'", "--description", "d"]).exits(4);
    assert_eq!(blobs(&scene).len(), 1);
    scene.run(["purge", "--all", "-y"]).ok();
    assert_eq!(blobs(&scene), [""; 0]);
}

#[test]
fn other_keys_rewrite_no_blob() {
    let (scene, large) = scene();
    let path = scene.path("vault.age.d").join(&blobs(&scene)[0]);
    let state = |path: &Path| (fs::read(path).unwrap(), fs::metadata(path).unwrap().modified().unwrap());
    let before = state(&path);
    let friend = scene.recipient("friend.txt");
    scene.run(["rekey", "--add-recipient", &friend]).ok();
    let as_friend = scene.run(["get", "admin", "--attachment", "large", "-i", "friend.txt"]).ok();
    assert!(as_friend.stdout == large);
    scene.run(["rekey", "--remove-recipient", &friend]).ok();
    assert!(state(&path) == before);
    has_both(&scene, "admin", &large);
    // what a removed recipient knew is replaced by attaching it anew
    scene.run(["attach", "admin", "large", "--overwrite"]).ok();
    assert_eq!(blobs(&scene).len(), 2);
}

#[test]
fn an_export_of_our_own_has_all_of_it() {
    let (scene, large) = scene();
    scene.run(["export", "--out", "all.json"]).ok();
    let document: Value = serde_json::from_slice(&fs::read(scene.path("all.json")).unwrap()).unwrap();
    assert_eq!(document["credentials"][0]["attachments"][1]["size"], large.len());
    let recipient = scene.own();
    scene.run(["export", "--encrypt-to", &recipient, "--out", "all.age"]).ok();
    for file in ["all.json", "all.age"] {
        let other = Scene::new();
        fs::copy(scene.path(file), other.path(file)).unwrap();
        let identity = scene.text_path("identity.txt");
        let import =
            ["import", file, "--identity", &identity, "--identity", &other.text_path("identity.txt")];
        other.run(import.iter().chain(&["--dry-run"])).ok();
        assert!(!other.path("vault.age.d").exists());
        other.run(import).ok();
        has_both(&other, "admin", &large);
        assert_eq!(blobs(&other).len(), 1);
        // once more: what is there already is not made anew
        let before = blobs(&other);
        other.run(import.iter().chain(&["--on-conflict", "replace"])).ok();
        assert_eq!(blobs(&other), before);
        has_both(&other, "admin", &large);
        // what the export does not have is gone
        other.run(["attach", "admin", file, "--as", "more"]).ok();
        other.run(import.iter().chain(&["--on-conflict", "replace"])).ok();
        other.run(["get", "admin", "--attachment", "more"]).exits(4);
    }
    // an export without secrets takes nothing away
    scene.run(["add", "aspire:filesystem", "fs", "--description", "d", "properties.username=u"]).ok();
    scene.run(["attach", "fs", "small"]).ok();
    let without = scene.run(["export", "fs", "--no-secrets"]).ok();
    scene.run_with(["import", "-", "--on-conflict", "replace"], &without.stdout).ok();
    assert_eq!(content(&scene, "fs", "small"), b"small content");
    // another format says that it leaves them out
    scene.run(["export", "--format", "dotenv"]).ok().says("attachments");
}

#[test]
fn an_import_takes_no_attachment_that_is_not_what_it_says() {
    let (scene, _) = scene();
    scene.run(["export", "--out", "all.json"]).ok();
    let sound: Value = serde_json::from_slice(&fs::read(scene.path("all.json")).unwrap()).unwrap();
    let faults: [fn(&mut Value); 8] = [
        |one| one["content"] = json!("c21hbGw="),
        |one| one["content"] = json!("?"),
        |one| drop(one.as_object_mut().unwrap().remove("content")),
        |one| one["size"] = json!("13"),
        |one| one["sha256"] = json!("00"),
        |one| one["name"] = json!("../x"),
        |one| one["name"] = json!("large"),
        |one| one["blob"] = json!("00000000-0000-0000-0000-000000000000"),
    ];
    for fault in faults {
        let mut document = sound.clone();
        fault(&mut document["credentials"][0]["attachments"][0]);
        let before = blobs(&scene);
        scene.refuses(3, ["import", "-", "--on-conflict", "replace"], document.to_string());
        assert_eq!(blobs(&scene), before);
    }
}

#[test]
fn a_bundle_has_the_blobs_of_its_credentials_and_no_others() {
    let (scene, large) = scene();
    scene.login("other");
    scene.file("secret", vec![9; 50_000]);
    scene.run(["attach", "other", "secret"]).ok();
    let recipient = scene.recipient("e.txt");
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    let words =
        ["environment", "add", "e", "--recipient", &recipient, "--out", "e.age", "--api-proxy", "Payments"];
    scene.run(words).ok();
    let beside = || {
        let folder = scene.path("e.age.d");
        if folder.exists() { crate::support::names(&folder) } else { Vec::new() }
    };
    assert_eq!(beside().len(), 1);
    assert_eq!(scene.mode("e.age.d"), 0o700);
    let fetch =
        |name: &str| scene.run(["get", "admin", "--attachment", name, "--vault", "e.age", "-i", "e.txt"]);
    assert_eq!(fetch("small").ok().stdout, b"small content");
    assert!(fetch("large").ok().stdout == large);
    // a change copies no blob that is there
    let copied = fs::metadata(scene.path("e.age.d").join(&beside()[0])).unwrap().modified().unwrap();
    scene.run(["patch", "admin", "--description", "d"]).ok();
    let still = fs::metadata(scene.path("e.age.d").join(&beside()[0])).unwrap().modified().unwrap();
    assert_eq!(copied, still);
    scene.run(["detach", "admin", "large"]).ok();
    assert!(!scene.path("e.age.d").exists());
    scene.run(["undo"]).ok();
    assert!(fetch("large").ok().stdout == large);
    scene.run(["revoke", "admin", "--api-proxy", "Payments"]).ok();
    assert!(!scene.path("e.age.d").exists());
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    scene.run(["environment", "remove", "e", "--delete-bundle", "-y"]).ok();
    assert!(!scene.path("e.age").exists() && !scene.path("e.age.d").exists());
}

#[test]
fn no_answer_takes_the_place_of_a_blob() {
    let (scene, large) = scene();
    let blob = format!("vault.age.d/{}", blobs(&scene)[0]);
    for words in [
        &["export", "--out", &blob, "--overwrite"][..],
        &["get", "admin", "--attachment", "small", "--out", &blob, "--overwrite"],
        &["export", "--vault", "other.age", "--out", &blob, "--overwrite"],
    ] {
        let status = scene.run(words).status();
        assert!(matches!(status, Some(4 | 5)), "{words:?} {status:?}");
    }
    scene.run(["init", "--force", "-y", "--recipient", &scene.own()]).ok();
    assert_eq!(blobs(&scene).len(), 1);
    fs::copy(scene.path("vault.age.bak"), scene.vault()).unwrap();
    scene.run(["trust", "-y"]).ok();
    has_both(&scene, "admin", &large);
}
