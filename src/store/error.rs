//! Why a use of the store is refused.

use std::path::PathBuf;

use crate::credential::{ChangeError, Violations};
use crate::disk::FileError;
use crate::vault::{self, Damage, Precious, Taken};

/// Why nothing was done. A variant that says otherwise is the only one after which something was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The vault cannot be read, opened or written.
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// The credential is not valid, or cannot be changed so.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// There is no file where the vault should be.
    #[error("there is no vault: {} does not exist", .path.display())]
    NoVault {
        /// The path.
        path: PathBuf,
    },
    /// What is there cannot be a vault: a folder, a pipe, or a file that is too large.
    #[error(transparent)]
    NotAVault(FileError),
    /// The project sees no credential of this id or name.
    #[error("there is no credential {id}")]
    NotFound {
        /// The id or name.
        id: String,
    },
    /// Several credentials have the name.
    #[error("several credentials are named {name}")]
    Ambiguous {
        /// The name.
        name: String,
        /// The ids of two of them.
        ids: [String; 2],
    },
    /// A credential of this id exists.
    #[error("{id} exists already")]
    Exists {
        /// The id.
        id: String,
    },
    /// A project cannot change a global credential.
    #[error("{id} is global and cannot be changed from a project")]
    Global {
        /// The id.
        id: String,
    },
    /// The credential is not the version that the caller has seen.
    #[error("{id} was changed meanwhile")]
    Stale {
        /// The id.
        id: String,
    },
    /// The name is that of a user who has a password already.
    #[error("{id} is named {name} already")]
    NameTaken {
        /// The id of the credential that has it.
        id: String,
        /// The name.
        name: String,
    },
    /// The user whom a password belongs to is not there.
    #[error("name: must be the id of a user in this vault")]
    NoSuchUser,
    /// The role may only read.
    #[error("the role operator may only read")]
    ReadOnly,
    /// A project cannot change what all projects share.
    #[error("`{verb}` changes the whole vault, not one project")]
    WholeVault {
        /// The verb.
        verb: &'static str,
    },
    /// The file is the bundle of an environment.
    #[error("this is the bundle of the environment {environment} and cannot be changed")]
    Bundle {
        /// The environment.
        environment: String,
    },
    /// The credential has no such earlier version.
    #[error("there is no revision {revision} of {id}")]
    NoRevision {
        /// The id.
        id: String,
        /// The revision.
        revision: u64,
    },
    /// The credential to restore is there.
    #[error("{id} is there and was not deleted")]
    NotDeleted {
        /// The id.
        id: String,
    },
    /// The project sees no deleted credential of this id.
    #[error("there is no deleted credential {id}")]
    NoneDeleted {
        /// The id.
        id: String,
    },
    /// The generation before the last change is gone.
    #[error("there is nothing to undo: the generation before is not there any more")]
    NothingToUndo,
    /// A user of this id exists.
    #[error("the user {id} exists already")]
    UserExists {
        /// The id.
        id: String,
    },
    /// There is no user of this id.
    #[error("there is no user {id}")]
    NoUser {
        /// The id.
        id: String,
    },
    /// The password of a user who is still there.
    #[error("{word} is the password of the user {user}, who is still there")]
    PasswordOfUser {
        /// The word by which the credential was found.
        word: String,
        /// The user's id.
        user: String,
    },
    /// There is no environment of this name.
    #[error("there is no environment {name}")]
    NoEnvironment {
        /// The name.
        name: String,
    },
    /// What is in the place of a bundle is not replaced.
    #[error("`{out}` {taken}")]
    Taken {
        /// The path of the bundle.
        out: String,
        /// What is there.
        taken: Taken,
    },
    /// What is in the place of a bundle is never replaced.
    #[error("`{out}` {precious}, which is never overwritten")]
    Precious {
        /// The path of the bundle.
        out: String,
        /// What is there.
        precious: Precious,
    },
    /// What is in the place of a bundle cannot be read. The change itself is saved.
    #[error(transparent)]
    DamagedBundle(Damage),
}

impl Error {
    /// Returns true if the project sees no such credential.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }

    pub(super) fn not_found(id: &str) -> Self {
        Self::NotFound { id: id.to_owned() }
    }

    /// The error of a file that should be the vault.
    #[must_use]
    pub fn at_vault(error: FileError) -> Self {
        match error {
            FileError::NotFound { path } => Self::NoVault { path },
            // what is no file, or no file of ours, is no vault
            error @ (FileError::NotRegular { .. } | FileError::TooLarge { .. }) => Self::NotAVault(error),
            error => vault::Error::from(error).into(),
        }
    }

    /// The error of a file in the place of a bundle.
    #[must_use]
    pub fn at_bundle(out: &str, error: vault::Error) -> Self {
        match error {
            vault::Error::Taken(taken) => Self::Taken { out: out.to_owned(), taken },
            vault::Error::Precious(precious) => Self::Precious { out: out.to_owned(), precious },
            error => error.into(),
        }
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::Change(violations.into())
    }
}
