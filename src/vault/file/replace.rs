//! One generation of a vault in the place of another: a draft beside the vault, complete and on the
//! disk before it gets the vault's name, which is one rename.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::unix::ffi::OsStrExt as _;

use rustix::fs::{Mode, OFlags, Stat};
use rustix::io::Errno;
use uuid::Uuid;

use super::error::{Action, FileError};
use super::fill::{BLOCK, fill};
use super::folder::{Folder, PRIVATE, same_file};
use super::location::{Location, MAX_SIZE};
use super::lock::{Lock, remove_drafts};
use super::names::{LINK_UNSUPPORTED, Provisional};

/// What becomes of the generation that is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backup {
    /// It becomes `NAME.bak`, in the place of the one before.
    Keep,
    /// It goes, and `NAME.bak` stays what it is: for a note about the change before.
    Leave,
    /// It goes, and `NAME.bak` goes too: for a change of keys, after which nothing that the old ones
    /// open may stay.
    Drop,
}

impl Lock {
    /// Replaces the vault by what `write` writes.
    ///
    /// The new file is as private as the old one or more so (0600 at most) and has its owner.
    ///
    /// # Errors
    /// The old vault is untouched unless the error is [`FileError::Unconfirmed`] (the new one may be
    /// in place) or [`FileError::BackupLeft`] (the new one is in place). [`FileError::NotFound`] if
    /// there is no vault, [`FileError::TooLarge`] beyond [`MAX_SIZE`], and what `write` returns.
    pub fn replace<E: From<FileError>>(
        &self,
        backup: Backup,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<(), E> {
        let location = self.location();
        let old = location.folder().stat_regular(location.name())?;
        let draft = Draft::write(location, Some(&old), write)?;
        self.require_held()?;
        let replaced = if backup == Backup::Keep { keep_backup(location, &old)? } else { None };
        draft.publish(Folder::rename)?;
        // both are over once the folder is on the disk, so the failure of the first waits
        let dropped = if backup == Backup::Drop { drop_backup(location) } else { Ok(()) };
        confirm(location)?;
        drop(replaced);
        Ok(dropped?)
    }

    /// Makes the vault from what `write` writes, private to the user.
    ///
    /// # Errors
    /// [`FileError::Exists`] if there is anything of its name; otherwise as [`Self::replace`].
    pub fn create<E: From<FileError>>(
        &self,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<(), E> {
        let location = self.location();
        if location.exists()? {
            return Err(FileError::Exists { path: location.path().to_owned() }.into());
        }
        let draft = Draft::write(location, None, write)?;
        self.require_held()?;
        draft.publish(Folder::rename_new)?;
        Ok(confirm(location)?)
    }
}

impl Location {
    /// Puts a file of one writer in the place of the one before: a bundle, an export. Nobody waits for
    /// anybody, and the file is the writer's own and private, whoever the one before belonged to.
    ///
    /// # Errors
    /// As [`Lock::replace`].
    pub fn publish<E: From<FileError>>(
        &self,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<(), E> {
        remove_drafts(self);
        if self.exists()? {
            self.folder().stat_regular(self.name())?;
        }
        Draft::write(self, None, write)?.publish(Folder::rename)?;
        Ok(confirm(self)?)
    }
}

/// A complete file that waits for its name.
struct Draft<'a> {
    location: &'a Location,
    name: Provisional<'a>,
    file: File,
}

impl<'a> Draft<'a> {
    fn write<E: From<FileError>>(
        location: &'a Location,
        old: Option<&Stat>,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<Self, E> {
        let folder = location.folder();
        let name = draft_name(location.name());
        let file = folder.create_new(&name)?;
        let name = Provisional::new(folder, name);
        folder.protect(name.name(), &file, old.map_or(PRIVATE, tight_mode), old)?;
        let path = folder.path_of(name.name());
        fill::<E>(&file, &path, MAX_SIZE, |out| {
            let mut out = BufWriter::with_capacity(BLOCK, out);
            write(&mut out)?;
            Ok(out.flush().map_err(|error| FileError::io(Action::Write, &path, error))?)
        })?;
        Ok(Self { location, name, file })
    }

    /// Gives the draft the name of the vault.
    fn publish(
        self,
        rename: impl FnOnce(&Folder, &OsStr, &OsStr) -> Result<(), Errno>,
    ) -> Result<(), FileError> {
        let (folder, vault, path) =
            (self.location.folder(), self.location.name(), self.location.path().to_owned());
        let Err(errno) = rename(folder, self.name.name(), vault) else {
            self.name.keep();
            return Ok(());
        };
        // a rename over a network may be carried out and still be reported as a failure
        match folder.is_named(vault, &self.file) {
            Ok(false) if errno == Errno::EXIST => Err(FileError::Exists { path }),
            Ok(false) => Err(FileError::Io { action: Action::Replace, path, source: errno.into() }),
            Ok(true) | Err(_) => Err(FileError::Unconfirmed { path, source: errno.into() }),
        }
    }
}

/// Makes the vault's generation `NAME.bak`, so that there is one at every moment. The one before comes back
/// open, so that its blocks are freed when it is dropped, which the disk need not hear of before the rest.
fn keep_backup(location: &Location, vault: &Stat) -> Result<Option<File>, FileError> {
    let folder = location.folder();
    let backup = location.companion(".bak");
    // so left by a writer that was killed before its rename: a rename between two names of one file
    // does nothing, and there is nothing to do
    if folder.stat(&backup)?.is_some_and(|stat| same_file(&stat, vault)) {
        return Ok(None);
    }
    let replaced = folder.open_regular(&backup, OFlags::PATH).ok();
    let draft = Provisional::new(folder, draft_name(location.name()));
    match folder.link(location.name(), draft.name()) {
        Ok(()) => {}
        Err(errno) if LINK_UNSUPPORTED.contains(&errno) => copy(location, draft.name(), vault)?,
        Err(errno) => return Err(folder.error(Action::Backup, &backup, errno)),
    }
    folder.rename(draft.name(), &backup).map_err(|errno| folder.error(Action::Backup, &backup, errno))?;
    draft.keep();
    Ok(replaced)
}

/// A copy of the vault, where it cannot have two names.
fn copy(location: &Location, name: &OsStr, old: &Stat) -> Result<(), FileError> {
    let folder = location.folder();
    let mut vault = location.open()?;
    let file = folder.create_new(name)?;
    folder.protect(name, &file, tight_mode(old), Some(old))?;
    fill(&file, &folder.path_of(name), MAX_SIZE, |out| match io::copy(&mut vault, out) {
        Ok(_) => Ok(()),
        Err(error) => Err(FileError::io(Action::Read, location.path(), error)),
    })
}

fn drop_backup(location: &Location) -> Result<(), FileError> {
    let backup = location.companion(".bak");
    location.folder().remove(&backup).map_err(|errno| FileError::BackupLeft {
        path: location.folder().path_of(&backup),
        source: errno.into(),
    })
}

/// Waits until the disk has the rename.
fn confirm(location: &Location) -> Result<(), FileError> {
    location
        .folder()
        .sync()
        .map_err(|source| FileError::Unconfirmed { path: location.path().to_owned(), source })
}

/// Nothing for others, and not more for the owner than the owner left on the old file.
fn tight_mode(old: &Stat) -> Mode {
    (Mode::from_raw_mode(old.st_mode) & PRIVATE) | Mode::RUSR
}

/// `.NAME.RANDOM.tmp`: next to the vault, so that a rename suffices, and not to be guessed.
fn draft_name(vault: &OsStr) -> OsString {
    let mut name = OsString::from(".");
    name.push(vault);
    name.push(format!(".{}.tmp", Uuid::new_v4().simple()));
    name
}

/// Whether a name is one that [`draft_name`] gives.
pub(super) fn is_draft_of(vault: &OsStr, name: &OsStr) -> bool {
    let random = name.as_bytes().strip_prefix(b".").and_then(|rest| rest.strip_prefix(vault.as_bytes()));
    let random = random.and_then(|rest| rest.strip_prefix(b".")).and_then(|rest| rest.strip_suffix(b".tmp"));
    random.is_some_and(|random| random.len() == 32 && random.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::{Location, copy, draft_name, is_draft_of};

    #[test]
    fn drafts_are_known_by_their_names() {
        let vault = OsStr::new("a.age");
        assert!(is_draft_of(vault, &draft_name(vault)));
        assert!(!is_draft_of(OsStr::new("a"), &draft_name(vault)));
        assert_ne!(draft_name(vault), draft_name(vault));
        for other in ["a.age", ".a.age.tmp", ".a.age.00.tmp", "a.age.bak", ".a.age.swp"] {
            assert!(!is_draft_of(vault, OsStr::new(other)), "{other}");
        }
    }

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
    }
}
