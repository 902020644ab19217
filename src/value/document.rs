//! Documents that people write: JSON, JSON Lines or YAML.

use super::json::{self, JsonError, Problem};
use super::tree::Value;
use super::yaml::{self, YamlError};

/// The reasons why a text is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// An error in a text that begins like JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// An error in a text that is read as YAML.
    #[error(transparent)]
    Yaml(#[from] YamlError),
}

/// Reads values that follow one another: JSON, one a line or not, or YAML documents.
///
/// A text that begins with an object whose first name is in double quotes is JSON, and is judged as strictly.
/// YAML has the same form, but a mistake in such a text must not make it something else.
///
/// # Errors
/// The first place that is wrong.
pub fn parse_document(text: &str) -> Result<Vec<Value>, DocumentError> {
    match json::parse_many(text.as_bytes()) {
        Ok(values) => Ok(values),
        Err(error) if is_json(text, &error) => Err(error.into()),
        Err(_) => Ok(yaml::parse_many(text)?),
    }
}

/// Returns true if a text that is not valid JSON was meant as JSON.
fn is_json(text: &str, error: &JsonError) -> bool {
    let blank = |c: char| c.is_ascii_whitespace();
    let inner = text.trim_start_matches(|c| c == '[' || blank(c));
    let begins =
        inner.strip_prefix('{').is_some_and(|inner| inner.trim_start_matches(blank).starts_with(['"', '}']));
    // YAML has no other words for these
    let cut = error.problem != Problem::Syntax && text.trim_start_matches(blank).starts_with(['[', '{']);
    begins || cut
}

#[cfg(test)]
mod tests {
    use super::{DocumentError, parse_document};

    #[test]
    fn every_form_of_a_document_is_read() {
        let expected = parse_document(r#"{"id":"a","list":[1]}"#).unwrap();
        for text in [
            "id: a\nlist: [1]\n",
            "{id: a, list: [1]}",
            "{ 'id': a, list: [1] }\n",
            "--- {\"id\": a, \"list\": [1,]}\n",
            "\"id\": \"a\"\n\"list\": [1]\n",
            "'id': a\n'list':\n- 1\n",
            "%YAML 1.2\n---\nid: a\nlist:\n  - 1\n...\n",
            "# a comment\nid: a # another\nlist:\n- 1",
            "? id\n: a\n? list\n: - 1\n",
            "id: &x a\nlist: [1]\n",
            "\r\nid: a\r\nlist: [1]\r\n",
        ] {
            assert_eq!(parse_document(text).as_ref(), Ok(&expected), "{text}");
        }
        for text in ["[{id: a}, {id: b}]", "- id: a\n- id: b\n", "-\n  id: a\n-\n  id: b\n"] {
            assert_eq!(parse_document(text).unwrap().len(), 1, "{text}");
        }
        for text in ["{\"id\":\"a\"}\n{\"id\":\"b\"}\n", "id: a\n---\nid: b\n", "--- {id: a}\n--- {id: b}\n"]
        {
            assert_eq!(parse_document(text).unwrap().len(), 2, "{text}");
        }
        assert_eq!(parse_document(" \n"), Ok(Vec::new()));
    }

    #[test]
    fn json_stays_strict() {
        for text in [
            r#"{"a":1,}"#,
            r#"[{"a":tru}]"#,
            r#"{"a":'b'}"#,
            r#"{ "a":1, b:2}"#,
            r#"{"a":1,"a":2}"#,
            r#"{"a":123456789012345678901}"#,
            r#"{"a":1"#,
            "[",
        ] {
            assert!(matches!(parse_document(text), Err(DocumentError::Json(_))), "{text}");
        }
    }
}
