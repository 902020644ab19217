//! The settings of a run, which are plain data: flags before environment before `config.toml` before defaults.

use std::path::{Path, PathBuf};

use chrono::{SubsecRound as _, Utc};
use credctl::credential::{ADMIN, Act, Rules};
use credctl::dialect::Dialect;
use credctl::store::{Scope, Terms, VERSIONS};
use credctl::system::ForeignSystem;
use credctl::text::compose;
use directories::ProjectDirs;

use super::environment::{path, secret, text};
use super::source::PassphraseSource;
use super::values::{
    agent_folders, colour, form_of, is_dumb, operator, passphrase_sources, role, somebody, timeout,
};
use crate::cli::config::Config;
use crate::cli::error::Error;
use crate::cli::options::{ForeignFormat, Form, Global};

/// The settings of a run.
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Settings {
    vault: Option<PathBuf>,
    /// The identities to use: those of the first source that names some, else the default one if it exists.
    pub identities: Vec<PathBuf>,
    /// The place of the identity that needs no name, if there is a home folder.
    pub default_identity: Option<PathBuf>,
    /// The configuration file, which may be missing.
    pub configuration: Option<PathBuf>,
    /// All identities that are named anywhere, and the path of the one in the configuration folder.
    pub known_identities: Vec<PathBuf>,
    pub passphrase: Vec<PassphraseSource>,
    /// True if the command line gave a source of a passphrase, for this call.
    pub passphrase_is_given: bool,
    /// True if the command line or the environment gave a source of a passphrase, which comes before the agent.
    pub passphrase_is_named: bool,
    /// True if an agent may be used.
    pub uses_agent: bool,
    /// The folders in which an agent may live, the usual ones first.
    pub agent_folders: Vec<PathBuf>,
    /// The limits of what `unlock` gives to the agent, as the configuration has them.
    pub unlocked_for: (Option<String>, Option<String>),
    /// The actor, the instant and the scope of this run, with its limits.
    pub terms: Terms,
    pub form: Form,
    /// True if the command line named the form, as scripts do.
    pub form_is_named: bool,
    /// The dialect of the documents that are read or written, if one was named.
    pub dialect: Option<Dialect>,
    /// The name of the format, which may be one that only `export` and `import` know.
    pub format: &'static str,
    pub colour: bool,
    /// True if the terminal knows no escapes.
    pub is_dumb: bool,
    /// The age plugins that may run.
    pub plugins: Vec<String>,
}

impl Settings {
    /// Collects the settings from all their sources. `terminal` is true if a terminal shows the answers.
    pub(super) fn collect(
        global: Global,
        config: Config,
        folders: Option<ProjectDirs>,
        terminal: bool,
    ) -> Result<Self, Error> {
        let flags = [
            global.passphrase_stdin.then_some(PassphraseSource::Stdin),
            global.passphrase_fd.map(PassphraseSource::Descriptor),
            global.passphrase_file.map(PassphraseSource::File),
            global.passphrase_command.map(PassphraseSource::Command),
        ];
        let passphrase_is_given = flags.iter().any(Option::is_some);
        let variables = [
            path("CREDCTL_PASSPHRASE_FILE").map(PassphraseSource::File),
            text("CREDCTL_PASSPHRASE_COMMAND").map(PassphraseSource::Command),
            secret("CREDCTL_PASSPHRASE")?.map(PassphraseSource::Text),
        ];
        let passphrase_is_named = passphrase_is_given || variables.iter().any(Option::is_some);
        let passphrase = passphrase_sources(
            flags,
            variables,
            [
                config.passphrase_file.map(PassphraseSource::File),
                config.passphrase_command.map(PassphraseSource::Command),
            ],
        )?;
        let named =
            [global.identity, path("CREDCTL_IDENTITY").into_iter().collect(), config.identity.into_vec()];
        let mut known_identities = named.concat();
        let default_identity = folders.as_ref().map(|folders| folders.config_dir().join("identity.txt"));
        known_identities.extend(default_identity.clone());
        // one that is named is the only one: a vault that the default identity opens in its place is another
        let identities = named
            .into_iter()
            .find(|paths| !paths.is_empty())
            .unwrap_or_else(|| default_identity.iter().filter(|path| path.exists()).cloned().collect());
        let vault = global.vault.or_else(|| path("CREDCTL_VAULT")).or(config.vault);
        let vault = vault.or_else(|| folders.as_ref().map(|folders| folders.data_dir().join("vault.age")));
        // not every system has a folder for it
        let state = folders.map(|folders| {
            folders.state_dir().map_or_else(|| folders.data_local_dir().join("state"), Path::to_owned)
        });
        let form_is_named = global.output.is_some();
        let form = match global.output {
            Some(form) => Some(form),
            None => text("CREDCTL_OUTPUT").map(|text| form_of(&text)).transpose()?.or(config.output),
        };
        let format = global.format.or(config.format).unwrap_or(ForeignFormat::AUTO);
        Ok(Self {
            vault,
            identities,
            default_identity,
            configuration: None,
            known_identities,
            passphrase,
            passphrase_is_given,
            passphrase_is_named,
            uses_agent: !(global.no_agent || text("CREDCTL_NO_AGENT").is_some()),
            agent_folders: agent_folders(state.as_deref()),
            unlocked_for: (config.ttl.map(|span| span.0), config.idle.map(|span| span.0)),
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
            form_is_named,
            dialect: format.dialect(),
            format: format.0,
            is_dumb: is_dumb(),
            colour: colour(global.color, config.color, terminal),
            plugins: if global.plugin.is_empty() { config.plugin } else { global.plugin },
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

    /// Returns the system whose answers credctl prints, if not its own.
    pub fn foreign(&self) -> Option<&'static dyn ForeignSystem> {
        self.dialect.and_then(Dialect::foreign)
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
}
