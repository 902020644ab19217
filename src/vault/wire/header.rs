//! The first line of a vault.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The newest format version that is read, and the one that is written.
pub const VERSION: u64 = 1;

/// The members of the first line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The kind of document: always `vault`.
    pub credctl: Cow<'static, str>,
    /// The format version.
    pub version: u64,
    /// The identity of this vault, the same for all its generations.
    pub id: Uuid,
    /// The number of writes.
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
