//! The last question: the credential as it would be saved.

use credctl::credential::Changed;

use super::answers::Answers;
use crate::cli::error::Error;
use crate::cli::prompt::Prompter;

/// The most characters of a value on the screen.
const WIDTH: usize = 48;

/// The decision of the operator.
pub(super) enum Decision {
    Save,
    Drop,
    /// A field is to be changed, or added.
    Edit,
}

/// Shows the credential, without its secrets, and asks whether to save it.
pub(super) fn review(prompter: &Prompter, changed: &Changed, answers: &Answers) -> Result<Decision, Error> {
    let credential = &changed.credential;
    let head = [
        ("Type".to_owned(), credential.kind().title.to_owned()),
        ("ID".to_owned(), credential.id().to_owned()),
    ];
    let given = answers.shown().map(|(label, value)| (label, cut(value)));
    prompter.tell("")?;
    for (label, value) in head.into_iter().chain(given) {
        prompter.tell(&format!("  {label:<28} {value}"))?;
    }
    for notice in &changed.notices {
        prompter.tell(&format!("  note: {notice}"))?;
    }
    prompter.tell("")?;
    let decisions = ["yes", "no", "edit"];
    Ok(match prompter.option("Save it? e changes or adds a field.", &decisions)? {
        0 => Decision::Save,
        1 => Decision::Drop,
        _ => Decision::Edit,
    })
}

/// Returns the beginning of a value, on one line.
fn cut(value: &str) -> String {
    let line = value.lines().next().unwrap_or_default();
    let is_whole = line.len() == value.len() && line.chars().count() <= WIDTH;
    if is_whole { line.to_owned() } else { line.chars().take(WIDTH).chain(['…']).collect() }
}
