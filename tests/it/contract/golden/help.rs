//! `--help` and `-h` of every verb, at 80 and at 120 columns.

use super::{is_golden, verbs};
use crate::support::{Run as _, Scene};

#[test]
fn the_help_of_every_verb_is_what_was_reviewed() {
    let scene = Scene::bare();
    for words in verbs(&scene) {
        let mut text = String::new();
        for (option, columns) in [("-h", "80"), ("--help", "80"), ("--help", "120")] {
            let mut command = scene.command(words.iter().map(String::as_str).chain([option]));
            let outcome = command.env("COLUMNS", columns).outcome("").ok();
            let longest = outcome.stdout().lines().map(|line| line.chars().count()).max().unwrap_or_default();
            // a width of 100 is the most that help takes
            assert!(longest <= columns.parse().unwrap(), "{words:?} {option} at {columns}: {longest}");
            text += &format!("===== {option} at {columns} columns\n{}\n", outcome.stdout());
        }
        let name = if words.is_empty() { "credctl".to_owned() } else { words.join("-") };
        is_golden(&format!("help-{name}"), &text);
    }
}
