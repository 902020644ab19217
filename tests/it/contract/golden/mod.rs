//! Texts that people read, as snapshots: help, errors, and every form of output. A change of them is reviewed
//! as a difference. `INSTA_UPDATE=always cargo test --test it golden` writes them again.

mod errors;
mod forms;
mod help;

use std::path::Path;

use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene};

/// Compares a text with its snapshot, without what differs from run to run. What is replaced keeps its width,
/// so that tables keep their columns.
#[track_caller]
fn is_golden(name: &str, text: &str) {
    is_golden_in("tests/it/contract/golden/texts", name, text);
}

/// Compares a text with its snapshot in a folder of the package, as `is_golden` does.
#[track_caller]
pub fn is_golden_in(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    for (found, shown) in [
        // YAML quotes a UUID that could be read as a number
        (r#"(?m)^([ \w-]*: )"([0-9a-f]{8}-[0-9a-f-]{27})"$"#, "$1$2"),
        (r"(/[\w.-]+)+/credctl-it-\w{6}", "/tmp/credctl-it-FOLDER"),
        (
            r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}",
            "00000000-0000-4000-8000-000000000000",
        ),
        (r"age1[0-9a-z]{58}", "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"),
        (r"20\d\d-\d\d-\d\dT", "YYYY-MM-DDT"),
        (r"20\d\d-\d\d-\d\d \d\d:\d\d", "YYYY-MM-DD hh:mm"),
        (r"in \d\d years", "in NN years"),
        // the age of a certificate of the tests grows with the calendar
        (r"hh:mm \(\d+ \w+ ago\)", "hh:mm (NN days ago)"),
        (r"T\d\d:\d\d:\d\d", "Thh:mm:ss"),
        (r"ss\.\d{6}", "ss.000000"),
    ] {
        settings.add_filter(found, shown);
    }
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// What a run in a pipe prints: the words, stdout, stderr and the status.
fn shown(scene: &Scene, words: &[&str], stdin: &str) -> String {
    let outcome = scene.run_with(words, stdin);
    let status = outcome.status().unwrap();
    format!("$ credctl {}\n{}{}[status {status}]\n\n", words.join(" "), outcome.stdout(), outcome.stderr)
}

/// What a run on a terminal of a width prints.
fn on_terminal(scene: &Scene, words: &[&str], columns: usize) -> String {
    let mut command = scene.command(words);
    command.env("TERM", "dumb").env("NO_COLOR", "1");
    let ended = Terminal::sized(&command, columns).end();
    let shown = ended.shown.replace("\r\n", "\n");
    format!("{columns}$ credctl {}\n{}[status {}]\n\n", words.join(" "), shown.trim_start(), ended.status)
}

/// The verbs and their sub-verbs, as their help lists them.
fn verbs(scene: &Scene) -> Vec<Vec<String>> {
    let mut all = vec![Vec::new()];
    let mut at = 0;
    while at < all.len() {
        let words: Vec<String> = all[at].clone();
        at += 1;
        let help = scene.command(words.iter().map(String::as_str).chain(["--help"])).outcome("").ok();
        // the verbs of the program are in groups, and end where the topics begin
        let list = match &words[..] {
            [] => help.stdout().split_once("\nTopics").map(|(list, _)| list),
            _ => help.stdout().split_once("\nCommands:\n").and_then(|(_, rest)| rest.split("\n\n").next()),
        };
        let Some(list) = list else { continue };
        let lines = list.lines();
        // a summary that needs a second line is indented further
        let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        for name in names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
            all.push(words.iter().cloned().chain([name.to_owned()]).collect());
        }
    }
    assert!(all.len() > 50, "{all:?}");
    all
}
