//! The identity of one version of a credential, by which the same version is known on both sides.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::credential::{Head, Stamp};

/// The identity of one version of a credential. An etag is none: a grant, a reference or a mark replaces it and makes
/// no version. The time is compared for equality only, so a wrong clock decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct VersionKey {
    /// The credential.
    pub instance: Uuid,
    revision: u64,
    updated_at: DateTime<Utc>,
    modified_by: Uuid,
}

impl VersionKey {
    pub(super) fn of(head: &Head) -> Self {
        let Stamp { instance_id, revision, updated_at, modified_by, .. } = head.stamp;
        Self { instance: instance_id, revision, updated_at, modified_by }
    }
}
