//! Taking the last change of a vault back.

use super::bundles::{Bundles, Deployment};
use super::change::Outcome;
use super::error::Error;
use super::keeper::Keeper;
use super::opening::Store;
use super::scope::{Writes, check_no_bundle};
use crate::disk::{FileError, Location};
use crate::vault::{self, Difference, Key, Sealed, Vault};

impl<K: Keeper> Store<K> {
    /// Puts the generation before the last change in the place of the current one, which becomes the one
    /// before. To undo twice is to do the change again. Returns the id of each credential that differs, and
    /// the difference.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// store.change(|vault| vault.add(login(), db()))?;
    /// store.undo()?;
    /// assert!(store.read()?.find("db")?.is_none());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::NothingToUndo`]; as [`Store::change`].
    pub fn undo(&self) -> Result<Outcome<Vec<(String, Difference)>>, K::Error> {
        self.terms.scope.check(Writes::WholeVault("undo"))?;
        let mut open = self.begin()?;
        let (mut before, differences) = before(open.lock.location(), &open.key, &mut open.vault)?;
        before.follow(&open.vault);
        open.before = Some(before);
        Ok(Outcome { answer: differences, deployment: open.save(self, Bundles::default())? })
    }

    /// Returns what [`Store::undo`] would do, and changes nothing.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub fn try_undo(&self) -> Result<Outcome<Vec<(String, Difference)>>, K::Error> {
        self.terms.scope.check(Writes::WholeVault("undo"))?;
        let (mut vault, key) = self.read_with_key()?;
        check_no_bundle(&vault)?;
        let (_, answer) = before(&self.location()?, &key, &mut vault)?;
        Ok(Outcome { answer, deployment: Deployment::default() })
    }
}

/// Opens the generation before, and finds the credentials in which it differs from the current one.
fn before(
    location: &Location,
    key: &Key,
    now: &mut Vault,
) -> Result<(Vault, Vec<(String, Difference)>), Error> {
    let sealed = match location.open_backup() {
        Err(FileError::NotFound { .. }) => return Err(Error::NothingToUndo),
        file => Sealed::inspect(file.map_err(vault::Error::from)?)?,
    };
    let mut before = Vault::open(sealed, key)?;
    // a file that somebody put there, or one that is no older
    if before.id() != now.id() || before.generation() >= now.generation() {
        return Err(Error::NothingToUndo);
    }
    let differences = before.differences(now)?;
    Ok((before, differences))
}
