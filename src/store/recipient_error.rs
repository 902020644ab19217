//! The reasons to refuse a change of the recipients of a vault.

/// The reasons to refuse a change of the recipients of a vault. Nothing was done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecipientError {
    /// A vault that is locked with a passphrase.
    #[error("a vault with a passphrase cannot have recipients")]
    Passphrase,
    /// A missing recipient: there is none of this name or key.
    // the word is not repeated, because it may be a secret key
    #[error("the vault has no recipient of this name or key")]
    NotFound {
        /// The recipients of the vault, by their names as far as they have some.
        known: Vec<String>,
    },
    /// A name that several recipients have, as a vault that was edited by hand may say.
    #[error("several recipients have the name `{name}`")]
    Ambiguous {
        /// The name.
        name: String,
        /// Their keys.
        recipients: Vec<String>,
    },
    /// A name that another recipient has.
    #[error("another recipient has the name `{name}`")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// A recipient that is there already under another name.
    #[error("the vault has this recipient already, under the name `{name}`")]
    OtherName {
        /// Its name.
        name: String,
    },
    /// A change that leaves no recipient.
    #[error("refusing to remove the last recipient")]
    Last,
}
