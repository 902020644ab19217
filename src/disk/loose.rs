//! Files that others may read or write: reported, so that the operator can close them.

use std::fmt;
use std::fs::File;
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use rustix::fs::Mode;
use rustix::io::retry_on_intr;

use super::companions::{lasting_names, lock_name};
use super::location::Location;
use super::lock::Lock;
use super::walk::PASS;

/// A file or folder that others may read or write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    path: PathBuf,
    mode: Mode,
    exposure: Exposure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exposure {
    Readable,
    Writable,
}

impl Loose {
    /// Returns the path of the file or folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the change of the mode that closes the file or folder, as `chmod` takes it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self.exposure {
            Exposure::Readable => "go-rwx",
            Exposure::Writable => "go-w",
        }
    }

    /// Checks an open file that holds a secret in the clear; returns it if others may read or change it.
    pub(super) fn secret(path: &Path, file: &File) -> Option<Self> {
        let mode = Mode::from_raw_mode(retry_on_intr(|| rustix::fs::fstat(file)).ok()?.st_mode);
        Self::readable(path, mode)
    }

    fn readable(path: &Path, mode: Mode) -> Option<Self> {
        let open = mode.intersects(Mode::RWXG | Mode::RWXO);
        open.then(|| Self { path: path.to_owned(), mode, exposure: Exposure::Readable })
    }

    /// Checks a file or folder that only its owner should write. A group with the number of the user counts
    /// as the user alone, except for root's, which has other members on some systems.
    fn writable(path: PathBuf, mode: Mode, user: u32, group: u32) -> Option<Self> {
        let by_group = mode.contains(Mode::WGRP) && (user != group || user == 0);
        // in a folder such as /tmp others cannot take the place of a file that is not theirs
        let open = (by_group || mode.contains(Mode::WOTH)) && !mode.contains(Mode::SVTX);
        open.then_some(Self { path, mode, exposure: Exposure::Writable })
    }

    /// Checks an open file or folder in the same way.
    pub(super) fn of(open: impl AsFd, path: impl FnOnce() -> PathBuf) -> Option<Self> {
        let stat = retry_on_intr(|| rustix::fs::fstat(&open)).ok()?;
        // most are closed, and need no path for a message
        let mode = Mode::from_raw_mode(stat.st_mode);
        let closed = !mode.intersects(Mode::WGRP | Mode::WOTH);
        if closed { None } else { Self::writable(path(), mode, stat.st_uid, stat.st_gid) }
    }
}

impl fmt::Display for Loose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.exposure {
            Exposure::Readable => "be read",
            Exposure::Writable => "be changed",
        };
        write!(f, "`{}` can {what} by others (mode {:04o})", self.path.display(), self.mode.as_raw_mode())
    }
}

impl Location {
    /// Returns the opened vault and its folder, as far as others may write them.
    pub fn loose(&self, vault: &File) -> impl Iterator<Item = Loose> {
        let file = Loose::of(vault, || self.path().to_owned());
        let folder = Loose::of(&self.folder().fd, || self.folder().shown());
        file.into_iter().chain(folder)
    }

    /// Returns the files that stay beside the vault and the folder of its blobs, as far as others may write them. Skips what cannot be
    /// opened, which has a problem of its own.
    #[must_use]
    pub fn loose_companions(&self) -> Vec<Loose> {
        let folder = self.folder();
        let loose = lasting_names(self.name()).into_iter().filter_map(|name| {
            let file = folder.open_regular(&name, PASS).ok()?;
            Loose::of(file, || folder.path_of(&name))
        });
        let blobs = self.blobs().ok().flatten().and_then(|blobs| blobs.loose());
        loose.chain(blobs).collect()
    }
}

impl Lock {
    /// Returns the lock file, if others may write it.
    #[must_use]
    pub fn loose(&self) -> Option<Loose> {
        Loose::of(self.file(), || self.location().folder().path_of(&lock_name(self.location().name())))
    }

    /// Returns true if the vault has another name, a hard link. That name keeps the old file when the vault
    /// is replaced.
    #[must_use]
    pub fn has_other_name(&self) -> bool {
        let vault = self.location().folder().stat(self.location().name());
        vault.is_ok_and(|stat| stat.is_some_and(|stat| stat.st_nlink > 1))
    }
}

#[cfg(test)]
mod tests {
    use super::{Loose, Mode};

    #[test]
    fn others_who_can_write_are_told_and_readers_are_not() {
        for (mode, user, group, told) in [
            (0o100_600, 1000, 1000, false),
            (0o100_644, 1000, 1000, false),
            // a git checkout where every user has a group alone
            (0o100_664, 1000, 1000, false),
            (0o100_660, 1000, 100, true),
            (0o100_660, 0, 0, true),
            (0o100_666, 1000, 1000, true),
            (0o100_602, 1000, 1000, true),
            (0o040_777, 1000, 1000, true),
            (0o041_777, 0, 0, false),
        ] {
            let bits = Mode::from_raw_mode(mode);
            assert_eq!(Loose::writable("v".into(), bits, user, group).is_some(), told, "{mode:o}");
        }
        assert!(Loose::readable("i".as_ref(), Mode::from_raw_mode(0o100_600)).is_none());
        for mode in [0o640, 0o604, 0o644, 0o660, 0o610] {
            let loose = Loose::readable("i".as_ref(), Mode::from_raw_mode(mode)).unwrap();
            assert!(loose.to_string().contains(&format!("(mode {mode:04o})")));
            assert_eq!((loose.remedy(), loose.path()), ("go-rwx", "i".as_ref()));
        }
    }
}
