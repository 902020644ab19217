//! The memory that a machine has of the vaults that it has opened, outside of the vaults.
//!
//! One file for each path says which vault was there last, and which generation of it. A vault that somebody puts in
//! the place of another is thus known as such, and copies of a vault may live on at several paths. One file for each
//! vault, named by its id, has what holds at every path: the recipients and the seal. It changes rarely, and is brought to
//! the disk; the other one changes with each write, and may be lost in a power failure.

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
    /// The part of the pin that holds at every path.
    common: Option<Pin>,
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
    /// The part of the pin that holds at this path alone.
    #[serde(default)]
    line: Pin,
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
        Memory::read(&state, &place_name(&location.absolute()?), vault)
    }

    /// Remembers a vault that was read and judged, unless it is known already.
    ///
    /// # Errors
    /// As [`Self::recall`]; fails also if the folder cannot be written.
    pub fn see(
        &self,
        location: &Location,
        vault: &Vault,
        known: &Memory,
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

    /// Takes note of a bundle that this machine wrote at a path where it knew something else.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub fn place_bundle(&self, at: &Location, vault: Uuid, environment: &str) -> Result<(), FileError> {
        let Some(state) = StateFolder::open(&self.folder)? else { return Ok(()) };
        let path = at.absolute()?;
        let place = place_name(&path);
        let bundle = Some(environment.to_owned());
        match read::<Place>(&state, &place)? {
            Some(there) if there.vault != vault || there.bundle != bundle => {
                let path = path.to_string_lossy().into_owned();
                let there = Place { path, vault, bundle, line: Pin::default() };
                write(&StateFolder::lock(&self.folder)?, &place, &there, true)
            }
            // a bundle that was never read, or not replaced by another one
            _ => Ok(()),
        }
    }

    fn change(
        &self,
        location: &Location,
        vault: &Vault,
        change: impl FnOnce(&mut Pin),
    ) -> Result<(), FileError> {
        let path = location.absolute()?;
        let locked = StateFolder::lock(&self.folder)?;
        let place = place_name(&path);
        let before = Memory::read(locked.state(), &place, vault)?;
        let mut pin = before.pin.unwrap_or_default();
        change(&mut pin);
        let Pin { seal, former_seals, since, recipients, bundles, .. } = pin.clone();
        let mut common = Pin { seal, former_seals, since, recipients, bundles, ..Pin::default() };
        // a copy from before somebody was shut out
        if let Some(known) = before.common.as_ref().filter(|known| known.is_after(&common)) {
            (common.seal, common.former_seals) = (known.seal, known.former_seals.clone());
        }
        if before.common.as_ref() != Some(&common) {
            write(&locked, &pin_name(vault), &common, true)?;
        }
        let line = Pin { since: None, recipients: None, bundles: Vec::new(), ..pin };
        let bundle = vault.bundle_of().map(str::to_owned);
        let there = Place { path: path.to_string_lossy().into_owned(), vault: vault.id(), bundle, line };
        if before.there.as_ref() != Some(&there) {
            let is_new = before.there.is_none_or(|before| !before.is_of(vault));
            write(&locked, &place, &there, is_new)?;
        }
        Ok(())
    }
}

impl Place {
    fn is_of(&self, vault: &Vault) -> bool {
        self.vault == vault.id() && self.bundle.as_deref() == vault.bundle_of()
    }
}

impl Memory {
    fn read(state: &StateFolder, place: &str, vault: &Vault) -> Result<Self, FileError> {
        let there: Option<Place> = read(state, place)?;
        let common: Option<Pin> = read(state, &pin_name(vault))?;
        let line = there.as_ref().filter(|there| there.is_of(vault)).map(|there| there.line.clone());
        let pin = (line.is_some() || common.is_some()).then(|| {
            let Pin { since, recipients, bundles, .. } = common.clone().unwrap_or_default();
            Pin { since, recipients, bundles, ..line.unwrap_or_default() }
        });
        Ok(Self { there, pin, common })
    }

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
            _ => match &self.common {
                Some(common) if !common.shares_seal(&lineage) => Err(Distrust::Foreign { vault: vault.id() }),
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
        pins.see(&at("a"), &one, &Memory::default(), NOW).unwrap();
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
        pins.see(&at("d"), &one, &recall("d", &one), NOW).unwrap();
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
        assert_eq!(pins.recall(&at, &vault).unwrap().pin.unwrap().known(), None);
        pins.keep(&at, &vault, known("age1two"), NOW).unwrap();
        assert_eq!(pins.recall(&at, &vault).unwrap().pin.unwrap().known(), Some(known("age1two")));
    }
}
