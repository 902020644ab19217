//! The answer to the script of a shell, which calls the program by a word that is no verb.

use std::ffi::OsString;

use super::engine::at_cursor;
use super::render::render;
use super::request::ShellRequest;
use crate::cli::output;

/// The first argument by which the scripts call the program.
const WORD: &str = "__complete";

/// Answers the script of a shell, if the words are its question. `whole` makes the whole command line, as clap
/// knows it. An error is silence: whatever is printed would stand in the middle of a command line.
pub fn answers(words: &[OsString], whole: impl FnOnce() -> clap::Command) -> bool {
    let [_, first, rest @ ..] = words else { return false };
    if first != WORD {
        return false;
    }
    let texts: Option<Vec<String>> = rest.iter().map(|word| word.to_str().map(str::to_owned)).collect();
    if let Some(request) = texts.and_then(|texts| ShellRequest::read(&texts)) {
        let _ = output::text(&render(&request, &at_cursor(whole(), &request)));
    }
    true
}
