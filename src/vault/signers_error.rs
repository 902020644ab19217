//! The reasons why the signers of a vault cannot be changed.

use std::borrow::Cow;

use super::wire::MAX_SIGNERS;

/// The reasons why the signers cannot be changed as it was asked for. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignersError {
    /// A key that is one of a signer.
    #[error("the key is that of the signer `{name}` already")]
    Known {
        /// The name of the signer.
        name: String,
    },
    /// A text that cannot be the name of a signer.
    #[error("the name of the signer {reason}")]
    Name {
        /// The reason, as a clause.
        reason: Cow<'static, str>,
    },
    /// A name that another signer has.
    #[error("there is a signer `{name}` with another key")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// A name or key that no signer has.
    #[error("there is no signer `{name}`")]
    Missing {
        /// The name or key.
        name: String,
    },
    /// More signers than a vault can have.
    #[error("a vault has at most {MAX_SIGNERS} signers")]
    TooMany,
    /// The last signer: without it, no key could change the vault.
    #[error("`{name}` is the last signer")]
    Last {
        /// The name of the signer.
        name: String,
    },
    /// A signer who would sign its own removal, which no reader could verify.
    #[error("`{name}` cannot sign the removal of its own key; another signer must")]
    Own {
        /// The name of the signer.
        name: String,
    },
    /// A vault that is not signed.
    #[error("the vault is not signed")]
    Unsigned,
    /// A vault that is signed.
    #[error("the vault is signed already")]
    Signed,
}
