//! The files beside a vault: they follow their credentials through every verb, and go when nothing names them.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::sweep::{strace, traced};
use crate::support::{PROGRAM, Run as _, Scene};
use crate::verbs::attach::{blobs, content};

/// A credential `admin` with a small attachment and a large one, which is a blob.
fn scene() -> (Scene, Vec<u8>) {
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
        other.run(["attach", "admin", "all.json", "--as", "more"]).status();
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
    has_both(&scene, "admin", &large);
}

/// The calls by which an attach reaches the disk.
const CALLS: [&str; 9] =
    ["openat", "mkdirat", "write", "fsync", "linkat", "renameat", "renameat2", "unlinkat", "flock"];

/// Runs a change with an injection into the n-th call of a kind until there is none, and looks at the vault after
/// each.
fn sweep(what: &str, words: &[&str], check: impl Fn(&Scene, &str)) {
    if !strace() {
        return;
    }
    let (scene, _) = scene();
    let mut reached = 0;
    for call in CALLS {
        for number in 1..80 {
            let at = format!("{call}-{number}-{what}");
            let mut command = traced(&scene, &format!("{call}:{what}:when={number}"), words);
            command.args(["--lock-timeout", "2s"]).outcome("");
            let log = fs::read_to_string(scene.path("strace.log")).unwrap_or_default();
            check(&scene, &at);
            if !(log.contains("(INJECTED)") || log.contains("+++ killed by")) {
                break;
            }
            reached += 1;
        }
    }
    assert!(reached > 10, "only {reached} calls were reached");
    // what was left behind goes with the next changes
    for text in ["one", "two", "three"] {
        scene.run(["patch", "admin", "--description", text]).ok();
    }
    let left: Vec<_> = blobs(&scene).into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(left, [""; 0]);
    scene.run(["check", "--only", "attachment", "--attachments"]).ok();
    scene.run(["doctor", "--only", "attachments"]).ok();
}

/// Every attachment that the vault names can be read.
fn resolves(scene: &Scene, at: &str) {
    let shown = scene.run(["get", "admin", "-o", "json"]).ok().json();
    for attachment in shown["attachments"].as_array().unwrap() {
        let name = attachment["name"].as_str().unwrap();
        let read = scene.run(["get", "admin", "--attachment", name]);
        assert_eq!(read.status(), Some(0), "{at}: {name}: {}", read.stderr);
        assert_eq!(read.stdout.len() as u64, attachment["size"].as_u64().unwrap(), "{at}: {name}");
    }
    // the generation before, too
    scene.run(["undo"]).status();
    let before = scene.run(["get", "admin", "-o", "json"]).ok().json();
    for attachment in before["attachments"].as_array().unwrap() {
        let name = attachment["name"].as_str().unwrap();
        assert_eq!(
            scene.run(["get", "admin", "--attachment", name]).status(),
            Some(0),
            "{at}: {name} before"
        );
    }
    scene.run(["undo"]).status();
}

#[test]
fn killed_at_every_call_an_attach_leaves_no_dangling_reference() {
    let words = ["attach", "admin", "large", "--as", "again", "--overwrite"];
    sweep("signal=KILL", &words, resolves);
}

#[test]
fn failing_at_every_call_an_attach_leaves_no_dangling_reference() {
    let words = ["attach", "admin", "large", "--as", "again", "--overwrite"];
    sweep("error=EIO", &words, resolves);
}

#[test]
fn a_content_larger_than_the_memory_passes_through() {
    passes_through(100 * 1024 * 1024);
}

#[test]
#[ignore = "needs a minute and 12 GiB of disk"]
fn a_gibibyte_passes_through() {
    passes_through(1024 * 1024 * 1024);
}

/// A content far larger than the memory goes in and out, also through an export and a bundle.
fn passes_through(size: u64) {
    let scene = Scene::with_login();
    fs::File::create(scene.path("large")).unwrap().set_len(size).unwrap();
    let recipient = scene.recipient("e.txt");
    scene.file("own", scene.own());
    scene.run(["grant", "admin", "--api-proxy", "P"]).ok();
    within(&scene, "attach admin large");
    within(&scene, "attach admin - --as piped < large");
    within(&scene, "get admin --attachment large --out out");
    assert_eq!(fs::metadata(scene.path("out")).unwrap().len(), size);
    within(&scene, "get admin --attachment piped | cmp - large");
    within(&scene, "check --attachments --only attachment");
    within(&scene, &format!("environment add e --recipient {recipient} --out e.age --api-proxy P"));
    within(&scene, "detach admin piped");
    within(&scene, "export --out all.json");
    assert!(fs::metadata(scene.path("all.json")).unwrap().len() > size / 3 * 4);
    within(&scene, "export --encrypt-to $(cat own) --out all.age");
    let other = Scene::new();
    for file in ["all.json", "all.age"] {
        let (file, identity) = (scene.text_path(file), scene.text_path("identity.txt"));
        let import = format!("import {file} -i {identity} -i identity.txt --on-conflict replace");
        within(&other, &format!("{import} --dry-run"));
        within(&other, &import);
        assert_eq!(blobs(&other).len(), 1);
        within(&other, &format!("get admin --attachment large | cmp - {}", scene.text_path("large")));
        other.run(["detach", "admin", "large"]).ok();
        other.run(["purge", "--all", "-y"]).ok();
    }
}

/// Runs the program under a limit of 64 MiB of memory, by a shell.
#[track_caller]
fn within(scene: &Scene, words: &str) {
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", &format!("set -o pipefail; ulimit -v 65536 && {PROGRAM} {words}")]);
    scene.environment(shell.current_dir(scene.path("")));
    shell.outcome("").ok();
}
