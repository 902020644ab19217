//! The arguments of `import`.

use std::path::PathBuf;

use clap::ValueEnum;
use credctl::import::PASS;
use credctl::store::{self, ImportOptions};

use crate::cli::options::WriteArgs;

#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
credctl recognises the format of the file. Where it does not, name the format
with --format. The answer counts the items and names those that failed; -o json
has a result for each. Notices name the data that credctl cannot store. An item
without an ID gets one that credctl makes from its title. Data that a type has no
field for is stored in own fields, custom.NAME.

Formats, beside the documents of the systems: {}

Examples:
  credctl import aspire-export.json --dry-run
  credctl import backup.json --on-conflict skip
  credctl import ~/.aws/credentials
  gpg -d passwords.xml.gpg | credctl import - --format keepass-xml
  credctl import ~/.password-store
      a store of pass; for passage, with -i ~/.passage/identities beside your
      own identity
  credctl import accounts.txt --format apinizer-csv --default-email ops@example.org", formats()))]
pub struct Args {
    /// The file, or the folder of a pass or passage store; - is stdin
    #[arg(value_hint = clap::ValueHint::FilePath)]
    pub(super) file: PathBuf,
    /// The action for an item that exists already: same ID, or same title, user and host
    #[arg(long, value_name = "WHAT", value_enum, default_value = "fail")]
    pub(super) on_conflict: ConflictChoice,
    /// The e-mail address for accounts without one
    #[arg(long, value_name = "E")]
    pub(super) default_email: Option<String>,
    /// Import all items, or none
    #[arg(long)]
    pub(super) atomic: bool,
    #[command(flatten)]
    pub(super) write: WriteArgs,
}

impl Args {
    /// Makes the arguments of an import without options.
    pub fn of(file: PathBuf) -> Self {
        let write = WriteArgs::default();
        Self { file, on_conflict: ConflictChoice::Fail, default_email: None, atomic: false, write }
    }

    /// Returns the choices for the store.
    pub(super) fn options(&self) -> ImportOptions {
        let on_conflict = match self.on_conflict {
            ConflictChoice::Fail => store::OnConflict::Fail,
            ConflictChoice::Skip => store::OnConflict::Skip,
            ConflictChoice::Replace => store::OnConflict::Replace,
        };
        ImportOptions { on_conflict, atomic: self.atomic }
    }
}

pub(super) fn formats() -> String {
    let names: Vec<_> = credctl::import::FORMATS.iter().map(|format| format.name).collect();
    format!("{}, {PASS}", names.join(", "))
}

/// The action for an item that exists already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ConflictChoice {
    /// Fail for the item
    Fail,
    /// Keep the stored credential
    Skip,
    /// Replace the stored credential by the item
    Replace,
}
