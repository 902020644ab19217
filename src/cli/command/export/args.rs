//! The arguments of `export`.

use std::path::PathBuf;

use crate::cli::output::OutArgs;
use crate::cli::words;

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
#[command(after_help = format!("\
Without ids, a filter or a document, credctl exports everything. It adds the
policies that the credentials depend on. It writes secrets to a file, a pipe or
an age file, and to a terminal only with --force-tty. It leaves an existing file
alone, unless --overwrite replaces the file or --merge (aws-credentials,
kubeconfig, netrc, dotenv) adds to the file and keeps everything else.
With --encrypt-to, --out also takes the address of an object, where only another
export is replaced.

Formats: {}

Examples:
  credctl export > all.json
  credctl export --encrypt-to age1… --out all.json.age
  credctl export --encrypt-to age1… --out s3://backup/all.json.age
  credctl export ci --format aws-credentials --out ~/.aws/credentials --merge
  credctl export web-1 web-2 --format aspire --out aspire.json
  credctl export --filter \"type eq 'apiCredential'\" --format apinizer
  credctl export partner --format apinizer --with-access | jq .
  credctl export --no-secrets", formats()))]
pub struct Args {
    /// The ids of the credentials
    pub ids: Vec<String>,
    /// Export all credentials that match EXPR; see `credctl list --help`
    #[arg(long, value_name = "EXPR", conflicts_with_all = ["ids", "file"])]
    pub filter: Option<String>,
    /// Export the credentials that a document names: {"ids": [...]} or {"filter": {...}}; - is stdin
    #[arg(short, long, value_name = "FILE", conflicts_with = "ids", value_hint = clap::ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub out: OutArgs,
    /// Add the credentials to the file of --out and keep everything else there
    #[arg(long, requires = "out", conflicts_with_all = ["overwrite", "encrypt_to", "no_secrets"])]
    pub merge: bool,
    /// Encrypt the export with age to recipient R
    #[arg(long, value_name = "R")]
    pub encrypt_to: Vec<String>,
    /// Leave the secrets out
    #[arg(long)]
    pub no_secrets: bool,
    /// Export the grants too, with --format apinizer
    #[arg(long)]
    pub with_access: bool,
    /// Export this policy too; without ids, export only the policy
    #[arg(long, value_name = "ID")]
    #[arg(value_parser = words::name)]
    pub policy: Vec<String>,
    /// Export secrets even of credentials that must not be used now
    #[arg(long)]
    pub force: bool,
    /// Write secrets even to a terminal
    #[arg(long)]
    pub force_tty: bool,
    /// Leave the ids out, with --format astra, for a system that makes ids itself
    #[arg(long)]
    pub post_bodies: bool,
    /// The e-mail address of logins, with --format apinizer
    #[arg(long, value_name = "E")]
    pub email: Option<String>,
    /// The full name of logins, with --format apinizer
    #[arg(long, value_name = "NAME")]
    pub full_name: Option<String>,
    /// The version of the documents, with --format network-controller
    #[arg(long, value_name = "VERSION")]
    pub nc_version: Option<String>,
}

fn formats() -> String {
    let names: Vec<_> = credctl::export::FORMATS.iter().map(|format| format.name).collect();
    names.join(", ")
}
