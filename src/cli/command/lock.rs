//! `lock`: makes the agent forget the key of the vault, or all keys.

use credctl::value::{Object, Value};

use crate::cli::agent;
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::output;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The agent forgets the key at once, and exits if it has no other key. A program
that has opened the vault before keeps what it has read.

Examples:
  credctl lock
  credctl lock --all")]
pub struct Args {
    /// Lock all vaults that were unlocked
    #[arg(long)]
    all: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let settings = &context.settings;
    let count = agent::lock(settings, args.all)?;
    let vault = if args.all { None } else { Some(settings.vault()?.display().to_string()) };
    let message = match (count, &vault) {
        (0, None) => "no vault was unlocked".to_owned(),
        (_, None) => "all vaults are locked".to_owned(),
        (0, Some(vault)) => format!("{vault} was not unlocked"),
        (_, Some(vault)) => format!("{vault} is locked"),
    };
    let mut document = Object::new();
    if let Some(vault) = vault {
        document.insert("vault", Value::text(vault));
    }
    document.insert("locked", count > 0);
    document.insert("message", Value::text(message.as_str()));
    output::message(settings, &document, &message, "")
}
