//! The help of the program as a whole: short, for a screen of 40 lines, and full, with every verb.

use std::fmt::Write as _;

use super::groups::GROUPS;
use super::lists::wrap;
use super::topic::Topic;

/// The width of the column of the verbs.
const VERB: usize = 11;

const ABOUT: &str = "\
credctl keeps credentials in one age-encrypted file, and shows a secret only
when you ask for it.

Usage: credctl VERB [ARGUMENTS] [OPTIONS]
";

const STATES: &str = "\
Every write but a purge keeps the previous state, encrypted, beside the vault:
vault.age.bak. vault.age.lock is empty; writers wait for one another on it.
";

/// Returns the help of 40 lines at most: the verbs of every day, the names of the others, and the ways to
/// more help. `command` has the verbs.
pub fn short(command: &clap::Command) -> String {
    let mut text = format!("{ABOUT}\n");
    let mut others: Vec<&str> = Vec::new();
    for group in &GROUPS {
        if !group.daily.is_empty() {
            text.extend([group.title, "\n"]);
        }
        lines(&mut text, command, group.daily, false);
        others.extend(group.other.iter().copied().filter(|verb| command.find_subcommand(verb).is_some()));
    }
    let topics = Topic::names().collect::<Vec<_>>().join(", ");
    text.push('\n');
    wrap(&mut text, "More verbs: ", 2, &others.join(", "));
    text.push_str("\ncredctl help VERB    the options of a verb, with examples\n");
    wrap(&mut text, "credctl help TOPIC   ", 21, &topics);
    text.push_str("credctl --help       every verb in one line\n");
    text
}

/// Returns the help that lists every verb and every topic. `command` has the verbs.
pub fn full(command: &clap::Command) -> String {
    let mut text = ABOUT.to_owned();
    for group in &GROUPS {
        let _ = writeln!(text, "\n{}:", group.title);
        lines(&mut text, command, group.daily, true);
        lines(&mut text, command, group.other, true);
    }
    text.push_str("\nTopics, for credctl help TOPIC:\n");
    for topic in &Topic::ALL {
        let _ = writeln!(text, "  {:VERB$}  {}", topic.name, topic.summary);
    }
    text.extend(["\n", STATES, "\n"]);
    text.push_str("credctl help VERB shows the options of a verb, with examples.\n");
    text
}

/// Adds a line for each verb, with its summary and, if asked for, its visible aliases.
fn lines(text: &mut String, command: &clap::Command, verbs: &[&str], aliases: bool) {
    for verb in verbs.iter().filter_map(|verb| command.find_subcommand(verb)) {
        let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
        let names = verb.get_visible_aliases().filter(|_| aliases).collect::<Vec<_>>().join(", ");
        let also = if names.is_empty() { names } else { format!(" [alias: {names}]") };
        let _ = writeln!(text, "  {:VERB$}  {about}{also}", verb.get_name());
    }
}
