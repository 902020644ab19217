//! Every verb that writes, killed or failing at each point where it touches the disk: the vault is the old one or the
//! new one, what it names can be read, and the same verb goes through afterwards.
//!
//! An ordinary run takes some of the points, others in each verb; `CREDCTL_TEST_SWEEP=1` takes all.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::sweep::{strace, was_reached};
use crate::support::{PROGRAM, Scene, names};

/// The calls by which a change reaches the disk, except for those that open files, which `sweep.rs` has.
const CALLS: [&str; 6] = ["write", "fsync", "linkat", "renameat", "renameat2", "unlinkat"];
/// Every so many points are taken in an ordinary run.
const STEP: usize = 7;

/// Members that two runs of the same change write differently.
const FLEETING: [&str; 19] = [
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
    "grantedAt",
    "addedAt",
    "proof",
    "since",
    "blob",
    "blobs",
    "identity",
    "id",
];

/// A verb with its words and its stdin.
type Case = (&'static [&'static str], &'static str);

const GIT: &str = "protocol=https\nhost=h.example\nusername=u\npassword=p\n\n";
const GIT_NEW: &str = "protocol=https\nhost=h.example\nusername=u\npassword=new\n\n";
const SEED: &str = "otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0";
const USER: &str = "6b1551db-b7fa-473d-a05c-43524badb11b";

/// Changes of credentials.
const CREDENTIALS: [Case; 13] = [
    (&["add", "Simple", "z", "value=-"], "x"),
    (&["update", "-y", "e1", "value=-"], "NEW"),
    (&["put", "p9", "--type", "Simple", "value=-"], "NEW"),
    (&["patch", "--filter", "type eq 'Simple'", "--enabled=false"], ""),
    (&["passwd", "admin", "--password-stdin"], "NEW"),
    (&["delete", "-y", "e2", "big"], ""),
    (&["move", "e1", "--to", "proj"], ""),
    (&["rename", "big", "large"], ""),
    (&["copy", "big", "large"], ""),
    (&["otp", "vpn"], ""),
    (&["grant", "e1", "--api-proxy", "Pay"], ""),
    (&["revoke", "e2", "--api-proxy", "Pay"], ""),
    (&["import", "doc.json", "--on-conflict", "replace"], ""),
];

/// Changes that have files beside the vault, or that remove some.
const FILES: [Case; 12] = [
    (&["attach", "e1", "large.bin"], ""),
    (&["attach", "big", "other.bin", "--as", "large.bin", "--overwrite"], ""),
    (&["detach", "big", "large.bin"], ""),
    (&["import", "files.json", "--on-conflict", "replace"], ""),
    (&["undo", "-y"], ""),
    (&["restore", "gone"], ""),
    (&["rollback", "e3", "--revision", "1"], ""),
    (&["purge", "-y", "gone"], ""),
    (&["purge", "-y", "--all"], ""),
    (&["environment", "add", "two", "--recipient", "RECIPIENT", "--out", "two.age"], ""),
    (&["environment", "remove", "gw", "--delete-bundle", "-y"], ""),
    (&["deploy"], ""),
];

/// Changes of everything else in the vault, and of its keys.
const OTHERS: [Case; 16] = [
    (&["ref", "add", "e1", "/servers/h2", "--address", "h2.example.org"], ""),
    (&["ref", "remove", "e1", "/servers/h1"], ""),
    (
        &[
            "policy",
            "add",
            "p2",
            "--type",
            "throttle",
            "--period",
            "day",
            "--value",
            "9",
            "--description",
            "d",
        ],
        "",
    ),
    (&["policy", "update", "p1", "--value", "77"], ""),
    (&["policy", "delete", "p1", "-y"], ""),
    (&["user", "delete", USER, "-y"], ""),
    (&["types", "--define", "type.toml"], ""),
    (&["types", "--undefine", "acme-host"], ""),
    (&["tidy", "-y"], ""),
    (&["helper", "git", "store"], GIT_NEW),
    (&["helper", "git", "erase"], GIT),
    (&["recipients", "add", "RECIPIENT", "--name", "Ada"], ""),
    (&["recipients", "rename", "Friend", "Freund"], ""),
    (&["recipients", "remove", "Friend", "-y"], ""),
    (&["rekey", "--add-recipient", "RECIPIENT"], ""),
    (
        &[
            "user",
            "add",
            "--id",
            "7b1551db-b7fa-473d-a05c-43524badb11b",
            "--auth-provider",
            "local",
            "--email",
            "b@a.example",
        ],
        "",
    ),
];

const TYPE: &str = "name = \"acme-other\"\nsummary = \"x\"\n\n[[field]]\nname = \"host\"\nkind = \"text\"\nhelp = \"x\"\nrequired = true\n";

/// A folder with a vault that has something for every verb, and a copy of it.
struct Stage {
    scene: Scene,
    copy: tempfile::TempDir,
    recipient: String,
}

impl Stage {
    fn new() -> Self {
        let scene = Scene::with_login();
        let recipient = scene.recipient("other.txt");
        let friend = scene.recipient("friend.txt");
        scene.file("large.bin", vec![7; 40_000]);
        scene.file("other.bin", vec![8; 40_000]);
        scene.file("type.toml", TYPE);
        scene.file("own.toml", TYPE.replace("acme-other", "acme-host"));
        for id in ["e1", "e2", "e3", "gone", "big"] {
            scene.run_with(["add", "Simple", id, "value=-"], "old").ok();
        }
        for (words, stdin) in [
            (&["add", "otp", "vpn", "totp=-"][..], SEED),
            (&["patch", "e3", "value=-"], "newer"),
            (&["attach", "big", "large.bin"], ""),
            (&["attach", "gone", "large.bin"], ""),
            (&["delete", "-y", "gone"], ""),
            (&["grant", "e2", "--api-proxy", "Pay"], ""),
            (
                &[
                    "policy",
                    "add",
                    "p1",
                    "--type",
                    "throttle",
                    "--period",
                    "day",
                    "--value",
                    "5",
                    "--description",
                    "d",
                ],
                "",
            ),
            (&["user", "add", "--id", USER, "--auth-provider", "local", "--email", "a@a.example"], ""),
            (&["ref", "add", "e1", "/servers/h1", "--address", "h1.example.org"], ""),
            (&["types", "--define", "own.toml"], ""),
            (&["helper", "git", "store"], GIT),
            (&["recipients", "add", &friend, "--name", "Friend"], ""),
            (&["environment", "add", "gw", "--recipient", &friend, "--out", "gw.age"], ""),
            (
                &["add", "keystore", "admin-extra", "keyStore.totp=-", "--tag", "login=admin"],
                "GEZDGNBVGY3TQOJQ",
            ),
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
        let copy = tempfile::tempdir().unwrap();
        copied(&scene.path("."), copy.path());
        Self { scene, copy, recipient }
    }

    /// Puts everything back as it was.
    fn reset(&self) {
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
    fn points(&self, case: Case) -> Vec<(&'static str, usize)> {
        assert!(self.traced(&[&format!("trace={}", CALLS.join(","))], case), "{:?}", case.0);
        let log = fs::read_to_string(self.scene.path("strace.log")).unwrap();
        let count = |call| log.lines().filter(|line| line.contains(&format!(" {call}("))).count();
        CALLS.iter().flat_map(|call| (1..=count(call)).map(|number| (*call, number))).collect()
    }

    /// Runs a verb with an injection. Returns true if it ended well, and true if the injection was reached.
    fn inject(&self, call: &str, injection: &str, case: Case) -> (bool, bool) {
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
        command.status().unwrap().success()
    }

    /// Returns what the vault says, without what differs from run to run.
    fn state(&self) -> Value {
        let mut document: Value = serde_json::from_str(&self.scene.text()).unwrap();
        lasting(&mut document);
        document
    }

    /// Sees to it that the vault is sound, and that every attachment of now can be read.
    fn is_sound(&self, what: &str) {
        let exported = self.scene.run(["export", "--force"]);
        assert_eq!(exported.status(), Some(0), "{what}: {exported:?}");
        // a machine that was killed before it remembered a new recipient asks whether it is meant
        let after = self.scene.run(["patch", "e3", "--description", what, "--accept-recipients"]);
        assert_eq!(after.status(), Some(0), "{what}: {after:?}");
        let folders = ["vault.age.d", "gw.age.d", "two.age.d"].map(|name| self.scene.path(name));
        let beside = folders.iter().filter(|folder| folder.exists()).flat_map(|folder| names(folder));
        let names = self.scene.names().into_iter().chain(beside);
        let left: Vec<_> = names.filter(|name| name.contains("tmp") || name.contains("draft")).collect();
        assert!(left.is_empty(), "{what}: {left:?}");
    }
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

fn sweep(cases: &[Case], what: &str) {
    if !strace() {
        return;
    }
    let takes_all = env::var_os("CREDCTL_TEST_SWEEP").is_some();
    let stage = Stage::new();
    let mut reached = 0;
    for (number, case) in cases.iter().enumerate() {
        stage.reset();
        let old = stage.state();
        let points = stage.points(*case);
        let new = stage.state();
        for (at, (call, when)) in points.into_iter().enumerate() {
            if !takes_all && at % STEP != number % STEP {
                continue;
            }
            stage.reset();
            let (done, injected) = stage.inject(call, &format!("{what}:when={when}"), *case);
            let told = format!("{:?}, {call} {when}, {what}", case.0);
            let now = stage.state();
            assert!(now == old || now == new, "{told}: neither the old nor the new vault is there");
            assert!(!done || now == new, "{told}: told as done, and not there");
            reached += usize::from(injected);
            stage.is_sound(&told);
        }
    }
    assert!(reached > cases.len() / 2, "only {reached} calls were reached");
}

#[test]
fn a_change_of_credentials_is_killed() {
    sweep(&CREDENTIALS, "signal=KILL");
}

#[test]
fn a_change_of_credentials_fails() {
    sweep(&CREDENTIALS, "error=EIO");
}

#[test]
fn a_change_with_files_is_killed() {
    sweep(&FILES, "signal=KILL");
}

#[test]
fn a_change_with_files_fails() {
    sweep(&FILES, "error=ENOSPC");
}

#[test]
fn another_change_is_killed() {
    sweep(&OTHERS, "signal=KILL");
}

#[test]
fn another_change_fails() {
    sweep(&OTHERS, "error=EIO");
}

/// Every verb with `--dry-run` writes, and is in a table or swept elsewhere.
#[test]
fn every_verb_that_writes_is_swept() {
    let all = CREDENTIALS.iter().chain(&FILES).chain(&OTHERS);
    let mut swept: BTreeSet<_> = all.map(|(words, _)| words[0]).collect();
    // `edit` saves as `patch` does and needs an editor, `sign` needs a key, `sweep.rs` has `init`, and `trust` writes no
    // vault; those of several vaults and of git have tests of their own
    swept.extend(["edit", "sign", "init", "trust", "merge", "resolve", "git"]);
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
    let mut writing = 0;
    for name in names(&pages) {
        let page = fs::read_to_string(pages.join(&name)).unwrap();
        let verb = name.trim_start_matches("credctl-").split(['-', '.']).next().unwrap();
        if page.contains("\\-\\-dry\\-run") && name != "credctl.1" {
            assert!(swept.contains(verb), "{name}");
            writing += 1;
        }
    }
    assert!(writing > 20, "{writing}");
}
