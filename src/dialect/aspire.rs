//! Aspire: connectors with free-form properties, wrapped in `credential`.

use super::body::Body;
use super::reading::{drop_echo, named, take_text};
use super::view::{ListPage, View};
use crate::credential::Violations;
use crate::credential::{Credential, Head, Withheld};
use crate::kind::{Named, find};
use crate::value::{Object, Value};

/// The prefix of the type of a credential that is no connector in Aspire.
const PREFIX: &str = "credctl/";
const CONNECTOR: &str = "connector";
const ECHO: &[&str] = &["checksum", "count"];
/// The members that an update may consist of.
const OWN: &[&str] = &["id", "description", "throttlePolicy", "properties"];

/// Returns true if a document has properties, and no members but those of Aspire's bodies.
pub(super) fn is_one(document: &Object) -> bool {
    document.get("properties").is_some()
        && document.iter().all(|(name, _)| OWN.contains(&name) || name == "type")
}

/// Returns true if a document names a type and has properties, as Aspire's bodies do. Our own connectors and
/// the bodies of Network Controller are no such documents.
pub(super) fn is_connector(document: &Object) -> bool {
    let kind = document.get("type").and_then(Value::as_text).map(crate::secret::Secret::expose);
    let own = kind
        .and_then(find)
        .is_some_and(|named| named.kind.name == CONNECTOR && named.connector_type.is_none());
    kind.is_some()
        && !own
        && document.get("properties").is_some_and(|properties| properties.as_object().is_some())
        && document.get("resourceId").is_none()
}

pub(super) fn read(mut document: Object) -> Result<Body, Violations> {
    let mut withheld = Withheld::Perhaps;
    if let Some(inner) = document.remove("credential") {
        withheld = Withheld::Surely;
        document = match inner {
            Value::Object(one) => one,
            Value::List(mut items) if items.len() == 1 => match items.pop() {
                Some(Value::Object(one)) => one,
                _ => return Err(Violations::one("credential", "must contain objects")),
            },
            _ => return Err(Violations::one("credential", "must be one object here")),
        };
    }
    if drop_echo(&mut document, ECHO) == Withheld::Surely {
        withheld = Withheld::Surely;
    }
    let id = take_text(&mut document, "id")?;
    let kind = take_text(&mut document, "type")?;
    if let Some(id) = &id {
        document.insert("id", Value::text(id.as_str()));
    }
    let named = match kind {
        None => None,
        Some(kind) => match kind.strip_prefix(PREFIX) {
            Some(name) => {
                if document.get("description") == Some(&Value::text("")) {
                    document.remove("description");
                }
                // our own type, its fields in the properties
                if let Some(Value::Object(fields)) = document.remove("properties") {
                    fields.into_iter().for_each(|(name, value)| drop(document.insert(name, value)));
                }
                Some(named(name, "type")?)
            }
            None => {
                // our own name for its types is understood too
                let kind = find(&kind).and_then(|named| named.connector_type).unwrap_or(kind);
                document.insert("connectorType", Value::text(kind.as_str()));
                find(CONNECTOR).map(|connector| Named { connector_type: Some(kind), ..connector })
            }
        },
    };
    Ok(Body::new(named, id, document).without_secrets(withheld))
}

/// Returns a credential as Aspire lists it. Secret properties are left out unless they are revealed: a mask in
/// their place would come back as a password when the answer is edited and sent.
pub(super) fn show(credential: &Credential, view: &View<'_>) -> Object {
    let fields = if view.reveal { credential.revealed_fields() } else { credential.public_fields() };
    item(credential.head(), fields)
}

/// Returns true if a credential goes under the name of our own type, with its fields as properties. That is
/// every one that is neither a connector nor a login, which is a connector in Aspire.
#[must_use]
pub fn is_own(head: &Head) -> bool {
    head.envelope.connector_type.is_none() && head.kind.name != "UsernamePassword"
}

/// Makes an item of Aspire of a credential with these fields.
#[must_use]
pub fn item(head: &Head, mut fields: Object) -> Object {
    let own = format!("{PREFIX}{}", head.kind.name);
    let (kind, properties) = match head.envelope.connector_type.as_deref() {
        Some(connector_type) => {
            (connector_type, fields.remove("properties").unwrap_or_else(|| Object::new().into()))
        }
        None if !is_own(head) => {
            let renamed = fields
                .into_iter()
                .map(|(name, value)| (if name == "username" { "user".to_owned() } else { name }, value));
            ("filesystem", Value::Object(renamed.collect()))
        }
        None => {
            if head.kind.identity_name {
                fields.insert("name", Value::text(head.envelope.name.as_str()));
            }
            (own.as_str(), fields.into())
        }
    };
    let mut shown = Object::new();
    shown.insert("id", Value::text(head.id.as_str()));
    shown.insert("type", Value::text(kind));
    shown.insert("description", Value::text(head.envelope.description.as_deref().unwrap_or_default()));
    if let Some(policy) = &head.envelope.throttle_policy {
        shown.insert("throttlePolicy", Value::text(policy.as_str()));
    }
    shown.insert("properties", properties);
    shown
}

/// Makes a list of Aspire. Its count tells of the page only if one was asked for.
pub(super) fn list(items: Value, page: &ListPage) -> Object {
    let mut count = Object::new();
    if let Some((from, size)) = page.offset {
        count.insert("from", from);
        count.insert("size", size);
    }
    count.insert("totalItems", page.total);
    Object::from_iter([("count", Value::from(count)), ("credential", items)])
}
