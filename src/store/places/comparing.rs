//! The comparison of a working copy with the object that an engine has.

use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::copy_state::CopyState;
use super::engine_error::EngineError;
use super::engines::Contact;
use super::incoming::IncomingObject;
use super::parts::{Beginning, ObjectParts};
use super::publisher::Publisher;
use super::working_copy::{PATIENCE, WorkingCopy};
use crate::disk::{FileError, Location};
use crate::remote::{EngineFailure, FailureKind, Fetched, Ranged, RemoteObject};
use crate::store::error::Error;
use crate::vault::{self, Sealed};

/// The seconds in which an engine that did not answer is not asked again by reads.
const PAUSE: i64 = 30;
/// The seconds after which an answer of the engine is noted again. More often would cost more than it tells.
const NOTED: i64 = 60;

/// The time in which an engine must begin to answer before a change is queued. It is longer than that of a read: an
/// engine that is only slow, as git over ssh is, must get the changes some time.
const QUEUE_PATIENCE: Duration = Duration::from_secs(5);

/// The answers that a read waits for, as a multiple of the time that the last one took. A connection with ssh alone may
/// take longer than the usual limit, and such an engine would never be heard.
const MARGIN: u32 = 3;

/// The most time in which a read with a copy waits for an answer.
const READ_PATIENCE: Duration = Duration::from_secs(5);

/// The reason why an engine is not asked during that pause.
const SILENT: &str = "it did not answer a moment ago";

/// A place where only root could put a file, and nobody does.
const NOWHERE: &str = "/.no-working-copy.age";

/// The source from which a vault at an address is read.
#[derive(Debug)]
pub(in crate::store) enum CopySource {
    /// The copy, which is equal to the object.
    Current,
    /// The copy as it was at a time, because the engine was not asked or did not answer.
    Stale(StaleCopy),
    /// The object itself, which differs from the copy.
    Incoming(IncomingObject),
    /// Parts of the object, of which there is no copy.
    Parts(ObjectParts),
}

/// A copy that may not be what the engine has by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleCopy {
    /// The time when the copy was known to be equal to the object.
    pub since: Option<DateTime<Utc>>,
    /// The reason why the engine was not compared; none if it was not to be asked.
    pub reason: Option<String>,
}

impl StaleCopy {
    fn of(state: &CopyState, reason: Option<String>) -> Self {
        Self { since: DateTime::from_timestamp(state.checked, 0).filter(|_| state.checked > 0), reason }
    }
}

impl WorkingCopy {
    /// Returns the location of the copy, whose generations are stored on the engine first. Makes its folder.
    ///
    /// # Errors
    /// An error of the disk.
    pub fn location(&self) -> Result<Location, FileError> {
        Ok(self.plain()?.with_upload(Rc::new(Publisher::new(self.clone()))))
    }

    /// Returns the location for a read. Where no copy can be made, such as in a container that is read-only, it is
    /// one where nothing is.
    pub(in crate::store) fn location_to_read(&self) -> Result<Location, FileError> {
        let nowhere = |_| Location::resolve(Path::new(NOWHERE));
        let plain = self.plain().or_else(nowhere)?;
        Ok(plain.with_upload(Rc::new(Publisher::new(self.clone()))))
    }

    /// Compares the copy with the object for a read. Without a copy, a large object may be read in parts.
    pub(in crate::store) fn for_reading(
        &self,
        location: &Location,
        may_be_parts: bool,
    ) -> Result<CopySource, Error> {
        let (mut state, has_copy) = (self.state(), location.exists().map_err(vault::Error::from)?);
        let is_offline = self.contact() == Contact::Offline;
        if has_copy && self.is_paused(&state) {
            let reason = (!is_offline).then(|| SILENT.to_owned());
            return Ok(CopySource::Stale(StaleCopy::of(&state, reason)));
        }
        if is_offline {
            return Err(EngineError::NoCopy { address: self.address().to_owned() }.into());
        }
        let known = Self::tag(location, &state);
        let limit = self.limit(&state, has_copy);
        let mut parts = None;
        let answer = self.timed(|| {
            let mut object = self.open(limit)?;
            if may_be_parts && !has_copy && !state.in_parts && object.has_ranges() {
                parts = Some(object);
                return Ok(Fetched::Unchanged);
            }
            object.get(known.as_deref())
        });
        if let Some(object) = parts {
            return self.in_parts(object, state);
        }
        match answer {
            Ok(Fetched::Unchanged) => {
                if state.failed.is_some() || self.now() - state.checked >= NOTED {
                    (state.failed, state.checked) = (None, self.now());
                    self.note(&state);
                }
                Ok(CopySource::Current)
            }
            Ok(Fetched::Found { tag, content }) => {
                Ok(CopySource::Incoming(self.incoming(tag, content, known)))
            }
            Ok(Fetched::Absent) => Err(self.absent(has_copy)),
            Err(failure)
                if failure.kind == FailureKind::Unreachable
                    && has_copy
                    && self.contact() != Contact::Fresh =>
            {
                self.note_failure(&mut state);
                Ok(CopySource::Stale(StaleCopy::of(&state, Some(failure.text))))
            }
            Err(failure) => Err(self.failed(failure).into()),
        }
    }

    /// Reads the begin of an object of which there is no copy.
    fn in_parts(&self, object: Box<dyn RemoteObject>, state: CopyState) -> Result<CopySource, Error> {
        match ObjectParts::begin(object, self.address()).map_err(|failure| self.failed(failure))? {
            Beginning::Whole(tag, content) => Ok(CopySource::Incoming(self.incoming(tag, content, None))),
            Beginning::Parts(parts) => {
                self.note(&CopyState { in_parts: true, ..state });
                Ok(CopySource::Parts(parts))
            }
            Beginning::Absent => Err(self.absent(false)),
        }
    }

    /// Compares the copy with the object for a write, under the lock of the copy. Returns the object if it differs.
    pub(in crate::store) fn for_writing(&self, location: &Location) -> Result<Option<IncomingObject>, Error> {
        if self.contact() == Contact::Offline {
            return Err(EngineError::Offline { address: self.address().to_owned() }.into());
        }
        let known = Self::tag(location, &self.state());
        match self.timed(|| self.with_object(|object| object.get(known.as_deref()))) {
            Ok(Fetched::Unchanged) => Ok(None),
            Ok(Fetched::Found { tag, content }) => Ok(Some(self.incoming(tag, content, known))),
            Ok(Fetched::Absent) => Err(self.absent(location.exists().map_err(vault::Error::from)?)),
            Err(failure) => Err(self.failed(failure).into()),
        }
    }

    /// Brings the copy of a bundle up to date without a judgement, because nothing but its mark is read. A read that has
    /// a copy and no answer keeps the copy; a write needs the engine. A copy that is no bundle is left alone: it may be
    /// that of a vault, which is judged when it is opened.
    pub(in crate::store) fn fetched(&self, writes: bool) -> Result<Location, FileError> {
        let (location, mut state) = (self.location()?, self.state());
        let has_copy = location.exists()?;
        if has_copy && (!is_bundle(&location) || !writes && self.is_paused(&state)) {
            return Ok(location);
        }
        let known = Self::tag(&location, &state);
        let limit = if writes { PATIENCE } else { self.limit(&state, true) };
        match self.timed(|| self.open(limit)?.get(known.as_deref())) {
            Ok(Fetched::Unchanged) => {}
            Ok(Fetched::Found { tag, content }) => {
                self.incoming(tag, content, known).keep_when_free()?;
            }
            Ok(Fetched::Absent) if has_copy => location.remove()?,
            Ok(Fetched::Absent) => {}
            Err(failure) if failure.kind == FailureKind::Unreachable && has_copy && !writes => {
                self.note_failure(&mut state);
            }
            Err(failure) => {
                let address = self.address().to_owned();
                return Err(FileError::Upload { address, reason: failure.into() });
            }
        }
        Ok(location)
    }

    /// Asks the engine for a sign of life, before a choice between it and a queue. Returns the reason if there is none. A
    /// change waits longer than a read, and as long as it takes unless it may be queued.
    pub(in crate::store) fn silence(
        &self,
        is_change: bool,
        may_queue: bool,
    ) -> Result<Option<StaleCopy>, Error> {
        let mut state = self.state();
        if self.contact() == Contact::Offline {
            return Ok(Some(StaleCopy::of(&state, None)));
        }
        if !is_change && self.is_paused(&state) {
            return Ok(Some(StaleCopy::of(&state, Some(SILENT.to_owned()))));
        }
        let limit = match (is_change, may_queue) {
            (true, true) => QUEUE_PATIENCE,
            (true, false) => PATIENCE,
            (false, _) => self.limit(&state, true),
        };
        match self.timed(|| self.open(limit)?.range(None, 0, 1)) {
            Ok(_) => {
                if state.failed.take().is_some() {
                    // the reads that follow ask it again
                    self.note(&state);
                }
                Ok(None)
            }
            Err(failure) if failure.kind == FailureKind::Unreachable => {
                self.note_failure(&mut state);
                Ok(Some(StaleCopy::of(&state, Some(failure.text))))
            }
            Err(failure) => Err(self.failed(failure).into()),
        }
    }

    /// Returns true if the engine did not answer a moment ago, and reads should not wait for it again.
    fn is_paused(&self, state: &CopyState) -> bool {
        match self.contact() {
            Contact::Offline => true,
            Contact::Fresh => false,
            Contact::Usual(_) => state.failed.is_some_and(|at| (0..PAUSE).contains(&(self.now() - at))),
        }
    }

    fn note_failure(&self, state: &mut CopyState) {
        state.failed = Some(self.now());
        self.note(state);
    }

    /// Returns the time in which a read needs an answer.
    fn limit(&self, state: &CopyState, has_copy: bool) -> Duration {
        match self.contact() {
            Contact::Usual(limit) if has_copy => {
                let usual = Duration::from_millis(state.took.unwrap_or_default().into());
                limit.max((usual * MARGIN).min(READ_PATIENCE))
            }
            _ => PATIENCE,
        }
    }

    /// Checks that there is no object at the address, before one is made.
    pub(in crate::store) fn require_absent(&self) -> Result<(), Error> {
        match self.with_object(|object| object.range(None, 0, 1)) {
            Ok(Ranged::Absent) => Ok(()),
            Ok(_) => Err(vault::Error::from(FileError::Exists { path: self.address().into() }).into()),
            Err(failure) => Err(self.failed(failure).into()),
        }
    }

    /// Checks that the engine has the object of which there is a copy.
    ///
    /// # Errors
    /// [`EngineError::Gone`], and any failure of the engine.
    pub fn require_there(&self) -> Result<(), Error> {
        match self.require_absent() {
            Ok(()) => Err(self.absent(true)),
            Err(Error::Vault(vault::Error::File(FileError::Exists { .. }))) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn incoming(&self, tag: String, content: Vec<u8>, replaces: Option<String>) -> IncomingObject {
        IncomingObject { copy: self.clone(), content: content.into(), tag, replaces }
    }

    fn absent(&self, has_copy: bool) -> Error {
        let address = self.address().to_owned();
        if has_copy {
            EngineError::Gone { address, copy: self.path() }.into()
        } else {
            Error::NoVault { path: address.into() }
        }
    }

    fn failed(&self, failure: EngineFailure) -> EngineError {
        let (address, text) = (self.address().to_owned(), failure.text);
        match failure.kind {
            FailureKind::Unreachable => EngineError::Unreachable { address, text },
            _ => EngineError::Refused { address, text },
        }
    }
}

/// Returns true if a file has the mark of a bundle.
fn is_bundle(location: &Location) -> bool {
    let sealed = location.open().ok().and_then(|file| Sealed::inspect(file).ok());
    sealed.is_some_and(|sealed| sealed.stamp().is_some())
}
