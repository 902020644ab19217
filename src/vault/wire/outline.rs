//! A credential on its line whose fields wait as text until somebody needs them.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::attachment::attachments;
use super::credential::head_and_rest;
use crate::credential::{Credential, Head};
use crate::kind::{Headline, KnownTypes};
use crate::value::json;
use crate::value::{Object, Value};
use crate::vault::RecordProblem;

/// A credential that is read as far as somebody asks. A list needs the heads of all credentials, and the fields
/// of few.
pub struct Outline<'a> {
    credential: Credential,
    /// The text of the attachments, until they are read.
    unread_files: Option<&'a RawValue>,
    /// The text of the fields, until they are read.
    unread: Option<&'a RawValue>,
}

impl<'a> Outline<'a> {
    /// Reads a line without the fields.
    pub(in crate::vault) fn read(line: &'a [u8]) -> Result<Self, RecordProblem> {
        let (head, unread_files, fields) = head_and_rest(line)?;
        let credential = Credential { head, fields: Object::new(), attachments: Vec::new() };
        Ok(Self { credential, unread_files, unread: Some(fields) })
    }

    /// Returns the record with the definition of its type, if the vault has one.
    pub(in crate::vault) fn typed(mut self, types: &KnownTypes) -> Self {
        self.credential.head.kind = types.resolve(self.credential.head.kind);
        self
    }

    /// Returns everything beside the fields.
    #[must_use]
    pub fn head(&self) -> &Head {
        self.credential.head()
    }

    /// Returns everything beside the fields, for keeps.
    #[must_use]
    pub fn into_head(self) -> Head {
        self.credential.head
    }

    /// Returns the whole credential, whose attachments and fields are read the first time.
    ///
    /// # Errors
    /// The reason why they are not those of a credential.
    pub fn credential(&mut self) -> Result<&Credential, RecordProblem> {
        if let Some(files) = self.unread_files.take() {
            self.credential.attachments = attachments(&self.credential.head.id, Some(files))?;
        }
        if let Some(text) = self.unread.take() {
            match json::parse_record(text.get().as_bytes()).map_err(RecordProblem::Json)? {
                Value::Object(fields) => self.credential.fields = fields,
                _ => return Err(RecordProblem::Shape),
            }
        }
        Ok(&self.credential)
    }

    /// Returns the headline of the credential, as [`Credential::headline`] does. Reads no other field, where
    /// one field is enough.
    ///
    /// # Errors
    /// The reason why the fields are not those of a credential.
    pub fn headline(&mut self) -> Result<Option<String>, RecordProblem> {
        match (self.head().kind.headline, self.unread) {
            (Headline::Name | Headline::None(_), _) => Ok(self.head().headline()),
            (Headline::Field(paths), Some(text)) => {
                for path in paths {
                    let mut reader = serde_json::Deserializer::from_str(text.get());
                    let found = At(path).deserialize(&mut reader);
                    if let Some(found) = found.map_err(|error| RecordProblem::Json(error.into()))? {
                        return Ok(Some(found));
                    }
                }
                Ok(None)
            }
            _ => Ok(self.credential()?.headline()),
        }
    }
}

/// A reader of the text at a path, which skips everything else.
struct At<'p>(&'p [&'p str]);

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(self.0.is_empty().then(|| text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(is_next) = members.next_key_seed(Is(self.0.first().copied()))? {
            if is_next {
                found = members.next_value_seed(At(self.0.get(1..).unwrap_or_default()))?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// A reader of the name of a member, which compares it and keeps nothing.
struct Is<'p>(Option<&'p str>);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<bool, E> {
        Ok(self.0 == Some(name))
    }
}
