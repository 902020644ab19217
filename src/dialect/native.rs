//! Our own documents: the members of the catalogue, the fields flat or under `fields`.

use super::body::Body;
use crate::credential::Violations;
use crate::kind;
use crate::value::{Object, Value};

/// The member that names the secrets which were left out.
pub(crate) const WITHHELD: &str = "secrets";

/// Takes one of our own documents apart.
pub(crate) fn read(mut members: Object) -> Result<Body, Violations> {
    if let Some(nested) = members.remove("fields") {
        let Value::Object(fields) = nested else {
            return Err(Violations::one("fields", "must be an object"));
        };
        for (name, value) in fields {
            if members.insert(name.as_str(), value).is_some() {
                return Err(Violations::one(name, "is given twice: in fields and beside it"));
            }
        }
    }
    let id = ["id", "resourceId"].into_iter().find_map(|name| members.get(name)?.as_text());
    let id = id.map(|id| id.expose().to_owned());
    let named = match members.get("type") {
        Some(Value::Text(name)) => Some(
            kind::documented(name.expose()).ok_or_else(|| Violations::one("type", "is not a known type"))?,
        ),
        Some(other) => return Err(Violations::one("type", format!("must be a text, not {}", other.shape()))),
        None => None,
    };
    let connector_type = named.as_ref().and_then(|named| named.connector_type.as_deref());
    if let (Some(connector_type), None) = (connector_type, members.get("connectorType")) {
        members.insert("connectorType", Value::text(connector_type));
    }
    Ok(Body::new(named, id, members))
}
