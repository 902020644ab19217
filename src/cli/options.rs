//! The options that several commands take, as data. Each command has its own options in its file under
//! `command/`.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use credctl::credential::{Grantee, GranteeKind};
use credctl::dialect::Dialect;
use credctl::{export, import};

use super::error::Error;

// the options that every command takes, before or after its name
#[derive(Debug, Default, Clone, Args)]
#[command(next_help_heading = "Global options")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Global {
    /// The vault: a file or address [env: CREDCTL_VAULT] [default: vault.age]
    #[arg(long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    pub vault: Option<PathBuf>,
    /// An age or SSH identity [env: CREDCTL_IDENTITY] [default: identity.txt]
    #[arg(short, long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    pub identity: Vec<PathBuf>,
    /// Read the passphrase from the first line of stdin; the rest is data
    #[arg(long, global = true)]
    pub passphrase_stdin: bool,
    /// Read the passphrase from an open descriptor
    #[arg(long, value_name = "N", global = true)]
    pub passphrase_fd: Option<u32>,
    /// Read the passphrase from a file [env: CREDCTL_PASSPHRASE_FILE]
    #[arg(long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    pub passphrase_file: Option<PathBuf>,
    /// Run a command for the passphrase [env: CREDCTL_PASSPHRASE_COMMAND]
    #[arg(long, value_name = "CMD", global = true)]
    pub passphrase_command: Option<String>,
    /// The project; admin is global [env: CREDCTL_PROJECT] [default: admin]
    #[arg(short, long, value_name = "NAME", global = true)]
    pub project: Option<String>,
    /// The role: an operator may only read. It prevents mistakes, and is no access control [env: CREDCTL_ROLE]
    /// [default: administrator]
    #[arg(long, value_name = "ROLE", global = true)]
    pub role: Option<String>,
    /// The form of the answer [env: CREDCTL_OUTPUT] [default: table]
    #[arg(short, long, value_name = "FORM", global = true, value_enum)]
    pub output: Option<Form>,
    /// The shape of documents to read or write: auto, native, citrix, aspire, network-controller, astra,
    /// apinizer; export and import know more [default: auto when reading, native when writing]
    #[arg(long, value_name = "NAME", global = true, value_enum, hide_possible_values = true)]
    pub format: Option<ForeignFormat>,
    /// Never prompt, even on a terminal [env: CREDCTL_NON_INTERACTIVE]
    #[arg(long, global = true)]
    pub non_interactive: bool,
    /// Hide notices
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print more details
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Colour the output [env: NO_COLOR, CLICOLOR_FORCE] [default: auto]
    #[arg(long, value_name = "WHEN", global = true, value_enum)]
    pub color: Option<When>,
    /// Print a long answer at once, without CREDCTL_PAGER, PAGER or less
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// The configuration file [env: CREDCTL_CONFIG] [default: config.toml]
    #[arg(long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Wait TIME for a writer [env: CREDCTL_LOCK_TIMEOUT] [default: 10s]
    #[arg(long, value_name = "TIME", global = true)]
    pub lock_timeout: Option<String>,
    /// Accept recipients of the vault that are new to this machine
    #[arg(long, global = true)]
    pub accept_recipients: bool,
    /// Read a vault that this machine refuses; write nothing
    #[arg(long, global = true)]
    pub accept_older: bool,
    /// Fail if the server of the vault does not answer
    #[arg(long, global = true, conflicts_with = "offline")]
    pub fresh: bool,
    /// Read the copy of the vault, and ask no server [env: CREDCTL_OFFLINE]
    #[arg(long, global = true)]
    pub offline: bool,
    /// Keep a change here if the server is silent [env: CREDCTL_QUEUE]
    #[arg(long, global = true, conflicts_with = "fresh")]
    pub queue: bool,
    /// The key that signs changes: an SSH private key, or the .pub file of a key in the ssh-agent
    /// [env: CREDCTL_SIGNING_KEY]
    #[arg(long, value_name = "FILE", global = true, value_hint = clap::ValueHint::FilePath)]
    pub signing_key: Option<PathBuf>,
    /// Do not use the agent of `unlock` [env: CREDCTL_NO_AGENT]
    #[arg(long, global = true)]
    pub no_agent: bool,
    /// Allow the age plugin NAME, a program that credctl runs
    #[arg(long, value_name = "NAME", global = true)]
    pub plugin: Vec<String>,
}

/// The forms of output.
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
    /// Lines of a `.env` file, for the fields that `get` was asked for.
    #[value(hide = true)]
    Env,
}

/// The format of documents: that of a system, or one that only `export` and `import` know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForeignFormat(pub &'static str);

impl ForeignFormat {
    /// The format to be recognised from the document.
    pub const AUTO: Self = Self("auto");

    /// Returns the dialect that the format names, if it names one.
    pub fn dialect(self) -> Option<Dialect> {
        Dialect::ALL.into_iter().find(|dialect| dialect.name() == self.0)
    }
}

impl ValueEnum for ForeignFormat {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<ForeignFormat>> = LazyLock::new(|| {
            let mut names = vec![ForeignFormat::AUTO.0];
            names.extend(Dialect::ALL.map(Dialect::name));
            names.extend(export::FORMATS.iter().map(|format| format.name));
            names.extend(import::FORMATS.iter().map(|format| format.name));
            names.push(import::PASS);
            let mut seen = HashSet::new();
            names.retain(|name| seen.insert(*name));
            names.into_iter().map(ForeignFormat).collect()
        });
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0))
    }
}

/// The use of colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

// the members of every credential beside its fields; a doc comment would become the command's help
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Envelope")]
pub struct EnvelopeArgs {
    /// A name for people
    #[arg(long)]
    pub name: Option<String>,
    /// The purpose of the credential
    #[arg(long)]
    pub description: Option<String>,
    /// A label; patch keeps the other labels, update replaces them
    #[arg(long, value_name = "NAME=VALUE")]
    pub label: Vec<String>,
    /// A tag; patch keeps the other tags, update replaces them
    #[arg(long, value_name = "NAME=VALUE")]
    pub tag: Vec<String>,
    /// The id of a throttle policy
    #[arg(long, value_name = "ID")]
    pub throttle_policy: Option<String>,
    /// The start of validity: 2027-01-31, an RFC 3339 time, or a span from now such as 12h
    #[arg(long, value_name = "T")]
    pub valid_from: Option<String>,
    /// The end of validity, exclusive: 2027-01-31, an RFC 3339 time, or a span from now such as 90d
    #[arg(long, value_name = "T")]
    pub valid_until: Option<String>,
    /// Enable or disable the credential: true or false
    #[arg(long, value_name = "BOOL")]
    pub enabled: Option<String>,
}

// a document instead of arguments
#[derive(Debug, Default, Args)]
pub struct DocumentArgs {
    /// Read a document: JSON, JSON Lines or YAML; - is stdin
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: Option<PathBuf>,
}

// the options of every command that writes
#[derive(Debug, Default, Args)]
pub struct WriteArgs {
    /// Validate and report, but write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Answer yes to all confirmations
    #[arg(short, long)]
    pub yes: bool,
}

// the stored credential of a verb that changes one
#[derive(Debug, Default, Args)]
pub struct TargetArgs {
    /// Change the credential only if this is its etag; * matches any
    #[arg(long, value_name = "ETAG")]
    pub if_match: Option<String>,
    /// Find the credential by its name
    #[arg(long)]
    pub by_name: bool,
}

// the copy of one secret to the clipboard
#[derive(Debug, Default, Args)]
pub struct ClipArgs {
    /// Copy the secret to the clipboard instead of printing it
    #[arg(short, long)]
    pub clip: bool,
    /// Clear the clipboard after TIME, unless its content has changed
    #[arg(long, value_name = "TIME", default_value = "45s", requires = "clip")]
    pub clip_time: String,
    /// Copy through the terminal, even over SSH; credctl does not clear that clipboard
    #[arg(long, requires = "clip")]
    pub osc52: bool,
}

// the grantees of a credential
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
    /// Returns true if no grantee was given.
    pub fn is_empty(&self) -> bool {
        self.api_proxy.is_empty() && self.api_proxy_group.is_empty()
    }

    /// Returns the grantees that were given.
    pub fn read(&self) -> Result<Vec<Grantee>, Error> {
        let proxies = self.api_proxy.iter().map(|name| (GranteeKind::ApiProxy, name));
        let groups = self.api_proxy_group.iter().map(|name| (GranteeKind::ApiProxyGroup, name));
        Ok(proxies.chain(groups).map(|(kind, name)| Grantee::new(kind, name)).collect::<Result<_, _>>()?)
    }
}

impl EnvelopeArgs {
    /// Returns true if no option was given.
    pub fn is_empty(&self) -> bool {
        self.label.is_empty() && self.tag.is_empty() && self.texts().next().is_none()
    }

    /// Returns the members that were given as one text, by their names.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let texts = [
            ("name", &self.name),
            ("description", &self.description),
            ("throttlePolicy", &self.throttle_policy),
            ("validFrom", &self.valid_from),
            ("validUntil", &self.valid_until),
            ("enabled", &self.enabled),
        ];
        texts.into_iter().filter_map(|(name, text)| Some((name, text.as_deref()?)))
    }
}
