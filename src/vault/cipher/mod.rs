//! The age file around a vault: the keys, opening one, and sealing a new one. All cryptography is age's.

mod age_header;
mod header_tap;
mod holder;
mod identity;
mod key;
mod lockset;
mod mark;
mod passphrase;
mod plugin;
mod recipient;
mod refused;
mod sealed;
mod sealer;
mod stanzas;
mod wrapped_key;

pub(super) use age_header::{ARMOR, MAGIC};
pub use holder::{Held, Holder};
pub use identity::{Disclosed, Encrypted, Identities, Parsed, generate, recipients_of};
pub use key::Key;
pub use lockset::Lockset;
pub use mark::{Mark, MarkStamp};
pub use plugin::{PluginAnswers, Plugins};
pub use recipient::Recipients;
pub(super) use recipient::{is_plausible, without_comment};
pub use sealed::Sealed;
pub use sealer::Sealer;
pub use stanzas::Stanzas;
pub use wrapped_key::{FileKey, WrappedKey};
