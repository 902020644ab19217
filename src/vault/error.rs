//! The reasons why a vault cannot be read or written.

use super::backup_distrust::BackupDistrust;
use super::blobs::AttachmentProblem;
use super::damage::{Damage, RecordProblem};
use super::distrust::Distrust;
use super::key_error::{KeyError, Locked};
use super::merging::MergeRefusal;
use super::refusal::{Precious, RosterProblem, Taken};
use super::signature_problem::SignatureProblem;
use super::signers_error::SignersError;
use super::wire::Section;
use crate::disk::FileError;
use crate::random::NoRandomness;
use crate::signature::SigningFailed;

/// The reasons why a vault cannot be read or written. The file is as it was unless the variant says
/// otherwise.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An error of the disk, the lock, or the path.
    #[error(transparent)]
    File(#[from] FileError),
    /// A key that does not open the vault.
    #[error(transparent)]
    Locked(#[from] Locked),
    /// A file that is not a vault, was cut, or was tampered with.
    #[error(transparent)]
    Damaged(#[from] Damage),
    /// A credential that was to be new and is there already.
    #[error("`{id}` exists already")]
    Exists {
        /// The id of the credential.
        id: String,
    },
    /// A file in the place of a bundle, which is not replaced.
    #[error("it {0}")]
    Taken(#[from] Taken),
    /// A file in the place of an export, which is never replaced.
    #[error("it {0}, which is never overwritten")]
    Precious(Precious),
    /// A key to write with that is not usable.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A roster that the vault is not locked to unless the operator says so. Nothing was written.
    #[error(transparent)]
    Roster(#[from] RosterProblem),
    /// A vault that is not the one that this machine knows, or not its latest generation.
    #[error(transparent)]
    Distrust(#[from] Distrust),
    /// A backup that is not the generation before the vault. Nothing was done with it.
    #[error("the backup of the vault is not used: {0}")]
    Backup(#[from] BackupDistrust),
    /// A signed vault, and no key of one of its signers. Nothing was written.
    #[error("the vault is signed, and only its signers can change it: {}", .signers.join(", "))]
    NotASigner {
        /// The names of the signers.
        signers: Vec<String>,
    },
    /// Signers that cannot be changed so. Nothing was written.
    #[error(transparent)]
    Signers(#[from] SignersError),
    /// Files that are not merged. Nothing was written.
    #[error(transparent)]
    Merge(#[from] MergeRefusal),
    /// A key that failed to sign. Nothing was written.
    #[error(transparent)]
    Signing(#[from] SigningFailed),
    /// A first line that no reader would accept. Nothing was written.
    #[error("the vault would not be readable any more: its first line {problem}")]
    Header {
        /// The reason, as a clause.
        problem: &'static str,
    },
    /// A lack of memory to stretch a passphrase; nothing was written.
    #[error("a passphrase needs {mebibytes} MiB of memory, which is not available")]
    Memory {
        /// The memory that it takes, in MiB.
        mebibytes: usize,
    },
    /// A lack of random bytes; nothing was written.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// An attachment whose content cannot be read.
    #[error("the attachment `{name}` cannot be read: {problem}")]
    Attachment {
        /// The name of the attachment.
        name: String,
        /// The reason.
        problem: AttachmentProblem,
    },
    /// A file to attach that cannot be read; nothing was written.
    #[error("cannot read the file to attach")]
    Content(#[source] std::io::Error),
    /// A read that failed although the file is there.
    #[error("cannot read the vault")]
    Read(#[source] std::io::Error),
    /// A write that failed; the old vault is in place.
    #[error("cannot write the vault")]
    Write(#[source] std::io::Error),
}

impl Error {
    /// Makes the error for the damage of one record.
    pub(super) fn record(section: Section, at: u64, problem: RecordProblem) -> Self {
        Damage::Record { section: section.name(), at, problem }.into()
    }

    /// Returns true if a passphrase was given and is not the right one.
    #[must_use]
    pub fn is_wrong_passphrase(&self) -> bool {
        matches!(self, Self::Locked(Locked::Passphrase) | Self::Key(KeyError::IdentityPassphrase { .. }))
    }
}

impl From<std::io::Error> for Error {
    /// Converts an error of reading the decrypted stream: the age crate reports a broken chunk as invalid
    /// data.
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{InvalidData, UnexpectedEof};
        let problem = error.get_ref().and_then(|inner| inner.downcast_ref::<SignatureProblem>());
        if let Some(problem) = problem {
            return Damage::Signature(*problem).into();
        }
        match error.kind() {
            InvalidData | UnexpectedEof => Damage::Content.into(),
            _ => Self::Read(error),
        }
    }
}

impl From<Precious> for Error {
    fn from(precious: Precious) -> Self {
        Self::Precious(precious)
    }
}
