//! The JSON of a vault and the only serde types for it. See `docs/vault-format.md`.

mod credential;
mod judge;
mod version;

pub(super) use crate::credential::MAX_COUNT;
pub use credential::{credential, head, id, line, raw_id, write_line};
pub use version::{version, version_line, write_version};

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

/// Newest format version that is read and the one that is written.
pub const VERSION: u64 = 1;

/// What the first line holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Always `vault`.
    pub credctl: Cow<'static, str>,
    /// Format version.
    pub version: u64,
    /// Identity of this vault, the same for all its generations.
    pub id: Uuid,
    /// Counts the writes.
    pub generation: u64,
    /// The environment whose bundle this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<String>,
}

/// What of any vault, also of a newer one, can be relied on.
#[derive(Deserialize)]
pub struct AnyVersion {
    pub credctl: Option<String>,
    pub version: Option<u64>,
}

/// A whole vault whose layout is not ours: somebody edited it by hand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document<'a> {
    pub credctl: String,
    pub version: u64,
    pub id: Uuid,
    pub generation: u64,
    pub bundle: Option<String>,
    #[serde(default, borrow)]
    pub recipients: Section<'a>,
    #[serde(default, borrow)]
    pub credentials: Section<'a>,
    #[serde(default, borrow)]
    pub policies: Section<'a>,
    #[serde(default, borrow)]
    pub users: Section<'a>,
    #[serde(default, borrow)]
    pub references: Section<'a>,
    #[serde(default, borrow)]
    pub environments: Section<'a>,
    #[serde(default, borrow)]
    pub history: Section<'a>,
    #[serde(default, rename = "index")]
    pub _index: serde::de::IgnoredAny,
}

/// The records of a section as they stand in a text. What is too short to be one is refused at once, because a
/// list of millions of them takes several times the room of the text.
#[derive(Default)]
pub struct Section<'a>(pub Vec<&'a RawValue>);

/// No record has fewer bytes; the shortest are recipients.
const SHORTEST: usize = 8;

impl<'de: 'a, 'a> Deserialize<'de> for Section<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Records;

        impl<'de> Visitor<'de> for Records {
            type Value = Vec<&'de RawValue>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of records")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut records = Vec::new();
                while let Some(record) = items.next_element::<&RawValue>()? {
                    if record.get().len() < SHORTEST {
                        return Err(de::Error::custom("no record"));
                    }
                    records.push(record);
                }
                Ok(records)
            }
        }

        deserializer.deserialize_seq(Records).map(Self)
    }
}
