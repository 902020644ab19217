//! One generation of a vault in the place of another, or the first one, under the lock.

use std::io::Write;

use super::backup::PendingBackup;
use super::draft::{DraftFile, confirm, tight_mode};
use super::error::FileError;
use super::folder::{Folder, PRIVATE};
use super::location::MAX_SIZE;
use super::lock::Lock;

/// The fate of the generation that is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backup {
    /// A backup: the generation becomes `NAME.bak`, in the place of the one before.
    Keep,
    /// No backup: the generation goes, and `NAME.bak` stays as it is. For a note about the change before.
    Leave,
    /// A backup for a while: the generation becomes `NAME.bak` until the new one was opened once. For a
    /// change of keys, after which nothing that the old ones open may stay, and for forgetting earlier
    /// versions.
    Supersede,
}

impl Lock {
    /// Replaces the vault by what `write` writes.
    ///
    /// The new file is as private as the old one or more so (0600 at most) and has its owner.
    ///
    /// # Errors
    /// The old vault is untouched, and so is its backup, unless the error is [`FileError::Unconfirmed`]: then
    /// the new one may be in place. [`FileError::NotFound`] if there is no vault, [`FileError::TooLarge`]
    /// beyond [`MAX_SIZE`](super::MAX_SIZE), and an error of `write`.
    pub fn replace<E: From<FileError>>(
        &self,
        backup: Backup,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<(), E> {
        self.replace_by(backup, write, |draft| draft.publish(Folder::rename))
    }

    /// Makes the file what the engine has, as [`Self::replace`] and [`Self::create`] do; the engine gets nothing. The
    /// generation before is kept as the backup.
    ///
    /// # Errors
    /// As [`Self::replace`].
    pub fn copy_in<E: From<FileError>>(
        &self,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.location().exists()? {
            self.replace_by(Backup::Keep, write, |draft| draft.place(Folder::rename))
        } else {
            self.create_by(write, |draft| draft.place(Folder::rename_new))
        }
    }

    fn replace_by<E: From<FileError>>(
        &self,
        backup: Backup,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
        place: impl FnOnce(DraftFile<'_>) -> Result<(), FileError>,
    ) -> Result<(), E> {
        let location = self.location();
        let old = location.folder().stat_regular(location.name())?;
        let draft = DraftFile::write(location, tight_mode(&old), Some(&old), MAX_SIZE, write)?;
        // as late as possible: while the draft was written, the lock file may have gone
        self.require_held()?;
        let backup = if backup == Backup::Leave { None } else { PendingBackup::begin(location, &old)? };
        let published = place(draft);
        // an error that leaves open which generation is in place leaves the name for the next writer,
        // who can tell
        let replaced = match (backup, &published) {
            (Some(backup), Ok(())) => backup.finish(),
            (Some(backup), Err(FileError::Unconfirmed { .. })) => backup.leave(),
            _ => None,
        };
        published?;
        confirm(location)?;
        // the blocks of the old backup are freed only when the change is safe
        drop(replaced);
        Ok(())
    }

    /// Makes the vault from what `write` writes, private to the user.
    ///
    /// # Errors
    /// [`FileError::Exists`] if there is anything of its name; otherwise as [`Self::replace`].
    pub fn create<E: From<FileError>>(
        &self,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<(), E> {
        self.create_by(write, |draft| draft.publish(Folder::rename_new))
    }

    fn create_by<E: From<FileError>>(
        &self,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
        place: impl FnOnce(DraftFile<'_>) -> Result<(), FileError>,
    ) -> Result<(), E> {
        let location = self.location();
        if location.exists()? {
            return Err(FileError::Exists { path: location.path().to_owned() }.into());
        }
        let draft = DraftFile::write(location, PRIVATE, None, MAX_SIZE, write)?;
        self.require_held()?;
        place(draft)?;
        Ok(confirm(location)?)
    }
}
