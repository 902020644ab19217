//! `git textconv`: what git compares in the place of a vault. It never asks, never fails on a file, and remembers
//! nothing: git shows any revision of any branch.

use std::path::{Path, PathBuf};

use credctl::disk::open_named;
use credctl::vault::{self, Sealed, Vault};

use crate::cli::context::{Context, Settings};
use crate::cli::error::Error;
use crate::cli::{output, tagged, unlock};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The text has the ids, types, field names, revisions and dates of the
credentials. In the place of each value it has a tag of 12 digits: equal values
of one vault have equal tags, and another value has another one. The key of the
tags is inside the vault.

A vault that no plain identity and no agent opens is one line. credctl never
prompts here, and ends with 0, because git stops at an error.

Examples:
  credctl git textconv team.age
  git diff HEAD~ team.age         after `credctl git setup`")]
pub struct Args {
    /// The file, of any revision
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let text = text(&context.settings, &args.file).unwrap_or_else(|line| format!("{line}\n"));
    output::text(&text)
}

/// Returns the text of a vault, or the one line about a file that is not shown.
fn text(settings: &Settings, path: &Path) -> Result<String, String> {
    let unreadable =
        |error: Error| output::sanitize::line(&format!("not readable: {}", error.detail())).into_owned();
    let file = open_named(path).map_err(|error| unreadable(vault::Error::from(error).into()))?;
    let sealed = Sealed::inspect(file).map_err(|error| unreadable(error.into()))?;
    let digest = sealed.digest();
    // another revision has another digest, so that a change shows even so
    let locked = || format!("locked vault {digest}");
    let key = unlock::quiet_key(settings, &sealed).ok_or_else(locked)?;
    let opened = Vault::open(sealed, &key).and_then(|mut vault| tagged::text(&mut vault));
    opened.map_err(|error| match error {
        vault::Error::Locked(_) => locked(),
        error => unreadable(error.into()),
    })
}
