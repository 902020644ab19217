//! The queue of a working copy: the changes that this machine has made while the engine did not answer.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::engine_error::EngineError;
use super::working_copy::WorkingCopy;
use crate::disk::{Access, BlobContent, FileError, Location, Lock, MAX_SIZE, Upload, UploadError};
use crate::store::error::Error;
use crate::vault::{self, GenerationDigest, Key, Sealed, Vault};

/// The name of the vault with the changes.
const QUEUED: &str = "queued.age";
/// The name of the copy as it was when the first change was made.
const BASE: &str = "base.age";

/// The queue of a working copy: a vault that follows the copy, and has the changes of this machine that the engine does not
/// have yet. It is in the folder of the state, because they are nowhere else. Beside it is the copy as it was before them,
/// so that a merge can tell who has changed what.
#[derive(Debug, Clone)]
pub struct Queue {
    copy: WorkingCopy,
}

impl WorkingCopy {
    /// Returns the queue of the copy, which may be empty.
    #[must_use]
    pub fn queue(&self) -> Queue {
        Queue { copy: self.clone() }
    }
}

impl Queue {
    /// Returns the path of the vault with the changes, which may be missing.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.copy.queue_folder().join(QUEUED)
    }

    /// Returns the path of the copy before the changes, which may be missing.
    #[must_use]
    pub fn base(&self) -> PathBuf {
        self.copy.queue_folder().join(BASE)
    }

    /// Returns the address of the object that the changes are for.
    #[must_use]
    pub fn address(&self) -> &str {
        self.copy.address()
    }

    /// Returns true if there is a change that the engine does not have yet. A queue that was begun for a change that
    /// came to nothing is empty.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        if !exists(&self.path()) {
            return false;
        }
        // what cannot be read is not taken for nothing
        let queued = digest(&self.path());
        queued.is_none() || queued != digest(&self.base())
    }

    /// Returns the time when the queue was begun, as the disk says; `None` if there is none.
    #[must_use]
    pub fn since(&self) -> Option<DateTime<Utc>> {
        let location = Location::resolve(&self.base()).ok().filter(|_| self.is_pending())?;
        let (_, seconds) = location.times().ok()?.into_iter().next()?;
        DateTime::from_timestamp(seconds, 0)
    }

    /// Returns the number of generations by which the queue is ahead of the copy before it, if the key opens both.
    #[must_use]
    pub fn generations(&self, key: &Key) -> Option<u64> {
        let generation = |path: &Path| {
            let file = Location::resolve(path).ok()?.open().ok()?;
            Some(Vault::open(Sealed::inspect(file).ok()?, key).ok()?.generation())
        };
        generation(&self.path())?.checked_sub(generation(&self.base())?)
    }

    /// Returns the location of the queue. Its generations are stored nowhere else, but it has the limits of a vault at
    /// an address, which it is merged into. Makes its folder.
    pub(in crate::store) fn location(&self) -> Result<Location, FileError> {
        let place = QueuePlace { copy: self.copy.clone() };
        Ok(Location::resolve_or_create(&self.path())?.with_upload(Rc::new(place)))
    }

    /// Makes the error of a change that the queue cannot keep.
    pub(in crate::store) fn refusal(&self, what: &'static str) -> Error {
        EngineError::NotQueued { address: self.address().to_owned(), what }.into()
    }

    /// Returns the path of the copy before the changes, if there is one.
    pub(in crate::store) fn base_there(&self) -> Option<PathBuf> {
        Some(self.base()).filter(|base| exists(base))
    }

    /// Begins the queue with the copy, under its lock, unless there is one.
    pub(in crate::store) fn begin(&self, lock: &Lock) -> Result<(), Error> {
        if self.is_pending() {
            return Ok(());
        }
        // what is left of an earlier one must not become the base of this one
        self.end(lock).map_err(vault::Error::from)?;
        let mut copy = match self.copy.plain().and_then(|copy| copy.open()) {
            Err(FileError::NotFound { .. }) => {
                return Err(EngineError::NoCopy { address: self.address().to_owned() }.into());
            }
            copy => copy.map_err(vault::Error::from)?,
        };
        let mut begin = || {
            let base = Location::resolve(&self.base())?;
            base.publish(Access::Private, MAX_SIZE, |out| pass(&mut copy, out, base.path()))?;
            lock.copy_in(|out| pass(&mut copy, out, lock.location().path()))
        };
        begin().map_err(|error: FileError| vault::Error::from(error).into())
    }

    /// Removes the queue, under its lock: first the changes, so that no base is missing beside them.
    pub(in crate::store) fn end(&self, lock: &Lock) -> Result<(), FileError> {
        for path in [self.path(), lock.location().backup(), self.base()] {
            if exists(&path) {
                Location::resolve(&path)?.remove()?;
            }
        }
        Ok(())
    }
}

fn exists(path: &Path) -> bool {
    Location::resolve(path).and_then(|location| location.exists()).unwrap_or(false)
}

fn digest(path: &Path) -> Option<GenerationDigest> {
    let file = Location::resolve(path).ok()?.open().ok()?;
    Some(Sealed::inspect(file).ok()?.digest())
}

/// Writes all of a file.
fn pass(file: &mut File, out: &mut (dyn Write + Send), path: &Path) -> Result<(), FileError> {
    let passed = file.rewind().and_then(|()| io::copy(file, out));
    passed.map(drop).map_err(|error| FileError::writing(path, error))
}

/// The place of a queue: the generations of a vault at an address that its engine gets later, in a merge.
#[derive(Debug)]
struct QueuePlace {
    copy: WorkingCopy,
}

impl Upload for QueuePlace {
    fn address(&self) -> &str {
        self.copy.address()
    }

    fn upload(&self, _content: &File) -> Result<(), UploadError> {
        Ok(())
    }

    fn settle(&self) {}
    fn check_blobs(&self) -> Result<(), UploadError> {
        Err(UploadError::Refused("attachments of more than 16 KiB cannot be queued".to_owned()))
    }

    fn upload_blob(&self, _: Uuid, _: &File) -> Result<(), UploadError> {
        self.check_blobs()
    }

    fn fetch_blob(&self, id: Uuid) -> Result<Option<Rc<[u8]>>, UploadError> {
        let unread = |error: &dyn fmt::Display| UploadError::Refused(error.to_string());
        let content = self.copy.location().and_then(|copy| copy.find_blob(id));
        Ok(match content.map_err(|error| unread(&error))? {
            None => None,
            Some(BlobContent::Fetched(bytes)) => Some(bytes),
            Some(BlobContent::There(mut file)) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).map_err(|error| unread(&error))?;
                Some(bytes.into())
            }
        })
    }

    fn may_have_blob(&self, _: Uuid) -> bool {
        true
    }

    fn remove_blob(&self, _: Uuid) -> bool {
        // the queue may come to nothing, and then the vault at the address still names it
        false
    }
}
