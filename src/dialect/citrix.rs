//! Citrix Image Portability Service: flat bodies of five types; answers with metadata only.

use chrono::{DateTime, Utc};

use super::body::Body;
use super::native;
use super::reading::drop_echo;
use super::view::ListPage;
use crate::credential::Head;
use crate::credential::Violations;
use crate::kind;
use crate::kind::System;
use crate::time;
use crate::value::{Object, Value};

/// Members that only the answers of Citrix have.
const ECHO: &[&str] = &["state", "createdAt", "updatedAt"];

/// Returns true if the type is one of Citrix and the members are flat.
pub(super) fn is_one(document: &Object) -> bool {
    let named = document.get("type").and_then(Value::as_text).and_then(|name| kind::find(name.expose()));
    named.is_some_and(|named| named.kind.systems.contains(&System::Citrix))
        && document.get("fields").is_none()
}

pub(super) fn read(mut document: Object) -> Result<Body, Violations> {
    let withheld = drop_echo(&mut document, ECHO);
    Ok(native::read(document)?.without_secrets(withheld))
}

/// Returns the metadata that Citrix shows of a credential.
pub(super) fn metadata(head: &Head, now: DateTime<Utc>) -> Object {
    let text = |text: &str| Value::text(text);
    Object::from_iter([
        ("id", text(&head.id)),
        ("type", text(head.kind.name)),
        ("state", text(head.state(now).name())),
        ("createdAt", text(&time::format_micros(head.stamp.created_at))),
        ("updatedAt", text(&time::format_micros(head.stamp.updated_at))),
    ])
}

/// Makes a list of Citrix, which holds metadata.
pub(super) fn list(items: Value, page: &ListPage) -> Object {
    Object::from_iter([
        ("pageSize", Value::from(page.size)),
        ("items", items),
        ("continuationToken", page.token.as_deref().map_or(Value::Null, Value::text)),
        ("pollingToken", Value::Null),
    ])
}
