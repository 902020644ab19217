//! The ways of blobs between a folder and an engine, and from one folder to another.

use std::fs::File;
use std::io::{Cursor, Read};
use std::rc::Rc;

use uuid::Uuid;

use super::companions::blob_name;
use super::error::{Action, FileError};
use super::location::Location;
use super::new_blob::NewBlob;
use super::upload::{Upload, UploadError};

/// The content of a blob.
#[derive(Debug)]
pub enum BlobContent {
    /// A file beside the vault.
    There(File),
    /// The content that the engine has, and no file.
    Fetched(Rc<[u8]>),
}

impl BlobContent {
    /// Returns the content if it was fetched and no file has it.
    #[must_use]
    pub fn fetched(&self) -> Option<Rc<[u8]>> {
        match self {
            Self::There(_) => None,
            Self::Fetched(bytes) => Some(Rc::clone(bytes)),
        }
    }
}

impl dyn Upload {
    /// Makes the error of the object.
    pub(super) fn failed(&self, reason: UploadError) -> FileError {
        FileError::Upload { address: self.address().to_owned(), reason }
    }
}

impl Location {
    /// Finds a blob: its file, or else what the engine has, if the vault is at an address. `None` if there is neither.
    ///
    /// # Errors
    /// As [`Location::blobs`]; [`FileError::Upload`].
    pub fn find_blob(&self, id: Uuid) -> Result<Option<BlobContent>, FileError> {
        if let Some(file) = self.blob_file(id)? {
            return Ok(Some(BlobContent::There(file)));
        }
        let Some(upload) = self.upload() else { return Ok(None) };
        let fetched = upload.fetch_blob(id).map_err(|reason| upload.failed(reason))?;
        Ok(fetched.map(BlobContent::Fetched))
    }

    /// Copies a blob of another vault to the folder beside this one, and to the engine if this one is at an address.
    /// When this returns, the disk has it. Returns false if neither has such a blob.
    ///
    /// # Errors
    /// As [`Location::find_blob`] and [`Location::make_blobs`]; [`FileError::Io`].
    pub fn bring_blob(&self, source: &Self, id: Uuid) -> Result<bool, FileError> {
        let failed = |error| FileError::io(Action::Read, source.blob_path(id), error);
        let size_of = |file: &File| Ok::<_, FileError>(file.metadata().map_err(failed)?.len());
        let size = source.blob_file(id)?.as_ref().map(size_of).transpose()?;
        let own = self.blobs()?.and_then(|folder| folder.folder().stat_regular(&blob_name(id)).ok());
        // a blob never changes, so one of the same length is the same
        if own.is_some_and(|own| size.is_none_or(|size| u64::try_from(own.st_size) == Ok(size))) {
            return Ok(true);
        }
        let mut content: Box<dyn Read> = match source.find_blob(id)? {
            Some(BlobContent::There(file)) => Box::new(file),
            Some(BlobContent::Fetched(bytes)) => Box::new(Cursor::new(bytes)),
            None => return Ok(self.upload().is_some_and(|upload| upload.may_have_blob(id))),
        };
        // a copy that is in place tells that the engine has it, too
        self.make_blobs()?.keep(id, &mut content, |copy| self.share(id, copy))?;
        Ok(true)
    }

    /// Keeps a copy of what the engine has.
    ///
    /// # Errors
    /// As [`Location::make_blobs`]; [`FileError::Io`].
    pub fn keep_blob(&self, id: Uuid, mut content: &[u8]) -> Result<(), FileError> {
        self.make_blobs()?.keep(id, &mut content, |_| Ok(()))
    }

    /// Stores new blobs on the engine, if the vault is at an address.
    ///
    /// # Errors
    /// [`FileError::Upload`], [`FileError::Io`].
    pub fn share_blobs(&self, blobs: &[NewBlob]) -> Result<(), FileError> {
        if self.upload().is_none() {
            return Ok(());
        }
        blobs.iter().try_for_each(|blob| self.share(blob.id(), &blob.open()?))
    }

    /// Returns those of some blobs that the engine has no more, if the vault is at an address.
    #[must_use]
    pub fn vanished_blobs(&self, ids: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
        let Some(upload) = self.upload() else { return Vec::new() };
        ids.into_iter().filter(|id| !upload.may_have_blob(*id)).collect()
    }

    /// Removes blobs from the engine, if the vault is at an address. One that cannot be removed is left there.
    pub fn unshare_blobs(&self, ids: impl IntoIterator<Item = Uuid>) {
        if let Some(upload) = self.upload() {
            // an engine that fails once is not asked for each of them
            let _ = ids.into_iter().all(|id| upload.remove_blob(id));
        }
    }

    fn share(&self, id: Uuid, content: &File) -> Result<(), FileError> {
        let Some(upload) = self.upload() else { return Ok(()) };
        upload.upload_blob(id, content).map_err(|reason| upload.failed(reason))
    }

    fn blob_file(&self, id: Uuid) -> Result<Option<File>, FileError> {
        match self.blobs()?.map(|folder| folder.open(id)) {
            None | Some(Err(FileError::NotFound { .. })) => Ok(None),
            Some(file) => file.map(Some),
        }
    }
}
