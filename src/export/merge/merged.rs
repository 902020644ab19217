//! A file with an export in it, and why there may be none.

use zeroize::Zeroizing;

use crate::secret::Secret;

/// A file with an export in it.
#[derive(Debug)]
pub struct Merged {
    /// The whole text.
    pub text: Zeroizing<Vec<u8>>,
    /// What was not there before, by name.
    pub added: Vec<String>,
    /// What was there with other values, by name.
    pub replaced: Vec<String>,
    /// What is worth knowing, one line each.
    pub notices: Vec<String>,
}

/// Why a file was not touched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// It is not UTF-8.
    #[error("the file is not UTF-8 text")]
    NotText,
    /// A line is not of the format.
    #[error("line {line} {reason}")]
    Line {
        /// Its number, from 1 on.
        line: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The file as a whole is not of the format, or has a form that cannot be edited in place.
    #[error("the file {reason}")]
    Whole {
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// A merged text that is not yet handed out.
#[derive(Default)]
pub(super) struct Draft {
    /// None if nothing changes.
    pub(super) text: Option<Secret>,
    pub(super) added: Vec<String>,
    pub(super) replaced: Vec<String>,
    pub(super) notices: Vec<String>,
}

/// A line that is not of the format, by an offset in it.
pub(super) fn wrong(text: &str, at: usize, reason: &'static str) -> MergeError {
    let line = text[..at].matches('\n').count() + 1;
    MergeError::Line { line, reason }
}
