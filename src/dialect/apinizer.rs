//! Apinizer: accounts of API consumers, whose user name is their id.

use chrono::SecondsFormat;

use super::body::Body;
use crate::credential::Violations;
use crate::credential::{Credential, Grant, Head, Withheld};
use crate::kind::find;
use crate::value::{Object, Value};

const KIND: &str = "apiCredential";
/// The canonical names of members, each with the name that Apinizer has for it.
const NAMES: &[(&str, &str)] = &[("validUntil", "expireDate")];

#[expect(clippy::unnecessary_wraps, reason = "every dialect is read by a function of this shape")]
pub(super) fn read(mut document: Object) -> Result<Body, Violations> {
    // its answers have the password as null
    let is_answer = matches!(document.get("password"), Some(Value::Null));
    if is_answer {
        document.remove("password");
    }
    let withheld = if is_answer { Withheld::Surely } else { Withheld::Nothing };
    Ok(Body::new(find(KIND), None, document).without_secrets(withheld).spelled(NAMES))
}

/// Returns true if Apinizer has accounts such as this credential.
pub(super) fn knows(head: &Head) -> bool {
    head.kind.name == KIND
}

/// Returns a grant as Apinizer shows one. It does not know who granted it, nor where.
#[must_use]
pub fn access(grant: &Grant) -> Object {
    let mut shown = Object::from_iter([
        ("name", Value::text(grant.to.name.as_str())),
        ("type", Value::text(grant.to.kind.name())),
    ]);
    if let Some(until) = grant.expires {
        shown.insert("expireTime", Value::text(until.to_rfc3339_opts(SecondsFormat::Millis, true)));
    }
    shown
}

/// Returns a credential as the answer of Apinizer shows it.
pub(super) fn show(credential: &Credential) -> Result<Object, Violations> {
    let head = credential.head();
    if !knows(head) {
        return Err(Violations::one("type", "is not a type of Apinizer"));
    }
    let fields = credential.public_fields();
    let field = |name: &str| fields.get(name).cloned().unwrap_or(Value::Null);
    let description = head.envelope.description.as_deref().map_or(Value::Null, Value::text);
    let until = head.envelope.valid_until.map(|until| until.to_rfc3339_opts(SecondsFormat::Millis, true));
    Ok(Object::from_iter([
        ("email", field("email")),
        ("fullName", field("fullName")),
        ("description", description),
        ("username", field("username")),
        ("password", Value::Null),
        ("roleNameList", field("roleNameList")),
        ("enabled", Value::text(head.envelope.enabled.to_string())),
        ("ipList", field("ipList")),
        ("expireDate", until.map_or(Value::Null, Value::text)),
    ]))
}
