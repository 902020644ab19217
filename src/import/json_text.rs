//! Values of exports in JSON as texts of entries.

use crate::secret::{Buffer, Secret};
use crate::value::{Value, json};

/// Returns a value as text; lists and numbers as JSON.
pub(super) fn text(value: Value) -> Option<Secret> {
    match value {
        Value::Null => None,
        Value::Text(text) => Some(text),
        other => {
            let mut out = Buffer::with_capacity(64);
            json::write(&other, &mut out).ok()?;
            out.into_secret()
        }
    }
}

/// Returns true if a value is what every entry has by default, which is no loss to report.
pub(super) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_u64() == Some(0),
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(true) => false,
    }
}
