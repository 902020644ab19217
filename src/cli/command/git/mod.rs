//! `git`: a vault in a repository, with what git needs to know about it. The credential helper of git is `helper git`.

mod check;
mod driver;
mod hook;
mod lists;
mod report;
mod settings;
mod setup;
mod textconv;

use std::path::Path;

use crate::cli::context::Context;
use crate::cli::error::Error;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A vault is one encrypted file. git can show no difference between two states of
it, and cannot merge them: it keeps one side. `git setup` tells git what to do,
for the vault in use, in this copy of the repository. Everybody who works with
the repository runs it once. `credctl helper git` is another thing: it gives git
its passwords.

Examples:
  credctl --vault team.age git setup
  credctl git check              finds what a merge lost
  git log -p team.age            shows ids, fields and tags, never values")]
pub struct Args {
    #[command(subcommand)]
    command: GitCommand,
}

#[derive(Debug, clap::Subcommand)]
enum GitCommand {
    /// Tell git how to show, merge and check the vault
    Setup(setup::Args),
    /// Find lost sides of a vault, plaintext, and files that git must not track
    Check(check::Args),
    // git runs it as %O %A %B %P
    #[command(name = "merge-driver", hide = true)]
    MergeDriver(driver::Args),
    /// Print a vault as text without values, for `git diff` and `git log -p`
    Textconv(textconv::Args),
}

impl Args {
    /// Returns the vault that a merge driver is called for. A failed merge driver has an exit status of its own.
    pub fn merged_vault(&self) -> Option<&Path> {
        match &self.command {
            GitCommand::MergeDriver(args) => Some(&args.vault),
            _ => None,
        }
    }

    /// Returns true for `git textconv`, because git stops if it fails.
    pub fn bears_bad_configuration(&self) -> bool {
        matches!(self.command, GitCommand::Textconv(_))
    }
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    match &args.command {
        GitCommand::Setup(args) => setup::run(context, args),
        GitCommand::Check(args) => check::run(context, args),
        GitCommand::MergeDriver(args) => driver::run(context, args),
        GitCommand::Textconv(args) => textconv::run(context, args),
    }
}
