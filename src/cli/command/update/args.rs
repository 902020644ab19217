//! The words of `update` and `put`.

use crate::cli::options::{DocumentArgs, EnvelopeArgs, WriteArgs};
use crate::cli::words;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Give every required field again. credctl removes optional fields that you do not give, names them,
and on a terminal asks first. A disabled credential is enabled again unless you give
--enabled=false. `credctl patch` changes only what you give. `credctl undo` takes the replacement
back.

Examples:
  credctl update admin username=ips domain=test password=@new.txt
  credctl update admin -f admin.json --if-match 6a0f…
  credctl put -f login.json
      replaces it, or adds it if there is none")]
pub struct Args {
    /// The id, then fields
    #[arg(value_name = "ID [FIELD=VALUE]...", value_parser = words::fields(), hide_possible_values = true)]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) document: DocumentArgs,
    /// Remove a secret that the document lacks because it was written without secrets
    #[arg(long, value_name = "FIELD", requires = "file")]
    pub(super) unset: Vec<String>,
    /// Add it if there is none of this id
    #[arg(long)]
    pub upsert: bool,
    /// The type, where it is to be added
    #[arg(long = "type", value_name = "TYPE")]
    pub(super) kind: Option<String>,
    /// Change it only if this is its etag; * is any
    #[arg(long, value_name = "ETAG")]
    pub(super) if_match: Option<String>,
    /// Find it by its name
    #[arg(long)]
    pub(super) by_name: bool,
    /// All or nothing, when there are several
    #[arg(long)]
    pub(super) atomic: bool,
    #[command(flatten)]
    pub(super) write: WriteArgs,
    #[command(flatten)]
    pub(super) envelope: EnvelopeArgs,
}
