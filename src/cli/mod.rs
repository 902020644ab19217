//! The program: words to intentions, intentions to calls into the library, answers to output.

mod answer;
mod args;
mod ask;
mod assign;
mod bulk;
mod child;
mod clipboard;
mod command;
mod config;
mod context;
mod deployment;
mod document;
mod error;
mod exit;
mod fetch;
pub mod harden;
mod mask;
mod output;
mod prompt;
mod references;
mod select;
mod session;
mod store;
mod unlock;
mod words;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args as _, CommandFactory as _, FromArgMatches as _, Subcommand as _};

use args::{Cli, Command, Form, Format, Global};
use context::Context;
use credctl::kind::System;
use credctl::value::Value;
use error::{Error, Kind, discreet};

/// How errors are told.
#[derive(Clone, Copy)]
struct Telling {
    as_json: bool,
    /// With the status that Aspire has for a validation that failed.
    for_aspire: bool,
}

/// Runs the program. The status is chosen here, once.
pub fn run() -> ExitCode {
    // how errors are told is known for sure only once the configuration was read
    let mut telling = Telling { as_json: context::wants_json(), for_aspire: false };
    let words = context::words();
    discreet::remember(&words, &context::variables());
    let result = match parse(command::helper::by_name(words)) {
        Ok(cli) => dispatch(cli, &mut telling),
        Err(error) => not_understood(error, telling.as_json),
    };
    match result {
        Ok(()) => exit::Exit::Ok.into(),
        Err(error) => {
            report(&error, telling);
            error.exit().into()
        }
    }
}

/// Understands the words. The options of all verbs are put together only if there is something to say
/// about them: an error, or help. What a single verb understands, all together understand alike.
fn parse(mut words: Vec<OsString>) -> Result<Cli, clap::Error> {
    // `help VERB` is how others spell it
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

/// The place of the first word that is neither a global option nor the value of one.
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

fn dispatch(cli: Cli, telling: &mut Telling) -> Result<(), Error> {
    if let Some(variable) = harden::refuses_environment() {
        return Err(
            Error::usage(format!("{variable} is set, which makes age plugins print keys")).hint("unset it")
        );
    }
    // these need neither a vault nor a configuration
    match cli.command {
        Command::Completions(args) => return command::completions::run(&args),
        Command::Man(args) => return command::man::run(&args),
        Command::ClearClipboard(args) => {
            return clipboard::clear(&args.tools, std::time::Duration::from_secs(args.seconds));
        }
        _ => {}
    }
    harden::memory();
    let context = Context::new(cli.global)?;
    telling.as_json = matches!(context.form, Form::Json | Form::Jsonl);
    telling.for_aspire = context.foreign() == Some(System::Aspire);
    let knows_more = matches!(cli.command, Command::Export(_) | Command::Import(_));
    if !knows_more && context.dialect.is_none() && context.format != Format::AUTO.0 {
        let what = format!("--format {} is for export and import", context.format);
        return Err(Error::usage(what).param("format", "unknown"));
    }
    let done = match cli.command {
        Command::Export(args) => command::export::run(&context, &args),
        Command::Import(args) => command::import::run(&context, &args),
        Command::Run(args) => command::run::run(&context, &args),
        Command::Inject(args) => command::inject::run(&context, &args),
        Command::Find(args) => command::find::run(&context, &args),
        Command::Generate(args) => command::generate::run(&context, &args),
        Command::Helper(args) => command::helper::run(&context, &args),
        Command::Init(args) => command::init::run(&context, &args),
        Command::Add(args) => command::add::run(&context, &args),
        Command::Update(args) => command::update::run(&context, &args),
        Command::Put(mut args) => {
            args.upsert = true;
            command::update::run(&context, &args)
        }
        Command::Patch(args) => command::patch::run(&context, &args),
        Command::Passwd(args) => command::passwd::run(&context, &args),
        Command::Get(args) => command::get::run(&context, &args),
        Command::List(args) => command::list::run(&context, &args),
        Command::Delete(args) => command::delete::run(&context, &args),
        Command::Grant(args) => command::grant::grant(&context, &args),
        Command::Revoke(args) => command::grant::revoke(&context, &args),
        Command::Access(args) => command::access::run(&context, &args),
        Command::Ref(args) => command::reference::run(&context, &args),
        Command::Policy(args) => command::policy::run(&context, &args),
        Command::User(args) => command::user::run(&context, &args),
        Command::Environment(args) => command::environment::run(&context, &args),
        Command::Deploy(args) => command::environment::deploy(&context, &args),
        Command::Move(args) => command::project::move_to(&context, &args),
        Command::Project(args) => command::project::run(&context, &args),
        Command::Verify(args) => command::verify::run(&context, &args),
        Command::History(args) => command::history::run(&context, &args),
        Command::Rollback(args) => command::rollback::rollback(&context, &args),
        Command::Restore(args) => command::rollback::restore(&context, &args),
        Command::Purge(args) => command::purge::run(&context, &args),
        Command::Undo(args) => command::undo::run(&context, &args),
        Command::Check(args) => command::check::run(&context, &args),
        Command::Types(args) => command::types::run(&context, &args),
        Command::Rekey(args) => command::rekey::run(&context, &args),
        Command::Completions(_) | Command::Man(_) | Command::ClearClipboard(_) => Ok(()),
    };
    done.map_err(|error| context.after_change(error))
}

/// What clap says: help and the version are answers, the rest is wrong usage.
fn not_understood(mut error: clap::Error, as_json: bool) -> Result<(), Error> {
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
        return Err(Error::new(Kind::Usage, String::new()));
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Err(Error::usage("a verb is needed").hint("`credctl --help` shows the verbs"));
    }
    // one line, with the arguments that clap names on lines of their own
    let lines = shown.lines().map(str::trim).take_while(|line| !line.is_empty());
    let what = lines.collect::<Vec<_>>().join(" ");
    Err(Error::usage(what.trim_start_matches("error: ")))
}

/// Takes words out of an error of clap that may be secrets: a word too many, what stands in the place of a
/// number or of one of several values, and of a verb unless it is nearly one.
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

/// Tells an error: as one JSON object on the last line of stderr, or in words.
fn report(error: &Error, telling: Telling) {
    if error.is_closed_pipe() || error.is_told() {
        return;
    }
    // that stderr cannot be written is no reason for another error
    let mut stderr = std::io::stderr().lock();
    if telling.as_json {
        let mut document = error.document();
        if telling.for_aspire {
            bulk::as_aspire(&mut document);
        }
        let _ = output::json(&Value::Object(document), false, &mut stderr);
    } else {
        let _ = stderr.write_all(error.text().as_bytes());
    }
}
