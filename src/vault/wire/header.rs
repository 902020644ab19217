//! The first line of a vault.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
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

/// The members of any vault, also of a newer version, that can be relied on.
#[derive(Deserialize)]
pub struct AnyVersion {
    pub credctl: Option<String>,
    pub version: Option<u64>,
}
