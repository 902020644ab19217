//! The exclusive right to write a vault: a lock on `NAME.lock`, a file of its own that is never
//! removed, because a lock on the vault itself would stay with the generation that is replaced.

use std::ffi::OsStr;
use std::fs::File;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, OFlags};
use rustix::io::{Errno, retry_on_intr};

use super::backup::settle;
use super::companions::lock_name;
use super::draft::remove_drafts;
use super::error::{Action, FileError};
use super::folder::PRIVATE;
use super::location::Location;

/// Number of times that a lock file may vanish under us before we give up.
const ATTEMPTS: usize = 16;

/// Errors of a file system that cannot lock.
pub(super) const UNSUPPORTED: [Errno; 5] =
    [Errno::NOLCK, Errno::OPNOTSUPP, Errno::NOTSUP, Errno::NOSYS, Errno::INVAL];

/// A vault that no other process writes as long as this lives.
#[derive(Debug)]
pub struct Lock {
    location: Location,
    file: File,
}

impl Location {
    /// Takes the right to write this vault, and removes or completes what killed writers left behind. Read the
    /// vault after this, not before, or what others wrote in between is lost.
    ///
    /// Waits up to `timeout` for another process to let go.
    ///
    /// # Errors
    /// [`FileError::LockTimeout`], [`FileError::LockUnsupported`] where the file system has no
    /// locks, [`FileError::NotRegular`], [`FileError::LockLost`], [`FileError::Io`].
    pub fn lock(self, timeout: Duration) -> Result<Lock, FileError> {
        let start = Instant::now();
        let name = lock_name(self.name());
        for _ in 0..ATTEMPTS {
            let file = open_lock_file(&self, &name)?;
            let file = acquire(&self, &name, file, timeout, start)?;
            // somebody may have removed the file while we waited: then the next comer locks another
            if self.folder().is_named(&name, &file)? {
                remove_drafts(&self);
                settle(&self)?;
                return Ok(Lock { location: self, file });
            }
        }
        Err(FileError::LockLost { path: self.folder().path_of(&name) })
    }
}

impl Lock {
    /// Returns the location of the locked vault.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Returns the lock file.
    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// Fails if another process may hold a lock on a file that took the place of ours.
    pub(super) fn require_held(&self) -> Result<(), FileError> {
        let name = lock_name(self.location.name());
        if self.location.folder().is_named(&name, &self.file)? {
            return Ok(());
        }
        Err(FileError::LockLost { path: self.location.folder().path_of(&name) })
    }
}

pub(super) fn open_lock_file(location: &Location, name: &OsStr) -> Result<File, FileError> {
    let folder = location.folder();
    for _ in 0..ATTEMPTS {
        match folder.open_regular(name, OFlags::RDWR) {
            Err(FileError::NotFound { .. }) => {}
            result => return result,
        }
        match folder.create_new(name) {
            Ok(file) => {
                // who may write the vault must be able to lock it, also when root was there first
                let vault = folder.stat(location.name())?;
                folder.protect(name, &file, PRIVATE, vault.as_ref())?;
                return Ok(file);
            }
            // another process was faster
            Err(FileError::Exists { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Err(FileError::LockLost { path: folder.path_of(name) })
}

fn acquire(
    location: &Location,
    name: &OsStr,
    file: File,
    timeout: Duration,
    start: Instant,
) -> Result<File, FileError> {
    let path = || location.folder().path_of(name);
    let failed = |errno: Errno| {
        if UNSUPPORTED.contains(&errno) {
            FileError::LockUnsupported { path: path(), source: errno.into() }
        } else {
            FileError::io(Action::Lock, path(), errno)
        }
    };
    match retry_on_intr(|| rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive)) {
        Ok(()) => return Ok(file),
        Err(Errno::WOULDBLOCK) => {}
        Err(errno) => return Err(failed(errno)),
    }
    // The system has no wait with an end, so a thread waits in our place. If it gets the lock too
    // late, there is nobody to take the file from it: the file is closed and the lock free again.
    let (sender, receiver) = sync_channel(1);
    thread::Builder::new()
        .name("vault lock".to_owned())
        .spawn(move || {
            let result = retry_on_intr(|| rustix::fs::flock(&file, FlockOperation::LockExclusive));
            drop(sender.send(result.map(|()| file)));
        })
        .map_err(|error| FileError::io(Action::Lock, path(), error))?;
    match receiver.recv_timeout(timeout.saturating_sub(start.elapsed())) {
        Ok(result) => result.map_err(failed),
        Err(RecvTimeoutError::Timeout) => {
            Err(FileError::LockTimeout { path: path(), seconds: timeout.as_secs() })
        }
        Err(RecvTimeoutError::Disconnected) => Err(failed(Errno::CANCELED)),
    }
}
