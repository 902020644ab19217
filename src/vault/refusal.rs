//! Refusals to write: over a file that somebody needs, or for readers that nobody agreed to.

use std::fmt;
use std::path::PathBuf;

use super::cipher::Stanzas;

/// What is in the place of a bundle and is not replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Taken {
    /// A symbolic link, which may lead to somebody's vault.
    #[error("is a symbolic link, so it is not replaced")]
    ByLink,
    /// The vault, its backup or its lock.
    #[error("belongs to the vault itself")]
    ByVault,
    /// Any other file.
    #[error("is not the bundle of this environment, so it is left alone")]
    ByOther,
}

/// What makes a file one that is never overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precious {
    /// It holds age identities.
    Identity,
    /// It is an SSH private key, which may be an identity.
    SshKey,
    /// An age file with a passphrase: a vault or an identity, for nothing else has one.
    Passphrase,
    /// It is a vault.
    Vault,
    /// An age file that has no mark and that the key does not open: it may be somebody's vault.
    Unknown,
    /// It is the backup or the lock of this vault, or would be.
    BelongsTo(PathBuf),
}

impl fmt::Display for Precious {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identity => f.write_str("is an identity file"),
            Self::SshKey => f.write_str("is an SSH private key"),
            Self::Passphrase => f.write_str("is a vault or an identity with a passphrase"),
            Self::Vault => f.write_str("is a vault"),
            Self::Unknown => f.write_str("is an age file that may be somebody's vault"),
            Self::BelongsTo(vault) => write!(f, "belongs to the vault `{}`", vault.display()),
        }
    }
}

/// Recipients that nobody has agreed to on this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strangers {
    /// Of the vault.
    pub recipients: Vec<String>,
    /// Of bundles, each with the name of its environment.
    pub bundles: Vec<(String, String)>,
}

/// Why a vault is not locked to what its roster says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RosterProblem {
    /// The age header and the roster differ in number or kind.
    #[error("the file is locked to {header}, but the list of recipients inside names {roster}")]
    Differs {
        /// What the header says.
        header: Stanzas,
        /// What the roster says.
        roster: Stanzas,
    },
    /// Some recipients are new to this machine.
    #[error("this machine has not locked the vault to {0} before")]
    Strangers(Strangers),
    /// The identities at hand do not open what would be written.
    #[error("your identities would not open what is written: it would be locked to {recipients}")]
    LocksOut {
        /// The recipients, separated by commas.
        recipients: String,
    },
}

impl Strangers {
    /// Returns true if there are none.
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
