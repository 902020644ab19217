//! The object on an engine whose working copy a file is.

use std::fmt::Debug;
use std::fs::File;
use std::rc::Rc;

use uuid::Uuid;

/// The object on an engine whose working copy a file is. A generation is stored there before it gets the name of the
/// file, so that the engine decides between writers on different machines.
pub trait Upload: Debug {
    /// Returns the address of the object.
    fn address(&self) -> &str;

    /// Stores a complete file in the place of the generation that the working copy has, or where none is if there is
    /// no working copy.
    ///
    /// # Errors
    /// Any of [`UploadError`]. Nothing was stored, unless it is [`UploadError::Unsure`].
    fn upload(&self, content: &File) -> Result<(), UploadError>;

    /// Notes that the working copy is now what was stored last.
    fn settle(&self);

    /// Checks that blobs can be stored beside the object.
    ///
    /// # Errors
    /// [`UploadError::Refused`].
    fn check_blobs(&self) -> Result<(), UploadError>;

    /// Stores a blob beside the object, unless it is there.
    ///
    /// # Errors
    /// Any of [`UploadError`] but [`UploadError::Outpaced`].
    fn upload_blob(&self, id: Uuid, content: &File) -> Result<(), UploadError>;

    /// Fetches the content of a blob; `None` if there is no such blob.
    ///
    /// # Errors
    /// [`UploadError::Unreachable`], [`UploadError::Refused`].
    fn fetch_blob(&self, id: Uuid) -> Result<Option<Rc<[u8]>>, UploadError>;

    /// Returns false if a blob is certainly not there.
    fn may_have_blob(&self, id: Uuid) -> bool;

    /// Removes a blob that no generation names. Returns false if it may still be there.
    fn remove_blob(&self, id: Uuid) -> bool;
}

/// The reasons why a generation was not stored on an engine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UploadError {
    /// Another writer stored a generation since the working copy was compared with the engine.
    #[error("another writer changed it meanwhile, so nothing was written")]
    Outpaced,
    /// The answer of the engine was lost, and nothing shows what became of the request.
    #[error("the engine did not confirm the change, which may be stored: {0}")]
    Unsure(String),
    /// The engine cannot be reached.
    #[error("{0}")]
    Unreachable(String),
    /// The engine refuses, or cannot be used safely.
    #[error("{0}")]
    Refused(String),
}
