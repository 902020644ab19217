//! The memory that a machine has of the vaults that it has opened, outside of the vaults.
//!
//! One file for each vault, named by its id, and one for each path, which says what vault was there last.
//! A vault that somebody puts in the place of another is thus known as such. Copies of a vault may live on at several
//! paths, so each path has its own line of generations; the recipients are those of all.

use std::collections::BTreeMap;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::collection::Vault;
use super::lineage::Lineage;
use super::pin::Pin;
use super::refusal::Distrust;
use super::roster::KnownRecipients;
use crate::disk::{FileError, Location, LockedState, StateFolder};

/// The most paths at which one vault is remembered.
const MAX_LINES: usize = 32;

/// The memory of a machine, in a folder of the user's own.
#[derive(Debug)]
pub struct Pins {
    folder: PathBuf,
}

/// The memory of a machine about one vault at one path.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Memory {
    /// The vault that was at the path last; none if the path is new.
    pub there: Option<Place>,
    /// The pin of the vault that is at the path now, without a generation if it was not seen there; none if this
    /// machine never saw it.
    pub pin: Option<Pin>,
    /// The pins of its copies at other paths.
    elsewhere: Vec<Pin>,
}

/// The file about a vault.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
struct PinRecord {
    /// What holds at every path.
    #[serde(flatten)]
    common: Pin,
    /// The rest of the pin at each path, by the short name of the path.
    #[serde(default)]
    lines: BTreeMap<String, Pin>,
}

/// The vault, or the bundle of one, that is at a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    path: String,
    /// The id of the vault.
    pub vault: Uuid,
    /// The environment whose bundle it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<String>,
}

impl Pins {
    /// Takes the memory in this folder, which need not exist.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Returns what is known of this vault and of its path.
    ///
    /// # Errors
    /// Fails if the folder cannot be read or is not the user's own alone.
    pub fn recall(&self, location: &Location, vault: &Vault) -> Result<Memory, FileError> {
        let Some(state) = StateFolder::open(&self.folder)? else { return Ok(Memory::default()) };
        let place = place_name(&location.absolute()?);
        let there = read(&state, &place)?;
        let Some(record) = read::<PinRecord>(&state, &pin_name(vault))? else {
            return Ok(Memory { there, ..Memory::default() });
        };
        let pin = Some(record.at(&place));
        let others = record.lines.into_iter().filter(|(other, _)| *other != place);
        Ok(Memory { there, pin, elsewhere: others.map(|(_, line)| line).collect() })
    }

    /// Remembers a vault that was read and judged, unless it is known already.
    ///
    /// # Errors
    /// As [`Self::recall`]; fails also if the folder cannot be written.
    pub fn see(
        &self,
        location: &Location,
        vault: &Vault,
        known: Memory,
        now: DateTime<Utc>,
    ) -> Result<(), FileError> {
        let mut pin = known.pin.clone().unwrap_or_default();
        pin.see(&vault.lineage(), now);
        if known.pin.as_ref() == Some(&pin) && known.there.is_some() {
            return Ok(());
        }
        // looked up once more, because another process may have seen a later one
        self.change(location, vault, |pin| pin.see(&vault.lineage(), now))
    }

    /// Remembers a vault that was written, and the recipients that it is locked to.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub fn keep(
        &self,
        location: &Location,
        vault: &Vault,
        known: KnownRecipients,
        now: DateTime<Utc>,
    ) -> Result<(), FileError> {
        self.change(location, vault, |pin| {
            pin.see(&vault.lineage(), now);
            pin.recipients = Some(known.recipients);
            pin.bundles = known.bundles;
        })
    }

    /// Remembers a vault that the operator accepted, whatever was known before, and its recipients.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub fn accept(
        &self,
        location: &Location,
        vault: &Vault,
        known: KnownRecipients,
        now: DateTime<Utc>,
    ) -> Result<(), FileError> {
        self.change(location, vault, |pin| {
            *pin = Pin { since: pin.since, ..Pin::default() };
            pin.see(&vault.lineage(), now);
            pin.recipients = Some(known.recipients);
            pin.bundles = known.bundles;
        })
    }

    fn change(
        &self,
        location: &Location,
        vault: &Vault,
        change: impl FnOnce(&mut Pin),
    ) -> Result<(), FileError> {
        let path = location.absolute()?;
        let locked = StateFolder::lock(&self.folder)?;
        let name = pin_name(vault);
        let place = place_name(&path);
        let before: Option<PinRecord> = read(locked.state(), &name)?;
        let mut record = before.clone().unwrap_or_default();
        let mut pin = record.at(&place);
        change(&mut pin);
        record.put(&place, pin);
        if before.as_ref() != Some(&record) {
            // what this machine may lock a vault to must outlive a power failure
            write(&locked, &name, &record, record.common.recipients.is_some())?;
        }
        let bundle = vault.bundle_of().map(str::to_owned);
        let there = Place { path: path.to_string_lossy().into_owned(), vault: vault.id(), bundle };
        if read(locked.state(), &place)?.as_ref() != Some(&there) {
            write(&locked, &place, &there, true)?;
        }
        Ok(())
    }
}

impl PinRecord {
    /// Returns the pin at a path.
    fn at(&self, place: &str) -> Pin {
        let Pin { since, recipients, bundles, .. } = self.common.clone();
        Pin { since, recipients, bundles, ..self.lines.get(place).cloned().unwrap_or_default() }
    }

    /// Puts the pin at a path.
    fn put(&mut self, place: &str, pin: Pin) {
        let Pin { since, recipients, bundles, .. } = pin.clone();
        self.common = Pin { since, recipients, bundles, ..Pin::default() };
        let line = Pin { since: None, recipients: None, bundles: Vec::new(), ..pin };
        self.lines.insert(place.to_owned(), line);
        while self.lines.len() > MAX_LINES {
            let others = self.lines.iter().filter(|(other, _)| *other != place);
            let Some(oldest) = others.min_by_key(|(_, line)| line.seen).map(|(other, _)| other.clone())
            else {
                return;
            };
            self.lines.remove(&oldest);
        }
    }
}

impl Memory {
    /// Judges a vault by what is remembered of it and of its path.
    ///
    /// # Errors
    /// [`Distrust`].
    pub fn judge(&self, vault: &Vault) -> Result<(), Distrust> {
        self.judge_place(vault)?;
        let lineage: Lineage<'_> = vault.lineage();
        match &self.pin {
            Some(pin) if pin.digest.is_some() => pin.judge(&lineage),
            // a copy at a new path may be of any generation, and must be of the same vault
            _ => match self.elsewhere.first() {
                Some(known) if !self.elsewhere.iter().any(|other| other.shares_seal(&lineage)) => {
                    Err(Distrust::Forged { seen: known.sighting(), found: lineage.generation })
                }
                _ => Ok(()),
            },
        }
    }

    fn judge_place(&self, vault: &Vault) -> Result<(), Distrust> {
        let Some(there) = &self.there else { return Ok(()) };
        if there.vault != vault.id() {
            return Err(Distrust::OtherVault { known: there.vault, found: vault.id() });
        }
        match (there.bundle.as_deref(), vault.bundle_of()) {
            (known, found) if known == found => Ok(()),
            (None, Some(_)) => Err(Distrust::Bundle { vault: vault.id() }),
            _ => Err(Distrust::OtherBundle { vault: vault.id() }),
        }
    }
}

/// Reads a file of the memory. One that is no JSON of ours counts as missing, so that it can be made again.
fn read<T: for<'de> Deserialize<'de>>(state: &StateFolder, name: &str) -> Result<Option<T>, FileError> {
    Ok(state.read(name)?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

fn write(locked: &LockedState, name: &str, value: &impl Serialize, durable: bool) -> Result<(), FileError> {
    let text = serde_json::to_vec(value).unwrap_or_default();
    locked.write(name, &text, durable)
}

/// Returns the name of the file about a vault, or about the bundle of one of its environments.
fn pin_name(vault: &Vault) -> String {
    match vault.bundle_of() {
        Some(environment) => {
            let bundle = Uuid::new_v5(&vault.id(), environment.as_bytes());
            format!("bundle-{bundle}")
        }
        None => vault.id().to_string(),
    }
}

/// Returns the name of the file about a path.
fn place_name(path: &Path) -> String {
    // a digest, because a path has slashes and may be longer than a file name
    format!("path-{}", Uuid::new_v5(&Uuid::NAMESPACE_URL, path.as_os_str().as_bytes()))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::{Distrust, KnownRecipients, Memory, Pins};
    use crate::disk::{Location, StateFolder};
    use crate::vault::Vault;

    fn known(recipient: &str) -> KnownRecipients {
        KnownRecipients { recipients: vec![recipient.to_owned()], bundles: Vec::new() }
    }

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn a_vault_is_known_by_its_id_and_expected_where_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let pins = Pins::new(folder.path().join("pins"));
        let at = |name: &str| Location::resolve(&folder.path().join(name)).unwrap();
        let (one, other) = (Vault::new().unwrap(), Vault::new().unwrap());
        let recall = |name: &str, vault: &Vault| pins.recall(&at(name), vault).unwrap();
        assert_eq!(recall("a", &one), Memory::default());
        pins.see(&at("a"), &one, Memory::default(), NOW).unwrap();
        // who only read a vault has not locked it to anybody
        assert_eq!(recall("a", &one).pin.unwrap().known(), None);
        pins.keep(&at("a"), &one, known("age1one"), NOW).unwrap();
        for name in ["a", "moved"] {
            let memory = recall(name, &one);
            assert_eq!(memory.pin.as_ref().unwrap().known(), Some(known("age1one")));
            assert_eq!(memory.judge(&one), Ok(()));
        }
        let refused = Err(Distrust::OtherVault { known: one.id(), found: other.id() });
        assert_eq!(recall("a", &other).judge(&other), refused);
        // also if it is known from elsewhere
        pins.keep(&at("c"), &other, known("age1other"), NOW).unwrap();
        assert_eq!(recall("a", &other).judge(&other), refused);
        assert_eq!(recall("c", &other).judge(&other), Ok(()));
        // a read by somebody who saw it before keeps the recipients
        pins.see(&at("d"), &one, recall("d", &one), NOW).unwrap();
        assert_eq!(recall("d", &one).pin.unwrap().known(), Some(known("age1one")));
        pins.accept(&at("a"), &other, known("age1other"), NOW).unwrap();
        assert_eq!(recall("a", &other).judge(&other), Ok(()));
    }

    #[test]
    fn what_is_no_memory_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pins");
        let pins = Pins::new(path.clone());
        let at = Location::resolve(&folder.path().join("a")).unwrap();
        let vault = Vault::new().unwrap();
        pins.keep(&at, &vault, known("age1one"), NOW).unwrap();
        StateFolder::lock(&path).unwrap().write(&vault.id().to_string(), b"{", false).unwrap();
        assert_eq!(pins.recall(&at, &vault).unwrap().pin, None);
        pins.keep(&at, &vault, known("age1two"), NOW).unwrap();
        assert_eq!(pins.recall(&at, &vault).unwrap().pin.unwrap().known(), Some(known("age1two")));
    }
}
