//! The key that opens a vault.

use age::Identity as _;

use super::holder::Held;
use super::identity::Identities;
use super::passphrase::{MAX_WORK_FACTOR, passphrase_identity, require_memory};
use super::refused::refused;
use super::wrapped_key::{FileKey, WrappedKey};
use crate::secret::{Secret, wipe_stack};
use crate::vault::error::Error;
use crate::vault::key_error::Locked;

/// The key that opens a vault.
pub enum Key {
    /// The passphrase that the vault is locked with.
    Passphrase(Secret),
    /// Identities of which one belongs to a recipient.
    Identities(Identities),
    /// The passphrase, which somebody else holds.
    Held(Held),
}

impl Key {
    /// Unwraps the key of one file. Only the header as a whole, with its seal, proves that it is genuine.
    ///
    /// # Errors
    /// [`Locked`] if the key is not the right one.
    pub fn unwrap(&self, wrapped: &WrappedKey) -> Result<FileKey, Error> {
        let stanzas = wrapped.stanzas()?;
        let is_passphrase = matches!(&stanzas[..], [one] if one.tag == "scrypt");
        let (found, wrong) = match self {
            Self::Passphrase(passphrase) if is_passphrase => {
                let asked = stanzas[0].args.last().and_then(|word| word.parse().ok()).unwrap_or_default();
                // a larger one is refused by age before it takes any memory
                if asked <= MAX_WORK_FACTOR {
                    require_memory(asked)?;
                }
                (passphrase_identity(passphrase).unwrap_stanzas(&stanzas), Locked::Passphrase)
            }
            Self::Identities(identities) if !is_passphrase => {
                (identities.iter().find_map(|one| one.unwrap_stanzas(&stanzas)), Locked::Identities)
            }
            Self::Passphrase(_) => return Err(Locked::NeedsIdentity.into()),
            Self::Identities(_) => return Err(Locked::NeedsPassphrase.into()),
            Self::Held(held) => return held.unwrap(wrapped).ok_or_else(|| Locked::Held.into()),
        };
        wipe_stack();
        match found {
            Some(Ok(key)) => Ok(FileKey::of_age(&key)),
            Some(Err(error)) => Err(refused(error, wrong)),
            None => Err(wrong.into()),
        }
    }
}
