//! The memory that a machine has of the vaults that it has written: the recipients it locked each to. It is
//! kept outside of the vaults.
//!
//! One file for each vault, named by its id, and one for each path, which says what vault was there last.
//! A vault that somebody puts in the place of another is judged by the one that was there.

use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::roster::KnownRecipients;
use crate::disk::{FileError, Location, read_state, write_state};

/// The most places that are remembered of one vault.
const MAX_PLACES: usize = 32;

/// The memory of a machine, in a folder of the user's own.
#[derive(Debug)]
pub struct Pins {
    folder: PathBuf,
}

/// The file about a vault.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
struct Pin {
    #[serde(default)]
    recipients: Vec<String>,
    #[serde(default)]
    bundles: Vec<String>,
    /// The places where the vault was written; see [`place`].
    #[serde(default)]
    places: Vec<Uuid>,
}

/// The file about a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Place {
    path: String,
    vault: Uuid,
}

impl Pins {
    /// Takes the memory in this folder, which need not exist.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Returns what is known of the vault with this id at this path; `None` if neither was seen before.
    ///
    /// # Errors
    /// Fails if the folder cannot be read or is not the user's own alone.
    pub fn known(&self, location: &Location, vault: Uuid) -> Result<Option<KnownRecipients>, FileError> {
        let path = location.absolute()?;
        let place = place(&path);
        let pin = self.pin(vault)?;
        if let Some(pin) = pin.as_ref().filter(|pin| pin.places.contains(&place)) {
            return Ok(Some(pin.known()));
        }
        let there: Option<Place> = self.read(&place_name(place))?;
        // a forged vault with a new id must not escape the memory of the one whose place it took
        match there.filter(|there| there.vault != vault) {
            Some(other) => Ok(self.pin(other.vault)?.or(pin).map(|pin| pin.known())),
            None => Ok(pin.map(|pin| pin.known())),
        }
    }

    /// Remembers the recipients that the vault with this id at this path is locked to.
    ///
    /// # Errors
    /// As [`Self::known`]; fails also if the folder cannot be written.
    pub fn keep(&self, location: &Location, vault: Uuid, known: KnownRecipients) -> Result<(), FileError> {
        let path = location.absolute()?;
        let place = place(&path);
        let before = self.pin(vault)?;
        let mut places = before.as_ref().map(|pin| pin.places.clone()).unwrap_or_default();
        if places.last() != Some(&place) {
            places.retain(|other| *other != place);
            places.push(place);
            places.drain(..places.len().saturating_sub(MAX_PLACES));
        }
        let pin = Pin { recipients: known.recipients, bundles: known.bundles, places };
        if before.as_ref() != Some(&pin) {
            self.write(&vault.to_string(), &pin)?;
        }
        let there = Place { path: path.to_string_lossy().into_owned(), vault };
        if self.read(&place_name(place))?.as_ref() != Some(&there) {
            self.write(&place_name(place), &there)?;
        }
        Ok(())
    }

    fn pin(&self, vault: Uuid) -> Result<Option<Pin>, FileError> {
        self.read(&vault.to_string())
    }

    /// Reads a file of the memory. One that is no JSON of ours counts as missing, so that it can be made
    /// again.
    fn read<T: for<'de> Deserialize<'de>>(&self, name: &str) -> Result<Option<T>, FileError> {
        Ok(read_state(&self.folder, name)?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn write(&self, name: &str, value: &impl Serialize) -> Result<(), FileError> {
        let text = serde_json::to_vec(value).unwrap_or_default();
        write_state(&self.folder, name, &text)
    }
}

impl Pin {
    fn known(&self) -> KnownRecipients {
        KnownRecipients { recipients: self.recipients.clone(), bundles: self.bundles.clone() }
    }
}

/// Returns the short name of a path.
fn place(path: &Path) -> Uuid {
    // a digest, because a path has slashes and may be longer than a file name
    Uuid::new_v5(&Uuid::NAMESPACE_URL, path.as_os_str().as_bytes())
}

fn place_name(place: Uuid) -> String {
    format!("path-{place}")
}

#[cfg(test)]
mod tests {
    use super::{KnownRecipients, Pins};
    use crate::disk::Location;
    use uuid::Uuid;

    fn known(recipient: &str) -> KnownRecipients {
        KnownRecipients { recipients: vec![recipient.to_owned()], bundles: Vec::new() }
    }

    #[test]
    fn a_vault_is_known_where_it_is_and_by_its_id_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let pins = Pins::new(folder.path().join("pins"));
        let at = |name: &str| Location::resolve(&folder.path().join(name)).unwrap();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(pins.known(&at("a"), one).unwrap(), None);
        pins.keep(&at("a"), one, known("age1one")).unwrap();
        assert_eq!(pins.known(&at("a"), one).unwrap(), Some(known("age1one")));
        // moved, or a copy of it
        assert_eq!(pins.known(&at("b"), one).unwrap(), Some(known("age1one")));
        // another one in its place is judged by what was there, also if it is known from elsewhere
        assert_eq!(pins.known(&at("a"), other).unwrap(), Some(known("age1one")));
        pins.keep(&at("c"), other, known("age1other")).unwrap();
        assert_eq!(pins.known(&at("a"), other).unwrap(), Some(known("age1one")));
        // until it was written there
        pins.keep(&at("a"), other, known("age1other")).unwrap();
        assert_eq!(pins.known(&at("a"), other).unwrap(), Some(known("age1other")));
        assert_eq!(pins.known(&at("a"), one).unwrap(), Some(known("age1one")));
    }

    #[test]
    fn what_is_no_memory_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let pins = Pins::new(folder.path().join("pins"));
        let at = Location::resolve(&folder.path().join("a")).unwrap();
        pins.keep(&at, Uuid::nil(), known("age1one")).unwrap();
        super::write_state(&folder.path().join("pins"), &Uuid::nil().to_string(), b"{").unwrap();
        assert_eq!(pins.known(&at, Uuid::nil()).unwrap(), None);
        pins.keep(&at, Uuid::nil(), known("age1two")).unwrap();
        assert_eq!(pins.known(&at, Uuid::nil()).unwrap(), Some(known("age1two")));
    }
}
