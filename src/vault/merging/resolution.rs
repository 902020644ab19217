//! The values of their side in a conflict that somebody resolves.

use super::fields::{BaseValue, FieldMerge, TakenPaths};
use super::record::{has_same_content, take};
use crate::credential::Credential;
use crate::secret::Buffer;
use crate::value::{Object, json};
use crate::vault::collection::{Pending, Vault};
use crate::vault::error::Error;
use crate::vault::resident::{ConflictedRecord, OpenConflict};
use crate::vault::types::Typed as _;
use crate::vault::wire::{self, Section};

/// A credential with values of their side.
#[derive(Debug)]
pub struct TakenCredential {
    /// The credential, with the stamp that it had.
    pub credential: Credential,
    /// True if only grants differ, which makes no version.
    pub is_amended: bool,
    /// The id that it has on their side.
    pub their_id: String,
}

impl Vault {
    /// Returns our credential with the values that their side has at some paths.
    ///
    /// # Errors
    /// Fails if the record of their side is damaged.
    pub(crate) fn take_theirs(
        &mut self,
        conflict: &OpenConflict,
        ours: &Credential,
        takes: &TakenPaths,
    ) -> Result<TakenCredential, Error> {
        let types = self.types()?;
        let problem = |problem| Error::record(Section::Conflicts, 0, problem);
        let record = conflict.their_record().cloned().unwrap_or_default();
        let mut line = Buffer::with_capacity(1024);
        json::write(&record.into(), &mut line).map_err(Error::Write)?;
        let theirs = wire::credential(line.bytes()).map_err(problem)?.typed(&types);
        let credential = take(ours, &theirs, takes);
        let is_amended = has_same_content(&credential, ours);
        Ok(TakenCredential { credential, is_amended, their_id: theirs.head.id })
    }

    /// Forgets the conflicts of credentials that this change deletes, and renames those of credentials that it renames.
    /// Takes no time where there are none, or where the change does neither.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub(crate) fn settle_conflicts(&mut self) -> Result<(), Error> {
        let (begin, end) = self.index.range(Section::Conflicts);
        let has_conflicts = begin < end || self.sections[Section::Conflicts as usize].is_some();
        let is_deleting = || self.changes.values().any(|pending| pending.record.is_none());
        if !has_conflicts || self.renamed.is_empty() && !is_deleting() {
            return Ok(());
        }
        // a record that cannot be read stays to the byte: what lists conflicts refuses it, and no deletion hides it
        let (before, unreadable) = self.readable_residents::<OpenConflict>()?;
        let mut after = before.clone();
        for conflict in &mut after {
            if let Some(new) = self.renamed.get(&conflict.id) {
                conflict.id.clone_from(new);
            }
            if let Some(new) = conflict.other.as_ref().and_then(|other| self.renamed.get(other)) {
                conflict.other = Some(new.clone());
            }
        }
        let is_gone = |id: &str| matches!(self.changes.get(id), Some(Pending { record: None, .. }));
        after.retain(|conflict| conflict.record != ConflictedRecord::Credential || !is_gone(&conflict.id));
        if after != before {
            self.set_residents_beside(after, unreadable)?;
        }
        Ok(())
    }
}

/// Returns the members of our record with the values that theirs has at some paths.
pub(crate) fn take_members(ours: &Object, theirs: &Object, takes: &TakenPaths) -> Object {
    FieldMerge::taking(takes.clone()).members("", BaseValue::Unknown, ours, theirs)
}
