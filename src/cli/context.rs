//! The only reader of the environment and the standard streams: what holds for this run.

#![expect(clippy::disallowed_methods, reason = "others must not read them, so that this file does")]

use std::cell::{OnceCell, RefCell};
use std::env;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};
use credctl::credential::{ADMIN, Act, Rules};
use credctl::dialect::Dialect;
use credctl::kind::rule::account::PasswordPolicy;
use credctl::secret::Secret;
use uuid::Uuid;
use zeroize::{Zeroize as _, Zeroizing};

use super::args::{Form, Format, Global, When};
use super::config::Config;
use super::error::{Error, Kind};
use super::prompt::Prompter;

/// Most bytes that are read from stdin.
const STDIN_LIMIT: u64 = 128 * 1024 * 1024;

/// What holds for this run: flags before environment before `config.toml` before defaults.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Context {
    pub vault: PathBuf,
    pub identities: Vec<PathBuf>,
    pub passphrase: Vec<PassphraseSource>,
    pub project: String,
    pub role: Role,
    pub form: Form,
    /// Whose documents are read or written, where one was named.
    pub dialect: Option<Dialect>,
    pub quiet: bool,
    verbose: bool,
    pub colour: bool,
    pub lock_timeout: Duration,
    pub plugins: Vec<String>,
    pub policy: PasswordPolicy,
    pub now: DateTime<Utc>,
    pub stdout_is_terminal: bool,
    interactive: bool,
    operator: Option<Uuid>,
    stdin: RefCell<Stdin>,
    prompter: OnceCell<Option<Prompter>>,
}

/// Where a passphrase can come from, in the order in which they are tried.
#[derive(Debug, Clone)]
pub enum PassphraseSource {
    Stdin,
    Descriptor(u32),
    File(PathBuf),
    Command(String),
    /// The value of an environment variable.
    Text(Secret),
}

/// Who acts: a guard against slips, not a boundary, for whoever can decrypt the file owns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Operator,
    Administrator,
}

/// Standard input holds a passphrase line, or data, or both, and is read once.
#[derive(Default)]
struct Stdin {
    has_passphrase: bool,
    passphrase: Option<Secret>,
    data: Option<Zeroizing<Vec<u8>>>,
    taken: bool,
}

impl Context {
    /// Puts together what holds.
    pub fn new(global: Global) -> Result<Self, Error> {
        let folders = directories::ProjectDirs::from("", "", "credctl");
        let named = global.config.or_else(|| path("CREDCTL_CONFIG"));
        let config = match (&named, &folders) {
            (Some(path), _) => Config::read(path, true)?,
            (None, Some(folders)) => Config::read(&folders.config_dir().join("config.toml"), false)?,
            (None, None) => Config::default(),
        };
        let passphrase = passphrase_sources(
            [
                global.passphrase_stdin.then_some(PassphraseSource::Stdin),
                global.passphrase_fd.map(PassphraseSource::Descriptor),
                global.passphrase_file.map(PassphraseSource::File),
                global.passphrase_command.map(PassphraseSource::Command),
            ],
            [
                path("CREDCTL_PASSPHRASE_FILE").map(PassphraseSource::File),
                text("CREDCTL_PASSPHRASE_COMMAND").map(PassphraseSource::Command),
                secret("CREDCTL_PASSPHRASE")?.map(PassphraseSource::Text),
            ],
            [
                config.passphrase_file.map(PassphraseSource::File),
                config.passphrase_command.map(PassphraseSource::Command),
            ],
        )?;
        let identities = match (global.identity, path("CREDCTL_IDENTITY")) {
            (flags, _) if !flags.is_empty() => flags,
            (_, Some(path)) => vec![path],
            (_, None) => config.identity.into_vec(),
        };
        let vault = global.vault.or_else(|| path("CREDCTL_VAULT")).or(config.vault);
        let vault = vault.or_else(|| folders.map(|folders| folders.data_dir().join("vault.age")));
        let stdout_is_terminal = io::stdout().is_terminal();
        let form = match global.output {
            Some(form) => Some(form),
            None => text("CREDCTL_OUTPUT").map(|text| form_of(&text)).transpose()?.or(config.output),
        };
        let has_passphrase = global.passphrase_stdin;
        Ok(Self {
            vault: vault.ok_or_else(|| {
                Error::usage("there is no home folder to keep a vault in").hint("name the vault with --vault")
            })?,
            identities,
            passphrase,
            project: global
                .project
                .or_else(|| text("CREDCTL_PROJECT"))
                .or(config.project)
                .unwrap_or_else(|| ADMIN.to_owned()),
            role: role(global.role.or_else(|| text("CREDCTL_ROLE")).or(config.role))?,
            form: form.unwrap_or(Form::Table),
            dialect: global.format.or(config.format).and_then(Format::dialect),
            quiet: global.quiet || (!global.verbose && config.quiet.unwrap_or(false)),
            verbose: global.verbose || (!global.quiet && config.verbose.unwrap_or(false)),
            colour: colour(global.color, config.color, stdout_is_terminal),
            lock_timeout: timeout(
                global
                    .lock_timeout
                    .or_else(|| text("CREDCTL_LOCK_TIMEOUT"))
                    .or(config.lock_timeout.map(|timeout| timeout.0)),
            )?,
            plugins: if global.plugin.is_empty() { config.plugin } else { global.plugin },
            policy: config.password_policy.into(),
            now: Utc::now(),
            stdout_is_terminal,
            interactive: !(global.non_interactive
                || flag("CREDCTL_NON_INTERACTIVE").or(config.non_interactive).unwrap_or(false)),
            operator: operator(config.operator_id)?,
            stdin: RefCell::new(Stdin { has_passphrase, ..Stdin::default() }),
            prompter: OnceCell::new(),
        })
    }

    /// The system whose answers are to be printed, if not our own.
    pub fn foreign(&self) -> Option<Dialect> {
        self.dialect.filter(|dialect| *dialect != Dialect::Native)
    }

    /// Whoever can be asked, if there is a terminal and asking is allowed.
    pub fn prompter(&self) -> Option<&Prompter> {
        self.prompter.get_or_init(|| self.interactive.then(Prompter::open).flatten()).as_ref()
    }

    /// The first line of stdin, when `--passphrase-stdin` says that it is the passphrase.
    pub fn stdin_passphrase(&self) -> Result<Secret, Error> {
        let mut stdin = self.stdin.borrow_mut();
        match &stdin.passphrase {
            Some(passphrase) => Ok(passphrase.clone()),
            None => {
                let passphrase = first_line()?;
                stdin.passphrase = Some(passphrase.clone());
                Ok(passphrase)
            }
        }
    }

    /// Reads stdin now if a word takes its value from there, so that nobody waits for it later.
    pub fn prefetch_stdin(&self, words: &[String]) -> Result<(), Error> {
        if words.iter().any(|word| word.ends_with("=-")) {
            let data = self.stdin_data()?;
            self.stdin.borrow_mut().data = Some(data);
        }
        Ok(())
    }

    /// Stdin as the value of a field: what was read ahead serves every credential of the call.
    pub fn stdin_value(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        if let Some(data) = &self.stdin.borrow().data {
            return Ok(data.clone());
        }
        self.stdin_data()
    }

    /// All of stdin, or what follows the passphrase. It can be taken once.
    pub fn stdin_data(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        if self.stdin.borrow().has_passphrase {
            self.stdin_passphrase()?;
        }
        if std::mem::replace(&mut self.stdin.borrow_mut().taken, true) {
            return Err(
                Error::usage("stdin can be used for one thing only").hint("name a file with @path instead")
            );
        }
        let mut data = Zeroizing::new(Vec::with_capacity(64 * 1024));
        let read = io::stdin().lock().take(STDIN_LIMIT + 1).read_to_end(&mut data);
        read.map_err(|error| Error::usage(format!("stdin cannot be read: {error}")))?;
        if data.len() as u64 > STDIN_LIMIT {
            return Err(Error::usage("stdin holds more than 128 MiB"));
        }
        Ok(data)
    }

    /// A variable that the operator named as the source of a value.
    #[expect(clippy::unused_self, reason = "whoever has no context has no environment")]
    pub fn variable(&self, name: &str) -> Option<Result<Secret, usize>> {
        use std::os::unix::ffi::OsStringExt as _;
        env::var_os(name).map(|value| Secret::from_utf8(value.into_vec()))
    }

    /// Who acts and when.
    pub fn act(&self) -> Act {
        Act { now: self.now, actor: self.operator.unwrap_or_else(somebody), project: self.project.clone() }
    }

    /// What the gate must know.
    pub fn rules(&self) -> Rules<'_> {
        Rules { password: &self.policy }
    }

    /// A line for the operator, unless notices were switched off.
    pub fn notice(&self, text: &str) {
        if !self.quiet {
            self.say(&format!("note: {}", super::output::sanitize::line(text)));
        }
    }

    /// Whether the operator asked to be told more.
    pub fn verbose(&self) -> bool {
        self.verbose
    }

    /// A line for the operator who asked to be told more.
    pub fn detail(&self, text: &str) {
        self.say(&super::output::sanitize::line(text));
    }

    /// A line on stderr. That it cannot be written is no reason to fail.
    #[expect(clippy::unused_self, reason = "whoever has no context has no streams")]
    pub fn say(&self, line: &str) {
        let _ = writeln!(io::stderr().lock(), "{line}");
    }

    /// Width of the terminal that shows the answer.
    pub fn width(&self) -> Option<u16> {
        self.stdout_is_terminal.then(terminal_size::terminal_size).flatten().map(|(width, _)| width.0)
    }
}

/// Whether this run reports as JSON, as far as can be told before the words are understood.
pub fn wants_json() -> bool {
    let words: Vec<_> = env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let flagged = words.iter().enumerate().rev().find_map(|(at, word)| {
        let value = match word.strip_prefix("--output") {
            Some(value) => value,
            // o may stand behind short options that take no value, with its own value behind it or next
            None => word.strip_prefix('-')?.trim_start_matches(['q', 'v', 'n', 'y']).strip_prefix('o')?,
        };
        if value.is_empty() {
            words.get(at + 1).cloned()
        } else {
            Some(value.trim_start_matches('=').to_owned())
        }
    });
    flagged.or_else(|| text("CREDCTL_OUTPUT")).is_some_and(|form| matches!(form.as_str(), "json" | "jsonl"))
}

/// An environment variable; an empty one counts as unset.
fn text(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn path(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn secret(name: &str) -> Result<Option<Secret>, Error> {
    use std::os::unix::ffi::OsStringExt as _;
    let value = env::var_os(name).filter(|value| !value.is_empty());
    let value = value.map(|value| Secret::from_utf8(value.into_vec()));
    value.transpose().map_err(|_| Error::new(Kind::Locked, format!("{name} is not UTF-8")))
}

fn flag(name: &str) -> Option<bool> {
    text(name).map(|value| !matches!(value.as_str(), "0" | "false" | "no"))
}

fn form_of(text: &str) -> Result<Form, Error> {
    clap::ValueEnum::from_str(text, false).map_err(|_| {
        Error::usage("CREDCTL_OUTPUT is not one of table, wide, json, jsonl, yaml, csv, tsv, name")
    })
}

/// At most one flag; the environment and the configuration follow only if there is none.
fn passphrase_sources(
    flags: [Option<PassphraseSource>; 4],
    environment: [Option<PassphraseSource>; 3],
    config: [Option<PassphraseSource>; 2],
) -> Result<Vec<PassphraseSource>, Error> {
    let flags: Vec<_> = flags.into_iter().flatten().collect();
    match flags.len() {
        0 => Ok(environment.into_iter().chain(config).flatten().collect()),
        1 => Ok(flags),
        _ => Err(Error::usage("two sources of a passphrase were given")
            .hint("give one of the --passphrase-… options")),
    }
}

fn role(text: Option<String>) -> Result<Role, Error> {
    match text.map(|text| text.to_lowercase()).as_deref() {
        None | Some("administrator" | "admin" | "member" | "owner" | "manage api security") => {
            Ok(Role::Administrator)
        }
        Some("operator" | "viewer") => Ok(Role::Operator),
        Some(_) => {
            Err(Error::usage("the role is not one of operator, administrator").param("role", "unknown"))
        }
    }
}

/// A flag, else the environment's conventions, else the configuration, else colour on a terminal.
fn colour(flag: Option<When>, config: Option<When>, terminal: bool) -> bool {
    let environment = || {
        if text("NO_COLOR").is_some() {
            Some(When::Never)
        } else {
            text("CLICOLOR_FORCE").filter(|value| value != "0").map(|_| When::Always)
        }
    };
    match flag.or_else(environment).or(config) {
        Some(When::Always) => true,
        Some(When::Never) => false,
        Some(When::Auto) | None => terminal && text("TERM").is_none_or(|term| term != "dumb"),
    }
}

fn timeout(text: Option<String>) -> Result<Duration, Error> {
    let Some(text) = text else { return Ok(Duration::from_secs(10)) };
    let parsed = text.parse().map(Duration::from_secs).ok().or_else(|| humantime::parse_duration(&text).ok());
    parsed.ok_or_else(|| {
        Error::usage("the lock timeout is not a time such as 30s").param("lock-timeout", "not a time")
    })
}

fn operator(config: Option<Uuid>) -> Result<Option<Uuid>, Error> {
    match text("CREDCTL_OPERATOR_ID") {
        Some(id) => id.parse().map(Some).map_err(|_| Error::usage("CREDCTL_OPERATOR_ID is not a UUID")),
        None => Ok(config),
    }
}

/// A stable id for whoever has named none: from the user's name and the machine's.
fn somebody() -> Uuid {
    let user = text("USER").or_else(|| text("LOGNAME")).unwrap_or_else(|| "unknown".to_owned());
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    Uuid::new_v5(&Uuid::NAMESPACE_DNS, format!("{user}@{host}").as_bytes())
}

/// Reads up to the first newline and no byte further, so that the rest stays for others.
fn first_line() -> Result<Secret, Error> {
    let mut line = Zeroizing::new(Vec::with_capacity(1024));
    let mut stdin = io::stdin().lock();
    let mut byte = [0];
    loop {
        match stdin.read(&mut byte) {
            Ok(0) => break,
            Ok(_) if byte[0] == b'\n' => break,
            Ok(_) if line.len() >= 64 * 1024 => {
                return Err(Error::usage("the first line of stdin is too long"));
            }
            Ok(_) => line.push(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::usage(format!("stdin cannot be read: {error}"))),
        }
    }
    byte.zeroize();
    let line = line.strip_suffix(b"\r").unwrap_or(&line).to_vec();
    Secret::from_utf8(line).map_err(|_| Error::usage("the passphrase on stdin is not UTF-8"))
}
