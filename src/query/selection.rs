//! Aspire's filter document: ids, type, description, throttle policy.

use super::error::{QueryError, shown};
use crate::credential::Head;
use crate::kind;
use crate::text::compose;
use crate::value::{Object, Value};

/// The conditions of a filter document. It selects the credentials that fulfil all that are given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    ids: Option<Vec<String>>,
    kind: Option<String>,
    description: Option<String>,
    throttle_policy: Option<String>,
}

impl Selection {
    /// Reads `{"filter": {"ids", "type", "description", "throttlePolicy"}}`, or the inner object. Beside
    /// `filter` there may be `update`, which is not read here.
    ///
    /// # Errors
    /// Fails at a member that is unknown or has another shape.
    pub fn from_document(document: &Object) -> Result<Self, QueryError> {
        let Some(inner) = document.get("filter") else { return Self::from_conditions(document) };
        if let Some((name, _)) = document.iter().find(|(name, _)| !matches!(*name, "filter" | "update")) {
            return Err(QueryError::new("filter", format!("unknown member {}", shown(name))));
        }
        let inner = inner.as_object().ok_or_else(|| QueryError::new("filter", "filter must be an object"))?;
        Self::from_conditions(inner)
    }

    fn from_conditions(conditions: &Object) -> Result<Self, QueryError> {
        let mut selection = Self::default();
        for (name, value) in conditions.iter().filter(|(_, value)| **value != Value::Null) {
            match name {
                "ids" => selection.ids = Some(ids(value)?),
                "type" => selection.kind = Some(text("type", value)?),
                "description" => selection.description = Some(pattern(value)?),
                "throttlePolicy" => selection.throttle_policy = Some(id("throttlePolicy", value)?),
                _ => return Err(QueryError::new("filter", format!("unknown member {}", shown(name)))),
            }
        }
        Ok(selection)
    }

    /// Returns true if no condition is given, so that everything is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns true if a credential is selected.
    #[must_use]
    pub fn matches_head(&self, head: &Head) -> bool {
        let envelope = &head.envelope;
        self.ids.as_ref().is_none_or(|ids| ids.contains(&head.id))
            && self.kind.as_deref().is_none_or(|name| is_of_type(head, name))
            && self.description.as_deref().is_none_or(|pattern| {
                envelope.description.as_deref().is_some_and(|text| describes(pattern, text))
            })
            && self.throttle_policy.as_ref().is_none_or(|id| envelope.throttle_policy.as_ref() == Some(id))
    }
}

/// Returns true if a name is that of the credential's type or of its connector type.
fn is_of_type(head: &Head, name: &str) -> bool {
    let connector = head.envelope.connector_type.as_deref();
    let named = kind::find(name).is_some_and(|named| {
        named.kind == head.kind
            && named.connector_type.is_none_or(|wanted| connector == Some(wanted.as_str()))
    });
    // a connector type that the catalogue does not know counts by its own name
    named || head.kind.is_called(name) || connector == Some(name)
}

fn text(name: &str, value: &Value) -> Result<String, QueryError> {
    let text = value.as_text().ok_or_else(|| QueryError::new("filter", format!("{name} must be a text")))?;
    Ok(text.expose().to_owned())
}

/// Reads an id in the form in which it is stored, however it was typed.
fn id(name: &str, value: &Value) -> Result<String, QueryError> {
    text(name, value).map(|id| compose(&id).into_owned())
}

fn ids(value: &Value) -> Result<Vec<String>, QueryError> {
    let items = value.as_list().ok_or_else(|| QueryError::new("filter", "ids must be a list of texts"))?;
    items.iter().map(|item| id("each of ids", item)).collect()
}

/// Reads a pattern for descriptions. An empty one says nothing, and must not select everything.
fn pattern(value: &Value) -> Result<String, QueryError> {
    let pattern = text("description", value)?;
    if pattern.is_empty() {
        return Err(QueryError::new(
            "filter",
            "description must not be empty; \"*\" matches any description",
        ));
    }
    Ok(pattern)
}

/// Returns true if the whole text matches a pattern: `*` is any run of characters, `?` any one, and letter case
/// does not matter.
fn describes(pattern: &str, text: &str) -> bool {
    let folded = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let (pattern, text) = (folded(pattern), folded(text));
    let (mut at, mut next) = (0, 0);
    // where to go on when a guess about the last star fails
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(next) {
            Some('*') => {
                star = Some((next, at));
                next += 1;
            }
            Some(&c) if c == '?' || c == text[at] => {
                next += 1;
                at += 1;
            }
            _ => {
                let Some((place, taken)) = star else { return false };
                // only the last star is tried again: what an earlier one took can stay as it is
                star = Some((place, taken + 1));
                next = place + 1;
                at = taken + 1;
            }
        }
    }
    pattern[next..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::super::tests::head;
    use super::{Selection, describes};
    use crate::kind;
    use crate::value::{Value, json};

    fn read(text: &str) -> Result<Selection, super::QueryError> {
        let Value::Object(document) = json::parse(text.as_bytes()).unwrap() else { panic!("{text}") };
        Selection::from_document(&document)
    }

    #[test]
    fn all_conditions_must_hold() {
        let mut one = head("F1");
        one.kind = kind::find("connector").unwrap().kind;
        one.envelope.connector_type = Some("filesystem".to_owned());
        one.envelope.throttle_policy = Some("P1".to_owned());
        one.envelope.description = Some("the share of Köln".into());
        for (document, holds) in [
            (r#"{"filter":{"ids":["F1","F2"],"type":"filesystem","throttlePolicy":"P1"}}"#, true),
            (r#"{"ids":["f1"]}"#, false),
            (r#"{"ids":[]}"#, false),
            (r#"{"ids":["F1"],"type":"rest-api"}"#, false),
            (r#"{"type":"CONNECTOR"}"#, true),
            (r#"{"type":"aspire:filesystem"}"#, true),
            (r#"{"type":"aspire:rest-api"}"#, false),
            (r#"{"description":"share"}"#, false),
            (r#"{"description":"*share*"}"#, true),
            (r#"{"description":"THE SHARE OF KÖLN"}"#, true),
            (r#"{"description":"share*"}"#, false),
            (r#"{"description":"*K?ln"}"#, true),
            (r#"{"throttlePolicy":"P2"}"#, false),
            (r#"{"filter":{},"update":{"description":"x"}}"#, true),
            (r#"{"description":null}"#, true),
        ] {
            assert_eq!(read(document).unwrap().matches_head(&one), holds, "{document}");
        }
        assert!(!read(r#"{"description":"*"}"#).unwrap().matches_head(&head("no description")));
        assert!(read(r#"{"filter":{}}"#).unwrap().is_empty());
    }

    #[test]
    fn other_documents_are_refused() {
        for document in [
            r#"{"filter":[]}"#,
            r#"{"ids":"F1"}"#,
            r#"{"ids":[1]}"#,
            r#"{"type":1}"#,
            r#"{"colour":"red"}"#,
            r#"{"filter":{},"ids":["a"]}"#,
            r#"{"filter":{"description":""}}"#,
        ] {
            assert_eq!(read(document).unwrap_err().parameter, "filter", "{document}");
        }
    }

    #[test]
    fn patterns_fit_the_whole_text() {
        for (pattern, text, fits) in [
            ("a*b*c", "aXXbYYbc", true),
            ("a*b*c", "aXXbYYcd", false),
            ("?", "", false),
            ("*", "", true),
            ("a?c*", "abc", true),
            ("HR", "SalesHR", false),
            ("hr", "HR", true),
            ("*HR*", "Sales hr 2", true),
            ("*a*a*a*a*b", &"a".repeat(2000), false),
        ] {
            assert_eq!(describes(pattern, text), fits, "{pattern}");
        }
    }
}
