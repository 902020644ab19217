//! The first question: the key of the new vault.

use std::path::{Path, PathBuf};

use credctl::disk::read_named;
use credctl::secret::Secret;
use credctl::text;
use credctl::vault::{Identities, Lockset, Parsed, Plugins, Recipients};

use super::creation::{NewKey, recipient_of};
use crate::cli::context::{self, Context};
use crate::cli::error::Error;
use crate::cli::prompt::Prompter;
use crate::cli::unlock;

/// The largest key file, in bytes.
const LIMIT: u64 = 64 * 1024;
/// The SSH keys that can open a vault, below the home folder.
const SSH_KEYS: [&str; 2] = [".ssh/id_ed25519", ".ssh/id_rsa"];

/// A way to unlock the new vault.
#[derive(Debug, Clone)]
enum Way {
    /// A new key file, with or without a passphrase on it.
    NewKey { path: PathBuf, has_passphrase: bool },
    /// A key that exists already.
    Key { path: PathBuf, recipient: String },
    /// A key file that exists already, with a passphrase on it.
    LockedKey { path: PathBuf },
    /// No key but a passphrase.
    Passphrase,
}

/// The key of the new vault, which is not on the disk yet.
pub struct Unlocking {
    pub lockset: Lockset,
    pub new_key: Option<NewKey>,
    /// The key file that opens the vault, new or not.
    pub key: Option<PathBuf>,
    /// The passphrase that was chosen, for the vault or for its key file.
    pub passphrase: Option<Secret>,
}

/// Asks for the key of the new vault, below the lines of a heading.
pub fn ask(context: &Context, prompter: &Prompter, heading: &[&str]) -> Result<Unlocking, Error> {
    let ways = ways(context);
    let numbered = ways.iter().enumerate().map(|(at, (label, _))| format!("{}. {label}", at + 1));
    let at = prompter.choose_below(heading, "1/4  Unlock the vault with", &numbered.collect::<Vec<_>>())?;
    let Some((_, way)) = ways.get(at) else { return Err(Error::usage("no key was chosen")) };
    let mut passphrase = None;
    let new = |what: &str| unlock::new_passphrase(context, &format!("New passphrase for the {what}"));
    let mut recipient = None;
    let (key, new_key) = match way {
        Way::NewKey { path, has_passphrase } => {
            if *has_passphrase {
                passphrase = Some(new("key file")?);
            }
            let new_key = NewKey::new(path.clone(), passphrase.clone());
            recipient = Some(new_key.recipient.clone());
            (Some(path.clone()), Some(new_key))
        }
        Way::Key { path, recipient: own } => {
            recipient = Some(own.clone());
            (Some(path.clone()), None)
        }
        Way::LockedKey { path } => {
            let (own, of_key) = unlock::locked_identity(context, path)?;
            (passphrase, recipient) = (Some(own), Some(of_key));
            (Some(path.clone()), None)
        }
        Way::Passphrase => {
            passphrase = Some(new("vault")?);
            (None, None)
        }
    };
    let lockset = match (&recipient, &passphrase) {
        (None, Some(passphrase)) => Lockset::Passphrase(passphrase.clone()),
        (recipient, _) => {
            let plugins = context.ui.age_plugins(&context.settings);
            Lockset::Recipients(Recipients::parse(recipient.as_deref(), &plugins)?)
        }
    };
    Ok(Unlocking { lockset, new_key, key, passphrase })
}

/// Returns the ways that are open on this machine, the easiest first. A key file that exists is used and never
/// replaced.
fn ways(context: &Context) -> Vec<(String, Way)> {
    let settings = &context.settings;
    let mut ways = Vec::new();
    for path in &settings.identities {
        let (path, short) = (path.clone(), context::short(path));
        if let Some(recipient) = recipient_of(&path).or_else(|| ssh_recipient_of(&path)) {
            ways.push((format!("the key file that is there, {short}"), Way::Key { path, recipient }));
        } else if has_passphrase(&path) {
            let label = format!("the key file {short}, with its passphrase");
            ways.push((label, Way::LockedKey { path }));
        }
    }
    // a new one in its default place would not be found behind one that is named
    let is_free = |path: &&PathBuf| settings.identities.is_empty() && path.symlink_metadata().is_err();
    if let Some(path) = settings.default_identity.as_ref().filter(is_free) {
        let new = |has_passphrase| Way::NewKey { path: path.clone(), has_passphrase };
        ways.push(("a key file on this machine, nothing to type".to_owned(), new(false)));
        ways.push(("a key file with a passphrase on it".to_owned(), new(true)));
    }
    let ssh_keys = context::home().into_iter().flat_map(|home| SSH_KEYS.map(|name| home.join(name)));
    for path in ssh_keys.filter(|path| !settings.identities.contains(path)) {
        if let Some(recipient) = ssh_recipient_of(&path) {
            ways.push((format!("the SSH key {}", context::short(&path)), Way::Key { path, recipient }));
        }
    }
    ways.push(("a passphrase, to type at every call".to_owned(), Way::Passphrase));
    ways
}

/// Returns true if a file is an age identity file with a passphrase on it.
fn has_passphrase(path: &Path) -> bool {
    let parsed = read_named(path, LIMIT).map(|text| Identities::parse(text, "key", &Plugins::default()));
    matches!(parsed, Ok(Ok(Parsed::Encrypted(identity))) if identity.public_key().is_none())
}

/// Returns the public half of an SSH key that opens a vault. It may not fit the private half, which counts.
fn ssh_recipient_of(path: &Path) -> Option<String> {
    let public = read_named(&path.with_extension("pub"), LIMIT).ok()?;
    let public = text::decode(&public).ok()?.trim().to_owned();
    let plugins = Plugins::default();
    let lockset = Lockset::Recipients(Recipients::parse([&public], &plugins).ok()?);
    let private = read_named(path, LIMIT).ok()?;
    let opens = match Identities::parse(private, "SSH key", &plugins).ok()? {
        Parsed::Ready(identities) => lockset.opens_with(&identities).ok()?,
        Parsed::Encrypted(identity) => lockset.names(&identity),
    };
    opens.then_some(public)
}
