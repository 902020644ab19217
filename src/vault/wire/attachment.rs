//! An attachment in the record of its credential.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde::{Deserialize, Serialize as SerializeDerive};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::judge;
use crate::credential::{Attachment, AttachmentContent, MAX_ATTACHMENTS};
use crate::digest::ContentDigest;
use crate::secret::Secret;
use crate::value::json::TOO_MANY;
use crate::vault::RecordProblem;

/// The attachments of a record that is written.
pub(super) struct AttachmentList<'a>(pub &'a [Attachment]);

/// The members of an attachment that is written.
#[derive(SerializeDerive)]
struct WrittenAttachment<'a> {
    name: &'a str,
    size: u64,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blob: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<&'a str>,
}

impl Serialize for AttachmentList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|Attachment { name, size, sha256, content }| {
            let (value, blob, identity) = match content {
                AttachmentContent::Inline(value) => (Some(value.expose()), None, None),
                AttachmentContent::Blob { id, identity } => (None, Some(*id), Some(identity.expose())),
            };
            WrittenAttachment { name, size: *size, sha256: sha256.to_string(), value, blob, identity }
        }))
    }
}

/// The members of an attachment that is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadAttachment<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    size: u64,
    #[serde(borrow)]
    sha256: Cow<'a, str>,
    #[serde(default)]
    value: Option<HiddenText>,
    #[serde(default)]
    blob: Option<Uuid>,
    #[serde(default)]
    identity: Option<HiddenText>,
}

/// A secret text.
struct HiddenText(Secret);

impl<'de> Deserialize<'de> for HiddenText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HiddenVisitor;

        impl Visitor<'_> for HiddenVisitor {
            type Value = HiddenText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<HiddenText, E> {
                Ok(HiddenText(text.into()))
            }
        }

        deserializer.deserialize_str(HiddenVisitor)
    }
}

impl ReadAttachment<'_> {
    fn attachment(self) -> Option<Attachment> {
        let content = match (self.value, self.blob, self.identity) {
            (Some(HiddenText(value)), None, None) => AttachmentContent::Inline(value),
            (None, Some(id), Some(HiddenText(identity))) => AttachmentContent::Blob { id, identity },
            _ => return None,
        };
        let sha256 = ContentDigest::parse(&self.sha256)?;
        Some(Attachment { name: self.name.into_owned(), size: self.size, sha256, content })
    }
}

/// The attachments of a record that is read, none of which was judged.
struct ReadAttachments<'a>(Vec<ReadAttachment<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for ReadAttachments<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor;

        impl<'de> Visitor<'de> for ListVisitor {
            type Value = Vec<ReadAttachment<'de>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of attachments")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    if list.len() == MAX_ATTACHMENTS {
                        return Err(de::Error::custom(TOO_MANY));
                    }
                    list.push(item);
                }
                Ok(list)
            }
        }

        deserializer.deserialize_seq(ListVisitor).map(ReadAttachments)
    }
}

/// Reads and judges the attachments of the credential `id`.
///
/// # Errors
/// The reason why they are not those of a credential.
pub(super) fn attachments(id: &str, raw: Option<&RawValue>) -> Result<Vec<Attachment>, RecordProblem> {
    let Some(raw) = raw else { return Ok(Vec::new()) };
    let ReadAttachments(read) =
        serde_json::from_str(raw.get()).map_err(|error| RecordProblem::Json(error.into()))?;
    let attachments: Option<Vec<_>> = read.into_iter().map(ReadAttachment::attachment).collect();
    let attachments = attachments.ok_or(RecordProblem::Attachment)?;
    judge::attachments(id, &attachments)?;
    Ok(attachments)
}
