//! The verbs in completion, help and manual pages: made of the same words as the parser.

use std::fs;

use crate::support::{Run as _, Scene, names};

/// Every verb with its summary, as `credctl --help` lists them.
fn verbs(scene: &Scene) -> Vec<(String, String)> {
    let help = scene.run(["--help"]).ok();
    let (_, list) = help.stdout().split_once("\nCommands:\n").unwrap();
    let (list, _) = list.split_once("\n\n").unwrap();
    let verbs: Vec<_> = list
        .lines()
        .map(|line| {
            let (verb, summary) = line.trim().split_once(' ').unwrap();
            let summary = summary.split(" [alias").next().unwrap();
            (verb.to_owned(), summary.trim().to_owned())
        })
        .collect();
    assert!(verbs.len() > 30, "{verbs:?}");
    verbs
}

#[test]
fn completion_offers_every_verb_with_its_summary() {
    let scene = Scene::bare();
    let offered = scene.run(["__complete", "zsh", "credctl", ""]).ok();
    for (verb, _) in verbs(&scene) {
        let line = offered.stdout().lines().find(|line| line.starts_with(&format!("{verb}\t")));
        assert!(line.is_some_and(|line| line.contains(" -- ")), "{verb}");
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
    for (verb, _) in verbs(&scene) {
        assert!(pages.contains(&format!("credctl-{verb}.1")), "{verb}: {pages:?}");
    }
    scene.run(["man", "missing"]).exits(10);
}

#[test]
fn help_is_an_answer() {
    let scene = Scene::bare();
    for (verb, summary) in verbs(&scene) {
        let outcome = scene.run([&verb, "--help"]).ok();
        assert_eq!(outcome.stderr, "");
        let help = outcome.stdout();
        assert!(help.contains(&format!("Usage: credctl {verb}")), "{verb}");
        // a comment on the options of a verb can take the place of its summary
        assert_eq!(help.lines().next(), Some(summary.as_str()), "{verb}");
        assert!(!help.contains('\\'), "{verb}: {help}");
    }
    let help = scene.run(["--help"]).ok();
    assert!(help.stdout().contains("130 interrupted"));
    assert!(scene.run(["--version"]).ok().stdout().starts_with("credctl "));
    scene.run(Vec::<&str>::new()).exits(2);
}

/// A line that was wrapped by hand and is longer than the screen is broken once more, behind its last word.
#[test]
fn no_line_of_the_help_breaks_early() {
    let scene = Scene::bare();
    for (verb, _) in verbs(&scene) {
        let outcome = scene.run([&verb, "--help"]).ok();
        let lines: Vec<&str> = outcome.stdout().lines().collect();
        for pair in lines.windows(2).filter(|pair| pair.iter().all(|line| !line.is_empty())) {
            let is_text = pair.iter().all(|line| !line.starts_with(' '));
            let word = pair[1].split(' ').next().unwrap().len();
            let fits = pair[0].chars().count() + 1 + word <= 80;
            assert!(!is_text || !fits || pair[0].ends_with(['.', ':']), "{verb}: {pair:?}");
        }
    }
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
