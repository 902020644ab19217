//! The JSON of a vault and the only serde types for it. See `docs/vault-format.md`.

mod credential;
mod document;
mod header;
mod judge;
mod outline;
mod section;
mod version;

pub(super) use crate::credential::MAX_COUNT;
pub use credential::{credential, head, id, lay_out, line, raw_id};
pub use document::{Document, any_id};
pub use header::{AnyVersion, Header, VERSION};
pub use outline::Outline;
pub use section::Section;
pub use version::{lay_out_version, line_of_version, version, version_head, version_line};
