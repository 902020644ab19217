//! Changes of credentials that wait to be saved.

use std::collections::BTreeSet;

use super::collection::{Pending, Purged, Vault};
use super::error::Error;
use super::new_record::NewRecord;
use crate::credential::Credential;
use crate::text::compose;

impl Vault {
    /// Puts a credential in the place of the one of its id, which is kept as an earlier version. If there is
    /// none, it is added.
    ///
    /// # Errors
    /// Never in practice.
    pub(crate) fn put(&mut self, credential: &Credential) -> Result<(), Error> {
        self.pend(credential, true)
    }

    /// Puts a credential in as [`Vault::put`] does, for a change that makes no version: of who may use it.
    ///
    /// # Errors
    /// Never in practice.
    pub(crate) fn amend(&mut self, credential: &Credential) -> Result<(), Error> {
        self.pend(credential, false)
    }

    fn pend(&mut self, credential: &Credential, versioned: bool) -> Result<(), Error> {
        if credential.kind().identity_name {
            self.of_users = None;
        }
        let record = NewRecord::new(credential)?;
        let id = credential.id().to_owned();
        // a grant after a change of the same credential must not lose the version of that change
        let versioned = versioned || self.changes.get(&id).is_some_and(|pending| pending.versioned);
        self.changes.insert(id, Pending { record: Some(record), versioned });
        Ok(())
    }

    /// Puts in one new credential. Saving the vault finds out whether its id is free, because it goes through
    /// all ids anyway.
    ///
    /// # Errors
    /// Never in practice.
    pub(crate) fn put_new(&mut self, credential: &Credential) -> Result<(), Error> {
        self.new = Some(credential.id().to_owned());
        self.put(credential)
    }

    /// Takes a credential out; it is kept as an earlier version.
    pub(crate) fn remove(&mut self, id: &str) {
        // nothing here tells whether the one that goes is named after a user
        self.of_users = None;
        self.changes.insert(compose(id).into_owned(), Pending { record: None, versioned: true });
    }

    /// Forgets every change that was not saved.
    pub(crate) fn discard(&mut self) {
        self.of_users = None;
        self.new = None;
        self.changes.clear();
        self.renamed.clear();
        self.sections = Default::default();
        self.keys = Default::default();
        self.types = None;
        self.joined.clear();
        self.purged = Purged::Some(BTreeSet::new());
        self.blobs.new.clear();
    }

    /// Returns true if there is anything to save.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.is_purging()
            || !self.changes.is_empty()
            || !self.joined.is_empty()
            || self.sections.iter().any(Option::is_some)
    }
}
