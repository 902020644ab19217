//! A folder for a process that serves this user alone: its socket, and the file whose lock says that the process
//! lives.

use std::fs::File;
use std::os::fd::AsRawFd as _;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, FileType, FlockOperation, Mode, OFlags};
use rustix::io::{Errno, retry_on_intr};

use super::error::{Action, FileError, FileKind};
use super::folder::{Folder, PRIVATE};
use super::named::is_link;

/// The longest path of a socket that every system takes.
const LONGEST: usize = 100;

/// A folder that nobody else can look into.
#[derive(Debug)]
pub struct RunFolder {
    folder: Folder,
    path: PathBuf,
}

impl RunFolder {
    /// Opens a folder; `None` if it is missing.
    ///
    /// # Errors
    /// [`FileError::NotPrivate`] if it is another user's, or others may do anything in it;
    /// [`FileError::NotRegular`] for a symbolic link, [`FileError::Io`].
    pub fn open(path: &Path) -> Result<Option<Self>, FileError> {
        if is_link(path) {
            return Err(FileError::NotRegular { path: path.to_owned(), what: FileKind::Link });
        }
        match Folder::open(path) {
            Err(FileError::NotFound { .. }) => Ok(None),
            folder => Self::checked(folder?, path).map(Some),
        }
    }

    /// Opens a folder, and makes it if it is missing.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn make(path: &Path) -> Result<Self, FileError> {
        match Self::open(path)? {
            Some(folder) => Ok(folder),
            None => Self::checked(Folder::make(path)?, path),
        }
    }

    fn checked(folder: Folder, path: &Path) -> Result<Self, FileError> {
        let stat = retry_on_intr(|| rustix::fs::fstat(&folder.fd));
        let stat = stat.map_err(|errno| FileError::io(Action::Inspect, path, errno))?;
        let others = Mode::RWXG.union(Mode::RWXO);
        if stat.st_uid != rustix::process::geteuid().as_raw()
            || Mode::from_raw_mode(stat.st_mode).intersects(others)
        {
            return Err(FileError::NotPrivate { path: path.to_owned() });
        }
        Ok(Self { folder, path: path.to_owned() })
    }

    /// Returns the path of the folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns a path of a name in the folder that is short enough for a socket.
    #[must_use]
    pub fn socket(&self, name: &str) -> PathBuf {
        let path = self.path.join(name);
        if path.as_os_str().len() <= LONGEST {
            return path;
        }
        PathBuf::from(format!("/proc/self/fd/{}/{name}", self.folder.fd.as_raw_fd()))
    }

    /// Takes the lock of a file for as long as the file lives. Returns `None` if another process has it.
    ///
    /// # Errors
    /// [`FileError::NotRegular`], [`FileError::Io`].
    pub fn lock(&self, name: &str) -> Result<Option<File>, FileError> {
        let file = match self.folder.create_new(name.as_ref()) {
            Err(FileError::Exists { .. }) => self.folder.open_regular(name.as_ref(), OFlags::RDWR)?,
            file => file?,
        };
        self.folder.protect(name.as_ref(), &file, PRIVATE, None)?;
        let taken = self.try_lock(name, &file, FlockOperation::NonBlockingLockExclusive)?;
        Ok(taken.then_some(file))
    }

    /// Returns true if a process has the lock of a file.
    ///
    /// # Errors
    /// As [`Self::lock`].
    pub fn is_locked(&self, name: &str) -> Result<bool, FileError> {
        let file = match self.folder.open_regular(name.as_ref(), OFlags::RDONLY) {
            Err(FileError::NotFound { .. }) => return Ok(false),
            file => file?,
        };
        Ok(!self.try_lock(name, &file, FlockOperation::NonBlockingLockShared)?)
    }

    fn try_lock(&self, name: &str, file: &File, how: FlockOperation) -> Result<bool, FileError> {
        match retry_on_intr(|| rustix::fs::flock(file, how)) {
            Ok(()) => Ok(true),
            Err(Errno::WOULDBLOCK) => Ok(false),
            Err(errno) => Err(self.folder.error(Action::Lock, name.as_ref(), errno)),
        }
    }

    /// Returns true if the folder still has the file under this name.
    #[must_use]
    pub fn has(&self, name: &str, file: &File) -> bool {
        // by its path, because a folder that was removed stays open
        Folder::open(&self.path).and_then(|there| there.is_named(name.as_ref(), file)).unwrap_or(false)
    }

    /// Removes a socket, if there is one.
    ///
    /// # Errors
    /// [`FileError::NotSocket`] for anything but a socket, [`FileError::Io`].
    pub fn remove_socket(&self, name: &str) -> Result<(), FileError> {
        let Some(stat) = self.folder.stat(name.as_ref())? else { return Ok(()) };
        let kind = FileType::from_raw_mode(stat.st_mode);
        if kind != FileType::Socket {
            return Err(FileError::NotSocket { path: self.path.join(name), what: kind.into() });
        }
        match retry_on_intr(|| rustix::fs::unlinkat(&self.folder.fd, name, AtFlags::empty())) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(errno) => Err(self.folder.error(Action::Remove, name.as_ref(), errno)),
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::os::unix::net::UnixListener;

    use super::super::error::FileError;
    use super::RunFolder;

    #[test]
    fn a_folder_is_ours_alone_or_refused() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a/b");
        assert!(RunFolder::open(&path).unwrap().is_none());
        let made = RunFolder::make(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(made.path(), path);
        for mode in [0o701, 0o750, 0o777] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert!(matches!(RunFolder::open(&path), Err(FileError::NotPrivate { .. })), "{mode:o}");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        let link = home.path().join("link");
        symlink(&path, &link).unwrap();
        assert!(matches!(RunFolder::make(&link), Err(FileError::NotRegular { .. })));
        fs::write(home.path().join("file"), "").unwrap();
        assert!(RunFolder::make(&home.path().join("file")).is_err());
    }

    #[test]
    fn one_process_has_the_lock_and_others_see_it() {
        let home = tempfile::tempdir().unwrap();
        let folder = RunFolder::make(&home.path().join("run")).unwrap();
        assert!(!folder.is_locked("lock").unwrap());
        let lock = folder.lock("lock").unwrap().unwrap();
        assert!(folder.is_locked("lock").unwrap() && folder.lock("lock").unwrap().is_none());
        assert!(folder.has("lock", &lock));
        fs::remove_file(folder.path().join("lock")).unwrap();
        assert!(!folder.has("lock", &lock));
        drop(lock);
        assert!(!folder.is_locked("lock").unwrap());
    }

    #[test]
    fn only_a_socket_is_removed() {
        let home = tempfile::tempdir().unwrap();
        let folder = RunFolder::make(&home.path().join("run")).unwrap();
        folder.remove_socket("s").unwrap();
        drop(UnixListener::bind(folder.socket("s")).unwrap());
        folder.remove_socket("s").unwrap();
        fs::write(folder.path().join("s"), "mine").unwrap();
        assert!(matches!(folder.remove_socket("s"), Err(FileError::NotSocket { .. })));
        assert_eq!(fs::read(folder.path().join("s")).unwrap(), b"mine");
    }

    #[test]
    fn a_path_that_is_too_long_for_a_socket_works() {
        let home = tempfile::tempdir().unwrap();
        let folder = RunFolder::make(&home.path().join("long".repeat(30))).unwrap();
        let listener = UnixListener::bind(folder.socket("s"));
        assert!(listener.is_ok() && folder.path().join("s").exists());
    }
}
