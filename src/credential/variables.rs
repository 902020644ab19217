//! Judging the variables of a program: the names are exact, and every value is a text.

use super::judge::Gate;
use crate::kind::rule::variable;
use crate::value::{Object, Value};

/// The longest name that a message repeats, in characters.
const LONGEST_SHOWN: usize = 64;

impl Gate<'_> {
    /// Returns the variables in their order, or notes everything that is wrong with them.
    pub(super) fn variables(&mut self, path: &str, value: Value) -> Option<Value> {
        let Value::Object(variables) = value else {
            self.violations.add(path, format!("must be an object of texts, not {}", value.shape()));
            return None;
        };
        if variables.is_empty() {
            self.violations.add(path, "must have at least one variable");
        }
        let mut kept = Object::new();
        for (name, value) in variables {
            let shown: String = name.chars().take(LONGEST_SHOWN).collect();
            let member = format!("{path}.{shown}");
            if !variable::is_name(&name) {
                let reason = "must have a name of letters, digits and `_`, without a digit first";
                self.violations.add(member, reason);
            } else if let Some(value) = self.text(&variable::VALUE, &member, value) {
                kept.insert(name, value);
            }
        }
        Some(Value::Object(kept))
    }
}
