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
mod select;
mod session;
mod store;
mod unlock;
mod words;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args as _, CommandFactory as _, FromArgMatches as _, Subcommand as _};

use args::{Cli, Command, Form, Format, Global};
use context::Context;
use credctl::value::Value;
use error::{Error, Kind};

/// Runs the program. The status is chosen here, once.
pub fn run() -> ExitCode {
    // how errors are told is known for sure only once the configuration was read
    let mut as_json = context::wants_json();
    let result = match parse(command::helper::by_name(context::words())) {
        Ok(cli) => dispatch(cli, &mut as_json),
        Err(error) => not_understood(&error, as_json),
    };
    match result {
        Ok(()) => exit::Exit::Ok.into(),
        Err(error) => {
            report(&error, as_json);
            error.exit().into()
        }
    }
}

/// Understands the words. The options of all verbs are put together only if there is something to say
/// about them: an error, or help. What a single verb understands, all together understand alike.
fn parse(words: Vec<OsString>) -> Result<Cli, clap::Error> {
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

fn dispatch(cli: Cli, as_json: &mut bool) -> Result<(), Error> {
    if let Some(variable) = harden::refuses_environment() {
        return Err(
            Error::usage(format!("{variable} is set, which makes age plugins print keys")).hint("unset it")
        );
    }
    // these need neither a vault nor a configuration
    match cli.command {
        Command::Completions(args) => return command::completions::run(&args),
        Command::Man(args) => return command::man::run(&args),
        _ => {}
    }
    harden::memory();
    let context = Context::new(cli.global)?;
    *as_json = matches!(context.form, Form::Json | Form::Jsonl);
    let knows_more = matches!(cli.command, Command::Export(_) | Command::Import(_));
    if !knows_more && context.dialect.is_none() && context.format != Format::AUTO.0 {
        let what = format!("--format {} is for export and import", context.format);
        return Err(Error::usage(what).param("format", "unknown"));
    }
    match cli.command {
        Command::Export(args) => command::export::run(&context, &args),
        Command::Import(args) => command::import::run(&context, &args),
        Command::Run(args) => command::run::run(&context, &args),
        Command::Inject(args) => command::inject::run(&context, &args),
        Command::Find(args) => command::find::run(&context, &args),
        Command::Generate(args) => command::generate::run(&context, &args),
        Command::Helper(args) => command::helper::run(&context, &args),
        Command::ClearClipboard(args) => {
            clipboard::clear(&context, std::time::Duration::from_secs(args.seconds))
        }
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
        Command::Completions(_) | Command::Man(_) => Ok(()),
    }
}

/// What clap says: help and the version are answers, the rest is wrong usage.
fn not_understood(error: &clap::Error, as_json: bool) -> Result<(), Error> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(error.print()?),
        _ if as_json => {
            let text = error.render().to_string();
            let what = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            Err(Error::usage(what))
        }
        _ => {
            let _ = error.print();
            Err(Error::new(Kind::Usage, String::new()))
        }
    }
}

/// Tells an error: as one JSON object on the last line of stderr, or in words.
fn report(error: &Error, as_json: bool) {
    if error.is_closed_pipe() || error.is_told() {
        return;
    }
    // that stderr cannot be written is no reason for another error
    let mut stderr = std::io::stderr().lock();
    if as_json {
        let _ = output::json(&Value::Object(error.document()), false, &mut stderr);
    } else {
        let _ = stderr.write_all(error.text().as_bytes());
    }
}
