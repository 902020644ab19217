//! The failures of work with files, as types. Every message names the path; no message holds contents.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::FileType;

use super::upload::UploadError;

/// The reasons why a file could not be found, read, locked or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// A missing file or folder.
    #[error("`{path}` does not exist")]
    NotFound {
        /// The path that was looked for.
        path: PathBuf,
    },
    /// A name that is taken already; what is there was left as it is.
    #[error("`{path}` exists already")]
    Exists {
        /// The path that is taken.
        path: PathBuf,
    },
    /// A name that does not stand for a regular file.
    #[error("`{path}` is {what}, not a regular file")]
    NotRegular {
        /// The path that was looked at.
        path: PathBuf,
        /// The kind of thing that is there.
        what: FileKind,
    },
    /// A name that does not stand for a folder, such as a link to one.
    #[error("`{path}` is {what}, not a folder")]
    NotFolder {
        /// The path that was looked at.
        path: PathBuf,
        /// The kind of thing that is there.
        what: FileKind,
    },
    /// Two folders that must not be one.
    #[error("`{path}` and `{other}` must be different folders")]
    SameFolder {
        /// The folder that was looked at.
        path: PathBuf,
        /// The folder that it must not be.
        other: PathBuf,
    },
    /// More bytes than we read or write.
    #[error("`{path}` is larger than {limit} bytes")]
    TooLarge {
        /// The file that is, or would become, too large.
        path: PathBuf,
        /// The most that is accepted, in bytes.
        limit: u64,
    },
    /// A symbolic link that somebody else may have laid as a trap.
    #[error("`{path}` is a symbolic link of another user (uid {owner}), which is not followed")]
    ForeignLink {
        /// The link.
        path: PathBuf,
        /// User id of its owner.
        owner: u32,
    },
    /// A named pipe that somebody else may have laid as a trap.
    #[error("`{path}` is a named pipe of another user (uid {owner}), which is not written to")]
    ForeignPipe {
        /// The pipe.
        path: PathBuf,
        /// User id of its owner.
        owner: u32,
    },
    /// A file that somebody else changed while we were about to change it.
    #[error("`{path}` was changed meanwhile, so credctl did not change it")]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// Symbolic links that go in a circle, or nearly so.
    #[error("`{path}` leads through too many symbolic links")]
    TooManyLinks {
        /// The path of the first link.
        path: PathBuf,
    },
    /// A folder that must be the user's own alone.
    #[error("`{path}` belongs to another user, or others can write to it")]
    NotOwn {
        /// The folder.
        path: PathBuf,
    },
    /// A folder that must be the user's own, and closed to everybody else.
    #[error("`{path}` belongs to another user, or others may use it")]
    NotPrivate {
        /// The folder.
        path: PathBuf,
    },
    /// A name that must stand for a socket; what is there was left as it is.
    #[error("`{path}` is {what}, not a socket")]
    NotSocket {
        /// The path that was looked at.
        path: PathBuf,
        /// The kind of thing that is there.
        what: FileKind,
    },
    /// No folder without a disk behind it, for a file that must not reach a disk.
    #[error("there is no folder in memory: tried {}", paths(tried))]
    NotInMemory {
        /// The folders that were looked at.
        tried: Vec<PathBuf>,
    },
    /// A lock that another process held all the time. Nothing was written.
    #[error("`{path}` is still locked by another process after {seconds} s")]
    LockTimeout {
        /// The lock file.
        path: PathBuf,
        /// The time waited, in seconds.
        seconds: u64,
    },
    /// A file system that cannot lock, so nothing is written there; reading needs no lock.
    #[error("`{path}` cannot be locked: the file system does not support it, so nothing was written")]
    LockUnsupported {
        /// The lock file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// A lock file that was removed or replaced while it was held, so that another process may hold the lock
    /// as well. Nothing was written.
    #[error("`{path}` was removed or replaced while it was locked, so nothing was written")]
    LockLost {
        /// The lock file.
        path: PathBuf,
    },
    /// A file that the disk gave back with other bytes than were written; the file was dropped.
    #[error("`{path}` differs from what was written, so credctl discarded it")]
    ReadBackMismatch {
        /// The file that was being written.
        path: PathBuf,
    },
    /// A change that the disk did not confirm. The new state may be in place, or the old one: look before
    /// trying again.
    #[error("`{path}`: the disk did not confirm the change; the new state may be in place")]
    Unconfirmed {
        /// The file that was replaced.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// A copy of an old state that should be gone and is still there; the vault itself is as it should be.
    #[error("the old copy `{path}` cannot be removed")]
    BackupLeft {
        /// The copy that is left.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// A vault of another user, whom our file in its place would lock out. Nothing was written.
    #[error("`{path}` cannot be given to uid {owner}, who owns the vault, so nothing was written")]
    ForeignOwner {
        /// The file that was to be written.
        path: PathBuf,
        /// User id of the vault's owner.
        owner: u32,
        /// The error of the system.
        source: io::Error,
    },
    /// An object on an engine that did not take the file. Nothing was written, unless the reason says otherwise.
    #[error("`{address}`: {reason}")]
    Upload {
        /// The address of the object.
        address: String,
        /// The reason.
        reason: UploadError,
    },
    /// A system call that failed.
    #[error("cannot {action} `{path}`")]
    Io {
        /// The action that was tried.
        action: Action,
        /// The path that it was tried on.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
}

impl FileError {
    /// Makes the error of an output to a file.
    #[must_use]
    pub fn writing(path: &Path, source: io::Error) -> Self {
        Self::io(Action::Write, path, source)
    }

    /// Makes the error for a system call that failed; a missing file has an error of its own.
    pub(super) fn io(action: Action, path: impl Into<PathBuf>, source: impl Into<io::Error>) -> Self {
        let (path, source) = (path.into(), source.into());
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            _ => Self::Io { action, path, source },
        }
    }
}

/// The action that was tried on a path; shown as a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Opening what is there.
    Open,
    /// Looking at kind, owner and size.
    Inspect,
    /// Reading bytes.
    Read,
    /// Making a new file or folder.
    Create,
    /// Setting the mode.
    Protect,
    /// Writing bytes.
    Write,
    /// Waiting until the disk has it.
    Sync,
    /// Taking the lock.
    Lock,
    /// Making the backup.
    Backup,
    /// Putting a file in the place of another.
    Replace,
    /// Removing a file.
    Remove,
}

/// Returns paths as a message lists them.
fn paths(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "open",
            Self::Inspect => "inspect",
            Self::Read => "read",
            Self::Create => "create",
            Self::Protect => "set the mode of",
            Self::Write => "write",
            Self::Sync => "sync to disk",
            Self::Lock => "lock",
            Self::Backup => "make the backup",
            Self::Replace => "replace",
            Self::Remove => "remove",
        })
    }
}

/// The kind of thing that a name stands for, when it is not a regular file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    /// A folder.
    Folder,
    /// A named pipe.
    NamedPipe,
    /// A character or block device.
    Device,
    /// A socket.
    Socket,
    /// A symbolic link that appeared where none was before.
    Link,
    /// A regular file where something else belongs.
    File,
    /// Something that this system alone knows.
    Other,
}

impl From<FileType> for FileKind {
    fn from(file_type: FileType) -> Self {
        match file_type {
            FileType::Directory => Self::Folder,
            FileType::Fifo => Self::NamedPipe,
            FileType::CharacterDevice | FileType::BlockDevice => Self::Device,
            FileType::Socket => Self::Socket,
            FileType::Symlink => Self::Link,
            FileType::RegularFile => Self::File,
            FileType::Unknown => Self::Other,
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Folder => "a folder",
            Self::NamedPipe => "a named pipe",
            Self::Device => "a device",
            Self::Socket => "a socket",
            Self::Link => "a symbolic link",
            Self::File => "a file",
            Self::Other => "of an unknown kind",
        })
    }
}
