//! The parsing of the command line, and the errors of clap for a line that it does not understand.

use std::ffi::OsString;
use std::io::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args as _, CommandFactory as _, FromArgMatches as _, Parser, Subcommand as _};

use super::command::Command;
use super::error::{Error, discreet};
use super::exit::{Exit, exit_help};
use super::options::Global;

/// Keep credentials of many types in one age-encrypted file.
///
/// credctl knows what each type of credential needs, and refuses a credential that is incomplete or
/// malformed. It shows a secret only when you ask for it.
#[derive(Debug, Parser)]
#[command(name = "credctl", version, max_term_width = 100, disable_help_subcommand = true, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = concat!(
    "Every write but a purge keeps the previous state, encrypted, beside the vault: vault.age.bak.\n",
    "vault.age.lock is empty; writers wait for one another on it.\n\n",
    exit_help!()
);

/// Parses the arguments. Builds the options of all commands only for an error or for help. The parser of one
/// command and that of all commands understand arguments alike.
pub fn parse(mut words: Vec<OsString>) -> Result<Cli, clap::Error> {
    // other programs spell it `help VERB`
    if let Some(at) = first_word(&words).filter(|at| words[*at] == "help") {
        words.remove(at);
        words.push("--help".into());
    }
    let verbs = Command::augment_subcommands(clap::Command::new("credctl"));
    let named = |word: &OsString| word.to_str().and_then(|word| verbs.find_subcommand(word));
    if let Some(verb) = words.iter().skip(1).find_map(named) {
        let one = Global::augment_args(clap::Command::new("credctl")).subcommand_required(true);
        let matches = one.subcommand(verb.clone()).try_get_matches_from(&words);
        if let Ok(cli) = matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
            return Ok(cli);
        }
    }
    if let [_, word] = &words[..]
        && (word == "--version" || word == "-V")
    {
        let alone = clap::Command::new("credctl").version(env!("CARGO_PKG_VERSION"));
        alone.try_get_matches_from(&words)?;
    }
    let matches = Cli::command().try_get_matches_from(words)?;
    Cli::from_arg_matches(&matches)
}

/// Returns the position of the first word that is neither a global option nor the value of one.
fn first_word(words: &[OsString]) -> Option<usize> {
    if !words.iter().any(|word| word == "help") {
        return None;
    }
    let global = Global::augment_args(clap::Command::new("credctl"));
    let takes_value = |option: &str| {
        let named = global.get_arguments().find(|argument| match option.strip_prefix("--") {
            Some(long) => argument.get_long() == Some(long),
            None => argument.get_short() == option.chars().nth(1) && option.chars().count() == 2,
        });
        named.is_some_and(|argument| argument.get_action().takes_values())
    };
    let mut at = 1;
    while let Some(word) = words.get(at) {
        match word.to_str() {
            Some(option) if option.starts_with('-') && option != "-" => {
                at += if takes_value(option) { 2 } else { 1 };
            }
            _ => return Some(at),
        }
    }
    None
}

/// Reports an error of clap. Help and the version are answers, the rest is wrong usage.
pub fn not_understood(mut error: clap::Error, as_json: bool) -> Result<(), Error> {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Ok(error.print()?);
    }
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

/// Masks words in an error of clap that may be secrets: a word too many, or a wrong word in the place of a
/// number or of one of several values. A wrong command is masked unless it is nearly a command.
fn withhold_values(error: &mut clap::Error) {
    let text = |error: &clap::Error, kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    let place = match error.kind() {
        ErrorKind::UnknownArgument if !text(error, ContextKind::InvalidArg).starts_with('-') => {
            ContextKind::InvalidArg
        }
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
