//! `attach`, `detach` and `get --attachment`: the contents, the names, and what is refused.

use std::fs;

use serde_json::{Value, json};

use crate::contract::prompts::asking;
use crate::support::Scene;
use crate::support::terminal::Terminal;

/// Contents on both sides of the longest that a record keeps.
fn contents() -> [(&'static str, Vec<u8>); 5] {
    let bytes = |length: u32| (0..length).map(|at| (at * 7 % 65521).to_le_bytes()[0]).collect::<Vec<_>>();
    [
        ("empty", Vec::new()),
        ("text.txt", b"first line\nsecond line".to_vec()),
        ("edge.bin", bytes(16 * 1024)),
        ("beyond.bin", bytes(16 * 1024 + 1)),
        ("chunks.bin", bytes(3 * 64 * 1024)),
    ]
}

/// The names of the files beside the vault that hold attachments.
pub fn blobs(scene: &Scene) -> Vec<String> {
    let folder = scene.path("vault.age.d");
    if folder.exists() { crate::support::names(&folder) } else { Vec::new() }
}

/// The content of an attachment, as a pipe gets it.
#[track_caller]
pub fn content(scene: &Scene, id: &str, name: &str) -> Vec<u8> {
    scene.run(["get", id, "--attachment", name]).ok().stdout
}

#[test]
fn a_content_comes_back_whatever_its_length_is() {
    let scene = Scene::with_login();
    for (name, bytes) in contents() {
        scene.file(name, &bytes);
        let answer = scene.answer(["attach", "admin", name]);
        assert_eq!(answer["id"], "admin");
    }
    // only what is too long for a record is beside the vault, private and under a name that tells nothing
    assert_eq!(blobs(&scene).len(), 2);
    assert_eq!(scene.mode("vault.age.d"), 0o700);
    for name in blobs(&scene) {
        assert_eq!(scene.mode(&format!("vault.age.d/{name}")), 0o600);
        let bytes = fs::read(scene.path("vault.age.d").join(&name)).unwrap();
        assert!(name.len() == 36 && bytes.starts_with(b"age-encryption.org/v1\n-> X25519 "), "{name}");
    }
    for (name, bytes) in contents() {
        assert!(content(&scene, "admin", name) == bytes, "{name}");
        let out = format!("{name}.out");
        scene.run(["get", "admin", "--attachment", name, "--out", &out]).ok();
        assert!(fs::read(scene.path(&out)).unwrap() == bytes, "{name}");
        assert_eq!(scene.mode(&out), 0o600);
        scene.run(["get", "admin", "--attachment", name, "--out", &out]).exits(5).says("--overwrite");
        scene.run(["get", "admin", "--attachment", name, "--out", &out, "--overwrite"]).ok();
    }
    let shown = scene.run(["get", "admin", "-o", "json"]).ok().json();
    assert_eq!(shown["attachments"][1], json!({"name": "text.txt", "size": 22}));
    let revealed = scene.get("admin");
    assert_eq!(revealed["attachments"][0]["sha256"].as_str().unwrap().len(), 64);
    let view = scene.run(["get", "admin"]).ok();
    assert!(
        view.stdout().contains("text.txt (22 bytes)") && view.stdout().contains("chunks.bin (192.0 KiB)")
    );
    // a version for each
    assert_eq!(revealed["revision"], 6);
    scene.run(["check", "--skip", "weak"]).ok();
    scene.run(["check", "--only", "attachment", "--attachments"]).ok();
}

#[test]
fn neither_a_list_nor_an_answer_has_a_content_or_a_key() {
    let scene = Scene::with_login();
    scene.file("small", "hunter2-small");
    scene.file("large", "hunter2-large".repeat(2000));
    let encoded = credctl::base64::encode(b"hunter2-small");
    for file in ["small", "large"] {
        let answer = scene.run(["attach", "admin", file, "-o", "json"]).ok();
        answer.hides("hunter2").hides("AGE-SECRET-KEY").hides(encoded.expose());
    }
    for words in [
        &["get", "admin", "-o", "json"][..],
        &["get", "admin", "--all", "--reveal"],
        &["get", "admin", "--reveal", "-o", "yaml"],
        &["list", "-o", "jsonl"],
        &["history", "admin"],
        &["export", "--no-secrets"],
        &["check", "--attachments", "-o", "json"],
    ] {
        let outcome = scene.run(words);
        outcome.hides("hunter2-").hides("AGE-SECRET-KEY").hides(encoded.expose());
    }
}

#[test]
fn names_are_those_of_files_and_taken_once() {
    let scene = Scene::with_login();
    let path = scene.file("own.pem", "one");
    scene.run(["attach", "admin", &path]).ok();
    scene.refuses(5, ["attach", "admin", "own.pem"], "").says("has an attachment `own.pem` already");
    scene.run(["attach", "admin", "own.pem", "--as", "other.pem"]).ok();
    scene.file("own.pem", "two");
    scene.run(["attach", "admin", "own.pem", "--overwrite"]).ok();
    assert_eq!(content(&scene, "admin", "own.pem"), b"two");
    scene.run_with(["attach", "admin", "-", "--as", "piped"], "three").ok();
    assert_eq!(content(&scene, "admin", "piped"), b"three");
    scene.refuses(2, ["attach", "admin", "-"], "").says("--as NAME");
    for name in ["", "..", "a/b", "a\nb", "\u{202e}x", &"x".repeat(256)] {
        scene.refuses(3, ["attach", "admin", "own.pem", "--as", name], "").says("--as NAME");
    }
    // one name, however it is written
    scene.run(["attach", "admin", "own.pem", "--as", "o\u{308}"]).ok();
    scene.refuses(5, ["attach", "admin", "own.pem", "--as", "\u{f6}"], "");
    assert_eq!(content(&scene, "admin", "\u{f6}"), b"two");
    scene.refuses(4, ["attach", "none", "own.pem"], "");
    scene.refuses(10, ["attach", "admin", "none.pem"], "").says("none.pem");
    scene.refuses(4, ["detach", "admin", "none.pem"], "").says("other.pem");
    scene.refuses(5, ["attach", "admin", "own.pem", "--as", "new", "--if-match", "0"], "");
    scene.run(["detach", "admin", "other.pem"]).ok();
    scene.run(["get", "admin", "--attachment", "other.pem"]).exits(4);
    scene.refuses(6, ["attach", "admin", "own.pem", "--as", "new", "--role", "operator"], "");
    scene.run(["get", "admin", "--out", "x"]).exits(2).says("--attachment");
}

#[test]
fn a_dry_run_and_a_refusal_leave_no_file_behind() {
    let scene = Scene::with_login();
    scene.file("large", vec![7; 100_000]);
    scene.refuses(0, ["attach", "admin", "large", "--dry-run"], "");
    assert!(!scene.path("vault.age.d").exists());
    scene.run(["attach", "admin", "large"]).ok();
    let before = blobs(&scene);
    scene.refuses(5, ["attach", "admin", "large"], "");
    scene.refuses(0, ["attach", "admin", "large", "--overwrite", "-n"], "");
    assert_eq!(blobs(&scene), before);
}

#[test]
fn a_credential_that_must_not_be_used_now_gives_no_attachment() {
    let scene = Scene::with_login();
    scene.file("f", "content");
    scene.run(["attach", "admin", "f"]).ok();
    scene.run(["patch", "admin", "--enabled", "false"]).ok();
    scene.run(["get", "admin", "--attachment", "f"]).exits(6);
    assert_eq!(scene.run(["get", "admin", "--attachment", "f", "--force"]).ok().stdout, b"content");
}

#[test]
fn a_terminal_shows_text_and_no_bytes() {
    let scene = Scene::with_login();
    for (name, bytes) in [("text", b"plain text".to_vec()), ("bytes", vec![0x1b, b'[', 0xff])] {
        scene.file(name, bytes);
        scene.run(["attach", "admin", name]).ok();
    }
    let show = |words: &[&str]| Terminal::sized(&asking(&scene, words), 80).end();
    let text = show(&["get", "admin", "--attachment", "text"]);
    assert!(text.status == 0 && text.shown.contains("plain text"), "{text:?}");
    let bytes = show(&["get", "admin", "--attachment", "bytes"]);
    assert!(bytes.status == 2 && bytes.shown.contains("--reveal"), "{bytes:?}");
    assert_eq!(show(&["get", "admin", "--attachment", "bytes", "--reveal"]).status, 0);
}

#[test]
fn a_blob_that_is_gone_or_changed_is_told_and_not_given() {
    let scene = Scene::with_login();
    let bytes = vec![7; 200_000];
    scene.file("large", &bytes);
    scene.run(["attach", "admin", "large"]).ok();
    let name = blobs(&scene).remove(0);
    let path = scene.path("vault.age.d").join(&name);
    let sound = fs::read(&path).unwrap();
    let (mut changed, mut cut) = (sound.clone(), sound.clone());
    changed[100_000] ^= 1;
    cut.truncate(sound.len() - 70_000);
    for (state, what) in [(None, "does not exist"), (Some(changed), "tampered"), (Some(cut), "")] {
        match &state {
            Some(bytes) => fs::write(&path, bytes).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        scene.run(["get", "admin", "--attachment", "large"]).exits(9).says(what);
        scene.run(["get", "admin", "--attachment", "large", "--out", "out"]).exits(9);
        assert!(!scene.path("out").exists());
        let report =
            scene.run(["check", "--only", "attachment", "--attachments", "-o", "json"]).exits(8).json();
        assert_eq!(report["findings"][0]["member"], "attachments.large");
        scene.run(["export", "--out", "all.json"]).exits(9);
        assert!(!scene.path("all.json").exists());
        // everything else goes on
        scene.run(["get", "admin", "--field", "password"]).ok();
        scene.run(["patch", "admin", "--description", "d"]).ok();
    }
    fs::remove_file(&path).unwrap();
    let report = scene.run(["doctor", "-o", "json"]).exits(8).json();
    let about = |report: &Value| {
        let findings = report["findings"].as_array().unwrap().clone();
        findings.into_iter().filter(|finding| finding["check"] == "attachments").collect::<Vec<_>>()
    };
    assert_eq!(about(&report).len(), 1, "{report}");
    // a file of another copy of the vault is told too, and never removed
    fs::write(&path, &sound).unwrap();
    let stray = scene.path("vault.age.d").join(format!("{}.age", "0".repeat(32)));
    fs::write(&stray, &sound).unwrap();
    let report = scene.run(["doctor", "-o", "json"]).exits(8).json();
    assert_eq!(about(&report).len(), 1, "{report}");
    scene.run(["patch", "admin", "--description", "e"]).ok();
    assert!(stray.exists());
    assert!(content(&scene, "admin", "large") == bytes);
}
