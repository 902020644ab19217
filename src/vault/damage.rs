//! The damage of a vault: a file, a text or a record that is not as it must be.

use std::borrow::Cow;

use super::signature_problem::SignatureProblem;
use crate::value::json::JsonError;

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
    /// A record that is not JSON, or has members that do not belong there.
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
    /// An id that occurs twice.
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
        /// Id of the record as the vault has it, cut to the longest that an id may be.
        id: String,
        /// The member.
        member: &'static str,
        /// The reason why the member is refused.
        reason: Cow<'static, str>,
    },
    /// A line that does not begin with an id.
    #[error("it does not begin with an id")]
    NoId,
}
