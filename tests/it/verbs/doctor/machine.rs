//! Findings about the machine: its configuration, its shell, and the repository around the vault.

use std::fs;
use std::process::Command;

use super::{found, found_by, mends, only, paste};
use crate::programs::{installed, search_path};
use crate::support::{Run as _, Scene};

#[test]
fn keys_of_the_configuration_that_do_nothing() {
    let scene = Scene::with_login();
    let config = scene.text_path("home/config/credctl/config.toml");
    let editor = format!("${{EDITOR:-vi}} {config}");
    for (text, said) in [
        ("colour = 'auto'\n", "line 1: unknown field `colour`"),
        ("output = 'json'\nrole = 'king'\n", "the role is not one of"),
        ("passphrase-file = 'a'\npassphrase-command = 'b'\n", "`passphrase-command` does nothing beside"),
    ] {
        scene.configure(text);
        let mut doctor = scene.command(["doctor", "--only", "configuration"]);
        assert_eq!(only(found_by(&mut doctor), "configuration", said), editor);
    }
    scene.configure("project = 'one'\nlock-timeout = '30s'\n");
    assert_eq!(found(&scene), []);
    let with = |value: &str| {
        let mut command = scene.command(["doctor"]);
        command.env("CREDCTL_PROJECT", value);
        found_by(&mut command)
    };
    assert_eq!(with("one"), [], "the same value hides nothing");
    let said = "the key `project` does nothing, because CREDCTL_PROJECT is set";
    assert_eq!(only(with("two"), "configuration", said), "unset CREDCTL_PROJECT");
    // an option is for one call
    assert_eq!(found_by(&mut scene.command(["doctor", "-p", "two"])), []);
}

#[test]
fn what_git_must_not_track() {
    if installed("git").is_none() {
        return;
    }
    let scene = Scene::with_login();
    scene.login("second");
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.args(words).current_dir(scene.path("."));
        scene.environment(&mut git);
        git.env("PATH", search_path()).env("GIT_CONFIG_NOSYSTEM", "1").outcome("").ok()
    };
    git(&["init", "-q"]);
    assert_eq!(found(&scene), [], "there is no index yet");
    git(&["add", "vault.age"]);
    assert_eq!(found(&scene), [], "a vault may be tracked");
    for (name, said) in [
        ("vault.age.bak", "the state before the last change"),
        ("vault.age.lock", "the lock"),
        ("identity.txt", "an identity without a passphrase"),
    ] {
        git(&["add", "-f", name]);
        mends(&scene, "git", said);
        // as newer versions of git may write it
        git(&["update-index", "--index-version", "4"]);
        git(&["add", "-f", name]);
        mends(&scene, "git", said);
    }
}

#[test]
fn completions_that_the_shell_does_not_have() {
    for (shell, place) in [
        ("bash", "home/data/bash-completion/completions/credctl"),
        ("zsh", "home/.zfunc/_credctl"),
        ("fish", "home/config/fish/completions/credctl.fish"),
    ] {
        let scene = Scene::with_login();
        let doctor = || {
            let mut command = scene.command(["doctor"]);
            command.env("SHELL", format!("/bin/{shell}"));
            found_by(&mut command)
        };
        paste(&scene, &only(doctor(), "completions", &format!("{shell} does not complete")));
        assert!(fs::read_to_string(scene.path(place)).unwrap().contains("credctl itself answers"));
        assert_eq!(doctor(), []);
    }
    let scene = Scene::with_login();
    scene.file("home/.bashrc", "source <(credctl completions bash)\n");
    let sourced = found_by(scene.command(["doctor"]).env("SHELL", "/usr/bin/bash"));
    assert_eq!(sourced, []);
    assert_eq!(found_by(scene.command(["doctor"]).env("SHELL", "/bin/sh")), []);
}
