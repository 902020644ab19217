//! The sources of a key, in order.

mod held;
mod identities;
mod key;
mod listed;
mod lockset;
mod opener;
mod passphrase;
mod quiet;

pub use identities::locked_identity;
pub use key::key;
pub use listed::{add_recipients, listed};
pub use lockset::{nothing_opens, opens_lockset};
pub use opener::Opener;
pub use passphrase::{choose, chosen, descriptor, file, new_passphrase, passphrase};
pub use quiet::quiet_key;
