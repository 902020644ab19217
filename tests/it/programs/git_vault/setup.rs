//! `git setup`: the files and settings that it changes, once.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::GitScene;
use crate::support::Run as _;

#[test]
fn a_second_call_changes_nothing() {
    let Some(git) = GitScene::new() else { return };
    // git asks its index where the file itself is missing
    git.git(&["rm", "-q", ".gitattributes", ".gitignore"]);
    let before = git.scene.path("work");
    git.credctl(&["git", "setup"]).ok().prints("set git up for `v.age`").prints("pre-merge-commit");
    assert_eq!(git.read(".gitattributes"), "/v.age merge=credctl diff=credctl -text\n");
    assert_eq!(git.read(".gitignore"), "/v.age.bak\n/v.age.lock\n/.v.age.*.tmp\n/v.age.d/.*.tmp\n");
    let config = git.read(".git/config");
    assert!(config.contains("driver = credctl git merge-driver %O %A %B %P"), "{config}");
    assert!(config.contains("cachetextconv = false"), "{config}");
    let hook = before.join(".git/hooks/pre-commit");
    assert_eq!(fs::metadata(&hook).unwrap().permissions().mode() & 0o777, 0o755);
    let state = || {
        [".gitattributes", ".gitignore", ".git/config", ".git/hooks/pre-commit"].map(|name| git.read(name))
    };
    let first = state();
    git.credctl(&["git", "setup"]).ok().prints("git was set up already for `v.age`\n");
    assert_eq!(state(), first);
    let answer = git.credctl(&["git", "setup", "-o", "json"]).ok().json();
    assert_eq!(answer["changed"], serde_json::json!([]));
    // the backup and the lock are there, and git sees none of them
    git.add("one", "S-one");
    let status = git.git(&["status", "--porcelain", "--untracked-files=all"]);
    assert!(fs::exists(before.join("v.age.bak")).unwrap());
    assert!(!status.contains(".bak") && !status.contains(".lock"), "{status}");
}

#[test]
fn lists_that_say_so_already_stay_as_they_are() {
    let Some(git) = GitScene::new() else { return };
    fs::write(git.scene.path("work/.gitignore"), "*.bak\n*.lock\n.*.tmp").unwrap();
    git.credctl(&["git", "setup"]).ok();
    assert_eq!(git.read(".gitattributes"), "v.age merge=credctl diff=credctl\n");
    assert_eq!(git.read(".gitignore"), "*.bak\n*.lock\n.*.tmp");
}

#[test]
fn a_hook_of_somebody_else_is_never_changed() {
    let Some(git) = GitScene::new() else { return };
    let hook = git.scene.path("work/.git/hooks/pre-commit");
    fs::write(&hook, "#!/bin/sh\nmake lint\n").unwrap();
    git.credctl(&["git", "setup"]).ok().says("add to it: credctl git check --staged || exit");
    assert_eq!(git.read(".git/hooks/pre-commit"), "#!/bin/sh\nmake lint\n");
    // once the line is there, there is nothing to say
    fs::write(&hook, "#!/bin/sh\nmake lint\ncredctl git check --staged || exit\n").unwrap();
    assert_eq!(git.credctl(&["git", "setup"]).ok().stderr, "");
    // hooks that several repositories share belong to none of them
    fs::create_dir(git.scene.path("shared")).unwrap();
    git.git(&["config", "core.hooksPath", &git.scene.text_path("shared")]);
    git.credctl(&["git", "setup"]).ok().says("outside of it; add to `pre-commit` there");
    assert_eq!(fs::read_dir(git.scene.path("shared")).unwrap().count(), 0);
    // a folder of hooks in the repository is its own
    git.git(&["config", "core.hooksPath", ".hooks"]);
    git.credctl(&["git", "setup"]).ok().prints("added the hook pre-commit");
    assert!(git.read(".hooks/pre-commit").contains("git check --staged"));
}

#[test]
fn a_vault_in_a_subfolder_with_a_strange_name_is_marked() {
    let Some(git) = GitScene::new() else { return };
    fs::create_dir(git.scene.path("work/a b")).unwrap();
    let name = "a b/x*[1] \"y\".age";
    fs::copy(git.scene.path("work/v.age"), git.scene.path("work").join(name)).unwrap();
    let words = ["--vault", name, "git", "setup"];
    git.command(crate::support::PROGRAM, "work").args(words).outcome("").ok();
    git.git(&["add", "-A"]);
    let marked = git.git(&["check-attr", "merge", "--", name]);
    assert!(marked.ends_with("merge: credctl\n"), "{marked}");
    let other = git.git(&["check-attr", "merge", "--", "a b/xxx1 \"y\".age"]);
    assert!(other.ends_with("merge: unspecified\n"), "{other}");
    git.git(&["check-ignore", "-q", "--no-index", &format!("{name}.bak")]);
}

#[test]
fn all_repositories_of_the_user_can_be_set_up() {
    let Some(git) = GitScene::new() else { return };
    git.command(crate::support::PROGRAM, "")
        .args(["git", "setup", "--global"])
        .outcome("")
        .ok()
        .says("each repository");
    let home = git.scene.path("home");
    assert!(fs::read_to_string(home.join(".gitconfig")).unwrap().contains("git textconv"));
    let attributes = fs::read_to_string(home.join("config/git/attributes")).unwrap();
    assert_eq!(attributes, "vault.age merge=credctl diff=credctl -text\n");
    let ignored = fs::read_to_string(home.join("config/git/ignore")).unwrap();
    assert_eq!(ignored, "vault.age.bak\nvault.age.lock\n.vault.age.*.tmp\n**/vault.age.d/.*.tmp\n");
    git.command(crate::support::PROGRAM, "")
        .args(["git", "setup", "--global"])
        .outcome("")
        .ok()
        .prints("already");
    assert_eq!(fs::read_to_string(home.join("config/git/ignore")).unwrap(), ignored);
}

#[test]
fn a_vault_outside_of_a_repository_is_told() {
    let Some(git) = GitScene::new() else { return };
    fs::copy(git.scene.path("work/v.age"), git.scene.path("out.age")).unwrap();
    let words = ["--vault", "out.age", "git", "setup"];
    git.command(crate::support::PROGRAM, "").args(words).outcome("").exits(4).says("is in no git repository");
    // variables that another call of git left name no repository
    let mut command = git.command(crate::support::PROGRAM, "");
    command.args(words).env("GIT_DIR", git.scene.path("work/.git")).env("GIT_WORK_TREE", git.scene.path(""));
    command.outcome("").exits(4);
}
