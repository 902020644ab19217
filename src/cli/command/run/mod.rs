//! `run`: starts a program with secrets in its environment, and nowhere else.

mod args;
mod environment;
mod names;

use credctl::disk::read_named;
use credctl::secret::Secret;
use credctl::store::Resolver;
use credctl::syntax::dotenv::{Assignment, variables};
use credctl::text::{self, has_reference};
use zeroize::Zeroizing;

use crate::cli::child::{self, Program};
use crate::cli::context::{Context, Ui};
use crate::cli::error::{Error, Failure};
use crate::cli::mask::Mask;
use crate::cli::session;
pub use args::Args;
use environment::{ChildEnvironment, check_name, resolver};

/// The largest env file, in bytes.
const LIMIT: u64 = 1024 * 1024;

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let Context { settings, ui, input } = context;
    let mut lines = Vec::new();
    for path in &args.env_file {
        lines.extend(self::lines(ui, path)?.into_iter().map(|line| (path, line)));
    }
    let given = pairs(&args.env, "--env")?;
    let files = pairs(&args.env_as_file, "--env-as-file")?;
    // names are checked before the vault is opened: a mistake costs nothing
    for name in given.iter().chain(&files).map(|(name, _)| *name) {
        check_name(args, name)?;
    }
    for (path, line) in &lines {
        check_name(args, &line.name).map_err(|error| error.at(&place(path, line)))?;
    }
    let needs_vault = !args.env.is_empty()
        || !args.env_as_file.is_empty()
        || !args.ids.is_empty()
        || !args.all.is_empty()
        || !args.for_api_proxy.is_empty()
        || lines.iter().any(|(_, line)| has_reference(line.value.expose()));
    if !needs_vault {
        // the first line is the passphrase all the same, and must not reach the program
        input.skip_passphrase(ui)?;
    }
    let mut environment = ChildEnvironment::default();
    let mut vault = if needs_vault { Some(session::read(context)?) } else { None };
    let mut of_lines = vault.as_mut().map(|vault| resolver(settings, args, vault));
    for (path, line) in lines {
        let value = match &mut of_lines {
            Some(resolver) => resolved(args, resolver, &line.name, &line.value, &mut environment)
                .map_err(|error| error.at(&place(path, &line)))?,
            None => line.value,
        };
        environment.put(args, &line.name, value)?;
    }
    if let Some(vault) = &mut vault {
        environment.all(context, args, vault)?;
        let mut resolver = resolver(settings, args, vault);
        for (name, value) in given {
            let value = given_value(args, &mut resolver, (name, value), &mut environment)
                .map_err(|error| error.at(&format!("--env {name}")))?;
            environment.put(args, name, value)?;
        }
        for (name, path) in files {
            let value = resolver
                .path(path)
                .map_err(|error| Error::from(error).at(&format!("--env-as-file {name}")))?;
            environment.put_file(args, name, &value)?;
        }
    }
    drop(vault);
    input.shed_key(ui)?;
    let ChildEnvironment { variables, secrets, files, .. } = environment;
    let program = Program { words: args.command.clone(), variables, clean: args.clean_env };
    if !args.mask {
        let error = program.become_it();
        drop(files);
        return Err(error);
    }
    let status = program.run_masked(Mask::new(&secrets))?;
    drop(files);
    match child::status(status) {
        0 => Ok(()),
        status => Err(Error::reported(status, format!("the program ended with status {status}"))),
    }
}

/// Resolves the references in a text, and marks their fields for masking.
fn resolved(
    args: &Args,
    resolver: &mut Resolver<'_>,
    name: &str,
    text: &Secret,
    environment: &mut ChildEnvironment,
) -> Result<Secret, Error> {
    if !has_reference(text.expose()) {
        return Ok(text.clone());
    }
    environment.filled(args, name, &resolver.value(text.expose())?)
}

/// Resolves the value of `--env NAME=`: a text with references, or else `ID/FIELD`.
fn given_value(
    args: &Args,
    resolver: &mut Resolver<'_>,
    (name, value): (&str, &str),
    environment: &mut ChildEnvironment,
) -> Result<Secret, Error> {
    if has_reference(value) {
        return resolved(args, resolver, name, &Secret::from(value), environment);
    }
    environment.field(args, name, &resolver.path(value)?)
}

/// Splits the values of an option into names and their values.
fn pairs<'a>(words: &'a [String], option: &str) -> Result<Vec<(&'a str, &'a str)>, Error> {
    let pair = |word: &'a String| {
        word.split_once('=').ok_or_else(|| Error::usage(format!("{option} takes VAR=ID/FIELD")))
    };
    words.iter().map(pair).collect()
}

/// Returns the place of a variable in an env file, for messages.
fn place(path: &std::path::Path, line: &Assignment) -> String {
    format!("line {} of {}", line.line, path.display())
}

/// Reads the variables of a `.env` file.
fn lines(ui: &Ui, path: &std::path::Path) -> Result<Vec<Assignment>, Error> {
    let bytes: Zeroizing<Vec<u8>> = read_named(path, LIMIT)?;
    let name = path.display().to_string();
    let text = text::decode(&bytes)
        .map_err(|error| Error::new(Failure::Invalid, format!("{name} {error}")).describing(error))?;
    let file = variables(&text).map_err(|wrong| {
        let wrong = wrong.iter().map(|one| format!("{}: {}", one.name, one.reason)).collect::<Vec<_>>();
        Error::new(Failure::Invalid, format!("{name}, {}", wrong.join("; ")))
    })?;
    for bare in &file.bare {
        ui.notice(&format!("{name}: {}", bare.notice()));
    }
    Ok(file.assignments)
}
