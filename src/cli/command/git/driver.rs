//! `git merge-driver`: the merge of a vault that git asks for. git reads the status alone: 0 is merged, up to 128 is a
//! conflict that the operator resolves, and more stops the merge with nothing staged.

use std::path::{Path, PathBuf};

use credctl::store::MergeFiles;

use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::session;

/// The status of a merge with conflicts.
const CONFLICTS: u8 = 1;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file that both sides come from: %O, which is empty if there is none
    base: PathBuf,
    /// Our side, in whose place the result is written: %A
    ours: PathBuf,
    /// Their side: %B
    theirs: PathBuf,
    /// The name of the vault in the repository: %P
    pub vault: PathBuf,
}

pub fn run(context: &Context, args: &Args) -> Result<(), Error> {
    let has_base = args.base.metadata().is_ok_and(|file| file.len() > 0);
    let files = MergeFiles {
        base: Some(args.base.as_path()).filter(|_| has_base),
        ours: &args.ours,
        theirs: &args.theirs,
        out: &args.ours,
        is_for_git: true,
    };
    let report = session::store(context)?.merge_files(&files)?;
    if report.conflicts.is_empty() {
        return Ok(());
    }
    tell(context, &args.vault, report.conflicts.len());
    Err(Error::reported(CONFLICTS, "the merge has conflicts"))
}

/// Prints the conflicts, which are inside the vault.
fn tell(context: &Context, vault: &Path, count: usize) {
    let what = if count == 1 { "1 conflict".to_owned() } else { format!("{count} conflicts") };
    context.ui.say(&format!("{}: {what}, kept in the vault", vault.display()));
    context
        .ui
        .say("  hint: credctl conflicts shows them, credctl resolve ends each; then git add and git commit");
}
