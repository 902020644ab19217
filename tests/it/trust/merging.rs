//! The merge of two copies of a signed vault.

use std::fs;

use super::{on, signed};
use crate::support::{Run as _, Scene};

/// A copy of the vault for another machine, whose changes another signer signs.
struct OtherSigner {
    scene: Scene,
    copy: String,
}

impl OtherSigner {
    fn new() -> Self {
        let scene = signed();
        scene.run(["sign", "--add", "audit.pub"]).ok();
        let copy = scene.text_path("copy.age");
        fs::copy(scene.vault(), &copy).unwrap();
        Self { scene, copy }
    }

    fn change(&self, words: &[&str], key: &str) {
        let mut command = on(&self.scene, "there", words);
        command.env("CREDCTL_VAULT", &self.copy).env("CREDCTL_SIGNING_KEY", self.scene.path(key));
        command.outcome("x").ok();
    }
}

#[test]
fn two_signers_merge_their_copies_and_the_result_is_signed() {
    let other = OtherSigner::new();
    let scene = &other.scene;
    scene.run(["patch", "admin", "domain=here"]).ok();
    other.change(&["add", "Simple", "there", "value=-"], "audit");
    other.change(&["patch", "admin", "--description", "from there"], "audit");
    let merged = scene.answer(["merge", &other.copy]);
    assert_eq!(merged["taken"], serde_json::json!(["there"]));
    let admin = scene.get("admin");
    assert_eq!((&admin["fields"]["domain"], &admin["description"]), (&"here".into(), &"from there".into()));
    scene.run(["status"]).ok().prints("by ops");
    // the other machine takes it for the next generation of both, without a question
    fs::copy(scene.vault(), &other.copy).unwrap();
    let mut read = on(scene, "there", &["get", "there", "--field", "value"]);
    let read = read.env("CREDCTL_VAULT", &other.copy).outcome("").ok();
    assert_eq!((read.stdout(), &*read.stderr), ("x", ""));
}

#[test]
fn without_the_key_of_a_signer_nothing_is_merged() {
    let other = OtherSigner::new();
    let scene = &other.scene;
    other.change(&["add", "Simple", "there", "value=-"], "audit");
    scene.run(["patch", "admin", "domain=here"]).ok();
    let before = scene.bytes();
    scene.configure("");
    scene.run(["merge", &other.copy]).exits(6).says("signers");
    assert_eq!(scene.bytes(), before);
    // a try needs no key
    scene.run(["merge", &other.copy, "--dry-run"]).ok().prints("nothing was written");
    scene.run(["merge", &other.copy, "--signing-key", "other"]).exits(6);
    assert_eq!(scene.bytes(), before);
}

#[test]
fn a_copy_that_no_signer_wrote_is_not_merged() {
    let other = OtherSigner::new();
    let scene = &other.scene;
    scene.run(["patch", "admin", "domain=here"]).ok();
    let before = scene.bytes();
    // signatures were turned off there, by a signer: the copy says so, and this machine does not follow it by a merge
    other.change(&["sign", "--off", "-y"], "audit");
    other.change(&["add", "Simple", "forged", "value=-"], "audit");
    scene.run(["merge", &other.copy]).exits(9).says("not signed");
    assert_eq!(scene.bytes(), before);
    // a signer who was removed here
    let removed = OtherSigner::new();
    let scene = &removed.scene;
    removed.change(&["add", "Simple", "late", "value=-"], "audit");
    scene.run(["sign", "--remove", "audit", "-y"]).ok();
    scene.run(["patch", "admin", "domain=here"]).ok();
    let before = scene.bytes();
    let merged = scene.run(["merge", &removed.copy, "--out", &scene.text_path("tried.age")]);
    merged.exits(9).says("not one of theirs");
    assert!(!scene.path("tried.age").exists());
    assert_eq!(scene.bytes(), before);
}
