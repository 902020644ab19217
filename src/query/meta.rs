//! The members that every credential has, as things to compare: by their kind, not as text.
//!
//! The one list of metadata names for filters, orders and columns.

use std::borrow::Cow;
use std::cmp::Ordering;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::credential::Head;
use crate::kind::ENVELOPE;
use crate::text::compose;
use crate::time;

/// A member of [`Head`] with one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meta {
    Id,
    Type,
    ConnectorType,
    KeyType,
    Name,
    Project,
    State,
    Enabled,
    Description,
    ThrottlePolicy,
    ValidFrom,
    ValidUntil,
    CreatedAt,
    UpdatedAt,
    CreatedBy,
    ModifiedBy,
    Etag,
    Revision,
}

/// All of them with their names, in the order in which a list shows them.
const NAMES: &[(Meta, &str)] = &[
    (Meta::Id, "id"),
    (Meta::Type, "type"),
    (Meta::ConnectorType, "connectorType"),
    (Meta::KeyType, "keyType"),
    (Meta::Name, "name"),
    (Meta::Project, "project"),
    (Meta::State, "state"),
    (Meta::Enabled, "enabled"),
    (Meta::Description, "description"),
    (Meta::ThrottlePolicy, "throttlePolicy"),
    (Meta::ValidFrom, "validFrom"),
    (Meta::ValidUntil, "validUntil"),
    (Meta::CreatedAt, "createdAt"),
    (Meta::UpdatedAt, "updatedAt"),
    (Meta::Etag, "etag"),
    (Meta::CreatedBy, "createdBy"),
    (Meta::ModifiedBy, "modifiedBy"),
    (Meta::Revision, "revision"),
];

/// One value, comparable with another of the same member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key<'a> {
    Text(Cow<'a, str>),
    Flag(bool),
    Number(u64),
    Instant(DateTime<Utc>),
}

impl Meta {
    /// Finds the member of this name or of an alias that documents may use.
    pub(super) fn find(name: &str) -> Option<Self> {
        let name = match name.strip_prefix("metadata.") {
            // Astra's answers have these
            Some("creationTimestamp") => "createdAt",
            Some("modificationTimestamp") => "updatedAt",
            Some(name @ ("createdBy" | "modifiedBy")) => name,
            _ => name,
        };
        let name = ENVELOPE.iter().find(|field| field.is_called(name))?.name;
        NAMES.iter().find(|(_, known)| *known == name).map(|(meta, _)| *meta)
    }

    /// Returns the canonical name of the member.
    pub(super) fn name(self) -> &'static str {
        NAMES.iter().find(|(meta, _)| *meta == self).map_or("", |(_, name)| *name)
    }

    /// Returns true if the member is a part of the metadata that a list shows.
    pub(super) fn is_listed(self) -> bool {
        !matches!(self, Self::CreatedBy | Self::ModifiedBy | Self::Revision)
    }

    /// Returns true if the values of the member are texts.
    pub(super) fn is_text(self) -> bool {
        !matches!(
            self,
            Self::Enabled
                | Self::ValidFrom
                | Self::ValidUntil
                | Self::CreatedAt
                | Self::UpdatedAt
                | Self::Revision
        )
    }

    /// Returns the value of the member, if it is set.
    pub(super) fn read(self, head: &Head, now: DateTime<Utc>) -> Option<Key<'_>> {
        let envelope = &head.envelope;
        match self {
            Self::State => Some(Key::text(head.state(now).name())),
            Self::Id => Some(Key::text(&head.id)),
            Self::Type => Some(Key::text(head.kind.name)),
            Self::ConnectorType => envelope.connector_type.as_deref().map(Key::text),
            Self::KeyType => head.kind.key_type.then(|| Key::text(head.kind.name)),
            Self::Name => Some(Key::text(&envelope.name)),
            Self::Project => Some(Key::text(&envelope.project)),
            Self::Enabled => Some(Key::Flag(envelope.enabled)),
            Self::Description => envelope.description.as_deref().map(Key::text),
            Self::ThrottlePolicy => envelope.throttle_policy.as_deref().map(Key::text),
            Self::ValidFrom => envelope.valid_from.map(Key::Instant),
            Self::ValidUntil => envelope.valid_until.map(Key::Instant),
            Self::CreatedAt => Some(Key::Instant(head.stamp.created_at)),
            Self::UpdatedAt => Some(Key::Instant(head.stamp.updated_at)),
            Self::CreatedBy => Some(Key::Text(head.stamp.created_by.to_string().into())),
            Self::ModifiedBy => Some(Key::Text(head.stamp.modified_by.to_string().into())),
            Self::Etag => Some(Key::Text(head.stamp.etag.to_string().into())),
            Self::Revision => Some(Key::Number(head.stamp.revision)),
        }
    }

    /// Reads a text as a value of this member.
    ///
    /// # Errors
    /// Fails with a description of the text that is expected instead.
    pub(super) fn parse(self, text: &str) -> Result<Key<'static>, Cow<'static, str>> {
        match self {
            Self::Enabled => {
                text.to_ascii_lowercase().parse().map(Key::Flag).map_err(|_| "must be true or false".into())
            }
            Self::Revision => {
                text.parse().map(Key::Number).map_err(|_| "must be a whole number from 0 on".into())
            }
            // stored in this form, however they are typed
            Self::Id | Self::Name | Self::Project | Self::ThrottlePolicy => {
                Ok(Key::Text(compose(text).into_owned().into()))
            }
            _ if self.is_text() => Ok(Key::Text(text.to_owned().into())),
            _ => time::parse(text).map(Key::Instant).map_err(|error| error.to_string().into()),
        }
    }
}

impl<'a> Key<'a> {
    pub(super) fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Compares two values of one member. Values of different kinds have no order.
    pub(super) fn compare(&self, other: &Key<'_>) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(one), Key::Text(two)) => Some(one.as_bytes().cmp(two.as_bytes())),
            (Self::Flag(one), Key::Flag(two)) => Some(one.cmp(two)),
            (Self::Number(one), Key::Number(two)) => Some(one.cmp(two)),
            (Self::Instant(one), Key::Instant(two)) => Some(one.cmp(two)),
            _ => None,
        }
    }

    /// Returns the text that [`Meta::parse`] reads as the same value.
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text.into_owned(),
            Self::Flag(flag) => flag.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Instant(instant) => instant.to_rfc3339_opts(SecondsFormat::Nanos, true),
        }
    }
}
