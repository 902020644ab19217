//! The place at the cursor, found by the engine of clap, and the candidates for it.

use std::ffi::OsStr;
use std::sync::Arc;

use clap::Command;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, complete};

use super::candidate::{Candidate, beginning_with};
use super::line::{CursorLine, of_system};
use super::peek::Peek;
use super::request::ShellRequest;
use super::slot::Slot;
use super::values::candidates;
use crate::cli::help::Topic;

/// Returns what may stand at the cursor.
pub fn at_cursor(mut command: Command, request: &ShellRequest) -> Vec<Candidate> {
    let line = CursorLine::parse(&command, &request.before);
    // hundreds of arguments share it
    let known = Arc::new((Peek::new(line.clone()), line));
    let asks_for_help = request.before[1..] == ["help"];
    if known.1.is_astray() && !asks_for_help {
        return Vec::new();
    }
    // clap makes the options of the verbs only now
    command.build();
    let mut command = attached(command, &[], &known);
    let words = of_system(&request.before, &request.word);
    let Ok(found) = complete(&mut command, words, request.before.len(), None) else { return Vec::new() };
    let level = level(&command, &known.1);
    let found = found.into_iter().filter(|one| is_wanted(level, &request.word, one));
    let mut found: Vec<_> = found.map(|one| candidate(level, &request.word, &one)).collect();
    if asks_for_help {
        found.extend(topics(&request.word));
    }
    // the options of the verb before those of all verbs
    found.sort_by_key(|one| is_global(level, &one.value));
    found
}

/// Returns the topics of the help, which stand beside the verbs behind `help`.
fn topics(word: &str) -> Vec<Candidate> {
    beginning_with(word, Topic::ALL.map(|topic| Candidate::with_help(topic.name, topic.summary)))
}

/// Gives every argument the candidates for its place.
fn attached(command: Command, path: &[&str], known: &Arc<(Peek, CursorLine)>) -> Command {
    let escaped = known.1.is_escaped();
    let command = command.mut_args(|argument| match Slot::of(path, &argument) {
        Some(Slot::Program) if !escaped => argument.add(ArgValueCompleter::new(|_: &OsStr| Vec::new())),
        Some(slot) => {
            let known = Arc::clone(known);
            argument.add(ArgValueCompleter::new(move |word: &OsStr| {
                let found = word.to_str().map(|word| candidates(slot, &known.0, &known.1, word));
                found.unwrap_or_default().into_iter().map(of_engine).collect()
            }))
        }
        None => argument,
    });
    command.mut_subcommands(|inner| {
        let name = inner.get_name().to_owned();
        attached(inner, &[path, &[name.as_str()]].concat(), known)
    })
}

fn of_engine(one: Candidate) -> CompletionCandidate {
    let help = (!one.help.is_empty()).then(|| one.help.into());
    CompletionCandidate::new(one.value).help(help)
}

/// Returns the command of the verb in use.
fn level<'a>(command: &'a Command, line: &CursorLine) -> &'a Command {
    let inner = |command: &'a Command, name: &String| command.find_subcommand(name).unwrap_or(command);
    line.path.iter().fold(command, inner)
}

/// Returns true for a candidate that a person expects at this place: the options of a verb where nothing else
/// can stand, and all of them once one was begun.
fn is_wanted(level: &Command, word: &str, one: &CompletionCandidate) -> bool {
    let value = one.get_value().to_string_lossy();
    let alone = level.get_positionals().next().is_none() && level.get_subcommands().next().is_none();
    !value.starts_with('-') || !word.is_empty() || (alone && !is_global(level, &value))
}

/// Returns true for an option of all verbs.
fn is_global(level: &Command, value: &str) -> bool {
    let Some(name) = value.strip_prefix("--").map(|name| name.split('=').next().unwrap_or(name)) else {
        return false;
    };
    name == "help" || level.get_arguments().any(|one| one.is_global_set() && one.get_long() == Some(name))
}

/// Returns the candidate in our form. A verb goes by its own name, unless another was begun.
fn candidate(level: &Command, word: &str, one: &CompletionCandidate) -> Candidate {
    let value = one.get_value().to_string_lossy().into_owned();
    let is_verb = one.get_id().is_some_and(|id| id.starts_with("command::"));
    let own = level.find_subcommand(&value).filter(|_| is_verb).map(|verb| verb.get_name().to_owned());
    let value = own.filter(|name| name.starts_with(word)).unwrap_or(value);
    Candidate { value, help: one.get_help().map(ToString::to_string).unwrap_or_default() }
}
