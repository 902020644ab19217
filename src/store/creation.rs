//! Making a vault where there is none, or in the place of one that is given up.

use uuid::Uuid;

use super::error::Error;
use super::keeper::{Keeper, Notice};
use super::opening::Store;
use super::places::EngineError;
use super::trust::Trust;
use crate::disk::{Backup, FileError, Lock};
use crate::vault::{self, Lockset, Sealer, Vault};

impl<K: Keeper> Store<K> {
    /// Makes an empty vault that is locked to `lockset`, and its folder. Returns the id of the vault.
    ///
    /// # Errors
    /// [`FileError::Exists`] if there is a file already; an error of writing the vault.
    pub fn create(&self, lockset: &Lockset) -> Result<Uuid, Error> {
        let location = self.terms.locate_or_create(self.path()).map_err(vault::Error::from)?;
        // before the lock, which would leave its file beside something that is no vault
        if location.exists().map_err(vault::Error::from)? {
            return Err(vault::Error::from(FileError::Exists { path: location.shown().to_owned() }).into());
        }
        let lock = location.lock(self.terms.lock_timeout).map_err(vault::Error::from)?;
        self.create_locked(&lock, lockset, false)
    }

    /// Makes an empty vault in a place that is locked already. With `replaces` the vault that is there
    /// becomes the backup.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create_locked(&self, lock: &Lock, lockset: &Lockset, replaces: bool) -> Result<Uuid, Error> {
        if let Some(copy) = self.terms.copy(self.path()).filter(|_| !replaces) {
            copy.require_absent().map_err(|error| match error {
                Error::Engine(
                    EngineError::Offline { address } | EngineError::Unreachable { address, .. },
                ) if self.terms.queues => EngineError::NotQueued { address, what: "a new vault" }.into(),
                error => error,
            })?;
        }
        let mut vault = Vault::new()?;
        let (id, known) = (vault.id(), vault.known(lockset)?);
        let sealer = Sealer::new(lockset)?;
        let remember = self.terms.remember();
        let written = if replaces {
            self.tell_other_name(lock);
            vault.save(lock, lockset, sealer, Backup::Keep, &remember)
        } else {
            vault.create(lock, lockset, sealer, &remember)
        };
        written.map_err(|error| match error {
            vault::Error::File(error) => Error::at_vault(error),
            error => error.into(),
        })?;
        let location = lock.location();
        self.keeper.hear(Notice::Written { generation: 1, path: location.shown() });
        Trust::of(&self.keeper, &self.terms, location, &vault).keep_new(location, &vault, known);
        Ok(id)
    }
}
