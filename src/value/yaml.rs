//! The only YAML reader of [`Value`] trees.

use super::Value;
use super::json::{Json, JsonError, Problem};

/// Reads one YAML text; its parser refuses duplicate keys and runaway aliases.
///
/// # Errors
/// Where the text is not YAML; nothing of it is quoted.
pub fn parse(text: &str) -> Result<Value, JsonError> {
    serde_saphyr::from_str_with_options::<Json>(text, options())
        .map(|Json(value)| value)
        .map_err(|error| place(&error))
}

/// Reads a YAML text of one document, or of several that `---` parts.
///
/// # Errors
/// As [`parse`].
pub fn parse_many(text: &str) -> Result<Vec<Value>, JsonError> {
    let values =
        serde_saphyr::from_multiple_with_options::<Json>(text, options()).map_err(|error| place(&error))?;
    Ok(values.into_iter().map(|Json(value)| value).collect())
}

/// Only true and false are booleans: a name such as `no` stays text.
fn options() -> serde_saphyr::Options {
    serde_saphyr::options! { strict_booleans: true }
}

/// Where it is wrong. The parser's message quotes the document, which may hold secrets.
fn place(error: &serde_saphyr::Error) -> JsonError {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let (line, column) = error.location().map_or((1, 1), |at| (number(at.line()), number(at.column())));
    JsonError { line, column, problem: Problem::Syntax }
}
