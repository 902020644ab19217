//! A new file on its way to a name: complete and on the disk before it gets that name, which is one
//! rename.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Write;

use rustix::fs::{Mode, Stat};
use rustix::io::Errno;

use super::companions::{draft_name, is_draft_of};
use super::error::{Action, FileError};
use super::fill::fill;
use super::folder::{Folder, PRIVATE};
use super::location::Location;
use super::names::Provisional;

/// A complete file that waits for its name.
pub(super) struct DraftFile<'a> {
    location: &'a Location,
    name: Provisional<'a>,
    file: File,
}

impl<'a> DraftFile<'a> {
    pub(super) fn write<E: From<FileError>>(
        location: &'a Location,
        mode: Mode,
        old: Option<&Stat>,
        limit: u64,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<Self, E> {
        let folder = location.folder();
        let name = draft_name(location.name());
        let file = folder.create_new(&name)?;
        let name = Provisional::new(folder, name);
        folder.protect(name.name(), &file, mode, old)?;
        let path = folder.path_of(name.name());
        // without a buffer: nobody would wipe what an export leaves in it
        fill::<E>(&file, &path, limit, write)?;
        Ok(Self { location, name, file })
    }

    /// Stores the draft on the engine, if the vault is on one, and gives it the name of the vault.
    pub(super) fn publish(
        self,
        rename: impl FnOnce(&Folder, &OsStr, &OsStr) -> Result<(), Errno>,
    ) -> Result<(), FileError> {
        let Some(upload) = self.location.upload() else { return self.place(rename) };
        upload
            .upload(&self.file)
            .map_err(|reason| FileError::Upload { address: upload.address().to_owned(), reason })?;
        self.place(rename).map_err(|error| match error {
            // the object has the new state already
            FileError::Io { path, source, .. } => FileError::Unconfirmed { path, source },
            error => error,
        })?;
        upload.settle();
        Ok(())
    }

    /// Gives the draft the name of the vault, on this machine alone.
    pub(super) fn place(
        self,
        rename: impl FnOnce(&Folder, &OsStr, &OsStr) -> Result<(), Errno>,
    ) -> Result<(), FileError> {
        let (folder, vault, path) =
            (self.location.folder(), self.location.name(), self.location.path().to_owned());
        let Err(errno) = rename(folder, self.name.name(), vault) else {
            self.name.keep();
            return Ok(());
        };
        // a rename over a network may be carried out and still be reported as a failure
        match folder.is_named(vault, &self.file) {
            Ok(false) if errno == Errno::EXIST => Err(FileError::Exists { path }),
            Ok(false) => Err(FileError::Io { action: Action::Replace, path, source: errno.into() }),
            Ok(true) | Err(_) => Err(FileError::Unconfirmed { path, source: errno.into() }),
        }
    }
}

/// Waits until the disk has the rename.
pub(super) fn confirm(location: &Location) -> Result<(), FileError> {
    location
        .folder()
        .sync()
        .map_err(|source| FileError::Unconfirmed { path: location.path().to_owned(), source })
}

/// Returns a mode with nothing for others, and not more for the owner than the old file has, except reading.
pub(super) fn tight_mode(old: &Stat) -> Mode {
    (Mode::from_raw_mode(old.st_mode) & PRIVATE) | Mode::RUSR
}

/// Removes the unfinished files of writers that were killed. Ignores failures, which must not keep the user
/// from writing: such a file may belong to another user who chose the same form of name.
pub(super) fn remove_drafts(location: &Location) {
    let Ok(names) = location.folder().names() else { return };
    for name in names.flatten().filter(|name| is_draft_of(location.name(), name)) {
        let _ = location.folder().remove(&name);
    }
}
