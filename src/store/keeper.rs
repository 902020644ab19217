//! The keeper of a key: where a store gets it from, and who is told what happens.

use std::path::Path;
use std::rc::Rc;

use super::error::Error;
use crate::disk::{FileError, Loose};
use crate::vault::{self, Key, Plugins, Sealed, Strangers};

/// The one who opens a vault. A [`Key`] can be its own, see [`Key::keeper`]; a program may ask somebody instead.
pub trait Keeper {
    /// What goes wrong.
    type Error: From<Error>;

    /// Finds the key for a file.
    ///
    /// # Errors
    /// There is none.
    fn key(&self, file: &Sealed) -> Result<Rc<Key>, Self::Error>;

    /// Tells whether another key can be given after one that failed, and how many have.
    ///
    /// # Errors
    /// Nobody can be asked any more.
    fn again(&self, _error: &vault::Error, _failed: usize) -> Result<bool, Self::Error> {
        Ok(false)
    }

    /// Tells whether finding the key may take somebody long. Then it is found before others are locked out.
    fn may_ask(&self) -> bool {
        false
    }

    /// Returns the age plugins that may be run.
    fn plugins(&self) -> Plugins {
        Plugins::default()
    }

    /// Gets ready to write secrets.
    fn prepare(&self) {}

    /// Hears of what happens.
    fn hear(&self, _notice: Notice<'_>) {}
}

/// What happens while a vault is read and written.
#[derive(Debug)]
#[non_exhaustive]
pub enum Notice<'a> {
    /// The vault was read.
    Read {
        /// Its generation.
        generation: u64,
        /// Where it is.
        path: &'a Path,
    },
    /// The vault was written. What goes wrong from now on does not undo it.
    Written {
        /// Its generation.
        generation: u64,
        /// Where it is.
        path: &'a Path,
    },
    /// Others can write a file or its folder.
    Loose(Loose),
    /// The vault has another name, a hard link, which keeps the state before a write.
    OtherName(&'a Path),
    /// A backup that had to go is gone.
    BackupRemoved,
    /// A backup that must go is still there.
    BackupLeft(FileError),
    /// This machine writes the vault for the first time, and these can read it.
    FirstWrite(&'a Strangers),
    /// This machine cannot remember whom it locks the vault to.
    NoMemory(&'a FileError),
    /// The bundle of an environment was not written.
    Missed {
        /// The environment.
        environment: &'a str,
        /// Why.
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

    fn prepare(&self) {
        (**self).prepare();
    }

    fn hear(&self, notice: Notice<'_>) {
        (**self).hear(notice);
    }
}
