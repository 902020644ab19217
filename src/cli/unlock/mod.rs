//! The sources of a key, in order.

mod held;
mod identities;
mod key;
mod lockset;
mod passphrase;
mod quiet;

pub use identities::{NamedIdentities, Opened, decrypt, locked_identity};
pub use key::{key, prompt};
pub use lockset::{add_recipients, nothing_opens, opens_lockset};
pub use passphrase::{choose, chosen, descriptor, file, new_passphrase, passphrase, with_tries};
pub use quiet::quiet_key;
