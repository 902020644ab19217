//! `merge`, `conflicts` and `resolve`: two copies of a vault that were changed on two machines.

mod conflicts;
mod judgement;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::support::{Run as _, Scene};

/// A scene with one login, and a copy of its vault for the other machine.
pub struct TwoMachines {
    pub scene: Scene,
    pub copy: PathBuf,
}

impl TwoMachines {
    pub fn new() -> Self {
        let scene = Scene::with_login();
        let copy = scene.path("copy.age");
        fs::copy(scene.vault(), &copy).unwrap();
        Self { scene, copy }
    }

    /// A command of the other machine, about its own copy.
    pub fn there(&self, words: &[&str]) -> Command {
        let mut command = self.scene.command(words);
        command.env("XDG_STATE_HOME", self.scene.path("home/there")).env("CREDCTL_VAULT", &self.copy);
        command
    }

    pub fn change_there(&self, words: &[&str]) {
        self.there(&[words, &["--accept-recipients"]].concat()).outcome("x").ok();
    }

    pub fn copy(&self) -> &str {
        self.copy.to_str().unwrap()
    }
}

#[test]
fn both_machines_agree_after_a_merge() {
    let two = TwoMachines::new();
    two.scene.run(["patch", "admin", "domain=here"]).ok();
    two.change_there(&["add", "Simple", "there", "value=-"]);
    two.change_there(&["patch", "admin", "--description", "from there"]);
    let merged = two.scene.answer(["merge", two.copy()]);
    assert_eq!(merged["taken"], serde_json::json!(["there"]));
    assert_eq!(merged["merged"], serde_json::json!(["admin"]));
    assert_eq!(merged["conflicts"], serde_json::json!([]));
    let admin = two.scene.get("admin");
    assert_eq!((&admin["fields"]["domain"], &admin["description"]), (&"here".into(), &"from there".into()));
    assert_eq!(two.scene.run(["get", "there", "--field", "value"]).ok().stdout(), "x");
    // nothing more to merge, in either direction, and no question on the other machine
    let bytes = two.scene.bytes();
    two.scene.run(["merge", two.copy()]).ok().prints("nothing to merge");
    assert_eq!(two.scene.bytes(), bytes);
    fs::copy(two.scene.vault(), &two.copy).unwrap();
    let read = two.there(&["get", "admin"]).outcome("").ok();
    assert_eq!(read.stderr, "");
    // one undo takes the merge back
    two.scene.run(["undo"]).ok();
    two.scene.run(["get", "there"]).exits(4);
}

#[test]
fn a_conflicted_copy_of_a_synced_folder_is_merged_into_the_other_file() {
    let two = TwoMachines::new();
    two.scene.run(["patch", "admin", "domain=here"]).ok();
    two.change_there(&["add", "Simple", "there", "value=-"]);
    // the program that syncs has put the other file in the place of ours
    let conflicted = two.scene.path("vault.sync-conflict.age");
    fs::rename(two.scene.vault(), &conflicted).unwrap();
    fs::copy(&two.copy, two.scene.vault()).unwrap();
    two.scene.run(["get", "admin"]).exits(9).says("credctl merge");
    two.scene.run(["merge", conflicted.to_str().unwrap()]).ok();
    assert_eq!(two.scene.get("admin")["fields"]["domain"], "here");
    two.scene.run(["get", "there"]).ok();
    let read = two.scene.run(["list"]).ok();
    assert_eq!(read.stderr, "");
}

#[test]
fn a_base_tells_what_was_deleted() {
    let two = TwoMachines::new();
    let base = two.scene.path("base.age");
    fs::copy(two.scene.vault(), &base).unwrap();
    two.scene.run(["delete", "admin", "-y"]).ok();
    two.change_there(&["add", "Simple", "there", "value=-"]);
    let out = two.scene.path("merged.age");
    let vault = two.scene.vault();
    let words = ["merge", base.to_str().unwrap(), vault.to_str().unwrap(), two.copy()];
    let before = two.scene.bytes();
    two.scene.run([&words[..], &["--out", out.to_str().unwrap()]].concat()).ok();
    assert_eq!(two.scene.bytes(), before);
    let listed = two.scene.run(["--vault", out.to_str().unwrap(), "list", "-o", "name"]).ok();
    assert_eq!(listed.stdout(), "there\n");
    // the file that was made is not replaced
    two.scene.run([&words[..], &["--out", out.to_str().unwrap()]].concat()).exits(5);
    two.scene.run([&words[..], &["--dry-run"]].concat()).ok().prints("nothing was written");
    assert_eq!(two.scene.bytes(), before);
    two.scene.run(words).ok().prints("1 credential from theirs");
    two.scene.run(["get", "admin"]).exits(4);
}
