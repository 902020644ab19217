//! A credential that was read once and waits until it is used, as those of an export do.

use std::borrow::Cow;
use std::fmt;

use zeroize::Zeroizing;

use super::error::Error;
use super::wire::{self, Section};
use crate::credential::Credential;
use crate::kind::Kind;

/// The length from which on a line is no better than its values: with so long texts, there are few of them.
const LONG: usize = 4 * 1024 * 1024;

/// A credential that waits. It waits as its line, because many short values take many times as much memory as
/// their text.
pub struct Kept {
    kind: &'static Kind,
    state: KeptState,
}

enum KeptState {
    Line(Zeroizing<Box<[u8]>>),
    Read(Box<Credential>),
}

impl Kept {
    /// Keeps a credential that was read from a line.
    pub(super) fn new(line: &[u8], credential: Credential) -> Self {
        if line.len() >= LONG {
            return credential.into();
        }
        Self { kind: credential.kind(), state: KeptState::Line(Zeroizing::new(line.into())) }
    }

    /// Returns the type.
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// Returns the length of its line in bytes, or the length from which on that is not known.
    #[must_use]
    pub fn length(&self) -> usize {
        match &self.state {
            KeptState::Line(line) => line.len(),
            KeptState::Read(_) => LONG,
        }
    }

    /// Returns the credential by itself.
    ///
    /// # Errors
    /// As [`Kept::credential`].
    pub fn into_credential(self) -> Result<Credential, Error> {
        match self.state {
            KeptState::Read(credential) => Ok(*credential),
            KeptState::Line(_) => self.credential().map(Cow::into_owned),
        }
    }

    /// Returns the credential.
    ///
    /// # Errors
    /// Never in practice, because the line was read before.
    pub fn credential(&self) -> Result<Cow<'_, Credential>, Error> {
        match &self.state {
            KeptState::Read(credential) => Ok(Cow::Borrowed(credential)),
            KeptState::Line(line) => {
                // the type was found when the line was read
                let typed = |mut read: Credential| {
                    read.head.kind = self.kind;
                    Cow::Owned(read)
                };
                let read = wire::credential(line).map(typed);
                read.map_err(|problem| Error::record(Section::Credentials, 0, problem))
            }
        }
    }
}

impl From<Credential> for Kept {
    fn from(credential: Credential) -> Self {
        Self { kind: credential.kind(), state: KeptState::Read(Box::new(credential)) }
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept(…)")
    }
}
