//! The arguments of `update` and `put`.

use crate::cli::options::{DocumentArgs, EnvelopeArgs, TargetArgs, WriteArgs};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Give every required field again. credctl removes optional fields that you do not
give, names them, and on a terminal asks first. It enables a disabled credential
again unless you give --enabled=false. `credctl patch` changes only what you
give. `credctl undo` takes the replacement back.

Examples:
  credctl update admin username=ips domain=test password=@new.txt
  credctl update admin -f admin.json --if-match 6a0f…
  credctl put -f login.json
      replaces the credential, or adds it if there is none")]
pub struct Args {
    /// The id, then the fields
    #[arg(value_name = "ID [FIELD=VALUE]...")]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) document: DocumentArgs,
    /// Remove a secret that the document lacks because it was written without secrets
    #[arg(long, value_name = "FIELD", requires = "file")]
    pub(super) unset: Vec<String>,
    /// Add the credential if there is none with this id
    #[arg(long)]
    pub upsert: bool,
    /// The type, if the credential does not exist yet
    #[arg(long = "type", value_name = "TYPE")]
    pub(super) kind: Option<String>,
    #[command(flatten)]
    pub(super) target: TargetArgs,
    /// Replace all of the credentials, or none
    #[arg(long)]
    pub(super) atomic: bool,
    #[command(flatten)]
    pub(super) write: WriteArgs,
    #[command(flatten)]
    pub(super) envelope: EnvelopeArgs,
}
