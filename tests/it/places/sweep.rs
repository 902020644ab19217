//! A change of a vault at an address that is killed where it touches the disk, here or in the repository: the vault at
//! the address is the old one or the new one, the copy can be used, and the next change goes through.
//!
//! An ordinary run takes some of the points; `CREDCTL_TEST_SWEEP=1` takes all.
#![cfg(feature = "remote-git")]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::program::{at, with_identity};
use crate::file::sweep::{strace, was_reached};
use crate::support::{PROGRAM, Run as _, Scene};

/// The calls by which a change reaches the disk, but for those of git.
const CALLS: [&str; 6] = ["write", "fsync", "linkat", "renameat", "renameat2", "unlinkat"];
/// The calls by which helper and git reach it, too.
const CALLS_OF_ALL: [&str; 6] = ["write", "fsync", "rename", "renameat", "unlink", "link"];

/// A machine with a vault in a repository.
struct Stage {
    scene: Scene,
    address: String,
}

impl Stage {
    fn new() -> Self {
        let scene = with_identity();
        let path = scene.path("team.git");
        assert!(Command::new("git").args(["init", "-q", "--bare"]).arg(&path).status().unwrap().success());
        let stage = Self { address: format!("git+file://{}#team.age", path.display()), scene };
        at(&stage.scene, &stage.address, "one", &["init", "--recipient", &stage.scene.own()])
            .outcome("")
            .ok();
        at(&stage.scene, &stage.address, "one", &["add", "Simple", "e1", "value=-"]).outcome("old").ok();
        stage.change("0");
        stage
    }

    /// Changes the vault, and sees it on another machine.
    fn change(&self, text: &str) {
        let words = ["patch", "e1", "--description", text];
        let done = at(&self.scene, &self.address, "one", &words).outcome("");
        assert_eq!(done.status(), Some(0), "{text}: {done:?}");
        assert_eq!(self.read("two", &["--fresh"]), text);
    }

    /// The answer of the vault on a machine.
    #[track_caller]
    fn read(&self, machine: &str, options: &[&str]) -> String {
        let words = [options, &["get", "e1", "--field", "description"]].concat();
        let read = at(&self.scene, &self.address, machine, &words).outcome("");
        assert_eq!(read.status(), Some(0), "{machine}: {read:?}");
        read.stdout().trim_end().to_owned()
    }

    /// Runs a change under `strace`. Returns true if it ended well.
    fn traced(&self, follows: bool, rules: &[String], text: &str) -> bool {
        let plain =
            at(&self.scene, &self.address, "one", &["patch", "e1", "--lock-timeout", "1s", "--description"]);
        let mut command = Command::new("strace");
        command.args(follows.then_some("-f")).args(["-qq", "-o"]).arg(self.scene.path("strace.log"));
        command
            .args(rules.iter().flat_map(|rule| ["-e", rule]))
            .arg(PROGRAM)
            .args(plain.get_args())
            .arg(text);
        command.env_clear().envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(self.scene.path("."));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let is_done = command.status().unwrap().success();
        self.wait_for_orphans();
        // a killed git of the server leaves its lock on the branch, which only the operator of the server may remove
        let mut there = Vec::new();
        files(&self.scene.path("team.git"), &mut there);
        for lock in there.iter().filter(|path| is_lock(path)) {
            fs::remove_file(lock).unwrap();
        }
        is_done
    }

    /// Waits for helpers that outlive the program, and their git.
    fn wait_for_orphans(&self) {
        let folder = self.scene.text_path("team.git");
        let until = Instant::now() + Duration::from_secs(30);
        while is_running(&folder) {
            assert!(Instant::now() < until, "a helper does not end");
            sleep(Duration::from_millis(5));
        }
    }

    /// Returns the calls of a change, each with its number among those of its kind in one process.
    fn points(&self, follows: bool, calls: &[&'static str]) -> Vec<(&'static str, usize)> {
        assert!(self.traced(follows, &[format!("trace={}", calls.join(","))], "traced"));
        let log = fs::read_to_string(self.scene.path("strace.log")).unwrap();
        let mut points = Vec::new();
        for call in calls {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for line in log.lines().filter(|line| line.contains(&format!("{call}("))) {
                let process = if follows { line.split(' ').next().unwrap_or_default() } else { "" };
                *counts.entry(process).or_default() += 1;
            }
            points.extend((1..=counts.values().copied().max().unwrap_or(0)).map(|number| (*call, number)));
        }
        points
    }

    /// The names of all files that this machine keeps.
    fn kept(&self) -> Vec<String> {
        let mut names = Vec::new();
        files(&self.scene.path("one"), &mut names);
        names
    }
}

fn is_running(word: &str) -> bool {
    fs::read_dir("/proc").unwrap().flatten().any(|process| {
        let line = fs::read(process.path().join("cmdline")).unwrap_or_default();
        // a process that has ended has no words
        String::from_utf8_lossy(&line).contains(word)
    })
}

fn is_lock(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| end == "lock")
}

fn files(folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, names) } else { names.push(path.to_str().unwrap().to_owned()) }
    }
}

/// Kills a change at some of its points, `most` of them in an ordinary run.
fn sweep(follows: bool, calls: &[&'static str], most: usize) {
    if !strace() {
        return;
    }
    let stage = Stage::new();
    let points = stage.points(follows, calls);
    let step = if env::var_os("CREDCTL_TEST_SWEEP").is_some() { 1 } else { points.len().div_ceil(most) };
    let mut reached = 0;
    for (call, number) in points.iter().step_by(step) {
        let old = stage.read("two", &["--fresh"]);
        let new = format!("{call} {number}");
        let rules = [format!("trace={call}"), format!("inject={call}:signal=KILL:when={number}")];
        let is_done = stage.traced(follows, &rules, &new);
        reached += usize::from(was_reached(&stage.scene));
        let now = stage.read("two", &["--fresh"]);
        assert!(now == old || now == new, "{new}: neither the old nor the new vault is there: {now}");
        assert!(!is_done || now == new, "{new}: told as done, and not there");
        let copy = stage.read("one", &["--offline"]);
        assert!(copy == old || copy == new, "{new}: the copy is neither the old nor the new vault: {copy}");
        assert_eq!(stage.read("one", &["--fresh"]), now);
        stage.change(&format!("after {new}"));
    }
    assert!(reached > most / 2, "only {reached} calls were reached");
    let kept = stage.kept();
    let is_left = |path: &&String| {
        let name = path.rsplit('/').next().unwrap_or_default();
        is_lock(name) && name != "copy.age.lock" || name.contains("tmp") || name.contains("draft")
    };
    let left: Vec<_> = kept.iter().filter(is_left).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_change_at_an_address_is_killed_here() {
    sweep(false, &CALLS, 14);
}

#[test]
fn a_change_at_an_address_is_killed_with_its_helper() {
    sweep(true, &CALLS_OF_ALL, 12);
}
