//! Names in an opened folder: given, moved, taken away.
//!
//! A call is repeated when a signal interrupts it. Failures stay bare numbers here,
//! because what one means depends on the step that it broke.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;

use rustix::fs::{AtFlags, Dir};
use rustix::io::{Errno, retry_on_intr};

use super::folder::Folder;

impl Folder {
    /// Puts one name in the place of another at once.
    pub(super) fn rename(&self, from: &OsStr, to: &OsStr) -> Result<(), Errno> {
        retry_on_intr(|| rustix::fs::renameat(&self.fd, from, &self.fd, to))
    }

    /// Renames as [`Self::rename`] does, but fails with [`Errno::EXIST`] if there is something of the new
    /// name.
    pub(super) fn rename_new(&self, from: &OsStr, to: &OsStr) -> Result<(), Errno> {
        match retry_on_intr(|| self.rename_exclusive(from, to)) {
            Err(errno) if UNSUPPORTED.contains(&errno) => {}
            result => return result,
        }
        match self.link(from, to) {
            // the file has its name; the other one is litter that the next writer removes
            Ok(()) => {
                let _ = self.remove(from);
            }
            // neither exists on exFAT: what is left is the lock, which all our writers hold
            Err(errno) if LINK_UNSUPPORTED.contains(&errno) => {
                match rustix::fs::statat(&self.fd, to, AtFlags::SYMLINK_NOFOLLOW) {
                    Err(Errno::NOENT) => self.rename(from, to)?,
                    Err(errno) => return Err(errno),
                    Ok(_) => return Err(Errno::EXIST),
                }
            }
            Err(errno) => return Err(errno),
        }
        Ok(())
    }

    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    fn rename_exclusive(&self, from: &OsStr, to: &OsStr) -> Result<(), Errno> {
        rustix::fs::renameat_with(&self.fd, from, &self.fd, to, rustix::fs::RenameFlags::NOREPLACE)
    }

    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    fn rename_exclusive(&self, _: &OsStr, _: &OsStr) -> Result<(), Errno> {
        Err(Errno::NOSYS)
    }

    /// Gives a file a second name, which must be free.
    pub(super) fn link(&self, from: &OsStr, to: &OsStr) -> Result<(), Errno> {
        retry_on_intr(|| rustix::fs::linkat(&self.fd, from, &self.fd, to, AtFlags::empty()))
    }

    /// Removes a name; it may be gone already.
    pub(super) fn remove(&self, name: &OsStr) -> Result<(), Errno> {
        match retry_on_intr(|| rustix::fs::unlinkat(&self.fd, name, AtFlags::empty())) {
            Err(Errno::NOENT) => Ok(()),
            result => result,
        }
    }

    /// Returns all names in this folder.
    pub(super) fn names(&self) -> Result<impl Iterator<Item = Result<OsString, Errno>>, Errno> {
        let entries = retry_on_intr(|| Dir::read_from(&self.fd))?;
        Ok(entries.map(|entry| entry.map(|entry| OsStr::from_bytes(entry.file_name().to_bytes()).to_owned())))
    }
}

/// Errors of a file system that lacks a call, or a flag of it.
const UNSUPPORTED: [Errno; 4] = [Errno::NOSYS, Errno::INVAL, Errno::OPNOTSUPP, Errno::NOTSUP];

/// Errors of a file system that has no hard links, or no more of them, or none for us.
pub(super) const LINK_UNSUPPORTED: [Errno; 6] =
    [Errno::PERM, Errno::MLINK, Errno::XDEV, Errno::NOSYS, Errno::OPNOTSUPP, Errno::NOTSUP];

/// A name that goes away again unless it is kept, so that no failure leaves it behind.
pub(super) struct Provisional<'a> {
    folder: &'a Folder,
    name: OsString,
    kept: bool,
}

impl<'a> Provisional<'a> {
    /// Takes charge of a name that exists or is about to.
    pub(super) fn new(folder: &'a Folder, name: OsString) -> Self {
        Self { folder, name, kept: false }
    }

    /// Returns the name.
    pub(super) fn name(&self) -> &OsStr {
        &self.name
    }

    /// Keeps the name: it stays, or has become another one.
    pub(super) fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Provisional<'_> {
    fn drop(&mut self) {
        if !self.kept {
            // nothing better can be done with a failure here; the next writer tries again
            let _ = self.folder.remove(&self.name);
        }
    }
}
