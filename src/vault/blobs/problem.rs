//! The reasons why the content of an attachment cannot be read.

use std::path::PathBuf;

/// The reasons why the content of an attachment cannot be read. The record of its credential is whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AttachmentProblem {
    /// A blob that is not in the folder beside the vault.
    #[error("its file `{}` does not exist", .0.display())]
    Missing(PathBuf),
    /// A file that its identity does not open, or that was cut or changed.
    #[error("its file `{}` was cut off or tampered with", .0.display())]
    Broken(PathBuf),
    /// A content of another length than the record says.
    #[error("its content has {found} bytes, and the vault says {expected}")]
    Size {
        /// The length of the content in bytes.
        found: u64,
        /// The length that the record says.
        expected: u64,
    },
    /// A content with another digest than the record says.
    #[error("its content is not the one that was attached")]
    Digest,
}
