//! Text that people feed in: its encoding, its characters, and slips in it.
//!
//! Every reader of a document, a list or a configuration decodes its bytes here. Values that may be
//! binary, such as `@path` of a key store, stay bytes and do not pass.

mod character;
mod encoding;
mod nature;
mod public;
mod reference;
mod suggestion;

pub use character::{compose, hidden_char, is_hidden};
pub use encoding::{MARK, Text, TextError, decode};
pub use nature::Nature;
pub use public::PublicText;
pub use reference::{SCHEME, has_reference};
pub use suggestion::suggest;
