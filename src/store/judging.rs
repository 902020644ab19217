//! The judgement of each vault that is opened, by what this machine remembers of it and of its path.

use super::terms::Terms;
use crate::disk::{FileError, Location};
use crate::vault::{self, Distrust, Key, Memory, Pins, Sealed, Vault};

/// The most writers that are followed while they replace a file that is being judged.
const ATTEMPTS: usize = 16;

/// The use of a vault that is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VaultUse {
    Read,
    Write,
}

/// A vault that was judged.
pub(super) struct Judged {
    pub vault: Vault,
    /// The reason why it is only read because the caller accepts that.
    pub distrust: Option<Distrust>,
    /// True if it is signed, and this machine knew it when it was not.
    pub begins_signing: bool,
    /// The failure to remember it.
    pub trouble: Option<FileError>,
}

impl Terms {
    /// Opens a vault at a location without a keeper, and judges it. A failure to remember the vault is passed over.
    ///
    /// # Errors
    /// As [`Vault::open`]; [`vault::Error::Distrust`].
    pub fn open(&self, location: &Location, sealed: Sealed, key: &Key) -> Result<Vault, vault::Error> {
        Ok(judge(self, location, Vault::open(sealed, key)?, key, VaultUse::Read)?.vault)
    }

    /// Returns what this machine remembers of a vault; `None` if it keeps no memory.
    #[must_use]
    pub fn recall(&self, location: &Location, vault: &Vault) -> Option<Result<Memory, FileError>> {
        Some(Pins::new(self.pins.clone()?).recall(location, vault))
    }
}

/// Judges a vault and remembers it. Follows writers that replace the file meanwhile.
///
/// # Errors
/// [`vault::Error::Distrust`], or an error of opening a file that was replaced.
pub(super) fn judge(
    terms: &Terms,
    location: &Location,
    mut vault: Vault,
    key: &Key,
    wanted: VaultUse,
) -> Result<Judged, vault::Error> {
    let Some(pins) = terms.pins.clone().map(Pins::new) else {
        return Ok(Judged { vault, distrust: None, begins_signing: false, trouble: None });
    };
    let mut attempt = 0;
    loop {
        let judged = pins.recall(location, &vault).map(|memory| (memory.judge(&vault), memory));
        let distrust = match judged {
            Ok((Ok(()), memory)) => {
                let begins_signing =
                    memory.pin.as_ref().is_some_and(|pin| pin.begins_signing(&vault.lineage()));
                let trouble = pins.see(location, &vault, &memory, terms.now).err();
                return Ok(Judged { vault, distrust: None, begins_signing, trouble });
            }
            Ok((Err(distrust), _)) => distrust,
            // a missing memory refuses nothing
            Err(error) => {
                return Ok(Judged { vault, distrust: None, begins_signing: false, trouble: Some(error) });
            }
        };
        attempt += 1;
        let now = location.open().map_err(vault::Error::from).and_then(Sealed::inspect);
        match now {
            // another process wrote and remembered a later one since the file was opened
            Ok(now) if attempt < ATTEMPTS && !vault.is_in(&now) => vault = Vault::open(now, key)?,
            _ if wanted == VaultUse::Read && terms.accept_older => {
                return Ok(Judged { vault, distrust: Some(distrust), begins_signing: false, trouble: None });
            }
            _ => return Err(distrust.into()),
        }
    }
}
