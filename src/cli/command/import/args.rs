//! The arguments of `import`.

use std::path::PathBuf;

use clap::ValueEnum;
use credctl::import::{ColumnMap, PASS};
use credctl::store::{self, ImportOptions};

use crate::cli::error::Error;
use crate::cli::options::WriteArgs;
use crate::cli::words;

#[derive(Debug, clap::Args)]
#[command(after_help = format!("\
credctl recognises the format of the file. If it does not, name the format with
--format. The answer counts the items and names those that failed; -o json has a
result for each. Notices name the data that credctl cannot store. credctl makes
the ID of an item without one from its title. It stores data for which the type
has no field in own fields, custom.NAME.

--as names the only item. With variables, such as a .env file, it makes one
credential of type env, which keeps all names and their order. --map names the
columns of a CSV file whose columns credctl does not know:
{}.
Rows with a type may have the fields of that type, too.

Formats, beside the documents of the systems: {}

Examples:
  credctl import aspire-export.json --dry-run
  credctl import backup.json --on-conflict skip
  credctl import .env --as shop
  credctl import ~/.aws/credentials
  credctl import table.csv --map 'title=Name,username=Who,password=#4'
  gpg -d passwords.xml.gpg | credctl import - --format keepass-xml
  credctl import Passwords.kdbx
      a KeePass database; asks for its password
  credctl import export.1pux --dry-run
  credctl import ~/.password-store
      a store of pass; for passage, with -i ~/.passage/identities beside your
      own identity
  credctl import accounts.txt --format apinizer-csv --default-email a@b.example", ColumnMap::names_and_own(), formats()))]
pub struct Args {
    /// The file, or the folder of a pass or passage store; - is stdin
    #[arg(value_hint = clap::ValueHint::FilePath)]
    pub(super) file: PathBuf,
    /// The action for an item that exists already: same ID, or same title, user and host
    #[arg(long, value_name = "WHAT", value_enum, default_value = "fail")]
    pub(super) on_conflict: ConflictChoice,
    /// The ID of the only credential; variables become one of type env
    #[arg(long = "as", value_name = "ID", value_parser = words::name)]
    pub(super) as_id: Option<String>,
    /// Begin the ID of every new credential with P
    #[arg(long, value_name = "P", value_parser = words::name, conflicts_with = "as_id")]
    pub(super) id_prefix: Option<String>,
    /// The columns of a CSV file: FIELD=COLUMN, where COLUMN is a name or #NUMBER
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',')]
    pub(super) map: Vec<String>,
    /// With --map: the first line of the file is a row, and names no columns
    #[arg(long, requires = "map")]
    pub(super) no_header: bool,
    /// The e-mail address for accounts without one
    #[arg(long, value_name = "E")]
    pub(super) default_email: Option<String>,
    /// Import all items, or none
    #[arg(long)]
    pub(super) atomic: bool,
    #[command(flatten)]
    pub(super) source: SourceKeyArgs,
    #[command(flatten)]
    pub(super) write: WriteArgs,
}

// the key of the file that is imported, as opposed to that of the vault
#[derive(Debug, Default, clap::Args)]
pub(super) struct SourceKeyArgs {
    /// The key file of a KeePass database
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) key_file: Option<PathBuf>,
    /// Read the password of a KeePass database from an open descriptor
    #[arg(long, value_name = "N", conflicts_with = "source_passphrase_file")]
    pub(super) source_passphrase_fd: Option<u32>,
    /// Read the password of a KeePass database from a file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) source_passphrase_file: Option<PathBuf>,
}

impl SourceKeyArgs {
    /// Refuses a key for a file that needs none.
    pub(super) fn refuse(&self) -> Result<(), Error> {
        let Self { key_file, source_passphrase_fd, source_passphrase_file } = self;
        if key_file.is_none() && source_passphrase_fd.is_none() && source_passphrase_file.is_none() {
            return Ok(());
        }
        Err(Error::usage("a key file or a password was given, and the file is no KeePass database"))
    }
}

impl Args {
    /// Makes the arguments of an import without options.
    pub fn of(file: PathBuf) -> Self {
        let write = WriteArgs::default();
        Self {
            file,
            on_conflict: ConflictChoice::Fail,
            as_id: None,
            id_prefix: None,
            map: Vec::new(),
            no_header: false,
            default_email: None,
            atomic: false,
            source: SourceKeyArgs::default(),
            write,
        }
    }

    /// Returns the choices for the store.
    pub(super) fn options(&self) -> ImportOptions {
        let on_conflict = match self.on_conflict {
            ConflictChoice::Fail => store::OnConflict::Fail,
            ConflictChoice::Skip => store::OnConflict::Skip,
            ConflictChoice::Replace => store::OnConflict::Replace,
            ConflictChoice::Rename => store::OnConflict::Rename,
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
    /// Give the item the next free ID: ID-2
    Rename,
}
