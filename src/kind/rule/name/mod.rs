//! Distinguished names: from DER to the text of RFC 4514, and the texts that people and tools write.
//!
//! `encoded.rs` shows names in DER, `written.rs` reads texts. Neither knows where a name stands.

mod encoded;
mod written;

pub(super) use encoded::{COMMON_NAME, common_name, narrow, text};
pub(super) use written::parse;
