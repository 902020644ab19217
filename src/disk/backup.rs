//! The generation before, `NAME.bak`: how it changes together with the vault, and when it goes.
//!
//! Two names cannot change at once. So the generation that is to be replaced gets a third name first, which
//! becomes `NAME.bak` only after the vault was replaced. A writer that dies in between leaves the third name,
//! and whoever comes next can tell from it which of the two happened: it stands for the vault itself, or
//! for the generation before.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read as _};

use rustix::fs::{FileType, FlockOperation, Mode, OFlags, Stat};
use rustix::io::{Errno, retry_on_intr};
use sha2::{Digest as _, Sha256};

use super::error::{Action, FileError};
use super::fill::{BLOCK, fill};
use super::folder::same_file;
use super::location::{Location, MAX_SIZE};
use super::lock::{Lock, open_lock_file};
use super::names::{LINK_UNSUPPORTED, Provisional};
use super::replace::{draft_name, tight_mode};

/// Bytes of a file that tell it from all others: the header of an age file has fresh random keys.
const MARKED: u64 = 4096;

impl Location {
    /// Opens the generation that was replaced for reading.
    ///
    /// # Errors
    /// As [`Location::open`].
    pub fn open_backup(&self) -> Result<File, FileError> {
        // so left by a writer that was killed behind its rename
        if let Some(pending) = self.folder().stat(&pending_name(self))?
            && FileType::from_raw_mode(pending.st_mode) == FileType::RegularFile
            && !is_vault(self, &pending)?
        {
            return self.open_named(&pending_name(self));
        }
        self.open_named(&backup_name(self))
    }

    /// Removes the backup if it is the file of this [mark](Lock::mark), for a process that only reads.
    /// Returns false if it is not there, is another one, or if somebody is writing just now.
    ///
    /// # Errors
    /// A folder or a file that this user may not change; [`FileError::Io`].
    pub fn discard_backup(&self, mark: &str) -> Result<bool, FileError> {
        let folder = self.folder();
        if folder.stat(&backup_name(self))?.is_none() && folder.stat(&pending_name(self))?.is_none() {
            return Ok(false);
        }
        let name = self.companion(".lock");
        let file = open_lock_file(self, &name)?;
        match retry_on_intr(|| rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive)) {
            Ok(()) if folder.is_named(&name, &file)? => {}
            Ok(()) | Err(Errno::WOULDBLOCK) => return Ok(false),
            Err(errno) => return Err(folder.error(Action::Lock, &name, errno)),
        }
        settle(self)?;
        discard(self, mark)
    }
}

impl Lock {
    /// A mark of the vault as it is now, by which it is known when it is the backup.
    ///
    /// # Errors
    /// As [`Location::open`].
    pub fn mark(&self) -> Result<String, FileError> {
        let location = self.location();
        mark(location.open()?).map_err(|error| FileError::io(Action::Read, location.path(), error))
    }

    /// Removes the backup if it is the file of this [mark](Self::mark). Tells if it did.
    ///
    /// # Errors
    /// [`FileError::BackupLeft`] if it is still there.
    pub fn discard_backup(&self, mark: &str) -> Result<bool, FileError> {
        settle(self.location())?;
        discard(self.location(), mark)
    }
}

/// Decides what the third name of a killed writer stands for: the vault, which was not replaced then, or
/// the generation before, whose backup is completed. Called under the lock only.
pub(super) fn settle(location: &Location) -> Result<(), FileError> {
    let (folder, name) = (location.folder(), pending_name(location));
    let Some(pending) = folder.stat(&name)? else { return Ok(()) };
    if FileType::from_raw_mode(pending.st_mode) != FileType::RegularFile || is_vault(location, &pending)? {
        return folder.remove(&name).map_err(|errno| folder.error(Action::Remove, &name, errno));
    }
    complete(location, &pending).map_err(|errno| folder.error(Action::Backup, &name, errno))
}

/// A backup that is begun: the vault's generation has a third name, which goes away if nothing comes of it.
pub(super) struct Pending<'a> {
    location: &'a Location,
    name: Provisional<'a>,
    vault: Stat,
    replaced: Option<File>,
}

impl<'a> Pending<'a> {
    /// Gives the vault its third name; none where it is the backup already.
    pub(super) fn begin(location: &'a Location, vault: &Stat) -> Result<Option<Self>, FileError> {
        let (folder, backup) = (location.folder(), backup_name(location));
        match folder.stat(&backup)? {
            Some(stat) if same_file(&stat, vault) => return Ok(None),
            Some(stat) if FileType::from_raw_mode(stat.st_mode) == FileType::Directory => {
                return Err(folder.error(Action::Backup, &backup, Errno::ISDIR));
            }
            _ => {}
        }
        let replaced = folder.open_regular(&backup, OFlags::PATH).ok();
        let name = pending_name(location);
        match folder.link(location.name(), &name) {
            Ok(()) => {}
            Err(errno) if LINK_UNSUPPORTED.contains(&errno) => copy(location, &name, vault)?,
            Err(errno) => return Err(folder.error(Action::Backup, &backup, errno)),
        }
        Ok(Some(Self { location, name: Provisional::new(folder, name), vault: *vault, replaced }))
    }

    /// Makes it the backup. The one before comes back open, so that its blocks are freed when it is dropped,
    /// which the disk need not hear of before the rest.
    ///
    /// That this fails is no reason to call the change a failure: the next writer completes it.
    pub(super) fn finish(self) -> Option<File> {
        let _ = complete(self.location, &self.vault);
        self.leave()
    }

    /// Leaves it to the next writer.
    pub(super) fn leave(self) -> Option<File> {
        self.name.keep();
        self.replaced
    }
}

/// Gives the pending backup its name, and not a looser mode than the vault has.
fn complete(location: &Location, stat: &Stat) -> Result<(), Errno> {
    let (folder, name) = (location.folder(), pending_name(location));
    if Mode::from_raw_mode(stat.st_mode) != tight_mode(stat)
        && let Ok(file) = folder.open_regular(&name, OFlags::RDONLY)
    {
        // a file system without modes does not keep anybody from writing
        let _ = retry_on_intr(|| rustix::fs::fchmod(&file, tight_mode(stat)));
    }
    folder.rename(&name, &backup_name(location))
}

/// A copy of the vault, where it cannot have two names. It is whole before it has the name.
fn copy(location: &Location, name: &OsStr, old: &Stat) -> Result<(), FileError> {
    let folder = location.folder();
    let draft = Provisional::new(folder, draft_name(location.name()));
    let mut vault = location.open()?;
    let file = folder.create_new(draft.name())?;
    folder.protect(draft.name(), &file, tight_mode(old), Some(old))?;
    fill(&file, &folder.path_of(draft.name()), MAX_SIZE, |out| match io::copy(&mut vault, out) {
        Ok(_) => Ok(()),
        Err(error) => Err(FileError::io(Action::Read, location.path(), error)),
    })?;
    folder.rename(draft.name(), name).map_err(|errno| folder.error(Action::Backup, name, errno))?;
    draft.keep();
    Ok(())
}

/// Whether the third name stands for the vault as it is: the same file, or a copy of it.
fn is_vault(location: &Location, pending: &Stat) -> Result<bool, FileError> {
    let folder = location.folder();
    let Some(vault) = folder.stat(location.name())? else { return Ok(false) };
    if same_file(&vault, pending) {
        return Ok(true);
    }
    if vault.st_size != pending.st_size {
        return Ok(false);
    }
    let name = pending_name(location);
    let (mut one, mut two) = (location.open()?, folder.open_regular(&name, OFlags::RDONLY)?);
    equal(&mut one, &mut two).map_err(|error| folder.error(Action::Read, &name, error))
}

/// Whether two files hold the same bytes.
fn equal(one: &mut File, two: &mut File) -> io::Result<bool> {
    let (mut left, mut right) = (Vec::with_capacity(BLOCK), Vec::with_capacity(BLOCK));
    loop {
        left.clear();
        right.clear();
        one.take(BLOCK as u64).read_to_end(&mut left)?;
        two.take(BLOCK as u64).read_to_end(&mut right)?;
        if left != right || left.is_empty() {
            return Ok(left == right);
        }
    }
}

fn discard(location: &Location, expected: &str) -> Result<bool, FileError> {
    let (folder, backup) = (location.folder(), backup_name(location));
    let found = match folder.open_regular(&backup, OFlags::RDONLY) {
        Ok(file) => mark(file).map_err(|error| folder.error(Action::Read, &backup, error))?,
        Err(FileError::NotFound { .. }) => return Ok(false),
        Err(error) => return Err(error),
    };
    if found != expected {
        return Ok(false);
    }
    let left = |source| FileError::BackupLeft { path: folder.path_of(&backup), source };
    folder.remove(&backup).map_err(|errno| left(errno.into()))?;
    folder.sync().map_err(left)?;
    Ok(true)
}

fn mark(file: File) -> io::Result<String> {
    let mut head = Vec::new();
    file.take(MARKED).read_to_end(&mut head)?;
    Ok(Sha256::digest(&head).iter().map(|byte| format!("{byte:02x}")).collect())
}

fn backup_name(location: &Location) -> OsString {
    location.companion(".bak")
}

/// `.NAME.bak.tmp`, the third name.
pub(super) fn pending_name(location: &Location) -> OsString {
    let mut name = OsString::from(".");
    name.push(location.companion(".bak.tmp"));
    name
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::{Location, copy};

    #[test]
    fn a_copy_is_whole_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("v");
        fs::write(&path, vec![7; 200_000]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let location = Location::resolve(&path).unwrap();
        let old = location.folder().stat_regular(location.name()).unwrap();
        copy(&location, OsStr::new("copy"), &old).unwrap();
        let copied = folder.path().join("copy");
        assert_eq!(fs::read(&copied).unwrap(), fs::read(&path).unwrap());
        assert_eq!(fs::metadata(&copied).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
