//! The settings of this run: flags before environment before `config.toml` before defaults.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashSet;
use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{SubsecRound as _, Utc};
use credctl::credential::{ADMIN, Act, Rules};
use credctl::dialect::Dialect;
use credctl::disk::Loose;
use credctl::secret::Secret;
use credctl::store::{Scope, Terms, VERSIONS};
use credctl::system::ForeignSystem;
use credctl::text::compose;
use credctl::vault::{Answers, Plugins};

use super::environment::{flag, path, secret, text};
use super::settings::{colour, form_of, operator, passphrase_sources, role, somebody, timeout};
use super::source::{PassphraseSource, descriptors};
use super::stdin::Stdin;
use crate::cli::child;
use crate::cli::config::Config;
use crate::cli::error::Error;
use crate::cli::options::{Form, Format, Global};
use crate::cli::output::sanitize;
use crate::cli::prompt::Prompter;

/// The settings of this run: flags before environment before `config.toml` before defaults.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Context {
    vault: Option<PathBuf>,
    pub identities: Vec<PathBuf>,
    /// All identities that are named anywhere, and the path of the one in the configuration folder.
    pub known_identities: Vec<PathBuf>,
    pub passphrase: Vec<PassphraseSource>,
    /// True if the command line gave a source of a passphrase, for this call.
    pub passphrase_is_given: bool,
    /// The actor, the instant and the scope of this run, with its limits.
    pub terms: Terms,
    pub form: Form,
    /// The dialect of the documents that are read or written, if one was named.
    pub dialect: Option<Dialect>,
    /// The name of the format, which may be one that only `export` and `import` know.
    pub format: &'static str,
    pub quiet: bool,
    verbose: bool,
    pub colour: bool,
    plugins: Vec<String>,
    pub stdout_is_terminal: bool,
    interactive: bool,
    pub(super) stdin: RefCell<Stdin>,
    /// The notices that were printed already.
    told: RefCell<HashSet<String>>,
    is_saved: Cell<bool>,
    prompter: OnceCell<Option<Arc<Prompter>>>,
}

impl Context {
    /// Builds the settings from all their sources.
    pub fn new(global: Global) -> Result<Self, Error> {
        let folders = directories::ProjectDirs::from("", "", "credctl");
        let named = global.config.or_else(|| path("CREDCTL_CONFIG"));
        let config = match (&named, &folders) {
            (Some(path), _) => Config::read(path, true)?,
            (None, Some(folders)) => Config::read(&folders.config_dir().join("config.toml"), false)?,
            (None, None) => Config::default(),
        };
        let flags = [
            global.passphrase_stdin.then_some(PassphraseSource::Stdin),
            global.passphrase_fd.map(PassphraseSource::Descriptor),
            global.passphrase_file.map(PassphraseSource::File),
            global.passphrase_command.map(PassphraseSource::Command),
        ];
        let passphrase_is_given = flags.iter().any(Option::is_some);
        let passphrase = passphrase_sources(
            flags,
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
        let named =
            [global.identity, path("CREDCTL_IDENTITY").into_iter().collect(), config.identity.into_vec()];
        let mut known_identities = named.concat();
        known_identities.extend(folders.as_ref().map(|folders| folders.config_dir().join("identity.txt")));
        let identities = named.into_iter().find(|paths| !paths.is_empty()).unwrap_or_default();
        for number in descriptors(&passphrase, &identities) {
            child::keep_from_programs(number);
        }
        let vault = global.vault.or_else(|| path("CREDCTL_VAULT")).or(config.vault);
        let vault = vault.or_else(|| folders.as_ref().map(|folders| folders.data_dir().join("vault.age")));
        // not every system has a folder for it
        let state = folders.map(|folders| {
            folders.state_dir().map_or_else(|| folders.data_local_dir().join("state"), Path::to_owned)
        });
        let stdout_is_terminal = io::stdout().is_terminal();
        let form = match global.output {
            Some(form) => Some(form),
            None => text("CREDCTL_OUTPUT").map(|text| form_of(&text)).transpose()?.or(config.output),
        };
        let format = global.format.or(config.format).unwrap_or(Format::AUTO);
        let has_passphrase = global.passphrase_stdin;
        Ok(Self {
            vault,
            identities,
            known_identities,
            passphrase,
            passphrase_is_given,
            terms: Terms {
                scope: Scope {
                    project: compose(
                        &global
                            .project
                            .or_else(|| text("CREDCTL_PROJECT"))
                            .or(config.project)
                            .unwrap_or_else(|| ADMIN.to_owned()),
                    )
                    .into_owned(),
                    role: role(global.role.or_else(|| text("CREDCTL_ROLE")).or(config.role))?,
                },
                actor: operator(config.operator_id)?.unwrap_or_else(somebody),
                // what credctl itself computes is kept in microseconds
                now: Utc::now().trunc_subsecs(6),
                passwords: config.password_policy.into(),
                versions: config.history.unwrap_or(VERSIONS),
                lock_timeout: timeout(
                    global
                        .lock_timeout
                        .or_else(|| text("CREDCTL_LOCK_TIMEOUT"))
                        .or(config.lock_timeout.map(|timeout| timeout.0)),
                )?,
                pins: state.map(|folder| folder.join("pins")),
                accept_recipients: global.accept_recipients,
            },
            form: form.unwrap_or(Form::Table),
            dialect: format.dialect(),
            format: format.0,
            quiet: global.quiet || (!global.verbose && config.quiet.unwrap_or(false)),
            verbose: global.verbose || (!global.quiet && config.verbose.unwrap_or(false)),
            colour: colour(global.color, config.color, stdout_is_terminal),
            plugins: if global.plugin.is_empty() { config.plugin } else { global.plugin },
            stdout_is_terminal,
            interactive: !(global.non_interactive
                || flag("CREDCTL_NON_INTERACTIVE").or(config.non_interactive).unwrap_or(false)),
            stdin: RefCell::new(Stdin::new(has_passphrase)),
            told: RefCell::default(),
            is_saved: Cell::default(),
            prompter: OnceCell::new(),
        })
    }

    /// Returns the path of the vault.
    ///
    /// # Errors
    /// No path is named, and there is no home folder.
    pub fn vault(&self) -> Result<&Path, Error> {
        self.vault.as_deref().ok_or_else(|| {
            Error::usage("there is no home folder to keep a vault in").hint("name the vault with --vault")
        })
    }

    /// Records that the vault was written, for the errors that come after it.
    pub fn saved(&self) {
        self.is_saved.set(true);
    }

    /// Adds to an error that the vault was written before.
    pub fn after_change(&self, error: Error) -> Error {
        if self.is_saved.get() { error.after_change() } else { error }
    }

    /// Returns the system whose answers credctl prints, if not its own.
    pub fn foreign(&self) -> Option<&'static dyn ForeignSystem> {
        self.dialect.and_then(Dialect::foreign)
    }

    /// Returns the terminal of the operator, if there is one and prompts are allowed.
    pub fn prompter(&self) -> Option<&Prompter> {
        self.terminal().map(Arc::as_ref)
    }

    fn terminal(&self) -> Option<&Arc<Prompter>> {
        let open = || self.interactive.then(Prompter::open).flatten().map(Arc::new);
        self.prompter.get_or_init(open).as_ref()
    }

    /// Returns the age plugins that may run, and the operator to answer them.
    pub fn age_plugins(&self) -> Plugins {
        if self.plugins.is_empty() {
            return Plugins::default();
        }
        let answers = self.terminal().map(|prompter| Arc::clone(prompter) as Arc<dyn Answers>);
        Plugins::new(self.plugins.clone(), answers)
    }

    /// Reads a variable that the operator named as the source of a value.
    #[expect(clippy::unused_self, reason = "only code with a context reads the environment")]
    pub fn variable(&self, name: &str) -> Option<Result<Secret, usize>> {
        use std::os::unix::ffi::OsStringExt as _;
        env::var_os(name).map(|value| Secret::from_utf8(value.into_vec()))
    }

    /// Expands `~` in a path that the operator typed at a prompt, where no shell has replaced it.
    #[expect(clippy::unused_self, reason = "only code with a context reads the environment")]
    pub fn expand(&self, path: &Path) -> PathBuf {
        let home = || directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned());
        match path.strip_prefix("~") {
            Ok(rest) => home().map_or_else(|| path.to_owned(), |home| home.join(rest)),
            Err(_) => path.to_owned(),
        }
    }

    /// Returns the actor and the instant of a change.
    pub fn act(&self) -> Act {
        self.terms.act()
    }

    /// Returns the project and the role.
    pub fn scope(&self) -> &Scope {
        &self.terms.scope
    }

    /// Returns the rules that the gate checks.
    pub fn rules(&self) -> Rules<'_> {
        self.terms.rules()
    }

    /// Prints a notice for the operator, unless notices are switched off.
    pub fn notice(&self, text: &str) {
        if !self.quiet {
            self.say(&format!("note: {text}"));
        }
    }

    /// Prints a notice that ends with a token of ours, which must be shown although it looks like a secret.
    pub fn notice_token(&self, text: &str, token: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr().lock(), "note: {text} {}", sanitize::line(token));
        }
    }

    /// Prints the next command to type, below a notice.
    pub fn hint(&self, command: &str) {
        if !self.quiet {
            self.say(&format!("  hint: {command}"));
        }
    }

    /// Prints a notice once, although the command may find the reason for it again.
    pub fn notice_once(&self, text: &str) {
        if self.told.borrow_mut().insert(text.to_owned()) {
            self.notice(text);
        }
    }

    /// Prints a notice about a file that others may read or write.
    pub fn loose(&self, file: &Loose) {
        self.notice_once(&format!("{file}; close it with `{}`", file.remedy()));
    }

    /// Returns true if the operator asked for details.
    pub fn verbose(&self) -> bool {
        self.verbose
    }

    /// Prints a line for an operator who asked for details.
    pub fn detail(&self, text: &str) {
        self.say(text);
    }

    /// Prints a line on stderr, made harmless whatever it contains. Ignores a failure to print.
    #[expect(clippy::unused_self, reason = "only code with a context uses the streams")]
    pub fn say(&self, line: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", crate::cli::error::line(line));
    }

    /// Returns the width of the terminal that shows the answer.
    pub fn width(&self) -> Option<u16> {
        self.stdout_is_terminal.then(terminal_size::terminal_size).flatten().map(|(width, _)| width.0)
    }
}
