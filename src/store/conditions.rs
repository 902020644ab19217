//! The conditions that select credentials which are not named one by one.

use super::error::Error;
use super::scope::Scope;
use super::terms::Terms;
use crate::credential::{Credential, Head};
use crate::kind::Named;
use crate::query::{Filter, Selection, Words};
use crate::vault::{Outline, RecordProblem, Vault};

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
    /// The types, of which one suffices; none allows all.
    pub named: Vec<Named>,
    /// The words that must occur.
    pub words: Words,
    /// The expression that must be true.
    pub filter: Option<Filter>,
    /// The conditions of a filter document.
    pub document: Option<Selection>,
}

impl Conditions {
    /// Returns true if there are no conditions.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && self.words.is_empty() && self.filter.is_none() && self.document.is_none()
    }

    /// Returns true if a project owns a credential, read without its fields, and the credential matches. The
    /// words and the filter are not checked: they may need the fields.
    fn takes(&self, scope: &Scope, head: &Head) -> bool {
        let is_of = |named: &Named| {
            *head.kind == *named.kind
                && (named.connector_type.is_none() || head.envelope.connector_type == named.connector_type)
        };
        (self.named.is_empty() || self.named.iter().any(is_of))
            && scope.owns(head)
            && self.document.as_ref().is_none_or(|document| document.matches_head(head))
    }

    /// Returns true if the project of the caller owns a credential and the credential matches.
    #[must_use]
    pub fn takes_whole(&self, terms: &Terms, credential: &Credential) -> bool {
        self.takes(&terms.scope, credential.head())
            && self.filter.as_ref().is_none_or(|filter| filter.matches(credential, terms.now))
            && self.words.are_in(credential)
    }

    /// Returns true if a credential matches. Reads its fields only if they decide.
    fn takes_outline(&self, terms: &Terms, outline: &mut Outline<'_>) -> Result<bool, RecordProblem> {
        let is_taken = self.takes(&terms.scope, outline.head())
            && match &self.filter {
                Some(filter) if filter.needs_fields() => filter.matches(outline.credential()?, terms.now),
                Some(filter) => filter.matches_head(outline.head(), terms.now),
                None => true,
            };
        Ok(is_taken && (self.words.are_in_head(outline.head()) || self.words.are_in(outline.credential()?)))
    }

    /// Goes through the credentials that match, in ascending order of ids. Returns the number of all
    /// credentials that the project owns.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn each(
        &self,
        terms: &Terms,
        vault: &mut Vault,
        mut take: impl FnMut(Outline<'_>) -> Result<(), RecordProblem>,
    ) -> Result<u64, Error> {
        let mut owned = 0;
        vault.outlines(|mut outline| {
            if !terms.scope.owns(outline.head()) {
                return Ok(());
            }
            owned += 1;
            if self.takes_outline(terms, &mut outline)? { take(outline) } else { Ok(()) }
        })?;
        Ok(owned)
    }

    /// Returns the credentials that match, in ascending order of ids.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn heads(&self, terms: &Terms, vault: &mut Vault) -> Result<Vec<Head>, Error> {
        let mut heads = Vec::new();
        self.each(terms, vault, |outline| {
            heads.push(outline.into_head());
            Ok(())
        })?;
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
