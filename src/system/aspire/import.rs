//! Documents in which Aspire wraps its credentials: an answer, or an export with policies.

use crate::credential::Violations;
use crate::system::wrapped::{Wrapped, residents, take_list};
use crate::value::{Object, Value};

/// The member of an answer that holds its list.
pub(super) const WRAPPER: &str = "credential";

/// Takes the bodies out of a document. An answer has the body of one under the same name as the list of many.
pub(super) fn unwrapped(mut document: Object) -> Result<Wrapped, Violations> {
    match document.remove("export") {
        Some(Value::Object(export)) => of_export(export),
        Some(_) => Err(Violations::one("export", "must be an object")),
        None => Wrapped::list(document, WRAPPER),
    }
}

fn of_export(export: Object) -> Result<Wrapped, Violations> {
    let mut wrapped = Wrapped::default();
    for (name, inner) in export {
        let Value::Object(mut inner) = inner else {
            return Err(Violations::one(name, "must be an object"));
        };
        match name.as_str() {
            "credentials" => {
                if let Some(one @ Value::Object(_)) = inner.get(WRAPPER).cloned() {
                    wrapped.bodies.push(one);
                    continue;
                }
                wrapped.bodies.append(&mut take_list(&mut inner, WRAPPER)?);
            }
            "policies" => wrapped.policies.append(&mut residents(&mut inner, "policy")?),
            other => {
                let other: String = other.chars().take(64).collect();
                wrapped.notices.push(format!("{other} are not credentials and were skipped"));
            }
        }
    }
    Ok(wrapped)
}
