//! Why a vault cannot be read or written.

use super::refusal::{Precious, RosterProblem, Taken};
use super::wire::Section;
use crate::disk::FileError;
use crate::value::json::JsonError;

/// Why a vault cannot be read or written. The file is as it was unless the variant says otherwise.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The disk, the lock, or the path.
    #[error(transparent)]
    File(#[from] FileError),
    /// The key given does not open it.
    #[error(transparent)]
    Locked(#[from] Locked),
    /// It is not a vault, was cut, or was tampered with.
    #[error(transparent)]
    Damaged(#[from] Damage),
    /// A credential that was to be new is there already.
    #[error("{id} exists already")]
    Exists {
        /// Its id.
        id: String,
    },
    /// What is in the place of a bundle is not replaced.
    #[error("it {0}")]
    Taken(#[from] Taken),
    /// What is in the place of an export is never replaced.
    #[error("it {0}, which is never overwritten")]
    Precious(Precious),
    /// A key to write with is not usable.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// It is not locked to its roster without being told to. Nothing was written.
    #[error(transparent)]
    Roster(#[from] RosterProblem),
    /// There is not enough memory to stretch a passphrase; nothing was written.
    #[error("a passphrase takes {mebibytes} MiB of memory, which is not to be had")]
    Memory {
        /// What it takes.
        mebibytes: usize,
    },
    /// Reading failed although the file is there.
    #[error("cannot read the vault")]
    Read(#[source] std::io::Error),
    /// Writing failed; the old vault is in place.
    #[error("cannot write the vault")]
    Write(#[source] std::io::Error),
}

impl Error {
    /// The damage of one record.
    pub(super) fn record(section: Section, at: u64, problem: RecordProblem) -> Self {
        Damage::Record { section: section.name(), at, problem }.into()
    }

    /// Returns true if a passphrase was given and is not the right one.
    #[must_use]
    pub fn is_wrong_passphrase(&self) -> bool {
        matches!(self, Self::Locked(Locked::Passphrase) | Self::Key(KeyError::IdentityPassphrase { .. }))
    }
}

/// Why no key opens a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Locked {
    /// The passphrase is not the vault's.
    #[error("the passphrase is wrong")]
    Passphrase,
    /// None of the identities belongs to a recipient of the vault.
    #[error("none of the identities opens this vault")]
    Identities,
    /// A passphrase was given, but the vault is locked to recipients.
    #[error("this vault is locked to recipients and needs an identity")]
    NeedsIdentity,
    /// An identity was given, but the vault is locked with a passphrase.
    #[error("this vault is locked with a passphrase")]
    NeedsPassphrase,
}

/// What is wrong with the file or its content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// It does not begin like an age file.
    #[error("it is not an age file")]
    NotAge,
    /// It is an age file in ASCII armor.
    #[error("it is in the ASCII armor of age")]
    Armored,
    /// The header of the age file is over its limit.
    #[error("its age header is larger than {limit}")]
    HeaderTooLarge {
        /// The limit with its unit.
        limit: &'static str,
    },
    /// The header of the age file is malformed or its seal does not match.
    #[error("its age header is malformed or was tampered with")]
    Header,
    /// It asks for more work than we do.
    #[error(
        "its passphrase needs a scrypt work factor of 2^{asked}, more than the 2^{limit} that is accepted"
    )]
    ExcessiveWork {
        /// Logarithm of the factor in the file.
        asked: u8,
        /// Logarithm of the largest factor that is accepted.
        limit: u8,
    },
    /// A chunk does not decrypt, or the last one is missing.
    #[error("its encrypted content was cut off or tampered with")]
    Content,
    /// What is inside is not a vault.
    #[error("what is inside is not a credctl vault: {0}")]
    NotAVault(JsonError),
    /// What is inside is JSON, but not a vault.
    #[error("what is inside is not a credctl vault")]
    OtherDocument,
    /// It was written by a newer credctl.
    #[error("it has format version {found}; this credctl knows versions up to {known}")]
    Newer {
        /// Version in the file.
        found: u64,
        /// Newest version known.
        known: u64,
    },
    /// Its generation is larger than every reader can keep, so that it cannot grow.
    #[error("its generation is larger than 2^53")]
    Generation,
    /// A record is not as it must be.
    #[error("the record at {at} of section {section}: {problem}")]
    Record {
        /// Section of the vault.
        section: &'static str,
        /// Offset in the decrypted text or in the section, or the number of the record, as far as it is known.
        at: u64,
        /// What is wrong.
        problem: RecordProblem,
    },
}

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordProblem {
    /// Not JSON, or members that do not belong there.
    #[error("{0}")]
    Json(JsonError),
    /// Its fields or tags are no objects.
    #[error("its fields or its tags are not objects")]
    Shape,
    /// A type that this version does not know.
    #[error("its type is not known")]
    UnknownType,
    /// A policy, user, reference or environment with members that are missing, unknown or malformed.
    #[error("one of its members is missing, unknown or malformed")]
    Resident,
    /// A time that is none.
    #[error("one of its times is malformed")]
    Time,
    /// The same id stands twice.
    #[error("its id stands twice")]
    Duplicate,
    /// Its id is not greater than the one before: somebody edited the text by hand.
    #[error("it is out of order; take out the line that begins with \"index\" to have the text put in order")]
    Disorder,
    /// More records than the section may have.
    #[error("there are too many of them")]
    TooMany,
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
        /// Why it is refused.
        reason: std::borrow::Cow<'static, str>,
    },
    /// The line does not begin with an id.
    #[error("it does not begin with an id")]
    NoId,
}

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A recipient that is none.
    #[error("{text} is not an age recipient: {reason}")]
    Recipient {
        /// What was given, a public value.
        text: String,
        /// Why not.
        reason: &'static str,
    },
    /// A recipient or identity of a plugin that was not allowed.
    #[error("the age plugin {name} is not allowed")]
    PluginNotAllowed {
        /// Name of the plugin.
        name: String,
    },
    /// A plugin that cannot be started.
    #[error("the age plugin {name} cannot be used")]
    Plugin {
        /// Name of the plugin.
        name: String,
    },
    /// Text that holds no identity.
    #[error("{name} holds no age identity and no SSH private key")]
    NoIdentity {
        /// Where the text came from.
        name: String,
    },
    /// A kind of SSH key that age does not support.
    #[error("{name} is an SSH key of a kind that age does not support; ed25519 and RSA keys work")]
    UnsupportedSsh {
        /// Where the key came from.
        name: String,
    },
    /// The passphrase of an identity is wrong.
    #[error("the passphrase of the identity {name} is wrong")]
    IdentityPassphrase {
        /// Where the identity came from.
        name: String,
    },
    /// Nobody could open the vault.
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
    /// Reading the decrypted stream: the age crate reports a broken chunk as invalid data.
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{InvalidData, UnexpectedEof};
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
