//! A credential on its line.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use serde::de::{self, Deserializer, IgnoredAny, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::attachment::{AttachmentList, attachments};
use super::judge;
use super::record::{LabelRecord, Record, RecordParts};
use crate::credential::{Credential, Envelope, Head, Label};
use crate::secret::Buffer;
use crate::text::PublicText;
use crate::value::json::{self, Bounded, Compact, JsonMembers, JsonView};
use crate::value::{Object, Value};
use crate::vault::RecordProblem;

/// The length from which on the parts of a record are read one by one, because one may be most of the vault.
const LONG: usize = 64 * 1024;

/// A part of a record as it is written.
type RawPart<'a> = &'a RawValue;

/// A text of a record.
struct RecordText(PublicText);

impl<'de> Deserialize<'de> for RecordText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl Visitor<'_> for TextVisitor {
            type Value = RecordText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<RecordText, E> {
                Ok(RecordText(text.into()))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

/// A value of a record that is written.
enum RecordValue<'a> {
    Value(&'a Value),
    Object(&'a Object),
}

impl Serialize for RecordValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => JsonView(value).serialize(serializer),
            Self::Object(object) => JsonMembers(object).serialize(serializer),
        }
    }
}

/// Returns the line of a credential, without its end, if it has at most `most` bytes.
///
/// # Errors
/// Never in practice: every part can be written as JSON.
pub fn line_up_to(
    credential: &Credential,
    most: usize,
) -> Result<Option<Zeroizing<Vec<u8>>>, serde_json::Error> {
    let mut line = UpTo { line: Buffer::with_capacity(1024), most };
    match write_line(credential, &mut line) {
        Ok(()) => Ok(Some(line.line.into_bytes())),
        // memory has no other error
        Err(error) if error.is_io() => Ok(None),
        Err(error) => Err(error),
    }
}

/// A line in memory that ends with an error where it gets too long.
struct UpTo {
    line: Buffer,
    most: usize,
}

impl Write for UpTo {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.line.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.line.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a record as its line, without its end. Memory: the parts of the record that may be long, which are
/// freed before their text goes right to its place.
///
/// # Errors
/// The reason why the record is not a credential; an error of the output.
pub fn lay_out(record: &[u8], out: &mut impl Write) -> Result<(), RecordProblem> {
    let (mut head, mut parts): Split<'_, RawPart<'_>> = split(record)?;
    let read = parts.read().and_then(|parts| parts.put_into(&mut head));
    if let (Err(_), true) = (&read, record.len() < LONG) {
        // a reader of the whole record knows the place of what is wrong
        read_short::<IgnoredAny>(record)?;
    }
    read?;
    judge::head(&head)?;
    let files = attachments(&head.id, parts.attachments)?;
    let fields = json::parse_record(parts.fields.get().as_bytes()).map_err(RecordProblem::Json)?;
    if !matches!(fields, Value::Object(_)) {
        return Err(RecordProblem::Shape);
    }
    drop(fields);
    // a line has no empty tags, and no empty list of attachments
    parts.attachments = parts.attachments.filter(|_| !files.is_empty());
    drop(files);
    parts.tags = parts.tags.filter(|_| !head.envelope.tags.is_empty());
    head.envelope = Envelope {
        description: None,
        labels: Vec::new(),
        tags: Object::new(),
        resource_metadata: None,
        auditing_settings: None,
        ..head.envelope
    };
    serde_json::to_writer(Compact::new(out), &Record::new(&head, parts)).map_err(problem)
}

pub(super) fn problem(error: serde_json::Error) -> RecordProblem {
    RecordProblem::Json(error.into())
}

/// Makes the error of an output in memory, which has none in practice.
pub(super) fn full(error: io::Error) -> RecordProblem {
    problem(serde_json::Error::io(error))
}

/// Writes the line of a credential, without its end.
///
/// # Errors
/// An error of the output.
pub fn write_line(credential: &Credential, out: &mut impl Write) -> Result<(), serde_json::Error> {
    let Head { envelope, .. } = credential.head();
    let parts = RecordParts {
        description: envelope.description.as_deref(),
        labels: envelope
            .labels
            .iter()
            .map(|Label { name, value }| LabelRecord { name: &**name, value: &**value })
            .collect(),
        tags: Some(&envelope.tags).filter(|tags| !tags.is_empty()).map(RecordValue::Object),
        resource_metadata: envelope.resource_metadata.as_ref().map(RecordValue::Value),
        auditing_settings: envelope.auditing_settings.as_ref().map(RecordValue::Value),
        attachments: Some(credential.attachments()).filter(|all| !all.is_empty()).map(AttachmentList),
        fields: JsonMembers(credential.fields()),
    };
    serde_json::to_writer(out, &Record::new(credential.head(), parts))
}

/// Reads a line with the fields.
///
/// # Errors
/// The reason why the line is not a credential.
pub fn credential(line: &[u8]) -> Result<Credential, RecordProblem> {
    let (head, files, fields) = if line.len() < LONG {
        read_short::<Bounded>(line)?
    } else {
        let (head, files, fields) = read_long::<RawPart<'_>>(line)?;
        let fields = json::parse_record(fields.get().as_bytes()).map_err(RecordProblem::Json)?;
        (head, files, Bounded(fields))
    };
    let attachments = attachments(&head.id, files)?;
    match fields {
        Bounded(Value::Object(fields)) => Ok(Credential { head, fields, attachments }),
        Bounded(_) => Err(RecordProblem::Shape),
    }
}

/// Reads a line without the fields.
///
/// # Errors
/// The reason why the line is not a credential.
pub fn head(line: &[u8]) -> Result<Head, RecordProblem> {
    let (head, _, IgnoredAny) = if line.len() < LONG { read_short(line)? } else { read_long(line)? };
    Ok(head)
}

/// The head of a record, its attachments as they are written, and its fields.
type Read<'a, F> = (Head, Option<RawPart<'a>>, F);

fn read_short<'a, F: Deserialize<'a>>(line: &'a [u8]) -> Result<Read<'a, F>, RecordProblem> {
    let record: Record<'_, RecordText, Bounded, RawPart<'a>, F> =
        serde_json::from_slice(line).map_err(problem)?;
    let (mut head, parts) = record.split()?;
    let (files, fields) = parts.put_into(&mut head)?;
    judge::head(&head)?;
    Ok((head, files, fields))
}

/// The head of a record and its parts as they are written.
type Split<'a, F> = (Head, RecordParts<RawPart<'a>, RawPart<'a>, RawPart<'a>, F>);

fn split<'a, F: Deserialize<'a>>(line: &'a [u8]) -> Result<Split<'a, F>, RecordProblem> {
    let record: Record<'_, RawPart<'_>, RawPart<'_>, RawPart<'_>, F> =
        serde_json::from_slice(line).map_err(problem)?;
    record.split()
}

fn read_long<'a, F: Deserialize<'a>>(line: &'a [u8]) -> Result<Read<'a, F>, RecordProblem> {
    let (mut head, parts) = split(line)?;
    parts.read()?.put_into(&mut head)?;
    judge::head(&head)?;
    Ok((head, parts.attachments, parts.fields))
}

impl<A, F> RecordParts<RawPart<'_>, RawPart<'_>, A, F> {
    /// Reads the parts, except for the attachments and the fields.
    fn read(&self) -> Result<RecordParts<RecordText, Bounded, (), ()>, RecordProblem> {
        let text = |raw: RawPart<'_>| json::text(raw).map(|text| RecordText(text.into())).map_err(problem);
        let label = |label: &LabelRecord<RawPart<'_>>| -> Result<_, RecordProblem> {
            Ok(LabelRecord { name: text(label.name)?, value: text(label.value)? })
        };
        let value = |raw: Option<RawPart<'_>>| {
            let value = raw.map(|raw| json::parse_record(raw.get().as_bytes())).transpose();
            value.map(|value| value.map(Bounded)).map_err(RecordProblem::Json)
        };
        Ok(RecordParts {
            description: self.description.map(text).transpose()?,
            labels: self.labels.iter().map(label).collect::<Result<_, _>>()?,
            tags: value(self.tags)?,
            resource_metadata: value(self.resource_metadata)?,
            auditing_settings: value(self.auditing_settings)?,
            attachments: None,
            fields: (),
        })
    }
}

impl<A, F> RecordParts<RecordText, Bounded, A, F> {
    /// Puts the parts into a head. Returns the attachments and the fields.
    fn put_into(self, head: &mut Head) -> Result<(Option<A>, F), RecordProblem> {
        let label =
            |LabelRecord { name, value }: LabelRecord<RecordText>| Label { name: name.0, value: value.0 };
        head.envelope.description = self.description.map(|RecordText(text)| text);
        head.envelope.labels = self.labels.into_iter().map(label).collect();
        head.envelope.tags = match self.tags {
            Some(Bounded(Value::Object(tags))) => tags,
            Some(_) => return Err(RecordProblem::Shape),
            None => Object::new(),
        };
        head.envelope.resource_metadata = self.resource_metadata.map(|Bounded(value)| value);
        head.envelope.auditing_settings = self.auditing_settings.map(|Bounded(value)| value);
        Ok((self.attachments, self.fields))
    }
}

/// Reads a line, and its attachments and its fields as text.
///
/// # Errors
/// The reason why the line is not a credential.
pub(super) fn head_and_rest(line: &[u8]) -> Result<Read<'_, &RawValue>, RecordProblem> {
    if line.len() < LONG { read_short(line) } else { read_long(line) }
}

/// Reads the id at the start of a line, without reading the rest.
///
/// # Errors
/// Fails if the line does not begin with an id, or if the id breaks the rule for ids.
pub fn id(line: &[u8]) -> Result<Cow<'_, str>, RecordProblem> {
    let id = raw_id(line)?;
    judge::id(&id)?;
    Ok(id)
}

/// Reads the id without judging it, to compare it with one that is sought.
///
/// # Errors
/// Fails if the line does not begin with an id.
pub fn raw_id(line: &[u8]) -> Result<Cow<'_, str>, RecordProblem> {
    let text = line.strip_prefix(br#"{"id":""#).ok_or(RecordProblem::NoId)?;
    let end = text.iter().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(RecordProblem::NoId)?;
    if text[end] == b'"' {
        return std::str::from_utf8(&text[..end]).map(Cow::Borrowed).map_err(|_| RecordProblem::NoId);
    }
    // an escape in it: let the JSON reader find its end
    let mut values = serde_json::Deserializer::from_slice(&line[br#"{"id":"#.len()..]).into_iter::<String>();
    values.next().and_then(Result::ok).map(Cow::Owned).ok_or(RecordProblem::NoId)
}

/// Returns what follows the id at the start of a line.
pub(super) fn after_id(line: &[u8]) -> Result<&[u8], RecordProblem> {
    let text = line.strip_prefix(br#"{"id":"#).ok_or(RecordProblem::NoId)?;
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<Cow<'_, str>>();
    values.next().and_then(Result::ok).ok_or(RecordProblem::NoId)?;
    let end = values.byte_offset();
    Ok(&text[end..])
}

#[cfg(test)]
mod tests;
