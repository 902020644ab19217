//! Own fields: names and values that neither a type nor the envelope has. Each says by itself if it is secret, and
//! is secret unless it says no.

use std::collections::{HashMap, HashSet};

use super::violation::Violations;
use crate::kind::{CUSTOM, rule};
use crate::secret::Secret;
use crate::text::compose;
use crate::value::{Object, Value};

/// The members of an own field as it is stored.
const NAME: &str = "name";
const VALUE: &str = "value";
const SECRET: &str = "secret";

/// An own field of a credential.
#[derive(Debug, Clone, Copy)]
pub struct OwnField<'a> {
    /// Its name, without the `custom.` in front.
    pub name: &'a str,
    /// Its value, a text.
    pub value: &'a Value,
    /// True if the value is shown only when revealing was asked for.
    pub is_secret: bool,
}

impl<'a> OwnField<'a> {
    /// Reads an item as it is stored. Anything but a clear no makes it secret.
    fn of(item: &'a Value) -> Option<Self> {
        let value = item.at(&[VALUE])?;
        Some(Self {
            name: item.text_at(&[NAME])?,
            value,
            is_secret: item.at(&[SECRET]) != Some(&Value::Bool(false)),
        })
    }

    /// Returns the path, such as `custom.plan`.
    #[must_use]
    pub fn path(&self) -> String {
        path(self.name)
    }
}

/// Returns the own fields in a value of the member that keeps them.
pub(super) fn fields(value: Option<&Value>) -> impl Iterator<Item = OwnField<'_>> {
    value.and_then(Value::as_list).unwrap_or_default().iter().filter_map(OwnField::of)
}

/// Makes the value of an own field, as an assignment gives it.
pub(super) fn assigned(text: Secret, is_secret: bool) -> Value {
    Object::from_iter([(VALUE, Value::Text(text)), (SECRET, Value::Bool(is_secret))]).into()
}

/// Makes an own field as it is stored.
#[must_use]
pub fn own_item(name: &str, value: Value, is_secret: bool) -> Value {
    Object::from_iter([(NAME, Value::text(name)), (VALUE, value), (SECRET, Value::Bool(is_secret))]).into()
}

/// Returns the item that an assignment makes of its value. A bare text is secret.
pub(super) fn of_assigned(name: &str, value: Value) -> Value {
    match value {
        Value::Object(mut given) => {
            given.insert(NAME, Value::text(&*compose(name)));
            given.into()
        }
        value => own_item(&compose(name), value, true),
    }
}

/// Returns the public ones among the own fields, if there are any.
pub(super) fn public(value: &Value) -> Option<Value> {
    let items = value.as_list()?.iter();
    let shown: Vec<Value> =
        items.filter(|item| OwnField::of(item).is_some_and(|field| !field.is_secret)).cloned().collect();
    (!shown.is_empty()).then_some(Value::List(shown))
}

/// Returns the stored own fields with those of a change: each takes the place of the one of its name, or is added
/// at the end. Own fields that the change does not name stay, because a document may lack those that are secret.
pub(super) fn merged(given: Value, kept: &Value) -> Value {
    let given = match given {
        Value::List(items) => items,
        Value::Object(members) => secret_items(members),
        // for the gate to refuse
        other => return other,
    };
    let mut given: Vec<Option<Value>> = given.into_iter().map(Some).collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, item) in given.iter().enumerate() {
        if let Some(name) = item.as_ref().and_then(|item| item.text_at(&[NAME])) {
            places.entry(compose(name).into_owned()).or_insert(place);
        }
    }
    let place = |item: &Value| item.text_at(&[NAME]).and_then(|name| places.get(name)).copied();
    let kept = kept.as_list().unwrap_or_default().iter();
    let mut all: Vec<Value> = kept
        .map(|item| place(item).and_then(|place| given[place].take()).unwrap_or_else(|| item.clone()))
        .collect();
    all.extend(given.into_iter().flatten());
    Value::List(all)
}

fn secret_items(members: Object) -> Vec<Value> {
    members.into_iter().map(|(name, value)| own_item(&name, value, true)).collect()
}

/// Returns own fields as values by their names, without the word that says if each is secret.
pub(super) fn by_name(value: &Value) -> Object {
    fields(Some(value)).map(|field| (field.name, field.value.clone())).collect()
}

/// Returns own fields in the form of the vault, and reports what is wrong. An object gives names and secret texts.
/// A text may be empty.
pub(super) fn judged(path: &str, value: Value, violations: &mut Violations) -> Option<Value> {
    let items: Vec<Value> = match value {
        Value::List(items) => items,
        Value::Object(members) => secret_items(members),
        other => {
            violations.add(path, format!("must be a list of {{name, value, secret}}, not {}", other.shape()));
            return None;
        }
    };
    let mut seen = HashSet::new();
    let mut kept = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        let place = format!("{path}[{index}]");
        let Value::Object(members) = item else {
            violations.add(place, "must be an object with name, value and secret");
            continue;
        };
        if let Some((name, value, is_secret)) = judged_item(&place, members, violations) {
            if seen.insert(name.clone()) {
                kept.push(own_item(&name, Value::Text(value), is_secret));
            } else {
                violations.add(self::path(&name), "given twice");
            }
        }
    }
    (!kept.is_empty()).then_some(Value::List(kept))
}

fn judged_item(
    place: &str,
    mut members: Object,
    violations: &mut Violations,
) -> Option<(String, Secret, bool)> {
    let name = match members.remove(NAME) {
        Some(Value::Text(name)) => match (rule::text::NAME.check)(name.expose()) {
            Ok(accepted) => accepted.normalised.unwrap_or(name).expose().to_owned(),
            Err(reason) => {
                violations.add(format!("{place}.{NAME}"), reason);
                return None;
            }
        },
        None => {
            violations.add(format!("{place}.{NAME}"), "is required");
            return None;
        }
        Some(other) => {
            violations.add(format!("{place}.{NAME}"), format!("must be a text, not {}", other.shape()));
            return None;
        }
    };
    let path = path(&name);
    let is_secret = match members.remove(SECRET) {
        None | Some(Value::Null | Value::Bool(true)) => true,
        Some(Value::Bool(false)) => false,
        Some(_) => {
            violations.add(path, "must have true or false under secret");
            return None;
        }
    };
    if !members.iter().all(|(name, _)| name == VALUE) {
        violations.add(path.as_str(), "has only the members name, value and secret");
    }
    match members.remove(VALUE) {
        Some(Value::Text(text)) => match (rule::text::TEXT.check)(text.expose()) {
            // a public value is printed, and must not steer a terminal
            Err(reason) if !is_secret => violations.add(path, reason),
            _ => return Some((name, text, is_secret)),
        },
        Some(other) => violations.add(path, format!("must be a text, not {}", other.shape())),
        None => violations.add(path, "is required: its value, a text"),
    }
    None
}

fn path(name: &str) -> String {
    format!("{CUSTOM}.{name}")
}
