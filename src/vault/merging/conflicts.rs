//! The conflicts of the result: those that were open before, and those that this merge leaves.

use super::base::MergeBase;
use super::cases::{MergeCase, SideLine};
use super::content::ContentMerge;
use super::residents::{of_base, open_conflicts};
use super::settle::MergeDecision;
use crate::vault::collection::Vault;
use crate::vault::error::Error;
use crate::vault::resident::{ConflictKind, ConflictSide, ConflictedRecord, OpenConflict};

/// The most fields that a conflict names one by one.
const MAX_FIELDS: usize = 256;

impl ContentMerge<'_> {
    /// Puts the conflicts that this merge leaves open beside those that were open before.
    pub(super) fn conflicts(
        &mut self,
        ours: &mut Vault,
        theirs: &mut Vault,
        base: &mut MergeBase<'_>,
        cases: &[MergeCase],
        decisions: &[MergeDecision],
    ) -> Result<(), Error> {
        for (case, decision) in cases.iter().zip(decisions) {
            if let Some((kind, fields)) = &decision.conflict {
                let conflict = self.conflict(case, decision, *kind, fields)?;
                self.report.conflicts.push(conflict);
            }
        }
        let (one, two): (Vec<OpenConflict>, Vec<OpenConflict>) = (ours.stored()?, theirs.stored()?);
        let before = of_base(base, &one)?;
        let mut all = open_conflicts(before.as_deref(), &one, &two);
        let is_gone = |conflict: &OpenConflict| {
            conflict.record == ConflictedRecord::Credential && self.report.deleted.contains(&conflict.id)
        };
        all.retain(|conflict| !is_gone(conflict));
        // a second merge of the same file asks nothing twice
        self.report.conflicts.retain(|new| !all.iter().any(|known| known.is_same_as(new)));
        all.extend(self.report.conflicts.iter().cloned());
        if all != one {
            ours.set_residents(all)?;
        }
        Ok(())
    }

    fn conflict(
        &self,
        case: &MergeCase,
        decision: &MergeDecision,
        kind: ConflictKind,
        fields: &[String],
    ) -> Result<OpenConflict, Error> {
        let side = |line: &Option<SideLine>| -> Result<ConflictSide, Error> {
            let head = line.as_ref().map(SideLine::head).transpose()?;
            Ok(head.map(|head| ConflictSide::of(&head.stamp)).unwrap_or_default())
        };
        let (ours, theirs) = (side(&case.ours)?, side(&case.theirs)?);
        let their_record = match (&case.theirs, kind) {
            (Some(line), ConflictKind::Changed) => Some(line.members()?),
            _ => None,
        };
        let fields = if fields.len() > MAX_FIELDS { Vec::new() } else { fields.to_vec() };
        let id = decision.id.clone();
        let other = (kind == ConflictKind::BothAdded)
            .then(|| case.theirs.as_ref().map(|line| line.id.clone()))
            .flatten();
        Ok(OpenConflict {
            record: ConflictedRecord::Credential,
            id,
            kind,
            fields,
            other,
            ours,
            theirs,
            their_record,
            merged_at: self.remember.at,
            merged_by: self.remember.by,
        })
    }
}
