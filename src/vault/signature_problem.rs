//! The reasons why the signature of a vault is refused.

use crate::signature::BadSignature;

/// The problems of the signature of a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureProblem {
    /// Signers, and no signature.
    #[error("it has signers and no signature")]
    Missing,
    /// Bytes that are no signature, or the signature of another text.
    #[error("its signature is wrong: {0}")]
    Bad(#[from] BadSignature),
    /// A signature of a key that is not one of the signers.
    #[error("it is signed by a key that is not one of its signers")]
    Stranger,
    /// Digests of blocks that are too few, too many, or there without a signature.
    #[error("its list of digests is not that of its text")]
    Chunks,
    /// A part of the text that is not the signed one.
    #[error("its text is not the one that was signed")]
    Content,
    /// A signed text that a person has edited.
    #[error("it is signed, and was edited by hand")]
    Edited,
}
