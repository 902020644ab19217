//! The ways into the vault now: the identities that this run names, the source of a passphrase, or the agent.
//! Nothing is asked, and neither a plugin nor a passphrase command is run.

use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};

use credctl::disk::{FileError, Loose, read_secret};
use credctl::vault::{Identities, Key, Parsed, Plugins, Sealed, recipients_of};

use crate::cli::context::{KEY_FILE_LIMIT, PassphraseSource, Settings};
use crate::cli::error::Error;
use crate::cli::{child, unlock};

/// The keys at hand, and the way in which they open the vault.
pub struct VaultAccess {
    pub identities: Vec<IdentityFile>,
    pub way: WayIn,
    /// The identities that open something by themselves.
    ready: Identities,
    /// The key that the agent holds.
    held: Option<Key>,
}

/// A file that is named as an identity.
pub struct IdentityFile {
    pub path: PathBuf,
    pub state: IdentityState,
    /// The problem of a file that others may read.
    pub loose: Option<Loose>,
    /// The recipients of the identities in the file, as far as they are readable.
    pub recipients: Vec<String>,
}

/// The use of an identity file for the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityState {
    /// An identity that opens the vault.
    Opens,
    /// An identity that does not open the vault.
    Other,
    /// An identity that is ready, where there is no vault to compare it with.
    Ready,
    /// An identity that a passphrase protects.
    NeedsPassphrase,
    /// An identity that a plugin holds.
    NeedsPlugin,
    Missing,
    /// A file that is no identity, or that cannot be read, with the reason.
    Unusable(String),
}

/// The way in which the vault opens now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayIn {
    /// An identity that was tried.
    Identity(PathBuf),
    /// A source of a passphrase, which was not tried.
    Passphrase,
    /// The agent, which has opened it.
    Agent,
    /// A question that the operator would have to answer.
    Question(&'static str),
    /// Nothing, with the reason.
    Nothing(&'static str),
    /// Nothing, because there is no vault that could be opened.
    NoVault,
}

impl VaultAccess {
    /// Finds out what would open a vault. Without a vault, only looks at the identities.
    pub fn of(settings: &Settings, sealed: Option<&Sealed>) -> Self {
        let mut access =
            Self { identities: Vec::new(), way: WayIn::NoVault, ready: Identities::default(), held: None };
        let is_needed = sealed.is_none_or(|sealed| !sealed.has_passphrase());
        for path in settings.identities.iter().filter(|_| is_needed) {
            access.look_at(settings, path, sealed);
        }
        if let Some(sealed) = sealed {
            access.way = access.way_into(settings, sealed);
            // the agent is asked only where somebody would have to type something
            if matches!(access.way, WayIn::Question(_)) {
                access.held = unlock::quiet_key(settings, sealed);
            }
            if access.held.is_some() {
                access.way = WayIn::Agent;
            }
        }
        access
    }

    /// Returns true if the vault opens without a question, as far as that is known without trying a passphrase.
    pub fn is_open(&self) -> bool {
        matches!(self.way, WayIn::Identity(_) | WayIn::Passphrase | WayIn::Agent)
    }

    /// Takes the key that opens the vault by itself: identities, or the one that the agent holds.
    pub fn take_key(&mut self) -> Option<Key> {
        let own = matches!(self.way, WayIn::Identity(_));
        self.held.take().or_else(|| own.then(|| Key::Identities(std::mem::take(&mut self.ready))))
    }

    fn look_at(&mut self, settings: &Settings, path: &Path, sealed: Option<&Sealed>) {
        let mut file = IdentityFile {
            path: path.to_owned(),
            state: IdentityState::Missing,
            loose: None,
            recipients: Vec::new(),
        };
        if let Some(reason) = unread(path) {
            file.state = IdentityState::Unusable(reason.to_owned());
            return self.identities.push(file);
        }
        match read_secret(path, KEY_FILE_LIMIT) {
            Ok((text, loose)) => {
                file.recipients = recipients_of(&text);
                // nobody answers a plugin, which is not run either
                let plugins = Plugins::new(settings.plugins.clone(), None);
                let parsed = Identities::parse(text, &path.display().to_string(), &plugins);
                file.state = match parsed {
                    Ok(Parsed::Ready(identities)) => {
                        file.loose = loose.filter(|_| identities.are_secret());
                        self.judge(identities, sealed)
                    }
                    Ok(Parsed::Encrypted(one)) if sealed.is_some_and(|file| !file.may_be_opened_by(&one)) => {
                        IdentityState::Other
                    }
                    Ok(Parsed::Encrypted(_)) => IdentityState::NeedsPassphrase,
                    Err(error) => IdentityState::Unusable(Error::from(error).detail()),
                };
            }
            Err(FileError::NotFound { .. }) => {}
            Err(error) => file.state = IdentityState::Unusable(Error::from(error).detail()),
        }
        self.identities.push(file);
    }

    fn judge(&mut self, identities: Identities, sealed: Option<&Sealed>) -> IdentityState {
        if identities.need_plugins() {
            return IdentityState::NeedsPlugin;
        }
        let opens = sealed.map(|sealed| sealed.is_opened_by(&identities));
        self.ready.append(identities);
        match opens {
            Some(true) => IdentityState::Opens,
            Some(false) => IdentityState::Other,
            None => IdentityState::Ready,
        }
    }

    fn way_into(&self, settings: &Settings, sealed: &Sealed) -> WayIn {
        use IdentityState as S;
        let has_passphrase = !settings.passphrase.is_empty();
        if settings.passphrase.first().is_some_and(is_unreadable) {
            return WayIn::Nothing("the passphrase cannot be read");
        }
        if sealed.has_passphrase() {
            let question = WayIn::Question("credctl would ask for the passphrase");
            return if has_passphrase { WayIn::Passphrase } else { question };
        }
        let state = |wanted: S| self.identities.iter().any(|file| file.state == wanted);
        if self.identities.is_empty() {
            return WayIn::Nothing("no identity is named, and there is none in the default place");
        }
        // a command fails if it cannot read an identity, even if another one would do
        if self.identities.iter().any(|file| matches!(file.state, S::Missing | S::Unusable(_))) {
            return WayIn::Nothing("an identity that is named cannot be used");
        }
        if let Some(file) = self.identities.iter().find(|file| file.state == S::Opens) {
            return WayIn::Identity(file.path.clone());
        }
        if state(S::NeedsPlugin) {
            return WayIn::Question("the plugin of the identity may ask for something");
        }
        match state(S::NeedsPassphrase) {
            true if has_passphrase => WayIn::Passphrase,
            true => WayIn::Question("credctl would ask for the passphrase of the identity"),
            false => WayIn::Nothing("none of the identities opens the vault"),
        }
    }
}

/// Returns true if there is nothing to read a passphrase from. What comes out of a pipe is not read here, because
/// it would be missing later.
fn is_unreadable(source: &PassphraseSource) -> bool {
    match source {
        PassphraseSource::File(path) if path.metadata().is_ok_and(|file| !file.is_file()) => false,
        PassphraseSource::File(path) => read_secret(path, KEY_FILE_LIMIT).is_err(),
        PassphraseSource::Descriptor(number) => !Path::new(&format!("/dev/fd/{number}")).exists(),
        _ => false,
    }
}

/// Returns the reason not to read a file: somebody would have to type or write it first.
fn unread(path: &Path) -> Option<&'static str> {
    let kind = path.metadata().ok()?.file_type();
    if kind.is_char_device() {
        return Some("it is a device");
    }
    (kind.is_fifo() && child::named_by(path).is_none()).then_some("it is a named pipe")
}
