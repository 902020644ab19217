//! Every verb that writes, killed or failing at each point where it touches the disk: the vault is the old one or the
//! new one, what it names can be read, and the next change goes through without an alarm.
//!
//! An ordinary run takes some of the points, others in each verb; `CREDCTL_TEST_SWEEP=1` takes all.

mod cases;
mod stage;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;

use super::sweep::strace;
use crate::support::names;
use cases::{COPIES, CREDENTIALS, Case, FILES, OTHERS, SIGNERS};
use stage::Stage;

/// An ordinary run takes one of this number of points.
const STEP: usize = 7;

/// Runs the verbs of a table, and injects a fault into some of their calls, or into all.
fn sweep(cases: &[Case], stage: fn() -> Stage, what: &str) {
    if !strace() {
        return;
    }
    let takes_all = env::var_os("CREDCTL_TEST_SWEEP").is_some();
    let stage = stage();
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
    sweep(&CREDENTIALS, Stage::new, "signal=KILL");
}

#[test]
fn a_change_of_credentials_fails() {
    sweep(&CREDENTIALS, Stage::new, "error=EIO");
}

#[test]
fn a_change_with_files_is_killed() {
    sweep(&FILES, Stage::new, "signal=KILL");
}

#[test]
fn a_change_with_files_fails() {
    sweep(&FILES, Stage::new, "error=ENOSPC");
}

#[test]
fn another_change_is_killed() {
    sweep(&OTHERS, Stage::new, "signal=KILL");
}

#[test]
fn another_change_fails() {
    sweep(&OTHERS, Stage::new, "error=EIO");
}

#[test]
fn a_change_of_signers_is_killed() {
    sweep(&SIGNERS, Stage::signed, "signal=KILL");
}

#[test]
fn a_change_of_signers_fails() {
    sweep(&SIGNERS, Stage::signed, "error=EIO");
}

#[test]
fn a_change_of_two_copies_is_killed() {
    sweep(&COPIES, Stage::copied, "signal=KILL");
}

#[test]
fn a_change_of_two_copies_fails() {
    sweep(&COPIES, Stage::copied, "error=EIO");
}

/// Every verb with `--dry-run` writes, and is in a table or swept elsewhere.
#[test]
fn every_verb_that_writes_is_swept() {
    let all = CREDENTIALS.iter().chain(&FILES).chain(&OTHERS).chain(&SIGNERS).chain(&COPIES);
    let mut swept: BTreeSet<_> = all.map(|(words, _)| words[0]).collect();
    // `edit` saves as `patch` does and needs an editor, `sweep.rs` has `init`, and `trust` and `git` write no vault
    swept.extend(["edit", "init", "trust", "git"]);
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
