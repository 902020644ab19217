//! The agent as a holder of keys, for the library.

use std::sync::{Mutex, MutexGuard, PoisonError};

use credctl::disk::RunFolder;
use credctl::vault::{FileKey, Holder, Sealed, WrappedKey};

use super::client::{Trouble, ask};
use super::message::{AgentAnswer, Request};
use super::name::KeyName;

/// The agent, asked for some keys alone.
pub struct Agent {
    folder: RunFolder,
    names: Vec<KeyName>,
    /// True if what is asked for counts as a use of the key.
    is_use: bool,
    state: Mutex<AskedBefore>,
}

/// The answers so far.
#[derive(Default)]
struct AskedBefore {
    /// The file whose key came last, which is asked for twice as a rule: by the look at the header, and by
    /// the opening.
    last: Option<([u8; 32], FileKey)>,
    /// The trouble, after which the agent is not asked again.
    trouble: Option<Trouble>,
}

impl Agent {
    /// Makes the holder of keys that have these names.
    pub fn new(folder: RunFolder, names: Vec<KeyName>) -> Self {
        Self { folder, names, is_use: true, state: Mutex::default() }
    }

    /// Makes what is asked for no use of the key: a look at the vault must not keep it open.
    pub fn looking(self) -> Self {
        Self { is_use: false, ..self }
    }

    /// Returns true if the agent has a key that opens a file.
    pub fn opens(&self, sealed: &Sealed) -> bool {
        sealed.wrapped_key().is_ok_and(|wrapped| self.unwrap(&wrapped).is_some())
    }

    /// Returns the reason why the agent gave no answer.
    pub fn trouble(&self) -> Option<Trouble> {
        self.state().trouble.clone()
    }

    fn state(&self) -> MutexGuard<'_, AskedBefore> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, state: &mut AskedBefore, request: &Request) -> Option<AgentAnswer> {
        if state.trouble.is_some() {
            return None;
        }
        ask(&self.folder, request).map_err(|trouble| state.trouble = Some(trouble)).ok()
    }
}

impl Holder for Agent {
    fn unwrap(&self, wrapped: &WrappedKey) -> Option<FileKey> {
        let mut state = self.state();
        let digest = wrapped.digest();
        if let Some((known, key)) = &state.last
            && *known == digest
        {
            return Some(key.clone());
        }
        match self.ask(&mut state, &Request::Unwrap(self.names.clone(), wrapped.clone(), self.is_use))? {
            AgentAnswer::Unwrapped(key) => {
                state.last = Some((digest, key.clone()));
                Some(key)
            }
            _ => None,
        }
    }

    fn wrap(&self, key: &FileKey) -> Option<WrappedKey> {
        let name = *self.names.first()?;
        let request = Request::Wrap(name, key.clone());
        match self.ask(&mut self.state(), &request)? {
            AgentAnswer::Wrapped(wrapped) => Some(wrapped),
            _ => None,
        }
    }

    fn keep(&self, wrapped: &WrappedKey, key: &FileKey) {
        let request = Request::Keep(self.names.clone(), wrapped.clone(), key.clone());
        let _ = self.ask(&mut self.state(), &request);
    }
}
