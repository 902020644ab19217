//! The verbs, each with what it acts on, and the result of a change.

use super::difference::{FieldChange, differences};
use super::violation::Violations;
use super::whole::Credential;
use crate::kind::Kind;

/// The use of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// The creation of a new credential.
    Create,
    /// The replacement of everything that may change; what is not given is deleted or defaulted.
    Replace,
    /// The change of what is given, and of nothing else.
    Merge,
}

/// A change to be made: the verb with what it acts on.
#[derive(Debug)]
pub enum Change<'a> {
    /// The creation of a new credential of this type.
    Create(&'static Kind),
    /// The replacement of the stored one; a key store without key type may be given one.
    Replace(&'a Credential, Option<&'static Kind>),
    /// The change of parts of the stored one; a key store without key type may be given one.
    Merge(&'a Credential, Option<&'static Kind>),
}

impl<'a> Change<'a> {
    /// Makes the change that replaces what is stored or, where nothing is, creates a credential of a type.
    ///
    /// # Errors
    /// Fails if nothing is stored and no type is given.
    pub fn upsert(stored: Option<&'a Credential>, kind: Option<&'static Kind>) -> Result<Self, Violations> {
        match (stored, kind) {
            (Some(stored), given) => Ok(Self::Replace(stored, given)),
            (None, Some(kind)) => Ok(Self::Create(kind)),
            (None, None) => Err(Violations::one("type", "is required: one of `credctl types`")),
        }
    }
}

/// A valid credential, with what the operator should know about the change.
#[derive(Debug)]
pub struct Changed {
    /// The result.
    pub credential: Credential,
    /// Warnings, one line each, without any secret.
    pub notices: Vec<String>,
    /// True if the id was made at random, so that nothing else can have it.
    pub is_random_id: bool,
    /// Paths of what a replacement dropped, because nothing was given for them: `description`, `tags.url`.
    pub removed: Vec<String>,
    /// The differences from the stored credential, or from the one that a copy is like. A new credential has none.
    pub changes: Vec<FieldChange>,
    /// The members that were assigned one by one, and are not part of a document.
    pub assigned: Vec<&'static str>,
}

impl Changed {
    /// Makes the result of a change that put a credential in the place of a stored one, if there was one.
    #[must_use]
    pub fn between(stored: Option<&Credential>, credential: Credential, notices: Vec<String>) -> Self {
        let changes = stored.map(|stored| differences(Some(stored), &credential)).unwrap_or_default();
        Self { credential, notices, is_random_id: false, removed: Vec::new(), changes, assigned: Vec::new() }
    }
}

/// The reasons to refuse a change. The stored credential is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// A result that would not be valid.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// A change of a part of the identity.
    #[error("{field} cannot be changed")]
    Immutable {
        /// The member that differs.
        field: &'static str,
    },
    /// A merge without anything to merge.
    #[error("at least one field must be given")]
    Nothing,
}
