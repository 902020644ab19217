//! A whole vault whose layout is not ours: somebody edited it by hand.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::lineage::{GenerationDigest, Seal, SealDigest};
use super::record::few;
use super::signer::Signer;
use super::{Header, Section};
use crate::value::json::{JsonError, Problem};
use crate::vault::RecordProblem;

/// The members of a vault. A section is the text of its list, whose records are read one by one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document<'a> {
    credctl: String,
    version: u64,
    id: Uuid,
    generation: u64,
    seal: Option<Seal>,
    #[serde(default, rename = "formerSeals", deserialize_with = "few")]
    former_seals: Vec<SealDigest>,
    #[serde(default, deserialize_with = "few")]
    parents: Vec<GenerationDigest>,
    #[serde(default, deserialize_with = "few")]
    signers: Vec<Signer>,
    bundle: Option<String>,
    #[serde(default, borrow, deserialize_with = "list")]
    recipients: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    credentials: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    policies: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    users: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    references: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    environments: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    history: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    types: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    conflicts: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    blobs: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    rotations: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    rules: RawList<'a>,
    #[serde(default, borrow, deserialize_with = "list")]
    chunks: RawList<'a>,
    // one that is left over from before the edit means nothing now
    #[serde(default, rename = "index")]
    _index: de::IgnoredAny,
}

type RawList<'a> = Option<&'a RawValue>;

fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RawList<'de>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// The member by which credentials and their versions are sorted.
#[derive(Deserialize)]
struct Id<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
}

/// Finds the id of a record, wherever it stands in the record.
///
/// # Errors
/// Fails if there is none.
pub fn any_id(record: &[u8]) -> Result<Cow<'_, str>, RecordProblem> {
    serde_json::from_slice::<Id<'_>>(record).map(|Id { id }| id).map_err(|e| RecordProblem::Json(e.into()))
}

/// Returns the fewest bytes of a record. A shorter one is refused before it is kept, because a list of
/// millions of them takes several times the room of the text.
fn shortest(section: Section) -> usize {
    match section {
        // four UUIDs and two times in members of fixed names
        Section::Credentials | Section::History => 256,
        _ => 8,
    }
}

impl<'a> Document<'a> {
    /// Returns the first line that the vault has once it is laid out.
    #[must_use]
    pub fn header(&self) -> Header {
        Header {
            credctl: self.credctl.clone().into(),
            version: self.version,
            id: self.id,
            generation: self.generation,
            seal: self.seal.clone(),
            former_seals: self.former_seals.clone(),
            parents: self.parents.clone(),
            signers: self.signers.clone(),
            bundle: self.bundle.clone(),
        }
    }

    /// Returns true if the vault has no section that its version does not have.
    #[must_use]
    pub fn is_of_its_version(&self) -> bool {
        let known = Section::of_version(self.version);
        Section::ALL.into_iter().all(|section| known.contains(&section) || self.list(section).is_none())
    }

    fn list(&self, section: Section) -> RawList<'a> {
        match section {
            Section::Recipients => self.recipients,
            Section::Credentials => self.credentials,
            Section::Policies => self.policies,
            Section::Users => self.users,
            Section::References => self.references,
            Section::Environments => self.environments,
            Section::History => self.history,
            Section::Types => self.types,
            Section::Conflicts => self.conflicts,
            Section::Blobs => self.blobs,
            Section::Rotations => self.rotations,
            Section::Rules => self.rules,
            Section::Chunks => self.chunks,
        }
    }

    /// Reads the records of a section in the order in which they stand, until one is refused.
    ///
    /// # Errors
    /// The position of the record that was refused, from 0, and the reason.
    pub fn records(
        &self,
        section: Section,
        mut each: impl FnMut(&'a [u8]) -> Result<(), RecordProblem>,
    ) -> Result<(), (u64, RecordProblem)> {
        // the digests of a text before its edit mean nothing now
        let list = if section == Section::Chunks { None } else { self.list(section) };
        let Some(list) = list else { return Ok(()) };
        let mut at = 0;
        let mut refused = None;
        let records =
            Records { shortest: shortest(section), at: &mut at, refused: &mut refused, each: &mut each };
        let read = records.deserialize(&mut serde_json::Deserializer::from_str(list.get()));
        // an error of serde has no room for the reason of a refusal, so it comes beside it
        read.map_err(|error| (at, refused.unwrap_or_else(|| RecordProblem::Json(error.into()))))
    }
}

/// A reader that gives the records of a list to a function.
struct Records<'c, F> {
    shortest: usize,
    at: &'c mut u64,
    refused: &'c mut Option<RecordProblem>,
    each: &'c mut F,
}

impl<'de, F: FnMut(&'de [u8]) -> Result<(), RecordProblem>> DeserializeSeed<'de> for Records<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(&'de [u8]) -> Result<(), RecordProblem>> Visitor<'de> for Records<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(record) = items.next_element::<&RawValue>()? {
            let record = record.get().as_bytes();
            let taken =
                if record.len() < self.shortest { Err(too_short(record)) } else { (self.each)(record) };
            if let Err(problem) = taken {
                *self.refused = Some(problem);
                return Err(de::Error::custom("a record was refused"));
            }
            *self.at += 1;
        }
        Ok(())
    }
}

/// Makes the error for a record that lacks members, which its length alone tells.
fn too_short(record: &[u8]) -> RecordProblem {
    RecordProblem::Json(JsonError { line: 1, column: record.len(), problem: Problem::Shape })
}
