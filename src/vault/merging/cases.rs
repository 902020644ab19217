//! The credentials that differ between the two sides, each brought together by its instance: a credential that was
//! renamed is still the same one.

use std::collections::{HashMap, HashSet};

use memchr::memmem;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::base::MergeBase;
use super::scan::SectionCursor;
use super::version_key::VersionKey;
use crate::credential::{Credential, Head};
use crate::kind::KnownTypes;
use crate::value::{Object, Value, json};
use crate::vault::collection::Vault;
use crate::vault::damage::RecordProblem;
use crate::vault::error::Error;
use crate::vault::types::Typed as _;
use crate::vault::wire::{self, Section};

/// The scheme of the address of a seed.
const SCHEME: &[u8] = b"otpauth";

/// A credential as one side has it.
#[derive(Debug, Clone)]
pub(super) struct SideLine {
    pub id: String,
    pub version: VersionKey,
    pub etag: Uuid,
    pub line: Zeroizing<Vec<u8>>,
}

/// One credential on all sides.
#[derive(Debug, Default)]
pub(super) struct MergeCase {
    pub ours: Option<SideLine>,
    pub theirs: Option<SideLine>,
    pub base: Option<SideLine>,
}

impl SideLine {
    fn read(cursor: &SectionCursor<'_>) -> Result<Self, Error> {
        let head = wire::head(cursor.line()).map_err(|problem| cursor.problem(problem))?;
        let line = Zeroizing::new(cursor.line().to_vec());
        Ok(Self { version: VersionKey::of(&head), etag: head.stamp.etag, id: head.id, line })
    }

    /// Returns true if the credential may have a seed with a counter, which must never go back.
    pub(super) fn may_count(&self) -> bool {
        let is_escaped = memmem::find(&self.line, br"\u").is_some();
        let mut begins = memchr::memchr2_iter(SCHEME[0], SCHEME[0].to_ascii_uppercase(), &self.line);
        let has_scheme = |at: usize| {
            self.line.get(at..at + SCHEME.len()).is_some_and(|part| part.eq_ignore_ascii_case(SCHEME))
        };
        is_escaped || begins.any(has_scheme)
    }

    /// Parses the credential.
    pub(super) fn credential(&self, types: &KnownTypes) -> Result<Credential, Error> {
        wire::credential(&self.line).map(|read| read.typed(types)).map_err(damaged)
    }

    /// Parses the credential without the fields of its type.
    pub(super) fn head(&self) -> Result<Head, Error> {
        wire::head(&self.line).map_err(damaged)
    }

    /// Parses the record as it is stored.
    pub(super) fn members(&self) -> Result<Object, Error> {
        match json::parse_record(&self.line).map_err(RecordProblem::Json).map_err(damaged)? {
            Value::Object(record) => Ok(record),
            _ => Err(damaged(RecordProblem::Shape)),
        }
    }
}

/// Makes the error for the damage of a credential whose place is not known any more.
pub(super) fn damaged(problem: RecordProblem) -> Error {
    Error::record(Section::Credentials, 0, problem)
}

impl MergeCase {
    fn slot(&mut self, side: usize) -> &mut Option<SideLine> {
        match side {
            0 => &mut self.ours,
            1 => &mut self.theirs,
            _ => &mut self.base,
        }
    }

    /// Returns the instance of the credential.
    pub(super) fn instance(&self) -> Option<Uuid> {
        let any = self.ours.as_ref().or(self.theirs.as_ref()).or(self.base.as_ref());
        any.map(|line| line.version.instance)
    }
}

/// Finds the credentials that differ, in the order of their first ids.
pub(super) fn differing(
    ours: &mut Vault,
    theirs: &mut Vault,
    base: &mut MergeBase<'_>,
) -> Result<Vec<MergeCase>, Error> {
    let mut cases = CaseList::default();
    let is_ours = matches!(base, MergeBase::Ours);
    let mut one = SectionCursor::new(ours, Section::Credentials)?;
    let mut two = SectionCursor::new(theirs, Section::Credentials)?;
    let mut three = match base {
        MergeBase::File(base) => Some(SectionCursor::new(base, Section::Credentials)?),
        _ => None,
    };
    loop {
        let third = three.as_ref().and_then(SectionCursor::id);
        let next = [one.id(), two.id(), third].into_iter().flatten().min();
        let Some(id) = next.map(str::to_owned) else { break };
        let (is_one, is_two) = (one.id() == Some(&*id), two.id() == Some(&*id));
        let is_three = third == Some(&*id);
        if !(is_one && is_two && one.line() == two.line()) {
            let sides = [is_one.then_some(&one), is_two.then_some(&two)];
            let sides = sides.map(|side| side.map(SideLine::read).transpose());
            let [ours, theirs] = sides;
            let (ours, theirs) = (ours?, theirs?);
            let base = match three.as_ref().filter(|_| is_three) {
                _ if is_ours => ours.clone(),
                // as a rule that of one side, which was parsed
                Some(three) => {
                    let same =
                        [&ours, &theirs].into_iter().flatten().find(|side| *side.line == *three.line());
                    Some(same.cloned().map_or_else(|| SideLine::read(three), Ok)?)
                }
                None => None,
            };
            for (number, side) in [ours, theirs, base].into_iter().enumerate() {
                if let Some(side) = side {
                    cases.add(number, side);
                }
            }
        }
        if is_one {
            one.advance()?;
        }
        if is_two {
            two.advance()?;
        }
        if let Some(three) = three.as_mut().filter(|_| is_three) {
            three.advance()?;
        }
    }
    // what only the ancestor has is gone on both sides
    cases.all.retain(|case| case.ours.is_some() || case.theirs.is_some());
    Ok(cases.all)
}

#[derive(Default)]
struct CaseList {
    all: Vec<MergeCase>,
    places: HashMap<Uuid, usize>,
}

impl CaseList {
    fn add(&mut self, side: usize, line: SideLine) {
        let next = self.all.len();
        let place = *self.places.entry(line.version.instance).or_insert(next);
        if place == next {
            self.all.push(MergeCase::default());
        }
        let slot = self.all[place].slot(side);
        if slot.is_none() {
            *slot = Some(line);
        } else {
            // an instance that one side has twice, in a text that was edited by hand
            let mut alone = MergeCase::default();
            *alone.slot(side) = Some(line);
            self.all.push(alone);
        }
    }
}

/// Returns the instances of the cases.
pub(super) fn instances(cases: &[MergeCase]) -> HashSet<Uuid> {
    cases.iter().filter_map(MergeCase::instance).collect()
}
