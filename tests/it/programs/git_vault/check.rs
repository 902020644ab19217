//! `git check`: lost sides of a merge, plaintext in git, and files that git must not track.

use std::fs;

use super::GitScene;
use crate::support::{Run as _, texts};

/// A repository without a driver and hooks, in which a merge of `right` into `left` is stopped by the vault.
fn stopped() -> Option<GitScene> {
    let git = GitScene::new()?;
    for branch in ["right", "left"] {
        // each on a machine of its own
        git.git(&["checkout", "-q", "-b", branch, "main"]);
        let mut add = git.command(crate::support::PROGRAM, "work");
        add.env("XDG_STATE_HOME", git.scene.path(branch));
        add.args(["--vault", "v.age", "add", "Simple", branch, "value=-"]).outcome("S-x").ok();
        git.commit(branch);
    }
    git.try_git(&["merge", "right"]).exits(1);
    Some(git)
}

#[test]
fn a_merge_that_lost_a_side_is_found_without_a_driver() {
    let Some(git) = stopped() else { return };
    // a usual mistake: git has kept one side
    git.git(&["add", "v.age"]);
    git.credctl(&["git", "check", "--staged"]).exits(8).prints("what is staged does not follow");
    git.git(&["commit", "-qm", "merged"]);
    let found = git.credctl(&["git", "check"]).exits(8);
    assert!(found.stdout().contains("so the changes of that side are lost"), "{found:?}");
    let answer = git.credctl(&["git", "check", "-o", "json"]).exits(8).json();
    assert_eq!(answer["findings"][0]["check"], "descent");
    assert_eq!(answer["findings"][0]["commit"], git.git(&["rev-parse", "HEAD"]).trim());
    // a later commit does not hide it from a check of the whole branch
    git.add("later", "S-later");
    git.commit("later");
    git.credctl(&["git", "check"]).ok();
    git.credctl(&["git", "check", "main..HEAD"]).exits(8);
    git.git(&["checkout", "-q", "right"]);
    git.credctl(&["git", "check"]).ok().prints("1 vault in 1 commit checked, no problems were found\n");
}

#[test]
fn a_state_that_was_put_back_is_found() {
    let Some(git) = GitScene::new() else { return };
    git.add("one", "S-one");
    git.commit("one");
    git.git(&["revert", "--no-edit", "HEAD"]);
    git.credctl(&["git", "check"]).exits(8).prints("does not follow from that of");
    git.git(&["reset", "-q", "--hard", "HEAD~"]);
    git.credctl(&["undo"]).ok();
    git.commit("undone");
    git.credctl(&["git", "check"]).ok();
    // many writes between two commits are still one line
    for number in 0..18 {
        git.credctl_with(&["patch", "base", "value=-"], &format!("S-{number}")).ok();
    }
    git.commit("many");
    git.credctl(&["git", "check"]).ok();
}

#[test]
fn a_side_that_was_lost_long_ago_is_known_from_the_history() {
    let Some(git) = GitScene::new() else { return };
    git.branch_with("right", "right");
    git.git(&["checkout", "-q", "-b", "left", "main"]);
    fs::remove_dir_all(git.scene.path("home/state")).unwrap();
    for number in 0..18 {
        git.credctl_with(&["patch", "base", "value=-"], &format!("S-{number}")).ok();
        if number % 9 == 0 {
            git.commit("part");
        }
    }
    git.commit("left");
    git.git(&["merge", "-q", "-s", "ours", "--no-edit", "right"]);
    let found = git.credctl(&["git", "check"]).exits(8);
    assert!(found.stdout().contains("does not follow"), "{found:?}");
}

#[test]
fn another_vault_and_a_forged_one_are_found() {
    let Some(git) = GitScene::new() else { return };
    let own = git.scene.own();
    let init = |name: &str| {
        let words = ["--vault", name, "init", "--recipient", own.as_str()];
        git.command(crate::support::PROGRAM, "").args(words).outcome("").ok();
    };
    init("other.age");
    fs::copy(git.scene.path("other.age"), git.scene.path("work/v.age")).unwrap();
    git.commit("other");
    git.credctl(&["git", "check"]).exits(8).prints("is another vault than that of");
    fs::write(git.scene.path("work/v.age"), "{\"credctl\":\"vault\"}").unwrap();
    git.git(&["add", "v.age"]);
    git.credctl(&["git", "check", "--staged"]).exits(8).prints("is not encrypted");
}

#[test]
fn a_hook_stops_a_commit_that_would_lose_a_side() {
    let Some(git) = GitScene::with_setup() else { return };
    git.branch_with("right", "right");
    git.branch_with("left", "left");
    // without the driver, but with the hook
    git.git(&["config", "--remove-section", "merge.credctl"]);
    git.try_git(&["merge", "-q", "right"]).exits(1);
    git.git(&["add", "v.age"]);
    git.try_git(&["commit", "-qm", "merged"]).exits(1);
    // a merge that git makes itself runs the other hook
    git.git(&["merge", "--abort"]);
    git.try_git(&["merge", "-q", "-s", "ours", "--no-edit", "right"]).exits(1).says("does not follow");
    // a commit of something else needs no key
    git.git(&["reset", "-q", "--hard"]);
    fs::write(git.scene.path("work/readme"), "x").unwrap();
    git.git(&["add", "readme"]);
    let mut commit = git.command("git", "work");
    commit.args(["commit", "-qm", "readme"]).env_remove("CREDCTL_IDENTITY").outcome("").ok();
}

#[test]
fn text_and_files_that_git_must_not_have_are_found() {
    let Some(git) = GitScene::with_setup() else { return };
    git.git(&["config", "diff.old.textconv", "cat"]);
    git.git(&["config", "diff.old.cachetextconv", "true"]);
    fs::write(git.scene.path("work/.git/info/attributes"), "v.age diff=old\n").unwrap();
    git.credctl(&["git", "check"]).exits(8).prints("git would keep the text of `v.age`");
    git.add("one", "S-one");
    git.git(&["add", "v.age"]);
    git.try_git(&["commit", "-qm", "one"]).exits(1).says("git would keep the text");
    git.git(&["commit", "-q", "--no-verify", "-m", "one"]);
    git.try_git(&["log", "-p"]).ok();
    fs::remove_file(git.scene.path("work/.git/info/attributes")).unwrap();
    let found = git.credctl(&["git", "check"]).exits(8);
    assert!(found.stdout().contains("git keeps the text of `v.age` in refs/notes/textconv/old"), "{found:?}");
    // the command of the finding mends it
    let command = found.stdout().lines().nth(1).unwrap().trim().to_owned();
    git.command("sh", "work").args(["-c", &command]).outcome("").ok();
    git.credctl(&["git", "check"]).ok();
    for file in ["v.age.bak", "v.age.lock", ".v.age.0123.tmp"] {
        fs::write(git.scene.path("work").join(file), "x").unwrap();
        git.git(&["add", "-f", file]);
    }
    let answer = git.credctl(&["git", "check", "-o", "json"]).exits(8).json();
    let files: Vec<_> =
        answer["findings"].as_array().unwrap().iter().map(|one| one["file"].as_str().unwrap()).collect();
    assert_eq!(files, [".v.age.0123.tmp", "v.age.bak", "v.age.lock"]);
    assert_eq!(texts(&answer["vaults"]), ["v.age"]);
}

#[test]
fn a_vault_that_cannot_be_opened_is_no_good_news() {
    let Some(git) = GitScene::new() else { return };
    git.add("one", "S-one");
    git.commit("one");
    let mut check = git.command(crate::support::PROGRAM, "work");
    check.args(["git", "check"]).env_remove("CREDCTL_IDENTITY").outcome("").exits(7);
    git.credctl(&["git", "check", "--", "-x"]).exits(4).says("git knows no commits");
    git.credctl(&["git", "check", "nowhere"]).exits(4);
    git.git(&["rm", "-q", ".gitattributes"]);
    let mut bare = git.command(crate::support::PROGRAM, "work");
    bare.args(["git", "check"]).outcome("").exits(4).says("has no vault");
}
