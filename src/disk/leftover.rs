//! The files that killed writers left beside a vault. The next writer removes or completes them; until then they
//! are only reported.

use std::fs::File;
use std::path::PathBuf;

use rustix::fs::{FileType, FlockOperation, OFlags};
use rustix::io::{Errno, retry_on_intr};

use super::backup::is_vault;
use super::companions::{backup_name, is_draft_of, lock_name, pending_name};
use super::error::{Action, FileError};
use super::location::Location;

/// A file that a killed writer left beside a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Leftover {
    /// A file that nobody needs: a generation that was never published, or another name of the current one.
    Draft {
        /// The path of the file.
        path: PathBuf,
    },
    /// The generation before the current one, which has not got its name yet.
    Backup {
        /// The path of the file.
        path: PathBuf,
        /// The path that the file is to have.
        wanted: PathBuf,
    },
}

impl Location {
    /// Finds what killed writers left beside the vault. Returns nothing while somebody writes, whose files may
    /// be among them.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn leftovers(&self) -> Result<Vec<Leftover>, FileError> {
        let (folder, mut found) = (self.folder(), Vec::new());
        // held until the end, so that nobody begins to write meanwhile
        let lock = lock_file(self);
        if lock.as_ref().is_some_and(is_being_written) {
            return Ok(found);
        }
        let failed = |errno: Errno| FileError::io(Action::Open, folder.shown(), errno);
        for name in folder.names().map_err(failed)? {
            let name = name.map_err(failed)?;
            if is_draft_of(self.name(), &name) {
                found.push(Leftover::Draft { path: folder.path_of(&name) });
            }
        }
        let name = pending_name(self.name());
        if let Some(pending) = folder.stat(&name)? {
            let path = folder.path_of(&name);
            let is_file = FileType::from_raw_mode(pending.st_mode) == FileType::RegularFile;
            found.push(if !is_file || is_vault(self, &pending)? {
                Leftover::Draft { path }
            } else {
                Leftover::Backup { path, wanted: folder.path_of(&backup_name(self.name())) }
            });
        }
        found.sort_by(|one, other| one.path().cmp(other.path()));
        drop(lock);
        Ok(found)
    }
}

impl Leftover {
    fn path(&self) -> &PathBuf {
        match self {
            Self::Draft { path } | Self::Backup { path, .. } => path,
        }
    }
}

/// Opens the lock file of the vault, if there is one.
fn lock_file(location: &Location) -> Option<File> {
    location.folder().open_regular(&lock_name(location.name()), OFlags::RDONLY).ok()
}

/// Takes a shared lock, and returns true if another process holds the lock of a writer.
fn is_being_written(file: &File) -> bool {
    let tried = retry_on_intr(|| rustix::fs::flock(file, FlockOperation::NonBlockingLockShared));
    tried == Err(Errno::WOULDBLOCK)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::{Leftover, Location};

    #[test]
    fn drafts_are_told_from_a_backup_without_its_name_and_not_while_somebody_writes() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let at = || Location::resolve(&path("v")).unwrap();
        fs::write(path("v"), "new").unwrap();
        assert_eq!(at().leftovers().unwrap(), []);
        let lock = at().lock(Duration::ZERO).unwrap();
        let draft = format!(".v.{}.tmp", "0".repeat(32));
        fs::write(path(&draft), "part").unwrap();
        fs::write(path(".other.tmp"), "").unwrap();
        fs::write(path(".v.bak.tmp"), "old").unwrap();
        assert_eq!(at().leftovers().unwrap(), []);
        drop(lock);
        let draft = Leftover::Draft { path: path(&draft) };
        let backup = Leftover::Backup { path: path(".v.bak.tmp"), wanted: path("v.bak") };
        assert_eq!(at().leftovers().unwrap(), [draft.clone(), backup]);
        // another name of the vault is worth nothing
        fs::remove_file(path(".v.bak.tmp")).unwrap();
        fs::hard_link(path("v"), path(".v.bak.tmp")).unwrap();
        assert_eq!(at().leftovers().unwrap(), [draft, Leftover::Draft { path: path(".v.bak.tmp") }]);
    }
}
