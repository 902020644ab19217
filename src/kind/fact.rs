//! Facts of a credential, which the text in one of its fields tells by itself.

use std::fmt;

use super::rule::{Fact, FactReader};
use crate::base64;
use crate::value::{Object, Value};

/// The field that facts of the credential are read from, and their reader.
#[derive(Debug, Clone, Copy)]
pub struct FactSource {
    /// The path of the text. Of an object, the reader gets the names, one a line.
    pub path: &'static [&'static str],
    /// True if the text is kept in base64, which the reader does not take.
    pub encoded: bool,
    /// The reader.
    pub reader: &'static FactReader,
}

impl FactSource {
    /// Returns the facts; none if there is no text.
    #[must_use]
    pub fn facts(&self, fields: &Object) -> Vec<Fact> {
        self.read(fields, self.reader.facts)
    }

    /// Returns what people want to know beside the facts.
    #[must_use]
    pub fn details(&self, fields: &Object) -> Vec<Fact> {
        self.reader.details.map(|details| self.read(fields, details)).unwrap_or_default()
    }

    fn read(&self, fields: &Object, facts: fn(&str) -> Vec<Fact>) -> Vec<Fact> {
        let value = self.path.split_first().and_then(|(first, rest)| fields.get(first)?.at(rest));
        let text = match value {
            Some(Value::Text(text)) => text,
            Some(Value::Object(members)) => {
                let names: Vec<&str> = members.iter().map(|(name, _)| name).collect();
                return facts(&names.join("\n"));
            }
            _ => return Vec::new(),
        };
        if !self.encoded {
            return facts(text.expose());
        }
        let plain = base64::decode(text.expose()).ok();
        plain.and_then(|plain| std::str::from_utf8(&plain).ok().map(facts)).unwrap_or_default()
    }
}

/// A check between the fields of a credential, which warns.
pub struct FieldNotice {
    /// The name of the check in definitions of types.
    pub name: &'static str,
    /// The names of the fields that the check reads.
    pub fields: &'static [&'static str],
    /// The function that returns the warning.
    pub check: fn(&Object) -> Option<&'static str>,
}

impl fmt::Debug for FieldNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FieldNotice").field(&self.name).finish()
    }
}
