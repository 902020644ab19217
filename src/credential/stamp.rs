//! What credctl itself keeps about a credential and its changes.

use chrono::{DateTime, Datelike as _, SubsecRound as _, TimeDelta, Utc};
use uuid::Uuid;

use super::act::Act;

/// Largest revision or generation: the last whole number that every reader of JSON keeps exactly.
pub(crate) const MAX_COUNT: u64 = 1 << 53;

/// What credctl itself keeps about a credential and its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Never used for another credential, also not one of the same id.
    pub instance_id: Uuid,
    /// Changes with everything that an answer about the credential shows, grants and references among it.
    pub etag: Uuid,
    /// 1 after creation, one more after every change.
    pub revision: u64,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Who created it.
    pub created_by: Uuid,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Who last changed it.
    pub modified_by: Uuid,
}

impl Stamp {
    /// The stamp of a change: the first one, or the one after what is stored. Times are kept in microseconds;
    /// a later change is always later than the one before.
    pub(super) fn next(stored: Option<&Self>, act: &Act) -> Self {
        let now = act.now.trunc_subsecs(6);
        match stored {
            None => Self {
                instance_id: Uuid::new_v4(),
                etag: Uuid::new_v4(),
                revision: 1,
                created_at: now,
                created_by: act.actor,
                updated_at: now,
                modified_by: act.actor,
            },
            Some(old) => Self {
                etag: Uuid::new_v4(),
                // what a vault holds may be the last number, and the last instant, that can be written
                revision: old.revision.saturating_add(1).min(MAX_COUNT),
                updated_at: now.max(after(old.updated_at)),
                modified_by: act.actor,
                ..old.clone()
            },
        }
    }
}

/// The next instant that four digits of a year can write.
fn after(instant: DateTime<Utc>) -> DateTime<Utc> {
    let next = instant + TimeDelta::microseconds(1);
    if next.year() > 9999 { instant } else { next }
}
