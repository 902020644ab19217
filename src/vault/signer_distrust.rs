//! The reasons why the signers of a generation are not trusted.

/// The reasons why a machine that knows the signers of a vault does not accept a generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignerDistrust {
    /// A vault that was signed, and is not any more.
    #[error("it is not signed any more")]
    Unsigned,
    /// A signature of somebody for whom no known signer vouches.
    #[error("it is signed by somebody for whom no known signer vouches")]
    Stranger,
}
