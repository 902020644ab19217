//! A file in memory for another program to change: in a folder of its own, for its owner alone, and gone with
//! everything that the program has put beside it. A process holds its folder with a lock, so that the next one
//! removes what a killed one has left.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rustix::fd::OwnedFd;
use rustix::fs::{FlockOperation, Mode, OFlags};
use rustix::io::{Errno, retry_on_intr};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::{Action, FileError};
use super::folder::PRIVATE;
use super::named::read_named;

/// The beginning of the name of a folder; a random number of [`DIGITS`] hexadecimal digits follows.
const PREFIX: &str = "credctl-";
const DIGITS: usize = 32;

/// A file in memory, in a folder of its own. Drop removes the folder.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    file: PathBuf,
    /// The folder, locked as long as this lives.
    _held: OwnedFd,
}

impl Scratch {
    /// Makes the folder of a file in the first of these folders that is in memory. The file itself comes with
    /// [`Scratch::write`].
    ///
    /// # Errors
    /// [`FileError::NotInMemory`] if none of the folders is in memory and can be written to.
    pub fn new(folders: &[PathBuf], name: &str) -> Result<Self, FileError> {
        for parent in folders.iter().filter(|parent| is_in_memory(parent)) {
            let folder = parent.join(format!("{PREFIX}{}", Uuid::new_v4().simple()));
            if retry_on_intr(|| rustix::fs::mkdir(&folder, Mode::RWXU)).is_err() {
                continue;
            }
            // a mask of the operator may have taken rights away
            let protected = retry_on_intr(|| rustix::fs::chmod(&folder, Mode::RWXU));
            // another process that looks for what is left may take the folder first
            let held = protected.ok().and_then(|()| hold(&folder)).filter(|held| is_still(&folder, held));
            let Some(held) = held else {
                // it may be gone already
                let _: io::Result<()> = remove(&folder);
                continue;
            };
            let file = folder.join(name);
            return Ok(Self { folder, file, _held: held });
        }
        Err(FileError::NotInMemory { tried: folders.to_vec() })
    }

    /// Removes the folders that killed processes of this user have left in these folders, and returns their
    /// number. Passes over a folder that a process still holds, and over whatever cannot be read.
    #[must_use]
    pub fn remove_abandoned(folders: &[PathBuf]) -> usize {
        let in_memory = folders.iter().filter(|parent| is_in_memory(parent));
        let entries = in_memory.filter_map(|parent| std::fs::read_dir(parent).ok()).flatten().flatten();
        entries.filter(|entry| is_ours(&entry.file_name()) && remove_if_abandoned(&entry.path())).count()
    }

    /// Returns the path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// Writes the file anew, for its owner alone, whatever is in its place.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn write(&self, bytes: &[u8]) -> Result<(), FileError> {
        let failed = |action| move |errno: Errno| FileError::io(action, &self.file, errno);
        match rustix::fs::unlink(&self.file) {
            Ok(()) | Err(Errno::NOENT) => {}
            Err(errno) => return Err(failed(Action::Write)(errno)),
        }
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = retry_on_intr(|| rustix::fs::open(&self.file, flags, PRIVATE));
        let mut file = File::from(fd.map_err(failed(Action::Create))?);
        file.write_all(bytes).map_err(|error| FileError::io(Action::Write, &self.file, error))
    }

    /// Reads the file as the other program has left it.
    ///
    /// # Errors
    /// [`FileError::NotFound`], [`FileError::TooLarge`], [`FileError::Io`].
    pub fn read(&self, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
        read_named(&self.file, limit)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // an error cannot be reported from here; the folder is in memory and for its owner alone
        let _: io::Result<()> = remove(&self.folder);
    }
}

#[expect(clippy::disallowed_methods, reason = "the folder is ours, with all that an editor leaves in it")]
fn remove(folder: &Path) -> io::Result<()> {
    std::fs::remove_dir_all(folder)
}

/// Returns true if a name is one that [`Scratch::new`] gives.
fn is_ours(name: &OsStr) -> bool {
    let digits = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
    digits.is_some_and(|digits| digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Removes a folder of this user, unless a process holds it. Returns true if the folder is gone.
fn remove_if_abandoned(folder: &Path) -> bool {
    let Some(held) = hold(folder) else { return false };
    let own = rustix::process::geteuid().as_raw();
    let is_own = rustix::fs::fstat(&held).is_ok_and(|stat| stat.st_uid == own);
    is_own && is_still(folder, &held) && remove(folder).is_ok()
}

/// Opens and locks a folder, unless another process has locked it, or it is no folder.
fn hold(folder: &Path) -> Option<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let fd = retry_on_intr(|| rustix::fs::open(folder, flags, Mode::empty())).ok()?;
    retry_on_intr(|| rustix::fs::flock(&fd, FlockOperation::NonBlockingLockExclusive)).ok()?;
    Some(fd)
}

/// Returns true if the path still leads to the open folder.
fn is_still(folder: &Path, held: &OwnedFd) -> bool {
    let (named, open) = (rustix::fs::lstat(folder), rustix::fs::fstat(held));
    matches!((named, open), (Ok(named), Ok(open)) if (named.st_dev, named.st_ino) == (open.st_dev, open.st_ino))
}

/// Returns true if a folder is on a file system that has no disk.
fn is_in_memory(folder: &Path) -> bool {
    /// The numbers of tmpfs and ramfs.
    #[cfg(target_os = "linux")]
    const IN_MEMORY: [u64; 2] = [0x0102_1994, 0x8584_58f6];
    #[cfg(target_os = "linux")]
    return rustix::fs::statfs(folder)
        .is_ok_and(|fs| u64::try_from(fs.f_type).is_ok_and(|number| IN_MEMORY.contains(&number)));
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        false
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test looks at files, and makes some as an editor does")]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;

    use super::Scratch;
    use crate::disk::FileError;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_file_in_memory_is_private_and_goes_with_all_that_is_beside_it() {
        let scratch = Scratch::new(&["/proc".into(), "/dev/shm".into()], "one.yaml").unwrap();
        scratch.write(b"first").unwrap();
        scratch.write(b"second").unwrap();
        assert_eq!(scratch.read(100).unwrap().as_slice(), b"second");
        let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = scratch.path().parent().unwrap().to_owned();
        assert_eq!((mode(scratch.path()), mode(&folder)), (0o600, 0o700));
        fs::create_dir(folder.join("backups")).unwrap();
        fs::write(folder.join("backups/one.yaml~"), "copy").unwrap();
        drop(scratch);
        assert!(!folder.exists());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_folder_that_nobody_holds_is_removed_by_the_next_process() {
        let memory = [PathBuf::from("/dev/shm")];
        let held = Scratch::new(&memory, "one.yaml").unwrap();
        held.write(b"x").unwrap();
        let left = memory[0].join(format!("credctl-{}", uuid::Uuid::new_v4().simple()));
        let other = memory[0].join(format!("credctl-{}", std::process::id()));
        for folder in [&left, &other] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("one.yaml"), "left").unwrap();
        }
        // another test may be here first
        let _count = Scratch::remove_abandoned(&memory);
        assert!(held.path().exists() && !left.exists() && other.exists());
        fs::remove_dir_all(other).unwrap();
    }

    #[test]
    fn a_folder_on_a_disk_is_refused() {
        let disk = [PathBuf::from("/proc"), PathBuf::from("/nowhere")];
        let error = Scratch::new(&disk, "one.yaml").unwrap_err();
        assert!(matches!(error, FileError::NotInMemory { .. }), "{error}");
        assert_eq!(error.to_string(), "there is no folder in memory: tried `/proc`, `/nowhere`");
    }
}
