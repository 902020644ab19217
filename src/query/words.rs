//! Words that somebody remembers of a credential.

use crate::credential::{Credential, Head};
use crate::kind::Shape;
use crate::text::compose;
use crate::value::{Value, json};

/// Words that must all occur in a credential, in any letter case: in its id, name, type or description, in a
/// label or tag, or in a public field. A secret is never searched.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// In small letters; none is empty.
    words: Vec<String>,
}

impl Words {
    /// Makes the condition. An empty word is in every credential.
    #[must_use]
    pub fn new<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> Self {
        let words = words.into_iter().map(|word| small(&compose(word.as_ref())));
        Self { words: words.filter(|word| !word.is_empty()).collect() }
    }

    /// Returns true if every credential fulfils the condition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns true if every word occurs beside the fields. If not, the fields may have those that are missing.
    #[must_use]
    pub fn are_in_head(&self, head: &Head) -> bool {
        self.words.iter().all(|word| is_in_head(head, word))
    }

    /// Returns true if every word occurs in the credential.
    #[must_use]
    pub fn are_in(&self, credential: &Credential) -> bool {
        let head = credential.head();
        let mut missing = self.words.iter().filter(|word| !is_in_head(head, word)).peekable();
        if missing.peek().is_none() {
            return true;
        }
        let fields = credential.public_fields();
        // the texts of a key store are base64, and what is public of them is among the facts
        let is_text =
            |name: &str| head.kind.field(name).is_none_or(|field| !matches!(field.shape, Shape::Store(_)));
        missing.all(|word| fields.iter().any(|(name, value)| is_text(name) && is_in_value(value, word)))
    }
}

fn is_in_head(head: &Head, word: &str) -> bool {
    let envelope = &head.envelope;
    let texts = [&*head.id, &*envelope.name, head.kind.name, head.kind.short];
    let options = [envelope.connector_type.as_deref(), envelope.description.as_deref()];
    texts.into_iter().chain(options.into_iter().flatten()).any(|text| is_in(text, word))
        || envelope.labels.iter().any(|label| is_in(&format!("{}={}", label.name, label.value), word))
        || envelope.tags.iter().any(|(name, value)| is_in(name, word) || is_in_value(value, word))
}

fn is_in_value(value: &Value, word: &str) -> bool {
    match value {
        Value::Text(text) => is_in(text.expose(), word),
        Value::Number(_) => {
            let mut text = Vec::new();
            json::write(value, &mut text).is_ok() && is_in(&String::from_utf8_lossy(&text), word)
        }
        Value::List(items) => items.iter().any(|item| is_in_value(item, word)),
        Value::Object(members) => members.iter().any(|(_, value)| is_in_value(value, word)),
        Value::Null | Value::Bool(_) => false,
    }
}

fn is_in(text: &str, word: &str) -> bool {
    small(text).contains(word)
}

fn small(text: &str) -> String {
    text.to_lowercase()
}
