//! The merge driver, in everything with which git merges: no side is lost, and nothing is staged that was not merged.

use std::fs;

use super::GitScene;
use crate::support::{Run as _, lab};

/// A repository with the driver, and the branches `right` and `left` with a credential each; `left` is checked out.
fn two_sides() -> Option<GitScene> {
    let git = GitScene::with_setup()?;
    git.branch_with("right", "right");
    git.branch_with("left", "left");
    Some(git)
}

#[test]
fn a_merge_keeps_both_sides_and_every_machine_follows() {
    let Some(git) = two_sides() else { return };
    git.git(&["merge", "-q", "--no-edit", "right"]);
    let read = git.credctl(&["list", "-o", "name"]).ok();
    assert_eq!((read.stdout(), read.stderr.as_str()), ("base\nleft\nright\n", ""));
    git.credctl(&["git", "check"]).ok();
    // a machine that knew the other side accepts the merge without a notice
    git.git(&["checkout", "-q", "right"]);
    git.ids();
    git.git(&["merge", "-q", "left"]);
    let read = git.credctl(&["list", "-o", "name"]).ok();
    assert_eq!(read.stderr, "");
    assert_eq!(git.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_conflict_is_kept_in_the_vault_and_git_waits() {
    let Some(git) = GitScene::with_setup() else { return };
    for (branch, value) in [("right", "S-right"), ("left", "S-left")] {
        git.git(&["checkout", "-q", "-b", branch, "main"]);
        git.credctl_with(&["patch", "base", "value=-"], value).ok();
        git.commit(branch);
    }
    git.try_git(&["merge", "-q", "right"]).exits(1).says("1 conflict, kept in the vault");
    assert_eq!(git.git(&["status", "--porcelain"]), "UU v.age\n");
    // the file is a whole vault, with our side in force
    assert_eq!(git.credctl(&["get", "base", "--field", "value"]).ok().stdout(), "S-left");
    git.credctl(&["resolve", "base", "--theirs"]).ok();
    assert_eq!(git.credctl(&["get", "base", "--field", "value"]).ok().stdout(), "S-right");
    git.commit("merged");
    git.credctl(&["git", "check"]).ok();
    // an aborted merge leaves everything as it was
    git.git(&["reset", "-q", "--hard", "HEAD~"]);
    git.try_git(&["merge", "-q", "right"]).exits(1);
    git.git(&["merge", "--abort"]);
    assert_eq!(git.credctl(&["get", "base", "--field", "value"]).ok().stdout(), "S-left");
}

#[test]
fn a_vault_that_does_not_open_stops_git_with_nothing_staged() {
    let Some(git) = two_sides() else { return };
    let before = fs::read(git.scene.path("work/v.age")).unwrap();
    let mut locked = git.command("git", "work");
    let refused = locked.args(["merge", "right"]).env_remove("CREDCTL_IDENTITY").outcome("");
    assert_ne!(refused.status(), Some(0), "{refused:?}");
    assert_eq!(fs::read(git.scene.path("work/v.age")).unwrap(), before);
    assert!(!git.git(&["status", "--porcelain"]).contains("v.age"));
    let driver = |theirs: &str, identity: bool| {
        fs::write(git.scene.path("work/ours"), &before).unwrap();
        let mut command = git.command(crate::support::PROGRAM, "work");
        command.args(["git", "merge-driver", "/dev/null", "ours", theirs, "v.age"]);
        if !identity {
            command.env_remove("CREDCTL_IDENTITY");
        }
        let status = command.outcome("").status().unwrap();
        assert_eq!(fs::read(git.scene.path("work/ours")).unwrap(), before);
        status
    };
    let right = git.try_git(&["show", "right:v.age"]).ok().stdout;
    fs::write(git.scene.path("work/theirs"), &right).unwrap();
    assert!(driver("theirs", false) >= 129, "locked");
    fs::write(git.scene.path("work/damaged"), &right[..right.len() - 40]).unwrap();
    assert!(driver("damaged", true) >= 129, "damaged");
    assert!(driver("missing", true) >= 129, "missing");
    // a forger who knows only the recipient
    let forged = git.scene.path("work/forged");
    let text =
        String::from_utf8(lab::decrypt(&git.scene.path("work/v.age"), &git.scene.path("identity.txt")))
            .unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
    document.as_object_mut().unwrap().remove("index");
    document["seal"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".into();
    lab::encrypt(document.to_string().as_bytes(), &forged, &git.scene.path("identity.txt"));
    assert!(driver("forged", true) >= 129, "forged");
    // a configuration that cannot be used is no conflict either
    git.scene.configure("nonsense");
    assert!(driver("theirs", true) >= 129, "configuration");
}

#[test]
fn a_rebase_keeps_what_it_moves() {
    let Some(git) = two_sides() else { return };
    git.add("left-2", "S-2");
    git.commit("left-2");
    git.git(&["rebase", "-q", "right"]);
    assert_eq!(git.ids(), ["base", "left", "left-2", "right"]);
    git.credctl(&["git", "check", "main..HEAD"]).ok();
}

#[test]
fn a_picked_commit_brings_its_change_and_the_rest_comes_later() {
    let Some(git) = two_sides() else { return };
    git.git(&["checkout", "-q", "right"]);
    git.add("right-2", "S-2");
    git.commit("right-2");
    git.git(&["checkout", "-q", "left"]);
    git.git(&["cherry-pick", "right"]);
    assert_eq!(git.ids(), ["base", "left", "right-2"]);
    git.credctl(&["git", "check"]).ok();
    git.git(&["merge", "-q", "--no-edit", "right"]);
    assert_eq!(git.ids(), ["base", "left", "right", "right-2"]);
    git.credctl(&["git", "check"]).ok();
}

#[test]
fn a_stash_is_merged_with_what_came_meanwhile() {
    let Some(git) = GitScene::with_setup() else { return };
    git.add("stashed", "S-stashed");
    git.git(&["stash", "-q"]);
    git.credctl(&["list"]).ok();
    git.add("meanwhile", "S-meanwhile");
    git.commit("meanwhile");
    git.git(&["stash", "pop", "-q"]);
    assert_eq!(git.ids(), ["base", "meanwhile", "stashed"]);
    git.commit("both");
    git.credctl(&["git", "check"]).ok();
}

#[test]
fn a_revert_of_an_earlier_commit_is_refused_and_not_silently_empty() {
    let Some(git) = GitScene::with_setup() else { return };
    git.add("one", "S-one");
    git.commit("one");
    git.add("two", "S-two");
    git.commit("two");
    let refused = git.try_git(&["revert", "--no-edit", "HEAD~"]);
    assert_ne!(refused.status(), Some(0), "{refused:?}");
    assert!(refused.stderr.contains("credctl rollback"), "{refused:?}");
    assert_eq!(git.git(&["status", "--porcelain"]), "");
    assert_eq!(git.ids(), ["base", "one", "two"]);
}

#[test]
fn an_octopus_never_drops_a_side() {
    let Some(git) = two_sides() else { return };
    git.branch_with("third", "third");
    git.git(&["checkout", "-q", "main"]);
    // git merges more than two heads without drivers: it gives up, or takes one side whole
    let merged = git.try_git(&["merge", "-q", "--no-edit", "left", "right", "third"]);
    assert_ne!(merged.status(), Some(0), "{merged:?}");
    git.git(&["reset", "-q", "--hard"]);
    for side in ["left", "right", "third"] {
        git.git(&["merge", "-q", "--no-edit", side]);
    }
    assert_eq!(git.ids(), ["base", "left", "right", "third"]);
    git.credctl(&["git", "check", "--", "HEAD"]).ok();
}

#[test]
fn sides_that_crossed_are_merged() {
    let Some(git) = two_sides() else { return };
    git.git(&["branch", "left-before", "left"]);
    git.git(&["merge", "-q", "--no-edit", "right"]);
    git.git(&["checkout", "-q", "right"]);
    git.git(&["merge", "-q", "--no-edit", "left-before"]);
    git.add("right-2", "S-2");
    git.commit("right-2");
    git.git(&["checkout", "-q", "left"]);
    git.add("left-2", "S-2");
    git.commit("left-2");
    git.git(&["merge", "-q", "--no-edit", "right"]);
    assert_eq!(git.ids(), ["base", "left", "left-2", "right", "right-2"]);
}

#[test]
fn nothing_of_a_secret_is_left_by_a_merge() {
    let Some(git) = two_sides() else { return };
    git.git(&["merge", "-q", "--no-edit", "right"]);
    git.git(&["log", "-p", "-m", "--cc"]);
    let objects = String::from_utf8_lossy(&git.objects()).into_owned();
    assert!(!objects.contains("S-left") && !objects.contains("S-right"));
    let names = crate::support::names(&git.scene.path("work"));
    assert_eq!(names, [".git", ".gitattributes", ".gitignore", "v.age", "v.age.bak", "v.age.lock"]);
}

#[test]
fn a_clone_without_the_driver_loses_nothing_unseen() {
    let Some(git) = two_sides() else { return };
    git.remove_driver();
    git.try_git(&["merge", "-q", "right"]).exits(1);
    git.git(&["add", "v.age"]);
    git.git(&["commit", "-qm", "merged"]);
    let found = git.credctl(&["git", "check"]).exits(8);
    // the command of the finding brings the lost side back
    let command = found.stdout().lines().nth(1).unwrap().trim().to_owned();
    git.command("sh", "work").args(["-c", &command]).outcome("").ok();
    assert_eq!(git.ids(), ["base", "left", "right"]);
}
