//! An open vault in memory: the text that is stored, and the changes that are not yet saved.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::blobs::BlobChanges;
use super::cipher::Stanzas;
use super::error::Error;
use super::exposed::ExposedSecrets;
use super::layout::Index;
use super::new_record::NewRecord;
use super::plain::Plain;
use super::signing::SignedGeneration;
use super::wire::{Header, RosterMember, Section, Signer};
use crate::credential::Head;
use crate::disk::{Location, Lock};
use crate::kind::KnownTypes;
use crate::signature::SigningKey;

/// An open vault with the changes that were made to it and not yet saved.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Vault {
    pub(super) plain: Plain,
    /// The first line, as it was read or saved last.
    pub(super) header: Header,
    /// False if the next save draws another seal.
    pub(super) keeps_seal: bool,
    /// The age header of the file, from which the digest of the generation is made; none if it is not on disk.
    pub(super) age_header: Option<Vec<u8>>,
    /// The recipients with their names and origins, if they differ from the stored roster.
    pub(super) roster: Option<Vec<RosterMember>>,
    pub(super) index: Index,
    /// The recipients that the age header locks the vault to; none if it is not on disk yet.
    pub(super) stanzas: Option<Stanzas>,
    /// The fate of the credentials of these ids.
    pub(super) changes: BTreeMap<String, Pending>,
    /// The new ids of the credentials that get another one, by their old ids.
    pub(super) renamed: BTreeMap<String, String>,
    /// The lines of the small sections that were changed.
    pub(super) sections: [Option<Vec<Zeroizing<Vec<u8>>>>; Section::ALL.len()],
    /// The keys of the small sections that were asked about.
    pub(super) keys: [Option<HashSet<String>>; Section::ALL.len()],
    /// The lines of all earlier versions of these ids, which take the place of those that are stored.
    pub(super) joined: BTreeMap<String, Vec<Zeroizing<Vec<u8>>>>,
    /// The ids of the credentials whose earlier versions are to be forgotten.
    pub(super) purged: Purged,
    /// The id of a credential that must not exist yet. The save checks it, because it reads all ids anyway.
    pub(super) new: Option<String>,
    /// Number of credentials that were looked up so far; many are better found in a directory.
    pub(super) lookups: usize,
    /// True if all ids were seen, in order.
    pub(super) in_order: bool,
    /// The offsets at which the line of each id begins and ends.
    pub(super) directory: Option<HashMap<String, (u64, u64)>>,
    /// The mark of the file that this generation replaced, where that file must go.
    pub(super) replaced: Option<String>,
    /// The blobs, as far as a save needs to know them.
    pub(super) blobs: BlobChanges,
    /// The credentials that are named after users, by the ids of those in small letters.
    pub(super) of_users: Option<HashMap<String, Vec<Head>>>,
    /// The types that the vault knows, once a record needed them.
    pub(super) types: Option<KnownTypes>,
    /// True if the next save marks every secret, because somebody is shut out who could read it.
    pub(super) marks: bool,
    /// The secrets that the last save marked.
    pub(super) exposure: Option<ExposedSecrets>,
    /// The verified signature of the generation, if it is signed.
    pub(super) signed: Option<SignedGeneration>,
    /// The key that signs what is written.
    pub(super) signing: Option<Rc<dyn SigningKey>>,
    /// True if the next save locks the vault to the key of the side that was merged in.
    pub(super) takes_their_key: bool,
    /// The signers from the next save on, if they change.
    pub(super) next_signers: Option<Vec<Signer>>,
}

/// The fate of a credential when the vault is saved: a new record, or deletion.
pub(super) struct Pending {
    /// The new record; none if the credential is to be gone.
    pub(super) record: Option<NewRecord>,
    /// True if the stored credential is kept as an earlier version.
    pub(super) versioned: bool,
}

/// The credentials whose earlier versions are to be forgotten.
pub(super) enum Purged {
    Some(BTreeSet<String>),
    All,
}

impl Purged {
    /// Returns true if the versions of an id are to be forgotten.
    pub(super) fn has(&self, id: &str) -> bool {
        match self {
            Self::All => true,
            Self::Some(ids) => ids.contains(id),
        }
    }
}

impl Vault {
    /// Returns the number of times that the vault was written.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.header.generation
    }

    /// Returns the identity of this vault, the same for all its generations.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.header.id
    }

    /// Removes the backup that old keys open, or that has what was purged, now that the vault was opened.
    /// Takes no time where there is none. Returns true if it removed one.
    ///
    /// # Errors
    /// Fails if this user may not change the folder, or if the disk fails.
    pub fn settle(&self, location: &Location) -> Result<bool, Error> {
        let Some(mark) = &self.replaced else { return Ok(false) };
        Ok(location.discard_backup(mark)?)
    }

    /// Removes the backup as [`Vault::settle`] does, for a process that holds the lock.
    ///
    /// # Errors
    /// As [`Vault::settle`].
    pub fn settle_locked(&self, lock: &Lock) -> Result<bool, Error> {
        let Some(mark) = &self.replaced else { return Ok(false) };
        Ok(lock.discard_backup(mark)?)
    }

    /// Returns true if the file that this generation replaced must go once the vault was opened.
    #[must_use]
    pub fn is_superseding(&self) -> bool {
        self.replaced.is_some()
    }

    /// Returns the version of the format that the vault was written in.
    #[must_use]
    pub fn format(&self) -> u64 {
        self.header.version
    }

    /// Returns the environment that this is the bundle of, if it is one. A bundle must not be
    /// changed.
    #[must_use]
    pub fn bundle_of(&self) -> Option<&str> {
        self.header.bundle.as_deref()
    }
}
