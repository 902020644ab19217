//! An earlier version of a credential, and the choice of how many are kept.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::credential::Credential;

/// The choice of what is kept when credentials are replaced.
#[derive(Debug, Clone)]
pub struct Remember {
    /// The most versions of one id; 0 keeps none.
    pub versions: usize,
    /// The instant of the change.
    pub at: DateTime<Utc>,
    /// The id of the operator who makes the change.
    pub by: Uuid,
}

impl Remember {
    /// Returns the choice for a change that replaces no credential.
    #[must_use]
    pub fn nothing() -> Self {
        Self { versions: 0, at: DateTime::UNIX_EPOCH, by: Uuid::nil() }
    }
}

/// A credential, or its head, as it was until it was replaced or deleted.
#[derive(Debug, Clone)]
pub struct Version<T = Credential> {
    /// The credential.
    pub credential: T,
    /// The instant at which the credential was replaced or deleted.
    pub replaced_at: DateTime<Utc>,
    /// The id of the operator who did that.
    pub replaced_by: Uuid,
    /// True if the credential was deleted.
    pub deleted: bool,
}

/// The difference of a credential between two states of a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// A credential that is only in the later one.
    Added,
    /// A credential that differs.
    Changed,
    /// A credential that is only in the earlier one.
    Deleted,
}
