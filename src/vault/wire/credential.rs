//! A credential on its line.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::judge;
use crate::credential::{Credential, Envelope, Grant, Grantee, GranteeKind, Head, Label, Stamp};
use crate::kind;
use crate::secret::Buffer;
use crate::time;
use crate::value::json::{self, Bounded, MAX_VALUES, Members, TOO_MANY, View};
use crate::value::{Object, Value};
use crate::vault::RecordProblem;

/// One credential on its line. The id comes first, the fields last.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, bound(deserialize = "F: Deserialize<'de>"))]
struct Record<'a, F> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    connector_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    project: Cow<'a, str>,
    enabled: bool,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    description: Option<Cow<'a, str>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    throttle_policy: Option<Cow<'a, str>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    valid_from: Option<Cow<'a, str>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    valid_until: Option<Cow<'a, str>>,
    #[serde(default, borrow, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    labels: Vec<LabelRecord<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tags: Option<Tree>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resource_metadata: Option<Tree>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    auditing_settings: Option<Tree>,
    #[serde(default, borrow, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    access: Vec<GrantRecord<'a>>,
    #[serde(borrow)]
    created_at: Cow<'a, str>,
    created_by: Uuid,
    #[serde(borrow)]
    updated_at: Cow<'a, str>,
    modified_by: Uuid,
    etag: Uuid,
    revision: u64,
    instance_id: Uuid,
    fields: F,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelRecord<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GrantRecord<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    project: Cow<'a, str>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    expire_time: Option<Cow<'a, str>>,
    #[serde(borrow)]
    granted_at: Cow<'a, str>,
    granted_by: Uuid,
}

/// Reads a list that is no longer than what one record may hold.
fn few<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct Few<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Few<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
            let mut list = Vec::new();
            while let Some(item) = items.next_element()? {
                if list.len() == MAX_VALUES {
                    return Err(de::Error::custom(TOO_MANY));
                }
                list.push(item);
            }
            Ok(list)
        }
    }

    deserializer.deserialize_seq(Few(PhantomData))
}

/// A value tree that is read and written.
struct Tree(Value);

impl Serialize for Tree {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        View(&self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Bounded::deserialize(deserializer).map(|Bounded(value)| Self(value))
    }
}

/// Returns the line of a credential, without its end.
///
/// # Errors
/// Never in practice: every part can be written as JSON.
pub fn line(credential: &Credential) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
    let mut line = Buffer::with_capacity(1024);
    write_line(credential, &mut line)?;
    Ok(line.into_bytes())
}

fn write_line(credential: &Credential, out: &mut impl Write) -> Result<(), serde_json::Error> {
    write_record(credential.head(), Members(credential.fields()), out)
}

/// Writes a record as its line, without its end. Memory: one value of the record, if it is small its whole
/// tree; the text of the fields goes right to its place.
///
/// # Errors
/// The reason why the record is not a credential; an error of the output.
pub fn lay_out(record: &[u8], out: &mut impl Write) -> Result<(), RecordProblem> {
    let problem = |error: serde_json::Error| RecordProblem::Json(error.into());
    let record: Record<'_, &RawValue> = serde_json::from_slice(record).map_err(problem)?;
    let (head, fields) = head_of(record)?;
    let fields = fields.get().as_bytes();
    if !matches!(json::parse_record(fields).map_err(RecordProblem::Json)?, Value::Object(_)) {
        return Err(RecordProblem::Shape);
    }
    let full = |error| problem(serde_json::Error::io(error));
    // the fields may be large: their text goes right to its place
    let mut line = ButLast { out, last: Vec::with_capacity(2 * NO_FIELDS.len()) };
    write_record(&head, (), &mut line).map_err(problem)?;
    // freed before the fields, which may be large, are written
    drop(head);
    json::compact(fields, out).and_then(|()| out.write_all(b"}")).map_err(full)
}

/// The end of a record without fields.
const NO_FIELDS: &[u8] = b"null}";

/// A writer that passes everything on except the end of a record without fields, so that the fields can
/// follow.
struct ButLast<'a, W> {
    out: &'a mut W,
    last: Vec<u8>,
}

impl<W: Write> Write for ButLast<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (sure, last) = bytes.split_at(bytes.len().saturating_sub(NO_FIELDS.len()));
        if !sure.is_empty() {
            self.out.write_all(&self.last)?;
            self.out.write_all(sure)?;
            self.last.clear();
        }
        self.last.extend_from_slice(last);
        let surplus = self.last.len().saturating_sub(NO_FIELDS.len());
        self.out.write_all(&self.last[..surplus])?;
        self.last.drain(..surplus);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_record(head: &Head, fields: impl Serialize, out: &mut impl Write) -> Result<(), serde_json::Error> {
    let Head { id, kind, envelope, stamp } = head;
    let record = Record {
        id: id.as_str().into(),
        kind: kind.name.into(),
        connector_type: envelope.connector_type.as_deref().map(Cow::from),
        name: envelope.name.as_str().into(),
        project: envelope.project.as_str().into(),
        enabled: envelope.enabled,
        description: envelope.description.as_deref().map(Cow::from),
        throttle_policy: envelope.throttle_policy.as_deref().map(Cow::from),
        valid_from: envelope.valid_from.map(|at| time::format(at).into()),
        valid_until: envelope.valid_until.map(|at| time::format(at).into()),
        labels: envelope
            .labels
            .iter()
            .map(|label| LabelRecord { name: label.name.as_str().into(), value: label.value.as_str().into() })
            .collect(),
        tags: (!envelope.tags.is_empty()).then(|| Tree(envelope.tags.clone().into())),
        resource_metadata: envelope.resource_metadata.clone().map(Tree),
        auditing_settings: envelope.auditing_settings.clone().map(Tree),
        access: envelope
            .access
            .iter()
            .map(|grant| GrantRecord {
                name: grant.to.name.as_str().into(),
                kind: grant.to.kind.name().into(),
                project: grant.project.as_str().into(),
                expire_time: grant.expires.map(|at| time::format(at).into()),
                granted_at: time::format(grant.granted_at).into(),
                granted_by: grant.granted_by,
            })
            .collect(),
        created_at: time::format(stamp.created_at).into(),
        created_by: stamp.created_by,
        updated_at: time::format(stamp.updated_at).into(),
        modified_by: stamp.modified_by,
        etag: stamp.etag,
        revision: stamp.revision,
        instance_id: stamp.instance_id,
        fields,
    };
    serde_json::to_writer(out, &record)
}

/// Reads a line with the fields.
///
/// # Errors
/// The reason why the line is not a credential.
pub fn credential(line: &[u8]) -> Result<Credential, RecordProblem> {
    let record: Record<'_, Tree> = serde_json::from_slice(line).map_err(|e| RecordProblem::Json(e.into()))?;
    let (head, fields) = head_of(record)?;
    match fields {
        Tree(Value::Object(fields)) => Ok(Credential { head, fields }),
        Tree(_) => Err(RecordProblem::Shape),
    }
}

/// Reads a line without the fields.
///
/// # Errors
/// The reason why the line is not a credential.
pub fn head(line: &[u8]) -> Result<Head, RecordProblem> {
    let record: Record<'_, serde::de::IgnoredAny> =
        serde_json::from_slice(line).map_err(|e| RecordProblem::Json(e.into()))?;
    Ok(head_of(record)?.0)
}

/// Reads a line, and its fields as text.
///
/// # Errors
/// The reason why the line is not a credential.
pub(super) fn head_and_fields(line: &[u8]) -> Result<(Head, &RawValue), RecordProblem> {
    let record: Record<'_, &RawValue> =
        serde_json::from_slice(line).map_err(|e| RecordProblem::Json(e.into()))?;
    head_of(record)
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

fn head_of<F>(record: Record<'_, F>) -> Result<(Head, F), RecordProblem> {
    let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
    let kind = kind::find(&record.kind).ok_or(RecordProblem::UnknownType)?.kind;
    let envelope = Envelope {
        connector_type: owned(record.connector_type),
        name: record.name.into_owned(),
        project: record.project.into_owned(),
        labels: record
            .labels
            .into_iter()
            .map(|label| Label { name: label.name.into_owned(), value: label.value.into_owned() })
            .collect(),
        enabled: record.enabled,
        description: owned(record.description),
        throttle_policy: owned(record.throttle_policy),
        valid_from: record.valid_from.map(|text| at(&text)).transpose()?,
        valid_until: record.valid_until.map(|text| at(&text)).transpose()?,
        tags: match record.tags {
            Some(Tree(Value::Object(tags))) => tags,
            Some(_) => return Err(RecordProblem::Shape),
            None => Object::new(),
        },
        resource_metadata: record.resource_metadata.map(|Tree(value)| value),
        auditing_settings: record.auditing_settings.map(|Tree(value)| value),
        access: record.access.into_iter().map(grant).collect::<Result<_, _>>()?,
    };
    let stamp = Stamp {
        instance_id: record.instance_id,
        etag: record.etag,
        revision: record.revision,
        created_at: at(&record.created_at)?,
        created_by: record.created_by,
        updated_at: at(&record.updated_at)?,
        modified_by: record.modified_by,
    };
    let head = Head { id: record.id.into_owned(), kind, envelope, stamp };
    // the line may come from anybody who could write the file
    judge::head(&head)?;
    judge::revision(&head.id, head.stamp.revision)?;
    Ok((head, record.fields))
}

pub(super) fn at(text: &str) -> Result<DateTime<Utc>, RecordProblem> {
    time::parse(text).map_err(|_| RecordProblem::Time)
}

fn grant(record: GrantRecord<'_>) -> Result<Grant, RecordProblem> {
    let kind = GranteeKind::find(&record.kind).ok_or(RecordProblem::Shape)?;
    Ok(Grant {
        to: Grantee { kind, name: record.name.into_owned() },
        project: record.project.into_owned(),
        expires: record.expire_time.map(|text| at(&text)).transpose()?,
        granted_at: at(&record.granted_at)?,
        granted_by: record.granted_by,
    })
}

#[cfg(test)]
mod tests;
