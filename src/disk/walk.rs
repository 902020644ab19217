//! The way to a folder: opening it by its path, past the links of the user and of root alone, and making
//! what is missing on the way.

use std::ffi::{OsStr, OsString};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::path::{Component, Path, PathBuf};

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, Stat};
use rustix::io::{Errno, retry_on_intr};

use super::error::{Action, FileError};
use super::folder::Folder;

/// The most symbolic links on one path: as many as Linux itself follows.
pub(super) const MAX_LINKS: usize = 40;

impl Folder {
    /// Opens the folder of this path; no path at all is the current folder.
    pub(super) fn open(path: &Path) -> Result<Self, FileError> {
        Self::open_at(CWD, path, path.to_owned())
    }

    /// Opens a folder by a path that starts here, or at the root.
    pub(super) fn open_from(&self, path: &Path) -> Result<Self, FileError> {
        Self::open_at(self.fd.as_fd(), path, self.path_of(path.as_os_str()))
    }

    /// Opens a folder by its name in this one. No link is followed.
    pub(super) fn open_inner(&self, name: &OsStr) -> Result<Self, FileError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match retry_on_intr(|| rustix::fs::openat(&self.fd, name, flags, Mode::empty())) {
            Ok(fd) => Ok(Self::new(fd, self.path_of(name))),
            // which of them a link gives differs between systems
            Err(errno @ (Errno::LOOP | Errno::NOTDIR)) => match self.stat(name)? {
                Some(stat) => {
                    let what = FileType::from_raw_mode(stat.st_mode).into();
                    Err(FileError::NotFolder { path: self.path_of(name), what })
                }
                None => Err(Self::not_opened(self.path_of(name), errno)),
            },
            Err(errno) => Err(Self::not_opened(self.path_of(name), errno)),
        }
    }

    /// Opens this folder once more.
    pub(super) fn open_again(&self) -> Result<Self, FileError> {
        Self::open_at(self.fd.as_fd(), Path::new("."), self.shown())
    }

    fn open_at(start: BorrowedFd<'_>, path: &Path, shown: PathBuf) -> Result<Self, FileError> {
        let name = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        match open_without_links(start, name) {
            Ok(fd) => Ok(Self::new(fd, shown)),
            // a link is on the way, or the call is missing: an old kernel, or a sandbox that refuses it
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
        let mut here = Self::new(step(start, OsStr::new("."), PASS).map_err(failed)?, PathBuf::new());
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
            // the first step of an absolute path is the root, wherever this one starts
            let fd = step(here.fd.as_fd(), &name, PASS).map_err(failed)?;
            here = Self::new(fd, here.path_of(&name));
        }
        // a descriptor that is only good for passing through can be neither listed nor synced
        let fd = step(here.fd.as_fd(), OsStr::new("."), OFlags::RDONLY).map_err(failed)?;
        Ok(Self::new(fd, shown))
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
        // or a crash could take the new folder away, with the vault in it
        above.sync().map_err(|source| FileError::io(Action::Sync, above.shown(), source))?;
        above.open_from(Path::new(name))
    }

    /// Gives the owner back what the umask took away from a new folder.
    pub(super) fn unmask_folder(&self, name: &OsStr) -> Result<(), FileError> {
        let Some(stat) = self.stat(name)? else { return Ok(()) };
        if Mode::from_raw_mode(stat.st_mode).contains(Mode::RWXU) {
            return Ok(());
        }
        retry_on_intr(|| rustix::fs::chmodat(&self.fd, name, Mode::RWXU, AtFlags::empty()))
            .map_err(|errno| self.error(Action::Protect, name, errno))
    }
}

/// The access that it takes to go through a folder that cannot be read.
#[cfg(target_os = "linux")]
pub(super) const PASS: OFlags = OFlags::PATH;
#[cfg(not(target_os = "linux"))]
pub(super) const PASS: OFlags = OFlags::RDONLY;

/// Opens a folder if no link is on the way, in one call.
#[cfg(target_os = "linux")]
fn open_without_links(start: BorrowedFd<'_>, path: &Path) -> Result<OwnedFd, Errno> {
    retry_on_intr(|| {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        rustix::fs::openat2(start, path, flags, Mode::empty(), rustix::fs::ResolveFlags::NO_SYMLINKS)
    })
}

/// Answers that this system has no such call, so that the caller goes step by step.
#[cfg(not(target_os = "linux"))]
fn open_without_links(_: BorrowedFd<'_>, _: &Path) -> Result<OwnedFd, Errno> {
    Err(Errno::NOSYS)
}

/// Puts the steps of a path before those that are ahead, the first one last.
fn push(ahead: &mut Vec<OsString>, path: &Path) {
    let steps = path.components().filter(|step| *step != Component::CurDir);
    let steps: Vec<_> = steps.map(|step| step.as_os_str().to_owned()).collect();
    ahead.extend(steps.into_iter().rev());
}

/// Fails if a link or pipe on the way belongs to another user than this one and root. A user namespace may
/// hide root; there the owner of the root folder counts as root.
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
