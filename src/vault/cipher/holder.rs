//! Somebody who holds keys for this process, such as an agent. The keys never leave the holder: it unwraps
//! the key of one file at a time, and wraps the key of a new one.

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::sync::Arc;

use age::{DecryptError, EncryptError, Identity, Recipient};
use age_core::format::{FileKey as AgeKey, Stanza};

use super::wrapped_key::{FileKey, WrappedKey};
use crate::vault::key_error::Locked;

/// A holder of keys.
pub trait Holder: Send + Sync {
    /// Unwraps the key of a file. Returns `None` if the holder has no key that does.
    fn unwrap(&self, wrapped: &WrappedKey) -> Option<FileKey>;

    /// Wraps the key of a new file with the passphrase that the holder has. Returns `None` if it has none any
    /// more.
    fn wrap(&self, key: &FileKey) -> Option<WrappedKey>;

    /// Receives the key of a file that something else unwrapped, such as a plugin that asks for a touch.
    fn keep(&self, _wrapped: &WrappedKey, _key: &FileKey) {}
}

/// A passphrase that a holder has.
#[derive(Clone)]
pub struct Held(Arc<dyn Holder>);

impl Held {
    /// Makes the key of a holder that has the passphrase of a vault.
    #[must_use]
    pub fn by(holder: Arc<dyn Holder>) -> Self {
        Self(holder)
    }

    pub(super) fn unwrap(&self, wrapped: &WrappedKey) -> Option<FileKey> {
        self.0.unwrap(wrapped)
    }

    pub(super) fn identity(&self) -> HeldIdentity {
        HeldIdentity { holder: Arc::clone(&self.0), inner: Vec::new() }
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held(…)")
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The identities that a holder has, before others that it learns from.
pub(super) struct HeldIdentity {
    pub(super) holder: Arc<dyn Holder>,
    pub(super) inner: Vec<Box<dyn Identity>>,
}

impl Identity for HeldIdentity {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<AgeKey, DecryptError>> {
        self.unwrap_stanzas(std::slice::from_ref(stanza))
    }

    fn unwrap_stanzas(&self, stanzas: &[Stanza]) -> Option<Result<AgeKey, DecryptError>> {
        let wrapped = WrappedKey::of(stanzas);
        if let Some(key) = self.holder.unwrap(&wrapped) {
            return Some(Ok(key.to_age()));
        }
        let found = self.inner.iter().find_map(|one| one.unwrap_stanzas(stanzas));
        if let Some(Ok(key)) = &found {
            self.holder.keep(&wrapped, &FileKey::of_age(key));
        }
        found
    }
}

impl Recipient for Held {
    fn wrap_file_key(&self, key: &AgeKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let gone = || EncryptError::Io(io::Error::other(Locked::Held));
        let wrapped = self.0.wrap(&FileKey::of_age(key)).ok_or_else(gone)?;
        // it is the only recipient, so its labels are compared with no others
        Ok((wrapped.stanzas().map_err(|_| gone())?, HashSet::new()))
    }
}
