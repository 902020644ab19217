//! The reasons to refuse a use of the store.

use std::path::PathBuf;

use super::conflict_error::ConflictError;
use super::places::EngineError;
use super::recipient_error::RecipientError;
use super::resident_error::ResidentError;
use super::value_error::ValueError;
use crate::credential::{ChangeError, MAX_ATTACHMENTS, Violations};
use crate::disk::FileError;
use crate::vault;

/// The reasons to refuse a use of the store. Nothing was done, unless the variant says otherwise.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A vault that cannot be read, opened or written.
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// An engine that has the vault, and did not do its part.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A credential that is not valid, or cannot be changed so.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// A value of a credential that is not given.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// A user, a policy or an environment that cannot be made, found or changed so.
    #[error(transparent)]
    Resident(#[from] ResidentError),
    /// A recipient that cannot be added, found, named or removed so.
    #[error(transparent)]
    Recipient(#[from] RecipientError),
    /// A conflict that cannot be found or resolved so.
    #[error(transparent)]
    Conflict(#[from] ConflictError),
    /// A reference inside a text that leads to no value.
    #[error("{}{source}", place(*.line))]
    Unresolved {
        /// The line of a template, from 1 on; none for the value of a variable.
        line: Option<usize>,
        /// The reason.
        source: Box<Self>,
    },
    /// Credentials with secrets that must not be used now, in an export of usable ones.
    #[error("{} must not be used now; nothing was exported", first_of(.ids))]
    UnusableExport {
        /// The ids, at least one.
        ids: Vec<String>,
    },
    /// Conditions that match no credential of the project.
    #[error("the filter matches no credential")]
    NoneSelected,
    /// A missing file where the vault should be.
    #[error("no vault at `{}`", .path.display())]
    NoVault {
        /// The path.
        path: PathBuf,
    },
    /// A vault that another file replaced while the operator looked at it. Nothing was accepted.
    #[error("nothing was accepted: the vault was replaced while it was shown")]
    Replaced,
    /// Something that cannot be a vault, in its place: a folder, a pipe, or a file that is too large.
    #[error(transparent)]
    NotAVault(FileError),
    /// A missing credential: the project sees none of this id or name.
    #[error("there is no credential `{id}`")]
    NotFound {
        /// The id or name.
        id: String,
        /// Up to three ids that are near, if they were looked for.
        near: Vec<String>,
    },
    /// A name that several credentials have.
    #[error("several credentials are named `{name}`")]
    Ambiguous {
        /// The name.
        name: String,
        /// Their ids, in ascending order.
        ids: Vec<String>,
    },
    /// An id that a credential has already.
    #[error("`{id}` exists already")]
    Exists {
        /// The id.
        id: String,
    },
    /// A new id for a credential that another one has.
    #[error("`{id}` exists already")]
    IdInUse {
        /// The id.
        id: String,
    },
    /// A global credential, which a project cannot change.
    #[error("`{id}` is global and cannot be changed from a project")]
    Global {
        /// The id.
        id: String,
    },
    /// A credential that is not the version that the caller has seen.
    #[error("`{id}` was changed meanwhile")]
    Stale {
        /// The id.
        id: String,
    },
    /// The name of a user who has a password already.
    #[error("`{id}` is named `{name}` already")]
    NameTaken {
        /// The id of the credential that has it.
        id: String,
        /// The name.
        name: String,
    },
    /// The password of a user who is not in the vault.
    #[error("name: must be the id of a user in this vault")]
    NoSuchUser,
    /// A new password for a credential of a type that has none.
    #[error("password: {kind} has no password")]
    NoPassword {
        /// The name of the type.
        kind: &'static str,
    },
    /// A change by a role that may only read.
    #[error("the role operator may only read")]
    ReadOnly,
    /// A change of what all projects share, which a project cannot make.
    #[error("`{verb}` changes the whole vault, not one project")]
    WholeVault {
        /// The verb.
        verb: &'static str,
    },
    /// A file that is the bundle of an environment.
    #[error("this is the bundle of the environment `{environment}` and cannot be changed")]
    Bundle {
        /// The environment.
        environment: String,
    },
    /// An earlier version that the credential does not have.
    #[error("there is no revision {revision} of `{id}`")]
    NoRevision {
        /// The id.
        id: String,
        /// The revision.
        revision: u64,
    },
    /// A credential to restore that is there.
    #[error("`{id}` exists and was not deleted")]
    NotDeleted {
        /// The id.
        id: String,
    },
    /// A missing deleted credential: the project sees none of this id.
    #[error("there is no deleted credential `{id}`")]
    NoneDeleted {
        /// The id.
        id: String,
    },
    /// An undo without the generation before the last change, which is gone.
    #[error("there is nothing to undo: the generation before the last change does not exist")]
    NothingToUndo,
    /// An undo of a change that only took codes of a counter, which never goes back.
    #[error(
        "there is nothing to undo: the last change used a code of `{id}`, and its counter cannot go back"
    )]
    OnlyCodes {
        /// The id.
        id: String,
    },
    /// The id of the credential is a field of its type.
    #[error("the id of `{id}` comes from its field {field} and cannot be changed")]
    FixedId {
        /// The id.
        id: String,
        /// The name of the field.
        field: &'static str,
    },
    /// The resource does not refer to the credential.
    #[error("`{resource}` does not refer to `{id}`")]
    NoReference {
        /// The resource.
        resource: String,
        /// The id.
        id: String,
    },
    /// The project sees no earlier version of the credential.
    #[error("there are no earlier versions of `{id}`")]
    NoVersions {
        /// The id.
        id: String,
    },
    /// A project cannot purge other projects.
    #[error("only admin can purge all projects")]
    PurgeAll,
    /// An attachment of a name that is taken.
    #[error("`{id}` has an attachment `{name}` already")]
    AttachmentExists {
        /// The id.
        id: String,
        /// The name of the attachment.
        name: String,
    },
    /// A missing attachment.
    #[error("`{id}` has no attachment `{name}`")]
    NoAttachment {
        /// The id.
        id: String,
        /// The name that was looked for.
        name: String,
        /// The names of those that the credential has.
        names: Vec<String>,
    },
    /// A credential with as many attachments as there may be.
    #[error("`{id}` has {MAX_ATTACHMENTS} attachments, which is the most that a credential may have")]
    TooManyAttachments {
        /// The id.
        id: String,
    },
    /// An entry of an import that may be any of several stored credentials, or one of several entries that may
    /// be the same stored credential.
    #[error("{}", any_of(.ids))]
    AmbiguousEntry {
        /// The ids of the stored credentials, at most four.
        ids: Vec<String>,
    },
    /// An item of an import that belongs to a login that failed.
    #[error("belongs to {login}, which was not imported")]
    LoginNotImported {
        /// The id of the login.
        login: String,
    },
    /// An item of an import that fails because of another item, which belongs to it.
    #[error("{id}: {source}")]
    Beside {
        /// The id of the other item.
        id: String,
        /// The error of the other item.
        source: Box<Error>,
    },
}

/// Says which stored credentials an entry may be.
fn any_of(ids: &[String]) -> String {
    match ids {
        [one] => format!("several entries of the file may be the stored credential {one}"),
        [one, two, three, _, ..] => format!("the entry may be any of {one}, {two}, {three} and others"),
        _ => format!("the entry may be any of {}", ids.join(", ")),
    }
}

impl Error {
    /// Returns true if the error is a credential that the project does not see.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }

    pub(super) fn not_found(id: &str) -> Self {
        Self::NotFound { id: id.to_owned(), near: Vec::new() }
    }

    /// Makes the error of a file that should be the vault.
    #[must_use]
    pub fn at_vault(error: FileError) -> Self {
        match error {
            FileError::NotFound { path } => Self::NoVault { path },
            // what is no file, or no file of ours, is no vault
            error @ (FileError::NotRegular { .. } | FileError::TooLarge { .. }) => Self::NotAVault(error),
            error => vault::Error::from(error).into(),
        }
    }

    /// Makes the error of a file in the place of a bundle.
    #[must_use]
    pub fn at_bundle(out: &str, error: vault::Error) -> Self {
        match error {
            vault::Error::Taken(taken) => ResidentError::Taken { out: out.to_owned(), taken }.into(),
            vault::Error::Precious(precious) => {
                ResidentError::Precious { out: out.to_owned(), precious }.into()
            }
            error => error.into(),
        }
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        Self::Change(violations.into())
    }
}

fn place(line: Option<usize>) -> String {
    line.map(|line| format!("line {line} of the template: ")).unwrap_or_default()
}

fn first_of(ids: &[String]) -> String {
    match ids {
        [] => String::new(),
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}
