//! The only holder of sensitive text: wiped when dropped, never shown, never serialised.
//!
//! The text inside leaves through [`Secret::expose`] and nowhere else, so a search for that name finds every
//! place where a secret is looked at.

mod buffer;
mod bytes;
mod piece;
mod text;
mod wipe;

pub use buffer::{Batched, Buffer, read_all, without_newline};
pub use bytes::SecretBytes;
pub use piece::WipedPiece;
pub use text::Secret;
pub use wipe::{wipe_freed, wipe_stack};
