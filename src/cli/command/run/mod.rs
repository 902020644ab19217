//! `run`: starts a program with secrets in its environment, and nowhere else.

mod environment;

use std::ffi::OsString;
use std::path::PathBuf;

use credctl::import::variables;
use credctl::secret::Secret;
use credctl::text;
use credctl::vault::Vault;
use credctl::vault::file::read_named;
use zeroize::Zeroizing;

use crate::cli::child::{self, Program};
use crate::cli::context::Context;
use crate::cli::error::{Error, Kind};
use crate::cli::fetch::{Path, SCHEME};
use crate::cli::mask::Mask;
use crate::cli::session;
use environment::Environment;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The program takes our place: signals and the exit status are its own; 126 and 127 say that it could not
be started. It does not inherit what unlocks the vault. --all gives variables their usual names (AWS_ACCESS_KEY_ID, AZURE_CLIENT_ID, ...), or else
the id and the field (DB_PASSWORD). A service account key and a kubeconfig are given as files that are
in memory only: GOOGLE_APPLICATION_CREDENTIALS, KUBECONFIG. An env file is read as python-dotenv
reads one, without expanding variables; a value may be cred://ID/FIELD.

Examples:
  credctl run --env PGPASSWORD=db/password -- psql -h db.example.org
  credctl run --all deploy -- aws s3 ls
  credctl run --env-file .env.credctl --mask -- make deploy
  credctl run --for-api-proxy Payments -- ./smoke-test")]
pub struct Args {
    /// A variable and the value it gets
    #[arg(short, long, value_name = "VAR=ID/FIELD")]
    env: Vec<String>,
    /// A variable and the value in a file in memory, whose path it gets
    #[arg(long, value_name = "VAR=ID/FIELD")]
    env_as_file: Vec<String>,
    /// All fields of a credential
    #[arg(long, value_name = "ID")]
    all: Vec<String>,
    /// All fields of all that is granted to an API proxy
    #[arg(long, value_name = "NAME")]
    for_api_proxy: Vec<String>,
    /// A file of variables, with references in the place of secrets
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    env_file: Vec<PathBuf>,
    /// Give it secrets also of a credential that must not be used now
    #[arg(long)]
    force: bool,
    /// Give it nothing else but PATH, HOME and the like
    #[arg(long)]
    clean_env: bool,
    /// Mask the secrets in what it prints
    #[arg(long)]
    mask: bool,
    /// Allow a variable that makes programs load code, such as LD_PRELOAD
    #[arg(long, value_name = "NAME")]
    allow_env: Vec<String>,
    /// The program and its words
    #[arg(last = true, required = true, value_name = "COMMAND", value_hint = clap::ValueHint::CommandWithArguments)]
    command: Vec<OsString>,
}

/// Largest env file.
const LIMIT: u64 = 1024 * 1024;

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let mut lines = Vec::new();
    for path in &args.env_file {
        lines.extend(self::lines(path)?);
    }
    let needs_vault = !args.env.is_empty()
        || !args.env_as_file.is_empty()
        || !args.all.is_empty()
        || !args.for_api_proxy.is_empty()
        || lines.iter().any(|(_, value)| value.expose().starts_with(SCHEME));
    if !needs_vault {
        // the line is the passphrase all the same, and not for the program
        context.skip_passphrase()?;
    }
    let mut environment = Environment::default();
    let mut vault = if needs_vault { Some(session::read(context)?) } else { None };
    for (name, value) in lines {
        match &mut vault {
            Some(vault) if value.expose().starts_with(SCHEME) => {
                let secret = fetched(context, args.force, vault, value.expose())?;
                environment.put(args, &name, secret, true)?;
            }
            _ => environment.put(args, &name, value, false)?,
        }
    }
    if let Some(vault) = &mut vault {
        environment.all(context, args, vault)?;
        for pair in &args.env {
            let (name, path) = pair_of(pair, "--env")?;
            let secret = fetched(context, args.force, vault, path)?;
            environment.put(args, name, secret, true)?;
        }
        for pair in &args.env_as_file {
            let (name, path) = pair_of(pair, "--env-as-file")?;
            let value = Path::parse(path)?.fetch(context, args.force, vault)?;
            environment.put_file(args, name, &value)?;
        }
    }
    drop(vault);
    let Environment { variables, secrets, files } = environment;
    let program = Program { words: args.command.clone(), variables, clean: args.clean_env };
    if !args.mask {
        let error = program.become_it();
        drop(files);
        return Err(error);
    }
    let status = program.run_masked(&Mask::new(&secrets))?;
    drop(files);
    match child::status(status) {
        0 => Ok(()),
        status => Err(Error::new(Kind::Child(status), "")),
    }
}

fn fetched(context: &Context, force: bool, vault: &mut Vault, path: &str) -> Result<Secret, Error> {
    let mut value = Path::parse(path)?.fetch(context, force, vault)?;
    Secret::from_utf8(std::mem::take(&mut *value)).map_err(|_| {
        Error::new(Kind::Invalid, format!("{path} is not text")).hint("--env-as-file gives it as a file")
    })
}

fn pair_of<'a>(pair: &'a str, option: &str) -> Result<(&'a str, &'a str), Error> {
    pair.split_once('=').ok_or_else(|| Error::usage(format!("{option} takes VAR=ID/FIELD")))
}

/// The variables of a `.env` file.
fn lines(path: &std::path::Path) -> Result<Vec<(String, Secret)>, Error> {
    let bytes: Zeroizing<Vec<u8>> = read_named(path, LIMIT)?;
    let name = path.display().to_string();
    let text = text::decode(&bytes).map_err(|error| Error::new(Kind::Invalid, format!("{name} {error}")))?;
    variables(&text).map_err(|wrong| {
        let wrong = wrong.iter().map(|one| format!("{}: {}", one.name, one.reason)).collect::<Vec<_>>();
        Error::new(Kind::Invalid, format!("{name}, {}", wrong.join("; ")))
    })
}
