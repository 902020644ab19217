//! A file in memory for another program to change: in a folder of its own, for its owner alone, and gone with
//! everything that the program has put beside it.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use rustix::io::{Errno, retry_on_intr};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::{Action, FileError};
use super::folder::PRIVATE;
use super::named::read_named;

/// A file in memory, in a folder of its own. Drop removes the folder.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    file: PathBuf,
}

impl Scratch {
    /// Makes the folder of a file in the first of these folders that is in memory. The file itself comes with
    /// [`Scratch::write`].
    ///
    /// # Errors
    /// [`FileError::NotInMemory`] if none of the folders is in memory and can be written to.
    pub fn new(folders: &[PathBuf], name: &str) -> Result<Self, FileError> {
        for parent in folders.iter().filter(|parent| is_in_memory(parent)) {
            let folder = parent.join(format!("credctl-{}", Uuid::new_v4().simple()));
            if retry_on_intr(|| rustix::fs::mkdir(&folder, Mode::RWXU)).is_err() {
                continue;
            }
            let file = folder.join(name);
            let scratch = Self { folder, file };
            // a mask of the operator may have taken rights away
            retry_on_intr(|| rustix::fs::chmod(&scratch.folder, Mode::RWXU))
                .map_err(|errno| FileError::io(Action::Protect, &scratch.folder, errno))?;
            return Ok(scratch);
        }
        Err(FileError::NotInMemory { tried: folders.to_vec() })
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
    #[expect(clippy::disallowed_methods, reason = "the folder is ours, with all that an editor leaves in it")]
    fn drop(&mut self) {
        // an error cannot be reported from here; the folder is in memory and for its owner alone
        let _: io::Result<()> = std::fs::remove_dir_all(&self.folder);
    }
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
    fn a_folder_on_a_disk_is_refused() {
        let disk = [PathBuf::from("/proc"), PathBuf::from("/nowhere")];
        let error = Scratch::new(&disk, "one.yaml").unwrap_err();
        assert!(matches!(error, FileError::NotInMemory { .. }), "{error}");
        assert_eq!(error.to_string(), "there is no folder in memory: tried `/proc`, `/nowhere`");
    }
}
