//! The key that signs a change: from a key file, or in the ssh-agent of the operator.

mod at_hand;
mod key;
mod ssh_agent;

pub use at_hand::SigningKeyAtHand;
pub use key::{NamedSigner, key_of, named, of_signers};
