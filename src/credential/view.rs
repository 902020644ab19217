//! The parts of a credential that may be shown, and the members in which two versions differ.

use super::own;
use super::whole::Credential;
use crate::kind::rule::Fact;
use crate::kind::{Field, Secrecy, Shape};
use crate::value::{Object, Value};

impl Credential {
    /// Returns the fields that are not secret, with the facts that they tell by themselves.
    #[must_use]
    pub fn public_fields(&self) -> Object {
        let mut shown: Object = self.each(public_part);
        for Fact { name, text } in self.facts() {
            shown.insert(name, Value::text(text));
        }
        shown
    }

    /// Returns all fields, secrets too, except those that are never shown; with the facts that they tell.
    #[must_use]
    pub fn revealed_fields(&self) -> Object {
        let mut shown: Object =
            self.each(|field, value| (field.secrecy != Secrecy::Sealed).then(|| value.clone()));
        for Fact { name, text } in self.facts() {
            shown.insert(name, Value::text(text));
        }
        shown
    }

    /// Returns the fields as they are stored, with the secrets or without. The facts that they tell by
    /// themselves are not among them.
    #[must_use]
    pub fn stored_fields(&self, secrets: bool) -> Object {
        if secrets { self.fields.clone() } else { self.each(public_part) }
    }

    /// Returns the names of the members in which the credential differs from another version, secret ones
    /// among them.
    #[must_use]
    pub fn differs_in(&self, other: &Self) -> Vec<String> {
        let (own, mut others) = (self.members(), other.members());
        let mut names = Vec::new();
        for (name, value) in own.iter() {
            if others.remove(name).as_ref() != Some(value) {
                names.push(name.to_owned());
            }
        }
        names.extend(others.into_iter().map(|(name, _)| name));
        names
    }

    fn each(&self, part: impl Fn(&Field, &Value) -> Option<Value>) -> Object {
        self.described().filter_map(|(name, field, value)| Some((name, part(field, value)?))).collect()
    }
}

fn public_part(field: &Field, value: &Value) -> Option<Value> {
    match (field.shape, field.secrecy) {
        (Shape::Store(store), _) => {
            let public =
                |name: &str| store.entries.iter().any(|entry| entry.name == name && !entry.is_secret());
            let entries: Object = value
                .as_object()?
                .iter()
                .filter(|(name, _)| public(name))
                .map(|(name, value)| (name, value.clone()))
                .collect();
            (!entries.is_empty()).then(|| entries.into())
        }
        (_, Secrecy::Public) => Some(value.clone()),
        (_, Secrecy::SecretExcept(public)) => public_leaves(value, false, public),
        (_, Secrecy::PerItem) => own::public(value),
        (_, Secrecy::Secret | Secrecy::Sealed) => None,
    }
}

/// Returns the leaves whose own name is public, inside the objects and lists that hold them.
fn public_leaves(value: &Value, named: bool, public: &[&str]) -> Option<Value> {
    match value {
        Value::Object(object) => {
            let shown: Object = object
                .iter()
                .filter_map(|(name, value)| {
                    Some((name, public_leaves(value, public.contains(&name), public)?))
                })
                .collect();
            (!shown.is_empty() || !named).then(|| shown.into())
        }
        Value::List(items) => {
            let shown: Vec<_> = items.iter().filter_map(|item| public_leaves(item, named, public)).collect();
            (!shown.is_empty()).then_some(Value::List(shown))
        }
        leaf => named.then(|| leaf.clone()),
    }
}
