//! The conditions that select credentials which are not named one by one.

use super::error::Error;
use super::scope::Scope;
use super::terms::Terms;
use crate::credential::{Credential, Head};
use crate::kind::Named;
use crate::query::{Filter, Selection};
use crate::vault::Vault;

/// The conditions for credentials. Without any, all credentials that the project owns match.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
/// # fn main() -> Result<(), Failure> {
/// # use credctl::query::Filter;
/// # use credctl::store::Conditions;
/// # let (store, _folder) = new_vault()?;
/// # let terms = Terms::new(Uuid::nil(), DateTime::UNIX_EPOCH);
/// store.change(|vault| vault.add(login(), db()))?;
/// let filter = Some(Filter::parse("username startswith 'a'")?);
/// let conditions = Conditions { filter, ..Conditions::default() };
/// assert_eq!(conditions.ids(&terms, &mut store.read()?)?, ["db"]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Conditions {
    /// The type.
    pub named: Option<Named>,
    /// The expression that must be true.
    pub filter: Option<Filter>,
    /// The conditions of a filter document.
    pub document: Option<Selection>,
}

impl Conditions {
    /// Returns true if there are no conditions.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.named.is_none() && self.filter.is_none() && self.document.is_none()
    }

    /// Returns true if a project owns a credential, read without its fields, and the credential matches. The
    /// filter is not checked: it may need the fields.
    #[must_use]
    pub fn takes(&self, scope: &Scope, head: &Head) -> bool {
        let is_named = self.named.as_ref().is_none_or(|named| {
            *head.kind == *named.kind
                && (named.connector_type.is_none() || head.envelope.connector_type == named.connector_type)
        });
        is_named
            && scope.owns(head)
            && self.document.as_ref().is_none_or(|document| document.matches_head(head))
    }

    /// Returns true if the project of the caller owns a credential and the credential matches.
    #[must_use]
    pub fn takes_whole(&self, terms: &Terms, credential: &Credential) -> bool {
        self.takes(&terms.scope, credential.head())
            && self.filter.as_ref().is_none_or(|filter| filter.matches(credential, terms.now))
    }

    /// Returns the credentials that match, in ascending order of ids.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn heads(&self, terms: &Terms, vault: &mut Vault) -> Result<Vec<Head>, Error> {
        let mut heads = Vec::new();
        match &self.filter {
            // heads are cheaper to read, so whole credentials are read only for their fields
            Some(filter) if filter.needs_fields() => vault.credentials(|credential| {
                if self.takes_whole(terms, &credential) {
                    heads.push(credential.head().clone());
                }
            })?,
            filter => vault.heads(|head| {
                let matches = filter.as_ref().is_none_or(|filter| filter.matches_head(&head, terms.now));
                if matches && self.takes(&terms.scope, &head) {
                    heads.push(head);
                }
            })?,
        }
        Ok(heads)
    }

    /// Returns the ids of the credentials that match, for a caller who needs at least one.
    ///
    /// # Errors
    /// [`Error::NoneSelected`], or an error of reading the vault.
    pub fn ids(&self, terms: &Terms, vault: &mut Vault) -> Result<Vec<String>, Error> {
        let ids: Vec<String> = self.heads(terms, vault)?.into_iter().map(|head| head.id).collect();
        if ids.is_empty() { Err(Error::NoneSelected) } else { Ok(ids) }
    }
}
