//! The keys that a vault is locked to.

use super::identity::Encrypted;
use super::recipient::Recipients;
use crate::secret::Secret;
use crate::value::{Object, Value};

/// What a vault is locked to.
#[derive(Debug, PartialEq)]
pub enum Lockset {
    /// A passphrase, and nothing beside it: the age format allows no more.
    Passphrase(Secret),
    /// Recipients.
    Recipients(Recipients),
}

impl Lockset {
    /// Returns true if an encrypted identity opens it, as far as that can be told without its passphrase.
    #[must_use]
    pub fn names(&self, encrypted: &Encrypted) -> bool {
        let Self::Recipients(recipients) = self else { return false };
        encrypted.public_key().is_some_and(|key| recipients.texts().any(|text| text == key))
    }

    /// Tells what the vault is locked to, as members of an answer.
    pub fn describe(&self, answer: &mut Object) {
        match self {
            Self::Passphrase(_) => drop(answer.insert("lockedWith", Value::text("passphrase"))),
            Self::Recipients(recipients) => {
                answer.insert("lockedWith", Value::text("recipients"));
                answer.insert("recipients", Value::texts(recipients.texts()));
            }
        }
    }
}
