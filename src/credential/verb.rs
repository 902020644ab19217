//! The verbs, each with what it acts on, and what comes of one.

use super::violation::Violations;
use super::whole::Credential;
use crate::kind::Kind;

/// What is done with a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Makes a new credential.
    Create,
    /// Replaces everything that may change; what is not given is deleted or defaulted.
    Replace,
    /// Changes what is given and nothing else.
    Merge,
}

/// A change to be made: the verb with what it acts on.
#[derive(Debug)]
pub enum Change<'a> {
    /// Makes a new credential of this type.
    Create(&'static Kind),
    /// Replaces the stored one; a key store without key type may be given one.
    Replace(&'a Credential, Option<&'static Kind>),
    /// Changes parts of the stored one; a key store without key type may be given one.
    Merge(&'a Credential, Option<&'static Kind>),
}

impl<'a> Change<'a> {
    /// Replaces what is stored, or creates one of a type where nothing is.
    ///
    /// # Errors
    /// That a new one needs a type.
    pub fn upsert(stored: Option<&'a Credential>, kind: Option<&'static Kind>) -> Result<Self, Violations> {
        match (stored, kind) {
            (Some(stored), given) => Ok(Self::Replace(stored, given)),
            (None, Some(kind)) => Ok(Self::Create(kind)),
            (None, None) => Err(Violations::one("type", "is required: one of `credctl types`")),
        }
    }
}

/// A valid credential and what the operator should know about the change.
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
}

/// Why a change cannot be made. What is stored is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// The result would not be valid.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// A part of the identity would change.
    #[error("{field} cannot be changed")]
    Immutable {
        /// The member that differs.
        field: &'static str,
    },
    /// A merge without anything to merge.
    #[error("at least one field must be given")]
    Nothing,
}
