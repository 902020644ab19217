//! An earlier version of a credential, and how many of them are kept.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::credential::Credential;

/// What is kept when credentials are replaced.
#[derive(Debug, Clone)]
pub struct Remember {
    /// Most versions of one id; 0 keeps none.
    pub versions: usize,
    /// When the change is made.
    pub at: DateTime<Utc>,
    /// Who makes it.
    pub by: Uuid,
}

impl Remember {
    /// Of a change that replaces no credential.
    #[must_use]
    pub fn nothing() -> Self {
        Self { versions: 0, at: DateTime::UNIX_EPOCH, by: Uuid::nil() }
    }
}

/// A credential as it was until it was replaced or deleted.
#[derive(Debug, Clone)]
pub struct Version {
    /// The credential.
    pub credential: Credential,
    /// When it was replaced or deleted.
    pub replaced_at: DateTime<Utc>,
    /// Who did it.
    pub replaced_by: Uuid,
    /// True if it was deleted.
    pub deleted: bool,
}

/// What became of a credential between two states of a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It is only in the later one.
    Added,
    /// It is another one.
    Changed,
    /// It is only in the earlier one.
    Deleted,
}
