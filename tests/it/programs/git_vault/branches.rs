//! Branches: a state of the vault that git has checked out is no attack. credctl judges everything else as elsewhere.

use std::fs;
use std::path::Path;

use super::GitScene;
use crate::support::Run as _;

const NOTICE: &str = "belongs to the branch that git has checked out";

/// A repository that was set up, with two commits of the vault on `main`, and the branch `old` at the first.
fn two_states() -> Option<GitScene> {
    let git = GitScene::with_setup()?;
    git.git(&["branch", "old"]);
    git.add("later", "S-later");
    git.commit("later");
    Some(git)
}

#[test]
fn a_branch_is_read_and_written_with_one_notice() {
    let Some(git) = two_states() else { return };
    git.git(&["checkout", "-q", "old"]);
    let read = git.credctl(&["list", "-o", "name"]).ok();
    assert_eq!((read.stdout(), read.stderr.matches(NOTICE).count()), ("base\n", 1), "{read:?}");
    let write = git.credctl_with(&["add", "Simple", "side", "value=-"], "S-side").ok();
    assert_eq!(write.stderr.matches(NOTICE).count(), 1, "{write:?}");
    // what this machine wrote there is known, although no commit has it yet
    git.credctl(&["get", "side"]).ok();
    git.credctl_with(&["patch", "side", "value=-"], "S-more").ok();
    git.commit("side");
    assert_eq!(git.ids(), ["base", "side"]);
    git.git(&["checkout", "-q", "main"]);
    assert_eq!(git.ids(), ["base", "later"]);
    // a change that waits in a stash comes back
    git.credctl_with(&["patch", "later", "value=-"], "S-stashed").ok();
    git.git(&["stash", "-q"]);
    git.git(&["checkout", "-q", "old"]);
    for number in 0..4 {
        git.credctl_with(&["patch", "side", "value=-"], &format!("S-{number}")).ok();
    }
    git.commit("more");
    git.git(&["checkout", "-q", "main"]);
    git.git(&["stash", "pop", "-q"]);
    let value = git.credctl(&["get", "later", "--field", "value"]).ok();
    assert_eq!(value.stdout(), "S-stashed");
    // the notice is one, and can be hidden
    git.git(&["checkout", "-q", "-f", "old"]);
    assert_eq!(git.credctl(&["list", "-q"]).ok().stderr, "");
}

#[test]
fn an_older_file_that_is_no_commit_is_refused() {
    let Some(git) = two_states() else { return };
    let vault = git.scene.path("work/v.age");
    let older = git.try_git(&["show", "HEAD~:v.age"]).ok().stdout;
    let latest = fs::read(&vault).unwrap();
    fs::write(&vault, &older).unwrap();
    git.credctl(&["list"]).exits(9).says("an older copy");
    // a byte beside the commit is not the commit
    git.git(&["checkout", "-q", "-f", "old"]);
    fs::write(&vault, [&older[..], b"x"].concat()).unwrap();
    assert_ne!(git.credctl(&["list"]).status(), Some(0));
    fs::write(&vault, &older).unwrap();
    git.credctl(&["list"]).ok().says(NOTICE);
    // nor is the file of a commit at another path
    fs::write(git.scene.path("work/copy.age"), &older).unwrap();
    git.git(&["add", "copy.age"]);
    git.git(&["commit", "-qm", "copy"]);
    git.git(&["checkout", "-q", "main"]);
    fs::write(&vault, &older).unwrap();
    git.credctl(&["list"]).exits(9);
    fs::write(&vault, latest).unwrap();
    git.credctl(&["list"]).ok();
}

#[test]
fn a_repository_that_was_not_set_up_here_says_nothing() {
    let Some(git) = GitScene::new() else { return };
    git.git(&["branch", "old"]);
    git.add("later", "S-later");
    git.commit("later");
    git.git(&["checkout", "-q", "old"]);
    // the settings of the repository are no proof: an attacker who can write to the folder can write them
    git.git(&["config", "merge.credctl.driver", "credctl git merge-driver %O %A %B %P"]);
    git.credctl(&["list"]).exits(9).says("an older copy");
    git.credctl(&["git", "setup"]).ok();
    git.credctl(&["list"]).ok().says(NOTICE);
}

#[test]
fn a_repository_that_somebody_puts_into_the_folder_says_nothing() {
    let Some(git) = GitScene::new() else { return };
    fs::create_dir(git.scene.path("work/team")).unwrap();
    git.git(&["mv", "v.age", "team/v.age"]);
    fs::remove_file(git.scene.path("work/v.age.bak")).unwrap();
    let credctl = |words: &[&str]| {
        let mut command = git.command(crate::support::PROGRAM, "work");
        command.args(["--vault", "team/v.age"]).args(words);
        command
    };
    credctl(&["git", "setup"]).outcome("").ok();
    git.commit("moved");
    let older = fs::read(git.scene.path("work/team/v.age")).unwrap();
    credctl(&["add", "Simple", "later", "value=-"]).outcome("S-later").ok();
    git.commit("later");
    // an attacker who can write to the folder makes a repository there, with an older state as its only commit
    fs::write(git.scene.path("work/team/v.age"), &older).unwrap();
    git.git_at("work/team", &["init", "-q"]).ok();
    git.git_at("work/team", &["add", "v.age"]).ok();
    git.git_at("work/team", &["commit", "-qm", "fake"]).ok();
    credctl(&["list"]).outcome("").exits(9).says("an older copy");
    // variables of git name no repository either
    let fake = git.scene.path("work/team/.git");
    let mut list = credctl(&["list"]);
    list.env("GIT_DIR", &fake).env("GIT_COMMON_DIR", &fake).env("GIT_OBJECT_DIRECTORY", fake.join("objects"));
    list.outcome("").exits(9);
    fs::remove_dir_all(fake).unwrap();
    git.git(&["checkout", "-q", "HEAD~", "--detach", "-f"]);
    credctl(&["list"]).outcome("").ok().says(NOTICE);
}

#[test]
fn a_commit_of_somebody_who_was_shut_out_is_refused() {
    let Some(git) = GitScene::with_setup() else { return };
    let friend = git.scene.recipient("friend.txt");
    git.credctl(&["recipients", "add", &friend, "--name", "Friend"]).ok();
    git.commit("friend");
    git.git(&["branch", "before"]);
    git.credctl(&["recipients", "remove", "Friend", "-y"]).ok();
    git.commit("removed");
    // the friend has the former secret of the readers, and may push
    git.git(&["checkout", "-q", "before"]);
    git.credctl(&["list"]).exits(9);
    git.credctl(&["list", "--accept-older"]).ok();
    git.git(&["checkout", "-q", "main"]);
    git.credctl(&["list"]).ok();
}

#[test]
fn a_vault_of_another_id_or_without_signatures_is_judged_as_ever() {
    let Some(git) = GitScene::with_setup() else { return };
    let key = git.scene.path("signer");
    let mut keygen = git.command("ssh-keygen", "");
    if super::installed("ssh-keygen").is_none() {
        return;
    }
    keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).outcome("").ok();
    git.git(&["branch", "unsigned"]);
    git.credctl(&["sign", "--with", key.to_str().unwrap()]).ok();
    git.commit("signed");
    git.git(&["checkout", "-q", "unsigned"]);
    git.credctl(&["list"]).exits(9);
    git.git(&["checkout", "-q", "main"]);
    git.credctl(&["list"]).ok();
    let own = git.scene.own();
    let words = ["--vault", "other.age", "init", "--recipient", &own];
    git.command(crate::support::PROGRAM, "").args(words).outcome("").ok();
    fs::copy(git.scene.path("other.age"), git.scene.path("work/v.age")).unwrap();
    git.git(&["commit", "-q", "-a", "--no-verify", "-m", "other"]);
    git.credctl(&["list"]).exits(9).says("another vault at this path");
}

#[test]
fn status_knows_the_branch() {
    let Some(git) = two_states() else { return };
    git.git(&["checkout", "-q", "old"]);
    let status = git.credctl(&["status", "-o", "json"]);
    assert_eq!(status.status(), Some(0), "{status:?}");
    assert!(Path::new(&git.scene.path("work/v.age")).exists());
}
