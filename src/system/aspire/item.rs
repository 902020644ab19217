//! A credential as an item of Aspire.

use crate::credential::{Credential, Head};
use crate::dialect::ViewSettings;
use crate::kind::LOGIN_TYPE;
use crate::value::{Object, Value};

/// The prefix of the type of a credential that is no connector in Aspire.
pub(super) const PREFIX: &str = "credctl/";

/// Returns a credential as Aspire lists it. Secret properties are left out unless they are revealed: a mask in
/// their place would come back as a password when the answer is edited and sent.
pub(super) fn show(credential: &Credential, view: &ViewSettings<'_>) -> Object {
    let fields = if view.reveal { credential.revealed_fields() } else { credential.public_fields() };
    item(credential.head(), fields)
}

/// Returns true if a credential goes under the name of our own type, with its fields as properties. That is
/// every one that is neither a connector nor a login, which is a connector in Aspire.
pub(super) fn is_own(head: &Head) -> bool {
    head.envelope.connector_type.is_none() && head.kind.name != LOGIN_TYPE
}

/// Makes an item of Aspire of a credential with these fields.
pub(super) fn item(head: &Head, fields: Object) -> Object {
    let mut fields = if is_own(head) { fields } else { head.kind.without_ours(fields) };
    let own = format!("{PREFIX}{}", head.kind.name);
    let (kind, properties) = match head.envelope.connector_type.as_deref() {
        Some(connector_type) => {
            (connector_type, fields.remove("properties").unwrap_or_else(|| Object::new().into()))
        }
        None if !is_own(head) => {
            // Aspire's connectors have the user name under `user`
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
