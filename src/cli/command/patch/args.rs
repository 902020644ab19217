//! The arguments of `patch`.

use crate::cli::error::Error;
use crate::cli::options::{DocumentArgs, EnvelopeArgs, TargetArgs, WriteArgs};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  credctl patch aws1 secretAccessKey=- < new-key
  credctl patch admin --description 'vCenter, rack 4' --enabled=false
  credctl patch admin --unset domain
  credctl patch admin --label env=prod --unset labels.team
      keeps the other labels
  credctl patch crawler properties.user=svc
      changes one leaf and keeps the others
  credctl patch admin -f changes.json

In a document, null unsets a member.")]
pub struct Args {
    /// One or several ids, then the fields
    #[arg(value_name = "ID... [FIELD=VALUE]...")]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) document: DocumentArgs,
    /// Change all credentials that match EXPR; see `credctl list --help`
    #[arg(long, value_name = "EXPR")]
    pub(super) filter: Option<String>,
    /// Remove an optional field, one leaf of an object, a label (labels.NAME) or a tag (tags.NAME)
    #[arg(long, value_name = "FIELD")]
    pub(super) unset: Vec<String>,
    #[command(flatten)]
    pub(super) target: TargetArgs,
    /// Change all of the credentials, or none
    #[arg(long)]
    pub(super) atomic: bool,
    #[command(flatten)]
    pub(super) write: WriteArgs,
    #[command(flatten)]
    pub(super) envelope: EnvelopeArgs,
}

/// Makes the error for a call without an id.
pub(super) fn no_id() -> Error {
    Error::usage("an id is needed").hint("`credctl list -o name` shows the ids")
}
