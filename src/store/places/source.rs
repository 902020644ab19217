//! The file from which a vault is read: itself, or what an engine has at its address.

use std::fs::File;
use std::path::Path;

use super::comparing::CopySource;
use super::incoming::IncomingObject;
use super::parts::ObjectParts;
use crate::disk::{FileError, Location};
use crate::store::error::Error;
use crate::store::keeper::{Keeper, Notice};
use crate::store::opening::Store;
use crate::vault::{self, Sealed, Vault};

/// The file from which a vault is read.
pub(in crate::store) struct VaultSource {
    /// The location of the vault, or of its working copy.
    pub location: Location,
    content: SourceContent,
}

enum SourceContent {
    /// The file at the location.
    There(File),
    /// The object of an engine, which is not the working copy yet.
    Incoming(IncomingObject),
    /// Parts of an object of which there is no working copy.
    Parts(ObjectParts),
}

impl<K: Keeper> Store<K> {
    /// Opens the file of this name, or what the engine has at this address. An engine that does not answer leaves the
    /// working copy, and the keeper hears of it. `failed` makes the error of a file.
    pub(in crate::store) fn source(
        &self,
        name: &Path,
        failed: fn(FileError) -> Error,
    ) -> Result<VaultSource, Error> {
        self.source_for(name, failed, false)
    }

    /// Opens the vault as [`Self::source`] does. A large object of which there is no copy is read in parts if
    /// `may_be_parts`, for the reading of a vault of which little is wanted as a rule.
    pub(in crate::store) fn source_for(
        &self,
        name: &Path,
        failed: fn(FileError) -> Error,
        may_be_parts: bool,
    ) -> Result<VaultSource, Error> {
        let there = |location: Location| {
            let file = location.open().map_err(failed)?;
            Ok(VaultSource { location, content: SourceContent::There(file) })
        };
        if let Some(queue) = self.queue_of(name) {
            return there(queue.location().map_err(failed)?);
        }
        let Some(copy) = self.terms.copy(name) else {
            return there(Location::resolve(name).map_err(failed)?);
        };
        let location = copy.location_to_read().map_err(failed)?;
        match copy.for_reading(&location, may_be_parts)? {
            CopySource::Incoming(incoming) => {
                Ok(VaultSource { location, content: SourceContent::Incoming(incoming) })
            }
            CopySource::Parts(parts) => Ok(VaultSource { location, content: SourceContent::Parts(parts) }),
            CopySource::Stale(stale) => {
                self.keeper.hear(Notice::Stale { address: copy.address(), copy: &stale });
                there(location)
            }
            CopySource::Current => there(location),
        }
    }
}

impl VaultSource {
    /// Opens the header of the file.
    pub(in crate::store) fn seal(&self) -> Result<Sealed, Error> {
        Ok(match &self.content {
            SourceContent::There(file) => Sealed::inspect(file.try_clone().map_err(vault::Error::Read)?)?,
            SourceContent::Incoming(incoming) => incoming.seal()?,
            SourceContent::Parts(parts) => parts.seal()?,
        })
    }

    /// Returns the open file at the location, if the vault is read from it.
    pub(in crate::store) fn file_there(&self) -> Option<&File> {
        match &self.content {
            SourceContent::There(file) => Some(file),
            SourceContent::Incoming(_) | SourceContent::Parts(_) => None,
        }
    }

    /// Returns true if another process of this machine has brought the working copy up to date since the engine gave
    /// this object.
    pub(in crate::store) fn is_outdated(&self) -> bool {
        match &self.content {
            SourceContent::Incoming(incoming) => incoming.is_outdated(&self.location),
            SourceContent::There(_) | SourceContent::Parts(_) => false,
        }
    }

    /// Makes what the engine has the working copy, once it was judged. A copy that cannot be written is no reason not
    /// to use the vault. Returns the location, and the open file there if it is this vault.
    pub(in crate::store) fn keep(self, vault: &mut Vault) -> (Location, Option<File>) {
        let Self { location, content } = self;
        let incoming = match content {
            SourceContent::Incoming(incoming) => incoming,
            content => return Self { location, content }.unkept(),
        };
        let is_this = |file: &File| {
            let sealed = file.try_clone().ok().and_then(|file| Sealed::inspect(file).ok());
            sealed.is_some_and(|sealed| vault.is_in(&sealed))
        };
        let file = incoming.keep_when_free().and_then(|()| location.open()).ok().filter(is_this);
        if file.is_some() {
            vault.forget_other_blobs(&location);
        }
        (location, file)
    }

    /// Leaves the working copy as it is. Returns what [`Self::keep`] does.
    pub(in crate::store) fn unkept(self) -> (Location, Option<File>) {
        let file = match self.content {
            SourceContent::There(file) => Some(file),
            SourceContent::Incoming(_) | SourceContent::Parts(_) => None,
        };
        (self.location, file)
    }
}
