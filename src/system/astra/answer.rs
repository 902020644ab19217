//! The answers of NetApp Astra Control.

use super::names::{MEDIA_TYPE, VERSION};
use crate::credential::{Credential, label_values};
use crate::dialect::ListPage;
use crate::kind::System;
use crate::time;
use crate::value::{Object, Value};

/// Returns a credential as the answer of Astra shows it. Of types that Astra does not know, it shows only the
/// members that every credential has.
pub(super) fn show(credential: &Credential) -> Object {
    let head = credential.head();
    let envelope = &head.envelope;
    let mut shown = Object::new();
    let mut put = |name: &str, text: String| drop(shown.insert(name, Value::text(text)));
    put("type", MEDIA_TYPE.to_owned());
    put("version", VERSION.to_owned());
    put("id", head.id.clone());
    put("name", envelope.name.clone());
    if head.kind.key_type {
        put("keyType", head.kind.name.to_owned());
    } else if !head.kind.systems.contains(&System::Astra) {
        put("keyType", "generic".to_owned());
    }
    put("valid", envelope.enabled.to_string());
    if let Some(from) = envelope.valid_from {
        put("validFromTimestamp", time::format_micros(from));
    }
    if let Some(until) = envelope.valid_until {
        put("validUntilTimestamp", time::format_micros(until));
    }
    let labels = label_values(&envelope.labels);
    let stamp = &head.stamp;
    let metadata = Object::from_iter([
        ("labels", labels),
        ("creationTimestamp", Value::text(time::format_micros(stamp.created_at))),
        ("modificationTimestamp", Value::text(time::format_micros(stamp.updated_at))),
        ("createdBy", Value::text(stamp.created_by.to_string())),
        ("modifiedBy", Value::text(stamp.modified_by.to_string())),
    ]);
    shown.insert("metadata", metadata);
    shown
}

/// Makes a list of Astra. The list gives the moment when it was asked for as the time of its making.
pub(super) fn list(items: Value, page: &ListPage) -> Object {
    let (now, actor) = page.made;
    let mut metadata = Object::from_iter([
        ("labels", Value::List(Vec::new())),
        ("creationTimestamp", Value::text(time::format_micros(now))),
        ("modificationTimestamp", Value::text(time::format_micros(now))),
        ("createdBy", Value::text(actor.to_string())),
    ]);
    if let Some(token) = &page.token {
        metadata.insert("continue", Value::text(token.as_str()));
    }
    if page.count {
        metadata.insert("count", page.total);
    }
    Object::from_iter([
        ("type", Value::text(format!("{MEDIA_TYPE}s"))),
        ("version", Value::text(VERSION)),
        ("items", items),
        ("metadata", metadata.into()),
    ])
}
