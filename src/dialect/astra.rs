//! NetApp Astra Control: key stores of base64 texts, with a key type that may be missing.

use super::body::Body;
use super::reading::{drop_echo, named, take_text, unknown};
use super::view::ListPage;
use crate::credential::Violations;
use crate::credential::{Credential, Withheld, label_values};
use crate::kind::{ENTRIES, Kind, Named, Shape, System, find};
use crate::secret::Secret;
use crate::value::{Object, Value, json};
use crate::{base64, time};

const MEDIA_TYPE: &str = "application/astra-credential";
const VERSION: &str = "1.1";
/// The label for the type of a credential that Astra does not know. It brings the credential back.
pub const TYPE: &str = "credctl.io/type";
/// The label for the connector type of such a credential; see [`TYPE`].
pub const CONNECTOR_TYPE: &str = "credctl.io/connectorType";
/// The label for an id that is no id of Astra, which takes UUIDs only; see [`TYPE`].
pub const ID: &str = "credctl.io/id";
/// The canonical names of members, each with the name that Astra has for it.
const NAMES: &[(&str, &str)] = &[
    ("validFrom", "validFromTimestamp"),
    ("validUntil", "validUntilTimestamp"),
    ("enabled", "valid"),
    ("labels", "metadata.labels"),
];
/// The members of Astra's items.
pub(super) const MEMBERS: &[&str] = &[
    "type",
    "version",
    "id",
    "name",
    "keyType",
    "valid",
    "validFromTimestamp",
    "validUntilTimestamp",
    "metadata",
];
/// Members of the metadata that its answers have.
const ECHO_METADATA: &[&str] = &["creationTimestamp", "modificationTimestamp", "createdBy", "modifiedBy"];

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

impl Body {
    /// Gives a body without a type the one that a new credential then has: a key store without key type.
    #[must_use]
    pub fn or_keystore(mut self) -> Self {
        if self.named.is_none() {
            self.named = find("keystore").map(|named| Named { connector_type: None, ..named });
        }
        self
    }
}

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
