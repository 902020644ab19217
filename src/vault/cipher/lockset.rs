//! The keys that a vault is locked to.

use super::holder::Held;
use super::identity::Encrypted;
use super::recipient::Recipients;
use crate::secret::Secret;
use crate::value::{Object, Value};

/// The passphrase or the recipients that a vault is locked to.
#[derive(Debug, PartialEq)]
pub enum Lockset {
    /// A passphrase, and nothing beside it: the age format allows no more.
    Passphrase(Secret),
    /// Recipients.
    Recipients(Recipients),
    /// A passphrase that somebody else holds.
    Held(Held),
}

impl Lockset {
    /// Returns true if an encrypted identity opens the vault, as far as its public key tells that without its
    /// passphrase.
    #[must_use]
    pub fn names(&self, encrypted: &Encrypted) -> bool {
        let Self::Recipients(recipients) = self else { return false };
        encrypted.public_key().is_some_and(|key| recipients.texts().any(|text| text == key))
    }

    /// Adds the members `lockedWith` and `recipients` to an answer; a passphrase is not shown.
    pub fn describe(&self, answer: &mut Object) {
        match self {
            Self::Passphrase(_) | Self::Held(_) => {
                drop(answer.insert("lockedWith", Value::text("passphrase")));
            }
            Self::Recipients(recipients) => {
                answer.insert("lockedWith", Value::text("recipients"));
                answer.insert("recipients", Value::texts(recipients.texts()));
            }
        }
    }
}
