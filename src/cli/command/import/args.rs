//! The words of `import`.

use std::path::PathBuf;

use clap::ValueEnum;
use credctl::import::PASS;

use crate::cli::options::WriteArgs;

#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
credctl recognises the format; --format names it where it does not. The answer counts the items and
names those that failed; -o json has a result for each. Notes name what has no place here. An item
without an ID gets one made from its title. What a login has no place for, such as notes and the
seeds of one-time passwords, goes into a key store beside it, ID-extra.

Formats, beside the documents of the systems: {}

Examples:
  credctl import aspire-export.json --dry-run
  credctl import backup.json --on-conflict skip
  credctl import ~/.aws/credentials
  gpg -d passwords.xml.gpg | credctl import - --format keepass-xml
  credctl import ~/.password-store
      a store of pass; of passage with -i ~/.passage/identities beside your own identity
  credctl import accounts.txt --format apinizer-csv --default-email ops@example.org", formats()))]
pub struct Args {
    /// The file, or the folder of a pass or passage store; - is stdin
    #[arg(value_hint = clap::ValueHint::FilePath)]
    pub(super) file: PathBuf,
    /// What to do with an item whose ID is taken, or whose entry is there: same title, user and host
    #[arg(long, value_name = "WHAT", value_enum, default_value = "fail")]
    pub(super) on_conflict: OnConflict,
    /// E-mail address of accounts that have none
    #[arg(long, value_name = "E")]
    pub(super) default_email: Option<String>,
    /// All or nothing
    #[arg(long)]
    pub(super) atomic: bool,
    #[command(flatten)]
    pub(super) write: WriteArgs,
}

pub(super) fn formats() -> String {
    let names: Vec<_> = credctl::import::FORMATS.iter().map(|format| format.name).collect();
    format!("{}, {PASS}", names.join(", "))
}

/// What to do with an item that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OnConflict {
    /// The item fails
    Fail,
    /// The stored one stays
    Skip,
    /// The item replaces the stored one
    Replace,
}
