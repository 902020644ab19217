//! The memory that a machine has of the vaults that it has opened, on the disk and outside of the vaults.
//!
//! One file for each path says which vault was there last, and which generation of it. A vault that somebody puts in
//! the place of another is thus known as such, and copies of a vault may live on at several paths. A vault behind
//! symbolic links has two paths, and is judged by both. One file for each vault, named by its id, has what is valid at
//! every path: the recipients, the seal and the signers. It is brought to the disk; the others change with each write,
//! and may be lost in a power failure.

use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::checkout::Checkout;
use super::collection::Vault;
use super::lineage::Lineage;
use super::memory::{Event, KnownPath, Memory};
use super::roster::KnownRecipients;
use crate::disk::{FileError, Location, LockedState, StateFolder};

/// The memory of a machine, in a folder of the user's own.
#[derive(Debug)]
pub struct Pins {
    folder: PathBuf,
}

impl Pins {
    /// Takes the memory in this folder, which need not exist.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Returns what is known of this vault and of its paths.
    ///
    /// # Errors
    /// Fails if the folder cannot be read or is not the user's own alone.
    pub fn recall(&self, location: &Location, vault: &Vault) -> Result<Memory, FileError> {
        let Some(state) = StateFolder::open(&self.folder)? else { return Ok(Memory::default()) };
        recall(&state, location.known_paths(), &vault.lineage())
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
        let lineage = vault.lineage();
        if !known.places.is_empty() && known.after(&lineage, &Event::Seen, now) == *known {
            return Ok(());
        }
        self.change(location, &lineage, &Event::Seen, now)
    }

    /// Remembers the recipients of a vault that is about to be locked to more of them. A writer that is killed behind
    /// its rename would not know them otherwise.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub fn announce(
        &self,
        location: &Location,
        vault: &Vault,
        known: &KnownRecipients,
        now: DateTime<Utc>,
    ) -> Result<(), FileError> {
        self.change(location, &vault.lineage(), &Event::Announced(known.clone()), now)
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
        self.change(location, &vault.lineage(), &Event::Written(known), now)
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
        self.change(location, &vault.lineage(), &Event::Accepted(known), now)
    }

    /// Remembers a bundle that this machine wrote, whatever was known before: one that it wrote is no forgery, and one
    /// that is older than that is an older one again.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub fn place_bundle(
        &self,
        at: &Location,
        bundle: &Lineage<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), FileError> {
        self.change(at, bundle, &Event::Bundled, now)
    }

    /// Remembers a merge that git will put into the place of the vault, if the vault was not known to be there next.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub fn note_merge(
        &self,
        location: &Location,
        merged: &Vault,
        now: DateTime<Utc>,
    ) -> Result<(), FileError> {
        self.change(location, &merged.lineage(), &Event::Merged, now)
    }

    /// Remembers that the vault at this path was set up in a repository of git.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub fn set_up(&self, location: &Location, checkout: &Checkout) -> Result<(), FileError> {
        let name = checkout_name(&location.absolute()?);
        let locked = StateFolder::lock(&self.folder)?;
        if read::<Checkout>(locked.state(), &name)?.as_ref() == Some(checkout) {
            return Ok(());
        }
        write(&locked, &name, checkout, true)
    }

    /// Returns the repository in which the vault at this path was set up, if it was.
    ///
    /// # Errors
    /// As [`Self::recall`].
    pub fn checkout(&self, location: &Location) -> Result<Option<Checkout>, FileError> {
        let Some(state) = StateFolder::open(&self.folder)? else { return Ok(None) };
        read(&state, &checkout_name(&location.absolute()?))
    }

    /// Checks that the memory can be written, without writing to it.
    ///
    /// # Errors
    /// As [`Self::see`].
    pub fn check(&self) -> Result<(), FileError> {
        StateFolder::check(&self.folder)
    }

    fn change(
        &self,
        location: &Location,
        lineage: &Lineage<'_>,
        event: &Event,
        now: DateTime<Utc>,
    ) -> Result<(), FileError> {
        let locked = StateFolder::lock(&self.folder)?;
        // looked up under the lock, because another process may have seen a later one
        let before = recall(locked.state(), location.known_paths(), lineage)?;
        let after = before.after(lineage, event, now);
        if before.common != after.common {
            write(&locked, &pin_name(lineage), &after.common, true)?;
        }
        for (before, after) in before.places.iter().zip(&after.places) {
            let of =
                |known: &KnownPath| known.place.as_ref().map(|place| (place.vault, place.bundle.clone()));
            if before.place != after.place {
                write(&locked, &place_name(&after.path), &after.place, of(before) != of(after))?;
            }
        }
        Ok(())
    }
}

fn recall(state: &StateFolder, paths: Vec<PathBuf>, lineage: &Lineage<'_>) -> Result<Memory, FileError> {
    let mut places = Vec::new();
    for path in paths {
        let place = read(state, &place_name(&path))?;
        places.push(KnownPath { path, place });
    }
    let common = read(state, &pin_name(lineage))?;
    Ok(Memory::new(places, common, lineage))
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
fn pin_name(lineage: &Lineage<'_>) -> String {
    match lineage.bundle {
        Some(environment) => {
            let bundle = Uuid::new_v5(&lineage.vault, environment.as_bytes());
            format!("bundle-{bundle}")
        }
        None => lineage.vault.to_string(),
    }
}

/// Returns the name of the file about a path.
fn place_name(path: &Path) -> String {
    format!("path-{}", path_digest(path))
}

/// Returns the name of the file about the repository around a path.
fn checkout_name(path: &Path) -> String {
    format!("git-{}", path_digest(path))
}

/// Returns a digest of a path, because a path has slashes and may be longer than a file name.
fn path_digest(path: &Path) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, path.as_os_str().as_bytes())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use chrono::{DateTime, Utc};

    use super::{KnownRecipients, Pins};
    use crate::disk::{Location, StateFolder};
    use crate::vault::{Distrust, Memory, Vault};

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
        assert_eq!(recall("a", &one).pin, None);
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
    fn a_path_that_cannot_be_resolved_any_more_is_judged_as_it_was_typed() {
        let folder = tempfile::tempdir().unwrap();
        let pins = Pins::new(folder.path().join("pins"));
        let (here, there) = (folder.path().join("here"), folder.path().join("there"));
        std::fs::create_dir(&here).unwrap();
        std::os::unix::fs::symlink(&here, folder.path().join("link")).unwrap();
        let at = Location::resolve(&folder.path().join("link/a")).unwrap();
        let (one, other) = (Vault::new().unwrap(), Vault::new().unwrap());
        pins.see(&at, &one, &Memory::default(), NOW).unwrap();
        std::fs::rename(&here, &there).unwrap();
        at.absolute().unwrap_err();
        let refused = Err(Distrust::OtherVault { known: one.id(), found: other.id() });
        assert_eq!(pins.recall(&at, &other).unwrap().judge(&other), refused);
    }

    #[test]
    fn what_is_no_memory_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pins");
        let pins = Pins::new(path.clone());
        let at = Location::resolve(&folder.path().join("a")).unwrap();
        let vault = Vault::new().unwrap();
        pins.keep(&at, &vault, known("age1one"), NOW).unwrap();
        let broken = |name: &str| StateFolder::lock(&path).unwrap().write(name, b"{", false).unwrap();
        broken(&vault.id().to_string());
        // the file about the path has them, too
        assert_eq!(pins.recall(&at, &vault).unwrap().pin.unwrap().known(), Some(known("age1one")));
        at.known_paths().iter().for_each(|path| broken(&super::place_name(path)));
        assert_eq!(pins.recall(&at, &vault).unwrap().pin, None);
        pins.keep(&at, &vault, known("age1two"), NOW).unwrap();
        assert_eq!(pins.recall(&at, &vault).unwrap().pin.unwrap().known(), Some(known("age1two")));
    }
}
