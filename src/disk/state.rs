//! The memory of credctl between runs: small private files in a folder of the user's own.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{Access, AtFlags, FlockOperation, Mode, OFlags};
use rustix::io::Errno;

use super::companions::{draft_name, is_draft};
use super::error::{Action, FileError};
use super::folder::{Folder, PRIVATE};
use super::lock::UNSUPPORTED;
use super::names::Provisional;
use super::sync::sync;
use crate::secret::read_all;

/// The most bytes of one such file.
const LIMIT: u64 = 1024 * 1024;
/// The time to wait for other processes that write. Each takes a few milliseconds, and many may be at it.
const PATIENCE: Duration = Duration::from_secs(5);

/// A folder with small files that only its user can write.
#[derive(Debug)]
pub struct StateFolder {
    folder: Folder,
    path: PathBuf,
}

/// A folder whose files no other process writes as long as this lives.
#[derive(Debug)]
pub struct LockedState(StateFolder);

impl StateFolder {
    /// Opens the folder; `None` if it is missing.
    ///
    /// # Errors
    /// [`FileError::NotOwn`] if another user owns the folder or can write to it; [`FileError::Io`].
    pub fn open(path: &Path) -> Result<Option<Self>, FileError> {
        match Folder::open(path) {
            Err(FileError::NotFound { .. }) => Ok(None),
            folder => Self::own(folder?, path).map(Some),
        }
    }

    /// Makes the folder if it is missing, for its owner alone, and takes the right to write its files.
    ///
    /// # Errors
    /// As [`Self::open`]; fails also if the folder cannot be made, or if another process holds it.
    pub fn lock(path: &Path) -> Result<LockedState, FileError> {
        Self::lock_within(path, PATIENCE)
    }

    /// Does the same as [`Self::lock`], and waits for another process as long as the caller says.
    ///
    /// # Errors
    /// As [`Self::lock`].
    pub fn lock_within(path: &Path, patience: Duration) -> Result<LockedState, FileError> {
        let state = Self::own(Folder::make(path)?, path)?;
        let until = Instant::now() + patience;
        loop {
            match rustix::fs::flock(&state.folder.fd, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => {
                    state.remove_drafts();
                    return Ok(LockedState(state));
                }
                // without locks, two writers at a time may lose one of two memories, but never mix them
                Err(errno) if UNSUPPORTED.contains(&errno) => return Ok(LockedState(state)),
                Err(Errno::WOULDBLOCK | Errno::INTR) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(2));
                }
                Err(Errno::WOULDBLOCK) => {
                    return Err(FileError::LockTimeout { path: state.path, seconds: patience.as_secs() });
                }
                Err(errno) => return Err(FileError::io(Action::Lock, state.path, errno)),
            }
        }
    }

    /// Checks that files can be written to the folder, or that it can be made. Writes nothing.
    ///
    /// # Errors
    /// As [`Self::open`]; fails also if the disk or the modes forbid it.
    pub fn check(path: &Path) -> Result<(), FileError> {
        let there = Self::open(path)?.map(|_| path);
        // the nearest folder that is there, in which the missing ones would be made
        let missing = || path.ancestors().skip(1).find(|folder| folder.symlink_metadata().is_ok());
        let Some(folder) = there.or_else(missing) else { return Ok(()) };
        let wanted = Access::WRITE_OK | Access::EXEC_OK;
        rustix::fs::accessat(rustix::fs::CWD, folder, wanted, AtFlags::EACCESS)
            .map_err(|errno| FileError::io(Action::Write, folder, errno))
    }

    /// Reads a file; `None` if it is missing.
    ///
    /// # Errors
    /// [`FileError::TooLarge`], [`FileError::NotRegular`], [`FileError::Io`].
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, FileError> {
        let file = match self.folder.open_regular(name.as_ref(), OFlags::RDONLY) {
            Err(FileError::NotFound { .. }) => return Ok(None),
            file => file?,
        };
        let path = self.path.join(name);
        let bytes = read_all(file, 4096, LIMIT).map_err(|error| FileError::io(Action::Read, &path, error))?;
        let mut bytes = bytes.ok_or(FileError::TooLarge { path, limit: LIMIT })?;
        Ok(Some(std::mem::take(&mut *bytes)))
    }

    /// Removes the drafts of killed processes. No other process writes meanwhile, so no draft is in use.
    fn remove_drafts(&self) {
        let Ok(names) = self.folder.names() else { return };
        for name in names.flatten().filter(|name| is_draft(name)) {
            // litter is no reason to forget something
            let _ = self.folder.remove(&name);
        }
    }

    /// Takes a folder that is the user's own alone: files that others can write say what these want them to.
    fn own(folder: Folder, path: &Path) -> Result<Self, FileError> {
        let stat = folder.stat_itself()?;
        let open_to_others = Mode::from_raw_mode(stat.st_mode).intersects(Mode::WGRP.union(Mode::WOTH));
        if stat.st_uid != rustix::process::geteuid().as_raw() || open_to_others {
            return Err(FileError::NotOwn { path: path.to_owned() });
        }
        Ok(Self { folder, path: path.to_owned() })
    }
}

impl LockedState {
    /// Returns the folder, to read from it.
    #[must_use]
    pub fn state(&self) -> &StateFolder {
        &self.0
    }

    /// Returns another handle of the lock, for a program that this process starts: the folder stays locked until
    /// both have ended.
    ///
    /// # Errors
    /// If the process has too many open files.
    pub fn handle(&self) -> io::Result<OwnedFd> {
        self.0.folder.fd.try_clone()
    }

    /// Writes a file in the place of the one before. With `durable` the bytes are on the disk before they have the
    /// name; without, a power failure may leave an empty file.
    ///
    /// # Errors
    /// [`FileError::Io`]. The file before stays in place.
    pub fn write(&self, name: &str, bytes: &[u8], durable: bool) -> Result<(), FileError> {
        let StateFolder { folder, path } = &self.0;
        // a name of its own: without locks, another process may be writing the same file
        let draft = Provisional::new(folder, draft_name(name.as_ref()));
        let mut file: File = folder.create_new(draft.name())?;
        folder.protect(draft.name(), &file, PRIVATE, None)?;
        let failed = |error| FileError::io(Action::Write, path.join(name), error);
        file.write_all(bytes).map_err(failed)?;
        if durable {
            sync(&file).map_err(|error| FileError::io(Action::Sync, path.join(name), error))?;
        }
        let replaced = folder.rename(draft.name(), name.as_ref());
        replaced.map_err(|errno| FileError::io(Action::Replace, path.join(name), errno))?;
        draft.keep();
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::Duration;

    use super::super::companions::draft_name;
    use super::super::error::FileError;
    use super::super::folder::Folder;
    use super::{LockedState, StateFolder};

    #[test]
    fn what_is_kept_is_read_again_and_private() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("state/credctl");
        assert!(StateFolder::open(&folder).unwrap().is_none());
        StateFolder::check(&folder).unwrap();
        fs::write(home.path().join("file"), "").unwrap();
        StateFolder::check(&home.path().join("file/credctl")).unwrap_err();
        assert!(!folder.exists());
        for text in ["one", "two"] {
            let locked = StateFolder::lock(&folder).unwrap();
            locked.write("a", text.as_bytes(), text == "one").unwrap();
            assert_eq!(locked.state().read("a").unwrap().unwrap(), text.as_bytes());
            // what a process leaves that is killed while it writes
            fs::write(folder.join(draft_name("a".as_ref())), "x").unwrap();
        }
        drop(StateFolder::lock(&folder).unwrap());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        assert_eq!(StateFolder::open(&folder).unwrap().unwrap().read("b").unwrap(), None);
        for (path, mode) in [(folder.clone(), 0o700), (folder.join("a"), 0o600)] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
        }
    }

    #[test]
    fn one_process_writes_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let locked = StateFolder::lock(folder.path()).unwrap();
        assert!(matches!(StateFolder::lock(folder.path()), Err(FileError::LockTimeout { .. })));
        let handle = locked.handle().unwrap();
        drop(locked);
        let short = Duration::from_millis(10);
        assert!(matches!(StateFolder::lock_within(folder.path(), short), Err(FileError::LockTimeout { .. })));
        drop(handle);
        StateFolder::lock(folder.path()).unwrap();
    }

    #[test]
    fn two_that_write_without_a_lock_do_not_mix_their_files() {
        // a file system without locks lets every process write
        let folder = tempfile::tempdir().unwrap();
        let open = || {
            let inner = Folder::open(folder.path()).unwrap();
            LockedState(StateFolder { folder: inner, path: folder.path().to_owned() })
        };
        std::thread::scope(|scope| {
            for letter in ["a", "b", "c", "d"] {
                scope.spawn(move || {
                    for round in 0..100 {
                        let text = letter.repeat(10_000);
                        open().write("same", text.as_bytes(), round % 10 == 0).unwrap();
                        let read = open().state().read("same").unwrap().unwrap();
                        assert_eq!(read.len(), text.len());
                        assert!(read.iter().all(|byte| *byte == read[0]));
                    }
                });
            }
        });
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_others_can_write_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o770)).unwrap();
        assert!(matches!(StateFolder::open(folder.path()), Err(FileError::NotOwn { .. })));
        assert!(matches!(StateFolder::check(folder.path()), Err(FileError::NotOwn { .. })));
        assert!(matches!(StateFolder::lock(folder.path()), Err(FileError::NotOwn { .. })));
    }
}
