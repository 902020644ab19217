//! Records that live in a vault beside the credentials: small registries, each a section of its own that is
//! read as a whole and written as a whole.
//!
//! Each resident has one document, which is its record in the vault, the answer of every verb about
//! it, and what an export has of it.

mod conflict;
mod document;
mod environment;
mod policy;
mod reference;
mod type_record;
mod user;

pub(in crate::vault) use conflict::conflict_id;
pub use conflict::{ConflictKind, ConflictSide, ConflictedRecord, OpenConflict};
pub use document::Resident;
pub use environment::Environment;
pub use policy::{Period, Policy, PolicyRule};
pub use reference::Reference;
pub use type_record::TypeRecord;
pub use user::{AuthProvider, User};
