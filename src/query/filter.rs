//! Filter expressions: text in, an answer for each credential out.

use chrono::{DateTime, Utc};

use super::condition::{Node, Subject};
use super::error::QueryError;
use super::grammar;
use crate::credential::{Credential, Head};

/// A filter expression such as `type eq 'Azure' and not (labels.stage in ('dev', 'test'))`.
///
/// Operators are `eq ne lt gt lte gte in contains startswith`. `not` binds closest, then `and`, then
/// `or`; a comma between conditions is an `and` that binds least, so `a or b, c` is `(a or b) and c`.
/// Texts and times stand in single quotes, a quote inside is doubled; numbers, `true` and `false` may
/// stand without. Keywords are read in any letter case, names as documents spell them; a name with
/// blanks is quoted behind its dot: `labels.'cost centre'`.
///
/// What is not set fulfils no condition but `ne`. Of a list or of labels of one name, any item
/// fulfils a condition, and `ne` is the opposite of `eq`.
#[derive(Debug, Clone)]
pub struct Filter {
    root: Node,
}

impl Filter {
    /// Reads an expression of at most 16 KiB, 1,000 terms and 64 levels.
    ///
    /// # Errors
    /// What is wrong for parameter `filter`, with the column: a syntax error, a name that is unknown
    /// or secret, a value that is not of the member's kind.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Ok(Self { root: grammar::parse(text)? })
    }

    /// Returns true if some name is a field of a type, so that [`Head`] alone does not tell.
    #[must_use]
    pub fn needs_fields(&self) -> bool {
        self.root.needs_fields()
    }

    /// Returns true if a credential fulfils it; right only if [`Filter::needs_fields`] says no, because fields
    /// count as not set.
    #[must_use]
    pub fn matches_head(&self, head: &Head, now: DateTime<Utc>) -> bool {
        self.root.holds(&Subject { head, credential: None, now })
    }

    /// Returns true if a credential fulfils it.
    #[must_use]
    pub fn matches(&self, credential: &Credential, now: DateTime<Utc>) -> bool {
        self.root.holds(&Subject { head: credential.head(), credential: Some(credential), now })
    }
}
