//! The reasons why a KeePass database cannot be read.

use crate::credential::Violations;

/// A database that cannot be read. The texts continue the name of the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KdbxError {
    /// A file of KeePass 1.
    #[error("is a database of KeePass 1")]
    Old,
    /// A version of the format that is not known.
    #[error("is a KeePass database of version {major}.{minor}, and only 3.1 and 4 can be read")]
    Version {
        /// The number before the dot.
        major: u16,
        /// The number behind the dot.
        minor: u16,
    },
    /// A file that is cut or changed, with the reason.
    #[error("is a damaged KeePass database: the file {0}")]
    Damaged(&'static str),
    /// A method of encryption that is not known.
    #[error("is a KeePass database with an unknown {0}")]
    Unknown(&'static str),
    /// A key derivation that would take too much memory or time.
    #[error("is a KeePass database whose key derivation needs more than {0}")]
    Costly(&'static str),
    /// A database that is larger than an import may be.
    #[error("is a KeePass database with more than {0} MiB of data")]
    TooLarge(u64),
    /// A key file that is damaged.
    #[error("needs another key file: this one is damaged")]
    KeyFile,
    /// A wrong password or key file.
    #[error("is a KeePass database, and the password or the key file is wrong")]
    WrongKey,
    /// Contents that are no database.
    #[error("is a KeePass database with contents that cannot be read")]
    Contents(#[source] Violations),
}

impl KdbxError {
    /// Returns true if another password may open the database.
    #[must_use]
    pub fn is_wrong_key(&self) -> bool {
        matches!(self, Self::WrongKey)
    }
}
