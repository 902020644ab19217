//! The vault: one age file with the credentials and everything that belongs to them.
//!
//! [`Vault::open`] reads, `Vault::save` is the only thing that writes. Text is decrypted and parsed
//! only as far as it is asked for.

mod bundle;
mod canonical;
mod cipher;
mod error;
mod history;
mod identity;
mod layout;
mod lookup;
mod mark;
mod pins;
mod plain;
mod plugin;
mod precious;
mod reach;
mod recipient;
mod resident;
mod roster;
mod save;
mod search;
mod wire;

pub use cipher::{Key, Lockset, Sealed, Sealer, Stanzas};
pub use error::{Damage, Error, KeyError, Locked, RecordProblem};
pub use history::{Difference, Remember, Version};
pub use identity::{Encrypted, Identities, Parsed, generate};
pub use mark::{Mark, Stamp};
pub use pins::Pins;
pub use plugin::{Answers, Plugins};
pub use precious::Precious;
pub use reach::{Reach, Taken, bundle_location};
pub use recipient::Recipients;
pub use resident::{AuthProvider, Environment, Period, Policy, PolicyRule, Reference, Resident, User};
pub use roster::{Known, RosterProblem, Strangers};

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::credential::{Credential, Head};
use crate::disk::{Location, Lock};
use crate::text::compose;
use layout::{Index, Writer};
use plain::{Lines, Plain};
use wire::Header;
use wire::Section;

/// An open vault with the changes that were made to it and not yet saved.
pub struct Vault {
    plain: Plain,
    header: Header,
    index: Index,
    /// Whom the age header locks it to; none of a vault that is not on disk yet.
    stanzas: Option<Stanzas>,
    /// What becomes of the credentials of these ids.
    changes: BTreeMap<String, Pending>,
    /// The lines of the small sections that were changed.
    sections: [Option<Vec<Zeroizing<Vec<u8>>>>; Section::ALL.len()],
    /// The keys of the small sections that were asked about.
    keys: [Option<HashSet<String>>; Section::ALL.len()],
    /// Whose earlier versions are to be forgotten.
    purged: Purged,
    /// The id of a credential that must not be there yet, which saving finds out by the way.
    new: Option<String>,
    /// Credentials that were looked up so far; many are better found in a directory.
    lookups: usize,
    /// Whether all ids were seen, in order.
    in_order: bool,
    /// Where the lines begin and end, by id.
    directory: Option<HashMap<String, (u64, u64)>>,
    /// The mark of the file that this generation replaced, where that file must go.
    replaced: Option<String>,
    /// The credentials that are named after users, by the ids of those in small letters.
    of_users: Option<HashMap<String, Vec<Head>>>,
}

/// Most lines of a roster: several times of what an age header can hold.
const MAX_ROSTER: u64 = 1024;

/// What becomes of a credential when the vault is saved.
struct Pending {
    /// Its line; none if it is to be gone.
    line: Option<Zeroizing<Vec<u8>>>,
    /// Whether what is stored now is kept as an earlier version.
    versioned: bool,
}

/// Whose earlier versions are to be forgotten.
enum Purged {
    Some(BTreeSet<String>),
    All,
}

impl Vault {
    /// An empty vault, not yet on disk.
    ///
    /// # Errors
    /// Never in practice.
    pub fn new() -> Result<Self, Error> {
        let header = Header {
            credctl: "vault".into(),
            version: wire::VERSION,
            id: Uuid::new_v4(),
            generation: 0,
            bundle: None,
        };
        let mut writer = Writer::new(Vec::new(), &header).map_err(Error::Write)?;
        for section in Section::ALL {
            writer.section(section).map_err(Error::Write)?;
        }
        let text = writer.finish().map_err(Error::Write)?;
        Self::read(Plain::in_memory(Zeroizing::new(text)))
    }

    /// Opens a sealed file with a key.
    ///
    /// # Errors
    /// [`Locked`] if the key is not the right one, [`Damage`] if the file is not a vault.
    pub fn open(sealed: Sealed, key: &Key) -> Result<Self, Error> {
        let stanzas = sealed.stanzas();
        let mut vault = Self::read(sealed.open(key)?)?;
        vault.stanzas = Some(stanzas);
        Ok(vault)
    }

    fn read(mut plain: Plain) -> Result<Self, Error> {
        match Self::read_canonical(&mut plain)? {
            Some((header, index)) => Ok(Self::with(plain, header, index)),
            None => Self::read_any(plain),
        }
    }

    fn read_canonical(plain: &mut Plain) -> Result<Option<(Header, Index)>, Error> {
        let Some(index) = layout::index(plain)? else { return Ok(None) };
        if !layout::is_framed(plain, &index)? {
            return Ok(None);
        }
        Ok(layout::header(plain, &index)?.map(|header| (header, index)))
    }

    fn with(plain: Plain, header: Header, index: Index) -> Self {
        Self {
            plain,
            header,
            replaced: index.replaced().map(str::to_owned),
            index,
            stanzas: None,
            changes: BTreeMap::new(),
            sections: Default::default(),
            keys: Default::default(),
            purged: Purged::Some(BTreeSet::new()),
            new: None,
            lookups: 0,
            in_order: false,
            directory: None,
            of_users: None,
        }
    }

    /// Reads a text that was edited by hand.
    fn read_any(mut plain: Plain) -> Result<Self, Error> {
        let text = plain.range((0, plain.length()))?;
        let laid_out = canonical::canonical(&text)?;
        drop(text);
        let mut plain = Plain::in_memory(laid_out);
        match Self::read_canonical(&mut plain)? {
            Some((header, index)) => Ok(Self::with(plain, header, index)),
            None => Err(Damage::OtherDocument.into()),
        }
    }

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
                return Err(record(Section::Recipients, at, RecordProblem::TooMany));
            }
            let text: String = serde_json::from_slice(line)
                .map_err(|error| record(Section::Recipients, at, RecordProblem::Json(error.into())))?;
            if !recipient::is_plausible(&text) {
                return Err(record(Section::Recipients, at, RecordProblem::Recipient));
            }
            texts.push(recipient::without_comment(text.trim()));
        }
        Ok(texts)
    }

    /// Puts a credential in the place of the one of its id, which is kept as an earlier version, or
    /// beside the others.
    ///
    /// # Errors
    /// Never in practice.
    pub fn put(&mut self, credential: &Credential) -> Result<(), Error> {
        self.pend(credential, true)
    }

    /// The same for a change that makes no version: of who may use it.
    ///
    /// # Errors
    /// Never in practice.
    pub fn amend(&mut self, credential: &Credential) -> Result<(), Error> {
        self.pend(credential, false)
    }

    fn pend(&mut self, credential: &Credential, versioned: bool) -> Result<(), Error> {
        if credential.kind().identity_name {
            self.of_users = None;
        }
        let line = wire::line(credential).map_err(|error| Error::Write(error.into()))?;
        let id = credential.id().to_owned();
        let versioned = versioned || self.changes.get(&id).is_some_and(|pending| pending.versioned);
        self.changes.insert(id, Pending { line: Some(line), versioned });
        Ok(())
    }

    /// Puts in one new credential. Whether its id is free is found out when the vault is saved, which
    /// goes through all ids anyway.
    ///
    /// # Errors
    /// Never in practice.
    pub fn put_new(&mut self, credential: &Credential) -> Result<(), Error> {
        self.new = Some(credential.id().to_owned());
        self.put(credential)
    }

    /// Takes a credential out; it is kept as an earlier version.
    pub fn remove(&mut self, id: &str) {
        self.of_users = None;
        self.changes.insert(compose(id).into_owned(), Pending { line: None, versioned: true });
    }

    /// Forgets every change that was not saved.
    pub fn discard(&mut self) {
        self.of_users = None;
        self.new = None;
        self.changes.clear();
        self.sections = Default::default();
        self.keys = Default::default();
        self.purged = Purged::Some(BTreeSet::new());
    }

    /// Whether there is anything to save.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.is_purging() || !self.changes.is_empty() || self.sections.iter().any(Option::is_some)
    }
}

fn record(section: Section, at: u64, problem: RecordProblem) -> Error {
    Damage::Record { section: section.name(), at, problem }.into()
}
