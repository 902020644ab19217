//! The members of a credential on its line, as serde knows them.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::credential::{Envelope, Grant, Grantee, GranteeKind, Head, Stamp};
use crate::kind;
use crate::time;
use crate::value::json::{MAX_VALUES, TOO_MANY};
use crate::vault::RecordProblem;

/// One credential on its line. The id comes first, the fields last. `T` is the form of texts that may be long,
/// `V` of values, `A` of the attachments, `F` of the fields.
#[derive(Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    deny_unknown_fields,
    bound(
        deserialize = "T: Deserialize<'de>, V: Deserialize<'de>, A: Deserialize<'de>, F: Deserialize<'de>"
    )
)]
pub(super) struct Record<'a, T, V, A, F> {
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<T>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    throttle_policy: Option<Cow<'a, str>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    valid_from: Option<Cow<'a, str>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    valid_until: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    labels: Vec<LabelRecord<T>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tags: Option<V>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resource_metadata: Option<V>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    auditing_settings: Option<V>,
    #[serde(default, borrow, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    access: Vec<GrantRecord<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attachments: Option<A>,
    #[serde(borrow)]
    created_at: Cow<'a, str>,
    created_by: Uuid,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    created_by_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    updated_at: Cow<'a, str>,
    modified_by: Uuid,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    modified_by_name: Option<Cow<'a, str>>,
    etag: Uuid,
    revision: u64,
    instance_id: Uuid,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    rotate_required: bool,
    fields: F,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LabelRecord<T> {
    pub(super) name: T,
    pub(super) value: T,
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
pub(super) fn few<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
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

/// The members of a record that may be long.
pub(super) struct RecordParts<T, V, A, F> {
    pub(super) description: Option<T>,
    pub(super) labels: Vec<LabelRecord<T>>,
    pub(super) tags: Option<V>,
    pub(super) resource_metadata: Option<V>,
    pub(super) auditing_settings: Option<V>,
    pub(super) attachments: Option<A>,
    pub(super) fields: F,
}

/// The head of a record, and the members that may be long.
pub(super) type HeadAndParts<T, V, A, F> = (Head, RecordParts<T, V, A, F>);

impl<'a, T, V, A, F> Record<'a, T, V, A, F> {
    /// Makes the record of a head with these parts, whatever the head has of them.
    pub(super) fn new(head: &'a Head, parts: RecordParts<T, V, A, F>) -> Self {
        let Head { id, kind, envelope, stamp } = head;
        Self {
            id: id.as_str().into(),
            kind: kind.name.into(),
            connector_type: envelope.connector_type.as_deref().map(Cow::from),
            name: envelope.name.as_str().into(),
            project: envelope.project.as_str().into(),
            enabled: envelope.enabled,
            description: parts.description,
            throttle_policy: envelope.throttle_policy.as_deref().map(Cow::from),
            valid_from: envelope.valid_from.map(|at| time::format(at).into()),
            valid_until: envelope.valid_until.map(|at| time::format(at).into()),
            labels: parts.labels,
            tags: parts.tags,
            resource_metadata: parts.resource_metadata,
            auditing_settings: parts.auditing_settings,
            access: envelope.access.iter().map(grant_record).collect(),
            attachments: parts.attachments,
            created_at: time::format(stamp.created_at).into(),
            created_by: stamp.created_by,
            created_by_name: stamp.created_by_name.as_deref().map(Cow::from),
            updated_at: time::format(stamp.updated_at).into(),
            modified_by: stamp.modified_by,
            modified_by_name: stamp.modified_by_name.as_deref().map(Cow::from),
            etag: stamp.etag,
            revision: stamp.revision,
            instance_id: stamp.instance_id,
            rotate_required: stamp.rotate_required,
            fields: parts.fields,
        }
    }

    /// Returns the head without these parts, and the parts.
    ///
    /// # Errors
    /// The reason why the record is not a credential. The texts are not judged.
    pub(super) fn split(self) -> Result<HeadAndParts<T, V, A, F>, RecordProblem> {
        let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
        // the vault has the definition, if there is one
        let kind = kind::recorded(&self.kind).ok_or(RecordProblem::UnknownType)?;
        let envelope = Envelope {
            connector_type: owned(self.connector_type),
            name: self.name.into_owned(),
            project: self.project.into_owned(),
            enabled: self.enabled,
            throttle_policy: owned(self.throttle_policy),
            valid_from: self.valid_from.map(|text| at(&text)).transpose()?,
            valid_until: self.valid_until.map(|text| at(&text)).transpose()?,
            access: self.access.into_iter().map(grant).collect::<Result<_, _>>()?,
            ..Envelope::default()
        };
        let stamp = Stamp {
            instance_id: self.instance_id,
            etag: self.etag,
            revision: self.revision,
            created_at: at(&self.created_at)?,
            created_by: self.created_by,
            created_by_name: owned(self.created_by_name),
            updated_at: at(&self.updated_at)?,
            modified_by: self.modified_by,
            modified_by_name: owned(self.modified_by_name),
            rotate_required: self.rotate_required,
        };
        let parts = RecordParts {
            description: self.description,
            labels: self.labels,
            tags: self.tags,
            resource_metadata: self.resource_metadata,
            auditing_settings: self.auditing_settings,
            attachments: self.attachments,
            fields: self.fields,
        };
        Ok((Head { id: self.id.into_owned(), kind, envelope, stamp }, parts))
    }
}

pub(super) fn at(text: &str) -> Result<DateTime<Utc>, RecordProblem> {
    time::parse(text).map_err(|_| RecordProblem::Time)
}

fn grant_record(grant: &Grant) -> GrantRecord<'_> {
    GrantRecord {
        name: grant.to.name.as_str().into(),
        kind: grant.to.kind.name().into(),
        project: grant.project.as_str().into(),
        expire_time: grant.expires.map(|at| time::format(at).into()),
        granted_at: time::format(grant.granted_at).into(),
        granted_by: grant.granted_by,
    }
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
