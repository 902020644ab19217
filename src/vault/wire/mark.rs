//! The mark of a record whose secrets somebody could read who is shut out, put into its line as it is written.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use serde::Deserialize;
use serde::de::{self, Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::attachment::attachments;
use super::credential::problem;
use crate::credential::has_secrets;
use crate::kind::{self, Kind, KnownTypes, Secrecy, Shape};
use crate::value::{Value, json};
use crate::vault::RecordProblem;

/// The members of a record that decide about its mark.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MarkedRecord<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(default, borrow)]
    attachments: Option<&'a RawValue>,
    #[serde(borrow)]
    etag: &'a RawValue,
    #[serde(default, borrow)]
    rotate_required: Option<&'a RawValue>,
    #[serde(borrow)]
    fields: &'a RawValue,
}

/// The record in the line of an earlier version.
#[derive(Deserialize)]
struct MarkedVersion<'a> {
    #[serde(borrow)]
    credential: MarkedRecord<'a>,
}

/// The line of a record with secrets, or with attachments, and its mark.
pub struct MarkedLine<'a> {
    line: &'a [u8],
    /// The parts that are replaced, in their order.
    edits: Vec<(Range<usize>, Vec<u8>)>,
    /// The number of attachments.
    pub attachments: usize,
}

impl<'a> MarkedLine<'a> {
    /// Marks a line. `etag` is the new etag of a record that was not marked before. Returns `None` for a record
    /// without secrets and attachments.
    ///
    /// # Errors
    /// The reason why the line is not a record.
    pub fn of(line: &'a [u8], types: &KnownTypes, etag: Uuid) -> Result<Option<Self>, RecordProblem> {
        let record = serde_json::from_slice(line).map_err(problem)?;
        Self::within(line, &record, types, Some(etag))
    }

    /// Marks the line of an earlier version, which keeps its etag.
    ///
    /// # Errors
    /// The reason why the line is not an earlier version.
    pub fn of_version(line: &'a [u8], types: &KnownTypes) -> Result<Option<Self>, RecordProblem> {
        let version: MarkedVersion<'_> = serde_json::from_slice(line).map_err(problem)?;
        Self::within(line, &version.credential, types, None)
    }

    /// Marks the record that is a part of a line.
    fn within(
        line: &'a [u8],
        members: &MarkedRecord<'_>,
        types: &KnownTypes,
        etag: Option<Uuid>,
    ) -> Result<Option<Self>, RecordProblem> {
        let files = attachments(&members.id, members.attachments)?.len();
        if files == 0 && !members.has_secrets(types)? {
            return Ok(None);
        }
        let place = |raw: &RawValue| {
            // the values are parts of the line
            let at = raw.get().as_ptr().addr() - line.as_ptr().addr();
            at..at + raw.get().len()
        };
        let mut edits = Vec::new();
        let is_new = match members.rotate_required {
            Some(raw) if raw.get() == "true" => false,
            Some(raw) => {
                edits.push((place(raw), b"true".to_vec()));
                true
            }
            None => {
                let fields = place(members.fields).start;
                let own = place(members.etag).end;
                edits.push(match line[..fields].strip_suffix(b"\"fields\":") {
                    Some(before) => (before.len()..before.len(), b"\"rotateRequired\":true,".to_vec()),
                    // another program may put the members into another order
                    None => (own..own, b",\"rotateRequired\":true".to_vec()),
                });
                true
            }
        };
        if let Some(etag) = etag.filter(|_| is_new) {
            edits.push((place(members.etag), format!("\"{etag}\"").into_bytes()));
        }
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        Ok(Some(Self { line, edits, attachments: files }))
    }

    /// Writes the line, without its end.
    ///
    /// # Errors
    /// An error of the output.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut at = 0;
        for (range, text) in &self.edits {
            out.write_all(&self.line[at..range.start])?;
            out.write_all(text)?;
            at = range.end;
        }
        out.write_all(&self.line[at..])
    }
}

impl MarkedRecord<'_> {
    fn has_secrets(&self, types: &KnownTypes) -> Result<bool, RecordProblem> {
        let kind = types.resolve(kind::recorded(&self.kind).ok_or(RecordProblem::UnknownType)?);
        // most records have a field that is a secret by itself
        if PlainSecret::is_in(kind, self.fields) {
            return Ok(true);
        }
        match json::parse_record(self.fields.get().as_bytes()).map_err(RecordProblem::Json)? {
            Value::Object(fields) => Ok(has_secrets(kind, &fields)),
            _ => Err(RecordProblem::Shape),
        }
    }
}

/// A search for a field that is a secret as a whole. It ends at the first one, and keeps no value.
struct PlainSecret<'f> {
    kind: &'static Kind,
    found: &'f mut bool,
}

impl PlainSecret<'_> {
    fn is_in(kind: &'static Kind, fields: &RawValue) -> bool {
        let mut found = false;
        let mut reader = serde_json::Deserializer::from_str(fields.get());
        // the end of the search is an error to the reader
        let _ = reader.deserialize_map(PlainSecret { kind, found: &mut found });
        found
    }
}

impl<'de> Visitor<'de> for PlainSecret<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<Cow<'_, str>>()? {
            let field = self.kind.every_field().find(|field| field.name == name);
            let is_secret = field.is_some_and(|field| {
                field.secrecy == Secrecy::Secret && !matches!(field.shape, Shape::Store(_) | Shape::Variables)
            });
            if is_secret {
                *self.found = true;
                return Err(de::Error::custom("found"));
            }
            members.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::MarkedLine;
    use crate::kind::KnownTypes;

    const ETAG: &str = "\"00000000-0000-0000-0000-000000000000\"";

    /// Returns the line with its mark.
    fn marked(line: &str) -> Option<String> {
        let found = MarkedLine::of(line.as_bytes(), &KnownTypes::default(), Uuid::max()).unwrap()?;
        let mut out = Vec::new();
        found.write(&mut out).unwrap();
        Some(String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_mark_gets_into_the_line_wherever_its_members_are() {
        let new = "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"";
        let head = r#"{"id":"a","type":"login""#;
        let fields = r#""fields":{"username":"u","password":"p"}"#;
        for (line, expected) in [
            (
                format!("{head},\"etag\":{ETAG},{fields}}}"),
                format!("{head},\"etag\":{new},\"rotateRequired\":true,{fields}}}"),
            ),
            (
                format!("{head},{fields} , \"etag\": {ETAG}}}").replace("\"fields\":", "\"fields\": "),
                format!("{head},{fields} , \"etag\": {new},\"rotateRequired\":true}}")
                    .replace("\"fields\":", "\"fields\": "),
            ),
            (
                format!("{head},\"rotateRequired\":false,\"etag\":{ETAG},{fields}}}"),
                format!("{head},\"rotateRequired\":true,\"etag\":{new},{fields}}}"),
            ),
        ] {
            assert_eq!(marked(&line).as_deref(), Some(&*expected));
            // once is enough
            assert_eq!(marked(&expected).as_deref(), Some(&*expected));
        }
        let version = format!(
            r#"{{"id":"a","replacedAt":"x","replacedBy":{ETAG},"credential":{head},"etag":{ETAG},{fields}}}}}"#
        );
        let found = MarkedLine::of_version(version.as_bytes(), &KnownTypes::default()).unwrap().unwrap();
        let mut out = Vec::new();
        found.write(&mut out).unwrap();
        let expected = version.replace("\"fields\"", "\"rotateRequired\":true,\"fields\"");
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn a_record_without_secrets_has_no_mark() {
        let line = |fields: &str| format!(r#"{{"id":"a","type":"login","etag":{ETAG},"fields":{fields}}}"#);
        assert_eq!(marked(&line(r#"{"username":"u"}"#)), None);
        assert!(marked(&line(r#"{"custom":[{"name":"pin","value":"1","secret":true}]}"#)).is_some());
        assert_eq!(marked(&line(r#"{"custom":[{"name":"pin","value":"1","secret":false}]}"#)), None);
        // nobody knows what a type without a definition has
        assert!(marked(&line(r#"{"x":"1"}"#).replace("login", "our.type")).is_some());
    }
}
