//! Addresses of a credential to be that its field for addresses does not take: each becomes an own field, so that
//! one address by hand is not lost and does not keep the rest of the credential out.

use std::collections::HashSet;

use crate::credential::{Draft, own_item};
use crate::kind::rule::Rule;
use crate::kind::{CUSTOM, Class, Field, Kind, Shape};
use crate::value::{Object, Value};

/// Moves the addresses that the rule of their field refuses into own fields, which are secret, because such an
/// address may have a password in it. Returns the paths of the own fields.
pub(crate) fn keep_stray_addresses(kind: &Kind, draft: &mut Draft) -> Vec<String> {
    let mut kept = Vec::new();
    for field in kind.fields {
        if let Shape::Several(rule) = field.shape {
            kept.extend(keep(field, rule, &mut draft.members));
        }
    }
    kept
}

fn keep(field: &Field, rule: &Rule, members: &mut Object) -> Vec<String> {
    let given = match members.get(field.name) {
        Some(Value::List(items)) => items.clone(),
        Some(text @ Value::Text(_)) => vec![text.clone()],
        _ => return Vec::new(),
    };
    let is_stray = |item: &Value| {
        // an empty one says nothing, and what is no text is a fault of the document
        item.as_text().is_some_and(|text| !text.is_empty() && (rule.check)(text.expose()).is_err())
    };
    let (strays, good): (Vec<Value>, Vec<Value>) = given.into_iter().partition(is_stray);
    let mut own = match members.get(CUSTOM) {
        None => Vec::new(),
        Some(Value::List(items)) => items.clone(),
        Some(_) => return Vec::new(),
    };
    // without an address, a field that is required would be missing instead
    if strays.is_empty() || good.is_empty() && field.class == Class::Required {
        return Vec::new();
    }
    let mut names: HashSet<String> =
        own.iter().filter_map(|item| item.text_at(&["name"])).map(str::to_owned).collect();
    let mut paths = Vec::new();
    for stray in strays {
        let numbered = (2_usize..).map(|number| format!("{}-{number}", field.name));
        let name = std::iter::once(field.name.to_owned()).chain(numbered).find(|name| !names.contains(name));
        let Some(name) = name else { continue };
        own.push(own_item(&name, stray, true));
        paths.push(format!("{CUSTOM}.{name}"));
        names.insert(name);
    }
    members.insert(CUSTOM, Value::List(own));
    if good.is_empty() {
        members.remove(field.name);
    } else {
        members.insert(field.name, Value::List(good));
    }
    paths
}
