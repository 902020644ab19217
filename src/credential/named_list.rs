//! Lists of `{name, …}` in which one name is set or removed and the others stay: labels and own fields.

use crate::value::{Object, Value};

/// Sets an item: replaces the one of this name where it stands, or adds a new one at the end. A member that is
/// not a list is left to the gate.
pub(super) fn set(members: &mut Object, member: &str, name: &str, item: Value) {
    if members.get(member).is_none() {
        members.insert(member, Value::List(Vec::new()));
    }
    let Some(Value::List(items)) = members.get_mut(member) else { return };
    let at = items.iter().position(|item| is_named(item, name));
    match at {
        None => items.push(item),
        Some(at) => {
            items[at] = item;
            // documents may hold one name twice; who sets it means all of them
            let mut index = 0;
            items.retain(|item| {
                index += 1;
                index - 1 <= at || !is_named(item, name)
            });
        }
    }
}

/// Makes a label.
pub(super) fn label(name: &str, value: Value) -> Value {
    Object::from_iter([("name", Value::text(name)), ("value", value)]).into()
}

/// Removes the items of a name. Returns false if there is none.
pub(super) fn remove(members: &mut Object, member: &str, name: &str) -> bool {
    let Some(Value::List(items)) = members.get_mut(member) else { return false };
    let before = items.len();
    items.retain(|item| !is_named(item, name));
    items.len() < before
}

fn is_named(item: &Value, name: &str) -> bool {
    item.text_at(&["name"]) == Some(name)
}
