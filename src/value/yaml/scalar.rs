//! The meaning of scalars without quotes, and the check for texts that need no quotes.

use crate::secret::Secret;
use crate::text::is_hidden;
use crate::value::json;
use crate::value::tree::Value;

/// The character that stands in the place of a secret which is not shown. It means nothing in YAML.
const BULLET: char = '•';

/// Words that some reader takes for something else than a text.
const WORDS: [&str; 13] =
    ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity", "none"];

/// Returns the value of a scalar without quotes and without a tag.
///
/// A number is one only if JSON writes it in the same way: of `0123`, `1.10`, `0x1F` or a number of thirty
/// digits something would be lost, so that these stay text, as do dates and `yes`.
pub(super) fn plain(text: Secret) -> Value {
    match text.expose() {
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        written if is_null(written) => Value::Null,
        written if is_number(written) => match json::parse(written.as_bytes()) {
            Ok(Value::Number(number)) if number.to_string() == written => Value::Number(number),
            _ => Value::Text(text),
        },
        _ => Value::Text(text),
    }
}

/// Returns true if a scalar without quotes is null.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Returns true if a text is a number in JSON.
pub(super) fn is_number(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
        && text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
        && serde_json::from_str::<&serde_json::value::RawValue>(text).is_ok()
}

/// Returns true if a text is a word that some readers take for another value. A long one is none, and not copied.
fn is_word(text: &str) -> bool {
    text.len() < 16 && WORDS.contains(&text.to_lowercase().as_str())
}

/// Returns true if a text is the same for every reader if it stands without quotes, on a line of its own or
/// behind the name of a member.
pub(super) fn needs_no_quotes(text: &str) -> bool {
    // what begins with a letter can only be one of the words
    let begins = text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '/' | BULLET));
    let ends = !text.ends_with([' ', ':']);
    let harmless = |c: char| {
        c == ' '
            || c == BULLET
            || (c.is_alphanumeric() || "_-./@+():".contains(c)) && !is_hidden(c) && !c.is_whitespace()
    };
    begins && ends && text.chars().all(harmless) && !text.contains(": ") && !is_word(text)
}

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::value::Value;

    #[test]
    fn what_json_writes_otherwise_stays_text() {
        for text in [
            "0123",
            "007",
            "1e10",
            "1E3",
            "12e03",
            "0x1F",
            "0o17",
            "0b1",
            "0.10",
            "1.10",
            "1.",
            ".5",
            "+5",
            "-0",
            "1_000",
            "12:30:45",
            "2026-12-01",
            "yes",
            "No",
            "on",
            "y",
            ".inf",
            "-.inf",
            ".nan",
            "012345678901",
            "99999999999999999999",
            "-9223372036854775809",
            "9007199254740993.0",
            "1e400",
            "0.30000000000000001",
            "1e16",
            "NaN",
            "=",
            "<<",
            "nULL",
            "tRUE",
            "1 2",
            "- 1",
        ] {
            assert_eq!(plain(text.into()), Value::text(text), "{text}");
        }
    }

    #[test]
    fn what_json_writes_in_the_same_way_is_what_json_says() {
        for text in ["0", "-1", "5432", "18446744073709551615", "-9223372036854775808", "0.5", "1.0", "-2.25"]
        {
            let Value::Number(number) = plain(text.into()) else { panic!("{text} is no number") };
            assert_eq!(number.to_string(), text);
        }
        assert_eq!(plain("true".into()), Value::Bool(true));
        assert_eq!(plain("~".into()), Value::Null);
    }
}
