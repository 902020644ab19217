//! The file from which a vault is read: itself, or what an engine has at its address.

use std::fs::File;
use std::path::Path;

use super::comparing::CopySource;
use super::incoming::IncomingObject;
use crate::disk::{FileError, Location};
use crate::store::error::Error;
use crate::store::keeper::{Keeper, Notice};
use crate::store::opening::Store;
use crate::vault::{self, Sealed, Vault};

/// The file from which a vault is read.
pub(in crate::store) struct VaultSource {
    /// The location of the vault, or of its working copy.
    pub location: Location,
    /// The open file.
    pub file: File,
    /// The object of an engine that the file is, if it is not the working copy.
    pub incoming: Option<IncomingObject>,
}

impl<K: Keeper> Store<K> {
    /// Opens the file of this name, or what the engine has at this address. An engine that does not answer leaves the
    /// working copy, and the keeper hears of it. `failed` makes the error of a file.
    pub(in crate::store) fn source(
        &self,
        name: &Path,
        failed: fn(FileError) -> Error,
    ) -> Result<VaultSource, Error> {
        let Some(copy) = self.terms.copy(name) else {
            let location = Location::resolve(name).map_err(failed)?;
            let file = location.open().map_err(failed)?;
            return Ok(VaultSource { location, file, incoming: None });
        };
        let location = copy.location().map_err(failed)?;
        match copy.for_reading(&location)? {
            CopySource::Incoming(incoming) => {
                let file = incoming.file().try_clone().map_err(vault::Error::Read)?;
                Ok(VaultSource { location, file, incoming: Some(incoming) })
            }
            source => {
                if let CopySource::Stale(stale) = &source {
                    self.keeper.hear(Notice::Stale { address: copy.address(), copy: stale });
                }
                let file = location.open().map_err(failed)?;
                Ok(VaultSource { location, file, incoming: None })
            }
        }
    }
}

impl VaultSource {
    /// Opens the header of the file.
    pub(in crate::store) fn seal(&self) -> Result<Sealed, Error> {
        Ok(Sealed::inspect(self.file.try_clone().map_err(vault::Error::Read)?)?)
    }

    /// Returns true if another process of this machine has brought the working copy up to date since the engine gave
    /// this object.
    pub(in crate::store) fn is_outdated(&self) -> bool {
        self.incoming.as_ref().is_some_and(|incoming| incoming.is_outdated(&self.location))
    }

    /// Makes what the engine has the working copy, once it was judged. A copy that cannot be written is no reason not
    /// to use the vault.
    pub(in crate::store) fn keep(&mut self, vault: &Vault) {
        let Some(incoming) = self.incoming.take() else { return };
        if incoming.keep_when_free().is_err() {
            return;
        }
        let Ok(file) = self.location.open() else { return };
        let sealed = file.try_clone().ok().and_then(|file| Sealed::inspect(file).ok());
        if sealed.is_some_and(|sealed| vault.is_in(&sealed)) {
            self.file = file;
        }
    }
}
