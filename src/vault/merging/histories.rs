//! The earlier versions of both sides: read to tell which side is newer, and joined to one history.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::base::MergeBase;
use super::record::THEIRS;
use super::scan::{InstanceSearch, SectionCursor};
use super::version_key::VersionKey;
use crate::credential::Credential;
use crate::kind::KnownTypes;
use crate::vault::collection::Vault;
use crate::vault::damage::RecordProblem;
use crate::vault::error::Error;
use crate::vault::layout_writer::{LayoutWriter, put};
use crate::vault::lines::{Lines, SCAN};
use crate::vault::plain::Plain;
use crate::vault::types::Typed as _;
use crate::vault::wire::{self, Section};

/// A line of the history, and what is known of its version.
#[derive(Debug, Clone)]
pub(super) struct StoredVersion {
    pub key: VersionKey,
    pub etag: Uuid,
    pub is_deleted: bool,
    pub replaced_at: DateTime<Utc>,
    pub line: Zeroizing<Vec<u8>>,
}

/// The versions of one id on both sides, the oldest first.
#[derive(Debug, Default)]
pub(super) struct VersionGroup {
    pub sides: [Vec<StoredVersion>; 2],
    /// The versions that the common ancestor had, if there is one.
    pub base: Option<HashSet<VersionKey>>,
}

/// The side of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MergeSide {
    Ours = 0,
    Theirs = 1,
}

/// The places of the versions of each credential on both sides: the id of the group, and the position in it.
pub(super) type VersionPlaces = HashMap<Uuid, [Vec<(Rc<str>, usize)>; 2]>;

/// The parts of both histories that matter to a merge.
#[derive(Debug, Default)]
pub(super) struct Histories {
    pub groups: BTreeMap<Rc<str>, VersionGroup>,
    /// The places of the versions of each credential, in order, for each side.
    pub places: VersionPlaces,
}

impl StoredVersion {
    pub(super) fn read(line: Zeroizing<Vec<u8>>) -> Result<Self, RecordProblem> {
        let version = wire::version_head(&line)?;
        // the head is parsed here, and the credential where it is needed
        Ok(Self {
            key: VersionKey::of(&version.credential),
            etag: version.credential.stamp.etag,
            is_deleted: version.deleted,
            replaced_at: version.replaced_at,
            line,
        })
    }
}

impl StoredVersion {
    /// Parses the credential of the version.
    pub(super) fn credential(&self, types: &KnownTypes) -> Result<Credential, Error> {
        let version = wire::version(&self.line).map(|version| version.typed(types).credential);
        version.map_err(|problem| Error::record(Section::History, 0, problem))
    }
}

impl Histories {
    /// Reads the versions of the wanted credentials and ids, and those in which both sides differ.
    pub(super) fn read(
        ours: &mut Vault,
        theirs: &mut Vault,
        base: &mut MergeBase<'_>,
        wanted: &HashSet<Uuid>,
        wanted_ids: &HashSet<&str>,
    ) -> Result<Self, Error> {
        let search = InstanceSearch::new(wanted);
        let is_ours = matches!(base, MergeBase::Ours);
        let mut one = SectionCursor::new(ours, Section::History)?;
        let mut two = SectionCursor::new(theirs, Section::History)?;
        let mut three = match base {
            MergeBase::File(base) => Some(SectionCursor::new(base, Section::History)?),
            _ => None,
        };
        let mut found = Self::default();
        while let Some(id) = [one.id(), two.id()].into_iter().flatten().min().map(str::to_owned) {
            let lines = [one.take_group(&id)?, two.take_group(&id)?];
            let is_needed = lines[0] != lines[1]
                || wanted_ids.contains(&*id)
                // the id of a credential that both sides have added
                || id.contains(THEIRS)
                || lines[0].iter().any(|line| search.may_name(line));
            if !is_needed {
                continue;
            }
            let problem = |problem| Error::record(Section::History, 0, problem);
            let known = match &mut three {
                Some(three) => {
                    three.pass_to(&id)?;
                    let group = three.take_group(&id)?.into_iter().map(StoredVersion::read);
                    let group: Result<Vec<_>, _> = group.collect();
                    Some(group.map_err(problem)?.into_iter().map(|version| version.key).collect())
                }
                None => None,
            };
            let read =
                |lines: Vec<_>| lines.into_iter().map(StoredVersion::read).collect::<Result<Vec<_>, _>>();
            let [ours, theirs] = lines;
            let sides = [read(ours).map_err(problem)?, read(theirs).map_err(problem)?];
            let base =
                if is_ours { Some(sides[0].iter().map(|version| version.key).collect()) } else { known };
            found.add(id.into(), VersionGroup { sides, base });
        }
        Ok(found)
    }

    fn add(&mut self, id: Rc<str>, group: VersionGroup) {
        for (side, versions) in group.sides.iter().enumerate() {
            for (at, version) in versions.iter().enumerate() {
                self.places.entry(version.key.instance).or_default()[side].push((Rc::clone(&id), at));
            }
        }
        self.groups.insert(id, group);
    }

    /// Goes through the versions of a credential on one side, the oldest first.
    pub(super) fn of(
        &self,
        side: MergeSide,
        instance: Uuid,
    ) -> impl DoubleEndedIterator<Item = &StoredVersion> {
        let places = self.places.get(&instance).map(|sides| &*sides[side as usize]).unwrap_or_default();
        places.iter().filter_map(move |(id, at)| self.groups.get(id)?.sides[side as usize].get(*at))
    }

    /// Finds a version on one side.
    pub(super) fn find(&self, side: MergeSide, key: VersionKey) -> Option<&StoredVersion> {
        self.of(side, key.instance).find(|version| version.key == key)
    }

    /// Returns true if one side knows a version as an earlier one.
    pub(super) fn has(&self, side: MergeSide, key: VersionKey) -> bool {
        self.find(side, key).is_some()
    }

    /// Returns true if one side had a credential at some time.
    pub(super) fn knows(&self, side: MergeSide, instance: Uuid) -> bool {
        self.of(side, instance).next().is_some()
    }

    /// Finds the version with which a side that lacks a credential deleted a credential, if it did.
    pub(super) fn deletion(&self, side: MergeSide, instance: Uuid) -> Option<&StoredVersion> {
        self.of(side, instance).rev().find(|version| version.is_deleted)
    }

    /// Returns the id under which one of the sides has the deletion of a credential.
    pub(super) fn place_of_deletion(&self, instance: Uuid) -> Option<Rc<str>> {
        let sides = self.places.get(&instance)?;
        let is_deletion = |side: usize, (id, at): &(Rc<str>, usize)| {
            self.groups.get(id).and_then(|group| group.sides[side].get(*at)).is_some_and(|one| one.is_deleted)
        };
        (0..2).find_map(|side| {
            sides[side].iter().rev().find(|place| is_deletion(side, place)).map(|(id, _)| Rc::clone(id))
        })
    }

    /// Finds the latest version that both sides have replaced.
    pub(super) fn last_common(&self, instance: Uuid) -> Option<&StoredVersion> {
        let theirs: HashSet<_> = self.of(MergeSide::Theirs, instance).map(|version| version.key).collect();
        self.of(MergeSide::Ours, instance).rev().find(|version| theirs.contains(&version.key))
    }
}

/// Joins the versions of both sides, the oldest first. Each side keeps its own order; a version that both have comes
/// once. One that the common ancestor had, and a side has no longer, was removed there.
pub(super) fn joined(group: VersionGroup) -> Vec<StoredVersion> {
    let VersionGroup { sides: [ours, theirs], base } = group;
    let keys = |side: &[StoredVersion]| side.iter().map(|version| version.key).collect::<HashSet<_>>();
    let (in_ours, in_theirs) = (keys(&ours), keys(&theirs));
    let is_removed = |key: &VersionKey| {
        base.as_ref().is_some_and(|base| base.contains(key))
            && !(in_ours.contains(key) && in_theirs.contains(key))
    };
    let [mut one, mut two] = [ours, theirs].map(|side| {
        side.into_iter()
            .filter(|version| !is_removed(&version.key))
            .collect::<Vec<_>>()
            .into_iter()
            .peekable()
    });
    let (mut all, mut seen): (Vec<StoredVersion>, HashMap<VersionKey, usize>) = (Vec::new(), HashMap::new());
    loop {
        let next = match (one.peek(), two.peek()) {
            (None, None) => return all,
            (Some(_), None) => one.next(),
            (None, Some(_)) => two.next(),
            (Some(a), Some(b)) => {
                let (is_a_common, is_b_common) = (in_theirs.contains(&a.key), in_ours.contains(&b.key));
                let takes_ours = match (is_a_common, is_b_common) {
                    // up to the next version that both have, each side has its own
                    (false, true) => true,
                    (true, false) => false,
                    (true, true) => true,
                    (false, false) => (a.replaced_at, a.key) <= (b.replaced_at, b.key),
                };
                if takes_ours { one.next() } else { two.next() }
            }
        };
        let Some(version) = next else { return all };
        match seen.get(&version.key) {
            // a side that deleted it says no more than the other side that replaced it
            Some(at) if all[*at].is_deleted && !version.is_deleted => all[*at] = version,
            Some(_) => {}
            None => {
                seen.insert(version.key, all.len());
                all.push(version);
            }
        }
    }
}

/// Writes the section: the lines of the ids that were joined, and the old ones of all others.
///
/// # Errors
/// Fails if the text cannot be read; an error of the output.
pub(in crate::vault) fn write_joined<W: Write>(
    plain: &mut Plain,
    range: (u64, u64),
    joined: &BTreeMap<String, Vec<Zeroizing<Vec<u8>>>>,
    writer: &mut LayoutWriter<W>,
) -> Result<(), Error> {
    let mut groups = joined.iter().peekable();
    let mut lines = Lines::new(plain, range, SCAN)?;
    loop {
        let at = lines.position();
        let Some(line) = lines.next()? else { break };
        let id = wire::id(line).map_err(|problem| Error::record(Section::History, at, problem))?;
        while let Some((_, group)) = groups.next_if(|(next, _)| next.as_str() <= &*id) {
            group.iter().try_for_each(|line| put(writer, line))?;
        }
        if !joined.contains_key(&*id) {
            put(writer, line)?;
        }
    }
    groups.try_for_each(|(_, group)| group.iter().try_for_each(|line| put(writer, line)))
}
