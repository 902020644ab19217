//! Filter expressions: text in, an answer for each credential out.

use chrono::{DateTime, Utc};

use super::condition::{Node, Subject};
use super::error::QueryError;
use super::grammar;
use crate::credential::{Credential, Head};
use crate::kind::KnownTypes;

/// A filter expression such as `type eq 'Azure' and not (labels.stage in ('dev', 'test'))`.
///
/// Operators are `eq ne lt gt lte gte in contains startswith`. `not` binds closest, then `and`, then
/// `or`; a comma between conditions is an `and` that binds least, so `a or b, c` is `(a or b) and c`.
/// Texts and times stand in single quotes, a quote inside is doubled; numbers, `true` and `false` may
/// stand without. Keywords are read in any letter case, names as documents spell them; a name with
/// blanks is quoted behind its dot: `labels.'cost centre'`.
///
/// A member that is not set fulfils no condition but `ne`. A list, or several labels of one name, fulfil
/// a condition if any item does, and `ne` is the opposite of `eq`.
#[derive(Debug, Clone)]
pub struct Filter {
    root: Node,
}

impl Filter {
    /// Reads an expression of at most 16 KiB, 1,000 terms and 64 levels.
    ///
    /// # Errors
    /// Fails for parameter `filter`, with the column. The fault is a syntax error, a name that is unknown or
    /// secret, or a value that is not of the member's kind.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Self::parse_for(text, &KnownTypes::default())
    }

    /// Reads an expression as [`Filter::parse`] does, in which fields of a vault's own types may occur, too.
    ///
    /// # Errors
    /// As [`Filter::parse`].
    pub fn parse_for(text: &str, types: &KnownTypes) -> Result<Self, QueryError> {
        Ok(Self { root: grammar::parse(text, types)? })
    }

    /// Returns true if a name in the filter is a field of a type. A [`Head`] alone does not answer such a
    /// filter.
    #[must_use]
    pub fn needs_fields(&self) -> bool {
        self.root.needs_fields()
    }

    /// Returns true if a credential fulfils the filter, judged by its head. The answer is right only if
    /// [`Filter::needs_fields`] is false, because fields count as not set.
    #[must_use]
    pub fn matches_head(&self, head: &Head, now: DateTime<Utc>) -> bool {
        self.root.holds(&Subject { head, credential: None, now })
    }

    /// Returns true if a credential fulfils the filter.
    #[must_use]
    pub fn matches(&self, credential: &Credential, now: DateTime<Utc>) -> bool {
        self.root.holds(&Subject { head: credential.head(), credential: Some(credential), now })
    }
}
