//! A credential as a document of our own: its metadata, or everything about it with its secrets or without.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use crate::credential::{Credential, Head};
use crate::time;
use crate::value::{Object, Value};
use crate::vault::Reference;

/// The one member of the metadata that is no text.
pub const ENABLED: &str = "enabled";

/// Passes each member of the metadata to `put`, and never a secret. Skips members that are not set.
pub fn each_member<'a>(head: &'a Head, now: DateTime<Utc>, mut put: impl FnMut(&'static str, Cow<'a, str>)) {
    let envelope = &head.envelope;
    let mut text = |name, text: Option<&'a str>| text.into_iter().for_each(|text| put(name, text.into()));
    text("id", Some(&head.id));
    text("type", Some(head.kind.name));
    text("connectorType", envelope.connector_type.as_deref());
    text("keyType", head.kind.key_type.then_some(head.kind.name));
    text("name", Some(&envelope.name));
    text("project", Some(&envelope.project));
    text("state", Some(head.state(now).name()));
    text(ENABLED, Some(if envelope.enabled { "true" } else { "false" }));
    text("description", envelope.description.as_deref());
    text("throttlePolicy", envelope.throttle_policy.as_deref());
    let mut at =
        |name, at: Option<DateTime<Utc>>| at.into_iter().for_each(|at| put(name, time::format(at).into()));
    at("validFrom", envelope.valid_from);
    at("validUntil", envelope.valid_until);
    at("createdAt", Some(head.stamp.created_at));
    at("updatedAt", Some(head.stamp.updated_at));
    put("etag", head.stamp.etag.to_string().into());
}

/// Returns the metadata as an object.
#[must_use]
pub fn metadata(head: &Head, now: DateTime<Utc>) -> Object {
    let mut shown = Object::new();
    each_member(head, now, |name, text| {
        let value =
            if name == ENABLED { Value::Bool(text == "true") } else { Value::text(text.into_owned()) };
        shown.insert(name, value);
    });
    shown
}

/// Returns the grants of a credential at an instant in a project, as a list.
#[must_use]
pub fn access(head: &Head, project: &str, now: DateTime<Utc>) -> Value {
    Value::List(head.envelope.granted_in(project, now).map(|grant| grant.document().into()).collect())
}

/// Returns everything about a credential. Its secrets are names only, or among the fields if revealed.
#[must_use]
pub fn full(
    credential: &Credential,
    references: &[Reference],
    project: &str,
    now: DateTime<Utc>,
    reveal: bool,
) -> Object {
    let head = credential.head();
    let envelope = &head.envelope;
    let mut shown = metadata(head, now);
    shown.insert("fields", if reveal { credential.revealed_fields() } else { credential.public_fields() });
    // revealed secrets are among the fields
    shown.insert("secrets", Value::texts(if reveal { Vec::new() } else { credential.secret_names() }));
    let labels = envelope.members().get("labels").cloned();
    shown.insert("labels", labels.unwrap_or(Value::List(Vec::new())));
    shown.insert("tags", envelope.tags.clone());
    shown.insert("references", Value::List(references.iter().map(Reference::shown).collect()));
    shown.insert("networks", Reference::networks(references));
    shown.insert("access", access(head, project, now));
    if let Some(metadata) = &envelope.resource_metadata {
        shown.insert("resourceMetadata", metadata.clone());
    }
    if let Some(settings) = &envelope.auditing_settings {
        shown.insert("auditingSettings", settings.clone());
    }
    shown.insert("createdBy", Value::text(head.stamp.created_by.to_string()));
    shown.insert("modifiedBy", Value::text(head.stamp.modified_by.to_string()));
    shown.insert("revision", head.stamp.revision);
    shown.insert("instanceId", Value::text(head.stamp.instance_id.to_string()));
    shown
}
