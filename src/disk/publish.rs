//! Files for other programs: bundles, exports, pages. They have one writer, so they need no lock.

use std::io::Write;

use rustix::fs::Mode;
use zeroize::Zeroizing;

use super::draft::{DraftFile, confirm, remove_drafts, tight_mode};
use super::error::{Action, FileError};
use super::folder::{Folder, PRIVATE};
use super::location::Location;
use crate::secret::read_all;

/// The readers of a published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The owner alone.
    Private,
    /// Everybody can read it: it contains nothing secret.
    Public,
    /// Everybody can read and run it: it is a program.
    Program,
}

impl Access {
    fn mode(self) -> Mode {
        match self {
            Self::Private => PRIVATE,
            Self::Public => PRIVATE | Mode::RGRP | Mode::ROTH,
            Self::Program => Mode::RWXU | Mode::RGRP | Mode::XGRP | Mode::ROTH | Mode::XOTH,
        }
    }
}

impl Location {
    /// Puts a file of one writer, of at most `limit` bytes, in the place of the one before: a bundle, an export. It
    /// takes no lock. The new file is private and belongs to the writer, also if the old one had another owner.
    ///
    /// # Errors
    /// [`FileError::NotRegular`], [`FileError::TooLarge`], [`FileError::ReadBackMismatch`],
    /// [`FileError::Unconfirmed`], [`FileError::Io`], and an error of `write`.
    pub fn publish<E: From<FileError>>(
        &self,
        access: Access,
        limit: u64,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<(), E> {
        remove_drafts(self);
        if self.exists()? {
            // a rename would take the place of a link or a pipe without a word
            self.folder().stat_regular(self.name())?;
        }
        DraftFile::write(self, access.mode(), None, limit, write)?.publish(Folder::rename)?;
        Ok(confirm(self)?)
    }

    /// Publishes a file as [`Self::publish`] does, if there is none yet.
    ///
    /// # Errors
    /// [`FileError::Exists`] if there is anything of its name, which is left alone; otherwise as
    /// [`Self::publish`].
    pub fn publish_new<E: From<FileError>>(
        &self,
        access: Access,
        limit: u64,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.exists()? {
            // before the work is done; `rename_new` is what really keeps the other file
            return Err(FileError::Exists { path: self.path().to_owned() }.into());
        }
        remove_drafts(self);
        DraftFile::write(self, access.mode(), None, limit, write)?.publish(Folder::rename_new)?;
        Ok(confirm(self)?)
    }

    /// Puts an edited text in the place of the one that was read. The file keeps its owner, and is
    /// private from now on.
    ///
    /// # Errors
    /// [`FileError::Changed`] if the file does not hold that text any more; otherwise as
    /// [`Self::publish`].
    pub fn edit(&self, before: &[u8], after: &[u8]) -> Result<(), FileError> {
        let old = self.folder().stat_regular(self.name())?;
        let draft = DraftFile::write(self, tight_mode(&old), Some(&old), u64::MAX, |out| {
            out.write_all(after).map_err(|error| FileError::io(Action::Write, self.path(), error))
        })?;
        // the last look before the rename: a program that writes in between cannot be kept from it
        if *self.read(before.len() as u64)?.ok_or_else(|| self.changed())? != *before {
            return Err(self.changed());
        }
        draft.publish(Folder::rename)?;
        confirm(self)
    }

    /// Removes the file. When this returns the disk knows it.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn remove(&self) -> Result<(), FileError> {
        let folder = self.folder();
        folder.remove(self.name()).map_err(|errno| folder.error(Action::Remove, self.name(), errno))?;
        folder.sync().map_err(|error| FileError::io(Action::Sync, self.path(), error))
    }

    /// Reads the bytes of the file, if they are not more than `limit`.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn read(&self, limit: u64) -> Result<Option<Zeroizing<Vec<u8>>>, FileError> {
        let file = self.open()?;
        let room = file.metadata().map_or(0, |metadata| metadata.len()).min(limit);
        let room = usize::try_from(room).unwrap_or(0);
        read_all(file, room, limit).map_err(|error| FileError::io(Action::Read, self.path(), error))
    }

    fn changed(&self) -> FileError {
        FileError::Changed { path: self.path().to_owned() }
    }
}
