//! Exports into files that are there already: what is exported takes its place among the rest, and
//! everything else stays to the byte. One file a format.

mod aws_credentials;
mod block;
mod dotenv;
mod edits;
mod flow;
mod kubeconfig;
mod netrc;
#[cfg(test)]
mod tests;

use zeroize::Zeroizing;

use super::Format;
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

type Merge = fn(&str, &str) -> Result<Draft, MergeError>;

/// The formats that can be merged into a file.
const MERGES: [(&str, Merge); 4] = [
    ("aws-credentials", aws_credentials::merge),
    ("kubeconfig", kubeconfig::merge),
    ("netrc", netrc::merge),
    ("dotenv", dotenv::merge),
];

/// A merged text that is not yet handed out.
#[derive(Default)]
struct Draft {
    /// None if nothing changes.
    text: Option<Secret>,
    added: Vec<String>,
    replaced: Vec<String>,
    notices: Vec<String>,
}

/// The names of the formats that can be merged into a file.
pub fn mergeable() -> impl Iterator<Item = &'static str> {
    MERGES.iter().map(|(name, _)| *name)
}

impl Format {
    /// Whether [`Self::merge`] knows how.
    #[must_use]
    pub fn can_merge(&self) -> bool {
        self.merge_of().is_some()
    }

    /// Puts what this format wrote into a file of the same format: entries of the same name get the new
    /// values, others are added. The second time nothing changes.
    ///
    /// # Errors
    /// What keeps the file from being understood.
    pub fn merge(&self, file: &[u8], export: &[u8]) -> Result<Merged, MergeError> {
        let merge = self.merge_of().ok_or(MergeError::Whole { reason: "is of a format without merging" })?;
        let text = |bytes| std::str::from_utf8(bytes).map_err(|_| MergeError::NotText);
        let draft = merge(text(file)?, text(export)?)?;
        let text = draft.text.map_or_else(|| file.to_vec(), |text| text.expose().as_bytes().to_vec());
        Ok(Merged {
            text: Zeroizing::new(text),
            added: draft.added,
            replaced: draft.replaced,
            notices: draft.notices,
        })
    }

    fn merge_of(&self) -> Option<Merge> {
        MERGES.iter().find(|(name, _)| *name == self.name).map(|(_, merge)| *merge)
    }
}

/// A line that is not of the format, by an offset in it.
fn wrong(text: &str, at: usize, reason: &'static str) -> MergeError {
    let line = text[..at].matches('\n').count() + 1;
    MergeError::Line { line, reason }
}
