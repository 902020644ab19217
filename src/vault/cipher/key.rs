//! The key that opens a vault.

use super::identity::Identities;
use crate::secret::Secret;

/// What opens a vault.
pub enum Key {
    /// The passphrase it is locked with.
    Passphrase(Secret),
    /// Identities of which one belongs to a recipient.
    Identities(Identities),
}
