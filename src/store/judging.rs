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
    /// Merge the vault: it may be on another branch than the known one.
    Merge,
}

/// A vault that was judged.
pub(super) struct Judged {
    pub vault: Vault,
    /// The reason why it is only read because the caller accepts that.
    pub distrust: Option<Distrust>,
    /// The reason for which it would be refused if git did not have it checked out.
    pub branch: Option<Distrust>,
    /// True if it is signed, and this machine knew it when it was not.
    pub begins_signing: bool,
    /// The failure to remember it.
    pub trouble: Option<FileError>,
}

impl Judged {
    pub fn of(vault: Vault) -> Self {
        Self { vault, distrust: None, branch: None, begins_signing: false, trouble: None }
    }
}

impl Terms {
    /// Opens a vault at a location without a keeper, and judges it. A failure to remember the vault is passed over.
    ///
    /// # Errors
    /// As [`Vault::open`]; [`vault::Error::Distrust`].
    pub fn open(&self, location: &Location, sealed: Sealed, key: &Key) -> Result<Vault, vault::Error> {
        Ok(judge(self, location, Vault::open(sealed, key)?, key, VaultUse::Read, true)?.vault)
    }

    /// Returns what this machine remembers of a vault; `None` if it keeps no memory.
    #[must_use]
    pub fn recall(&self, location: &Location, vault: &Vault) -> Option<Result<Memory, FileError>> {
        Some(Pins::new(self.pins.clone()?).recall(location, vault))
    }
}

/// Judges a vault and remembers it. Follows writers that replace the file meanwhile, if the vault `is_there` in that file.
///
/// # Errors
/// [`vault::Error::Distrust`], or an error of opening a file that was replaced.
pub(super) fn judge(
    terms: &Terms,
    location: &Location,
    mut vault: Vault,
    key: &Key,
    wanted: VaultUse,
    is_there: bool,
) -> Result<Judged, vault::Error> {
    let Some(pins) = terms.pins.clone().map(Pins::new) else {
        return Ok(Judged::of(vault));
    };
    let mut attempt = 0;
    loop {
        let judged = pins.recall(location, &vault).map(|memory| (memory.judge(&vault), memory));
        let (distrust, memory) = match judged {
            Ok((Ok(()), memory)) => {
                let begins_signing =
                    memory.pin.as_ref().is_some_and(|pin| pin.begins_signing(&vault.lineage()));
                let trouble = pins.see(location, &vault, &memory, terms.now).err();
                return Ok(Judged { begins_signing, trouble, ..Judged::of(vault) });
            }
            Ok((Err(distrust), memory)) => (distrust, memory),
            // a missing memory refuses nothing
            Err(error) => {
                return Ok(Judged { trouble: Some(error), ..Judged::of(vault) });
            }
        };
        // an object that is not the working copy yet is not judged by what is in that file
        if is_there {
            attempt += 1;
            // another process may have written and remembered a later one since the file was opened
            if let Ok(now) = location.open().map_err(vault::Error::from).and_then(Sealed::inspect)
                && attempt < ATTEMPTS
                && !vault.is_in(&now)
            {
                vault = Vault::open(now, key)?;
                continue;
            }
            if let Some(vault) = on_branch(terms, &pins, location, &memory, distrust, &vault, key) {
                return Ok(Judged { branch: Some(distrust), ..Judged::of(vault) });
            }
        }
        let is_accepted = match wanted {
            VaultUse::Merge => distrust.is_other_branch(),
            VaultUse::Read => terms.accept_older,
            VaultUse::Write => false,
        };
        return if is_accepted {
            Ok(Judged { distrust: Some(distrust), ..Judged::of(vault) })
        } else {
            Err(distrust.into())
        };
    }
}

/// Returns a vault that is refused for its generation alone, if git has it checked out at a place where it was set up:
/// a branch has generations of its own. The vault is opened once more from the very file that was compared.
fn on_branch(
    terms: &Terms,
    pins: &Pins,
    location: &Location,
    memory: &Memory,
    distrust: Distrust,
    vault: &Vault,
    key: &Key,
) -> Option<Vault> {
    let committed = terms.committed?;
    if !matches!(distrust, Distrust::Older { .. } | Distrust::Diverged { .. }) {
        return None;
    }
    // before git is asked: it has nothing to say about a forgery
    memory.judge_checkout(vault).ok()?;
    let checkout = pins.checkout(location).ok()??;
    let file = location.open().ok()?;
    let is_committed = committed(&checkout, &file);
    let vault = Vault::open(Sealed::inspect(file).ok()?, key).ok()?;
    memory.judge_checkout(&vault).ok()?;
    (is_committed || memory.is_of_branch(&vault)).then_some(vault)
}
