//! `completions` and `man`: generated from the same words as the parser.

use std::fs;

use crate::support::{Run as _, Scene, names};

const VERBS: [&str; 13] = [
    "init",
    "add",
    "update",
    "put",
    "patch",
    "passwd",
    "get",
    "list",
    "delete",
    "types",
    "rekey",
    "completions",
    "man",
];

#[test]
fn completions_know_verbs_options_and_types() {
    let scene = Scene::bare();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let outcome = scene.run(["completions", shell]).ok();
        for word in VERBS.into_iter().chain(["passphrase-stdin", "if-match"]) {
            assert!(outcome.stdout().contains(word), "{shell}: {word}");
        }
    }
    scene.run(["completions", "nonsense"]).exits(2);
}

#[test]
fn every_verb_has_a_manual_page() {
    let scene = Scene::bare();
    assert!(scene.run(["man"]).ok().stdout().contains(".TH"));
    fs::create_dir(scene.path("man")).unwrap();
    scene.run(["man", "man"]).ok();
    let pages = names(&scene.path("man"));
    assert!(pages.contains(&"credctl.1".to_owned()));
    for verb in VERBS {
        assert!(pages.contains(&format!("credctl-{verb}.1")), "{verb}: {pages:?}");
    }
    scene.run(["man", "missing"]).exits(10);
}

#[test]
fn help_is_an_answer() {
    let scene = Scene::bare();
    for verb in VERBS {
        let outcome = scene.run([verb, "--help"]).ok();
        assert_eq!(outcome.stderr, "");
        assert!(outcome.stdout().contains("Usage: credctl"), "{verb}");
    }
    let help = scene.run(["--help"]).ok();
    assert!(help.stdout().contains("130 interrupted"));
    assert!(scene.run(["--version"]).ok().stdout().starts_with("credctl "));
    scene.run(Vec::<&str>::new()).exits(2);
}

#[test]
fn they_need_neither_vault_nor_configuration() {
    let scene = Scene::bare();
    let config = scene.file("config.toml", "not toml at all");
    for words in [["completions", "bash"], ["man", "--config"]] {
        let mut command = scene.command(words.into_iter().filter(|word| *word != "--config"));
        command.env("CREDCTL_CONFIG", &config).env_remove("HOME").outcome("").ok();
    }
}
