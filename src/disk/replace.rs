//! One generation of a vault in the place of another: a draft beside the vault, complete and on the
//! disk before it gets the vault's name, which is one rename.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::ffi::OsStrExt as _;

use rustix::fs::{Mode, Stat};
use rustix::io::Errno;
use uuid::Uuid;

use super::backup::Pending;
use super::error::{Action, FileError};
use super::fill::{BLOCK, fill};
use super::folder::{Folder, PRIVATE};
use super::location::{Location, MAX_SIZE};
use super::lock::Lock;
use super::names::Provisional;

/// What becomes of the generation that is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backup {
    /// It becomes `NAME.bak`, in the place of the one before.
    Keep,
    /// It goes, and `NAME.bak` stays what it is: for a note about the change before.
    Leave,
    /// It becomes `NAME.bak` until the new generation was opened once: for a change of keys, after which
    /// nothing that the old ones open may stay, and for forgetting earlier versions.
    Supersede,
}

impl Lock {
    /// Replaces the vault by what `write` writes.
    ///
    /// The new file is as private as the old one or more so (0600 at most) and has its owner.
    ///
    /// # Errors
    /// The old vault is untouched, and so is its backup, unless the error is [`FileError::Unconfirmed`]:
    /// then the new one may be in place. [`FileError::NotFound`] if there is no vault,
    /// [`FileError::TooLarge`] beyond [`MAX_SIZE`], and what `write` returns.
    pub fn replace<E: From<FileError>>(
        &self,
        backup: Backup,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<(), E> {
        let location = self.location();
        let old = location.folder().stat_regular(location.name())?;
        let draft = Draft::write(location, tight_mode(&old), Some(&old), write)?;
        self.require_held()?;
        let backup = if backup == Backup::Leave { None } else { Pending::begin(location, &old)? };
        let published = draft.publish(Folder::rename);
        // an error that leaves open which generation is in place leaves the name for the next writer,
        // who can tell
        let replaced = match (backup, &published) {
            (Some(backup), Ok(())) => backup.finish(),
            (Some(backup), Err(FileError::Unconfirmed { .. })) => backup.leave(),
            _ => None,
        };
        published?;
        confirm(location)?;
        drop(replaced);
        Ok(())
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
        let draft = Draft::write(location, PRIVATE, None, write)?;
        self.require_held()?;
        draft.publish(Folder::rename_new)?;
        Ok(confirm(location)?)
    }
}

/// A complete file that waits for its name.
pub(super) struct Draft<'a> {
    location: &'a Location,
    name: Provisional<'a>,
    file: File,
}

impl<'a> Draft<'a> {
    pub(super) fn write<E: From<FileError>>(
        location: &'a Location,
        mode: Mode,
        old: Option<&Stat>,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<Self, E> {
        let folder = location.folder();
        let name = draft_name(location.name());
        let file = folder.create_new(&name)?;
        let name = Provisional::new(folder, name);
        folder.protect(name.name(), &file, mode, old)?;
        let path = folder.path_of(name.name());
        fill::<E>(&file, &path, MAX_SIZE, |out| {
            let mut out = BufWriter::with_capacity(BLOCK, out);
            write(&mut out)?;
            Ok(out.flush().map_err(|error| FileError::io(Action::Write, &path, error))?)
        })?;
        Ok(Self { location, name, file })
    }

    /// Gives the draft the name of the vault.
    pub(super) fn publish(
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

/// Waits until the disk has the rename.
pub(super) fn confirm(location: &Location) -> Result<(), FileError> {
    location
        .folder()
        .sync()
        .map_err(|source| FileError::Unconfirmed { path: location.path().to_owned(), source })
}

/// Nothing for others, and not more for the owner than the owner left on the old file.
pub(super) fn tight_mode(old: &Stat) -> Mode {
    (Mode::from_raw_mode(old.st_mode) & PRIVATE) | Mode::RUSR
}

/// `.NAME.RANDOM.tmp`: next to the vault, so that a rename suffices, and not to be guessed.
pub(super) fn draft_name(vault: &OsStr) -> OsString {
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
mod tests {
    use std::ffi::OsStr;

    use super::{draft_name, is_draft_of};

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
}
