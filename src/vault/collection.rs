//! An open vault in memory: the text that is stored, and the changes that are not yet saved.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use uuid::Uuid;
use zeroize::Zeroizing;

use super::cipher::{Stanzas, is_plausible, without_comment};
use super::error::{Error, RecordProblem};
use super::layout::Index;
use super::plain::{Lines, Plain};
use super::wire::{Header, Section};
use crate::credential::Head;
use crate::disk::{Location, Lock};

/// An open vault with the changes that were made to it and not yet saved.
pub struct Vault {
    pub(super) plain: Plain,
    pub(super) header: Header,
    pub(super) index: Index,
    /// Whom the age header locks it to; none of a vault that is not on disk yet.
    pub(super) stanzas: Option<Stanzas>,
    /// What becomes of the credentials of these ids.
    pub(super) changes: BTreeMap<String, Pending>,
    /// The lines of the small sections that were changed.
    pub(super) sections: [Option<Vec<Zeroizing<Vec<u8>>>>; Section::ALL.len()],
    /// The keys of the small sections that were asked about.
    pub(super) keys: [Option<HashSet<String>>; Section::ALL.len()],
    /// Whose earlier versions are to be forgotten.
    pub(super) purged: Purged,
    /// The id of a credential that must not be there yet, which saving finds out by the way.
    pub(super) new: Option<String>,
    /// Credentials that were looked up so far; many are better found in a directory.
    pub(super) lookups: usize,
    /// True if all ids were seen, in order.
    pub(super) in_order: bool,
    /// Where the lines begin and end, by id.
    pub(super) directory: Option<HashMap<String, (u64, u64)>>,
    /// The mark of the file that this generation replaced, where that file must go.
    pub(super) replaced: Option<String>,
    /// The credentials that are named after users, by the ids of those in small letters.
    pub(super) of_users: Option<HashMap<String, Vec<Head>>>,
}

/// What becomes of a credential when the vault is saved.
pub(super) struct Pending {
    /// Its line; none if it is to be gone.
    pub(super) line: Option<Zeroizing<Vec<u8>>>,
    /// True if what is stored now is kept as an earlier version.
    pub(super) versioned: bool,
}

/// Whose earlier versions are to be forgotten.
pub(super) enum Purged {
    Some(BTreeSet<String>),
    All,
}

/// Most lines of a roster: several times of what an age header can hold.
const MAX_ROSTER: u64 = 1024;

impl Vault {
    /// Number of times it was written.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.header.generation
    }

    /// Identity of this vault, the same for all its generations.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.header.id
    }

    /// Removes the backup that old keys open, or that has what was purged, now that the vault was opened.
    /// Takes no time where there is none. Tells if it did.
    ///
    /// # Errors
    /// A folder that this user may not change, or the disk.
    pub fn settle(&self, location: &Location) -> Result<bool, Error> {
        let Some(mark) = &self.replaced else { return Ok(false) };
        Ok(location.discard_backup(mark)?)
    }

    /// The same for who holds the lock.
    ///
    /// # Errors
    /// As [`Vault::settle`].
    pub fn settle_locked(&self, lock: &Lock) -> Result<bool, Error> {
        let Some(mark) = &self.replaced else { return Ok(false) };
        Ok(lock.discard_backup(mark)?)
    }

    /// The environment that this is the bundle of, if it is one: then nobody may change it.
    #[must_use]
    pub fn bundle_of(&self) -> Option<&str> {
        self.header.bundle.as_deref()
    }

    /// The recipients it is locked to; none if it is locked with a passphrase.
    ///
    /// # Errors
    /// When the text cannot be read.
    pub fn recipients(&mut self) -> Result<Vec<String>, Error> {
        let mut texts = Vec::new();
        let mut lines = Lines::new(&mut self.plain, self.index.range(Section::Recipients), 4096)?;
        while let Some(line) = lines.next()? {
            let at = texts.len() as u64;
            if at == MAX_ROSTER {
                return Err(Error::record(Section::Recipients, at, RecordProblem::TooMany));
            }
            let text: String = serde_json::from_slice(line)
                .map_err(|error| Error::record(Section::Recipients, at, RecordProblem::Json(error.into())))?;
            if !is_plausible(&text) {
                return Err(Error::record(Section::Recipients, at, RecordProblem::Recipient));
            }
            texts.push(without_comment(text.trim()));
        }
        Ok(texts)
    }
}
