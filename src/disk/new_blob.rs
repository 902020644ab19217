//! A blob on its way into its folder: a draft that the disk has, until a vault names it.

use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Arc;

use rustix::fs::{OFlags, Stat};
use uuid::Uuid;

use super::blobs::BlobFolder;
use super::companions::{blob_draft_name, blob_name};
use super::draft_lock::DraftLock;
use super::error::{Action, FileError};
use super::fill::fill;
use super::folder::{Folder, PRIVATE, same_file};

/// A new blob, which the disk has. It is removed again unless a vault names it. Its file is closed, because an import
/// may bring more of them than a process may have open files.
#[derive(Debug)]
pub struct NewBlob {
    /// Held as long as the blob is a draft of ours, so that no other writer removes it.
    lock: Arc<DraftLock>,
    id: Uuid,
    /// The status of the file, by which it is known again.
    stat: Stat,
    is_kept: bool,
}

impl BlobFolder {
    /// Makes a blob of what `write` writes. When this returns, the disk has it. Needs no lock of the vault.
    ///
    /// # Errors
    /// [`FileError::ReadBackMismatch`], [`FileError::Io`], and an error of `write`. Nothing is left behind.
    pub fn write<E: From<FileError>>(
        &self,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
    ) -> Result<NewBlob, E> {
        let (blob, file) = self.begin()?;
        let folder = blob.folder();
        let path = folder.path_of(&blob_draft_name(blob.id));
        fill::<E>(&file, &path, u64::MAX, write)?;
        folder.sync().map_err(|source| FileError::io(Action::Sync, folder.shown(), source))?;
        Ok(blob)
    }

    /// Keeps a copy of a blob under its name, after `share` was given the copy. When this returns, the disk has it.
    pub(super) fn keep(
        &self,
        id: Uuid,
        content: &mut dyn Read,
        share: impl FnOnce(&File) -> Result<(), FileError>,
    ) -> Result<(), FileError> {
        let (folder, name) = (self.folder(), blob_name(id));
        let failed = |error| FileError::io(Action::Read, folder.path_of(&name), error);
        let mut blob = self.write::<FileError>(|out| io::copy(content, out).map(drop).map_err(failed))?;
        share(&blob.open()?)?;
        folder
            .rename(&blob_draft_name(blob.id), &name)
            .map_err(|errno| folder.error(Action::Replace, &name, errno))?;
        blob.is_kept = true;
        folder.sync().map_err(|source| FileError::io(Action::Sync, folder.shown(), source))
    }

    /// Makes an empty draft, open for writing, which no other writer removes.
    fn begin(&self) -> Result<(NewBlob, File), FileError> {
        let lock = DraftLock::share(self.folder())?;
        let owner = lock.folder().stat_itself()?;
        let id = Uuid::new_v4();
        let name = blob_draft_name(id);
        let file = lock.folder().create_new(&name)?;
        let stat = lock.folder().fstat(&name, &file)?;
        let blob = NewBlob { lock, id, stat, is_kept: false };
        blob.folder().protect(&name, &file, PRIVATE, Some(&owner))?;
        Ok((blob, file))
    }
}

impl NewBlob {
    /// Returns the id of the blob.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Opens the draft for reading.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn open(&self) -> Result<File, FileError> {
        self.folder().open_regular(&blob_draft_name(self.id), OFlags::RDONLY)
    }

    fn folder(&self) -> &Folder {
        self.lock.folder()
    }

    /// Completes the blob, now that a vault on the disk names it. A failure is no reason to call the change a
    /// failure: the next writer completes the blob.
    pub fn complete(mut self) {
        let _ = self.folder().rename(&blob_draft_name(self.id), &blob_name(self.id));
        self.is_kept = true;
    }

    /// Checks that the draft is still there, before a vault names it.
    ///
    /// # Errors
    /// [`FileError::LockLost`] if somebody removed it.
    pub fn check(&self) -> Result<(), FileError> {
        let name = blob_draft_name(self.id);
        let is_there = self.folder().stat(&name)?.is_some_and(|stat| same_file(&stat, &self.stat));
        if is_there { Ok(()) } else { Err(FileError::LockLost { path: self.folder().path_of(&name) }) }
    }

    /// Leaves the draft to the next writer from now on, because a vault may name it or not.
    pub fn leave(&mut self) {
        self.is_kept = true;
    }

    /// Removes the draft, which no vault names.
    pub fn give_up(mut self) {
        self.is_kept = false;
    }
}

impl Drop for NewBlob {
    fn drop(&mut self) {
        if !self.is_kept {
            // nothing better can be done with a failure here; the next writer tries again
            let _ = self.folder().remove(&blob_draft_name(self.id));
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use std::fs;
    use std::io::Read as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use uuid::Uuid;

    use super::super::{BlobFolder, FileError, Location, NewBlob};

    fn scene() -> (tempfile::TempDir, Location) {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::resolve(&folder.path().join("v")).unwrap();
        (folder, location)
    }

    fn write(blobs: &BlobFolder, text: &[u8]) -> NewBlob {
        blobs
            .write::<FileError>(|out| {
                out.write_all(text).unwrap();
                Ok(())
            })
            .unwrap()
    }

    fn read(blobs: &BlobFolder, id: Uuid) -> Vec<u8> {
        let mut text = Vec::new();
        blobs.open(id).unwrap().read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn a_blob_is_private_and_found_as_a_draft_and_as_itself() {
        let (folder, location) = scene();
        assert!(location.blobs().unwrap().is_none());
        let blobs = location.make_blobs().unwrap();
        let mode = |path: &str| fs::metadata(folder.path().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("v.d"), 0o700);
        let blob = write(&blobs, b"text");
        let id = blob.id();
        assert!(matches!(blobs.files().unwrap()[..], [ref file] if file.is_draft && file.id == id));
        assert_eq!(read(&blobs, id), b"text");
        blob.complete();
        let files = location.make_blobs().unwrap().files().unwrap();
        assert!(matches!(files[..], [ref file] if !file.is_draft && file.path == blobs.path_of(id)));
        assert_eq!(read(&blobs, id), b"text");
        assert_eq!(mode(&format!("v.d/{}.age", id.simple())), 0o600);
        blobs.remove([id, Uuid::nil()]).unwrap();
        assert!(matches!(blobs.open(id), Err(FileError::NotFound { .. })));
        assert!(blobs.remove_if_empty(&location) && location.blobs().unwrap().is_none());
    }

    #[test]
    fn a_blob_that_comes_to_nothing_leaves_nothing() {
        let (_folder, location) = scene();
        let blobs = location.make_blobs().unwrap();
        drop(write(&blobs, b"dropped"));
        let failed = blobs.write::<FileError>(|out| {
            out.write_all(b"begun").unwrap();
            Err(FileError::NotFound { path: "x".into() })
        });
        assert!(failed.is_err() && blobs.files().unwrap().is_empty());
    }

    #[test]
    fn a_copy_is_made_once_and_has_the_name_of_its_blob() {
        let (folder, location) = scene();
        let source = location.make_blobs().unwrap();
        let blob = write(&source, b"text");
        let id = blob.id();
        let bundle = Location::resolve(&folder.path().join("bundle")).unwrap();
        let target = bundle.make_blobs().unwrap();
        for _ in 0..2 {
            assert!(bundle.bring_blob(&location, id).unwrap());
            assert!(matches!(target.files().unwrap()[..], [ref file] if !file.is_draft && file.id == id));
        }
        assert_eq!(read(&target, id), b"text");
        // one that was cut is made anew
        fs::write(target.path_of(id), "te").unwrap();
        assert!(bundle.bring_blob(&location, id).unwrap());
        assert_eq!(read(&target, id), b"text");
        assert!(!bundle.bring_blob(&location, Uuid::nil()).unwrap());
    }

    #[test]
    fn drafts_of_killed_writers_are_completed_or_removed_and_others_stay() {
        let (folder, location) = scene();
        let blobs = location.make_blobs().unwrap();
        let (at_work, complete) = (write(&blobs, b"at work"), write(&blobs, b"complete"));
        let kept = complete.id();
        complete.complete();
        let [named_id, left_id] = [b"named".as_slice(), b"left"].map(|text| {
            let mut blob = write(&blobs, text);
            blob.leave();
            blob.id()
        });
        fs::write(folder.path().join("v.d/README"), "").unwrap();
        // what a writer at work has made is not known from what another one left
        blobs.settle(|id| id == named_id);
        assert_eq!(read(&blobs, left_id), b"left");
        assert!(!blobs.is_left(left_id) && at_work.check().is_ok());
        assert_eq!(read(&blobs, named_id), b"named");
        at_work.give_up();
        assert!(blobs.is_left(left_id) && !blobs.is_left(named_id));
        blobs.settle(|_| false);
        assert!(matches!(blobs.open(left_id), Err(FileError::NotFound { .. })));
        let drafts: Vec<_> = blobs.files().unwrap().into_iter().filter(|file| file.is_draft).collect();
        assert!(drafts.is_empty());
        // nobody names it, but it was complete once
        assert_eq!(read(&blobs, kept), b"complete");
        assert_eq!(read(&blobs, named_id), b"named");
        assert!(folder.path().join("v.d/README").exists());
    }

    #[test]
    fn neither_the_folder_nor_a_blob_is_a_link() {
        let (folder, location) = scene();
        let blobs = location.make_blobs().unwrap();
        let id = Uuid::from_u128(7);
        fs::write(folder.path().join("other"), "x").unwrap();
        symlink("../other", folder.path().join("v.d").join(format!("{}.age", id.simple()))).unwrap();
        assert!(matches!(blobs.open(id), Err(FileError::NotRegular { .. })));
        fs::rename(folder.path().join("v.d"), folder.path().join("large")).unwrap();
        symlink("large", folder.path().join("v.d")).unwrap();
        let refused = location.make_blobs().unwrap_err();
        let path = folder.path().join("v.d");
        assert_eq!(refused.to_string(), format!("`{}` is a symbolic link, not a folder", path.display()));
        assert!(matches!(location.blobs(), Err(FileError::NotFolder { .. })));
        fs::remove_file(&path).unwrap();
        fs::write(&path, "x").unwrap();
        assert!(location.blobs().is_err() && location.make_blobs().is_err());
    }

    #[test]
    fn many_blobs_need_few_open_files() {
        let (folder, _) = scene();
        let open = || fs::read_dir("/dev/fd").unwrap().count();
        let before = open();
        let new: Vec<_> = (0..200)
            .map(|_| {
                write(&Location::resolve(&folder.path().join("v")).unwrap().make_blobs().unwrap(), b"text")
            })
            .collect();
        // other tests of this process have some too
        assert!(open() < before + 100);
        assert!(new.iter().all(|blob| blob.check().is_ok()));
        fs::remove_dir_all(folder.path().join("v.d")).unwrap();
        assert!(new.iter().all(|blob| matches!(blob.check(), Err(FileError::LockLost { .. }))));
    }
}
