//! A change that is killed, or whose system calls fail, at every point where it touches the disk.
//!
//! `strace` does the killing and the failing; without it these tests say so and do nothing, except
//! in CI, where it must be there.

use std::env;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::support::{PROGRAM, Scene};

/// The calls by which a change reaches the disk.
const CALLS: [&str; 8] = ["openat", "write", "fsync", "linkat", "renameat", "renameat2", "unlinkat", "flock"];
/// More than a change makes of any of them.
const MOST: usize = 40;

/// Returns true if `strace` is there. Fails in CI if it is not.
pub fn strace() -> bool {
    let runs = Command::new("strace").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let runs = runs.is_ok_and(|status| status.success());
    if !runs {
        assert!(env::var_os("CI").is_none(), "strace is not on PATH; CI must have it");
        std::io::stderr().write_all(b"skipped: strace is not on PATH\n").unwrap();
    }
    runs
}

/// Runs a change with an injection into the n-th call of a kind; whether it ended well, and whether
/// the injection was reached.
fn change(scene: &Scene, call: &str, what: &str, number: usize, text: &str) -> (bool, bool) {
    let words = ["patch", "admin", "--description", text, "--lock-timeout", "1s"];
    let mut command = traced(scene, &format!("{call}:{what}:when={number}"), &words);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    (status.success(), was_reached(scene))
}

/// Returns the program under `strace`, with an injection, in the folder of the scene.
pub fn traced(scene: &Scene, injection: &str, words: &[&str]) -> Command {
    let (call, _) = injection.split_once(':').unwrap();
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o"]).arg(scene.path("strace.log"));
    command.args(["-e", &format!("trace={call}"), "-e", &format!("inject={injection}"), PROGRAM]).args(words);
    command.env_clear().env("HOME", scene.path("home")).current_dir(scene.path("."));
    command.env("CREDCTL_VAULT", scene.vault()).env("CREDCTL_IDENTITY", scene.path("identity.txt"));
    command
}

/// Returns true if the last run had its injection.
pub fn was_reached(scene: &Scene) -> bool {
    let log = fs::read_to_string(scene.path("strace.log")).unwrap_or_default();
    log.contains("(INJECTED)") || log.contains("+++ killed by")
}

fn description(scene: &Scene) -> String {
    scene.run(["get", "admin", "--field", "description"]).ok().stdout().to_owned()
}

fn sweep(injections: &[&str]) {
    if strace() {
        sweep_in(&Scene::with_login(), injections);
    }
}

fn sweep_in(scene: &Scene, injections: &[&str]) {
    scene.run(["patch", "admin", "--description", "first"]).ok();
    let mut reached = 0;
    for what in injections {
        for call in CALLS {
            for number in 1..MOST {
                let old = description(scene);
                let new = format!("{call}-{number}-{what}");
                let (done, injected) = change(scene, call, what, number, &new);
                let now = description(scene);
                assert!(now == old || now == new, "{new}: neither the old nor the new vault is there");
                assert!(!done || now == new, "{new}: told as done, and not there");
                if !injected {
                    break;
                }
                reached += 1;
            }
        }
    }
    // what was left behind goes with the next change
    scene.run(["patch", "admin", "--description", "last"]).ok();
    let names = scene.names();
    let left: Vec<_> = names.iter().filter(|name| name.contains(".tmp")).collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(reached > 10, "only {reached} calls were reached");
}

#[test]
fn killed_at_every_call_the_old_or_the_new_vault_is_there() {
    sweep(&["signal=KILL"]);
}

#[test]
fn failing_at_every_call_the_old_or_the_new_vault_is_there() {
    sweep(&["error=EIO", "error=ENOSPC", "error=EINTR"]);
}

#[test]
fn the_same_holds_while_environments_are_written() {
    if !strace() {
        return;
    }
    let scene = Scene::with_login();
    let recipient = scene.recipient("e.txt");
    fs::create_dir(scene.path("gone")).unwrap();
    for (name, out) in [("a", "gone/a.age"), ("b", "b.age")] {
        scene.run(["environment", "add", name, "--recipient", &recipient, "--out", out]).ok();
    }
    // one of them cannot be reached on top of it
    fs::remove_dir_all(scene.path("gone")).unwrap();
    sweep_in(&scene, &["signal=KILL", "error=EIO"]);
    scene.run(["get", "admin", "--vault", "b.age", "-i", "e.txt"]).ok();
}

/// A removal that was killed anywhere is finished by the same command, and then the removed one is out and every
/// secret is marked.
#[test]
fn a_removal_that_was_killed_is_finished_by_the_same_command() {
    if !strace() {
        return;
    }
    let mut reached = 0;
    for call in ["write", "fsync", "linkat", "renameat", "renameat2", "unlinkat"] {
        for number in 1..MOST {
            let scene = Scene::with_login();
            let ada = scene.recipient("ada.txt");
            scene.run(["recipients", "add", &ada, "--name", "Ada"]).ok();
            let words = ["recipients", "remove", "Ada", "--lock-timeout", "1s"];
            let mut command = traced(&scene, &format!("{call}:signal=KILL:when={number}"), &words);
            let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
            if !was_reached(&scene) {
                assert!(ended.unwrap().success(), "{call} {number}");
                break;
            }
            reached += 1;
            let again = scene.run(words);
            // the backup tells who was removed, until it goes with the next use of the vault
            let is_done = again.status() == Some(0) || (call == "unlinkat" && again.status() == Some(4));
            assert!(is_done, "{call} {number}: {again:?}");
            scene.run(["get", "admin", "-i", "ada.txt"]).exits(7);
            let marked = scene.run(["list", "--filter", "rotateRequired eq true", "-o", "name"]).ok();
            assert_eq!(marked.stdout(), "admin\n", "{call} {number}");
        }
    }
    assert!(reached > 5, "only {reached} calls were reached");
}

#[test]
fn an_init_that_fails_leaves_no_identity_that_opens_nothing() {
    if !strace() {
        return;
    }
    let mut reached = 0;
    for call in CALLS {
        for number in 1..MOST {
            let scene = Scene::bare();
            let words = ["init", "--generate-identity", "identity.txt", "--lock-timeout", "1s"];
            let mut command = traced(&scene, &format!("{call}:error=EIO:when={number}"), &words);
            let output = command.stdin(Stdio::null()).output().unwrap();
            if !was_reached(&scene) {
                break;
            }
            reached += 1;
            let told = String::from_utf8_lossy(&output.stderr);
            let (vault, identity) = (scene.vault().exists(), scene.path("identity.txt").exists());
            assert!(!vault || identity, "a vault that nothing opens, {call} {number}: {told}");
            // a removal that fails as well cannot be helped, but it is told
            let is_told = told.contains("is left, and opens nothing");
            assert!(vault || !identity || is_told, "an identity without its vault, {call} {number}: {told}");
        }
    }
    assert!(reached > 10, "{reached}");
}
