//! One object of a storage engine, as helpers implement it and stores use it: what can be asked of it, and how
//! that ends.

use crate::text::is_hidden;

use super::message::{FailureKind, MAX_TAG, MAX_TEXT};

/// One object of a storage engine.
///
/// A tag is a text that changes whenever the object changes: at most [`MAX_TAG`] bytes, without control
/// characters.
pub trait RemoteObject {
    /// Returns the content, unless it still has the given tag.
    ///
    /// # Errors
    ///
    /// If the engine cannot be reached, or refuses.
    fn get(&mut self, unless: Option<&str>) -> Result<Fetched, EngineFailure>;

    /// Returns true if a part costs less than the whole content, because the engine itself gives parts.
    fn has_ranges(&self) -> bool {
        false
    }

    /// Returns `count` bytes from `start` on, or fewer at the end of the object. With a tag, it does so only if the
    /// object still has this tag.
    ///
    /// # Errors
    ///
    /// If the engine cannot be reached, or refuses.
    fn range(&mut self, tag: Option<&str>, start: u64, count: u64) -> Result<Ranged, EngineFailure>;

    /// Stores a content if the condition is met.
    ///
    /// # Errors
    ///
    /// If nothing was stored, for another reason than the condition.
    fn put(&mut self, condition: PutCondition<'_>, content: Vec<u8>) -> Result<Stored, EngineFailure>;

    /// Finds out if the engine honours conditions, by objects of its own beside this one, which it removes.
    ///
    /// # Errors
    ///
    /// If the engine cannot be reached, or refuses.
    fn probe(&mut self) -> Result<Probed, EngineFailure>;

    /// Removes the object, whatever it contains. An object that is not there is no failure.
    ///
    /// # Errors
    ///
    /// If the engine cannot be reached, or refuses.
    fn delete(&mut self) -> Result<(), EngineFailure> {
        Err(EngineFailure::new(FailureKind::Unsupported, "the helper removes no objects"))
    }
}

/// The answer to [`RemoteObject::get`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The content and its tag.
    Found {
        /// The tag of the content.
        tag: String,
        /// The whole content.
        content: Vec<u8>,
    },
    /// The object still has the tag of the caller.
    Unchanged,
    /// There is no object.
    Absent,
}

/// The answer to [`RemoteObject::range`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ranged {
    /// A part of the content.
    Part {
        /// The tag of the object.
        tag: String,
        /// The bytes of the whole object.
        size: u64,
        /// The part. It is shorter than requested only at the end of the object.
        content: Vec<u8>,
    },
    /// The object has another tag than the caller named.
    Changed,
    /// There is no object.
    Absent,
}

impl Ranged {
    /// Cuts a part out of a whole content, for an engine that has no ranges.
    pub fn of_whole(tag: String, content: &[u8], start: u64, count: u64) -> Self {
        let size = content.len() as u64;
        let at = |position: u64| usize::try_from(position.min(size)).unwrap_or(content.len());
        let part = content[at(start)..at(start.saturating_add(count))].to_vec();
        Self::Part { tag, size, content: part }
    }
}

/// The condition of [`RemoteObject::put`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutCondition<'a> {
    /// The object must not exist.
    Absent,
    /// The object must still have this tag.
    Unchanged(&'a str),
}

impl<'a> PutCondition<'a> {
    /// Returns the tag that the object must have; `None` if it must not exist.
    pub fn tag(self) -> Option<&'a str> {
        match self {
            Self::Absent => None,
            Self::Unchanged(tag) => Some(tag),
        }
    }
}

/// The answer to [`RemoteObject::put`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// The content is stored.
    Stored {
        /// Its tag.
        tag: String,
    },
    /// The condition was refused; nothing is stored.
    Changed,
    /// The answer of the engine was lost; the content may be stored. The text is a sentence for the operator.
    Unknown(String),
}

impl Stored {
    /// Makes the answer for a lost answer of the engine, with a text that can be shown.
    pub fn unknown(text: &str) -> Self {
        Self::Unknown(shown(text))
    }
}

/// The answer to [`RemoteObject::probe`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probed {
    /// The engine honours conditions.
    Sound,
    /// The engine ignores a condition. The text is a sentence for the operator.
    Unsound(String),
}

impl Probed {
    /// Makes the answer for an engine that ignores a condition, with a text that can be shown.
    pub fn unsound(text: &str) -> Self {
        Self::Unsound(shown(text))
    }
}

/// A request that failed. Nothing was stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct EngineFailure {
    /// The reason, for programs.
    pub kind: FailureKind,
    /// A sentence for the operator, without a credential of the engine.
    pub text: String,
}

impl EngineFailure {
    /// Makes a failure with a text that can be shown: short, and without control characters.
    pub fn new(kind: FailureKind, text: &str) -> Self {
        Self { kind, text: shown(text) }
    }
}

/// An object that cannot be used at all, such as one with a wrong address. Every request fails for that reason.
#[derive(Debug)]
pub struct UnusableObject(pub EngineFailure);

impl RemoteObject for UnusableObject {
    fn get(&mut self, _: Option<&str>) -> Result<Fetched, EngineFailure> {
        Err(self.0.clone())
    }

    fn range(&mut self, _: Option<&str>, _: u64, _: u64) -> Result<Ranged, EngineFailure> {
        Err(self.0.clone())
    }

    fn put(&mut self, _: PutCondition<'_>, _: Vec<u8>) -> Result<Stored, EngineFailure> {
        Err(self.0.clone())
    }

    fn probe(&mut self) -> Result<Probed, EngineFailure> {
        Err(self.0.clone())
    }

    fn delete(&mut self) -> Result<(), EngineFailure> {
        Err(self.0.clone())
    }
}

/// Returns true for a text that can be a tag.
pub fn is_tag(text: &str) -> bool {
    (1..=MAX_TAG).contains(&text.len()) && !text.chars().any(char::is_control)
}

/// Returns a text with spaces in the place of characters that do not show, cut to its limit.
pub fn shown(text: &str) -> String {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.take_while(|end| *end <= MAX_TEXT).last().unwrap_or_default();
    text[..end].chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::message::{FailureKind, MAX_TAG, MAX_TEXT};
    use super::{EngineFailure, is_tag};

    #[test]
    fn texts_can_be_shown() {
        let failure = EngineFailure::new(FailureKind::Refused, "a\nb\u{1b}[2J\u{202e}");
        assert_eq!(failure.to_string(), "a b [2J ");
        let long = EngineFailure::new(FailureKind::Refused, &"é".repeat(MAX_TEXT));
        assert_eq!(long.text, "é".repeat(MAX_TEXT / 2));
        let odd = EngineFailure::new(FailureKind::Refused, &format!("x{}", "é".repeat(MAX_TEXT)));
        assert_eq!(odd.text.len(), MAX_TEXT - 1);
    }

    #[test]
    fn tags_have_a_length_and_no_control_characters() {
        assert!(is_tag("\"abc\"") && is_tag(&"x".repeat(MAX_TAG)));
        assert!(!is_tag("") && !is_tag(&"x".repeat(MAX_TAG + 1)) && !is_tag("a\nb"));
    }
}
