//! Earlier versions of credentials. They stand in a section of their own that nobody reads who asks
//! for the current one: by id, the oldest of an id first.

use std::collections::BTreeMap;
use std::collections::hash_map::{Entry, HashMap, RandomState};
use std::hash::BuildHasher as _;
use std::io::Write;

use chrono::{DateTime, Utc};
use memchr::memmem;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::layout::Writer;
use super::plain::{Lines, Plain, SCAN};
use super::save::put;
use super::wire::Section;
use super::{Error, Purged, Vault, record, wire};
use crate::credential::Credential;
use crate::text::compose;

/// What is kept when credentials are replaced.
#[derive(Debug, Clone)]
pub struct Remember {
    /// Most versions of one id; 0 keeps none.
    pub versions: usize,
    /// When the change is made.
    pub at: DateTime<Utc>,
    /// Who makes it.
    pub by: Uuid,
}

impl Remember {
    /// Of a change that replaces no credential.
    #[must_use]
    pub fn nothing() -> Self {
        Self { versions: 0, at: DateTime::UNIX_EPOCH, by: Uuid::nil() }
    }
}

/// A credential as it was until it was replaced or deleted.
#[derive(Debug, Clone)]
pub struct Version {
    /// The credential.
    pub credential: Credential,
    /// When it was replaced or deleted.
    pub replaced_at: DateTime<Utc>,
    /// Who did it.
    pub replaced_by: Uuid,
    /// Whether it was deleted.
    pub deleted: bool,
}

/// What became of a credential between two states of a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It is only in the later one.
    Added,
    /// It is another one.
    Changed,
    /// It is only in the earlier one.
    Deleted,
}

impl Vault {
    /// The earlier versions of an id, the oldest first.
    ///
    /// # Errors
    /// When the text cannot be read or a record is damaged.
    pub fn versions(&mut self, id: &str) -> Result<Vec<Version>, Error> {
        let id = compose(id);
        let mut versions = Vec::new();
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::History), SCAN)?;
        loop {
            let at = lines.position();
            let Some(line) = lines.next()? else { return Ok(versions) };
            let problem = |problem| record(Section::History, at, problem);
            if wire::id(line).map_err(problem)? == id {
                versions.push(wire::version(line).map_err(problem)?);
            }
        }
    }

    /// The last version of every id whose credential was deleted and is not there again.
    ///
    /// # Errors
    /// When the text cannot be read or a record is damaged.
    pub fn deleted(&mut self) -> Result<Vec<Version>, Error> {
        let is_deletion = memmem::Finder::new(br#""deleted":true"#);
        let mut last: Vec<Version> = Vec::new();
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::History), SCAN)?;
        loop {
            let at = lines.position();
            let Some(line) = lines.next()? else { break };
            let problem = |problem| record(Section::History, at, problem);
            let id = wire::id(line).map_err(problem)?;
            // it was there once more
            last.pop_if(|version| *id == *version.credential.id());
            if is_deletion.find(line).is_some() {
                // or a text says so
                last.extend(Some(wire::version(line).map_err(problem)?).filter(|version| version.deleted));
            }
        }
        let mut deleted = Vec::with_capacity(last.len());
        for version in last {
            if !self.contains(version.credential.id())? {
                deleted.push(version);
            }
        }
        Ok(deleted)
    }

    /// Ids of which there are earlier versions, in ascending order, each with their number.
    ///
    /// # Errors
    /// When the text cannot be read.
    pub fn versioned(&mut self) -> Result<Vec<(String, usize)>, Error> {
        let mut ids: Vec<(String, usize)> = Vec::new();
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::History), SCAN)?;
        loop {
            let at = lines.position();
            let Some(line) = lines.next()? else { return Ok(ids) };
            let id = wire::id(line).map_err(|problem| record(Section::History, at, problem))?;
            match ids.last_mut().filter(|(last, _)| **last == *id) {
                Some((_, count)) => *count += 1,
                None => ids.push((id.into_owned(), 1)),
            }
        }
    }

    /// Forgets the earlier versions of an id when the vault is saved, the one that saving replaces
    /// among them.
    pub fn purge(&mut self, id: &str) {
        if let Purged::Some(ids) = &mut self.purged {
            ids.insert(compose(id).into_owned());
        }
    }

    /// Forgets all earlier versions when the vault is saved.
    pub fn purge_all(&mut self) {
        self.purged = Purged::All;
    }

    /// Whether saving forgets earlier versions.
    #[must_use]
    pub fn is_purging(&self) -> bool {
        !matches!(&self.purged, Purged::Some(ids) if ids.is_empty())
    }

    /// Makes this earlier state of a vault the one that follows `later`.
    pub fn follow(&mut self, later: &Self) {
        self.header.generation = later.header.generation;
    }

    /// What became of the credentials since an earlier state, in ascending order of ids.
    ///
    /// # Errors
    /// When one of the two cannot be read.
    pub fn differences(&mut self, earlier: &mut Self) -> Result<Vec<(String, Difference)>, Error> {
        let hasher = RandomState::new();
        let mut seen: HashMap<String, (u64, Difference)> = HashMap::new();
        earlier.merged(|id, old, _| {
            seen.insert(id.to_owned(), (hasher.hash_one(old), Difference::Deleted));
            Ok(())
        })?;
        self.merged(|id, new, _| {
            match seen.entry(id.to_owned()) {
                Entry::Occupied(same) if same.get().0 == hasher.hash_one(new) => drop(same.remove()),
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

/// The record of a credential's line that is replaced.
pub(super) fn line(
    id: &str,
    old: &[u8],
    deleted: bool,
    remember: &Remember,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    wire::version_line(id, old, deleted, remember).map_err(|error| Error::Write(error.into()))
}

/// Writes the section: what was there, less what is purged and what is too much, and what is new. An id
/// of which nothing is to be kept is replaced by nothing.
pub(super) fn write<W: Write>(
    plain: &mut Plain,
    range: (u64, u64),
    purged: &Purged,
    replaced: &BTreeMap<String, Option<Zeroizing<Vec<u8>>>>,
    remember: &Remember,
    writer: &mut Writer<W>,
) -> Result<(), Error> {
    let is_purged = |id: &str| match purged {
        Purged::All => true,
        Purged::Some(ids) => ids.contains(id),
    };
    let mut new = replaced.iter().peekable();
    let mut lines = Lines::new(plain, range, SCAN)?;
    // the versions of an id that gets one more; the others are copied as they come
    let mut kept: Vec<Zeroizing<Vec<u8>>> = Vec::new();
    loop {
        let at = lines.position();
        let line = lines.next()?;
        let id = line.map(|line| wire::id(line).map_err(|problem| record(Section::History, at, problem)));
        let id = id.transpose()?;
        let passed = |next: &str| id.as_ref().is_none_or(|id| next < &**id);
        while let Some((next, version)) = new.next_if(|(next, _)| passed(next)) {
            let most = remember.versions.saturating_sub(1);
            let surplus = kept.len().saturating_sub(most);
            kept.drain(..).skip(surplus).try_for_each(|old| put(writer, old))?;
            // what is purged in the same call leaves no version either
            if let Some(version) = version.as_ref().filter(|_| !is_purged(next)) {
                put(writer, version)?;
            }
        }
        let (Some(line), Some(id)) = (line, id) else { return Ok(()) };
        if is_purged(&id) {
            continue;
        }
        match new.peek() {
            Some((next, _)) if next.as_str() == &*id => kept.push(Zeroizing::new(line.to_vec())),
            _ => put(writer, line)?,
        }
    }
}
