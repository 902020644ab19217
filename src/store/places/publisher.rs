//! The way of a new generation to the engine, before it is in place here.

use std::cell::RefCell;
use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::rc::Rc;

use uuid::Uuid;

use super::copy_state::CopyState;
use super::working_copy::WorkingCopy;
use crate::disk::{Upload, UploadError};
use crate::remote::{
    EngineFailure, FailureKind, Fetched, Probed, PutCondition, Ranged, RemoteObject, Stored,
};

/// The most attempts to store one generation. Another one follows only where the one before was certainly not stored.
const ATTEMPTS: usize = 3;
/// The bytes by which a generation is recognised on the engine: the header of an age file is another one for each.
const START: usize = 64 * 1024;

/// The upload of the generations of a working copy.
#[derive(Debug)]
pub(super) struct Publisher {
    copy: WorkingCopy,
    /// The tag of the generation that was stored last.
    stored: RefCell<Option<String>>,
}

/// The end of one attempt.
enum Attempt {
    Stored(String),
    Outpaced,
    /// Certainly not stored.
    Lost(String),
    Unsure(String),
}

impl Publisher {
    pub(super) fn new(copy: WorkingCopy) -> Self {
        Self { copy, stored: RefCell::default() }
    }

    /// Stores a content in the place of the object with a tag, or where none is. Returns its tag. Tests the engine
    /// before the first content from this machine.
    pub(super) fn store(&self, known: Option<&str>, content: &[u8]) -> Result<String, UploadError> {
        self.require_sound()?;
        let mut last = String::new();
        for _ in 0..ATTEMPTS {
            let attempt = match self.copy.with_object(|object| Self::attempt(object, known, content))? {
                Attempt::Unsure(text) => {
                    // no further word of that helper counts
                    self.copy.close_object();
                    self.look(known, content, text)
                }
                attempt => attempt,
            };
            match attempt {
                Attempt::Stored(tag) => return Ok(tag),
                Attempt::Outpaced => return Err(UploadError::Outpaced),
                Attempt::Lost(text) => last = text,
                Attempt::Unsure(text) => return Err(UploadError::Unsure(text)),
            }
        }
        Err(UploadError::Unreachable(last))
    }

    /// Tests the engine before the first content from this machine.
    fn require_sound(&self) -> Result<(), UploadError> {
        let state = self.copy.state();
        if state.probed {
            return Ok(());
        }
        match self.copy.with_object(|object| object.probe())? {
            Probed::Sound => {
                self.copy.note(&CopyState { probed: true, ..state });
                Ok(())
            }
            Probed::Unsound(text) => {
                let text = format!("the engine does not keep two writers apart: {text}");
                Err(UploadError::Refused(text))
            }
        }
    }

    /// Stores the content once, and finds out what became of it if the answer was lost.
    fn attempt(
        object: &mut dyn RemoteObject,
        known: Option<&str>,
        content: &[u8],
    ) -> Result<Attempt, EngineFailure> {
        let condition = known.map_or(PutCondition::Absent, PutCondition::Unchanged);
        Ok(match object.put(condition, content.to_vec())? {
            Stored::Stored { tag } => Attempt::Stored(tag),
            Stored::Changed => Attempt::Outpaced,
            Stored::Unknown(text) => Attempt::Unsure(text),
        })
    }

    /// Finds out what became of a content whose answer was lost.
    fn look(&self, known: Option<&str>, content: &[u8], text: String) -> Attempt {
        let start = &content[..content.len().min(START)];
        match self.copy.with_object(|object| object.range(None, 0, start.len() as u64)) {
            Ok(Ranged::Part { tag, size, content: there })
                if size == content.len() as u64 && there == start =>
            {
                Attempt::Stored(tag)
            }
            Ok(Ranged::Part { tag, .. }) if known == Some(tag.as_str()) => Attempt::Lost(text),
            Ok(Ranged::Absent) if known.is_none() => Attempt::Lost(text),
            // another writer may have followed ours, or was faster
            _ => Attempt::Unsure(text),
        }
    }
}

impl Upload for Publisher {
    fn address(&self) -> &str {
        self.copy.address()
    }

    fn upload(&self, file: &File) -> Result<(), UploadError> {
        let content = content_of(file)?;
        let location = self.copy.plain().map_err(|error| UploadError::Refused(error.to_string()))?;
        let known = WorkingCopy::tag(&location, &self.copy.state());
        if known.is_none() && location.exists().unwrap_or(true) {
            // not the copy that was compared with the engine under this lock
            return Err(UploadError::Outpaced);
        }
        *self.stored.borrow_mut() = Some(self.store(known.as_deref(), &content)?);
        Ok(())
    }

    fn settle(&self) {
        if let (Some(tag), Ok(location)) = (self.stored.borrow_mut().take(), self.copy.plain()) {
            self.copy.note_current(&location, tag);
        }
    }

    fn check_blobs(&self) -> Result<(), UploadError> {
        Ok(())
    }

    fn upload_blob(&self, id: Uuid, content: &File) -> Result<(), UploadError> {
        self.require_sound()?;
        let mut last = String::new();
        for _ in 0..ATTEMPTS {
            let content = content_of(content)?;
            match self.copy.open_blob(id)?.put(PutCondition::Absent, content)? {
                // a blob never changes, so one of that name is the same
                Stored::Stored { .. } | Stored::Changed => return Ok(()),
                Stored::Unknown(text) => last = text,
            }
        }
        Err(UploadError::Unreachable(last))
    }

    fn fetch_blob(&self, id: Uuid) -> Result<Option<Rc<[u8]>>, UploadError> {
        Ok(match self.copy.open_blob(id)?.get(None)? {
            Fetched::Found { content, .. } => Some(content.into()),
            Fetched::Absent | Fetched::Unchanged => None,
        })
    }

    fn may_have_blob(&self, id: Uuid) -> bool {
        let there = self.copy.open_blob(id).and_then(|mut object| object.range(None, 0, 1));
        !matches!(there, Ok(Ranged::Absent))
    }

    fn remove_blob(&self, id: Uuid) -> bool {
        self.copy.open_blob(id).and_then(|mut object| object.delete()).is_ok()
    }
}

/// Reads all of a file.
fn content_of(mut file: &File) -> Result<Vec<u8>, UploadError> {
    let mut content = Vec::new();
    let read = file.rewind().and_then(|()| file.read_to_end(&mut content));
    read.map_err(|error| UploadError::Refused(error.to_string()))?;
    Ok(content)
}

impl From<EngineFailure> for UploadError {
    fn from(failure: EngineFailure) -> Self {
        match failure.kind {
            FailureKind::Unreachable => Self::Unreachable(failure.text),
            _ => Self::Refused(failure.text),
        }
    }
}
