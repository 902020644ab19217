//! The reasons why two files are not merged.

use uuid::Uuid;

/// The reasons why two files are not merged. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeRefusal {
    /// Files of two vaults.
    #[error("the files are two vaults, with the ids {ours} and {theirs}")]
    OtherVault {
        /// The id of one.
        ours: Uuid,
        /// The id of the other.
        theirs: Uuid,
    },
    /// The bundle of an environment, which is made from a vault and not merged.
    #[error("one of the files is the bundle of the environment `{environment}`")]
    Bundle {
        /// The environment.
        environment: String,
    },
    /// A vault that one side has locked with a passphrase, and the other one to recipients.
    #[error("one side is locked with a passphrase, and the other side to recipients")]
    OtherLock,
    /// Signers that both sides have changed, or whose change cannot be told.
    #[error("the signers of the two sides differ, and nothing tells which of them are the right ones")]
    Signers,
    /// A side that is older than the common ancestor, which would take a change back.
    #[error("their side, generation {theirs}, is older than the common ancestor, generation {base}")]
    Reversed {
        /// The generation of the common ancestor.
        base: u64,
        /// The generation of their side.
        theirs: u64,
    },
    /// A common ancestor that is no generation of this vault.
    #[error("the common ancestor is a file of another vault")]
    Base,
}
