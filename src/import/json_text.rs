//! Exports in JSON: the document itself, its lists, and its values as texts of entries.

use crate::credential::Violations;
use crate::secret::{Buffer, Secret};
use crate::value::{Object, Value, json};

/// Returns true if a text is the export of a program. `words` are parts that every such text has, which are looked
/// for before the text is parsed.
pub(super) fn is_export(text: &str, words: &[&str], accepts: fn(&Object) -> bool) -> bool {
    text.trim_start().starts_with('{')
        && words.iter().all(|word| text.contains(word))
        && matches!(json::parse(text.as_bytes()), Ok(Value::Object(export)) if accepts(&export))
}

/// Parses the export of a program. `expected` says in a message what it must be.
///
/// # Errors
/// Broken JSON, and a document that `accepts` refuses.
pub(super) fn parse_export(
    text: &str,
    accepts: fn(&Object) -> bool,
    expected: &str,
) -> Result<Object, Violations> {
    match json::parse(text.as_bytes()) {
        Ok(Value::Object(export)) if accepts(&export) => Ok(export),
        Ok(_) => Err(Violations::one("document", format!("must be {expected}"))),
        Err(error) => Err(Violations::one("document", error.to_string())),
    }
}

/// Returns the items of a list; none if there is no list.
pub(super) fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_list).unwrap_or_default()
}

/// Returns a value as text, as [`text`] does, if it is there and not empty.
pub(super) fn given(value: Option<&Value>) -> Option<Secret> {
    value.cloned().and_then(text).filter(|text| !text.is_empty())
}

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
