//! The memory of credctl between runs: small private files in a folder of the user's own.

use std::path::Path;

use rustix::fs::{Mode, OFlags};

use super::error::{Action, FileError};
use super::folder::Folder;
use super::location::{Location, MAX_SIZE};
use super::publish::Access;
use crate::secret::read_all;

/// The most bytes of one such file.
const LIMIT: u64 = 1024 * 1024;

/// Reads a file of the state folder; `None` if the folder or the file is missing.
///
/// # Errors
/// [`FileError::NotOwn`] if another user owns the folder or can write to it; [`FileError::TooLarge`],
/// [`FileError::NotRegular`], [`FileError::Io`].
pub fn read_state(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, FileError> {
    let open = || {
        let opened = Folder::open(folder)?;
        require_own(&opened, folder)?;
        opened.open_regular(name.as_ref(), OFlags::RDONLY)
    };
    let file = match open() {
        Err(FileError::NotFound { .. }) => return Ok(None),
        file => file?,
    };
    let path = folder.join(name);
    let bytes = read_all(file, 4096, LIMIT).map_err(|error| FileError::io(Action::Read, &path, error))?;
    let mut bytes = bytes.ok_or(FileError::TooLarge { path, limit: LIMIT })?;
    Ok(Some(std::mem::take(&mut *bytes)))
}

/// Writes a file of the state folder in the place of the one before. A missing folder is made, for the
/// owner alone.
///
/// # Errors
/// As [`read_state`]. The file before stays in place.
pub fn write_state(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), FileError> {
    require_own(&Folder::make(folder)?, folder)?;
    let path = folder.join(name);
    Location::resolve(&path)?.publish(Access::Private, MAX_SIZE, |out| {
        out.write_all(bytes).map_err(|error| FileError::io(Action::Write, &path, error))
    })
}

/// Fails if the folder is not the user's own alone: files that others can write say what these want them to.
fn require_own(folder: &Folder, path: &Path) -> Result<(), FileError> {
    let stat = rustix::fs::fstat(&folder.fd).map_err(|errno| FileError::io(Action::Inspect, path, errno))?;
    let open_to_others = Mode::from_raw_mode(stat.st_mode).intersects(Mode::WGRP.union(Mode::WOTH));
    if stat.st_uid != rustix::process::geteuid().as_raw() || open_to_others {
        return Err(FileError::NotOwn { path: path.to_owned() });
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::super::error::FileError;
    use super::{read_state, write_state};

    #[test]
    fn what_is_kept_is_read_again_and_private() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("state/credctl");
        assert!(read_state(&folder, "a").unwrap().is_none());
        for text in ["one", "two"] {
            write_state(&folder, "a", text.as_bytes()).unwrap();
            assert_eq!(read_state(&folder, "a").unwrap().unwrap(), text.as_bytes());
        }
        for (path, mode) in [(folder.clone(), 0o700), (folder.join("a"), 0o600)] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode);
        }
    }

    #[test]
    fn a_folder_that_others_can_write_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        write_state(folder.path(), "a", b"x").unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o770)).unwrap();
        assert!(matches!(read_state(folder.path(), "a"), Err(FileError::NotOwn { .. })));
        assert!(matches!(write_state(folder.path(), "a", b"y"), Err(FileError::NotOwn { .. })));
    }
}
