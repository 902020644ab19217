//! The reasons why a vault cannot be read or written.

use super::backup_distrust::BackupDistrust;
use super::blobs::AttachmentProblem;
use super::refusal::{Distrust, Precious, RosterProblem, Taken};
use super::signature_problem::SignatureProblem;
use super::signers_error::SignersError;
use super::wire::Section;
use crate::disk::FileError;
use crate::random::NoRandomness;
use crate::signature::SigningFailed;
use crate::value::json::JsonError;

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
    /// A key that failed to sign. Nothing was written.
    #[error(transparent)]
    Signing(#[from] SigningFailed),
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

/// The reasons why no key opens a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Locked {
    /// A passphrase that is not the vault's.
    #[error("the passphrase is wrong")]
    Passphrase,
    /// Identities none of which belongs to a recipient of the vault.
    #[error("none of the identities opens this vault")]
    Identities,
    /// A passphrase for a vault that is locked to recipients.
    #[error("this vault is locked to recipients and needs an identity")]
    NeedsIdentity,
    /// An identity for a vault that is locked with a passphrase.
    #[error("this vault is locked with a passphrase")]
    NeedsPassphrase,
    /// A passphrase that its holder gave up, or that is not the vault's any more.
    #[error("the agent does not open this vault any more")]
    Held,
}

/// The damage of the file or its content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// A file that does not begin like an age file.
    #[error("it is not an age file")]
    NotAge,
    /// An age file in ASCII armor.
    #[error("it is in the ASCII armor of age")]
    Armored,
    /// A header of the age file that is over its limit.
    #[error("its age header is larger than {limit}")]
    HeaderTooLarge {
        /// The limit with its unit.
        limit: &'static str,
    },
    /// A header of the age file that is malformed, or whose seal does not match.
    #[error("its age header is malformed or was tampered with")]
    Header,
    /// A header whose passphrase needs more work than we do.
    #[error(
        "its passphrase needs a scrypt work factor of 2^{asked}, more than the 2^{limit} that is accepted"
    )]
    ExcessiveWork {
        /// Logarithm of the factor in the file.
        asked: u8,
        /// Logarithm of the largest factor that is accepted.
        limit: u8,
    },
    /// A chunk that does not decrypt, or a last one that is missing.
    #[error("its encrypted content was cut off or tampered with")]
    Content,
    /// A content that is not the JSON of a vault.
    #[error("its content is not a credctl vault: {0}")]
    NotAVault(JsonError),
    /// A content that is JSON, but not a vault.
    #[error("its content is not a credctl vault")]
    OtherDocument,
    /// A vault that was written by a newer credctl.
    #[error("it has format version {found}; this credctl knows versions up to {known}")]
    Newer {
        /// Version in the file.
        found: u64,
        /// Newest version known.
        known: u64,
    },
    /// A first line with members that are out of bounds.
    #[error("its first line {problem}")]
    FirstLine {
        /// The reason, as a clause.
        problem: &'static str,
    },
    /// A signature that is missing or does not match.
    #[error(transparent)]
    Signature(#[from] SignatureProblem),
    /// A generation that is larger than every reader can keep, so that it cannot grow.
    #[error("its generation is larger than 2^53")]
    Generation,
    /// A record that is not as it must be.
    #[error("the record at {at} of section {section}: {problem}")]
    Record {
        /// Section of the vault.
        section: &'static str,
        /// Offset in the decrypted text or in the section, or the number of the record, as far as it is known.
        at: u64,
        /// The problem of the record.
        problem: RecordProblem,
    },
}

/// The problems of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordProblem {
    /// Not JSON, or members that do not belong there.
    #[error("{0}")]
    Json(JsonError),
    /// A record whose fields or tags are no objects.
    #[error("its fields or its tags are not objects")]
    Shape,
    /// A type that this version does not know.
    #[error("its type is not known")]
    UnknownType,
    /// A policy, user, reference or environment with members that are missing, unknown or malformed.
    #[error("one of its members is missing, unknown or malformed")]
    Resident,
    /// An attachment without a digest, or with neither a content nor the key of a blob.
    #[error("one of its attachments has no digest, or neither a content nor a blob with its identity")]
    Attachment,
    /// A time that is malformed.
    #[error("one of its times is malformed")]
    Time,
    /// An id that stands twice.
    #[error("its id is used twice")]
    Duplicate,
    /// An id that is not greater than the one before: somebody edited the text by hand.
    #[error("it is out of order; delete the line that begins with \"index\", and credctl sorts the text")]
    Disorder,
    /// More records than the section may have.
    #[error("there are too many of them")]
    TooMany,
    /// A roster line with a name that cannot be shown.
    #[error("its name must be 1 to 127 visible characters")]
    Member,
    /// A roster line that is no recipient.
    #[error("it is not an age recipient")]
    Recipient,
    /// A member that breaks its rule.
    #[error("`{member}` of `{id}` {reason}")]
    Rule {
        /// Id of the record as it stands there, cut to the longest that an id may be.
        id: String,
        /// The member.
        member: &'static str,
        /// The reason why the member is refused.
        reason: std::borrow::Cow<'static, str>,
    },
    /// A line that does not begin with an id.
    #[error("it does not begin with an id")]
    NoId,
}

/// The reasons why a key cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A text that is not a recipient.
    #[error("`{text}` is not an age recipient: {reason}")]
    Recipient {
        /// The text that was given, a public value.
        text: String,
        /// The reason why it is none.
        reason: &'static str,
    },
    /// A recipient or identity of a plugin that was not allowed.
    #[error("the age plugin `{name}` is not allowed")]
    PluginNotAllowed {
        /// Name of the plugin.
        name: String,
    },
    /// A plugin that cannot be started.
    #[error("the age plugin `{name}` cannot be used")]
    Plugin {
        /// Name of the plugin.
        name: String,
    },
    /// A plugin that failed, of which only the key is known.
    #[error("the age plugin of {key} cannot be used")]
    PluginFailed {
        /// The key that the plugin serves.
        key: &'static str,
    },
    /// Text that holds no identity.
    #[error("`{name}` contains no age identity and no SSH private key")]
    NoIdentity {
        /// The origin of the text.
        name: String,
    },
    /// A kind of SSH key that age does not support.
    #[error("`{name}` is an SSH key of a kind that age does not support; ed25519 and RSA keys work")]
    UnsupportedSsh {
        /// The origin of the key.
        name: String,
    },
    /// A wrong passphrase of an identity.
    #[error("the passphrase of the identity `{name}` is wrong")]
    IdentityPassphrase {
        /// The origin of the identity.
        name: String,
    },
    /// A vault without a recipient, which nobody could open.
    #[error("a vault needs at least one recipient")]
    NoRecipient,
    /// More recipients than a reader of the vault accepts.
    #[error("a vault has at most {limit} recipients")]
    TooManyRecipients {
        /// The limit.
        limit: usize,
    },
    /// Recipients that cannot stand in one file.
    #[error("these recipients cannot be used together")]
    Incompatible,
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
