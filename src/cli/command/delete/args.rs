//! The arguments of `delete`.

use crate::cli::options::{DocumentArgs, WriteArgs};
use crate::cli::words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
credctl deletes the grants of a credential and the references to it, and lists
the references. Until a purge, `credctl restore ID` brings the credential back,
without grants and references.

On a terminal, credctl shows a list to choose from if you give no id, or a word
that is no id.

Examples:
  credctl delete admin
  credctl rm -y old1 old2 old3
  credctl rm -y maybe --ignore-missing
  echo '{\"ids\":[\"A\",\"B\"]}' | credctl rm -y -f -")]
pub struct Args {
    /// The ids of the credentials; on a terminal, a word to choose one by
    #[arg(value_parser = words::name)]
    pub(super) ids: Vec<String>,
    #[command(flatten)]
    pub(super) document: DocumentArgs,
    /// Delete all credentials that match EXPR; see `credctl list --help`
    #[arg(long, value_name = "EXPR", conflicts_with_all = ["ids", "file"])]
    pub(super) filter: Option<String>,
    /// Ignore ids that do not exist
    #[arg(long)]
    pub(super) ignore_missing: bool,
    /// Delete the credential only if this is its etag; * matches any
    #[arg(long, value_name = "ETAG")]
    pub(super) if_match: Option<String>,
    /// Find the credentials by their names
    #[arg(long)]
    pub(super) by_name: bool,
    /// Delete all of the credentials, or none
    #[arg(long)]
    pub(super) atomic: bool,
    #[command(flatten)]
    pub(super) write: WriteArgs,
}
