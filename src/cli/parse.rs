//! The parsing of the command line, and the errors of clap for a line that it does not understand.

use std::ffi::OsString;
use std::io::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args as _, CommandFactory as _, FromArgMatches as _, Parser, Subcommand as _};

use credctl::text::suggest;

use super::command::Command;
use super::error::{Error, discreet};
use super::exit::Exit;
use super::help;
use super::options::Global;

/// Keep credentials of many types in one age-encrypted file.
///
/// credctl knows what each type of credential needs, and refuses a credential that is incomplete or
/// malformed. It shows a secret only when you ask for it.
#[derive(Debug, Parser)]
#[command(
    name = "credctl",
    version = help::SHORT,
    long_version = help::LONG,
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// A command line that credctl understands.
pub enum CommandLine {
    /// A command to run.
    Command(Box<Cli>),
    /// A text that answers it, such as a topic of the help.
    Text(String),
}

/// A command line that credctl does not understand, or that asks clap for help.
pub enum Unparsed {
    /// An answer or an error of clap.
    Clap(clap::Error),
    /// An error of credctl's own, such as one about a word that is no verb.
    Own(Error),
}

impl From<clap::Error> for Unparsed {
    fn from(error: clap::Error) -> Self {
        Self::Clap(error)
    }
}

/// Parses the arguments. Builds the options of all commands only for an error or for help. The parser of one
/// command and that of all commands understand arguments alike.
pub fn parse(mut words: Vec<OsString>) -> Result<CommandLine, Unparsed> {
    if let [_, word] = &words[..]
        && (word == "--version" || word == "-V")
    {
        // without the verbs, whose names alone cost a third of the start
        let alone = clap::Command::new("credctl").version(help::SHORT).long_version(help::LONG);
        alone.try_get_matches_from(&words)?;
    }
    let verbs = Command::augment_subcommands(clap::Command::new("credctl"));
    let verb = |word: &OsString| word.to_str().and_then(|word| verbs.find_subcommand(word));
    if words.iter().any(|word| word == "help") {
        match help_behind(&words, &verbs)? {
            Help::NotAsked => {}
            Help::Text(text) => return Ok(CommandLine::Text(text)),
            Help::Verb(at) => {
                words.remove(at);
                words.push("--help".into());
            }
        }
    }
    if let Some(verb) = words.iter().skip(1).find_map(verb) {
        let one = Global::augment_args(clap::Command::new("credctl"));
        let matches = one.subcommand(verb.clone()).try_get_matches_from(&words);
        if let Ok(cli) = matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
            return Ok(CommandLine::Command(Box::new(cli)));
        }
    }
    if let Some(word) = first_word(&words).map(|at| &words[at]).filter(|&word| verb(word).is_none()) {
        // other programs spell it so
        if word == "version" {
            return Ok(CommandLine::Text(format!("credctl {}\n", help::LONG)));
        }
        return Err(Unparsed::Own(help::unknown_verb(&verbs, &word.to_string_lossy())));
    }
    let matches = help::dressed(Cli::command()).try_get_matches_from(&words).map_err(|error| {
        let verb = words.iter().skip(1).find_map(verb).filter(|_| word_too_many(&error).is_some());
        verb.and_then(|verb| help::needless_word(verb.get_name()))
            .map_or(Unparsed::Clap(error), Unparsed::Own)
    })?;
    Ok(CommandLine::Command(Box::new(Cli::from_arg_matches(&matches)?)))
}

/// The meaning of a command line that has the word `help`.
enum Help {
    /// It is a word of something else.
    NotAsked,
    /// It asks for this text.
    Text(String),
    /// It asks for the help of a verb; the word has this position.
    Verb(usize),
}

/// Finds out about the word `help` in the place of a verb.
fn help_behind(words: &[OsString], verbs: &clap::Command) -> Result<Help, Unparsed> {
    let Some(at) = first_word(words).filter(|at| words[*at] == "help") else { return Ok(Help::NotAsked) };
    let mut asked = words[at + 1..].iter().map(|word| word.to_string_lossy());
    let Some(word) = asked.find(|word| !word.starts_with('-')) else {
        return Ok(Help::Text(help::short(verbs)));
    };
    if let Some(topic) = help::Topic::find(&word) {
        return Ok(Help::Text(topic.text()));
    }
    match verbs.find_subcommand(&*word) {
        Some(_) => Ok(Help::Verb(at)),
        None => Err(Unparsed::Own(help::unknown_topic(verbs, &word))),
    }
}

/// Returns the position of the first word that is neither a global option nor the value of one. Returns
/// `None` behind an option that credctl does not know.
fn first_word(words: &[OsString]) -> Option<usize> {
    let global = Global::augment_args(clap::Command::new("credctl"));
    let mut at = 1;
    while let Some(word) = words.get(at) {
        match word.to_str() {
            Some(option) if option.starts_with('-') && option != "-" => at += length(&global, option)?,
            _ => return Some(at),
        }
    }
    None
}

/// Returns the number of words of a global option with its value, if it is a global option.
fn length(global: &clap::Command, option: &str) -> Option<usize> {
    let takes_value = |arg: &clap::Arg| arg.get_action().takes_values();
    if let Some(long) = option.strip_prefix("--") {
        let name = long.split('=').next();
        let arg = global.get_arguments().find(|arg| arg.get_long() == name)?;
        return Some(if takes_value(arg) && !long.contains('=') { 2 } else { 1 });
    }
    // several switches in one word, the last of which may have a value
    for (at, letter) in option.char_indices().skip(1) {
        let arg = global.get_arguments().find(|arg| arg.get_short() == Some(letter))?;
        if takes_value(arg) {
            let is_last = at + letter.len_utf8() == option.len();
            return Some(if is_last { 2 } else { 1 });
        }
    }
    Some(1)
}

/// Reports an error of clap. Help and the version are answers, the rest is wrong usage.
pub fn not_understood(unparsed: Unparsed, as_json: bool) -> Result<(), Error> {
    let mut error = match unparsed {
        Unparsed::Clap(error) => error,
        Unparsed::Own(error) => return Err(error),
    };
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Ok(error.print()?);
    }
    reconsider_suggestion(&mut error);
    withhold_values(&mut error);
    let plain = error.render().to_string();
    let shown = discreet::message(&plain);
    if !as_json {
        if shown == plain {
            let _ = error.print();
        } else {
            let _ = std::io::stderr().lock().write_all(shown.as_bytes());
        }
        return Err(Error::reported(Exit::Usage as u8, "the command line was not understood"));
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Err(Error::usage("a verb is needed").hint("`credctl --help` shows the verbs"));
    }
    // one line, with the arguments that clap names on lines of their own
    let lines = shown.lines().map(str::trim).take_while(|line| !line.is_empty());
    let what = lines.collect::<Vec<_>>().join(" ");
    Err(Error::usage(what.trim_start_matches("error: ")))
}

/// Replaces the verbs that clap suggests below another verb by the one that was mistyped, if there is one.
fn reconsider_suggestion(error: &mut clap::Error) {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return };
    let Some(ContextValue::Strings(known)) = error.get(ContextKind::SuggestedSubcommand) else { return };
    match suggest(word, known.iter().map(String::as_str)).map(str::to_owned) {
        Some(near) => error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![near])),
        None => error.remove(ContextKind::SuggestedSubcommand),
    };
}

/// Returns the word that an error of clap is about if it is one too many, and no option.
fn word_too_many(error: &clap::Error) -> Option<&str> {
    match (error.kind(), error.get(ContextKind::InvalidArg)) {
        (ErrorKind::UnknownArgument, Some(ContextValue::String(word))) if !word.starts_with('-') => {
            Some(word)
        }
        _ => None,
    }
}

/// Masks words in an error of clap that may be secrets: a word too many, or a wrong word in the place of a
/// number or of one of several values. A wrong command is masked unless it is nearly a command.
fn withhold_values(error: &mut clap::Error) {
    let text = |error: &clap::Error, kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    let place = match error.kind() {
        ErrorKind::UnknownArgument if word_too_many(error).is_some() => ContextKind::InvalidArg,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation
            if !text(error, ContextKind::InvalidValue).is_empty() =>
        {
            ContextKind::InvalidValue
        }
        ErrorKind::InvalidSubcommand if error.get(ContextKind::SuggestedSubcommand).is_none() => {
            ContextKind::InvalidSubcommand
        }
        _ => return,
    };
    let _ = error.insert(place, ContextValue::String(discreet::MASK.to_owned()));
}
