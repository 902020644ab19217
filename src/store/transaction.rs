//! A change of a vault, made of as many steps as it takes: all of them are saved, or none.

use std::ops::{Deref, DerefMut};

use chrono::{DateTime, Utc};

use super::error::Error;
use super::places::Queue;
use super::terms::Terms;
use crate::credential::{Changed, Credential, Draft, FieldChange, Grantee, moved, set_password};
use crate::disk::Location;
use crate::kind::Kind;
use crate::secret::Secret;
use crate::vault::{Reference, Vault};

/// An open vault that is being changed. Reading goes through the vault itself.
pub struct Transaction<'a> {
    vault: &'a mut Vault,
    terms: &'a Terms,
    /// The location of the vault; none if nothing is saved.
    location: Option<&'a Location>,
    /// The queue that gets the change, if it is not the vault at the address.
    queue: Option<&'a Queue>,
}

/// A credential whose grants were to change.
#[derive(Debug)]
pub struct AccessChange {
    /// The credential.
    pub credential: Credential,
    /// True if a grant is new, has another end, or was revoked.
    pub is_changed: bool,
    /// The grants that differ.
    pub changes: Vec<FieldChange>,
}

impl Deref for Transaction<'_> {
    type Target = Vault;

    fn deref(&self) -> &Vault {
        self.vault
    }
}

impl DerefMut for Transaction<'_> {
    fn deref_mut(&mut self) -> &mut Vault {
        self.vault
    }
}

impl<'a> Transaction<'a> {
    pub(super) fn new(vault: &'a mut Vault, terms: &'a Terms, location: &'a Location) -> Self {
        Self { vault, terms, location: Some(location), queue: None }
    }

    /// Returns a change that is not saved.
    pub(super) fn trial(vault: &'a mut Vault, terms: &'a Terms) -> Self {
        Self { vault, terms, location: None, queue: None }
    }

    /// Makes it a change of a queue.
    pub(super) fn in_queue(self, queue: Option<&'a Queue>) -> Self {
        Self { queue, ..self }
    }

    /// Fails in a queue: what changes other files, or forgets what the engine has, needs the engine.
    pub(super) fn refuse_in_queue(&self, what: &'static str) -> Result<(), Error> {
        self.queue.map_or(Ok(()), |queue| Err(queue.refusal(what)))
    }

    pub(super) fn is_trial(&self) -> bool {
        self.location.is_none()
    }

    /// Returns the location of the vault, unless nothing is saved.
    pub(super) fn location(&self) -> Option<&'a Location> {
        self.location
    }

    /// Returns the terms on which the change is made.
    #[must_use]
    pub fn terms(&self) -> &'a Terms {
        self.terms
    }

    /// Forgets every change of the transaction so far.
    pub fn discard(&mut self) {
        self.vault.discard();
    }

    /// Adds a credential of a type.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// let added = store.change(|vault| vault.add(login(), db()))?.answer;
    /// assert_eq!(added.credential.head().stamp.revision, 1);
    /// // an id is given once, and what a type needs must be there
    /// assert!(store.change(|vault| vault.add(login(), db())).is_err());
    /// let incomplete = Draft::from_texts(login(), [("id", "x"), ("username", "app")]);
    /// assert!(store.change(|vault| vault.add(login(), incomplete)).is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Exists`]; everything that is wrong with the credential.
    pub fn add(&mut self, kind: &'static Kind, draft: Draft) -> Result<Changed, Error> {
        let mut changed = self.terms.create(kind, draft)?;
        self.insert(&mut changed)?;
        Ok(changed)
    }

    /// Changes the password of a credential, and with `must_change` the flag beside it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// store.change(|vault| vault.set_password("db", false, None, &"correct horse".into(), None))?;
    /// assert_eq!(store.read()?.versioned()?, [("db".to_owned(), 1)]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`super::Scope::find_for_password`]; fails also if the password breaks a rule.
    pub fn set_password(
        &mut self,
        word: &str,
        by_name: bool,
        condition: Option<&str>,
        password: &Secret,
        must_change: Option<bool>,
    ) -> Result<Changed, Error> {
        let stored = self.terms.scope.find_for_password(self.vault, word, by_name, condition)?;
        let (act, rules) = (self.terms.act(), self.terms.rules());
        let mut changed = set_password(&stored, password, must_change, &act, &rules)?;
        self.place(&mut changed, Some(&stored))?;
        Ok(changed)
    }

    /// Finds a credential that is to be changed, if it is the version that the caller has seen.
    ///
    /// # Errors
    /// As [`super::Scope::find_as_seen`].
    pub fn stored(
        &mut self,
        word: &str,
        by_name: bool,
        condition: Option<&str>,
    ) -> Result<Credential, Error> {
        self.terms.scope.find_as_seen(self.vault, word, by_name, condition)
    }

    /// Grants a credential that the project sees. Calls `each` for every grantee, with true if the grant
    /// changed anything. A grant makes no version of the credential.
    ///
    /// # Errors
    /// Fails if there is no such credential; an error of `each`.
    pub fn grant<E: From<Error>>(
        &mut self,
        id: &str,
        grants: impl IntoIterator<Item = (Grantee, Option<DateTime<Utc>>)>,
        mut each: impl FnMut(&Grantee, bool) -> Result<(), E>,
    ) -> Result<AccessChange, E> {
        let act = self.terms.act();
        self.amend_access(id, |credential| {
            grants.into_iter().try_fold(false, |changed, (to, expires)| {
                let one = credential.grant(to.clone(), expires, &act);
                each(&to, one).map(|()| changed | one)
            })
        })
    }

    /// Revokes grants, as [`Transaction::grant`] gives them.
    ///
    /// # Errors
    /// As [`Transaction::grant`].
    pub fn revoke<E: From<Error>>(
        &mut self,
        id: &str,
        grantees: impl IntoIterator<Item = Grantee>,
        mut each: impl FnMut(&Grantee, bool) -> Result<(), E>,
    ) -> Result<AccessChange, E> {
        let act = self.terms.act();
        self.amend_access(id, |credential| {
            grantees.into_iter().try_fold(false, |changed, from| {
                let one = credential.revoke(&from, &act);
                each(&from, one).map(|()| changed | one)
            })
        })
    }

    fn amend_access<E: From<Error>>(
        &mut self,
        id: &str,
        amend: impl FnOnce(&mut Credential) -> Result<bool, E>,
    ) -> Result<AccessChange, E> {
        let credential = self.terms.scope.find(self.vault, id, false);
        let mut credential = self.terms.scope.or_near(self.vault, credential)?;
        let earlier = credential.head().envelope.access.clone();
        let is_changed = amend(&mut credential)?;
        if is_changed {
            self.vault.amend(&credential).map_err(Error::from)?;
        }
        let changes = credential.head().envelope.access_differences(&earlier, self.terms.now);
        Ok(AccessChange { credential, is_changed, changes })
    }

    /// Puts a credential into another project, whose name the rule for projects has accepted. Returns the
    /// credential, and true if it was elsewhere before.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// let (moved, is_new_there) = store.change(|vault| vault.move_to("db", "payments"))?.answer;
    /// assert_eq!(moved.credential.head().envelope.project, "payments");
    /// assert!(is_new_there);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`super::Scope::find_to_change`].
    pub fn move_to(&mut self, id: &str, project: &str) -> Result<(Changed, bool), Error> {
        let stored = self.stored(id, false, None)?;
        if stored.head().envelope.project == project {
            return Ok((Changed::between(None, stored, Vec::new()), false));
        }
        let credential = moved(&stored, project.to_owned(), &self.terms.act());
        self.vault.put(&credential)?;
        Ok((Changed::between(Some(&stored), credential, Vec::new()), true))
    }

    /// Returns the references to a credential.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn references(&mut self, id: &str) -> Result<Vec<Reference>, Error> {
        Ok(self.vault.references_to(id)?)
    }
}
