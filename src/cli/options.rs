//! Options that several verbs take, as data. What one verb takes is in its own file under `command/`.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use credctl::credential::{Grantee, GranteeKind};
use credctl::dialect::Dialect;
use credctl::{export, import};

use super::error::Error;

// options that every verb takes, before or after it
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Global {
    /// The vault file [env: CREDCTL_VAULT] [default: vault.age in the data folder]
    #[arg(long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    pub vault: Option<PathBuf>,
    /// An age identity, an encrypted one, or an SSH private key [env: CREDCTL_IDENTITY]
    #[arg(short, long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    pub identity: Vec<PathBuf>,
    /// The first line of stdin is the passphrase; what follows is data
    #[arg(long, global = true)]
    pub passphrase_stdin: bool,
    /// Read the passphrase from an open descriptor
    #[arg(long, value_name = "N", global = true)]
    pub passphrase_fd: Option<u32>,
    /// Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]
    #[arg(long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    pub passphrase_file: Option<PathBuf>,
    /// Run a command through the shell and read the passphrase from it [env: CREDCTL_PASSPHRASE_COMMAND]
    #[arg(long, value_name = "CMD", global = true)]
    pub passphrase_command: Option<String>,
    /// The project; admin is global [env: CREDCTL_PROJECT] [default: admin]
    #[arg(short, long, value_name = "NAME", global = true)]
    pub project: Option<String>,
    /// operator may only read [env: CREDCTL_ROLE] [default: administrator]
    #[arg(long, value_name = "ROLE", global = true)]
    pub role: Option<String>,
    /// How to print the answer [env: CREDCTL_OUTPUT] [default: table]
    #[arg(short, long, value_name = "FORM", global = true, value_enum)]
    pub output: Option<Form>,
    /// Whose document shape is read or written: auto, native, citrix, aspire, network-controller, astra,
    /// apinizer; export and import know more [default: auto when reading, native when writing]
    #[arg(long, value_name = "NAME", global = true, value_enum, hide_possible_values = true)]
    pub format: Option<Format>,
    /// Never ask, also on a terminal [env: CREDCTL_NON_INTERACTIVE]
    #[arg(long, global = true)]
    pub non_interactive: bool,
    /// Hide notices
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Tell more about what is done
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Colour on a terminal [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]
    #[arg(long, value_name = "WHEN", global = true, value_enum)]
    pub color: Option<When>,
    /// The configuration file [env: CREDCTL_CONFIG] [default: config.toml in the config folder]
    #[arg(long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// How long to wait for another writer, such as 30s [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]
    #[arg(long, value_name = "TIME", global = true)]
    pub lock_timeout: Option<String>,
    /// Lock the vault to its recipients also where some are new to this machine
    #[arg(long, global = true)]
    pub accept_recipients: bool,
    /// Allow an age plugin by name; it is a program that is run
    #[arg(long, value_name = "NAME", global = true)]
    pub plugin: Vec<String>,
}

/// Forms of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    Table,
    Wide,
    Json,
    Jsonl,
    Yaml,
    Csv,
    Tsv,
    Name,
}

/// Whose documents: a system's, or what only `export` and `import` know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format(pub &'static str);

impl Format {
    /// To be recognised.
    pub const AUTO: Self = Self("auto");

    /// The system that was named, if it is one.
    pub fn dialect(self) -> Option<Dialect> {
        Dialect::ALL.into_iter().find(|dialect| dialect.name() == self.0)
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<Format>> = LazyLock::new(|| {
            let mut names = vec![Format::AUTO.0];
            names.extend(Dialect::ALL.map(Dialect::name));
            names.extend(export::FORMATS.iter().map(|format| format.name));
            names.extend(import::FORMATS.iter().map(|format| format.name));
            names.push(import::PASS);
            let mut seen = HashSet::new();
            names.retain(|name| seen.insert(*name));
            names.into_iter().map(Format).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0))
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

// what every credential has beside its fields; a doc comment would become the verb's help
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Envelope")]
pub struct EnvelopeArgs {
    /// A name for people
    #[arg(long)]
    pub name: Option<String>,
    /// What it is for
    #[arg(long)]
    pub description: Option<String>,
    /// A label; patch keeps the other labels, update replaces them
    #[arg(long, value_name = "NAME=VALUE")]
    pub label: Vec<String>,
    /// A tag; patch keeps the other tags, update replaces them
    #[arg(long, value_name = "NAME=VALUE")]
    pub tag: Vec<String>,
    /// Id of a throttle policy
    #[arg(long, value_name = "ID")]
    pub throttle_policy: Option<String>,
    /// Valid from: 2027-01-31, an RFC 3339 time, or a span from now such as 12h
    #[arg(long, value_name = "T")]
    pub valid_from: Option<String>,
    /// Valid until, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d
    #[arg(long, value_name = "T")]
    pub valid_until: Option<String>,
    /// Whether it may be used
    #[arg(long, value_name = "BOOL")]
    pub enabled: Option<String>,
}

// a document instead of words
#[derive(Debug, Default, Args)]
pub struct DocumentArgs {
    /// Read a document: JSON, JSON Lines or YAML; - is stdin
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: Option<PathBuf>,
}

// what every verb that writes takes
#[derive(Debug, Default, Args)]
pub struct WriteArgs {
    /// Validate and report, but write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Answer yes to what would be asked
    #[arg(short, long)]
    pub yes: bool,
}

// whom a credential is granted to
#[derive(Debug, Default, Args)]
pub struct GranteeArgs {
    /// An API proxy
    #[arg(long, value_name = "NAME")]
    api_proxy: Vec<String>,
    /// A group of API proxies
    #[arg(long, value_name = "NAME")]
    api_proxy_group: Vec<String>,
}

impl GranteeArgs {
    /// Returns true if none was given.
    pub fn is_empty(&self) -> bool {
        self.api_proxy.is_empty() && self.api_proxy_group.is_empty()
    }

    /// Those that were given.
    pub fn read(&self) -> Result<Vec<Grantee>, Error> {
        let proxies = self.api_proxy.iter().map(|name| (GranteeKind::ApiProxy, name));
        let groups = self.api_proxy_group.iter().map(|name| (GranteeKind::ApiProxyGroup, name));
        Ok(proxies.chain(groups).map(|(kind, name)| Grantee::new(kind, name)).collect::<Result<_, _>>()?)
    }
}

impl EnvelopeArgs {
    /// Returns true if none was given.
    pub fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.description.is_none()
            && self.label.is_empty()
            && self.tag.is_empty()
            && self.throttle_policy.is_none()
            && self.valid_from.is_none()
            && self.valid_until.is_none()
            && self.enabled.is_none()
    }
}
