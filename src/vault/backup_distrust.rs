//! The reasons why the file beside a vault is not taken for the generation before.

/// The reasons why a backup is not the generation before the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BackupDistrust {
    /// A file that the vault does not name as one of those before it.
    #[error("it says generation {found}, and the vault does not follow from it")]
    NoAncestor {
        /// The generation that it says.
        found: u64,
    },
    /// A file with a seal that the vault never had.
    #[error("it has a seal that the vault never had, so its writer could not read the vault")]
    Forged,
    /// A file that no signer of the vault has signed.
    #[error("the vault is signed, and none of its signers has signed it")]
    NotSigned,
}
