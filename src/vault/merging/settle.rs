//! The decision about each credential: which record the result has, and what is a conflict.

use super::cases::{MergeCase, SideLine};
use super::histories::{Histories, MergeSide};
use super::record::{Ancestor, merge};
use crate::credential::Credential;
use crate::kind::KnownTypes;
use crate::vault::error::Error;
use crate::vault::resident::ConflictKind;

/// The record that the result has of a credential.
#[derive(Debug)]
pub(super) enum DecidedRecord {
    /// The record of our side, as it is.
    Ours,
    /// The record of their side, as it is.
    Theirs,
    /// A record of both.
    New(Box<Credential>),
    /// None: it is deleted.
    Gone,
}

/// The decision about a credential.
#[derive(Debug)]
pub(super) struct MergeDecision {
    pub record: DecidedRecord,
    /// The id in the result.
    pub id: String,
    pub conflict: Option<(ConflictKind, Vec<String>)>,
}

/// The knowledge by which credentials are decided.
pub(super) struct Deciding<'a> {
    pub histories: &'a Histories,
    pub types: &'a KnownTypes,
    /// True if there is a common ancestor as a whole, so that what it lacks was added.
    pub has_base: bool,
    /// True if deletions leave a version behind.
    pub keeps_versions: bool,
}

impl Deciding<'_> {
    /// Decides about one credential.
    pub(super) fn decide(&self, case: &MergeCase) -> Result<MergeDecision, Error> {
        match (&case.ours, &case.theirs) {
            (Some(_), Some(_)) => self.both(case),
            (Some(line), None) => Ok(MergeDecision {
                id: line.id.clone(),
                ..self.one(case, MergeSide::Theirs, DecidedRecord::Ours, ConflictKind::OursOnly)
            }),
            (None, Some(line)) => Ok(MergeDecision {
                id: line.id.clone(),
                ..self.one(case, MergeSide::Ours, DecidedRecord::Theirs, ConflictKind::TheirsOnly)
            }),
            (None, None) => {
                Ok(MergeDecision { record: DecidedRecord::Gone, id: String::new(), conflict: None })
            }
        }
    }

    /// Decides about a credential that the other side does not have.
    fn one(
        &self,
        case: &MergeCase,
        other: MergeSide,
        record: DecidedRecord,
        kind: ConflictKind,
    ) -> MergeDecision {
        let keep = |conflict| MergeDecision { record, id: String::new(), conflict };
        let gone = MergeDecision { record: DecidedRecord::Gone, id: String::new(), conflict: None };
        let conflict = Some((kind, Vec::new()));
        let Some(line) = case.ours.as_ref().or(case.theirs.as_ref()) else { return gone };
        let (histories, instance) = (self.histories, line.version.instance);
        let own = if other == MergeSide::Theirs { MergeSide::Ours } else { MergeSide::Theirs };
        let deletion = histories.deletion(other, instance);
        if let Some(deletion) = deletion {
            // this side has brought back what it knows to be deleted
            if histories.find(own, deletion.key).is_some_and(|known| known.is_deleted) {
                return keep(None);
            }
            // the other side has deleted this version, or a later one
            return if histories.has(other, line.version) { gone } else { keep(conflict) };
        }
        match &case.base {
            Some(base) if base.version == line.version => gone,
            Some(_) => keep(conflict),
            // the other side had it, and nothing tells why it has it no longer
            None if histories.knows(other, instance) => keep(conflict),
            None if self.has_base || self.keeps_versions => keep(None),
            None => keep(conflict),
        }
    }

    fn both(&self, case: &MergeCase) -> Result<MergeDecision, Error> {
        let (Some(one), Some(two)) = (&case.ours, &case.theirs) else { return self.decide(case) };
        let knows = |side, version| one.version != two.version && self.histories.has(side, version);
        if knows(MergeSide::Theirs, one.version) && knows(MergeSide::Ours, two.version) {
            // each side has merged the other one before and kept its own: the conflict of then is open
            return Ok(MergeDecision { record: DecidedRecord::Ours, id: one.id.clone(), conflict: None });
        }
        let changed = match self.changed_alone(case, one, two) {
            Some(MergeSide::Ours) => Some((DecidedRecord::Ours, one)),
            Some(MergeSide::Theirs) => Some((DecidedRecord::Theirs, two)),
            None => None,
        };
        if let Some((record, line)) = changed.filter(|(_, line)| !line.may_count()) {
            return Ok(MergeDecision { record, id: line.id.clone(), conflict: None });
        }
        let (ours, theirs) = (one.credential(self.types)?, two.credential(self.types)?);
        let ancestor = self.ancestor(case, &ours, &theirs)?;
        let merged = merge(&ancestor, &ours, &theirs);
        let conflict = (!merged.clashes.is_empty()).then_some((ConflictKind::Changed, merged.clashes));
        let id = merged.credential.id().to_owned();
        let record = if merged.credential == ours {
            DecidedRecord::Ours
        } else if merged.credential == theirs {
            DecidedRecord::Theirs
        } else {
            DecidedRecord::New(Box::new(merged.credential))
        };
        Ok(MergeDecision { record, id, conflict })
    }

    /// Finds the side that alone has changed a credential. The other side has the line of the common ancestor, or
    /// exactly what this side has replaced. Most credentials are such, and need not be parsed.
    fn changed_alone(&self, case: &MergeCase, one: &SideLine, two: &SideLine) -> Option<MergeSide> {
        let sides = [(MergeSide::Theirs, one), (MergeSide::Ours, two)];
        let is_unchanged = |side: MergeSide, line: &SideLine| match &case.base {
            Some(base) => base.line == line.line,
            None if one.version == two.version => false,
            // what makes no version, such as a grant, replaces the etag
            None => self.histories.find(side, line.version).is_some_and(|known| known.etag == line.etag),
        };
        sides.into_iter().find(|(side, line)| is_unchanged(*side, line)).map(|(side, _)| side)
    }

    /// Finds the common ancestor of a credential: in the file that both sides come from, or in the histories.
    fn ancestor(&self, case: &MergeCase, ours: &Credential, theirs: &Credential) -> Result<Ancestor, Error> {
        let (Some(one), Some(two)) = (&case.ours, &case.theirs) else { return Ok(Ancestor::default()) };
        let (one, two) = (one.version, two.version);
        let histories = self.histories;
        let in_theirs = histories.find(MergeSide::Theirs, one);
        let in_ours = histories.find(MergeSide::Ours, two);
        if let Some(base) = &case.base {
            let follows = |side, version| base.version == version || histories.has(side, base.version);
            let base = base.credential(self.types)?;
            let (access, is_marked) = (base.head.envelope.access.clone(), base.head.stamp.rotate_required);
            let version = match (in_theirs, in_ours) {
                // a side that went back behind the ancestor has changed something, too
                (Some(_), _) if follows(MergeSide::Ours, one) => ours.clone(),
                (_, Some(_)) if follows(MergeSide::Theirs, two) => theirs.clone(),
                _ => base,
            };
            return Ok(Ancestor {
                version: Some(version),
                has_id: true,
                access: Some(access),
                is_marked: Some(is_marked),
            });
        }
        // what makes no version replaces the etag
        let of_side = |side: &Credential, is_exact: bool| Ancestor {
            version: Some(side.clone()),
            has_id: true,
            access: is_exact.then(|| side.head.envelope.access.clone()),
            is_marked: is_exact.then_some(side.head.stamp.rotate_required),
        };
        if one == two {
            return Ok(Ancestor { has_id: false, ..of_side(ours, false) });
        }
        if let Some(known) = in_theirs {
            return Ok(of_side(ours, known.etag == ours.head.stamp.etag));
        }
        if let Some(known) = in_ours {
            return Ok(of_side(theirs, known.etag == theirs.head.stamp.etag));
        }
        let Some(common) = histories.last_common(one.instance) else { return Ok(Ancestor::default()) };
        let is_exact =
            histories.find(MergeSide::Theirs, common.key).is_some_and(|theirs| theirs.etag == common.etag);
        Ok(Ancestor { has_id: false, ..of_side(&common.credential(self.types)?, is_exact) })
    }
}
