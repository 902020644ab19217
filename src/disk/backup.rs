//! The generation before, `NAME.bak`, which changes together with the vault.
//!
//! Two names cannot change at once. So the generation that is to be replaced gets a third name first, which
//! becomes `NAME.bak` only after the vault was replaced. A writer that is killed in between leaves the third
//! name. The next writer compares it with the vault: if it refers to the vault itself, nothing was replaced,
//! and otherwise it is the generation before.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read as _};

use rustix::fs::{FileType, Mode, OFlags, Stat};
use rustix::io::{Errno, retry_on_intr};

use super::companions::{backup_name, draft_name, pending_name};
use super::draft::tight_mode;
use super::error::{Action, FileError};
use super::fill::{BLOCK, fill};
use super::folder::same_file;
use super::location::{Location, MAX_SIZE};
use super::names::{LINK_UNSUPPORTED, Provisional};
use super::walk::PASS;

impl Location {
    /// Opens the generation before for reading.
    ///
    /// # Errors
    /// As [`Location::open`].
    pub fn open_backup(&self) -> Result<File, FileError> {
        // so left by a writer that was killed behind its rename
        if let Some(pending) = self.folder().stat(&pending_name(self.name()))?
            && FileType::from_raw_mode(pending.st_mode) == FileType::RegularFile
            && !is_vault(self, &pending)?
        {
            return self.open_named(&pending_name(self.name()));
        }
        self.open_named(&backup_name(self.name()))
    }
}

/// Settles the third name that a killed writer left. If it refers to the vault, nothing was replaced, and
/// the name is removed. Otherwise it is the generation before, and becomes the backup. Called under the lock
/// only.
pub(super) fn settle(location: &Location) -> Result<(), FileError> {
    let (folder, name) = (location.folder(), pending_name(location.name()));
    let Some(pending) = folder.stat(&name)? else { return Ok(()) };
    if FileType::from_raw_mode(pending.st_mode) != FileType::RegularFile || is_vault(location, &pending)? {
        return folder.remove(&name).map_err(|errno| folder.error(Action::Remove, &name, errno));
    }
    complete(location, &pending).map_err(|errno| folder.error(Action::Backup, &name, errno))
}

/// A backup that is begun: the vault's generation has a third name, which is removed if nothing comes of it.
pub(super) struct PendingBackup<'a> {
    location: &'a Location,
    name: Provisional<'a>,
    vault: Stat,
    replaced: Option<File>,
}

impl<'a> PendingBackup<'a> {
    /// Gives the vault its third name; returns `None` if the vault is the backup already.
    pub(super) fn begin(location: &'a Location, vault: &Stat) -> Result<Option<Self>, FileError> {
        let (folder, backup) = (location.folder(), backup_name(location.name()));
        match folder.stat(&backup)? {
            Some(stat) if same_file(&stat, vault) => return Ok(None),
            Some(stat) if FileType::from_raw_mode(stat.st_mode) == FileType::Directory => {
                return Err(folder.error(Action::Backup, &backup, Errno::ISDIR));
            }
            _ => {}
        }
        // held open, so that the rename need not wait until the blocks of the old backup are freed
        let replaced = folder.open_regular(&backup, PASS).ok();
        let name = pending_name(location.name());
        match folder.link(location.name(), &name) {
            Ok(()) => {}
            Err(errno) if LINK_UNSUPPORTED.contains(&errno) => copy(location, &name, vault)?,
            Err(errno) => return Err(folder.error(Action::Backup, &backup, errno)),
        }
        Ok(Some(Self { location, name: Provisional::new(folder, name), vault: *vault, replaced }))
    }

    /// Makes the pending file the backup. Returns the backup before it, open. Its blocks are freed when the
    /// caller drops it, which the disk need not hear of before the rest.
    ///
    /// A failure here is no reason to call the change a failure: the next writer completes the backup.
    pub(super) fn finish(self) -> Option<File> {
        let _ = complete(self.location, &self.vault);
        self.leave()
    }

    /// Leaves the pending file to the next writer.
    pub(super) fn leave(self) -> Option<File> {
        self.name.keep();
        self.replaced
    }
}

/// Gives the pending backup its name, and a mode that is not looser than the vault's.
fn complete(location: &Location, stat: &Stat) -> Result<(), Errno> {
    let (folder, name) = (location.folder(), pending_name(location.name()));
    if Mode::from_raw_mode(stat.st_mode) != tight_mode(stat)
        && let Ok(file) = folder.open_regular(&name, OFlags::RDONLY)
    {
        // a file system without modes does not keep anybody from writing
        let _ = retry_on_intr(|| rustix::fs::fchmod(&file, tight_mode(stat)));
    }
    folder.rename(&name, &backup_name(location.name()))
}

/// Copies the vault, where it cannot have two names. The copy is whole before it has its name.
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

/// Returns true if the third name stands for the vault as it is: the same file, or a copy of it.
pub(super) fn is_vault(location: &Location, pending: &Stat) -> Result<bool, FileError> {
    let folder = location.folder();
    let Some(vault) = folder.stat(location.name())? else { return Ok(false) };
    if same_file(&vault, pending) {
        return Ok(true);
    }
    if vault.st_size != pending.st_size {
        return Ok(false);
    }
    let name = pending_name(location.name());
    let (mut one, mut two) = (location.open()?, folder.open_regular(&name, OFlags::RDONLY)?);
    equal(&mut one, &mut two).map_err(|error| folder.error(Action::Read, &name, error))
}

/// Returns true if two files hold the same bytes.
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
