//! The document of a resident, read member by member.

use std::borrow::Cow;

use crate::credential::{Violations, normalised};
use crate::kind::rule::Rule;
use crate::value::{Object, Value, json};
use crate::vault::wire::Section;

/// A record of one of the small sections.
pub trait Resident: Sized {
    /// The section that the resident lives in.
    #[doc(hidden)]
    const SECTION: Section;

    /// The name of the resident's kind in messages.
    const NAME: &'static str;

    /// Returns the key that tells the resident from the others of its kind, and orders them.
    fn key(&self) -> (&str, &str);

    /// Returns the resident's document.
    fn document(&self) -> Object;

    /// Reads a resident from its document.
    ///
    /// # Errors
    /// Everything that is wrong with the document.
    fn read(document: Object) -> Result<Self, Violations>;
}

/// The most texts in one list: what a record may hold, shared by all of its lists.
const MAX_TEXTS: usize = json::MAX_VALUES / 8;

/// A reader that takes the members of a document one by one and notes what is wrong; what is left is unknown.
pub(super) struct MemberReader {
    pub(super) members: Object,
    violations: Violations,
}

impl MemberReader {
    pub(super) fn new(members: Object) -> Self {
        Self { members, violations: Violations::default() }
    }

    pub(super) fn wrong(&mut self, name: &str, reason: impl Into<Cow<'static, str>>) {
        self.violations.add(name, reason);
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name).filter(|value| *value != Value::Null)
    }

    pub(super) fn text(&mut self, name: &str, rule: &Rule) -> Option<String> {
        match self.take(name)? {
            Value::Text(text) => match normalised(rule, name, text.expose()) {
                Ok(text) => return Some(text),
                Err(violations) => violations.iter().for_each(|v| self.wrong(name, v.reason.clone())),
            },
            other => self.wrong(name, format!("must be a text, not {}", other.shape())),
        }
        None
    }

    /// Takes a text that must be there. Returns the empty one if it is not, which is noted.
    pub(super) fn required(&mut self, name: &str, rule: &Rule) -> String {
        if self.members.get(name).is_none_or(|value| *value == Value::Null) {
            self.wrong(name, format!("is required: {}", rule.expects));
        }
        self.text(name, rule).unwrap_or_default()
    }

    pub(super) fn texts(&mut self, name: &str, rule: &Rule) -> Vec<String> {
        let items = match self.take(name) {
            None => return Vec::new(),
            Some(Value::List(items)) => items,
            Some(other) => {
                self.wrong(name, format!("must be a list of texts, not {}", other.shape()));
                return Vec::new();
            }
        };
        if items.len() > MAX_TEXTS {
            self.wrong(name, format!("must have at most {MAX_TEXTS} texts"));
            return Vec::new();
        }
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Value::Text(text) => match normalised(rule, name, text.expose()) {
                    Ok(text) if texts.contains(&text) => {}
                    Ok(text) => texts.push(text),
                    Err(violations) => violations.iter().for_each(|v| self.wrong(name, v.reason.clone())),
                },
                other => self.wrong(name, format!("must be a list of texts, not of {}", other.shape())),
            }
        }
        texts
    }

    pub(super) fn number(&mut self, name: &str) -> Option<u64> {
        match self.take(name)? {
            Value::Number(number) if number.as_u64().is_some() => number.as_u64(),
            _ => {
                self.wrong(name, "must be a whole number");
                None
            }
        }
    }

    /// Returns the value, if nothing was wrong and nothing is left.
    pub(super) fn finish<T>(mut self, value: T) -> Result<T, Violations> {
        for (name, _) in self.members {
            self.violations.add(name.chars().take(64).collect::<String>(), "unknown member");
        }
        self.violations.or(value)
    }
}

/// Makes a document of the members that are there.
pub(super) fn document<'a>(members: impl IntoIterator<Item = (&'a str, Option<Value>)>) -> Object {
    members.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
