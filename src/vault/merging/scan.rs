//! One pass over the lines of a section on all sides at a time. Lines that are the same on both sides are passed
//! without being parsed, which are most.

use memchr::memmem::Finder;
use std::collections::HashSet;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::vault::collection::Vault;
use crate::vault::damage::RecordProblem;
use crate::vault::error::Error;
use crate::vault::lines::{Lines, SCAN};
use crate::vault::wire::{self, Section};

/// A reader of the lines of a section in the order of their ids, with the present line at hand.
pub(super) struct SectionCursor<'a> {
    lines: Lines<'a>,
    section: Section,
    /// The id of the present line; none at the end.
    id: Option<String>,
    line: Zeroizing<Vec<u8>>,
    at: u64,
}

impl<'a> SectionCursor<'a> {
    /// Reads the first line of a section.
    pub(super) fn new(vault: &'a mut Vault, section: Section) -> Result<Self, Error> {
        let range = vault.index.range(section);
        let lines = Lines::new(&mut vault.plain, range, SCAN)?;
        let mut cursor =
            Self { lines, section, id: Some(String::new()), line: Zeroizing::new(Vec::new()), at: 0 };
        cursor.advance()?;
        Ok(cursor)
    }

    /// Returns the id of the present line; `None` at the end.
    pub(super) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Returns the present line.
    pub(super) fn line(&self) -> &[u8] {
        &self.line
    }

    /// Makes the error for the damage of the present line.
    pub(super) fn problem(&self, problem: RecordProblem) -> Error {
        Error::record(self.section, self.at, problem)
    }

    /// Goes to the next line.
    pub(super) fn advance(&mut self) -> Result<(), Error> {
        let at = self.lines.position();
        let Some(line) = self.lines.next()? else {
            self.id = None;
            return Ok(());
        };
        let found = wire::id(line).map_err(|problem| Error::record(self.section, at, problem))?;
        let before = self.id.get_or_insert_default();
        // an id has several versions in the history, and one credential
        let is_in_order =
            if self.section == Section::History { *found >= **before } else { *found > **before };
        if !is_in_order {
            return Err(Error::record(self.section, at, RecordProblem::Disorder));
        }
        before.clear();
        before.push_str(&found);
        drop(found);
        if self.line.capacity() < line.len() {
            // a vector that grows leaves its old bytes behind
            self.line = Zeroizing::new(Vec::with_capacity(line.len().next_power_of_two()));
        }
        self.line.clear();
        self.line.extend_from_slice(line);
        self.at = at;
        Ok(())
    }

    /// Takes the lines of the present id, which is `id`. Returns none if the present id is another one.
    pub(super) fn take_group(&mut self, id: &str) -> Result<Vec<Zeroizing<Vec<u8>>>, Error> {
        let mut group = Vec::new();
        while self.id() == Some(id) {
            group.push(Zeroizing::new(self.line.to_vec()));
            self.advance()?;
        }
        Ok(group)
    }

    /// Passes the lines before an id.
    pub(super) fn pass_to(&mut self, id: &str) -> Result<(), Error> {
        while self.id().is_some_and(|present| present < id) {
            self.advance()?;
        }
        Ok(())
    }
}

/// A search for credentials in lines that are not parsed.
pub(super) struct InstanceSearch<'a> {
    member: Finder<'static>,
    wanted: &'a HashSet<Uuid>,
}

impl<'a> InstanceSearch<'a> {
    pub(super) fn new(wanted: &'a HashSet<Uuid>) -> Self {
        Self { member: Finder::new(br#""instanceId":""#), wanted }
    }

    /// Returns true if a line may be of one of the wanted credentials. It may also only have a text that says so.
    pub(super) fn may_name(&self, line: &[u8]) -> bool {
        let begin = self.member.needle().len();
        self.member.find_iter(line).any(|at| {
            let id = line.get(at + begin..at + begin + 36);
            let id = id.and_then(|id| Uuid::try_parse_ascii(id).ok());
            id.is_some_and(|id| self.wanted.contains(&id))
        })
    }
}
