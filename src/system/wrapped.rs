//! Bodies in the wrapper in which an answer or an export has them.

use crate::credential::Violations;
use crate::value::{Object, Value};
use crate::vault::{Policy, Resident};

/// The content of a document that may hold several bodies.
#[derive(Debug, Default)]
pub struct Wrapped {
    /// The bodies, in order.
    pub bodies: Vec<Value>,
    /// The policies beside them.
    pub policies: Vec<Policy>,
    /// Notices about parts that were passed over, one line each.
    pub notices: Vec<String>,
}

impl Wrapped {
    /// Takes the bodies out of the list under a member. A document without such a list is one body.
    ///
    /// # Errors
    /// Fails if the member is no list.
    pub fn list(mut document: Object, member: &str) -> Result<Self, Violations> {
        // an answer may have the body of one under the same name as the list of many
        let is_list = document.get(member).is_some_and(|items| items.as_list().is_some());
        let bodies = if is_list { take_list(&mut document, member)? } else { vec![Value::Object(document)] };
        Ok(Self { bodies, ..Self::default() })
    }
}

/// Takes out a member that must be a list if it is there.
pub(crate) fn take_list(document: &mut Object, name: &str) -> Result<Vec<Value>, Violations> {
    match document.remove(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::List(items)) => Ok(items),
        Some(other) => Err(Violations::one(name, format!("must be a list, not {}", other.shape()))),
    }
}

/// Takes out the records of the vault that a member lists.
pub(crate) fn residents<R: Resident>(document: &mut Object, name: &str) -> Result<Vec<R>, Violations> {
    let read = |(at, object): (usize, Object)| {
        R::read(object).map_err(|violations| violations.within(&format!("{name}[{at}]")))
    };
    objects(take_list(document, name)?)?.into_iter().enumerate().map(read).collect()
}

/// Returns items that must all be objects.
pub(crate) fn objects(items: Vec<Value>) -> Result<Vec<Object>, Violations> {
    let object = |item: Value| match item {
        Value::Object(object) => Ok(object),
        other => Err(Violations::one("document", format!("must contain objects, not {}", other.shape()))),
    };
    items.into_iter().map(object).collect()
}
