//! Long JSON text. The usual reader needs scratch memory as large as a text with escapes, and one text may be
//! most of a vault: a text is decoded right to its place here.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeSeed as _, Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::error::DUPLICATE;
use super::visit::{TreeVisitor, count};
use crate::secret::{Buffer, Secret};
use crate::value::tree::{Object, Value};

/// The length from which on a text is long.
pub(super) const LONG: usize = 64 * 1024;

/// The levels of lists and objects that are taken apart here. What is deeper goes to the usual reader, because
/// each level is looked at once more.
const LEVELS: usize = 8;

/// Reads a value. `left` is the number of values that it may still have.
///
/// # Errors
/// As the usual reader.
pub(super) fn value(raw: &RawValue, left: &Cell<usize>) -> Result<Value, serde_json::Error> {
    level(raw, left, LEVELS)
}

fn level(raw: &RawValue, left: &Cell<usize>, levels: usize) -> Result<Value, serde_json::Error> {
    let written = raw.get();
    let mut reader = serde_json::Deserializer::from_str(written);
    if written.len() < LONG {
        return TreeVisitor { left }.deserialize(&mut reader);
    }
    if written.starts_with('"') {
        count::<serde_json::Error>(left)?;
        return text(raw).map(Value::Text);
    }
    match levels.checked_sub(1) {
        Some(levels) => {
            count::<serde_json::Error>(left)?;
            reader.deserialize_any(Level { left, levels })
        }
        None => TreeVisitor { left }.deserialize(&mut reader),
    }
}

/// Decodes a text.
///
/// # Errors
/// Fails if the value is no text, or half of a character.
pub fn text(raw: &RawValue) -> Result<Secret, serde_json::Error> {
    let inner = raw.get().strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let inner = inner.ok_or_else(no_text)?;
    let mut rest = inner;
    let mut out = Buffer::default();
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        if out.is_empty() {
            // no text is longer than it is written
            out = Buffer::with_capacity(inner.len());
        }
        out.push(&rest[..at]);
        let (c, length) = escape(&rest[at..])?;
        out.push_char(c);
        rest = &rest[at + length..];
    }
    if out.is_empty() {
        return Ok(Secret::from(inner));
    }
    out.push(rest);
    out.into_secret().ok_or_else(no_text)
}

fn no_text() -> serde_json::Error {
    de::Error::custom("not a text")
}

/// Reads the escape that a text begins with, and its length.
fn escape(text: &str) -> Result<(char, usize), serde_json::Error> {
    let c = match text.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => {
            // two escapes make one character outside of the first 65,536
            let is_pair = matches!(
                text.as_bytes().get(2..4),
                Some([b'd' | b'D', b'8' | b'9' | b'a' | b'b' | b'A' | b'B'])
            );
            let length = if is_pair { 12 } else { 6 };
            let written = text.get(..length).unwrap_or(text);
            return Ok((serde_json::from_str(&format!("\"{written}\""))?, length));
        }
        Some(other) => char::from(*other),
        None => return Err(no_text()),
    };
    Ok((c, 2))
}

/// A maker of the tree of a long list or object.
struct Level<'a> {
    left: &'a Cell<usize>,
    levels: usize,
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(level(item, self.left, self.levels).map_err(de::Error::custom)?);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Object::new();
        while let Some((name, item)) = members.next_entry::<String, &RawValue>()? {
            let value = level(item, self.left, self.levels).map_err(de::Error::custom)?;
            if object.insert(name, value).is_some() {
                return Err(de::Error::custom(DUPLICATE));
            }
        }
        Ok(Value::Object(object))
    }
}
