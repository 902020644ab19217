//! `git textconv`: it shows each change and no value, and never prompts.

use std::fs;

use super::GitScene;
use crate::support::{Run as _, terminal::Terminal};

#[test]
fn changes_show_and_values_do_not() {
    let Some(git) = GitScene::with_setup() else { return };
    git.credctl_with(&["add", "login", "db", "username=U-name", "password=-"], "S-one").ok();
    git.credctl_with(&["add", "Simple", "same", "value=-"], "S-one").ok();
    git.commit("first");
    git.credctl_with(&["patch", "db", "password=-"], "S-two").ok();
    git.commit("second");
    let diff = git.git(&["diff", "HEAD~", "v.age"]);
    let changed: Vec<_> = diff.lines().filter(|line| line.contains("password #")).collect();
    assert!(
        matches!(changed[..], [old, new] if old.starts_with("-  password #") && new.starts_with("+  password #")),
        "{diff}"
    );
    assert!(diff.contains("+  revision 2, "), "{diff}");
    // the user name has not changed
    assert!(!diff.lines().any(|line| line.starts_with(['+', '-']) && line.contains("username")), "{diff}");
    let log = git.git(&["log", "-p", "--all"]);
    for word in ["credential db", "type UsernamePassword", "recipient age1", "created 20"] {
        assert!(log.contains(word), "no {word} in {log}");
    }
    for value in ["S-one", "S-two", "U-name"] {
        assert!(!log.contains(value), "{value} in {log}");
    }
    // equal values have equal tags
    let before = git.git(&["show", "HEAD~:v.age", "--textconv"]);
    let tags = |name: &str| -> Vec<String> {
        before.lines().filter_map(|line| line.trim().strip_prefix(name)).map(str::to_owned).collect()
    };
    assert!(tags("value ").contains(&tags("password ")[0]), "{before}");
}

#[test]
fn nothing_of_a_value_is_kept_by_git() {
    let Some(git) = GitScene::with_setup() else { return };
    git.add("canary", "S-canary-4711");
    git.commit("canary");
    git.git(&["log", "-p"]);
    git.git(&["config", "diff.credctl.cachetextconv", "true"]);
    git.git(&["log", "-p"]);
    git.credctl(&["git", "setup"]).ok();
    git.git(&["log", "-p"]);
    let objects = String::from_utf8_lossy(&git.objects()).into_owned();
    // the note is there, because the cache was switched on by hand
    assert!(objects.contains("credential canary") && !objects.contains("S-canary"));
}

#[test]
fn a_locked_vault_is_one_line_and_nobody_is_asked() {
    let Some(git) = GitScene::new() else { return };
    git.credctl(&["git", "setup"]).ok();
    git.add("one", "S-one");
    let mut locked = git.command(crate::support::PROGRAM, "work");
    locked
        .args(["git", "textconv", "v.age"])
        .env_remove("CREDCTL_IDENTITY")
        .env_remove("CREDCTL_NON_INTERACTIVE");
    locked.env("CREDCTL_ASKPASS", "one/value").env("CREDCTL_PASSPHRASE_COMMAND", "touch asked");
    let ended = Terminal::start(&locked, "").end();
    assert_eq!(ended.status, 0);
    let shown: Vec<_> = ended.shown.lines().filter(|line| !line.trim().is_empty()).collect();
    assert!(matches!(shown[..], [line] if line.starts_with("locked vault ")), "{shown:?}");
    assert!(!git.scene.path("work/asked").exists());
    // another revision is another line, so that `git diff` shows that something changed
    let mut diff = git.command("git", "work");
    let diff = diff.args(["diff"]).env_remove("CREDCTL_IDENTITY").outcome("").ok();
    assert_eq!(diff.stdout().matches("locked vault ").count(), 2, "{diff:?}");
}

#[test]
fn a_file_that_is_no_vault_stops_nothing() {
    let Some(git) = GitScene::with_setup() else { return };
    for bytes in [&b""[..], b"plain\n", b"age-encryption.org/v1\n-> X25519"] {
        fs::write(git.scene.path("work/v.age"), bytes).unwrap();
        let shown = git.credctl(&["git", "textconv", "v.age"]).ok();
        assert!(
            shown.stdout().starts_with("not readable: ") && shown.stdout().lines().count() == 1,
            "{shown:?}"
        );
        git.git(&["diff"]);
    }
    git.credctl(&["git", "textconv", "missing"]).ok().prints("not readable: ");
    // a configuration that cannot be used is no reason to stop git either
    git.scene.configure("nonsense");
    git.credctl(&["git", "textconv", "v.age"]).ok().prints("not readable: ");
}

#[test]
fn other_revisions_are_neither_remembered_nor_refused() {
    let Some(git) = GitScene::with_setup() else { return };
    let memory = || {
        let mut files: Vec<_> = fs::read_dir(git.scene.path("home/state/credctl/pins"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect();
        files.sort();
        files
    };
    git.add("later", "S-later");
    git.commit("later");
    git.ids();
    let before = memory();
    let log = git.git(&["log", "-p"]);
    assert!(log.contains("credential base") && log.contains("+credential later"), "{log}");
    assert_eq!(memory(), before);
}
