//! A vault that is put back after each verb, and the verbs under `strace`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::cases::{Case, GIT, SEED};
use crate::file::residents::{add_residents, own_type};
use crate::file::sweep::was_reached;
use crate::support::{PROGRAM, Run as _, Scene, names};

/// The calls by which a change reaches the disk, except for those that open files, which `sweep.rs` has.
const CALLS: [&str; 6] = ["write", "fsync", "linkat", "renameat", "renameat2", "unlinkat"];

/// Members that two runs of the same change write differently.
const FLEETING: [&str; 20] = [
    "seal",
    "formerSeals",
    "parents",
    "generation",
    "index",
    "chunks",
    "etag",
    "instanceId",
    "createdAt",
    "updatedAt",
    "replacedAt",
    "mergedAt",
    "grantedAt",
    "addedAt",
    "proof",
    "since",
    "blob",
    "blobs",
    "identity",
    "id",
];

/// A folder with a vault that has something for every verb, and a copy of it.
pub struct Stage {
    scene: Scene,
    copy: tempfile::TempDir,
    recipient: String,
}

impl Stage {
    pub fn new() -> Self {
        Self::of(scene())
    }

    /// Returns a stage with a vault of two signers.
    pub fn signed() -> Self {
        let scene = scene();
        add_keys(&scene);
        scene.run(["sign", "--with", "ops"]).ok();
        scene.run(["sign", "--add", "audit.pub"]).ok();
        Self::of(scene)
    }

    /// Returns a stage with two open conflicts, a copy that can be merged without one, and a copy that cannot.
    pub fn copied() -> Self {
        let scene = scene();
        add_keys(&scene);
        let there = |copy: &str, words: &[&str]| {
            let mut command = scene.command(words);
            command.env("XDG_STATE_HOME", scene.path("home/there")).env("CREDCTL_VAULT", scene.path(copy));
            command.arg("--accept-recipients").outcome("theirs").ok();
        };
        let change_both = |copy: &str, ids: &[&str]| {
            fs::copy(scene.vault(), scene.path(copy)).unwrap();
            for id in ids {
                there(copy, &["patch", id, "value=-"]);
                scene.run_with(["patch", id, "value=-"], "ours").ok();
            }
        };
        change_both("merged.age", &["e1", "e2"]);
        scene.run(["merge", "merged.age"]).exits(8);
        change_both("clashing.age", &["e3"]);
        copied(&scene.path("vault.age.d"), &scene.path("other.age.d"));
        change_both("other.age", &[]);
        there("other.age", &["add", "Simple", "there", "value=-"]);
        there("other.age", &["attach", "there", "other.bin"]);
        scene.run_with(["add", "Simple", "here", "value=-"], "ours").ok();
        Self::of(scene)
    }

    fn of(scene: Scene) -> Self {
        let recipient = scene.recipient("other.txt");
        let copy = tempfile::tempdir().unwrap();
        copied(&scene.path("."), copy.path());
        Self { scene, copy, recipient }
    }

    /// Puts everything back as it was.
    pub fn reset(&self) {
        for name in self.scene.names() {
            let path = self.scene.path(&name);
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
        }
        copied(self.copy.path(), &self.scene.path("."));
    }

    fn words<'a>(&'a self, words: &[&'a str]) -> Vec<&'a str> {
        words.iter().map(|word| if *word == "RECIPIENT" { self.recipient.as_str() } else { word }).collect()
    }

    /// Returns the calls that a verb makes, each with its number among those of its kind.
    pub fn points(&self, case: Case) -> Vec<(&'static str, usize)> {
        assert!(self.traced(&[&format!("trace={}", CALLS.join(","))], case), "{:?}", case.0);
        let log = fs::read_to_string(self.scene.path("strace.log")).unwrap();
        let count = |call| log.lines().filter(|line| line.contains(&format!(" {call}("))).count();
        CALLS.iter().flat_map(|call| (1..=count(call)).map(|number| (*call, number))).collect()
    }

    /// Runs a verb with an injection. Returns true if it ended well, and true if the injection was reached.
    pub fn inject(&self, call: &str, injection: &str, case: Case) -> (bool, bool) {
        let done = self.traced(&[&format!("trace={call}"), &format!("inject={call}:{injection}")], case);
        (done, was_reached(&self.scene))
    }

    fn traced(&self, rules: &[&str], (words, stdin): Case) -> bool {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o"]).arg(self.scene.path("strace.log"));
        command.args(rules.iter().flat_map(|rule| ["-e", rule])).arg(PROGRAM);
        command.args(self.words(words)).args(["--lock-timeout", "1s"]).current_dir(self.scene.path("."));
        self.scene.environment(&mut command);
        command.env("CREDCTL_NON_INTERACTIVE", "1");
        let input = self.scene.file("stdin", stdin);
        command.stdin(fs::File::open(input).unwrap()).stdout(Stdio::null()).stderr(Stdio::null());
        // a merge that leaves a conflict is done, too
        matches!(command.status().unwrap().code(), Some(0 | 8))
    }

    /// Returns what the vault says, without what differs from run to run.
    pub fn state(&self) -> Value {
        let mut document: Value = serde_json::from_str(&self.scene.text()).unwrap();
        lasting(&mut document);
        document
    }

    /// Checks that the vault is sound, and that every attachment of now can be read.
    pub fn is_sound(&self, what: &str) {
        let exported = self.scene.run(["export", "--force"]);
        assert_eq!(exported.status(), Some(0), "{what}: {exported:?}");
        // a machine that was killed before it remembered a new recipient refuses it
        let after = self.scene.run(["patch", "e3", "--description", what, "--accept-recipients"]);
        assert_eq!(after.status(), Some(0), "{what}: {after:?}");
        let folders = ["vault.age.d", "gw.age.d", "two.age.d"].map(|name| self.scene.path(name));
        let beside = folders.iter().filter(|folder| folder.exists()).flat_map(|folder| names(folder));
        let names = self.scene.names().into_iter().chain(beside);
        let left: Vec<_> = names.filter(|name| name.contains("tmp") || name.contains("draft")).collect();
        assert!(left.is_empty(), "{what}: {left:?}");
    }
}

/// Returns a vault that has something for every verb.
fn scene() -> Scene {
    let scene = Scene::with_login();
    let friend = scene.recipient("friend.txt");
    scene.file("large.bin", vec![7; 40_000]);
    scene.file("other.bin", vec![8; 40_000]);
    scene.file("type.toml", own_type("acme-other"));
    for id in ["e1", "e2", "e3", "gone", "big"] {
        scene.run_with(["add", "Simple", id, "value=-"], "old").ok();
    }
    add_residents(&scene, "e1");
    for (words, stdin) in [
        (&["add", "otp", "vpn", "totp=-"][..], SEED),
        (&["patch", "e3", "value=-"], "newer"),
        (&["attach", "big", "large.bin"], ""),
        (&["attach", "gone", "large.bin"], ""),
        (&["delete", "-y", "gone"], ""),
        (&["grant", "e2", "--api-proxy", "Pay"], ""),
        (&["helper", "git", "store"], GIT),
        (&["recipients", "add", &friend, "--name", "Friend"], ""),
        (&["environment", "add", "gw", "--recipient", &friend, "--out", "gw.age"], ""),
        (&["add", "keystore", "admin-extra", "keyStore.totp=-", "--tag", "login=admin"], "GEZDGNBVGY3TQOJQ"),
        (&["patch", "e3", "--description", "last"], ""),
    ] {
        scene.run_with(words, stdin).ok();
    }
    let exported = scene.run(["export", "e1", "e3"]).ok().stdout().replace("old", "imported");
    scene.file("doc.json", exported);
    let exported = scene.run(["export", "big"]).ok().stdout().to_owned();
    scene.file("files.json", exported);
    // so that the import brings a content that the vault does not have
    scene.run(["attach", "big", "other.bin", "--as", "large.bin", "--overwrite"]).ok();
    scene.run(["patch", "e3", "--description", "end"]).ok();
    scene
}

/// Makes the keys of signers. The first one signs every change of a signed vault.
fn add_keys(scene: &Scene) {
    for (name, comment) in [("ops", "Operations"), ("audit", "Audit"), ("other", "Other")] {
        scene.ssh_key("ed25519", name, comment, "");
    }
    scene.configure(&format!("signing-key = {:?}\n", scene.text_path("ops")));
}

fn copied(from: &Path, to: &Path) {
    let from = from.join(".");
    assert!(Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap().success());
}

fn lasting(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, value| {
                !FLEETING.contains(&name.as_str()) || (name == "id" && !is_uuid(value))
            });
            members.values_mut().for_each(lasting);
        }
        Value::Array(items) => items.iter_mut().for_each(lasting),
        _ => {}
    }
}

fn is_uuid(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.len() == 36 && text.matches('-').count() == 4)
}
