//! The order in which a new vault and its key come to the disk: the key first, so that no vault is ever without
//! one. Asks nothing.

use std::path::{Path, PathBuf};

use credctl::disk::{FileError, Lock, read_named, remove_named, write_new_private};
use credctl::secret::Secret;
use credctl::store;
use credctl::time;
use credctl::vault::{self, Lockset, Sealer, generate, recipients_of};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::cli::context::{Context, Settings};
use crate::cli::error::Error;
use crate::cli::{agent, session};

/// The largest key file, in bytes.
const LIMIT: u64 = 64 * 1024;

/// A new key file that opens the new vault.
pub struct NewKey {
    pub path: PathBuf,
    pub recipient: String,
    identity: Secret,
    /// The passphrase on the file, if it has one.
    passphrase: Option<Secret>,
}

impl NewKey {
    /// Makes a key for a file. Writes nothing yet.
    pub fn new(path: PathBuf, passphrase: Option<Secret>) -> Self {
        let (identity, recipient) = generate();
        Self { path, recipient, identity, passphrase }
    }

    /// Returns the content of the file.
    fn content(&self, settings: &Settings) -> Result<Zeroizing<Vec<u8>>, Error> {
        let created = time::format(settings.terms.now);
        let text = format!("# created: {created}\n# public key: {}\n", self.recipient);
        let text = Zeroizing::new(text + self.identity.expose() + "\n");
        match &self.passphrase {
            Some(passphrase) => {
                let sealer = Sealer::new(&Lockset::Passphrase(passphrase.clone()))?;
                Ok(sealer.seal_armored(text.as_bytes())?.into())
            }
            None => Ok(text.as_bytes().to_vec().into()),
        }
    }
}

/// Returns the recipient of an identity file that has no passphrase on it.
pub fn recipient_of(path: &Path) -> Option<String> {
    recipients_of(&read_named(path, LIMIT).ok()?).into_iter().next()
}

/// Writes the key file, if there is a new one, and then the vault. Removes a key file that opens nothing, because
/// the vault was not made. Returns the id of the vault.
///
/// # Errors
/// A file of one of the names; a disk that fails.
pub fn create(
    context: &Context,
    lock: &Lock,
    lockset: &Lockset,
    key: Option<&NewKey>,
    replaces: bool,
) -> Result<Uuid, Error> {
    // whatever can fail before the key is written must
    let store = session::store_alone(context)?;
    if let Some(key) = key {
        let written = write_new_private(&key.path, &key.content(&context.settings)?);
        written.map_err(|error| {
            let is_there = matches!(error, FileError::Exists { .. });
            match recipient_of(&key.path).filter(|_| is_there) {
                Some(own) => Error::from(error).hint(format!("`credctl init --recipient {own}` uses it")),
                None => error.into(),
            }
        })?;
    }
    let made = store.create_locked(lock, lockset, replaces);
    if replaces && made.is_ok() {
        agent::forget(&context.settings, &context.ui);
    }
    made.map_err(|error| {
        let is_perhaps_there =
            matches!(&error, store::Error::Vault(vault::Error::File(FileError::Unconfirmed { .. })));
        let error = Error::from(error);
        match key {
            Some(key) if is_perhaps_there => error.hint(format!(
                "keep {}: if the new vault is in place, only this identity opens it",
                key.path.display()
            )),
            // an identity that opens nothing is of no use
            Some(key) => match remove_named(&key.path) {
                Ok(()) => error,
                Err(_) => error.hint(format!("{} remains, and opens no vault", key.path.display())),
            },
            None => error,
        }
    })
}
