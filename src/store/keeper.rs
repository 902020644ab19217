//! The keeper of a key: gives the key to a store, and is told what happens.

use std::path::Path;
use std::rc::Rc;

use super::error::Error;
use super::places::StaleCopy;
use crate::disk::{FileError, Loose};
use crate::signature::SigningKey;
use crate::vault::{self, Distrust, Key, Plugins, Sealed, Signer, Strangers};

/// The keeper of a key, who opens a vault. A [`Key`] can be its own keeper, see [`Key::keeper`]; a program
/// may ask somebody instead.
pub trait Keeper {
    /// The error of every use of the store.
    type Error: From<Error>;

    /// Finds the key for a file.
    ///
    /// # Errors
    /// Fails if there is none.
    fn key(&self, file: &Sealed) -> Result<Rc<Key>, Self::Error>;

    /// Returns true if another key can be given. Takes the error of the key that failed, and the number of
    /// failed keys.
    ///
    /// # Errors
    /// Fails if the operator cannot be asked any more.
    fn again(&self, _error: &vault::Error, _failed: usize) -> Result<bool, Self::Error> {
        Ok(false)
    }

    /// Returns true if finding the key may take somebody long. Then it is found before others are locked out.
    fn may_ask(&self) -> bool {
        false
    }

    /// Returns the age plugins that may be run.
    fn plugins(&self) -> Plugins {
        Plugins::default()
    }

    /// Finds the key of one of the signers, to sign a write with. Returns `None` if the keeper has none.
    ///
    /// # Errors
    /// Fails if there is one that cannot be used.
    fn signing_key(&self, _signers: &[Signer]) -> Result<Option<Rc<dyn SigningKey>>, Self::Error> {
        Ok(None)
    }

    /// Gets ready to write secrets.
    fn prepare(&self) {}

    /// Receives a notice of what happens.
    fn hear(&self, _notice: Notice<'_>) {}
}

/// The events of reading and writing a vault.
#[derive(Debug)]
#[non_exhaustive]
pub enum Notice<'a> {
    /// A vault that was read.
    Read {
        /// The generation of the vault.
        generation: u64,
        /// The path of the vault.
        path: &'a Path,
    },
    /// A vault that was written. An error from now on does not undo that.
    Written {
        /// The generation of the vault.
        generation: u64,
        /// The path of the vault.
        path: &'a Path,
    },
    /// A vault of an earlier format that was written in the one of today.
    Upgraded {
        /// The format version of today.
        format: u64,
        /// The path of the file before, if it was kept.
        backup: Option<&'a Path>,
    },
    /// A file or its folder that others can write.
    Loose(Loose),
    /// Another name of the vault, a hard link, which keeps the state before a write.
    OtherName(&'a Path),
    /// A backup that had to go, and is gone.
    BackupRemoved,
    /// A backup that must go, and is still there.
    BackupLeft(FileError),
    /// The first write of the vault by this machine, with those who can read it.
    FirstWrite(&'a Strangers),
    /// A vault that is read although it is not the latest one that this machine knows.
    Distrusted(&'a Distrust),
    /// A vault that is used although it is not the latest one that this machine knows, because git has it checked out.
    OnBranch(&'a Distrust),
    /// A vault that is signed, and that this machine knew when it was not.
    Signed(&'a [Signer]),
    /// A machine that cannot remember the vault and its recipients.
    NoMemory(&'a FileError),
    /// A vault that is read from the working copy, because the engine was not asked or did not answer.
    Stale {
        /// The address of the vault.
        address: &'a str,
        /// The age of the copy, and the reason.
        copy: &'a StaleCopy,
    },
    /// A change that was written to the queue of the vault at this address.
    Queued {
        /// The address of the vault.
        address: &'a str,
    },
    /// A change that is made once more, because another writer was faster.
    Again,
    /// An environment whose bundle was not written.
    Missed {
        /// The name of the environment.
        environment: &'a str,
        /// The reason.
        error: &'a Error,
    },
}

impl Key {
    /// Makes the key its own keeper.
    #[must_use]
    pub fn keeper(self) -> Rc<Self> {
        Rc::new(self)
    }
}

impl Keeper for Rc<Key> {
    type Error = Error;

    fn key(&self, _file: &Sealed) -> Result<Self, Error> {
        Ok(Self::clone(self))
    }
}

impl<K: Keeper + ?Sized> Keeper for &K {
    type Error = K::Error;

    fn key(&self, file: &Sealed) -> Result<Rc<Key>, K::Error> {
        (**self).key(file)
    }

    fn again(&self, error: &vault::Error, failed: usize) -> Result<bool, K::Error> {
        (**self).again(error, failed)
    }

    fn may_ask(&self) -> bool {
        (**self).may_ask()
    }

    fn plugins(&self) -> Plugins {
        (**self).plugins()
    }

    fn signing_key(&self, signers: &[Signer]) -> Result<Option<Rc<dyn SigningKey>>, K::Error> {
        (**self).signing_key(signers)
    }

    fn prepare(&self) {
        (**self).prepare();
    }

    fn hear(&self, notice: Notice<'_>) {
        (**self).hear(notice);
    }
}
