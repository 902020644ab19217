//! The heart of a change: combines what is asked for with what is stored, by one table of class × verb.
//!
//! | class     | create           | replace                | merge                | set password |
//! |-----------|------------------|------------------------|----------------------|--------------|
//! | Identity  | given or made    | kept; other → conflict | as replace           | kept         |
//! | Metadata  | given or default | given or kept          | given or kept        | kept         |
//! | Required  | given            | given                  | given or kept        | kept, the password given |
//! | Optional  | given or none    | given or none          | given, kept or unset | kept         |
//! | Defaulted | given or default | given or default       | given or kept        | kept         |
//! | Computed  | none             | none                   | kept                 | kept         |
//! | `ReadOnly`| refused          | refused                | refused              | –            |
//! | Ignored   | dropped, told    | as create              | as create            | –            |
//! | Empty     | refused unless empty | as create          | as create            | –            |
//!
//! This module judges nothing beyond the table; the gate does.

use std::collections::{BTreeMap, HashSet};

use super::act::{ADMIN, Act};
use super::draft::{Draft, Withheld};
use super::judge::MAX_DEPTH;
use super::named_list::{self, label};
use super::own;
use super::path::{self, FieldPath};
use super::verb::{ChangeError, Verb};
use super::violation::Violations;
use super::whole::Credential;
use crate::kind::{CUSTOM, Class, Field, Kind, Secrecy, Shape};
use crate::text::compose;
use crate::value::{Object, Value};

/// The member that keeps the labels.
const LABELS: &str = "labels";

/// Returns the members of the result, before the gate judges them.
///
/// # Errors
/// Fails if a part of the identity would change.
pub(super) fn combine(
    verb: Verb,
    kind: &Kind,
    stored: Option<&Credential>,
    mut draft: Draft,
    act: &Act,
    violations: &mut Violations,
    notices: &mut Vec<String>,
) -> Result<Object, ChangeError> {
    let withheld = draft.withheld;
    let mut old = stored.map(Credential::members).unwrap_or_default();
    let mut members = Object::new();
    for field in kind.members() {
        let class = kind.class_of(field);
        let given = draft.members.remove(field.name);
        let kept = old.remove(field.name);
        let unset = draft.unset.iter().any(|name| field.is_called(name));
        // a replacement that gives a part of a member gives the member
        let kept = kept.filter(|_| verb != Verb::Replace || !in_part(kind, &draft, field));
        if unset && matches!(class, Class::Identity | Class::ReadOnly | Class::Computed) {
            violations.add(field.name, "cannot be unset");
        }
        let value = match class {
            Class::Identity => identity(verb, kind, field, given, kept, act)?,
            Class::Metadata if unset || (verb == Verb::Merge && matches!(given, Some(Value::Null))) => None,
            Class::Metadata => given.filter(|given| !matches!(given, Value::Null)).or(kept),
            Class::Required if verb == Verb::Merge && unset => {
                violations.add(field.name, "is required and cannot be unset");
                None
            }
            Class::Required | Class::Optional | Class::Defaulted if verb == Verb::Merge => {
                if unset || matches!(given, Some(Value::Null)) {
                    None
                } else if let (Shape::Custom, Some(kept)) = (field.shape, &kept) {
                    Some(given.map_or_else(|| kept.clone(), |given| own::merged(given, kept)))
                } else if let (Some(given), Some(kept), Withheld::Surely) = (&given, &kept, withheld) {
                    Some(with_secrets(field, given, kept))
                } else if let (Shape::Variables, Some(given), Some(kept)) = (field.shape, &given, &kept) {
                    Some(overlaid(given, kept))
                } else {
                    given.or(kept)
                }
            }
            Class::Required | Class::Optional | Class::Defaulted => given,
            Class::Computed | Class::ReadOnly if given.is_some() => {
                violations.add(field.name, "is set by credctl and cannot be given");
                None
            }
            // a replacement gives what it is computed from, so an old hash must not outlive it
            Class::Computed => kept.filter(|_| verb == Verb::Merge),
            Class::ReadOnly => None,
            Class::Ignored => {
                if given.is_some() {
                    notices.push(format!("{}: ignored for {}, not stored", field.name, kind.name));
                }
                None
            }
            Class::Empty => {
                if given.is_some_and(|value| !is_empty(&value)) {
                    violations.add(field.name, "must be empty for this type");
                }
                None
            }
        };
        if let Some(value) = value.filter(|value| !matches!(value, Value::Null)) {
            members.insert(field.name, value);
        }
    }
    // what an earlier definition of the type had stays until somebody removes it
    if verb == Verb::Merge {
        for (name, value) in old {
            members.insert(name, value);
        }
    }
    for (name, _) in draft.members {
        violations.add(name, format!("is not a field of {}", kind.name));
    }
    // after the members, because a leaf is set inside of one
    set_leaves(kind, &mut members, draft.leaves, violations);
    unset(verb, &mut members, kind, &draft.unset, violations);
    Ok(members)
}

/// Returns a field of a document without secrets, completed with the secret parts that are stored.
fn with_secrets(field: &Field, given: &Value, kept: &Value) -> Value {
    match field.secrecy {
        Secrecy::SecretExcept(public) => fill(given, kept, public),
        Secrecy::PerItem | Secrecy::Public | Secrecy::Secret | Secrecy::Sealed => given.clone(),
    }
}

/// Returns stored variables with the given ones over them. A variable that is `null` is removed.
fn overlaid(given: &Value, kept: &Value) -> Value {
    let (Value::Object(given), Value::Object(kept)) = (given, kept) else { return given.clone() };
    let mut all = kept.clone();
    for (name, value) in given.iter() {
        match value {
            Value::Null => drop(all.remove(name)),
            value => drop(all.insert(name, value.clone())),
        }
    }
    all.into()
}

fn fill(given: &Value, kept: &Value, public: &[&str]) -> Value {
    match (given, kept) {
        (Value::Object(given), Value::Object(kept)) => {
            let mut filled = given.clone();
            for (name, kept) in kept.iter().filter(|(name, _)| !public.contains(name)) {
                let value = match (given.get(name), kept) {
                    (Some(given), kept) => fill(given, kept, public),
                    // an object may have been left out because all of it is secret
                    (None, Value::Object(_)) => fill(&Object::new().into(), kept, public),
                    (None, kept) => kept.clone(),
                };
                if value.as_object().is_none_or(|object| !object.is_empty()) {
                    filled.insert(name, value);
                }
            }
            filled.into()
        }
        // in lists of different lengths nothing says which items belong together
        (Value::List(given), Value::List(kept)) if given.len() == kept.len() => {
            Value::List(given.iter().zip(kept).map(|(given, kept)| fill(given, kept, public)).collect())
        }
        (given, _) => given.clone(),
    }
}

fn identity(
    verb: Verb,
    kind: &Kind,
    field: &Field,
    given: Option<Value>,
    kept: Option<Value>,
    act: &Act,
) -> Result<Option<Value>, ChangeError> {
    // the promotion of a key store was decided before
    let kept = if field.name == "type" { Some(Value::text(kind.name)) } else { kept };
    let same = |given: &Value| match given {
        Value::Text(given) if field.name == "type" => {
            let named = crate::kind::find(given.expose());
            named.map_or_else(|| kind.is_called(given.expose()), |named| *named.kind == *kind)
        }
        given => Some(given) == kept.as_ref(),
    };
    match (verb, field.name) {
        (Verb::Create, "type") => Ok(Some(Value::text(kind.name))),
        (Verb::Create, "project") => {
            let own = Value::text(act.project.as_str());
            match given.filter(|given| !matches!(given, Value::Null)) {
                // from a project, a credential can be made in that project only
                Some(given) if given != own && act.project != ADMIN => {
                    Err(ChangeError::Immutable { field: "project" })
                }
                given => Ok(given.or(Some(own))),
            }
        }
        (Verb::Create, _) => Ok(given),
        _ => match given {
            Some(given) if !matches!(given, Value::Null) && !same(&given) => {
                Err(ChangeError::Immutable { field: field.name })
            }
            _ => Ok(kept),
        },
    }
}

/// Returns true if the draft gives a leaf of this member.
fn in_part(kind: &Kind, draft: &Draft, field: &Field) -> bool {
    field.class == Class::Metadata
        && draft.leaves.iter().any(|(path, _)| FieldPath::parse(kind, path).is_in(field))
}

fn set_leaves(kind: &Kind, members: &mut Object, leaves: Vec<(String, Value)>, violations: &mut Violations) {
    for (path, value) in leaves {
        let parsed = FieldPath::parse(kind, &path);
        if parsed.steps().len() > MAX_DEPTH {
            violations.add(shown(&path), "is nested too deeply");
        } else if let Some(name) = parsed.label() {
            named_list::set(members, LABELS, name, label(name, value));
        } else if let Some(name) = parsed.own_field() {
            let name = &*compose(name);
            named_list::set(members, CUSTOM, name, own::of_assigned(name, value));
        } else if let Err(member) = members.set_at(parsed.steps(), value) {
            violations.add(path, format!("{member} is not an object"));
        }
    }
}

/// Returns a path, cut so that a message stays short.
fn shown(path: &str) -> String {
    path.chars().take(64).collect()
}

fn unset(verb: Verb, members: &mut Object, kind: &Kind, names: &[String], violations: &mut Violations) {
    // a key store has thousands of entries, and to take one out moves those behind it: so all at once
    let mut gone: BTreeMap<Vec<String>, HashSet<String>> = BTreeMap::new();
    for path in names {
        // whole members are done: their class decided. A field that the type no longer has is removed as a whole
        if path::member(kind, path).is_some() || members.remove(path).is_some() {
            continue;
        }
        let parsed = FieldPath::parse(kind, path);
        if let Some(name) = parsed.label() {
            if !named_list::remove(members, LABELS, name) && verb == Verb::Merge {
                violations.add(path.as_str(), "there is no label of this name to unset");
            }
            continue;
        }
        if let Some(name) = parsed.own_field() {
            if !named_list::remove(members, CUSTOM, &compose(name)) && verb == Verb::Merge {
                violations.add(path.as_str(), "there is no own field of this name to unset");
            }
            continue;
        }
        let is_there = parsed.steps().split_last().is_some_and(|(leaf, parents)| {
            let parents: Vec<String> = parents.iter().map(|name| (*name).to_owned()).collect();
            let there = parent(members, &parents).is_some_and(|parent| parent.get(leaf).is_some());
            there && gone.entry(parents).or_default().insert((*leaf).to_owned())
        });
        // a replacement drops everything that is not given, so nothing has to be there
        if !is_there && verb == Verb::Merge {
            violations.add(path.as_str(), "there is nothing of this name to unset");
        }
    }
    for (parents, leaves) in gone {
        if let Some(parent) = parent(members, &parents) {
            parent.retain(|name| !leaves.contains(name));
        }
    }
}

/// Finds the object at a path of one name or more.
fn parent<'a>(members: &'a mut Object, path: &[String]) -> Option<&'a mut Object> {
    let (first, rest) = path.split_first()?;
    let mut found = members.get_mut(first)?;
    for name in rest {
        let Value::Object(object) = found else { return None };
        found = object.get_mut(name)?;
    }
    match found {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        _ => false,
    }
}
