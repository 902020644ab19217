//! The state of a working copy: the object that it was compared with, and the last attempts to reach the engine.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::disk::{FileError, StateFolder};
use crate::vault::GenerationDigest;

/// The name of the file.
const NAME: &str = "state.json";

/// The state of a working copy. Losing it costs one transfer and one probe.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CopyState {
    /// The tag of the object that the copy is equal to.
    pub tag: Option<String>,
    /// The digest of that copy: another one is not what the tag belongs to.
    pub digest: Option<GenerationDigest>,
    /// The time of the last answer of the engine, in seconds since 1970.
    pub checked: i64,
    /// The time of the last attempt without an answer since then.
    pub failed: Option<i64>,
    /// The milliseconds that the engine took for its last answer.
    pub took: Option<u32>,
    /// True if a large object was read in parts before, so that the next read makes a copy.
    pub in_parts: bool,
    /// True if the engine was found to honour conditions.
    pub probed: bool,
}

impl CopyState {
    /// Reads the state; an empty one if there is none that can be read.
    pub(super) fn read(folder: &Path) -> Self {
        let bytes =
            StateFolder::open(folder).ok().flatten().and_then(|folder| folder.read(NAME).ok().flatten());
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Writes the state.
    pub(super) fn write(&self, folder: &Path) -> Result<(), FileError> {
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        // it says nothing that the copy and the engine do not tell again
        StateFolder::lock(folder)?.write(NAME, &bytes, false)
    }
}
