//! One opened folder and the files in it, so that a later change of its path has no effect: looking,
//! opening, making. The order of the steps is decided elsewhere.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;

use rustix::fs::{AtFlags, FileType, Gid, Mode, OFlags, Stat, Uid};
use rustix::io::{Errno, retry_on_intr};

use super::error::{Action, FileError, FileKind};
use super::sync::sync;

/// The mode of all files that we make.
pub(super) const PRIVATE: Mode = Mode::RUSR.union(Mode::WUSR);

/// A folder that stays the same one however it is renamed.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) fd: OwnedFd,
    path: PathBuf,
}

impl Folder {
    /// Takes over a folder that was opened by this path, which messages show.
    pub(super) fn new(fd: OwnedFd, path: PathBuf) -> Self {
        Self { fd, path }
    }

    /// Returns true if both are the same folder.
    pub(super) fn is_same(&self, other: &Self) -> Result<bool, FileError> {
        Ok(same_file(&self.stat_itself()?, &other.stat_itself()?))
    }

    /// Returns true if the names in this folder stand for processes and what these have open.
    pub(super) fn is_of_processes(&self) -> bool {
        #[cfg(target_os = "linux")]
        return rustix::fs::fstatfs(&self.fd).is_ok_and(|fs| fs.f_type == rustix::fs::PROC_SUPER_MAGIC);
        #[cfg(not(target_os = "linux"))]
        return false;
    }

    /// Returns the path of this folder, for messages.
    pub(super) fn shown(&self) -> PathBuf {
        if self.path.as_os_str().is_empty() { PathBuf::from(".") } else { self.path.clone() }
    }

    /// Returns the path of a name in this folder, for messages.
    pub(super) fn path_of(&self, name: &OsStr) -> PathBuf {
        self.path.join(name)
    }

    /// Makes the error for a failure on a name in this folder.
    pub(super) fn error(&self, action: Action, name: &OsStr, source: impl Into<io::Error>) -> FileError {
        FileError::io(action, self.path_of(name), source)
    }

    /// Waits until the names in this folder are on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        sync(&self.fd)
    }

    /// Returns the status of what a name stands for, symbolic links not followed; `None` if there is no such
    /// name.
    pub(super) fn stat(&self, name: &OsStr) -> Result<Option<Stat>, FileError> {
        match retry_on_intr(|| rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW)) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(self.error(Action::Inspect, name, errno)),
        }
    }

    /// Returns owner, mode and identity of a regular file.
    pub(super) fn stat_regular(&self, name: &OsStr) -> Result<Stat, FileError> {
        let stat = self.stat(name)?.ok_or_else(|| FileError::NotFound { path: self.path_of(name) })?;
        self.require_regular(name, &stat)?;
        Ok(stat)
    }

    fn require_regular(&self, name: &OsStr, stat: &Stat) -> Result<(), FileError> {
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Ok(()),
            other => Err(FileError::NotRegular { path: self.path_of(name), what: FileKind::from(other) }),
        }
    }

    /// Returns true if a name still refers to this open file.
    pub(super) fn is_named(&self, name: &OsStr, file: &File) -> Result<bool, FileError> {
        let open = self.fstat(name, file)?;
        Ok(self.stat(name)?.is_some_and(|stat| same_file(&stat, &open)))
    }

    /// Returns the status of an open file.
    pub(super) fn fstat(&self, name: &OsStr, file: &File) -> Result<Stat, FileError> {
        retry_on_intr(|| rustix::fs::fstat(file)).map_err(|errno| self.error(Action::Inspect, name, errno))
    }

    /// Reads the target of a symbolic link.
    pub(super) fn read_link(&self, name: &OsStr) -> Result<PathBuf, FileError> {
        let target = retry_on_intr(|| rustix::fs::readlinkat(&self.fd, name, Vec::new()))
            .map_err(|errno| self.error(Action::Read, name, errno))?;
        Ok(OsString::from_vec(target.into_bytes()).into())
    }

    /// Opens a regular file and nothing else: no link is followed, no pipe waited for.
    pub(super) fn open_regular(&self, name: &OsStr, access: OFlags) -> Result<File, FileError> {
        let flags = access | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        match retry_on_intr(|| rustix::fs::openat(&self.fd, name, flags, Mode::empty())) {
            Ok(fd) => {
                let file = File::from(fd);
                self.require_regular(name, &self.fstat(name, &file)?)?;
                Ok(file)
            }
            // what links, sockets and folders (opened for writing) say is less clear than what they are
            Err(errno @ (Errno::LOOP | Errno::NXIO | Errno::ISDIR)) => {
                self.stat_regular(name)?;
                Err(self.error(Action::Open, name, errno))
            }
            Err(errno) => Err(self.error(Action::Open, name, errno)),
        }
    }

    /// Makes a file that was not there, empty and private, open for reading and writing.
    pub(super) fn create_new(&self, name: &OsStr) -> Result<File, FileError> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match retry_on_intr(|| rustix::fs::openat(&self.fd, name, flags, PRIVATE)) {
            Ok(fd) => Ok(File::from(fd)),
            Err(Errno::EXIST) => Err(FileError::Exists { path: self.path_of(name) }),
            Err(errno) => Err(self.error(Action::Create, name, errno)),
        }
    }

    /// Returns owner and mode of the folder itself.
    pub(super) fn stat_itself(&self) -> Result<Stat, FileError> {
        retry_on_intr(|| rustix::fs::fstat(&self.fd))
            .map_err(|errno| FileError::io(Action::Inspect, self.shown(), errno))
    }

    /// Sets the mode of a new folder whatever the umask was, and gives it to the owner of the file it belongs
    /// with.
    pub(super) fn protect_itself(&self, mode: Mode, beside: Option<&Stat>) -> Result<(), FileError> {
        let own = self.stat_itself()?;
        if let Some(beside) = beside.filter(|beside| beside.st_uid != own.st_uid) {
            let (owner, group) = (Uid::from_raw(beside.st_uid), Gid::from_raw(beside.st_gid));
            retry_on_intr(|| rustix::fs::fchown(&self.fd, Some(owner), Some(group))).map_err(|errno| {
                FileError::ForeignOwner { path: self.shown(), owner: beside.st_uid, source: errno.into() }
            })?;
        }
        retry_on_intr(|| rustix::fs::fchmod(&self.fd, mode))
            .map_err(|errno| FileError::io(Action::Protect, self.shown(), errno))
    }

    /// Makes a new file private whatever the umask was, and gives it to the owner of the file it
    /// belongs with: root must not lock a user out of the user's own vault.
    pub(super) fn protect(
        &self,
        name: &OsStr,
        file: &File,
        mode: Mode,
        beside: Option<&Stat>,
    ) -> Result<(), FileError> {
        if let Some(beside) = beside
            && self.fstat(name, file)?.st_uid != beside.st_uid
        {
            let (owner, group) = (Uid::from_raw(beside.st_uid), Gid::from_raw(beside.st_gid));
            retry_on_intr(|| rustix::fs::fchown(file, Some(owner), Some(group))).map_err(|errno| {
                FileError::ForeignOwner {
                    path: self.path_of(name),
                    owner: beside.st_uid,
                    source: errno.into(),
                }
            })?;
        }
        retry_on_intr(|| rustix::fs::fchmod(file, mode))
            .map_err(|errno| self.error(Action::Protect, name, errno))
    }
}

/// Returns true if both are the same file.
pub(super) fn same_file(a: &Stat, b: &Stat) -> bool {
    (a.st_dev, a.st_ino) == (b.st_dev, b.st_ino)
}
