//! One opened folder and the files in it, so that a path which changes meanwhile misleads nobody:
//! looking, opening, making. What is done in which order is decided elsewhere.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Component, Path, PathBuf};

use rustix::fs::{AtFlags, CWD, FileType, Gid, Mode, OFlags, Stat, Uid};
use rustix::io::{Errno, retry_on_intr};

use super::error::{Action, FileError, FileKind};

/// As many symbolic links as Linux itself follows on one path.
pub(super) const MAX_LINKS: usize = 40;

/// The mode of all files that we make.
pub(super) const PRIVATE: Mode = Mode::RUSR.union(Mode::WUSR);

/// A folder that stays the same one however it is renamed.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) fd: OwnedFd,
    path: PathBuf,
}

impl Folder {
    /// Opens the folder of this path; no path at all is the current folder.
    pub(super) fn open(path: &Path) -> Result<Self, FileError> {
        Self::open_at(CWD, path, path.to_owned())
    }

    /// Opens a folder by a path that starts here, or at the root.
    pub(super) fn open_from(&self, path: &Path) -> Result<Self, FileError> {
        Self::open_at(self.fd.as_fd(), path, self.path.join(path))
    }

    /// Whether both are the same folder.
    pub(super) fn is_same(&self, other: &Self) -> Result<bool, FileError> {
        let stat = |folder: &Self| {
            retry_on_intr(|| rustix::fs::fstat(&folder.fd))
                .map_err(|errno| FileError::io(Action::Inspect, &folder.path, errno))
        };
        Ok(same_file(&stat(self)?, &stat(other)?))
    }

    /// Whether its names stand for processes and what these have open.
    pub(super) fn is_of_processes(&self) -> bool {
        #[cfg(target_os = "linux")]
        return rustix::fs::fstatfs(&self.fd).is_ok_and(|fs| fs.f_type == rustix::fs::PROC_SUPER_MAGIC);
        #[cfg(not(target_os = "linux"))]
        return false;
    }

    fn open_at(start: BorrowedFd<'_>, path: &Path, shown: PathBuf) -> Result<Self, FileError> {
        let name = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        match open_without_links(start, name) {
            Ok(fd) => Ok(Self { fd, path: shown }),
            Err(Errno::LOOP | Errno::NOSYS | Errno::PERM | Errno::INVAL) => Self::walk(start, name, shown),
            Err(errno) => Err(Self::not_opened(shown, errno)),
        }
    }

    fn not_opened(shown: PathBuf, errno: Errno) -> FileError {
        let shown = if shown.as_os_str().is_empty() { PathBuf::from(".") } else { shown };
        FileError::io(Action::Open, shown, errno)
    }

    /// Goes to a folder step by step, and follows the links of the user and of root alone.
    fn walk(start: BorrowedFd<'_>, path: &Path, shown: PathBuf) -> Result<Self, FileError> {
        let step = |folder: BorrowedFd<'_>, name: &OsStr, access| {
            let flags = access | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            retry_on_intr(|| rustix::fs::openat(folder, name, flags, Mode::empty()))
        };
        let failed = |errno| Self::not_opened(shown.clone(), errno);
        let mut here = Self { fd: step(start, OsStr::new("."), PASS).map_err(failed)?, path: PathBuf::new() };
        let mut ahead = Vec::new();
        let mut links = 0;
        push(&mut ahead, path);
        while let Some(name) = ahead.pop() {
            if let Some(stat) = here.stat(&name).ok().flatten()
                && FileType::from_raw_mode(stat.st_mode) == FileType::Symlink
            {
                require_own(&here, &name, &stat)?;
                links += 1;
                if links > MAX_LINKS {
                    return Err(FileError::TooManyLinks { path: shown });
                }
                push(&mut ahead, &here.read_link(&name)?);
                continue;
            }
            let fd = step(here.fd.as_fd(), &name, PASS).map_err(failed)?;
            let path = here.path.join(&name);
            here = Self { fd, path };
        }
        let fd = step(here.fd.as_fd(), OsStr::new("."), OFlags::RDONLY).map_err(failed)?;
        Ok(Self { fd, path: shown })
    }

    /// Opens the folder of this path and makes what is missing on the way, for the owner alone.
    pub(super) fn make(path: &Path) -> Result<Self, FileError> {
        match Self::open(path) {
            Err(FileError::NotFound { .. }) => {}
            result => return result,
        }
        let Some(name) = path.file_name() else {
            return Err(FileError::NotFound { path: path.to_owned() });
        };
        let above = Self::make(path.parent().unwrap_or(Path::new("")))?;
        match retry_on_intr(|| rustix::fs::mkdirat(&above.fd, name, Mode::RWXU)) {
            Ok(()) => above.unmask_folder(name)?,
            Err(Errno::EXIST) => {}
            Err(errno) => return Err(above.error(Action::Create, name, errno)),
        }
        above.sync().map_err(|source| FileError::io(Action::Sync, &above.path, source))?;
        above.open_from(Path::new(name))
    }

    /// Gives the owner back what the umask took away from a new folder.
    fn unmask_folder(&self, name: &OsStr) -> Result<(), FileError> {
        let Some(stat) = self.stat(name)? else { return Ok(()) };
        if Mode::from_raw_mode(stat.st_mode).contains(Mode::RWXU) {
            return Ok(());
        }
        retry_on_intr(|| rustix::fs::chmodat(&self.fd, name, Mode::RWXU, AtFlags::empty()))
            .map_err(|errno| self.error(Action::Protect, name, errno))
    }

    /// The path of this folder, for messages.
    pub(super) fn shown(&self) -> PathBuf {
        if self.path.as_os_str().is_empty() { PathBuf::from(".") } else { self.path.clone() }
    }

    /// The path of a name in this folder, for messages.
    pub(super) fn path_of(&self, name: &OsStr) -> PathBuf {
        self.path.join(name)
    }

    /// A failure on a name in this folder.
    pub(super) fn error(&self, action: Action, name: &OsStr, source: impl Into<io::Error>) -> FileError {
        FileError::io(action, self.path_of(name), source)
    }

    /// What a name stands for, symbolic links not followed; nothing if there is no such name.
    pub(super) fn stat(&self, name: &OsStr) -> Result<Option<Stat>, FileError> {
        match retry_on_intr(|| rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW)) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(self.error(Action::Inspect, name, errno)),
        }
    }

    /// Owner, mode and identity of a regular file.
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

    /// Whether a name stands for this open file.
    pub(super) fn is_named(&self, name: &OsStr, file: &File) -> Result<bool, FileError> {
        let open = self.fstat(name, file)?;
        Ok(self.stat(name)?.is_some_and(|stat| same_file(&stat, &open)))
    }

    fn fstat(&self, name: &OsStr, file: &File) -> Result<Stat, FileError> {
        retry_on_intr(|| rustix::fs::fstat(file)).map_err(|errno| self.error(Action::Inspect, name, errno))
    }

    /// Where a symbolic link leads.
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

/// What it takes to go through a folder that cannot be read.
#[cfg(target_os = "linux")]
const PASS: OFlags = OFlags::PATH;
#[cfg(not(target_os = "linux"))]
const PASS: OFlags = OFlags::RDONLY;

/// Opens a folder if no link is on the way, in one call.
fn open_without_links(start: BorrowedFd<'_>, path: &Path) -> Result<OwnedFd, Errno> {
    #[cfg(target_os = "linux")]
    return retry_on_intr(|| {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        rustix::fs::openat2(start, path, flags, Mode::empty(), rustix::fs::ResolveFlags::NO_SYMLINKS)
    });
    #[cfg(not(target_os = "linux"))]
    return Err(Errno::NOSYS);
}

/// Puts the steps of a path before those that are ahead, the first one last.
fn push(ahead: &mut Vec<OsString>, path: &Path) {
    let steps = path.components().filter(|step| *step != Component::CurDir);
    let steps: Vec<_> = steps.map(|step| step.as_os_str().to_owned()).collect();
    ahead.extend(steps.into_iter().rev());
}

/// Fails if somebody else laid this on the way. Where a name space for users hides root, root's files
/// belong to whom the root folder belongs to.
pub(super) fn require_own(folder: &Folder, name: &OsStr, stat: &Stat) -> Result<(), FileError> {
    let user = rustix::process::geteuid().as_raw();
    let is_roots = |owner| rustix::fs::stat("/").is_ok_and(|root| root.st_uid == owner);
    if stat.st_uid == 0 || stat.st_uid == user || is_roots(stat.st_uid) {
        return Ok(());
    }
    let (path, owner) = (folder.path_of(name), stat.st_uid);
    Err(match FileType::from_raw_mode(stat.st_mode) {
        FileType::Symlink => FileError::ForeignLink { path, owner },
        _ => FileError::ForeignPipe { path, owner },
    })
}

/// Whether both are the same file.
pub(super) fn same_file(a: &Stat, b: &Stat) -> bool {
    (a.st_dev, a.st_ino) == (b.st_dev, b.st_ino)
}
