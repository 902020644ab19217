//! The working copy of an object: its place on this machine, and what it is known to be equal to.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::copy_state::CopyState;
use super::engines::{Contact, SharedPlaces, address, has_credential, normal, shown};
use crate::digest::ContentDigest;
use crate::disk::{FileError, Location};
use crate::remote::{EngineFailure, FailureKind, RemoteObject};
use crate::vault::Sealed;

/// The name of each working copy in its folder.
const COPY: &str = "copy.age";
/// The time in which an engine must begin to answer where nothing else will do.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// The working copy of an object on an engine.
#[derive(Clone)]
pub struct WorkingCopy(Rc<CopyParts>);

struct CopyParts {
    places: SharedPlaces,
    /// The address as it was given, which may have a credential.
    raw: String,
    /// The address as it may be shown.
    address: String,
    folder: PathBuf,
    /// The open object, which a write uses twice.
    object: RefCell<Option<Box<dyn RemoteObject>>>,
    /// The state, if the disk did not take it.
    unkept: RefCell<Option<CopyState>>,
    /// The milliseconds that the engine took for its last answer to this run.
    took: Cell<Option<u32>>,
}

impl fmt::Debug for WorkingCopy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WorkingCopy").field(&self.0.address).finish()
    }
}

impl WorkingCopy {
    /// Returns the working copy of the object that a name is the address of; `None` if it is the path of a file.
    #[must_use]
    pub fn of(places: &SharedPlaces, name: &Path) -> Option<Self> {
        let raw = normal(address(name)?);
        let digest = ContentDigest::of(raw.as_bytes()).to_string();
        Some(Self(Rc::new(CopyParts {
            places: places.clone(),
            address: shown(&raw),
            folder: places.folder.join(&digest[..32]),
            raw,
            object: RefCell::default(),
            unkept: RefCell::default(),
            took: Cell::default(),
        })))
    }

    /// Returns the address of the object as it may be shown.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// Returns the time when the engine last answered that the copy is equal to the object.
    #[must_use]
    pub fn compared(&self) -> Option<DateTime<Utc>> {
        let checked = self.state().checked;
        DateTime::from_timestamp(checked, 0).filter(|_| checked > 0)
    }

    /// Returns the location of the copy as a file of this machine alone.
    pub(super) fn plain(&self) -> Result<Location, FileError> {
        Location::resolve_or_create(&self.path())
    }

    /// Returns the path of the copy, which may be missing.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.0.folder.join(COPY)
    }

    pub(super) fn state(&self) -> CopyState {
        self.0.unkept.borrow().clone().unwrap_or_else(|| CopyState::read(&self.state_folder()))
    }

    pub(super) fn note(&self, state: &CopyState) {
        let state = &CopyState { took: self.0.took.get().or(state.took), ..state.clone() };
        // a state that cannot be kept counts for this run, and costs the next one a transfer
        let unkept = state.write(&self.state_folder()).is_err().then(|| state.clone());
        *self.0.unkept.borrow_mut() = unkept;
    }

    /// Returns the folder of the queue, which may be missing.
    pub(super) fn queue_folder(&self) -> PathBuf {
        let name = self.0.folder.file_name().unwrap_or_default();
        self.0.places.queues.join(name)
    }

    fn state_folder(&self) -> PathBuf {
        self.0.folder.join("state")
    }

    pub(super) fn now(&self) -> i64 {
        self.0.places.now.timestamp()
    }

    /// Returns the tag of the object that the copy is equal to, as far as that is known.
    pub(super) fn tag(location: &Location, state: &CopyState) -> Option<String> {
        let digest = location.open().ok().and_then(|file| Sealed::inspect(file).ok())?.digest();
        state.tag.clone().filter(|_| state.digest == Some(digest))
    }

    /// Notes that the copy is equal to the object of this tag.
    pub(super) fn note_current(&self, location: &Location, tag: String) {
        let digest =
            location.open().ok().and_then(|file| Sealed::inspect(file).ok()).map(|sealed| sealed.digest());
        let CopyState { probed, took, .. } = self.state();
        let state =
            CopyState { tag: Some(tag), digest, checked: self.now(), probed, took, ..CopyState::default() };
        self.note(&state);
    }

    /// Opens the object with a limit for each answer.
    ///
    /// # Errors
    /// Fails if no engine is to be asked, if the address has a credential, or if nothing reaches such an engine.
    pub(super) fn open(&self, limit: Duration) -> Result<Box<dyn RemoteObject>, EngineFailure> {
        self.open_at(&self.0.raw, limit)
    }

    /// Opens the object of a blob beside the object, as [`Self::open`] does.
    pub(super) fn open_blob(&self, id: Uuid) -> Result<Box<dyn RemoteObject>, EngineFailure> {
        // the names are those of the folder beside a file
        self.open_at(&format!("{}.d/{}.age", self.0.raw, id.simple()), PATIENCE)
    }

    fn open_at(&self, raw: &str, limit: Duration) -> Result<Box<dyn RemoteObject>, EngineFailure> {
        if self.contact() == Contact::Offline {
            return Err(EngineFailure::new(FailureKind::Unreachable, "--offline asks no server"));
        }
        if has_credential(raw) {
            let text = "an address must not contain a password or a token";
            return Err(EngineFailure::new(FailureKind::Refused, text));
        }
        self.0.places.engines.open(raw, limit)
    }

    /// Measures the time of a request, and returns its result.
    pub(super) fn timed<T>(
        &self,
        ask: impl FnOnce() -> Result<T, EngineFailure>,
    ) -> Result<T, EngineFailure> {
        let begin = Instant::now();
        let answer = ask()?;
        self.0.took.set(u32::try_from(begin.elapsed().as_millis()).ok());
        Ok(answer)
    }

    /// Lets `act` use the object that this write has open.
    pub(super) fn with_object<T>(
        &self,
        act: impl FnOnce(&mut dyn RemoteObject) -> Result<T, EngineFailure>,
    ) -> Result<T, EngineFailure> {
        let mut object = match self.0.object.borrow_mut().take() {
            Some(object) => object,
            None => self.open(PATIENCE)?,
        };
        let done = act(object.as_mut());
        if done.is_ok() {
            *self.0.object.borrow_mut() = Some(object);
        }
        done
    }

    /// Closes the object that this write has open.
    pub(super) fn close_object(&self) {
        self.0.object.take();
    }

    pub(in crate::store) fn contact(&self) -> Contact {
        self.0.places.contact
    }
}
