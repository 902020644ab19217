//! The settings of a run, which are plain data: flags before environment before `config.toml` before defaults.

use std::cell::{Cell, OnceCell, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use chrono::{SubsecRound as _, Utc};
use credctl::credential::{ADMIN, Act, Rules};
use credctl::dialect::Dialect;
use credctl::disk::Location;
use credctl::kind::KnownTypes;
use credctl::store::{Queue, QueueUse, Scope, Terms, VERSIONS, address, has_credential};
use credctl::system::ForeignSystem;
use credctl::text::compose;
use credctl::vault::Key;
use directories::ProjectDirs;

use super::environment::{home, path, secret, text};
use super::origin::{IdleKey, Origin, Origins, Sources};
use super::source::PassphraseSource;
use super::values::{
    agent_folders, colour, form_of, is_dumb, operator, operator_name, passphrase_sources, pins, places, role,
    somebody, state_folder, timeout,
};
use crate::cli::config::Config;
use crate::cli::error::Error;
use crate::cli::git;
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
    /// The key that signs changes, if one was named.
    pub signing_key: Option<PathBuf>,
    /// The key that signs changes where none was named and the ssh-agent has none.
    pub default_signing_key: Option<PathBuf>,
    /// The socket of the ssh-agent.
    pub ssh_agent: Option<PathBuf>,
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
    /// The sources that the settings were taken from.
    pub origins: Origins,
    /// The error of a configuration that was left out, for a verb that runs without one.
    pub misread: Option<Error>,
    /// The types of the vault, once somebody needed them.
    pub types: OnceCell<KnownTypes>,
    /// The key of the vault, if it was opened already and will be opened once more.
    pub spare_key: RefCell<Option<Rc<Key>>>,
    /// The use for which the engine of the vault was asked about its queue, and true if the queue was chosen.
    pub contacted: Cell<Option<(QueueUse, bool)>>,
}

impl Settings {
    /// Collects the settings from all their sources. `terminal` is true if a terminal shows the answers.
    pub(super) fn collect(
        mut global: Global,
        mut config: Config,
        folders: Option<ProjectDirs>,
        terminal: bool,
    ) -> Result<Self, Error> {
        let mut origins = Origins::default();
        let idle = &mut origins.idle;
        let given = passphrases(&mut global, &mut config, idle)?;
        let some = |paths: Vec<PathBuf>| (!paths.is_empty()).then_some(paths);
        let named = Sources {
            flag: some(global.identity),
            variable: path("CREDCTL_IDENTITY").map(|path| vec![path]),
            configuration: some(config.identity.into_vec()),
        };
        let default_identity = folders.as_ref().map(|folders| folders.config_dir().join("identity.txt"));
        let everywhere = [&named.flag, &named.variable, &named.configuration].into_iter().flatten().flatten();
        let known_identities = everywhere.chain(&default_identity).cloned().collect();
        let (identities, of_identities) = named.first("--identity", "CREDCTL_IDENTITY", idle);
        // one that is named is the only one: a vault that the default identity opens in its place is another
        let identities = identities
            .unwrap_or_else(|| default_identity.iter().filter(|path| path.exists()).cloned().collect());
        let vault =
            Sources { flag: global.vault, variable: path("CREDCTL_VAULT"), configuration: config.vault };
        let (vault, of_vault) = vault.first("--vault", "CREDCTL_VAULT", idle);
        let vault = vault.or_else(|| folders.as_ref().map(|folders| folders.data_dir().join("vault.age")));
        let project = Sources {
            flag: global.project,
            variable: text("CREDCTL_PROJECT"),
            configuration: config.project,
        };
        let (project, of_project) = project.first("--project", "CREDCTL_PROJECT", idle);
        let named = Sources { flag: global.role, variable: text("CREDCTL_ROLE"), configuration: config.role };
        let (named_role, of_role) = named.first("--role", "CREDCTL_ROLE", idle);
        let state = folders.as_ref().map(state_folder);
        let form_is_named = global.output.is_some();
        // the variable does not count beside the option, even if it names no form
        let variable = text("CREDCTL_OUTPUT").filter(|_| !form_is_named).map(|text| form_of(&text));
        let form =
            Sources { flag: global.output, variable: variable.transpose()?, configuration: config.output };
        let (form, _) = form.first("--output", "CREDCTL_OUTPUT", idle);
        let signing_key = Sources {
            flag: global.signing_key,
            variable: path("CREDCTL_SIGNING_KEY"),
            configuration: config.signing_key,
        };
        let (signing_key, _) = signing_key.first("--signing-key", "CREDCTL_SIGNING_KEY", idle);
        let waiting = Sources {
            flag: global.lock_timeout,
            variable: text("CREDCTL_LOCK_TIMEOUT"),
            configuration: config.lock_timeout.map(|timeout| timeout.0),
        };
        let (waiting, _) = waiting.first("--lock-timeout", "CREDCTL_LOCK_TIMEOUT", idle);
        let origins = Origins {
            vault: of_vault,
            identities: of_identities,
            project: of_project,
            role: of_role,
            passphrase: given.origin,
            ..origins
        };
        let format = global.format.or(config.format).unwrap_or(ForeignFormat::AUTO);
        Ok(Self {
            vault,
            identities,
            default_identity,
            configuration: None,
            known_identities,
            signing_key,
            default_signing_key: home().map(|home| home.join(".ssh").join("id_ed25519")),
            ssh_agent: path("SSH_AUTH_SOCK"),
            passphrase_is_given: matches!(given.origin, Origin::Flag(_)),
            passphrase_is_named: matches!(given.origin, Origin::Flag(_) | Origin::Variable(_)),
            passphrase: given.sources,
            uses_agent: !(global.no_agent || text("CREDCTL_NO_AGENT").is_some()),
            agent_folders: agent_folders(state.as_deref()),
            unlocked_for: (config.ttl.map(|span| span.0), config.idle.map(|span| span.0)),
            terms: Terms {
                scope: Scope {
                    project: compose(project.as_deref().unwrap_or(ADMIN)).into_owned(),
                    role: role(named_role)?,
                },
                actor: operator(config.operator_id)?.unwrap_or_else(somebody),
                actor_name: operator_name(config.operator_name)?,
                // what credctl itself computes is kept in microseconds
                now: Utc::now().trunc_subsecs(6),
                passwords: config.password_policy.into(),
                versions: config.history.unwrap_or(VERSIONS),
                lock_timeout: timeout(waiting)?,
                pins: pins(state),
                accept_recipients: global.accept_recipients,
                accept_older: global.accept_older,
                committed: Some(git::is_committed),
                queues: global.queue || text("CREDCTL_QUEUE").is_some(),
                places: folders.map(|folders| places(&folders, global.offline, global.fresh)),
            },
            form: form.unwrap_or(Form::Table),
            form_is_named,
            dialect: format.dialect(),
            format: format.0,
            is_dumb: is_dumb(),
            colour: colour(global.color, config.color, terminal),
            plugins: if global.plugin.is_empty() { config.plugin } else { global.plugin },
            origins,
            misread: None,
            types: OnceCell::new(),
            spare_key: RefCell::default(),
            contacted: Cell::default(),
        })
    }

    /// Returns the path of the vault.
    ///
    /// # Errors
    /// No path is named, and there is no home folder; or the address has a credential, which no answer may repeat.
    pub fn vault(&self) -> Result<&Path, Error> {
        let vault = self.vault.as_deref().ok_or_else(|| {
            Error::usage("there is no home folder to keep a vault in").hint("name the vault with --vault")
        })?;
        require_public(vault)?;
        Ok(vault)
    }

    /// Finds the location of the vault, or of its working copy.
    ///
    /// # Errors
    /// As [`Self::vault`], and an error of the path.
    pub fn location(&self) -> Result<Location, Error> {
        Ok(self.terms.locate(self.vault()?)?)
    }

    /// Returns the queue of the vault, if it is at an address and changes of this machine are queued.
    pub fn queue(&self) -> Option<Queue> {
        let queue = self.terms.copy(self.vault.as_deref()?)?.queue();
        queue.is_pending().then_some(queue)
    }

    /// Returns true if there is a file in the place of the vault, or an address.
    pub fn has_vault(&self) -> bool {
        self.vault.as_deref().is_some_and(|path| address(path).is_some() || path.exists())
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

/// Checks that a name can be shown: an address must not contain a credential of its server.
pub fn require_public(name: &Path) -> Result<(), Error> {
    if !address(name).is_some_and(has_credential) {
        return Ok(());
    }
    Err(Error::usage("the address contains a password or a token")
        .hint("the credentials of a server come from its own variables and settings"))
}

/// The sources of a passphrase, with the origin of the first of them.
struct GivenPassphrases {
    sources: Vec<PassphraseSource>,
    origin: Origin,
}

/// Takes the sources of a passphrase from the options, the environment and the configuration.
fn passphrases(
    global: &mut Global,
    config: &mut Config,
    idle: &mut Vec<IdleKey>,
) -> Result<GivenPassphrases, Error> {
    let flags = [
        global.passphrase_stdin.then_some(PassphraseSource::Stdin),
        global.passphrase_fd.map(PassphraseSource::Descriptor),
        global.passphrase_file.take().map(PassphraseSource::File),
        global.passphrase_command.take().map(PassphraseSource::Command),
    ];
    let environment = [
        path("CREDCTL_PASSPHRASE_FILE").map(PassphraseSource::File),
        text("CREDCTL_PASSPHRASE_COMMAND").map(PassphraseSource::Command),
        secret("CREDCTL_PASSPHRASE")?.map(PassphraseSource::Text),
    ];
    let configured = [
        config.passphrase_file.take().map(PassphraseSource::File),
        config.passphrase_command.take().map(PassphraseSource::Command),
    ];
    let (sources, origin) = passphrase_sources(flags, environment, configured, idle)?;
    Ok(GivenPassphrases { sources, origin })
}
