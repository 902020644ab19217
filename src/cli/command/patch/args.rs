//! The words of `patch`.

use crate::cli::error::Error;
use crate::cli::options::{DocumentArgs, EnvelopeArgs, WriteArgs};
use crate::cli::words as typed;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl patch aws1 secretAccessKey=- < new-key
  credctl patch admin --description 'vCenter, rack 4' --enabled=false
  credctl patch admin --unset domain
  credctl patch admin --label env=prod --unset labels.team
      the other labels stay
  credctl patch crawler properties.user=svc
      one leaf; the others stay
  credctl patch admin -f changes.json

In a document, a member that is null is unset.")]
pub struct Args {
    /// The id, or several, then fields
    #[arg(value_name = "ID... [FIELD=VALUE]...", value_parser = typed::fields(), hide_possible_values = true)]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) document: DocumentArgs,
    /// All that this holds of; see `credctl list --help`
    #[arg(long, value_name = "EXPR")]
    pub(super) filter: Option<String>,
    /// Remove an optional field, one leaf of an object, a label (labels.NAME) or a tag (tags.NAME)
    #[arg(long, value_name = "FIELD")]
    pub(super) unset: Vec<String>,
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

/// That no id was given.
pub(super) fn no_id() -> Error {
    Error::usage("an id is needed").hint("`credctl list -o name` shows the ids")
}
