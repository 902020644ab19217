//! Judging one value by its shape: the part of the gate that goes through the tables.

use std::borrow::Cow;

use super::own;
use super::violation::Violations;
use crate::kind::rule::{self, Rule};
use crate::kind::{Field, KeyStoreShape, Kind, Shape, entry_name};
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value, json};

/// The most objects and lists inside one another. The vault's reader takes 127, of which the record takes
/// some.
pub(super) const MAX_DEPTH: usize = 64;

/// A warning about one value.
pub(super) struct ValueWarning {
    pub(super) path: String,
    /// The value, as it was given.
    pub(super) text: Secret,
    pub(super) warning: Cow<'static, str>,
}

/// The gate at work on one credential.
pub(super) struct Gate<'a> {
    pub(super) kind: &'static Kind,
    pub(super) violations: Violations,
    pub(super) notices: &'a mut Vec<String>,
    /// The warnings about values, of which only those about the change become notices.
    pub(super) warnings: Vec<ValueWarning>,
}

/// Checks a text by a rule, and returns it as the rule stores it.
pub(crate) fn normalised(rule: &Rule, member: &str, text: &str) -> Result<String, Violations> {
    let accepted = (rule.check)(text).map_err(|reason| Violations::one(member, reason))?;
    Ok(accepted.normalised.map_or_else(|| text.to_owned(), |text| text.expose().to_owned()))
}

impl Gate<'_> {
    /// Returns the value as it is kept, if it has the shape that is asked for; notes what is wrong.
    pub(super) fn judge(&mut self, shape: Shape, path: &str, value: Value) -> Option<Value> {
        match shape {
            Shape::Line(rule) | Shape::Text(rule) => self.text(rule, path, value),
            Shape::JsonText(rule) => match value {
                // documents may have the object itself where its JSON is kept as a text
                Value::Object(_) => {
                    let mut text = Buffer::with_capacity(4096);
                    json::write(&value, &mut text).ok()?;
                    let mut text = text.into_bytes();
                    self.text(rule, path, Value::Text(Secret::from_utf8(std::mem::take(&mut *text)).ok()?))
                }
                value => self.text(rule, path, value),
            },
            Shape::Number(rule) => self.number(rule, path, value),
            Shape::Time => self.text(&rule::time::TIMESTAMP, path, value),
            Shape::Flag => self.flag(path, value),
            Shape::List(rule) => self.list(rule, path, value),
            Shape::Several(rule) => match value {
                Value::Text(text) => self.list(rule, path, Value::List(vec![Value::Text(text)])),
                value => self.list(rule, path, value),
            },
            Shape::Labels => self.labels(path, value),
            Shape::Tags => self.tags(path, value),
            Shape::Open(fields) => self.open(fields, path, value),
            Shape::Tree => self.tree(path, value),
            Shape::Variables => self.variables(path, value),
            Shape::Store(store) => self.store(store, path, value),
            Shape::Custom => own::judged(path, value, &mut self.violations),
        }
    }

    pub(super) fn text(&mut self, rule: &Rule, path: &str, value: Value) -> Option<Value> {
        let Value::Text(text) = value else {
            self.violations.add(path, format!("must be a text, not {}", value.shape()));
            return None;
        };
        match (rule.check)(text.expose()) {
            Ok(accepted) => {
                if let Some(warning) = accepted.warning {
                    let (path, text) = (path.to_owned(), text.clone());
                    self.warnings.push(ValueWarning { path, text, warning });
                }
                Some(Value::Text(accepted.normalised.unwrap_or(text)))
            }
            Err(reason) => {
                self.violations.add(path, reason);
                None
            }
        }
    }

    fn number(&mut self, rule: &Rule, path: &str, value: Value) -> Option<Value> {
        // an assignment can give texts only
        let text = match value {
            Value::Number(number) => Value::text(number.to_string()),
            value => value,
        };
        let Value::Text(text) = self.text(rule, path, text)? else { return None };
        let number =
            json::parse(text.expose().as_bytes()).ok().filter(|value| matches!(value, Value::Number(_)));
        if number.is_none() {
            self.violations.add(path, "must be a number with fewer digits");
        }
        number
    }

    fn flag(&mut self, path: &str, value: Value) -> Option<Value> {
        match &value {
            Value::Bool(_) => return Some(value),
            // an assignment can give texts only
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
        self.depth(path, &value)?;
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
            // an assignment gives an object as its JSON
            Value::Text(text) => match json::parse(text.expose().as_bytes()) {
                Ok(object @ Value::Object(_)) => object,
                _ => Value::Text(text),
            },
            value => value,
        };
        self.depth(path, &value)?;
        match value {
            Value::Object(object) if object.is_empty() => {
                self.violations.add(path, "must have at least one member");
            }
            Value::Object(object) => return Some(Value::Object(object)),
            other => self.violations.add(path, format!("must be an object, not {}", other.shape())),
        }
        None
    }

    /// Refuses a value that is nested too deeply: it could be written but not be read again.
    fn depth(&mut self, path: &str, value: &Value) -> Option<()> {
        if is_deeper(value, MAX_DEPTH) {
            self.violations.add(path, format!("must not be nested more than {MAX_DEPTH} levels deep"));
            return None;
        }
        Some(())
    }

    fn store(&mut self, store: &KeyStoreShape, path: &str, value: Value) -> Option<Value> {
        let Value::Object(entries) = value else {
            self.violations.add(path, format!("must be an object of base64 texts, not {}", value.shape()));
            return None;
        };
        // a store with entries of its own reports each that is missing
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

    /// Returns true for the clear text of a password: it may be gone when its hash is there; see
    /// `hash_password`.
    fn is_hashed(&self, entry: &Field) -> bool {
        self.kind.password.and_then(entry_name) == Some(entry.name)
    }

    fn name_in(&mut self, path: &str, name: &str) {
        if name.is_empty() || crate::text::hidden_char(name).is_some() {
            self.violations.add(path, "has a member without a name, or with an invisible character in it");
        }
    }
}

/// Returns true if more than `levels` objects and lists stand inside one another.
fn is_deeper(value: &Value, levels: usize) -> bool {
    let Some(inner) = levels.checked_sub(1) else {
        return matches!(value, Value::Object(_) | Value::List(_));
    };
    match value {
        Value::Object(object) => object.iter().any(|(_, value)| is_deeper(value, inner)),
        Value::List(items) => items.iter().any(|item| is_deeper(item, inner)),
        _ => false,
    }
}
