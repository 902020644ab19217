//! What of a credential may be shown, and what it is as members of a draft.

use super::{Credential, Envelope, Label};
use crate::kind::rule::Fact;
use crate::kind::{Field, Secrecy, Shape};
use crate::time;
use crate::value::{Object, Value};

impl Credential {
    /// The fields that are not secret, with what they tell by themselves.
    #[must_use]
    pub fn public_fields(&self) -> Object {
        let mut shown: Object = self.each(public_part);
        for Fact { name, text } in self.facts() {
            shown.insert(name, Value::text(text));
        }
        shown
    }

    /// All fields, secrets too, except what is never shown.
    #[must_use]
    pub fn revealed_fields(&self) -> Object {
        let mut shown: Object =
            self.each(|field, value| (field.secrecy != Secrecy::Sealed).then(|| value.clone()));
        for Fact { name, text } in self.facts() {
            shown.insert(name, Value::text(text));
        }
        shown
    }

    /// What the fields tell by themselves: the subject of a certificate, the cluster of a kubeconfig.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        self.head.kind.facts.map(|facts| facts(&self.fields)).unwrap_or_default()
    }

    /// The fields as they are stored, with the secrets or without; what they tell by themselves is not
    /// among them.
    #[must_use]
    pub fn stored_fields(&self, secrets: bool) -> Object {
        if secrets { self.fields.clone() } else { self.each(public_part) }
    }

    /// Names of the members in which it differs from another version, secret ones among them.
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

    /// The credential as members of a draft, under canonical names.
    pub(super) fn members(&self) -> Object {
        let mut members = self.head.envelope.members();
        members.insert("id", Value::text(self.head.id.as_str()));
        members.insert("type", Value::text(self.head.kind.name));
        for (name, value) in self.fields.iter() {
            members.insert(name, value.clone());
        }
        members
    }

    pub(super) fn known(&self) -> impl Iterator<Item = (&'static Field, &Value)> {
        self.head.kind.fields.iter().filter_map(|field| Some((field, self.fields.get(field.name)?)))
    }

    fn each(&self, part: impl Fn(&Field, &Value) -> Option<Value>) -> Object {
        self.known().filter_map(|(field, value)| Some((field.name, part(field, value)?))).collect()
    }
}

impl Envelope {
    /// The envelope as members under canonical names; what is not set is left out.
    #[must_use]
    pub fn members(&self) -> Object {
        let mut members = Object::new();
        let mut optional = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                members.insert(name, value);
            }
        };
        optional("connectorType", self.connector_type.as_deref().map(Value::text));
        optional("name", Some(Value::text(self.name.as_str())));
        optional("project", Some(Value::text(self.project.as_str())));
        optional("labels", (!self.labels.is_empty()).then(|| label_values(&self.labels)));
        optional("enabled", Some(Value::Bool(self.enabled)));
        optional("description", self.description.as_deref().map(Value::text));
        optional("throttlePolicy", self.throttle_policy.as_deref().map(Value::text));
        optional("validFrom", self.valid_from.map(|at| Value::text(time::format(at))));
        optional("validUntil", self.valid_until.map(|at| Value::text(time::format(at))));
        optional("tags", (!self.tags.is_empty()).then(|| self.tags.clone().into()));
        optional("resourceMetadata", self.resource_metadata.clone());
        optional("auditingSettings", self.auditing_settings.clone());
        members
    }
}

/// Labels as documents hold them.
#[must_use]
pub fn label_values(labels: &[Label]) -> Value {
    let label = |label: &Label| {
        Value::from(Object::from_iter([
            ("name", Value::text(label.name.as_str())),
            ("value", Value::text(label.value.as_str())),
        ]))
    };
    Value::List(labels.iter().map(label).collect())
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
        (_, Secrecy::Secret | Secrecy::Sealed) => None,
    }
}

/// The leaves whose own name is public, inside the objects and lists that hold them.
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
