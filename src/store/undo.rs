//! Taking the last change of a vault back.

use chrono::{DateTime, Utc};

use super::bundles::{Bundles, Deployment};
use super::change::Outcome;
use super::error::Error;
use super::keeper::Keeper;
use super::opening::Store;
use super::scope::{Writes, check_no_bundle};
use crate::credential::{FieldChange, differences};
use crate::disk::{FileError, Location};
use crate::vault::{self, Difference, Key, Sealed, Vault};

/// The most credentials that are compared field by field: the last change may be of the whole vault.
const COMPARED: usize = 5;

/// A credential that was, or would be, as it was before the last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The id of the credential.
    pub id: String,
    /// The difference of the earlier generation from the current one.
    pub difference: Difference,
    /// The fields that change back, if the credential is one of the first.
    pub changes: Vec<FieldChange>,
}

impl<K: Keeper> Store<K> {
    /// Puts the generation before the last change in the place of the current one, which becomes the one
    /// before. To undo twice is to do the change again. Returns each credential that differs.
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
    pub fn undo(&self) -> Result<Outcome<Vec<Undone>>, K::Error> {
        self.terms.scope.check(Writes::WholeVault("undo"))?;
        let mut open = self.begin()?;
        let (mut before, undone) = before(open.lock.location(), &open.key, &mut open.vault, self.terms.now)?;
        before.follow(&mut open.vault).map_err(Error::from)?;
        open.before = Some(before);
        Ok(Outcome { answer: undone, deployment: open.save(self, Bundles::default())? })
    }

    /// Returns what [`Store::undo`] would do, and changes nothing.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub fn try_undo(&self) -> Result<Outcome<Vec<Undone>>, K::Error> {
        self.terms.scope.check(Writes::WholeVault("undo"))?;
        let (mut vault, key) = self.read_with_key()?;
        check_no_bundle(&vault)?;
        let (_, answer) = before(&self.location()?, &key, &mut vault, self.terms.now)?;
        Ok(Outcome { answer, deployment: Deployment::default() })
    }
}

/// Opens the generation before, and finds the credentials in which it differs from the current one.
fn before(
    location: &Location,
    key: &Key,
    now: &mut Vault,
    at: DateTime<Utc>,
) -> Result<(Vault, Vec<Undone>), Error> {
    let sealed = match location.open_backup() {
        Err(FileError::NotFound { .. }) => return Err(Error::NothingToUndo),
        file => Sealed::inspect(file.map_err(vault::Error::from)?)?,
    };
    let mut before = Vault::open(sealed, key)?;
    // a file that somebody put there, or one that is no older
    if before.id() != now.id() || before.generation() >= now.generation() {
        return Err(Error::NothingToUndo);
    }
    let mut undone = Vec::new();
    for (id, difference) in before.differences(now)? {
        let mut changes = Vec::new();
        if difference == Difference::Changed
            && undone.len() < COMPARED
            && let (Some(now), Some(before)) = (now.find(&id)?, before.find(&id)?)
        {
            changes = differences(Some(&now), &before);
            changes.extend(before.head().envelope.access_differences(&now.head().envelope.access, at));
        }
        undone.push(Undone { id, difference, changes });
    }
    Ok((before, undone))
}
