//! The reasons why a machine does not trust a file: it is not the vault that the machine knows, or not its latest
//! generation.

use std::fmt;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::vouching::SignerDistrust;

/// The highest generation of a vault that a machine has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// The number of the generation.
    pub generation: u64,
    /// The time when the machine saw it first, if that is known.
    pub at: Option<DateTime<Utc>>,
}

/// The reasons why a file is not the vault that a machine knows, or not its latest generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Distrust {
    /// Another vault in the place of the one that the machine knows there.
    #[error(
        "this machine knows another vault at this path, with the id {known}; the vault here now has the id {found}"
    )]
    OtherVault {
        /// The vault that was there.
        known: Uuid,
        /// The vault that is there now.
        found: Uuid,
    },
    /// The bundle of an environment in the place of its vault.
    #[error("this machine knows the vault {vault} at this path; the file here now is a bundle of it")]
    Bundle {
        /// The vault.
        vault: Uuid,
    },
    /// Another bundle, or the vault itself, in the place of the bundle that the machine knows there.
    #[error(
        "this machine knows a bundle of the vault {vault} at this path; the file here now is another file of that vault"
    )]
    OtherBundle {
        /// The vault.
        vault: Uuid,
    },
    /// A vault without a seal.
    #[error(
        "this machine saw {seen}; the file here now has no seal, the secret that only readers of the vault know: it is a copy in format 1, or its writer could not read the vault"
    )]
    NoSeal {
        /// The generation that the machine knows.
        seen: Sighting,
    },
    /// A vault with a seal that is neither the known one nor one that replaced it.
    #[error(
        "this machine saw {seen}; the file here now says generation {found} and has another seal, the secret that only readers of the vault know: its writer could not read the vault"
    )]
    Forged {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
    /// A generation with a secret of the readers from before somebody was shut out, who may have made it.
    #[error(
        "this machine saw {seen}; the file is generation {found} and has the secret of the readers from before somebody was shut out, who may have made it"
    )]
    FormerReaders {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
    /// A file at a new path with the id of a vault that is known elsewhere, and with another seal.
    #[error(
        "this machine knows the vault {vault} at another path; the file here now has its id and another seal, the secret that only readers of the vault know: its writer could not read the vault"
    )]
    Foreign {
        /// The vault.
        vault: Uuid,
    },
    /// An earlier generation.
    #[error("this machine saw {seen}; the file here now is generation {found}, an older copy")]
    Older {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
    /// A generation of another line: two writers changed the same generation, or a person edited the text.
    #[error(
        "this machine saw {seen}; the file here now is generation {found}, which does not follow from it"
    )]
    Diverged {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
    /// A vault that was signed, and is not any more.
    #[error(
        "this machine saw {seen}, which was signed; the file here now is generation {found} and is not signed"
    )]
    Unsigned {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
    /// A vault with the signature of a key for which no known signer vouches.
    #[error(
        "this machine saw {seen} and knows its signers; the file here now is generation {found}, signed by a key that is not one of theirs"
    )]
    Stranger {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
}

impl Distrust {
    /// Returns true if the file is a generation of the known vault that is older than what the machine has seen, or
    /// beside it, so that it can be merged.
    #[must_use]
    pub fn is_other_branch(&self) -> bool {
        matches!(self, Self::Older { .. } | Self::Diverged { .. })
    }

    /// Makes the reason of what is wrong with the signers.
    pub(super) fn of_signers(problem: SignerDistrust, seen: Sighting, found: u64) -> Self {
        match problem {
            SignerDistrust::Unsigned => Self::Unsigned { seen, found },
            SignerDistrust::Stranger => Self::Stranger { seen, found },
        }
    }
}

impl fmt::Display for Sighting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "generation {} of this vault", self.generation)?;
        self.at.map_or(Ok(()), |at| write!(f, " on {}", at.format("%Y-%m-%d at %H:%M UTC")))
    }
}
