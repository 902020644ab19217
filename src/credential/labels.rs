//! Labels one by one: a list of `{name, value}` in which one name is set or removed and the others stay.

use crate::value::{Object, Value};

/// The member that the labels are kept in.
const MEMBER: &str = "labels";

/// Sets a label: replaces the one of this name where it stands, or adds a new one at the end. A member that
/// is not a list is left to the gate.
pub(super) fn set(members: &mut Object, name: &str, value: Value) {
    if members.get(MEMBER).is_none() {
        members.insert(MEMBER, Value::List(Vec::new()));
    }
    let Some(Value::List(labels)) = members.get_mut(MEMBER) else { return };
    let at = labels.iter().position(|label| is_named(label, name));
    let label = Object::from_iter([("name", Value::text(name)), ("value", value)]).into();
    match at {
        None => labels.push(label),
        Some(at) => {
            labels[at] = label;
            // documents may hold one name twice; who sets it means all of them
            let mut index = 0;
            labels.retain(|label| {
                index += 1;
                index - 1 <= at || !is_named(label, name)
            });
        }
    }
}

/// Removes the labels of a name. Returns false if there is none.
pub(super) fn remove(members: &mut Object, name: &str) -> bool {
    let Some(Value::List(labels)) = members.get_mut(MEMBER) else { return false };
    let before = labels.len();
    labels.retain(|label| !is_named(label, name));
    labels.len() < before
}

fn is_named(label: &Value, name: &str) -> bool {
    label.at(&["name"]).and_then(Value::as_text).is_some_and(|text| text.expose() == name)
}
