//! Files that the operator names: small ones to read, private ones to make. Not vaults.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use rustix::io::retry_on_intr;
use zeroize::Zeroizing;

use super::error::{Action, FileError, FileKind};
use super::fill::fill;
use super::folder::{Folder, PRIVATE};
use super::location::{Location, Magic, split};
use super::loose::Loose;
use super::names::Provisional;
use crate::secret::read_all;

/// Writes a new file that its owner alone can read (0600): an identity. Folders that are
/// missing are made (0700).
///
/// When this returns the disk has it. Nothing is left behind on failure. A process that is killed
/// meanwhile leaves a part of the file under its own name, where the operator sees it, rather than
/// a secret under a hidden one.
///
/// # Errors
/// [`FileError::Exists`] if there is anything of that name, also a symbolic link;
/// [`FileError::ReadBackMismatch`],
/// [`FileError::Io`].
pub fn write_new_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let (parent, name) = split(path)?;
    let folder = Folder::make(parent)?;
    let file = folder.create_new(name)?;
    let provisional = Provisional::new(&folder, name.to_owned());
    folder.protect(name, &file, PRIVATE, None)?;
    // no buffer on the way, which nobody would wipe
    fill(&file, path, u64::MAX, |out| {
        out.write_all(bytes).map_err(|error| FileError::io(Action::Write, path, error))
    })?;
    folder.sync().map_err(|error| FileError::io(Action::Sync, path, error))?;
    provisional.keep();
    Ok(())
}

/// Finds the files below a folder that have one of these extensions, in order. Returns also the links among
/// them and those to folders, which are not followed. Passes over the folder `.git`.
///
/// # Errors
/// [`FileError::NotFound`], [`FileError::Io`].
pub fn files_below(folder: &Path, endings: &[&str]) -> Result<(Vec<PathBuf>, Vec<PathBuf>), FileError> {
    // a link of somebody else leads nowhere
    drop(Folder::open(folder)?);
    let failed = |error: io::Error| FileError::io(Action::Open, folder, error);
    let (mut found, mut links) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        if entry.file_name() == ".git" {
            continue;
        }
        if kind.is_symlink() && path.is_dir() {
            links.push(path);
        } else if kind.is_dir() {
            let (mut files, mut more) = files_below(&path, endings)?;
            found.append(&mut files);
            links.append(&mut more);
        } else if path.extension().is_some_and(|own| endings.iter().any(|e| own == *e)) {
            match (kind.is_file(), kind.is_symlink()) {
                (true, _) => found.push(path),
                (_, true) => links.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    links.sort();
    Ok((found, links))
}

/// Returns true if a path names a symbolic link itself.
#[must_use]
pub fn is_link(path: &Path) -> bool {
    rustix::fs::lstat(path)
        .is_ok_and(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode) == rustix::fs::FileType::Symlink)
}

/// Removes a file that was just made and turned out to be of no use.
///
/// # Errors
/// [`FileError::NotFound`], [`FileError::Io`].
#[expect(clippy::disallowed_methods, reason = "this is the room disk")]
pub fn remove_named(path: &Path) -> Result<(), FileError> {
    std::fs::remove_file(path).map_err(|error| FileError::io(Action::Remove, path, error))
}

/// Reads a file of at most `limit` bytes that the operator named: an identity, a passphrase, a
/// document. Links of the user and of root are followed, and pipes and `/dev/stdin` are read to their
/// end.
///
/// # Errors
/// [`FileError::NotFound`], [`FileError::TooLarge`], [`FileError::NotRegular`] for folders, sockets
/// and block devices, [`FileError::ForeignLink`], [`FileError::Io`].
pub fn read_named(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
    Ok(read_secret(path, limit)?.0)
}

/// Reads a file that its owner alone should read, as [`read_named`] does. Returns a warning if others may
/// read it, too.
///
/// # Errors
/// As [`read_named`].
pub fn read_secret(path: &Path, limit: u64) -> Result<(Zeroizing<Vec<u8>>, Option<Loose>), FileError> {
    let file = open_named(path)?;
    let metadata = file.metadata().map_err(|error| FileError::io(Action::Inspect, path, error))?;
    let kind = metadata.file_type();
    let too_large = || FileError::TooLarge { path: path.to_owned(), limit };
    if metadata.len() > limit {
        return Err(too_large());
    }
    let room = usize::try_from(metadata.len()).map_err(|_| too_large())?;
    let loose = if kind.is_file() { Loose::secret(path, &file) } else { None };
    let bytes = read_all(file, room, limit).map_err(|error| FileError::io(Action::Read, path, error))?;
    Ok((bytes.ok_or_else(too_large)?, loose))
}

/// Opens a file that the operator named, to be read to its end. Links of the user and of root are followed.
///
/// # Errors
/// As [`read_named`].
pub fn open_named(path: &Path) -> Result<File, FileError> {
    let file = open_any(path).map_err(|error| match error {
        // the name that was given, not the folder in which it would be
        FileError::NotFound { .. } => FileError::NotFound { path: path.to_owned() },
        error => error,
    })?;
    let kind = file.metadata().map_err(|error| FileError::io(Action::Inspect, path, error))?.file_type();
    if kind.is_file() || kind.is_fifo() || kind.is_char_device() {
        return Ok(file);
    }
    let what = if kind.is_dir() { FileKind::Folder } else { FileKind::Device };
    Err(FileError::NotRegular { path: path.to_owned(), what })
}

fn open_any(path: &Path) -> Result<File, FileError> {
    let location = Location::resolve_with(path, Magic::Stop)?;
    let (folder, name) = (location.folder(), location.name());
    // a link that is left stands for something open, such as `/dev/stdin`
    let links = if folder.is_of_processes() { OFlags::empty() } else { OFlags::NOFOLLOW };
    let flags = OFlags::RDONLY | OFlags::NOCTTY | OFlags::CLOEXEC | links;
    retry_on_intr(|| rustix::fs::openat(&folder.fd, name, flags, Mode::empty()))
        .map(File::from)
        .map_err(|errno| FileError::io(Action::Open, path, errno))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::path::Path;
    use std::thread;

    use super::super::error::{FileError, FileKind};
    use super::{read_named, write_new_private};

    #[test]
    fn a_private_file_is_new_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("id");
        write_new_private(&path, b"key").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"key");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(matches!(write_new_private(&path, b"other"), Err(FileError::Exists { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"key");
        symlink("target", folder.path().join("link")).unwrap();
        let through_link = write_new_private(&folder.path().join("link"), b"key");
        assert!(matches!(through_link, Err(FileError::Exists { .. })));
        assert!(!folder.path().join("target").exists());
        // a folder that is missing is made, for its owner alone
        write_new_private(&folder.path().join("missing/id"), b"key").unwrap();
        let made = fs::metadata(folder.path().join("missing")).unwrap();
        assert_eq!(made.permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn files_up_to_the_limit_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        for size in [0, 1, 4095, 4096, 4097, 10_000] {
            let bytes = vec![7; size];
            fs::write(&path, &bytes).unwrap();
            assert_eq!(*read_named(&path, size as u64).unwrap(), bytes);
            if size > 0 {
                let result = read_named(&path, size as u64 - 1);
                assert!(matches!(result, Err(FileError::TooLarge { .. })), "{size}");
            }
        }
    }

    #[test]
    fn pipes_are_read_to_their_end_and_no_further_than_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &path, 0o600.into()).unwrap();
        let feed = || {
            let path = path.clone();
            thread::spawn(move || {
                let mut pipe = fs::File::options().write(true).open(path).unwrap();
                // the reader may have had enough
                drop(pipe.write_all(&vec![7; 20_000]));
            })
        };
        let writer = feed();
        assert_eq!(*read_named(&path, 20_000).unwrap(), vec![7; 20_000]);
        writer.join().unwrap();
        let writer = feed();
        assert!(matches!(read_named(&path, 19_999), Err(FileError::TooLarge { .. })));
        writer.join().unwrap();
    }

    #[test]
    fn devices_end_and_folders_are_refused() {
        assert!(read_named(Path::new("/dev/null"), 10).unwrap().is_empty());
        assert!(matches!(read_named(Path::new("/dev/zero"), 100_000), Err(FileError::TooLarge { .. })));
        let folder = read_named(Path::new("/"), 10);
        assert!(matches!(folder, Err(FileError::NotRegular { what: FileKind::Folder, .. })));
        assert!(matches!(read_named(Path::new("/nowhere"), 10), Err(FileError::NotFound { .. })));
    }
}
