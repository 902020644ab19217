//! The members of a definition, taken one by one. What is left over is unknown, and a fault.

use super::fault::DefinitionFaults;
use crate::text::{hidden_char, suggest};
use crate::value::{Object, Value};

/// The longest text of a definition, in characters.
const MAX_TEXT: usize = 256;

/// The most texts in one list.
pub(super) const MAX_TEXTS: usize = 256;

/// A reader of the members of a definition, or of one of its fields.
pub(super) struct DefinitionMembers<'a> {
    members: Object,
    /// The path of the members: empty, or `field[2]`.
    path: String,
    /// The names that were asked for, for suggestions.
    known: Vec<&'static str>,
    pub(super) faults: &'a mut DefinitionFaults,
}

impl<'a> DefinitionMembers<'a> {
    pub(super) fn new(members: &Object, path: String, faults: &'a mut DefinitionFaults) -> Self {
        Self { members: members.clone(), path, known: Vec::new(), faults }
    }

    /// Returns the path of a member.
    pub(super) fn path(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    pub(super) fn wrong(&mut self, name: &str, reason: impl Into<String>) {
        let path = self.path(name);
        self.faults.add(path, reason);
    }

    /// Takes a member out.
    pub(super) fn take(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        self.members.remove(name).filter(|value| *value != Value::Null)
    }

    /// Takes a text of one line: not empty, and nothing invisible in it.
    pub(super) fn text(&mut self, name: &'static str) -> Option<String> {
        let value = self.take(name)?;
        self.line(name, &value)
    }

    /// Takes a text that must be there.
    pub(super) fn required(&mut self, name: &'static str, what: &str) -> String {
        if self.members.get(name).is_none_or(|value| *value == Value::Null) {
            self.wrong(name, format!("is required: {what}"));
        }
        self.text(name).unwrap_or_default()
    }

    pub(super) fn texts(&mut self, name: &'static str) -> Vec<String> {
        match self.take(name) {
            None => Vec::new(),
            Some(Value::List(items)) if items.len() <= MAX_TEXTS => {
                items.iter().filter_map(|item| self.line(name, item)).collect()
            }
            Some(Value::List(_)) => {
                self.wrong(name, format!("must have at most {MAX_TEXTS} texts"));
                Vec::new()
            }
            Some(other) => {
                self.wrong(name, format!("must be a list of texts, not {}", other.shape()));
                Vec::new()
            }
        }
    }

    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        match self.take(name)? {
            Value::Bool(flag) => Some(flag),
            other => {
                self.wrong(name, format!("must be true or false, not {}", other.shape()));
                None
            }
        }
    }

    pub(super) fn number(&mut self, name: &'static str) -> Option<serde_json::Number> {
        match self.take(name)? {
            Value::Number(number) => Some(number),
            other => {
                self.wrong(name, format!("must be a number, not {}", other.shape()));
                None
            }
        }
    }

    /// Takes one of a few words.
    pub(super) fn word<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(name)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.wrong(name, format!("must be {}", words.join(" or ")));
        }
        found
    }

    fn line(&mut self, name: &str, value: &Value) -> Option<String> {
        let Value::Text(text) = value else {
            self.wrong(name, format!("must be a text, not {}", value.shape()));
            return None;
        };
        let text = text.expose();
        if text.trim().is_empty() {
            self.wrong(name, "must not be empty");
        } else if text.chars().count() > MAX_TEXT {
            self.wrong(name, format!("must be at most {MAX_TEXT} characters long"));
        } else if hidden_char(text).is_some() {
            self.wrong(name, "must be one line without control characters or invisible ones");
        } else {
            return Some(text.to_owned());
        }
        None
    }

    /// Reports the unknown members that are left. The message differs for members of built-in types.
    pub(super) fn finish(self, built_in: &[&str]) {
        for (name, _) in self.members.iter() {
            let path =
                if self.path.is_empty() { shown(name) } else { format!("{}.{}", self.path, shown(name)) };
            if built_in.contains(&name) {
                self.faults.add(path, "is for built-in types only");
                continue;
            }
            match suggest(name, self.known.iter().copied()) {
                Some(near) => self.faults.add(path, format!("unknown member; did you mean {near}?")),
                None => self.faults.add(path, "unknown member"),
            }
        }
    }
}

fn shown(name: &str) -> String {
    name.chars().filter(|c| !crate::text::is_hidden(*c)).take(64).collect()
}
