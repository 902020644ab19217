//! A write that is killed, or whose system calls fail, at any point: the memory is never ahead of the vault, and the next
//! commands work without an alarm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::file::sweep::{strace, traced, was_reached};
use crate::support::{Scene, names};

/// The calls around the moment in which a vault gets its name, and in which the memory is written.
const CALLS: [&str; 7] = ["linkat", "renameat", "renameat2", "fsync", "fchmod", "flock", "unlinkat"];
/// More than a change makes of any of them.
const MOST: usize = 60;

/// The files of a scene, to bring it back to where it was.
struct Snapshot(Vec<(PathBuf, Vec<u8>)>);

const FOLDERS: [&str; 3] = [".", "vault.age.d", "home/state/credctl/pins"];

impl Snapshot {
    fn of(scene: &Scene) -> Self {
        let mut files = Vec::new();
        for folder in FOLDERS.map(|folder| scene.path(folder)).iter().filter(|folder| folder.exists()) {
            for path in names(folder).iter().map(|name| folder.join(name)).filter(|path| path.is_file()) {
                let bytes = fs::read(&path).unwrap();
                files.push((path, bytes));
            }
        }
        Self(files)
    }

    fn restore(&self, scene: &Scene) {
        for folder in FOLDERS.map(|folder| scene.path(folder)).iter().filter(|folder| folder.exists()) {
            for path in names(folder).iter().map(|name| folder.join(name)).filter(|path| path.is_file()) {
                fs::remove_file(path).unwrap();
            }
        }
        self.0.iter().for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    }
}

/// The generation that the machine remembers at a path; none if it knows nothing.
fn remembered(scene: &Scene, path: &Path) -> Option<u64> {
    let pins = scene.path("home/state/credctl/pins");
    let files = names(&pins).into_iter().filter(|name| name.starts_with("path-"));
    let texts = files.map(|name| fs::read(pins.join(name)).unwrap());
    // one that is being written when the machine dies is no memory
    let mut places = texts.filter_map(|text| serde_json::from_slice::<Value>(&text).ok());
    places.find(|place| place["path"] == path.to_str().unwrap())?["line"]["generation"].as_u64()
}

fn environment(scene: &Scene, command: &mut Command) {
    let home = scene.path("home");
    for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
        command.env(format!("XDG_{name}_HOME"), home.join(name.to_lowercase()));
    }
    command.env("CREDCTL_NON_INTERACTIVE", "1");
}

/// Kills a command at each of its calls, and lets each of them fail. Reading and writing then work as if nothing had been.
#[track_caller]
fn sweep(scene: &Scene, words: &[&str], stdin: &str) {
    let input = scene.file("home/stdin", stdin);
    let before = Snapshot::of(scene);
    let mut reached = 0;
    for what in ["signal=KILL", "error=EIO"] {
        for call in CALLS {
            for number in 1..MOST {
                let at = format!("{words:?}: {call} {what} {number}");
                let mut command = traced(scene, &format!("{call}:{what}:when={number}"), words);
                environment(scene, &mut command);
                let status = command
                    .stdin(fs::File::open(&input).unwrap())
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .status();
                status.unwrap();
                if !was_reached(scene) {
                    before.restore(scene);
                    break;
                }
                reached += 1;
                let document: Value = serde_json::from_str(&scene.text()).unwrap();
                let (seen, there) = (remembered(scene, &scene.vault()), document["generation"].as_u64());
                assert!(seen <= there, "{at}: remembers {seen:?} of {there:?}");
                for words in [&["list"][..], &["patch", "keep", "--description", "next"]] {
                    let next = scene.run(words);
                    let is_calm = !next.stderr.contains("trust") && !next.stderr.contains("first time");
                    assert!(next.status() == Some(0) && is_calm, "{at}: {next:?}");
                }
                before.restore(scene);
            }
        }
    }
    assert!(reached > 8, "{words:?}: only {reached} calls were reached");
}

/// A vault with something to change for each verb.
fn scene() -> Scene {
    let scene = Scene::with_login();
    scene.login("keep");
    let friend = scene.recipient("friend.txt");
    scene.run(["recipients", "add", &friend, "--name", "Friend"]).ok();
    scene.run(["patch", "admin", "domain=before"]).ok();
    scene.run(["list"]).ok();
    scene
}

#[test]
fn changes_of_credentials_leave_no_memory_ahead_of_the_vault() {
    if !strace() {
        return;
    }
    let scene = scene();
    scene.run(["delete", "-y", "admin"]).ok();
    sweep(&scene, &["restore", "admin"], "");
    scene.run(["undo", "-y"]).ok();
    for words in [
        &["add", "Simple", "new", "value=-"][..],
        &["patch", "admin", "domain=x"],
        &["passwd", "admin", "--password-stdin"],
        &["delete", "-y", "admin"],
        &["rename", "admin", "other"],
        &["copy", "admin", "other"],
        &["rollback", "admin", "--revision", "1"],
        &["grant", "admin", "--api-proxy", "p"],
        &["undo", "-y"],
        &["purge", "-y", "admin"],
    ] {
        sweep(&scene, words, "x");
    }
}

#[test]
fn changes_of_recipients_leave_no_memory_ahead_of_the_vault() {
    if !strace() {
        return;
    }
    let scene = scene();
    let other = scene.recipient("other.txt");
    for words in [
        &["recipients", "add", &other, "--name", "Other"][..],
        &["recipients", "remove", "Friend"],
        &["recipients", "rename", "Friend", "Renamed"],
        &["rekey", "--recipient", &scene.own(), "--recipient", &other],
    ] {
        sweep(&scene, words, "");
    }
}

#[test]
fn changes_of_signers_leave_no_memory_ahead_of_the_vault() {
    if !strace() {
        return;
    }
    let scene = super::signed();
    scene.login("keep");
    scene.run(["sign", "--add", "audit.pub"]).ok();
    for words in [
        &["sign", "--add", "other.pub"][..],
        &["sign", "--remove", "audit", "-y"],
        &["sign", "--off", "-y"],
        &["undo", "-y"],
    ] {
        sweep(&scene, words, "");
    }
    scene.run(["sign", "--off", "-y"]).ok();
    sweep(&scene, &["sign", "--with", "ops"], "");
}

#[test]
fn changes_of_environments_and_registers_leave_no_memory_ahead_of_the_vault() {
    if !strace() {
        return;
    }
    let scene = scene();
    let server = scene.recipient("server.txt");
    let add = |name: &str| {
        let out = format!("{name}.age");
        ["environment", "add", name, "--recipient", &server, "--out", &out].map(str::to_owned)
    };
    let new = add("new");
    sweep(&scene, &new.each_ref().map(String::as_str), "");
    scene.run(add("gw")).ok();
    let attached = scene.file("content", "x".repeat(20_000));
    for words in [
        &["patch", "admin", "domain=y"][..],
        &["environment", "remove", "gw"],
        &["deploy"],
        &["policy", "add", "P1", "--type", "route", "--route-to", "x", "--description", "d"],
        &["user", "add", "--auth-provider", "local", "--email", "ada@example.org"],
        &["attach", "admin", &attached],
    ] {
        sweep(&scene, words, "");
    }
}
