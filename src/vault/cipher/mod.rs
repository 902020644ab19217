//! The age file around a vault: the keys, opening one, and sealing a new one. All cryptography is age's.

mod age_header;
mod identity;
mod key;
mod lockset;
mod mark;
mod passphrase;
mod plugin;
mod recipient;
mod sealed;
mod sealer;
mod stanzas;

pub(super) use age_header::{ARMOR, MAGIC};
pub use identity::{Encrypted, Identities, Parsed, generate, recipients_of};
pub use key::Key;
pub use lockset::Lockset;
pub use mark::{Mark, MarkStamp};
pub use plugin::{PluginAnswers, Plugins};
pub use recipient::Recipients;
pub(super) use recipient::{is_plausible, without_comment};
pub use sealed::Sealed;
pub use sealer::Sealer;
pub use stanzas::Stanzas;
