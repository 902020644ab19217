//! The blobs beside a vault or a bundle: files in the folder `NAME.d/`, each written once under a random name
//! and never changed.
//!
//! A blob is a draft until a vault that names it is in place: `.ID.tmp` becomes `ID.age` after the rename of the
//! vault. A writer that is killed leaves the draft. A reader finds the blob under both names, and the next writer
//! completes the draft if the vault names it, or else removes it. A blob that was complete once is never taken
//! for the litter of a killed writer, because a vault that was restored from a copy may name it again.
//!
//! The blobs of a vault at an address are objects beside it. The folder has copies of those that this machine made or
//! read.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use rustix::fs::{Mode, OFlags};
use rustix::io::{Errno, retry_on_intr};
use uuid::Uuid;

use super::companions::{blob_draft_name, blob_name, blob_of, blobs_name};
use super::draft_lock::DraftLock;
use super::error::{Action, FileError};
use super::folder::Folder;
use super::location::Location;
use super::loose::Loose;

/// The folder of the blobs of a vault or a bundle.
#[derive(Debug, Clone)]
pub struct BlobFolder(Arc<Folder>);

/// A file in a folder of blobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobFile {
    /// The id of the blob.
    pub id: Uuid,
    /// True if the writer of the blob was killed, or is still at work.
    pub is_draft: bool,
    /// The path of the file.
    pub path: PathBuf,
}

impl Location {
    /// Opens the folder of blobs; `None` if there is none. A link is refused: it could lead to the blobs of another
    /// vault, which this one does not name.
    ///
    /// # Errors
    /// [`FileError::NotFolder`], [`FileError::Io`].
    pub fn blobs(&self) -> Result<Option<BlobFolder>, FileError> {
        match self.folder().open_inner(&blobs_name(self.name())) {
            Ok(folder) => Ok(Some(BlobFolder(Arc::new(folder)))),
            Err(FileError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Opens the folder of blobs, and makes it first if there is none, for the owner of the vault alone.
    ///
    /// # Errors
    /// As [`Location::blobs`]; [`FileError::Upload`] for the working copy of an object that can have no blobs.
    pub fn make_blobs(&self) -> Result<BlobFolder, FileError> {
        if let Some(upload) = self.upload() {
            upload.check_blobs().map_err(|reason| upload.failed(reason))?;
        }
        if let Some(blobs) = self.blobs()? {
            return Ok(blobs);
        }
        let (folder, name) = (self.folder(), blobs_name(self.name()));
        match retry_on_intr(|| rustix::fs::mkdirat(&folder.fd, &name, Mode::RWXU)) {
            Ok(()) => folder.unmask_folder(&name)?,
            Err(Errno::EXIST) => {}
            Err(errno) => return Err(folder.error(Action::Create, &name, errno)),
        }
        let made = folder.open_inner(&name)?;
        // root must not lock a user out of the user's own blobs
        let vault = folder.stat(self.name())?;
        made.protect_itself(Mode::RWXU, vault.as_ref())?;
        // or a crash could take the new folder away, with the blobs in it
        folder.sync().map_err(|source| FileError::io(Action::Sync, folder.shown(), source))?;
        Ok(BlobFolder(Arc::new(made)))
    }

    /// Returns the path of a blob for messages, or its address if the vault is at one. The blob may be missing.
    #[must_use]
    pub fn blob_path(&self, id: Uuid) -> PathBuf {
        match self.upload() {
            Some(upload) => PathBuf::from(format!("{}.d", upload.address())).join(blob_name(id)),
            None => self.folder().path_of(&blobs_name(self.name())).join(blob_name(id)),
        }
    }
}

impl BlobFolder {
    pub(super) fn folder(&self) -> &Arc<Folder> {
        &self.0
    }

    /// Returns true if a path leads to a file in this folder.
    pub(super) fn holds(&self, other: &Location) -> Result<bool, FileError> {
        self.0.is_same(other.folder())
    }

    /// Checks that this is another folder than `other`.
    ///
    /// # Errors
    /// [`FileError::SameFolder`], [`FileError::Io`].
    pub fn require_other(&self, other: &Self) -> Result<(), FileError> {
        if !self.0.is_same(&other.0)? {
            return Ok(());
        }
        Err(FileError::SameFolder { path: self.0.shown(), other: other.0.shown() })
    }

    /// Returns the path of a blob, for messages.
    #[must_use]
    pub fn path_of(&self, id: Uuid) -> PathBuf {
        self.0.path_of(&blob_name(id))
    }

    /// Opens a blob for reading.
    ///
    /// # Errors
    /// [`FileError::NotFound`], [`FileError::NotRegular`], [`FileError::Io`].
    pub fn open(&self, id: Uuid) -> Result<File, FileError> {
        // the last time, because the draft may have become complete between the first two
        let names = [blob_name(id), blob_draft_name(id), blob_name(id)];
        for name in &names[..2] {
            match self.0.open_regular(name, OFlags::RDONLY) {
                Err(FileError::NotFound { .. }) => {}
                result => return result,
            }
        }
        self.0.open_regular(&names[2], OFlags::RDONLY)
    }

    /// Finds all blobs, in the order of their ids. Skips every other file.
    ///
    /// # Errors
    /// [`FileError::Io`].
    pub fn files(&self) -> Result<Vec<BlobFile>, FileError> {
        let failed = |errno: Errno| FileError::io(Action::Open, self.0.shown(), errno);
        let mut files = Vec::new();
        for name in self.0.names().map_err(failed)? {
            let name = name.map_err(failed)?;
            if let Some((id, is_draft)) = blob_of(&name) {
                files.push(BlobFile { id, is_draft, path: self.0.path_of(&name) });
            }
        }
        files.sort_by_key(|file| (file.id, file.is_draft));
        Ok(files)
    }

    /// Settles the drafts that killed writers left: completes those that the vault names, and removes the others.
    /// Leaves the others while any writer is at work. Ignores failures, which the next writer meets again. Called
    /// under the lock of the vault only. Returns the ids of those that were removed.
    pub fn settle(&self, is_named: impl Fn(Uuid) -> bool) -> Vec<Uuid> {
        // before the look at the names: a draft that comes later is not among them
        let alone = DraftLock::alone(&self.0);
        let Ok(files) = self.files() else { return Vec::new() };
        let mut removed = Vec::new();
        for file in files.into_iter().filter(|file| file.is_draft) {
            let draft = blob_draft_name(file.id);
            if is_named(file.id) {
                let _ = self.0.rename(&draft, &blob_name(file.id));
            } else if alone.is_some() {
                let _ = self.0.remove(&draft);
                removed.push(file.id);
            }
        }
        removed
    }

    /// Returns true if a draft is there and no writer is at work.
    #[must_use]
    pub fn is_left(&self, id: Uuid) -> bool {
        DraftLock::alone(&self.0)
            .is_some_and(|alone| alone.folder().stat_regular(&blob_draft_name(id)).is_ok())
    }

    /// Removes blobs, which may be gone already.
    ///
    /// # Errors
    /// [`FileError::Io`], after all of them were tried.
    pub fn remove(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<(), FileError> {
        let mut failed = None;
        for id in ids {
            for name in [blob_name(id), blob_draft_name(id)] {
                let removed =
                    self.0.remove(&name).map_err(|errno| self.0.error(Action::Remove, &name, errno));
                failed = failed.or(removed.err());
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Removes the folder if it is empty. Returns true if it did.
    pub fn remove_if_empty(self, location: &Location) -> bool {
        let name = blobs_name(location.name());
        retry_on_intr(|| rustix::fs::unlinkat(&location.folder().fd, &name, rustix::fs::AtFlags::REMOVEDIR))
            .is_ok()
    }

    /// Returns the folder, if others may write it.
    #[must_use]
    pub fn loose(&self) -> Option<Loose> {
        Loose::of(&self.0.fd, || self.0.shown())
    }
}
