//! Refusals: of a file that is not the vault that this machine knows; to write over a file that may be the only one of
//! its kind; to write for recipients that the operator has not accepted.

use std::fmt;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::cipher::Stanzas;
use super::signer_distrust::SignerDistrust;

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
        "this machine knows another vault at this path, with the id {known}; the vault that is here now has the id {found}"
    )]
    OtherVault {
        /// The vault that was there.
        known: Uuid,
        /// The vault that is there now.
        found: Uuid,
    },
    /// The bundle of an environment in the place of its vault.
    #[error("this machine knows the vault {vault} at this path; the file that is here now is a bundle of it")]
    Bundle {
        /// The vault.
        vault: Uuid,
    },
    /// Another bundle, or the vault itself, in the place of the bundle that the machine knows there.
    #[error(
        "this machine knows a bundle of the vault {vault} at this path; the file that is here now is another file of that vault"
    )]
    OtherBundle {
        /// The vault.
        vault: Uuid,
    },
    /// A vault without the secret of its readers.
    #[error(
        "this machine saw {seen}; the file that is here now lacks the secret of its readers: it is a copy of format 1, or somebody made it who cannot read the vault"
    )]
    NoSeal {
        /// The generation that the machine knows.
        seen: Sighting,
    },
    /// A vault with another secret of its readers, which does not follow from the one that is known.
    #[error(
        "this machine saw {seen}; the file that is here now says generation {found} and has another secret of its readers, so somebody made it who could not read that vault"
    )]
    Forged {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
    /// A file at a new path with the id of a vault that is known elsewhere, and another secret of its readers.
    #[error(
        "this machine knows the vault {vault} from another path; the file that is here now has another secret of its readers, so somebody made it who could not read that vault"
    )]
    Foreign {
        /// The vault.
        vault: Uuid,
    },
    /// An earlier generation.
    #[error("this machine saw {seen}; the file that is here now is generation {found}, an older copy")]
    Older {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
    /// A generation of another line: two writers changed the same generation, or somebody edited the text.
    #[error(
        "this machine saw {seen}; the file that is here now is generation {found}, which does not follow from it"
    )]
    Diverged {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
    /// A vault that was signed, and is not any more.
    #[error(
        "this machine saw {seen}, which was signed; the file that is here now is generation {found} and is not signed"
    )]
    Unsigned {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
    /// A vault that was signed by somebody for whom no known signer vouches.
    #[error(
        "this machine saw {seen} and knows its signers; the file that is here now is generation {found}, and the one who signed it is not one of them"
    )]
    Stranger {
        /// The generation that the machine knows.
        seen: Sighting,
        /// The generation of the file.
        found: u64,
    },
}

impl Distrust {
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

/// The kind of file that is in the place of a bundle and is not replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Taken {
    /// A symbolic link, which may lead to somebody's vault.
    #[error("is a symbolic link, so it is not replaced")]
    ByLink,
    /// The vault itself, its backup or its lock.
    #[error("belongs to the vault itself")]
    ByVault,
    /// Any other file.
    #[error("is not the bundle of this environment, so it is left alone")]
    ByOther,
}

/// The reasons why a file is never overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precious {
    /// A file that holds age identities.
    Identity,
    /// An SSH private key, which may be an identity.
    SshKey,
    /// An age file with a passphrase: a vault or an identity, for nothing else has one.
    Passphrase,
    /// A vault.
    Vault,
    /// An age file that has no mark and that the key does not open: it may be somebody's vault.
    Unknown,
    /// The backup or the lock of this vault, or a file that would be one.
    BelongsTo(PathBuf),
}

impl fmt::Display for Precious {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identity => f.write_str("is an identity file"),
            Self::SshKey => f.write_str("is an SSH private key"),
            Self::Passphrase => f.write_str("is a vault or an identity with a passphrase"),
            Self::Vault => f.write_str("is a vault"),
            Self::Unknown => f.write_str("is an age file that may be a vault"),
            Self::BelongsTo(vault) => write!(f, "belongs to the vault `{}`", vault.display()),
        }
    }
}

/// Recipients that the operator has not accepted on this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strangers {
    /// The recipients of the vault.
    pub recipients: Vec<String>,
    /// The recipients of bundles, each with the name of its environment.
    pub bundles: Vec<(String, String)>,
}

/// The reasons not to lock a vault to what its roster says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RosterProblem {
    /// An age header and a roster that differ in number or kind.
    #[error("the file is locked to {header}, but the list of recipients inside names {roster}")]
    Differs {
        /// The recipients that the header has.
        header: Stanzas,
        /// The recipients that the roster has.
        roster: Stanzas,
    },
    /// Recipients that are new to this machine.
    #[error("this machine has not locked the vault to {0} before")]
    Strangers(Strangers),
    /// Recipients that would lock out the operator: the identities at hand do not open what would be written.
    #[error("your identities would not open the file any more: it would be locked to {recipients}")]
    LocksOut {
        /// The recipients, separated by commas.
        recipients: String,
    },
}

impl Strangers {
    /// Returns true if there are no strangers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.recipients.is_empty() && self.bundles.is_empty()
    }
}

impl fmt::Display for Strangers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.recipients.join(", "))?;
        for (position, (environment, recipient)) in self.bundles.iter().enumerate() {
            let comma = if position > 0 || !self.recipients.is_empty() { ", " } else { "" };
            write!(f, "{comma}{recipient} (environment {environment})")?;
        }
        Ok(())
    }
}
