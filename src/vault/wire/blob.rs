//! A blob in the list of a vault.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::vault::RecordProblem;

/// A blob in the list of a vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BlobRecord {
    /// The id of the blob.
    pub id: Uuid,
    /// The first generation that does not name the blob, if this one does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unused_since: Option<u64>,
}

impl BlobRecord {
    /// Reads a line.
    ///
    /// # Errors
    /// The reason why the line is no such record.
    pub fn read(line: &[u8]) -> Result<Self, RecordProblem> {
        serde_json::from_slice(line).map_err(|error| RecordProblem::Json(error.into()))
    }

    /// Returns the line, without its end.
    ///
    /// # Errors
    /// Never in practice.
    pub fn line(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}
