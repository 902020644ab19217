//! One request of one client, and its answer.

use std::io::{self, Read as _};
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, PoisonError};

use rustix::net::{SendFlags, send};

use super::keyring::Keyring;
use crate::cli::agent::message::{AgentAnswer, Request, Summary, WORKING};
use crate::cli::agent::socket::PATIENCE;
use crate::cli::agent::wire::{VERSION, read_message};

/// A client that waits for an answer.
pub struct Connection {
    stream: UnixStream,
    /// True once the answer has left.
    is_answered: Mutex<bool>,
}

impl Connection {
    /// Takes over the socket of a client.
    pub fn new(stream: UnixStream) -> Self {
        Self { stream, is_answered: Mutex::new(false) }
    }

    /// Reads the request and answers it. Returns true if the keys that are held may have changed.
    pub fn serve(&self, keyring: &Keyring) -> io::Result<bool> {
        self.stream.set_nonblocking(false)?;
        self.stream.set_read_timeout(Some(PATIENCE))?;
        let mut stream = &self.stream;
        let mut first = [0; 2];
        stream.read_exact(&mut first)?;
        let [version, kind] = first;
        if version != VERSION {
            self.answer(&AgentAnswer::OtherVersion);
            return Ok(false);
        }
        let message = read_message(&mut stream)?;
        let request = Request::read(kind, &message);
        drop(message);
        let changes = matches!(request, Some(Request::Add(_) | Request::Lock(..)));
        self.act(keyring, request);
        Ok(changes)
    }

    fn act(&self, keyring: &Keyring, request: Option<Request>) {
        let done = |is_done| if is_done { AgentAnswer::Done(1) } else { AgentAnswer::No };
        let answer = match request {
            Some(Request::Unwrap(names, wrapped, is_use)) => {
                return keyring.unwrap(&names, &wrapped, is_use, &mut |key| {
                    self.answer(&key.cloned().map_or(AgentAnswer::No, AgentAnswer::Unwrapped));
                });
            }
            Some(Request::Wrap(name, key)) => {
                return keyring.wrap(name, &key, &mut |wrapped| {
                    self.answer(&wrapped.cloned().map_or(AgentAnswer::No, AgentAnswer::Wrapped));
                });
            }
            Some(Request::Keep(names, wrapped, key)) => done(keyring.keep(&names, &wrapped, &key)),
            Some(Request::Add(addition)) => done(keyring.add(&addition)),
            Some(Request::Lock(vault, names)) => AgentAnswer::Done(keyring.lock(vault, &names) as u64),
            Some(Request::State(names)) => {
                let (left, vaults, protection) = keyring.look(&names);
                let summary = Summary { vaults: vaults as u64, protection };
                AgentAnswer::State(left, summary)
            }
            None => AgentAnswer::No,
        };
        self.answer(&answer);
    }

    /// Sends the answer. A client that does not read gets none.
    fn answer(&self, answer: &AgentAnswer) {
        let mut is_answered = self.is_answered.lock().unwrap_or_else(PoisonError::into_inner);
        *is_answered = true;
        let _ = send(&self.stream, &answer.bytes(), SendFlags::DONTWAIT | SendFlags::NOSIGNAL);
    }

    /// Tells the client that the answer takes its time.
    pub fn beat(&self) {
        let is_answered = self.is_answered.lock().unwrap_or_else(PoisonError::into_inner);
        if !*is_answered {
            let _ = send(&self.stream, &[WORKING], SendFlags::DONTWAIT | SendFlags::NOSIGNAL);
        }
    }
}
