//! The terms on which a caller uses a store: who he is, when, and what is kept.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::places::{SharedPlaces, WorkingCopy};
use super::scope::Scope;
use crate::credential::{Act, Rules};
use crate::disk::{FileError, Location};
use crate::kind::rule::account::PasswordPolicy;
use crate::vault::{Checkout, Remember};

/// Versions of each credential that are kept unless somebody says otherwise.
pub const VERSIONS: usize = 10;

/// The terms on which a caller uses a store: the caller, the time, and what is kept.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The part of the vault that the caller works with.
    pub scope: Scope,
    /// The id of the operator who acts.
    pub actor: Uuid,
    /// The name of the operator, if it is known.
    pub actor_name: Option<String>,
    /// The time of the use, in microseconds.
    pub now: DateTime<Utc>,
    /// The rule for passwords of accounts.
    pub passwords: PasswordPolicy,
    /// The most earlier versions of a credential; 0 keeps none.
    pub versions: usize,
    /// The time to wait for another writer.
    pub lock_timeout: Duration,
    /// The folder where this machine remembers the vaults that it has opened; none to remember nothing.
    pub pins: Option<PathBuf>,
    /// True if recipients that are new to this machine are accepted.
    pub accept_recipients: bool,
    /// True if a vault is read although it is not the latest one that this machine knows.
    pub accept_older: bool,
    /// Compares a file with what git has at its place in the commit that is checked out. Without it, no generation is
    /// accepted because of git.
    pub committed: Option<fn(&Checkout, &File) -> bool>,
    /// True if a change is kept in a queue while the engine of the vault does not answer.
    pub queues: bool,
    /// The engines that addresses name. Without them, each name is the path of a file.
    pub places: Option<Rc<SharedPlaces>>,
}

impl Terms {
    /// Returns terms for the whole vault, with the usual rules, for somebody at an instant in microseconds.
    #[must_use]
    pub fn new(actor: Uuid, now: DateTime<Utc>) -> Self {
        Self {
            scope: Scope::default(),
            actor,
            actor_name: None,
            now,
            passwords: PasswordPolicy::default(),
            versions: VERSIONS,
            lock_timeout: Duration::from_secs(10),
            pins: None,
            accept_recipients: false,
            accept_older: false,
            committed: None,
            queues: false,
            places: None,
        }
    }

    /// Returns the working copy of the object that a name is the address of; `None` if it is the path of a file.
    #[must_use]
    pub fn copy(&self, name: &Path) -> Option<WorkingCopy> {
        WorkingCopy::of(self.places.as_ref()?, name)
    }

    /// Finds the location of the file of this name, or of the working copy of the object at this address.
    ///
    /// # Errors
    /// As [`Location::resolve`].
    pub fn locate(&self, name: &Path) -> Result<Location, FileError> {
        self.copy(name).map_or_else(|| Location::resolve(name), |copy| copy.location())
    }

    /// Finds the location of a bundle to look at it, and brings the working copy of one at an address up to date. A copy
    /// whose engine does not answer stays as it is.
    ///
    /// # Errors
    /// As [`Location::resolve`]; [`FileError::Upload`] if the engine refuses.
    pub fn fetch(&self, name: &Path) -> Result<Location, FileError> {
        self.copy(name).map_or_else(|| Location::resolve(name), |copy| copy.fetched(false))
    }

    /// Finds the location of a bundle to write it, as [`Self::fetch`] does. The engine must answer.
    ///
    /// # Errors
    /// As [`Self::fetch`].
    pub fn fetch_to_write(&self, name: &Path) -> Result<Location, FileError> {
        self.copy(name).map_or_else(|| Location::resolve(name), |copy| copy.fetched(true))
    }

    /// Finds the location as [`Self::locate`] does, but makes the missing folders of the path first.
    ///
    /// # Errors
    /// As [`Location::resolve`].
    pub fn locate_or_create(&self, name: &Path) -> Result<Location, FileError> {
        self.copy(name).map_or_else(|| Location::resolve_or_create(name), |copy| copy.location())
    }

    /// Returns the actor, the time and the project of a change.
    #[must_use]
    pub fn act(&self) -> Act {
        Act {
            now: self.now,
            actor: self.actor,
            actor_name: self.actor_name.clone(),
            project: self.scope.project.clone(),
        }
    }

    /// Returns the rules of the gate that an installation chooses.
    #[must_use]
    pub fn rules(&self) -> Rules<'_> {
        Rules { password: &self.passwords }
    }

    /// Returns the choice of the earlier versions that a change keeps.
    #[must_use]
    pub fn remember(&self) -> Remember {
        Remember { versions: self.versions, at: self.now, by: self.actor }
    }
}
