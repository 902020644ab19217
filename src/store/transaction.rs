//! A change of a vault, made of as many steps as it takes: all of them are saved, or none.

use std::ops::{Deref, DerefMut};

use chrono::{DateTime, Utc};

use super::error::Error;
use super::lookup::check_match;
use super::terms::Terms;
use crate::credential::{Change, Changed, Credential, Draft, Grantee, change, moved, set_password};
use crate::kind::Kind;
use crate::secret::Secret;
use crate::vault::{Reference, Vault};

/// An open vault that is being changed. Reading goes through the vault itself. The vault's own methods that
/// write stay reachable for what has no use case yet; they check none of the rules.
pub struct Transaction<'a> {
    vault: &'a mut Vault,
    terms: &'a Terms,
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
    pub(super) fn new(vault: &'a mut Vault, terms: &'a Terms) -> Self {
        Self { vault, terms }
    }

    /// Returns the terms on which the change is made.
    #[must_use]
    pub fn terms(&self) -> &'a Terms {
        self.terms
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
        let (act, rules) = (self.terms.act(), self.terms.rules());
        let mut changed = change(&Change::Create(kind), draft, &act, &rules)?;
        self.insert(&mut changed)?;
        Ok(changed)
    }

    /// Replaces a credential. Members that the draft does not have are deleted or defaulted, except for the
    /// identity, the name and the labels.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// let without_user = Draft::from_texts(login(), [("password", "new")]);
    /// // a user name is required, so it must be given again
    /// assert!(store.change(|vault| vault.replace("db", without_user, None)).is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Transaction::set_password`].
    pub fn replace(&mut self, id: &str, draft: Draft, condition: Option<&str>) -> Result<Changed, Error> {
        let stored = self.stored(id, false, condition)?;
        self.place_change(&stored, &Change::Replace(&stored, None), draft)
    }

    /// Changes what the draft has, and nothing else.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// let password = Draft::from_texts(login(), [("password", "new")]);
    /// let patched = store.change(|vault| vault.patch("db", password.clone(), None))?.answer.credential;
    /// assert_eq!(patched.public_fields().get("username"), Some(&credctl::value::Value::text("app")));
    /// // somebody else was faster: the etag that was seen is not that of now
    /// assert!(store.change(|vault| vault.patch("db", password, Some("6a0f"))).is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Transaction::set_password`].
    pub fn patch(&mut self, id: &str, draft: Draft, condition: Option<&str>) -> Result<Changed, Error> {
        let stored = self.stored(id, false, condition)?;
        self.place_change(&stored, &Change::Merge(&stored, None), draft)
    }

    /// Makes a change of a stored credential and puts the result in its place.
    ///
    /// # Errors
    /// Everything that is wrong with the result; an error of its user or its name.
    pub fn place_change(
        &mut self,
        stored: &Credential,
        how: &Change<'_>,
        draft: Draft,
    ) -> Result<Changed, Error> {
        let mut changed = change(how, draft, &self.terms.act(), &self.terms.rules())?;
        self.place(&mut changed, Some(stored))?;
        Ok(changed)
    }

    /// Changes the password of a credential that was found with [`Transaction::stored`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// store.change(|vault| {
    ///     let stored = vault.stored("db", false, None)?;
    ///     vault.set_password(&stored, &"correct horse".into(), None)
    /// })?;
    /// assert_eq!(store.read()?.versioned()?, [("db".to_owned(), 1)]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Fails if the password breaks a rule, or if the credential has none.
    pub fn set_password(
        &mut self,
        stored: &Credential,
        password: &Secret,
        must_change: Option<bool>,
    ) -> Result<Changed, Error> {
        let (act, rules) = (self.terms.act(), self.terms.rules());
        let mut changed = set_password(stored, password, must_change, &act, &rules)?;
        self.place(&mut changed, Some(stored))?;
        Ok(changed)
    }

    /// Finds a credential that is to be changed, if it is the version that the caller has seen.
    ///
    /// # Errors
    /// As [`super::Scope::find_to_change`], and [`Error::Stale`].
    pub fn stored(
        &mut self,
        word: &str,
        by_name: bool,
        condition: Option<&str>,
    ) -> Result<Credential, Error> {
        let stored = self.terms.scope.find_to_change(self.vault, word, by_name)?;
        check_match(&stored, condition)?;
        Ok(stored)
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
    ) -> Result<(Credential, bool), E> {
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
    ) -> Result<(Credential, bool), E> {
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
    ) -> Result<(Credential, bool), E> {
        let mut credential = self.terms.scope.find(self.vault, id, false)?;
        let changed = amend(&mut credential)?;
        if changed {
            self.vault.amend(&credential).map_err(Error::from)?;
        }
        Ok((credential, changed))
    }

    /// Puts a credential into another project, whose name the rule for projects has accepted. Returns the
    /// credential, and true if it was elsewhere before.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// let (credential, is_new_there) = store.change(|vault| vault.move_to("db", "payments"))?.answer;
    /// assert_eq!(credential.head().envelope.project, "payments");
    /// assert!(is_new_there);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`super::Scope::find_to_change`].
    pub fn move_to(&mut self, id: &str, project: &str) -> Result<(Credential, bool), Error> {
        let stored = self.stored(id, false, None)?;
        if stored.head().envelope.project == project {
            return Ok((stored, false));
        }
        let credential = moved(&stored, project.to_owned(), &self.terms.act());
        self.vault.put(&credential)?;
        Ok((credential, true))
    }

    /// Returns the references to a credential.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn references(&mut self, id: &str) -> Result<Vec<Reference>, Error> {
        Ok(self.vault.references_to(id)?)
    }
}
