//! Refusals to write: over a file that may be the only one of its kind, and for recipients that the operator has not
//! accepted.

use std::fmt;
use std::path::PathBuf;

use super::cipher::Stanzas;

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
    /// An object on an engine.
    #[error("is at an address, where credctl deletes nothing")]
    AtAddress,
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
