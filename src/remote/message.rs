//! The messages between a program and a helper: their members, their words and their limits. Each is one line of
//! JSON; a member `length` announces that many bytes of body behind the line.

use serde::{Deserialize, Serialize};

/// The version of the protocol.
pub const PROTOCOL: u32 = 1;
/// The most bytes of a line, with its line break.
pub const MAX_HEADER: usize = 4096;
/// The most bytes of an object.
pub const MAX_OBJECT: u64 = 256 * 1024 * 1024;
/// The most bytes of a tag.
pub const MAX_TAG: usize = 1024;
/// The most bytes of a text for the operator, and of the name of a program.
pub const MAX_TEXT: usize = 300;

/// The first message of a helper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greeting {
    /// The version of the protocol that the helper speaks.
    pub protocol: u32,
    /// The name of the helper and its own version.
    pub program: String,
    /// True if the engine itself gives parts of an object.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ranges: bool,
}

/// A message to a helper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum RemoteRequest {
    /// The whole object.
    Get {
        /// The tag that the caller has the content of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unless: Option<String>,
    },
    /// A part of the object.
    Range {
        /// The tag that the object must still have.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tag: Option<String>,
        /// The position of the first byte.
        start: u64,
        /// The number of bytes.
        count: u64,
    },
    /// A new content, which follows as the body.
    Put {
        /// The tag that the object must still have. Without one, the object must not exist.
        #[serde(default, rename = "if", skip_serializing_if = "Option::is_none")]
        condition: Option<String>,
        /// The bytes of the body.
        length: u64,
    },
    /// The question if the engine honours conditions.
    Probe,
    /// The end of the object, whatever its tag.
    Delete,
    /// A request of a later version.
    #[serde(other)]
    Unknown,
}

/// A message of a helper: the reply to one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum RemoteReply {
    /// The whole object, which follows as the body.
    Found {
        /// The tag of the object.
        tag: String,
        /// The bytes of the body.
        length: u64,
    },
    /// The object still has the tag that the caller named.
    Unchanged,
    /// There is no object.
    Absent,
    /// A part of the object, which follows as the body.
    Part {
        /// The tag of the object.
        tag: String,
        /// The bytes of the whole object.
        size: u64,
        /// The bytes of the body.
        length: u64,
    },
    /// The condition was refused; nothing was stored.
    Changed,
    /// The content was stored.
    Stored {
        /// The tag of the new content.
        tag: String,
    },
    /// The answer of the server was lost; the content may be stored.
    Unknown {
        /// A sentence for the operator.
        text: String,
    },
    /// The engine honours conditions.
    Sound,
    /// The engine ignores a condition.
    Unsound {
        /// A sentence for the operator.
        text: String,
    },
    /// The request failed; nothing was stored.
    Failed {
        /// The reason, for programs.
        kind: FailureKind,
        /// A sentence for the operator.
        text: String,
    },
}

/// The reason why a request failed, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FailureKind {
    /// Missing or wrong credentials, or no permission.
    Denied,
    /// No answer of the server. A later attempt may succeed.
    Unreachable,
    /// A refusal of the server that a later attempt does not change.
    Refused,
    /// A request that the helper or the engine does not know.
    Unsupported,
    /// A fault of the helper.
    #[serde(other)]
    Internal,
}

/// The member of a message that announces a body.
#[derive(Deserialize)]
pub struct BodyLength {
    #[serde(default)]
    length: u64,
}

impl BodyLength {
    /// Returns the bytes of body behind a line; `None` if the line is no message.
    pub fn of(line: &str) -> Option<u64> {
        serde_json::from_str(line).ok().map(|Self { length }| length)
    }
}
