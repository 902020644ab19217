//! The JSON of a vault and the only serde types for it. See `docs/vault-format.md`.

mod attachment;
mod blob;
mod credential;
mod document;
mod header;
mod judge;
mod lineage;
mod mark;
mod member;
mod outline;
mod record;
mod section;
mod signer;
mod version;

pub(super) use crate::credential::MAX_COUNT;
pub use blob::BlobRecord;
pub use credential::{credential, head, id, lay_out, line_up_to, raw_id, write_line};
pub use document::{Document, any_id};
pub use header::{AnyVersion, Header, VERSION};
pub use lineage::{GenerationDigest, MAX_FORMER_SEALS, MAX_PARENTS, Seal, SealDigest};
pub use mark::MarkedLine;
pub use member::{RosterMember, member, member_line};
pub use outline::Outline;
pub use section::Section;
pub use signer::{MAX_SIGNERS, Signer};
pub use version::{VersionLine, lay_out_version, version, version_head};
