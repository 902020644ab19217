//! The replacement of a credential as a whole, or its addition where there is none: what is replaced, the
//! conditions, and the result. It reads no documents; the caller says what they mean for the stored type.

use super::error::Error;
use super::lookup::check_match;
use super::placing::check_body;
use super::scope::Scope;
use super::terms::Terms;
use super::transaction::Transaction;
use crate::credential::{Change, ChangeError, Changed, Credential, Draft, change};
use crate::dialect::Body;
use crate::kind::Kind;
use crate::value::Value;
use crate::vault::Vault;

/// A replacement to make: the credential that it is for, and the conditions of the caller.
#[derive(Debug, Clone, Copy, Default)]
pub struct Replacement<'a> {
    /// The id of the credential.
    pub id: &'a str,
    /// True if a credential may be found by its name as well.
    pub by_name: bool,
    /// True to add the credential if there is none. A condition forbids that.
    pub may_add: bool,
    /// The etag that the stored credential must have. A document may name one too; this one has precedence.
    pub condition: Option<&'a str>,
}

/// A replacement that was made.
#[derive(Debug)]
pub struct Replaced {
    /// The new credential.
    pub changed: Changed,
    /// True if there was no credential before.
    pub created: bool,
}

/// A replacement that is possible and not made yet. Nothing else can change the vault meanwhile.
pub struct Planned<'t, 'a> {
    vault: &'t mut Transaction<'a>,
    stored: Option<Credential>,
    changed: Changed,
}

impl Replacement<'_> {
    /// Finds the credential to replace. Returns `None` if the credential may be added.
    ///
    /// # Errors
    /// As [`Transaction::stored`].
    pub fn find(&self, scope: &Scope, vault: &mut Vault) -> Result<Option<Credential>, Error> {
        let stored = self.stored(scope, vault)?;
        if let Some(stored) = &stored {
            check_match(stored, self.condition)?;
        }
        Ok(stored)
    }

    /// Returns the result of the replacement, and leaves the vault as it is. The closures are those of
    /// [`Transaction::plan_replacement`].
    ///
    /// # Errors
    /// As [`Transaction::plan_replacement`].
    pub fn preview<E: From<Error>>(
        &self,
        terms: &Terms,
        vault: &mut Vault,
        body: impl FnOnce(Option<&Credential>) -> Result<Body, E>,
        amend: impl FnOnce(&'static Kind, &mut Draft) -> Result<(), E>,
    ) -> Result<Changed, E> {
        self.plan(terms, vault, body, amend).map(|(_, changed)| changed)
    }

    fn plan<E: From<Error>>(
        &self,
        terms: &Terms,
        vault: &mut Vault,
        body: impl FnOnce(Option<&Credential>) -> Result<Body, E>,
        amend: impl FnOnce(&'static Kind, &mut Draft) -> Result<(), E>,
    ) -> Result<(Option<Credential>, Changed), E> {
        let stored = self.stored(&terms.scope, vault)?;
        let types = vault.types().map_err(Error::from)?;
        let body = body(stored.as_ref())?.typed(&types).map_err(Error::from)?;
        self.check(vault, stored.as_ref(), &body)?;
        let given = body.named.as_ref().map(|named| named.kind);
        let mut draft = Draft::default();
        if let Some(kind) = type_of_members(stored.as_ref(), given) {
            draft = body.draft(kind);
            amend(kind, &mut draft)?;
        }
        let changed = self.change(terms, stored.as_ref(), given, draft)?;
        Ok((stored, changed))
    }

    fn stored(&self, scope: &Scope, vault: &mut Vault) -> Result<Option<Credential>, Error> {
        match scope.find_to_change(vault, self.id, self.by_name) {
            Ok(stored) => Ok(Some(stored)),
            Err(error) if self.may_add && error.is_not_found() && self.condition.is_none() => Ok(None),
            found => scope.or_near(vault, found.map(Some)),
        }
    }

    fn check(&self, vault: &mut Vault, stored: Option<&Credential>, body: &Body) -> Result<(), Error> {
        match stored {
            Some(stored) => check_body(vault, stored, body, self.condition),
            // no condition holds for a credential that does not exist
            None if body.if_match.is_some() => Err(Error::not_found(self.id)),
            None => Ok(()),
        }
    }

    fn change(
        &self,
        terms: &Terms,
        stored: Option<&Credential>,
        given: Option<&'static Kind>,
        mut draft: Draft,
    ) -> Result<Changed, Error> {
        if stored.is_none() {
            // the document of a new credential may leave its id out, but not name another one
            match draft.members.get("id").and_then(Value::as_text) {
                Some(other) if other.expose() != self.id => {
                    return Err(ChangeError::Immutable { field: "id" }.into());
                }
                Some(_) => {}
                None => drop(draft.members.insert("id", Value::text(self.id))),
            }
        }
        let operation = Change::upsert(stored, given)?;
        Ok(change(&operation, draft, &terms.act(), &terms.rules())?)
    }
}

/// Returns the type that decides what the members mean: the given one, or else the stored one. There is none
/// if the stored credential cannot get the given type, so that the only error is the type.
fn type_of_members(stored: Option<&Credential>, given: Option<&'static Kind>) -> Option<&'static Kind> {
    match (stored.map(Credential::kind), given) {
        (Some(old), Some(given)) if !old.may_become(given) => None,
        (old, given) => given.or(old),
    }
}

impl<'a> Transaction<'a> {
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
    /// As [`Transaction::plan_replacement`].
    pub fn replace(&mut self, id: &str, draft: Draft, condition: Option<&str>) -> Result<Changed, Error> {
        let wanted = Replacement { id, condition, ..Replacement::default() };
        let body = |stored: Option<&Credential>| match stored {
            Some(stored) => Ok(Body::from_draft(stored.kind(), draft)),
            None => Err(Error::not_found(id)),
        };
        let planned = self.plan_replacement(&wanted, body, |_, _| Ok(()))?;
        Ok(planned.put()?.changed)
    }

    /// Plans a replacement. Members that are not given are deleted or defaulted, except for the identity, the
    /// name and the labels.
    ///
    /// `body` reads what is given, once the stored credential is known; it gets `None` if the credential is
    /// new. `amend` may change the draft of it, once its type is known.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// use credctl::dialect::Body;
    /// use credctl::store::{Error, Replacement};
    ///
    /// let wanted = Replacement { id: "db", may_add: true, ..Replacement::default() };
    /// let put = || {
    ///     store.change(|vault| {
    ///         let body = |_: Option<&_>| Ok::<_, Error>(Body::from_draft(login(), db()));
    ///         vault.plan_replacement(&wanted, body, |_, _| Ok(()))?.put()
    ///     })
    /// };
    /// assert!(put()?.answer.created);
    /// assert!(!put()?.answer.created);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Transaction::stored`]; a type or an id that cannot be changed; everything that is wrong with the
    /// result; an error of `body` or `amend`.
    pub fn plan_replacement<E: From<Error>>(
        &mut self,
        wanted: &Replacement<'_>,
        body: impl FnOnce(Option<&Credential>) -> Result<Body, E>,
        amend: impl FnOnce(&'static Kind, &mut Draft) -> Result<(), E>,
    ) -> Result<Planned<'_, 'a>, E> {
        let (stored, changed) = wanted.plan(self.terms(), self, body, amend)?;
        Ok(Planned { vault: self, stored, changed })
    }
}

impl Planned<'_, '_> {
    /// Returns the result that the replacement would have.
    #[must_use]
    pub fn changed(&self) -> &Changed {
        &self.changed
    }

    /// Makes the replacement.
    ///
    /// # Errors
    /// [`Error::NoSuchUser`], [`Error::NameTaken`]; [`Error::Exists`] for an id of another project.
    pub fn put(self) -> Result<Replaced, Error> {
        let Self { vault, stored, mut changed } = self;
        match &stored {
            Some(stored) => {
                // a credential that is given anew as a whole must belong to a user, as a new one must
                if changed.credential.kind().identity_name {
                    vault.check_user(changed.credential.head())?;
                }
                vault.place(&mut changed, Some(stored))?;
            }
            None => vault.insert(&mut changed)?,
        }
        Ok(Replaced { changed, created: stored.is_none() })
    }
}
