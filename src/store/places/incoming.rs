//! An object as the engine gave it, which becomes the working copy once it was opened and judged.

use std::io::{Cursor, Write};
use std::rc::Rc;
use std::time::Duration;

use super::working_copy::WorkingCopy;
use crate::disk::{FileError, Location, Lock};
use crate::vault::{self, Sealed};

/// The time to wait for a writer of this machine.
const PATIENCE: Duration = Duration::from_millis(500);

/// An object that came from the engine and is not the working copy yet.
#[derive(Debug)]
pub(in crate::store) struct IncomingObject {
    pub(super) copy: WorkingCopy,
    pub(super) content: Rc<[u8]>,
    pub(super) tag: String,
    /// The tag of the copy when the engine gave the object.
    pub(super) replaces: Option<String>,
}

impl IncomingObject {
    /// Opens the header of the object.
    pub(in crate::store) fn seal(&self) -> Result<Sealed, vault::Error> {
        Sealed::inspect_parts(Cursor::new(Rc::clone(&self.content)), self.content.len() as u64)
    }

    /// Makes the object the working copy, under its lock.
    pub(in crate::store) fn keep(self, lock: &Lock) -> Result<(), FileError> {
        let location = lock.location();
        let stored = location.open().ok().and_then(|file| Sealed::inspect(file).ok());
        let is_same =
            stored.is_some_and(|own| self.seal().is_ok_and(|sealed| sealed.digest() == own.digest()));
        let Self { copy, content, tag, .. } = self;
        if is_same {
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
