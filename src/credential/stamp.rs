//! The record that credctl itself keeps about a credential and its changes.

use chrono::{DateTime, Datelike as _, SubsecRound as _, TimeDelta, Utc};
use uuid::Uuid;

use super::act::Act;

/// Largest revision or generation: the last whole number that every reader of JSON keeps exactly.
pub(crate) const MAX_COUNT: u64 = 1 << 53;

/// The record that credctl itself keeps about a credential and its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// An id that is never used for another credential, also not for one of the same `id`.
    pub instance_id: Uuid,
    /// A value that changes with everything that an answer about the credential shows, grants and references,
    /// too.
    pub etag: Uuid,
    /// The number of the version: 1 after creation, one more after every change.
    pub revision: u64,
    /// The instant of the creation.
    pub created_at: DateTime<Utc>,
    /// The id of the operator who created the credential.
    pub created_by: Uuid,
    /// The name of that operator, if it was known.
    pub created_by_name: Option<String>,
    /// The instant of the last change.
    pub updated_at: DateTime<Utc>,
    /// The id of the operator who made the last change.
    pub modified_by: Uuid,
    /// The name of that operator, if it was known.
    pub modified_by_name: Option<String>,
    /// True if somebody who must not know the secrets any more could read them.
    pub rotate_required: bool,
}

impl Stamp {
    /// Returns the stamp of a change: the first one, or the one after what is stored. Times are kept in
    /// microseconds; a later change is always later than the one before.
    pub(super) fn next(stored: Option<&Self>, act: &Act) -> Self {
        let now = act.now.trunc_subsecs(6);
        match stored {
            None => Self {
                instance_id: Uuid::new_v4(),
                etag: Uuid::new_v4(),
                revision: 1,
                created_at: now,
                created_by: act.actor,
                created_by_name: act.actor_name.clone(),
                updated_at: now,
                modified_by: act.actor,
                modified_by_name: act.actor_name.clone(),
                rotate_required: false,
            },
            Some(old) => Self {
                etag: Uuid::new_v4(),
                // what a vault holds may be the last number, and the last instant, that can be written
                revision: old.revision.saturating_add(1).min(MAX_COUNT),
                updated_at: now.max(after(old.updated_at)),
                modified_by: act.actor,
                modified_by_name: act.actor_name.clone(),
                ..old.clone()
            },
        }
    }
}

impl Stamp {
    /// Returns the stamp of a credential with changes of two stamps. It is the same for every machine that unites
    /// them; `is_ordered` makes a difference between the first one and the second one.
    pub(crate) fn united(&self, other: &Self, is_ordered: bool) -> Self {
        let last = if (self.updated_at, self.etag) < (other.updated_at, other.etag) { other } else { self };
        Self {
            etag: self.united_etag(other, is_ordered),
            revision: self.revision.max(other.revision).saturating_add(1).min(MAX_COUNT),
            updated_at: after(last.updated_at),
            modified_by: last.modified_by,
            modified_by_name: last.modified_by_name.clone(),
            ..self.clone()
        }
    }

    /// Returns the etag of a credential that is made of two, the same on every machine.
    pub(crate) fn united_etag(&self, other: &Self, is_ordered: bool) -> Uuid {
        let (one, two) = if is_ordered || self.etag < other.etag {
            (self.etag, other.etag)
        } else {
            (other.etag, self.etag)
        };
        Uuid::new_v5(&self.instance_id, &[one.into_bytes(), two.into_bytes()].concat())
    }
}

/// Returns the next microsecond, or the same instant if four digits cannot write its year.
fn after(instant: DateTime<Utc>) -> DateTime<Utc> {
    let next = instant + TimeDelta::microseconds(1);
    if next.year() > 9999 { instant } else { next }
}
