//! The rule for numbers, which keep the digits that somebody wrote.

use std::borrow::Cow;

use super::definition::{Accepted, Rule};

/// A number as JSON writes it.
pub const NUMBER: Rule = Rule::new("number", "a number", &|text| number(text).map(|_| Accepted::verbatim()));

/// The most digits and signs of a number: every whole number of 64 bits, and more than a double distinguishes.
const MAX_LENGTH: usize = 24;

/// Reads a number as JSON writes it.
///
/// # Errors
/// The reason why the text is none.
pub fn number(text: &str) -> Result<f64, Cow<'static, str>> {
    let is_json = || serde_json::from_str::<serde_json::Number>(text).is_ok();
    let is_bare =
        text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'));
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    number
        .filter(|_| text.len() <= MAX_LENGTH && is_bare && is_json())
        .ok_or_else(|| "must be a number such as 5432 or 0.5".into())
}

#[cfg(test)]
mod tests {
    use super::super::assertions::judges;
    use super::NUMBER;

    #[test]
    fn numbers() {
        judges(
            &NUMBER,
            &["0", "5432", "-1", "0.5", "1e3", "18446744073709551615", "-9223372036854775808"],
            &[
                "",
                "05",
                "+1",
                ".5",
                "1.",
                "0x10",
                "1e999",
                "nan",
                " 1",
                "1 ",
                "one",
                "1,5",
                "1111111111111111111111111",
            ],
        );
    }
}
