//! The result of a merge: a file with an export in it, or the reason why there is none.

use zeroize::Zeroizing;

use crate::secret::Secret;

/// A file with an export in it.
#[derive(Debug)]
pub struct Merged {
    /// The whole text.
    pub text: Zeroizing<Vec<u8>>,
    /// The names of entries that were not there before.
    pub added: Vec<String>,
    /// The names of entries that were there with other values.
    pub replaced: Vec<String>,
    /// Notices that are worth knowing, one line each.
    pub notices: Vec<String>,
}

/// The reason why a file was not touched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// The file is not UTF-8.
    #[error("the file is not UTF-8 text")]
    NotText,
    /// A line is not of the format.
    #[error("line {line} {reason}")]
    Line {
        /// The number of the line, from 1 on.
        line: usize,
        /// The fault of the line, as a clause.
        reason: &'static str,
    },
    /// The file as a whole is not of the format, or has a form that cannot be edited in place.
    #[error("the file {reason}")]
    Whole {
        /// The fault of the file, as a clause.
        reason: &'static str,
    },
}

/// A merged text that is not yet handed out.
#[derive(Default)]
pub(super) struct MergeDraft {
    /// The new text; none if nothing changes.
    pub(super) text: Option<Secret>,
    pub(super) added: Vec<String>,
    pub(super) replaced: Vec<String>,
    pub(super) notices: Vec<String>,
}

/// Makes the error for a line that is not of the format, by an offset in it.
pub(super) fn wrong(text: &str, at: usize, reason: &'static str) -> MergeError {
    let line = text[..at].matches('\n').count() + 1;
    MergeError::Line { line, reason }
}
