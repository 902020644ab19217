//! The key that opens a vault.

use super::holder::Held;
use super::identity::Identities;
use crate::secret::Secret;

/// The key that opens a vault.
pub enum Key {
    /// The passphrase that the vault is locked with.
    Passphrase(Secret),
    /// Identities of which one belongs to a recipient.
    Identities(Identities),
    /// The passphrase, which somebody else holds.
    Held(Held),
}
