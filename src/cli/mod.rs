//! The program: parses the arguments, calls the library, and prints the answers.

mod agent;
mod answer;
mod ask;
mod assign;
mod bulk;
mod child;
mod clipboard;
mod collection;
mod command;
mod complete;
mod config;
mod conflicting;
mod context;
mod conversion;
mod definition;
mod deployment;
mod dialogue;
mod diff;
mod document;
mod error;
mod exit;
mod git;
pub mod harden;
mod health;
mod help;
mod made;
mod mask;
mod options;
mod output;
mod own_types;
mod parse;
mod pass_store;
mod people;
mod pick;
mod prompt;
mod qr;
mod question;
mod queueing;
mod recognition;
mod rekeying;
mod remote;
mod rotation;
mod select;
mod session;
mod setup;
mod shell_word;
mod signing;
mod tagged;
mod unlock;
mod value_source;
mod words;

use std::io::Write as _;
use std::process::ExitCode;

use clap::CommandFactory as _;

use context::Context;
use credctl::random;
use credctl::system::ForeignSystem;
use credctl::value::Value;
use error::{Error, discreet};
use options::{ForeignFormat, Form};
use parse::{Cli, CommandLine};

/// The form of error reports.
#[derive(Clone, Copy)]
struct Telling {
    as_json: bool,
    /// The system in whose form errors are reported, if not in credctl's own.
    system: Option<&'static dyn ForeignSystem>,
    /// True if git runs the program as a merge driver.
    is_driver: bool,
}

/// The status by which a merge driver tells git to stop with nothing staged. git takes each lower one for a conflict.
const DRIVER_FAILED: u8 = 129;

/// Runs the program. The exit status is chosen here, once.
pub fn run() -> ExitCode {
    let words = context::words();
    if complete::answers(&words, Cli::command) {
        return exit::Exit::Ok.into();
    }
    // the form of error reports is certain only once the configuration was read
    let mut telling = Telling { as_json: context::wants_json(), system: None, is_driver: false };
    discreet::remember(&words, &context::variables());
    let result = match parse::parse(command::helper::by_name(words)) {
        Ok(CommandLine::Command(cli)) => dispatch(*cli, &mut telling),
        Ok(CommandLine::Text(text)) => output::text(&text),
        Err(unparsed) => parse::not_understood(unparsed, telling.as_json),
    };
    match result {
        Ok(()) => exit::Exit::Ok.into(),
        Err(error) => {
            report(&error, telling);
            if telling.is_driver && !error.is_reported() { DRIVER_FAILED.into() } else { error.exit().into() }
        }
    }
}

/// Answers `credctl` alone: with the first run where there is no vault, else with the short help.
fn without_verb(global: &options::Global, telling: &mut Telling) -> Result<(), Error> {
    check_environment()?;
    check_randomness(telling)?;
    harden::memory();
    if setup::first_run::run(global)? { Ok(()) } else { output::text(&help::short(&Cli::command())) }
}

fn check_environment() -> Result<(), Error> {
    match harden::refuses_environment() {
        Some(variable) => {
            Err(Error::usage(format!("{variable} is set, which makes age plugins print keys"))
                .hint("unset it"))
        }
        None => Ok(()),
    }
}

/// Without random bytes hash tables panic, and so does everything that makes ids and keys. A JSON document is such
/// a table, so this error comes in words.
fn check_randomness(telling: &mut Telling) -> Result<(), Error> {
    random::check().map_err(|error| {
        telling.as_json = false;
        error.into()
    })
}

fn dispatch(mut cli: Cli, telling: &mut Telling) -> Result<(), Error> {
    let Some(command) = cli.command else { return without_verb(&cli.global, telling) };
    if let Some(vault) = command.merged_vault() {
        telling.is_driver = true;
        // the files of git have names of their own; memory and agent know the vault by its place
        cli.global.vault = Some(vault.to_owned());
    }
    check_environment()?;
    let Some(command) = command.run_alone(Cli::command)? else { return Ok(()) };
    harden::memory();
    check_randomness(telling)?;
    let context = if command.bears_bad_configuration() {
        Context::despite_configuration(cli.global)?
    } else {
        Context::new(cli.global)?
    };
    let settings = &context.settings;
    telling.as_json = matches!(settings.form, Form::Json | Form::Jsonl);
    telling.system = settings.foreign();
    if !command.knows_formats() && settings.dialect.is_none() && settings.format != ForeignFormat::AUTO.0 {
        let what = format!("--format {} is for export and import", settings.format);
        return Err(Error::usage(what).param("format", "unknown"));
    }
    if settings.form == Form::Env && !command.names_fields() {
        let what = "-o env is for `credctl get ID --field FIELD`";
        return Err(Error::usage(what).hint("`credctl export --format dotenv` writes whole credentials"));
    }
    settings.scope().check(command.writes())?;
    let done = command.run(&context);
    done.map_err(|error| context.ui.after_change(error))
}

/// Reports an error: as one JSON object on the last line of stderr, or in words.
fn report(error: &Error, telling: Telling) {
    if error.is_closed_pipe() || error.is_reported() {
        return;
    }
    // a failure to write stderr is no reason for another error
    let mut stderr = std::io::stderr().lock();
    if telling.as_json {
        let mut document = error.document();
        if let Some(system) = telling.system {
            system.error(&mut document);
        }
        let _ = output::json(&Value::Object(document), false, &mut stderr);
    } else {
        let _ = stderr.write_all(error.text().as_bytes());
    }
}
