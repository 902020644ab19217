//! The removal of a backup that must not stay: after a change of keys, or when earlier versions were
//! purged. Such a backup is known by its mark, so that no other is removed.

use std::fs::File;
use std::io::{self, Read as _};

use rustix::fs::{FlockOperation, OFlags};
use rustix::io::{Errno, retry_on_intr};

use super::backup::settle;
use super::companions::{backup_name, lock_name, pending_name};
use super::error::{Action, FileError};
use super::location::Location;
use super::lock::{Lock, open_lock_file};
use crate::digest::ContentDigest;

/// Number of bytes that tell a file from all others: the header of an age file has fresh random keys.
const MARKED: u64 = 4096;

impl Location {
    /// Removes the backup if it is the file of this [mark](Lock::mark), for a process that only reads.
    /// Returns false if it is not there, is another one, or if somebody is writing just now.
    ///
    /// # Errors
    /// A folder or a file that this user may not change; [`FileError::Io`].
    pub fn discard_backup(&self, mark: &str) -> Result<bool, FileError> {
        let folder = self.folder();
        // a reader makes no lock file where there is nothing to remove
        if folder.stat(&backup_name(self.name()))?.is_none()
            && folder.stat(&pending_name(self.name()))?.is_none()
        {
            return Ok(false);
        }
        let name = lock_name(self.name());
        let file = open_lock_file(self, &name)?;
        match retry_on_intr(|| rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive)) {
            Ok(()) if folder.is_named(&name, &file)? => {}
            // a writer is at work; the next command that opens the vault tries again
            Ok(()) | Err(Errno::WOULDBLOCK) => return Ok(false),
            Err(errno) => return Err(folder.error(Action::Lock, &name, errno)),
        }
        settle(self)?;
        discard(self, mark)
    }
}

impl Lock {
    /// Returns a mark of the vault as it is now, by which it is known when it is the backup.
    ///
    /// # Errors
    /// As [`Location::open`].
    pub fn mark(&self) -> Result<String, FileError> {
        let location = self.location();
        mark(location.open()?).map_err(|error| FileError::io(Action::Read, location.path(), error))
    }

    /// Removes the backup if it is the file of this [mark](Self::mark). Returns true if it did.
    ///
    /// # Errors
    /// [`FileError::BackupLeft`] if it is still there.
    pub fn discard_backup(&self, mark: &str) -> Result<bool, FileError> {
        settle(self.location())?;
        discard(self.location(), mark)
    }
}

fn discard(location: &Location, expected: &str) -> Result<bool, FileError> {
    let (folder, backup) = (location.folder(), backup_name(location.name()));
    let found = match folder.open_regular(&backup, OFlags::RDONLY) {
        Ok(file) => mark(file).map_err(|error| folder.error(Action::Read, &backup, error))?,
        Err(FileError::NotFound { .. }) => return Ok(false),
        Err(error) => return Err(error),
    };
    if found != expected {
        return Ok(false);
    }
    let left = |source| FileError::BackupLeft { path: folder.path_of(&backup), source };
    folder.remove(&backup).map_err(|errno| left(errno.into()))?;
    folder.sync().map_err(left)?;
    Ok(true)
}

fn mark(file: File) -> io::Result<String> {
    let mut head = Vec::new();
    file.take(MARKED).read_to_end(&mut head)?;
    Ok(ContentDigest::of(&head).to_string())
}
