//! The names of what a replacement drops: members, labels, tags, entries and properties that are gone.

use super::whole::Credential;
use crate::kind::Shape;
use crate::value::{Object, Value};

/// Returns the paths that the old version has and the new one lacks, the shallowest ones, in the order of the
/// catalogue. Labels, tags and entries of a key store are named one by one.
pub(super) fn paths(old: &Credential, new: &Credential) -> Vec<String> {
    let (before, after) = (old.members(), new.members());
    let mut paths = Vec::new();
    for field in old.head.kind.members() {
        let Some(value) = before.get(field.name) else { continue };
        let now = after.get(field.name);
        match field.shape {
            Shape::Labels => {
                let now = labels(now);
                let lost = labels(Some(value)).into_iter().filter(|name| !now.contains(name));
                paths.extend(lost.map(|name| format!("{}.{name}", field.name)));
            }
            // named one by one even if all of them are gone
            Shape::Tags | Shape::Store(_) => {
                let nothing = Object::new();
                let now = now.and_then(Value::as_object).unwrap_or(&nothing);
                lost(value, Some(&now.clone().into()), field.name, &mut paths);
            }
            _ => lost(value, now, field.name, &mut paths),
        }
    }
    // a password that is kept as a hash now is not gone
    let kind = new.head.kind;
    paths.retain(|path| !kind.keeps_hash_only() || kind.password != Some(path));
    paths
}

fn lost(before: &Value, now: Option<&Value>, path: &str, paths: &mut Vec<String>) {
    let Some(now) = now else { return paths.push(path.to_owned()) };
    let (before, now) = match (before, now) {
        (Value::Object(before), Value::Object(now)) => (before, now),
        // a list that goes back to nothing
        (Value::List(before), Value::List(now)) if now.is_empty() && !before.is_empty() => {
            return paths.push(path.to_owned());
        }
        _ => return,
    };
    for (name, value) in before.iter() {
        lost(value, now.get(name), &format!("{path}.{name}"), paths);
    }
}

fn labels(value: Option<&Value>) -> Vec<&str> {
    let items = value.and_then(Value::as_list).unwrap_or_default();
    items.iter().filter_map(|label| label.text_at(&["name"])).collect()
}
