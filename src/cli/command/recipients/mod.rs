//! `recipients`: the people and machines that can open the vault, by their names.

mod add;
mod list;
mod remove;
mod rename;

use credctl::store::{Preview, Writes};

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::session;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A recipient is a public key: age1…, ssh-ed25519 …, ssh-rsa …, or that of an age
plugin. The matching private key opens the whole vault. The vault also keeps a
name for each recipient.

A removed recipient cannot open the vault any more, but may have kept its
secrets. credctl therefore marks each credential that the recipient could read.
Replace the secret where it is used, then in the vault: that removes the mark.

Examples:
  credctl recipients list
  credctl recipients add age1… --name Ada
  credctl recipients add --file keys.txt
  credctl recipients remove Ada
  credctl list --filter \"rotateRequired eq true\"")]
pub struct Args {
    #[command(subcommand)]
    command: RecipientsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum RecipientsCommand {
    /// List the recipients of the vault
    #[command(visible_alias = "ls")]
    List,
    /// Add recipients that can open the vault
    Add(add::Args),
    /// Remove recipients, and mark the secrets that they could read
    #[command(visible_alias = "rm", alias = "delete")]
    Remove(remove::Args),
    /// Change the name of a recipient
    #[command(visible_alias = "mv")]
    Rename(rename::Args),
}

impl Args {
    /// Returns the part of the vault that the command changes.
    pub fn writes(&self) -> Writes {
        match &self.command {
            RecipientsCommand::List => Writes::Nothing,
            _ => Writes::WholeVault("recipients"),
        }
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match &args.command {
        RecipientsCommand::List => list::run(context),
        RecipientsCommand::Add(args) => repeated(context, &args.write, |seen| add::run(context, args, seen)),
        RecipientsCommand::Remove(args) => {
            repeated(context, &args.write, |seen| remove::run(context, args, seen))
        }
        RecipientsCommand::Rename(args) => {
            repeated(context, &args.write, |seen| rename::run(context, args, seen))
        }
    }
}

/// Makes a change of the recipients, and makes it anew if somebody else has changed them meanwhile.
fn repeated(
    context: &Context,
    write: &WriteArgs,
    mut change: impl FnMut(Preview) -> Result<Option<()>, Error>,
) -> Result<(), Error> {
    loop {
        let seen = session::preview_of_keys(context, write.dry_run)?;
        if let Some(()) = change(seen)? {
            return Ok(());
        }
    }
}
