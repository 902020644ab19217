//! The earlier versions of credentials, in a section of their own: sorted by id, and for each id the oldest
//! first. A search for the current version does not read it.

use std::collections::hash_map::{Entry, HashMap, RandomState};
use std::hash::BuildHasher as _;

use memchr::memmem;

use super::collection::{Purged, Vault};
use super::damage::RecordProblem;
use super::error::Error;
use super::lines::{Lines, SCAN};
use super::types::Typed;
use super::version::{Difference, Version};
use super::wire::{self, Section};
use crate::credential::Head;
use crate::text::compose;

impl Vault {
    /// Goes through the earlier versions of an id, or of all, the oldest of an id first.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn versions(&mut self, id: Option<&str>, mut each: impl FnMut(Version)) -> Result<(), Error> {
        let (id, types) = (id.map(compose), self.types()?);
        self.old_lines(|found, line| {
            if id.as_ref().is_none_or(|id| *id == found) {
                each(wire::version(line)?.typed(&types));
            }
            Ok(())
        })
    }

    /// Returns the last earlier version of an id, without the fields of its type.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn last_version(&mut self, id: &str) -> Result<Option<Version<Head>>, Error> {
        let (id, types, mut last) = (compose(id), self.types()?, None);
        self.old_lines(|found, line| {
            if found == id {
                last = Some(wire::version_head(line)?.typed(&types));
            }
            Ok(())
        })?;
        Ok(last)
    }

    /// Goes through the lines of the earlier versions: the id of each, its text.
    fn old_lines(
        &mut self,
        mut each: impl FnMut(&str, &[u8]) -> Result<(), RecordProblem>,
    ) -> Result<(), Error> {
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::History), SCAN)?;
        loop {
            let at = lines.position();
            let Some(line) = lines.next()? else { return Ok(()) };
            wire::id(line)
                .and_then(|id| each(&id, line))
                .map_err(|problem| Error::record(Section::History, at, problem))?;
        }
    }

    /// Returns the last version of every id whose credential was deleted and is not there again, without the
    /// fields of its type.
    ///
    /// # Errors
    /// Fails if the text cannot be read or a record is damaged.
    pub fn deleted(&mut self) -> Result<Vec<Version<Head>>, Error> {
        // spares parsing the versions that are no deletion, which are most
        let is_deletion = memmem::Finder::new(br#""deleted":true"#);
        let types = self.types()?;
        let mut last: Vec<Version<Head>> = Vec::new();
        self.old_lines(|id, line| {
            // it was there once more
            last.pop_if(|version| id == version.credential.id);
            if is_deletion.find(line).is_some() {
                // or a text says so
                last.extend(Some(wire::version_head(line)?.typed(&types)).filter(|version| version.deleted));
            }
            Ok(())
        })?;
        let mut deleted = Vec::with_capacity(last.len());
        for version in last {
            if !self.contains(&version.credential.id)? {
                deleted.push(version);
            }
        }
        Ok(deleted)
    }

    /// Returns the ids of which there are earlier versions, in ascending order, each with their number.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub fn versioned(&mut self) -> Result<Vec<(String, usize)>, Error> {
        let mut ids: Vec<(String, usize)> = Vec::new();
        self.old_lines(|id, _| {
            match ids.last_mut().filter(|(last, _)| last == id) {
                Some((_, count)) => *count += 1,
                None => ids.push((id.to_owned(), 1)),
            }
            Ok(())
        })?;
        Ok(ids)
    }

    /// Forgets the earlier versions of an id when the vault is saved, also the one that saving replaces.
    pub(crate) fn purge(&mut self, id: &str) {
        if let Purged::Some(ids) = &mut self.purged {
            ids.insert(compose(id).into_owned());
        }
    }

    /// Forgets all earlier versions when the vault is saved.
    pub(crate) fn purge_all(&mut self) {
        self.purged = Purged::All;
    }

    /// Returns true if saving forgets earlier versions.
    #[must_use]
    pub fn is_purging(&self) -> bool {
        !matches!(&self.purged, Purged::Some(ids) if ids.is_empty())
    }

    /// Returns the differences of the credentials from an earlier state, in ascending order of ids.
    ///
    /// # Errors
    /// Fails if one of the two cannot be read.
    pub fn differences(&mut self, earlier: &mut Self) -> Result<Vec<(String, Difference)>, Error> {
        // a hash of each line is kept instead of the line, because both states may be large
        let hasher = RandomState::new();
        let mut seen: HashMap<String, (u64, Difference)> = HashMap::new();
        earlier.merged(|id, old, _| {
            seen.insert(id.to_owned(), (hasher.hash_one(old.map(|old| old.line)), Difference::Deleted));
            Ok(())
        })?;
        self.merged(|id, new, _| {
            match seen.entry(id.to_owned()) {
                Entry::Occupied(same) if same.get().0 == hasher.hash_one(new.map(|new| new.line)) => {
                    _ = same.remove();
                }
                Entry::Occupied(mut other) => other.get_mut().1 = Difference::Changed,
                Entry::Vacant(vacant) => drop(vacant.insert((0, Difference::Added))),
            }
            Ok(())
        })?;
        let mut all: Vec<_> = seen.into_iter().map(|(id, (_, difference))| (id, difference)).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(all)
    }
}
