//! The one gate: members come in, a valid credential goes out, or everything that is wrong.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Credential, Envelope, Head, Label, Stamp, Violations};
use crate::kind::rule::{self, Rule, account};
use crate::kind::{Class, Field, Kind, Shape, Store};
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value, json};

/// What the gate must know that no table can tell.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// What a user's password must be like.
    pub password: &'a account::PasswordPolicy,
}

/// Judges members and makes a credential of them. `violations` holds what was found before.
pub(super) fn admit(
    kind: &'static Kind,
    mut members: Object,
    stamp: Stamp,
    rules: Rules<'_>,
    violations: Violations,
    notices: &mut Vec<String>,
) -> Result<Credential, Violations> {
    let mut gate = Gate { kind, violations, notices };
    gate.take_identity(&mut members);
    let mut valid = Object::new();
    for field in kind.members() {
        match members.remove(field.name) {
            Some(value) if is_absent(kind, field, &value) => gate.missing(field),
            Some(value) => {
                if let Some(value) = gate.judge(field.shape, field.name, value) {
                    valid.insert(field.name, value);
                }
            }
            None => gate.missing(field),
        }
    }
    gate.hash_password(&mut valid, rules);
    gate.finish(valid, stamp)
}

struct Gate<'a> {
    kind: &'static Kind,
    violations: Violations,
    notices: &'a mut Vec<String>,
}

impl Gate<'_> {
    /// The id comes from the type's id field where there is one, and is made where it is not given.
    fn take_identity(&mut self, members: &mut Object) {
        if let Some(field) = self.kind.id_field {
            match (members.get("id"), members.get(field)) {
                (Some(id), Some(value)) if id != value => {
                    self.violations
                        .add("id", format!("is the {field} for {} and must equal it", self.kind.name));
                }
                (None, Some(value)) => drop(members.insert("id", value.clone())),
                (Some(id), None) => drop(members.insert(field, id.clone())),
                _ => {}
            }
        } else if members.get("id").is_none() {
            members.insert("id", Value::text(Uuid::new_v4().to_string()));
        }
        if members.get("name").is_none()
            && !self.kind.identity_name
            && let Some(id) = members.get("id").cloned()
        {
            members.insert("name", id);
        }
    }

    fn missing(&mut self, field: &Field) {
        if !self.kind.needs(field) {
            return;
        }
        if let Shape::Store(store) = field.shape {
            // what is missing is better named by its entries
            let required: Vec<_> =
                store.entries.iter().map(|entry| format!("{}.{}", field.name, entry.name)).collect();
            for path in &required {
                self.violations.add(path.as_str(), "is required");
            }
            if !required.is_empty() {
                return;
            }
        }
        self.violations.add(field.name, format!("is required: {}", field.expects()));
    }

    fn judge(&mut self, shape: Shape, path: &str, value: Value) -> Option<Value> {
        match shape {
            Shape::Line(rule) | Shape::Text(rule) => self.text(rule, path, value),
            Shape::JsonText(rule) => match value {
                Value::Object(_) => {
                    let mut text = Buffer::with_capacity(4096);
                    json::write(&value, &mut text).ok()?;
                    let mut text = text.into_bytes();
                    self.text(rule, path, Value::Text(Secret::from_utf8(std::mem::take(&mut *text)).ok()?))
                }
                value => self.text(rule, path, value),
            },
            Shape::Time => self.text(&rule::time::TIMESTAMP, path, value),
            Shape::Flag => self.flag(path, value),
            Shape::List(rule) => self.list(rule, path, value),
            Shape::Labels => self.labels(path, value),
            Shape::Tags => self.tags(path, value),
            Shape::Open(fields) => self.open(fields, path, value),
            Shape::Tree => self.tree(path, value),
            Shape::Store(store) => self.store(store, path, value),
        }
    }

    fn text(&mut self, rule: &Rule, path: &str, value: Value) -> Option<Value> {
        let Value::Text(text) = value else {
            self.violations.add(path, format!("must be a text, not {}", value.shape()));
            return None;
        };
        match (rule.check)(text.expose()) {
            Ok(accepted) => {
                if let Some(warning) = accepted.warning {
                    self.notices.push(format!("{path}: {warning}"));
                }
                Some(Value::Text(accepted.normalised.unwrap_or(text)))
            }
            Err(reason) => {
                self.violations.add(path, reason);
                None
            }
        }
    }

    fn flag(&mut self, path: &str, value: Value) -> Option<Value> {
        match &value {
            Value::Bool(_) => return Some(value),
            Value::Text(text) if text.expose() == "true" => return Some(Value::Bool(true)),
            Value::Text(text) if text.expose() == "false" => return Some(Value::Bool(false)),
            _ => self.violations.add(path, "must be true or false"),
        }
        None
    }

    fn list(&mut self, rule: &Rule, path: &str, value: Value) -> Option<Value> {
        let Value::List(items) = value else {
            self.violations.add(path, format!("must be a list of texts, not {}", value.shape()));
            return None;
        };
        let mut kept: Vec<Value> = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            if let Some(item) = self.text(rule, &format!("{path}[{index}]"), item)
                && !kept.contains(&item)
            {
                kept.push(item);
            }
        }
        Some(Value::List(kept))
    }

    fn labels(&mut self, path: &str, value: Value) -> Option<Value> {
        let Value::List(items) = value else {
            self.violations.add(path, format!("must be a list of {{name, value}}, not {}", value.shape()));
            return None;
        };
        for (index, item) in items.iter().enumerate() {
            let Some(label) = item.as_object() else {
                self.violations.add(format!("{path}[{index}]"), "must be an object with name and value");
                continue;
            };
            for part in ["name", "value"] {
                let member = format!("{path}[{index}].{part}");
                match label.get(part) {
                    None => self.violations.add(member, "is required"),
                    Some(Value::Text(text)) => match (rule::text::LINE.check)(text.expose()) {
                        Ok(_) if part == "name" && text.is_empty() => {
                            self.violations.add(member, "must not be empty");
                        }
                        Ok(_) => {}
                        Err(reason) => self.violations.add(member, reason),
                    },
                    Some(other) => {
                        self.violations.add(member, format!("must be a text, not {}", other.shape()));
                    }
                }
            }
            if label.iter().any(|(name, _)| name != "name" && name != "value") {
                self.violations.add(format!("{path}[{index}]"), "has only the members name and value");
            }
        }
        Some(Value::List(items))
    }

    fn tags(&mut self, path: &str, value: Value) -> Option<Value> {
        let Value::Object(tags) = value else {
            self.violations.add(path, format!("must be an object, not {}", value.shape()));
            return None;
        };
        for (name, tag) in tags.iter() {
            self.name_in(path, name);
            self.text(&rule::text::LINE, &format!("{path}.{name}"), tag.clone());
        }
        Some(Value::Object(tags))
    }

    fn open(&mut self, fields: &[Field], path: &str, value: Value) -> Option<Value> {
        let Value::Object(object) = value else {
            self.violations.add(path, format!("must be an object, not {}", value.shape()));
            return None;
        };
        for field in fields {
            let member = format!("{path}.{}", field.name);
            match object.get(field.name) {
                None => self.violations.add(member, "is required"),
                Some(value) => drop(self.judge(field.shape, &member, value.clone())),
            }
        }
        Some(Value::Object(object))
    }

    fn tree(&mut self, path: &str, value: Value) -> Option<Value> {
        let value = match value {
            Value::Text(text) => match json::parse(text.expose().as_bytes()) {
                Ok(object @ Value::Object(_)) => object,
                _ => Value::Text(text),
            },
            value => value,
        };
        match value {
            Value::Object(object) if object.is_empty() => {
                self.violations.add(path, "must have at least one member");
            }
            Value::Object(object) => return Some(Value::Object(object)),
            other => self.violations.add(path, format!("must be an object, not {}", other.shape())),
        }
        None
    }

    fn store(&mut self, store: &Store, path: &str, value: Value) -> Option<Value> {
        let Value::Object(entries) = value else {
            self.violations.add(path, format!("must be an object of base64 texts, not {}", value.shape()));
            return None;
        };
        if entries.is_empty() && store.entries.is_empty() {
            self.violations.add(path, "must have at least one entry");
        }
        let mut kept = Object::new();
        for entry in store.entries {
            if entries.get(entry.name).is_none() && !self.is_hashed(entry) {
                self.violations
                    .add(format!("{path}.{}", entry.name), format!("is required: {}", entry.expects()));
            }
        }
        for (name, value) in entries {
            let member = format!("{path}.{name}");
            let known = store.entries.iter().find(|entry| entry.name == name);
            let rule = match known.map(|entry| entry.shape) {
                Some(Shape::Line(rule) | Shape::Text(rule)) => rule,
                _ if store.open => &rule::encoding::BASE64,
                _ => {
                    self.violations.add(member, format!("{} has no other entry", self.kind.name));
                    continue;
                }
            };
            self.name_in(path, &name);
            if let Some(value) = self.text(rule, &member, value) {
                kept.insert(name, value);
            }
        }
        Some(Value::Object(kept))
    }

    /// The clear text of a password may be gone when its hash is there; see `hash_password`.
    fn is_hashed(&self, entry: &Field) -> bool {
        self.kind.password.and_then(|path| path.strip_prefix("keyStore.")) == Some(entry.name)
    }

    fn name_in(&mut self, path: &str, name: &str) {
        if name.is_empty() || rule::text::hidden_char(name).is_some() {
            self.violations.add(path, "has a member without a name, or with an invisible character in it");
        }
    }

    /// A password that is kept as a hash only: the clear text goes, the hash comes.
    fn hash_password(&mut self, valid: &mut Object, rules: Rules<'_>) {
        let Some(hash) = self.kind.fields.iter().find(|field| field.class == Class::Computed) else { return };
        let clear = match valid.get_mut("keyStore") {
            Some(Value::Object(entries)) => entries.remove("cleartext"),
            _ => return,
        };
        let path = "keyStore.cleartext";
        let Some(Value::Text(encoded)) = clear else {
            if valid.get(hash.name).is_none() {
                self.violations.add(path, "is required: the password, in base64 in a document");
            }
            return;
        };
        let plain = rule::encoding::decode(encoded.expose()).ok();
        let Some(password) = plain.and_then(|plain| Secret::from_utf8(plain.to_vec()).ok()) else {
            self.violations.add(path, "must be UTF-8 text, in base64");
            return;
        };
        for reason in rules.password.violations(&password) {
            self.violations.add(path, reason);
        }
        if self.violations.is_empty() {
            match account::hash(&password) {
                Ok(phc) => drop(valid.insert(hash.name, Value::Text(phc))),
                Err(_) => self.violations.add(path, "cannot be hashed"),
            }
        }
    }

    fn finish(mut self, mut valid: Object, stamp: Stamp) -> Result<Credential, Violations> {
        let text = |valid: &mut Object, name: &str| match valid.remove(name) {
            Some(Value::Text(text)) => Some(text.expose().to_owned()),
            _ => None,
        };
        let time = |valid: &mut Object, name: &str| -> Option<DateTime<Utc>> {
            text(valid, name).and_then(|text| rule::time::parse(&text).ok())
        };
        let id = text(&mut valid, "id").unwrap_or_default();
        valid.remove("type");
        let envelope = Envelope {
            connector_type: text(&mut valid, "connectorType"),
            name: text(&mut valid, "name").unwrap_or_default(),
            project: text(&mut valid, "project").unwrap_or_default(),
            labels: labels(valid.remove("labels")),
            enabled: !matches!(valid.remove("enabled"), Some(Value::Bool(false))),
            description: text(&mut valid, "description"),
            throttle_policy: text(&mut valid, "throttlePolicy"),
            valid_from: time(&mut valid, "validFrom"),
            valid_until: time(&mut valid, "validUntil"),
            tags: match valid.remove("tags") {
                Some(Value::Object(tags)) => tags,
                _ => Object::new(),
            },
            resource_metadata: valid.remove("resourceMetadata"),
            auditing_settings: valid.remove("auditingSettings"),
        };
        if envelope.connector_type.is_some() && !self.kind.requires.contains(&"connectorType") {
            self.violations.add("connectorType", "only a connector has one");
        }
        if let (Some(from), Some(until)) = (envelope.valid_from, envelope.valid_until)
            && from >= until
        {
            self.violations.add("validUntil", "must be later than validFrom");
        }
        for field in self.kind.fields.iter().filter(|field| field.class == Class::Defaulted) {
            if valid.get(field.name).is_none() {
                valid.insert(field.name, Value::List(Vec::new()));
            }
        }
        self.notices.extend(self.kind.notice.and_then(|notice| notice(&valid)).map(str::to_owned));
        self.violations.or(Credential { head: Head { id, kind: self.kind, envelope, stamp }, fields: valid })
    }
}

/// A text that is empty counts as not given, where something may be left out or must be there.
fn is_absent(kind: &Kind, field: &Field, value: &Value) -> bool {
    let counts = kind.class_of(field) == Class::Optional || kind.requires.contains(&field.name);
    counts && matches!(value, Value::Text(text) if text.is_empty())
}

fn labels(value: Option<Value>) -> Vec<Label> {
    let part = |label: &Object, name: &str| label.get(name)?.as_text().map(|text| text.expose().to_owned());
    let items = match value {
        Some(Value::List(items)) => items,
        _ => Vec::new(),
    };
    items
        .iter()
        .filter_map(Value::as_object)
        .filter_map(|label| Some(Label { name: part(label, "name")?, value: part(label, "value")? }))
        .collect()
}
