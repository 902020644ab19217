//! The only YAML reader of [`Value`] trees.

use super::Value;
use super::json::{Json, JsonError, Problem};

/// Reads one YAML text; its parser refuses duplicate keys and runaway aliases.
///
/// # Errors
/// Where the text is not YAML; nothing of it is quoted.
pub fn parse(text: &str) -> Result<Value, JsonError> {
    // only true and false are booleans: a name such as `no` stays text
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options::<Json>(text, options).map(|Json(value)| value).map_err(|error| {
        // its message quotes the document, which may hold secrets: only the place is told
        let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let (line, column) = error.location().map_or((1, 1), |at| (number(at.line()), number(at.column())));
        JsonError { line, column, problem: Problem::Syntax }
    })
}
