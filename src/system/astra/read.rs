//! The documents of NetApp Astra Control, recognised and taken apart.

use super::names::{CONNECTOR_TYPE, ID, MEDIA_TYPE, TYPE, VERSION};
use crate::base64;
use crate::credential::{Violations, Withheld};
use crate::dialect::{Body, drop_echo, named, take_text, unknown};
use crate::kind::{ENTRIES, Kind, Named, Shape, find};
use crate::secret::Secret;
use crate::system::foreign::Evidence;
use crate::value::{Object, Value, json};

/// The canonical names of members, each with the name that Astra has for it.
const NAMES: &[(&str, &str)] = &[
    ("validFrom", "validFromTimestamp"),
    ("validUntil", "validUntilTimestamp"),
    ("enabled", "valid"),
    ("labels", "metadata.labels"),
];
/// Members of the metadata that its answers have.
const ECHO_METADATA: &[&str] = &["creationTimestamp", "modificationTimestamp", "createdBy", "modifiedBy"];

/// Finds the strongest sign that a document is one of Astra.
pub(super) fn recognise(document: &Object) -> Option<Evidence> {
    let has = |name: &str| document.get(name).is_some();
    let kind = document.get("type").and_then(Value::as_text).map(Secret::expose);
    let is_ours = || kind.and_then(find).is_some_and(|named| named.connector_type.is_none());
    let is_one = kind.is_some_and(|kind| kind.starts_with("application/astra"))
        || has("keyStore") && !is_ours()
        || has("keyType") && !has("type");
    is_one.then_some(Evidence::Named)
}

/// Takes a document apart.
pub(super) fn read(mut document: Object) -> Result<Body, Violations> {
    let mut violations = Violations::default();
    let is_whole = document.get("type").is_some();
    match take_text(&mut document, "type")?.as_deref() {
        None | Some(MEDIA_TYPE) => {}
        Some(_) => violations.add("type", format!("must be {MEDIA_TYPE}")),
    }
    match take_text(&mut document, "version")?.as_deref() {
        Some("1.0" | VERSION) => {}
        // a part of a document, for a patch, names neither its type nor its version
        None if !is_whole => {}
        None => violations.add("version", "is required: 1.0 or 1.1"),
        Some(_) => violations.add("version", "must be 1.0 or 1.1"),
    }
    let mut withheld = Withheld::Nothing;
    match document.remove("metadata") {
        None | Some(Value::Null) => {}
        Some(Value::Object(mut metadata)) => {
            withheld = drop_echo(&mut metadata, ECHO_METADATA);
            // metadata without labels mean that there are none
            let labels = metadata.remove("labels").unwrap_or(Value::List(Vec::new()));
            document.insert("labels", labels);
            for (name, _) in metadata {
                violations.add(format!("metadata.{name}"), "unknown member");
            }
        }
        Some(other) => violations.add("metadata", format!("must be an object, not {}", other.shape())),
    }
    let back = take_back(&mut document, &mut violations);
    let id = document.get("id").and_then(Value::as_text).map(|id| id.expose().to_owned());
    let named = match take_text(&mut document, "keyType")? {
        Some(name) => match named(&name, "keyType") {
            Ok(named) if named.kind.key_type => Some(named),
            _ => {
                violations.extend(unknown("keyType", |kind| kind.key_type));
                None
            }
        },
        None => None,
    };
    violations.or(Body::new(back.or(named), id, document).without_secrets(withheld).spelled(NAMES))
}

/// Brings back a credential that was exported as a generic key store, by the labels that say what it was.
fn take_back(document: &mut Object, violations: &mut Violations) -> Option<Named> {
    let Some(Value::List(labels)) = document.get_mut("labels") else { return None };
    let mut noted = |name: &str| {
        let is_it =
            |label: &Value| label.at(&["name"]).and_then(Value::as_text).is_some_and(|n| n.expose() == name);
        let label = labels.iter().position(is_it).map(|at| labels.remove(at))?;
        Some(label.at(&["value"])?.as_text()?.expose().to_owned())
    };
    let (kind, connector_type, id) = (noted(TYPE), noted(CONNECTOR_TYPE), noted(ID));
    if let Some(id) = id {
        document.insert("id", Value::text(id));
    }
    let kind = kind?;
    let Some(named) = find(&kind) else {
        violations.add("labels", format!("{TYPE} is not a known type"));
        return None;
    };
    if let Some(connector_type) = &connector_type {
        document.insert("connectorType", Value::text(connector_type.as_str()));
    }
    // it says `generic`, which is only what the export made of it
    document.remove("keyType");
    if let Some(Value::Object(entries)) = document.remove(ENTRIES) {
        for (name, entry) in entries {
            match field(named.kind, &name, &entry) {
                Some(value) => drop(document.insert(name, value)),
                None => violations.add(format!("{ENTRIES}.{name}"), "is not what was exported"),
            }
        }
    }
    Some(Named { connector_type, ..named })
}

/// Returns the field that an entry was before it was exported: a text, or JSON if the field is no text.
fn field(kind: &Kind, name: &str, entry: &Value) -> Option<Value> {
    let plain = base64::decode(entry.as_text()?.expose()).ok()?;
    let description = || kind.members().find(|field| field.name == name && name == "description");
    match kind.field(name).or_else(description)?.shape {
        Shape::Line(_) | Shape::Text(_) | Shape::JsonText(_) | Shape::Time | Shape::Flag => {
            Secret::from_utf8(plain.to_vec()).ok().map(Value::Text)
        }
        _ => json::parse(&plain).ok(),
    }
}

/// Gives a body without a type the one that a new credential then has: a key store without key type.
pub(super) fn or_keystore(mut body: Body) -> Body {
    if body.named.is_none() {
        body.named = find("keystore").map(|named| Named { connector_type: None, ..named });
    }
    body
}
