//! `--help` and `-h` of every verb, at 80 and at 120 columns.

use super::{is_golden, verbs};
use crate::support::{Run as _, Scene};

/// The columns of the narrow terminal.
const NARROW: usize = 80;

/// The titles of the lists that clap breaks into lines itself, below the text and the examples.
const LISTS: [&str; 3] = ["\nArguments:\n", "\nOptions:\n", "\nCommands:\n"];

/// The lines that are broken in the source: the text and the examples, without the list of formats.
fn broken_by_hand(help: &str) -> impl Iterator<Item = &str> {
    let end = LISTS.iter().filter_map(|title| help.find(title)).min().unwrap_or(help.len());
    let paragraphs = help[..end].split("\n\n");
    paragraphs.filter(|paragraph| !paragraph.starts_with("Formats")).flat_map(str::lines)
}

#[test]
fn the_help_of_every_verb_is_what_was_reviewed() {
    let scene = Scene::bare();
    for words in verbs(&scene) {
        let mut text = String::new();
        for (option, columns) in [("-h", NARROW), ("--help", NARROW), ("--help", 120)] {
            let mut command = scene.command(words.iter().map(String::as_str).chain([option]));
            let outcome = command.env("COLUMNS", columns.to_string()).outcome("").ok();
            let longest = outcome.stdout().lines().map(|line| line.chars().count()).max().unwrap_or_default();
            // a width of 100 is the most that help takes
            assert!(longest <= columns, "{words:?} {option} at {columns}: {longest}");
            if columns > NARROW {
                // on a narrow terminal, such a line would be broken a second time
                for line in broken_by_hand(outcome.stdout()) {
                    assert!(line.chars().count() <= NARROW, "{words:?} has a line that is too long: {line}");
                }
            }
            text += &format!("===== {option} at {columns} columns\n{}\n", outcome.stdout());
        }
        let name = if words.is_empty() { "credctl".to_owned() } else { words.join("-") };
        is_golden(&format!("help-{name}"), &text);
    }
}
