//! An object as the engine gave it, which becomes the working copy once it was opened and judged.

use std::fs::File;
use std::io::Write;
use std::time::Duration;

use super::working_copy::WorkingCopy;
use crate::disk::{FileError, Location, Lock};
use crate::vault::{GenerationDigest, Sealed};

/// The time to wait for a writer of this machine.
const PATIENCE: Duration = Duration::from_millis(500);

/// An object that came from the engine and is not the working copy yet.
#[derive(Debug)]
pub(in crate::store) struct IncomingObject {
    pub(super) copy: WorkingCopy,
    pub(super) content: Vec<u8>,
    pub(super) tag: String,
    /// The tag of the copy when the engine gave the object.
    pub(super) replaces: Option<String>,
    pub(super) file: File,
}

impl IncomingObject {
    /// Returns the object as a file without a name.
    pub(in crate::store) fn file(&self) -> &File {
        &self.file
    }

    /// Makes the object the working copy, under its lock.
    pub(in crate::store) fn keep(self, lock: &Lock) -> Result<(), FileError> {
        let Self { copy, content, tag, file, .. } = self;
        let location = lock.location();
        if digest(location.open().ok()).is_some_and(|own| Some(own) == digest(Some(file))) {
            // a writer was killed before it noted the tag; the backup is still that of this generation
            copy.note_current(location, tag);
            return Ok(());
        }
        let write = |out: &mut (dyn Write + Send)| {
            out.write_all(&content).map_err(|error| FileError::writing(location.path(), error))
        };
        lock.copy_in(write)?;
        copy.note_current(location, tag);
        Ok(())
    }

    /// Returns true if the copy was brought up to date since the engine gave the object.
    pub(super) fn is_outdated(&self, location: &Location) -> bool {
        WorkingCopy::tag(location, &self.copy.state()) != self.replaces
    }

    /// Makes the object the working copy, unless a writer has the lock all the time: then it is the writer who brings
    /// the copy up to date.
    pub(super) fn keep_when_free(self) -> Result<(), FileError> {
        match self.copy.plain()?.lock(PATIENCE) {
            Ok(lock) => {
                // another process was faster
                if self.is_outdated(lock.location()) { Ok(()) } else { self.keep(&lock) }
            }
            Err(FileError::LockTimeout { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Returns the digest of the generation in a file.
fn digest(file: Option<File>) -> Option<GenerationDigest> {
    Some(Sealed::inspect(file?).ok()?.digest())
}

/// Makes a file without a name from the bytes of an object.
pub(super) fn nameless(location: &Location, content: &[u8]) -> Result<File, FileError> {
    location
        .nameless(|out| out.write_all(content).map_err(|error| FileError::writing(location.path(), error)))
}
