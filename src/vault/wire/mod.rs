//! The JSON of a vault and the only serde types for it. See `docs/vault-format.md`.

mod credential;
mod judge;
mod version;

pub(super) use crate::credential::MAX_COUNT;
pub use credential::{credential, head, id, line, raw_id};
pub use version::{canonical_version, version, version_line};

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

/// Newest format version that is read and the one that is written.
pub const VERSION: u64 = 1;

/// What the first line holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Always `vault`.
    pub credctl: Cow<'static, str>,
    /// Format version.
    pub version: u64,
    /// Identity of this vault, the same for all its generations.
    pub id: Uuid,
    /// Counts the writes.
    pub generation: u64,
    /// The environment whose bundle this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<String>,
}

/// What of any vault, also of a newer one, can be relied on.
#[derive(Deserialize)]
pub struct AnyVersion {
    pub credctl: Option<String>,
    pub version: Option<u64>,
}

/// A whole vault whose layout is not ours: somebody edited it by hand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document<'a> {
    pub credctl: String,
    pub version: u64,
    pub id: Uuid,
    pub generation: u64,
    pub bundle: Option<String>,
    #[serde(default, borrow)]
    pub recipients: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    pub credentials: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    pub policies: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    pub users: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    pub references: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    pub environments: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    pub history: Vec<&'a RawValue>,
    #[serde(default, rename = "index")]
    pub _index: serde::de::IgnoredAny,
}
