//! The decisions as changes of our vault: the records that it gets, the ids that are free again, and the joined
//! history.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::cases::{MergeCase, SideLine, damaged};
use super::histories::{Histories, StoredVersion, VersionGroup, VersionPlaces, joined};
use super::settle::{DecidedRecord, MergeDecision};
use super::version_key::VersionKey;
use crate::vault::collection::{Pending, Vault};
use crate::vault::error::Error;
use crate::vault::new_record::NewRecord;
use crate::vault::version::Remember;
use crate::vault::wire::{Section, VersionLine};

/// The lines of all versions of one id, the oldest first.
type VersionLines = Vec<Zeroizing<Vec<u8>>>;

impl Vault {
    /// Makes the decisions the changes of this vault.
    pub(super) fn put_decisions(
        &mut self,
        cases: &[MergeCase],
        decisions: &[MergeDecision],
    ) -> Result<(), Error> {
        let mut puts = BTreeMap::new();
        let mut free = BTreeSet::new();
        for (case, MergeDecision { record, id, .. }) in cases.iter().zip(decisions) {
            let ours = case.ours.as_ref().map(|line| line.id.as_str());
            let put = match (record, &case.theirs) {
                (DecidedRecord::Gone, _) => None,
                (DecidedRecord::Ours, _) => continue,
                (DecidedRecord::New(credential), _) => Some(NewRecord::new(credential)?),
                (DecidedRecord::Theirs, theirs) => {
                    theirs.as_ref().map(|line| NewRecord::Line(Zeroizing::new(line.line.to_vec())))
                }
            };
            free.extend(ours.filter(|ours| put.is_none() || ours != id).map(str::to_owned));
            if let Some(record) = put {
                puts.insert(id.clone(), record);
            }
        }
        for id in free {
            self.changes.insert(id, Pending { record: None, versioned: false });
        }
        for (id, record) in puts {
            self.changes.insert(id, Pending { record: Some(record), versioned: false });
        }
        Ok(())
    }
}

/// Joins the histories of both sides, with the versions that the merge replaces. Returns the lines of the ids whose
/// versions are others than those of our side.
pub(super) fn join_histories(
    histories: Histories,
    cases: &[MergeCase],
    decisions: &[MergeDecision],
    remember: &Remember,
) -> Result<BTreeMap<String, VersionLines>, Error> {
    // the versions of a credential are together: under its id, or under the one that it had when it was deleted
    let homes: Vec<Option<Rc<str>>> = cases
        .iter()
        .zip(decisions)
        .map(|(case, decision)| match decision.record {
            DecidedRecord::Gone => histories.place_of_deletion(case.instance()?),
            _ => Some(decision.id.as_str().into()),
        })
        .collect();
    let Histories { mut groups, places } = histories;
    let before: HashMap<Rc<str>, VersionLines> = groups
        .iter()
        .map(|(id, group)| {
            (Rc::clone(id), group.sides[0].iter().map(|version| version.line.clone()).collect())
        })
        .collect();
    for (case, home) in cases.iter().zip(&homes) {
        if let (Some(instance), Some(home)) = (case.instance(), home) {
            move_versions(&mut groups, &places, instance, home)?;
        }
    }
    let mut all: BTreeMap<String, Vec<StoredVersion>> =
        groups.into_iter().map(|(id, group)| ((*id).to_owned(), joined(group))).collect();
    for (case, decision) in cases.iter().zip(decisions) {
        for version in replaced(case, decision, remember)? {
            let group = all.entry(decision.id.clone()).or_default();
            match group.iter_mut().find(|known| known.key == version.key) {
                Some(known) if known.is_deleted && !version.is_deleted => *known = version,
                Some(_) => {}
                None => group.push(version),
            }
        }
    }
    let mut changed = BTreeMap::new();
    for (id, versions) in all {
        let lines: Vec<_> = versions.into_iter().map(|version| version.line).collect();
        let surplus = lines.len().saturating_sub(remember.versions);
        let kept: Vec<_> = lines.into_iter().skip(surplus).collect();
        if before.get(&*id).map_or(!kept.is_empty(), |before| *before != kept) {
            changed.insert(id, kept);
        }
    }
    Ok(changed)
}

/// Moves the versions of a credential to the id that is their home, wherever a side has them.
fn move_versions(
    groups: &mut BTreeMap<Rc<str>, VersionGroup>,
    places: &VersionPlaces,
    instance: Uuid,
    home: &Rc<str>,
) -> Result<(), Error> {
    let Some(sides) = places.get(&instance) else { return Ok(()) };
    for (side, places) in sides.iter().enumerate() {
        let mut ids: Vec<_> = places.iter().map(|(id, _)| id).filter(|id| *id != home).collect();
        ids.dedup();
        for id in ids {
            let Some(group) = groups.get_mut(id) else { continue };
            let versions = std::mem::take(&mut group.sides[side]);
            let (moved, rest): (Vec<_>, Vec<_>) =
                versions.into_iter().partition(|version| version.key.instance == instance);
            group.sides[side] = rest;
            let target = groups.entry(Rc::clone(home)).or_default();
            for version in moved {
                let line = VersionLine::renamed(&version.line, home);
                let line = line.map_err(|problem| Error::record(Section::History, 0, problem))?.bytes();
                target.sides[side].push(StoredVersion { line, ..version });
            }
        }
    }
    Ok(())
}

/// Makes versions of the records that the result does not have. The record of a side that has not changed is a version
/// already, and who deleted a credential has chosen what is kept of it.
fn replaced(
    case: &MergeCase,
    decision: &MergeDecision,
    remember: &Remember,
) -> Result<Vec<StoredVersion>, Error> {
    let result = match &decision.record {
        DecidedRecord::Ours => case.ours.as_ref().map(|line| line.version),
        DecidedRecord::Theirs => case.theirs.as_ref().map(|line| line.version),
        DecidedRecord::New(credential) => Some(VersionKey::of(credential.head())),
        DecidedRecord::Gone => None,
    };
    let Some(result) = result else { return Ok(Vec::new()) };
    let is_base = |line: &SideLine| case.base.as_ref().is_some_and(|base| base.version == line.version);
    let sides = [&case.ours, &case.theirs].into_iter().flatten();
    let mut lines: Vec<&SideLine> = sides.filter(|line| line.version != result && !is_base(line)).collect();
    lines.sort_by_key(|line| line.version);
    lines.dedup_by_key(|line| line.version);
    lines.iter().map(|line| version(line, &decision.id, remember)).collect()
}

fn version(line: &SideLine, id: &str, remember: &Remember) -> Result<StoredVersion, Error> {
    // the id in the line of a version is that of the result
    let bytes = VersionLine::of(id, &line.line, false, remember).map_err(damaged)?.bytes();
    StoredVersion::read(bytes).map_err(damaged)
}
