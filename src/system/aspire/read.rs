//! The documents of Aspire, recognised and taken apart.

use super::item::PREFIX;
use crate::credential::{Head, Violations, Withheld};
use crate::dialect::{Body, drop_echo, named, take_text};
use crate::kind::{Named, find};
use crate::secret::Secret;
use crate::system::foreign::Evidence;
use crate::value::{Object, Value};

const CONNECTOR: &str = "connector";
const ECHO: &[&str] = &["checksum", "count"];
/// The members that an update may consist of.
const OWN: &[&str] = &["id", "description", "throttlePolicy", "properties"];

/// Finds the strongest sign that a document is one of Aspire.
pub(super) fn recognise(document: &Object, stored: Option<&Head>) -> Option<Evidence> {
    let has = |name: &str| document.get(name).is_some();
    let is_stored_connector = || stored.is_some_and(|head| head.envelope.connector_type.is_some());
    if has("export") || has("credential") || is_connector(document) {
        Some(Evidence::Wrapped)
    } else if has("type") && (has("properties") || is_stored_connector()) {
        Some(Evidence::OtherType)
    } else {
        is_one(document).then_some(Evidence::Members)
    }
}

/// Returns true if a document has properties, and no members but those of Aspire's bodies.
fn is_one(document: &Object) -> bool {
    document.get("properties").is_some()
        && document.iter().all(|(name, _)| OWN.contains(&name) || name == "type")
}

/// Returns true if a document names a type and has properties, as Aspire's bodies do. Our own connectors and
/// the bodies of Network Controller are no such documents.
fn is_connector(document: &Object) -> bool {
    let kind = document.get("type").and_then(Value::as_text).map(Secret::expose);
    let own = kind
        .and_then(find)
        .is_some_and(|named| named.kind.name == CONNECTOR && named.connector_type.is_none());
    kind.is_some()
        && !own
        && document.get("properties").is_some_and(|properties| properties.as_object().is_some())
        && document.get("resourceId").is_none()
}

/// Takes a document apart, wrapped or not.
pub(super) fn read(mut document: Object) -> Result<Body, Violations> {
    // its answers have the form of requests, so secrets that are missing may have been left out
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
                // items have an empty one where there is none
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
