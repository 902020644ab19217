//! A credential as an object of pinned members, with or without its secrets.

use chrono::{DateTime, Utc};
use credctl::credential::{Credential, Head};
use credctl::kind::rule::time;
use credctl::value::{Object, Value};

/// Columns of a list.
pub const METADATA: &[&str] = &["id", "type", "name", "project", "state", "updatedAt"];
/// Columns of a wide list.
pub const WIDE: &[&str] = &[
    "id",
    "type",
    "connectorType",
    "name",
    "project",
    "state",
    "description",
    "throttlePolicy",
    "validFrom",
    "validUntil",
    "createdAt",
    "updatedAt",
    "etag",
];

/// What every answer tells of a credential; never a secret.
pub fn metadata(head: &Head, now: DateTime<Utc>) -> Object {
    let mut shown = Object::new();
    let envelope = &head.envelope;
    let mut put = |name: &str, text: Option<&str>| {
        if let Some(text) = text {
            shown.insert(name, Value::text(text));
        }
    };
    put("id", Some(&head.id));
    put("type", Some(head.kind.name));
    put("connectorType", envelope.connector_type.as_deref());
    put("keyType", head.kind.key_type.then_some(head.kind.name));
    put("name", Some(&envelope.name));
    put("project", Some(&envelope.project));
    put("state", Some(head.state(now).name()));
    shown.insert("enabled", envelope.enabled);
    let mut put = |name: &str, text: Option<String>| {
        if let Some(text) = text {
            shown.insert(name, Value::text(text));
        }
    };
    put("description", envelope.description.clone());
    put("throttlePolicy", envelope.throttle_policy.clone());
    put("validFrom", envelope.valid_from.map(time::format));
    put("validUntil", envelope.valid_until.map(time::format));
    put("createdAt", Some(time::format(head.stamp.created_at)));
    put("updatedAt", Some(time::format(head.stamp.updated_at)));
    put("etag", Some(head.stamp.etag.to_string()));
    shown
}

/// Everything about a credential; its secrets by name only, or among the fields if revealed.
pub fn full(credential: &Credential, now: DateTime<Utc>, reveal: bool) -> Object {
    let head = credential.head();
    let envelope = &head.envelope;
    let mut shown = metadata(head, now);
    shown.insert("fields", if reveal { credential.revealed_fields() } else { credential.public_fields() });
    shown.insert("secrets", Value::texts(credential.secret_names()));
    let labels = envelope.members().get("labels").cloned();
    shown.insert("labels", labels.unwrap_or(Value::List(Vec::new())));
    shown.insert("tags", envelope.tags.clone());
    for name in ["references", "networks", "access"] {
        shown.insert(name, Value::List(Vec::new()));
    }
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
