//! The merge of the small registries: policies, users, references, environments and types, each record by its key.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use zeroize::Zeroizing;

use super::base::MergeBase;
use super::fields::{BaseValue, FieldMerge};
use crate::value::{Object, Value};
use crate::vault::collection::Vault;
use crate::vault::error::Error;
use crate::vault::lines::{Lines, SCAN};
use crate::vault::resident::{
    ConflictKind, ConflictSide, ConflictedRecord, OpenConflict, Resident, conflict_id,
};
use crate::vault::version::Remember;
use crate::vault::wire::Section;

/// The merge of one registry.
#[derive(Debug)]
pub(super) struct RegistryMerge<'a> {
    /// The keys that credentials of the result need.
    pub needed: &'a BTreeSet<String>,
    /// The ids of the credentials that one side has added, and their references with them.
    pub added: &'a BTreeSet<String>,
    pub remember: &'a Remember,
    /// The records that come from their side, or go with it.
    pub changed: Vec<String>,
    pub conflicts: Vec<OpenConflict>,
}

impl RegistryMerge<'_> {
    /// Merges the residents of a kind. Returns the result if it differs from ours.
    pub(super) fn merge<R: Resident + PartialEq + Clone>(
        &mut self,
        base: Option<&[R]>,
        ours: &[R],
        theirs: &[R],
    ) -> Option<Vec<R>> {
        let by_key = |all: &[R]| -> BTreeMap<(String, String), R> {
            let key = |one: &R| (one.key().0.to_owned(), one.key().1.to_owned());
            all.iter().map(|one| (key(one), one.clone())).collect()
        };
        let (one, two, three) = (by_key(ours), by_key(theirs), base.map(by_key));
        let mut merged = Vec::new();
        for key in one.keys().chain(two.keys().filter(|key| !one.contains_key(*key))) {
            let (ours, theirs) = (one.get(key), two.get(key));
            let base = three.as_ref().map(|base| base.get(key));
            let result = self.one(base, ours, theirs);
            if result.as_ref() != ours
                && let Some(any) = result.as_ref().or(ours)
            {
                self.changed.push(format!("{} {}", R::NAME, conflict_id(any)));
            }
            merged.extend(result);
        }
        merged.sort_by(|a, b| a.key().cmp(&b.key()));
        (merged != *ours).then_some(merged)
    }

    #[expect(clippy::option_option, reason = "no ancestor is known, or it does not have the record")]
    fn one<R: Resident + PartialEq + Clone>(
        &mut self,
        base: Option<Option<&R>>,
        ours: Option<&R>,
        theirs: Option<&R>,
    ) -> Option<R> {
        let is_added = ours.or(theirs).is_some_and(|one| self.added.contains(one.key().0));
        let base = base.or(is_added.then_some(None));
        match (base, ours, theirs) {
            _ if ours == theirs => ours.cloned(),
            (Some(base), Some(ours), Some(theirs)) if base == Some(ours) => Some(theirs.clone()),
            (Some(base), Some(ours), Some(theirs)) if base == Some(theirs) => Some(ours.clone()),
            (_, Some(ours), Some(theirs)) => Some(self.both(base.flatten(), ours, theirs)),
            // added on one side
            (Some(None), Some(one), None) | (Some(None), None, Some(one)) => Some(one.clone()),
            // deleted on the other side, unless a credential needs it now
            (Some(Some(base)), Some(one), None) | (Some(Some(base)), None, Some(one))
                if base == one && !self.needed.contains(one.key().0) =>
            {
                None
            }
            (_, Some(ours), None) => {
                self.conflict(ours, ConflictKind::OursOnly, Vec::new(), None);
                Some(ours.clone())
            }
            (_, None, Some(theirs)) => {
                self.conflict(theirs, ConflictKind::TheirsOnly, Vec::new(), None);
                Some(theirs.clone())
            }
            (_, None, None) => None,
        }
    }

    fn both<R: Resident + Clone>(&mut self, base: Option<&R>, ours: &R, theirs: &R) -> R {
        let before = base.map(|base| Value::from(base.document()));
        let known = before.as_ref().map_or(BaseValue::Unknown, |before| BaseValue::Known(Some(before)));
        let mut merge = FieldMerge::default();
        let merged = merge.members("", known, &ours.document(), &theirs.document());
        let merged = if merge.clashes.is_empty() { R::read(merged).ok() } else { None };
        merged.unwrap_or_else(|| {
            self.conflict(ours, ConflictKind::Changed, merge.clashes, Some(theirs.document()));
            ours.clone()
        })
    }

    fn conflict<R: Resident>(
        &mut self,
        resident: &R,
        kind: ConflictKind,
        fields: Vec<String>,
        their_record: Option<Object>,
    ) {
        let Some(record) = ConflictedRecord::of(R::SECTION) else { return };
        self.conflicts.push(OpenConflict {
            record,
            id: conflict_id(resident),
            kind,
            fields,
            other: None,
            ours: ConflictSide::default(),
            theirs: ConflictSide::default(),
            their_record,
            merged_at: self.remember.at,
            merged_by: self.remember.by,
        });
    }
}

/// Returns the residents that the common ancestor has, if there is one.
pub(super) fn of_base<R: Resident + Clone>(
    base: &mut MergeBase<'_>,
    ours: &[R],
) -> Result<Option<Vec<R>>, Error> {
    Ok(match base {
        MergeBase::None => None,
        MergeBase::Ours => Some(ours.to_vec()),
        MergeBase::File(base) => Some(base.stored()?),
    })
}

/// Merges the open conflicts of both sides: those that were open before, and are resolved on neither side.
pub(super) fn open_conflicts(
    base: Option<&[OpenConflict]>,
    ours: &[OpenConflict],
    theirs: &[OpenConflict],
) -> Vec<OpenConflict> {
    let is_resolved = |one: &OpenConflict, other: &[OpenConflict]| {
        base.is_some_and(|base| base.contains(one)) && !other.contains(one)
    };
    let mut all: Vec<OpenConflict> = Vec::new();
    for (own, other) in [(ours, theirs), (theirs, ours)] {
        for one in own.iter().filter(|one| !is_resolved(one, other)) {
            if !all.contains(one) {
                all.push(one.clone());
            }
        }
    }
    all
}

/// Merges the lines of a section that no program of today reads. Returns the result if it differs from ours.
pub(super) fn merged_lines(
    ours: &mut Vault,
    theirs: &mut Vault,
    base: &mut MergeBase<'_>,
    section: Section,
) -> Result<Option<Vec<Zeroizing<Vec<u8>>>>, Error> {
    let (one, two) = (lines_of(ours, section)?, lines_of(theirs, section)?);
    if one == two {
        return Ok(None);
    }
    let before = match base {
        MergeBase::None => Vec::new(),
        MergeBase::Ours => one.clone(),
        MergeBase::File(base) => lines_of(base, section)?,
    };
    let [in_ours, in_theirs, in_base] =
        [&one, &two, &before].map(|all| all.iter().map(|line| line.as_slice()).collect::<HashSet<_>>());
    let is_removed = |line: &[u8], other: &HashSet<&[u8]>| in_base.contains(line) && !other.contains(line);
    let kept = one.iter().filter(|line| !is_removed(line, &in_theirs));
    let new = two.iter().filter(|line| !in_ours.contains(line.as_slice()) && !is_removed(line, &in_ours));
    let merged: Vec<_> = kept.chain(new).cloned().collect();
    Ok((merged != one).then_some(merged))
}

fn lines_of(vault: &mut Vault, section: Section) -> Result<Vec<Zeroizing<Vec<u8>>>, Error> {
    let range = vault.index.range(section);
    let mut lines = Lines::new(&mut vault.plain, range, SCAN)?;
    let mut all = Vec::new();
    while let Some(line) = lines.next()? {
        all.push(Zeroizing::new(line.to_vec()));
    }
    Ok(all)
}
