//! The only JSON reader and writer of [`Value`] trees, stricter than JSON itself.
//!
//! A member that comes twice is refused, because other readers keep the first or the last of the
//! two; whole numbers that 64 bits cannot keep are refused; nesting ends at 128. Errors name a place
//! and never quote the document, which may hold secrets.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Write};

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use super::number;
use super::tree::{Object, Value};

/// The reason why a text is not JSON as we take it, and its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct JsonError {
    /// The line; the first is 1.
    pub line: usize,
    /// The column in bytes; the first is 1, and 0 is the end of the line before.
    pub column: usize,
    /// The problem, in words of our own.
    pub problem: Problem,
}

/// The problems of a JSON text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A text that is not JSON.
    #[error("not valid JSON")]
    Syntax,
    /// A text that ends too early.
    #[error("the JSON text ends in the middle")]
    Truncated,
    /// A member that stands twice in one object.
    #[error("a member appears twice in one object")]
    Duplicate,
    /// A number that a double cannot keep exactly.
    #[error("a number has too many digits to be kept exactly; write it as a text")]
    Number,
    /// More values than a record may have.
    #[error("there are more than {MAX_VALUES} values in one record")]
    TooMany,
    /// A member that has the wrong shape or is unknown.
    #[error("a member is unknown, missing or of the wrong shape")]
    Shape,
}

/// The most values in one record of a vault. A value takes up to forty times the room of its text. So the
/// number of values, and not the size of the file, must bound the memory.
pub const MAX_VALUES: usize = 16 * 1024;

/// The error of a reader that met more values.
pub(crate) const TOO_MANY: &str = "too many values";
const DUPLICATE: &str = "duplicate member";
const INEXACT: &str = "inexact number";

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        use serde_json::error::Category;
        let problem = match error.classify() {
            Category::Eof => Problem::Truncated,
            Category::Syntax | Category::Io => Problem::Syntax,
            // serde carries an error of ours as text only
            Category::Data => match error.to_string() {
                text if text.starts_with(DUPLICATE) => Problem::Duplicate,
                text if text.starts_with(INEXACT) => Problem::Number,
                text if text.starts_with(TOO_MANY) => Problem::TooMany,
                _ => Problem::Shape,
            },
        };
        Self { line: error.line(), column: error.column(), problem }
    }
}

/// Reads one JSON text.
///
/// # Errors
/// Anything that is not exactly one JSON value, with its place.
pub fn parse(text: &[u8]) -> Result<Value, JsonError> {
    let value = serde_json::from_slice::<Json>(text)?.0;
    numbers_are_kept(text)?;
    Ok(value)
}

/// Reads the JSON text of one record, which has at most [`MAX_VALUES`] values.
///
/// # Errors
/// As [`parse`], and more values.
pub fn parse_record(text: &[u8]) -> Result<Value, JsonError> {
    Ok(serde_json::from_slice::<Bounded>(text)?.0)
}

/// Reads JSON texts that follow one another, one a line or not.
///
/// # Errors
/// The first text that is not JSON, with its place.
pub fn parse_many(text: &[u8]) -> Result<Vec<Value>, JsonError> {
    let values = serde_json::Deserializer::from_slice(text).into_iter::<Json>();
    let values = values.map(|item| Ok(item?.0)).collect::<Result<_, JsonError>>()?;
    numbers_are_kept(text)?;
    Ok(values)
}

fn numbers_are_kept(text: &[u8]) -> Result<(), JsonError> {
    let Some(place) = number::first_rounded(text) else { return Ok(()) };
    let before = &text[..place.start];
    let last = before.split(|byte| *byte == b'\n').next_back().unwrap_or_default();
    let (line, column) = (before.split(|byte| *byte == b'\n').count(), last.len() + 1);
    Err(JsonError { line, column, problem: Problem::Number })
}

/// Writes a value as compact JSON on one line.
///
/// # Errors
/// An error of the writer.
pub fn write(value: &Value, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(out, &View(value)).map_err(io::Error::from)
}

/// Writes a JSON text on one line, as it is but for the blanks between its parts.
///
/// # Errors
/// An error of the writer.
pub fn compact(text: &[u8], out: &mut impl Write) -> io::Result<()> {
    let mut rest = text;
    while !rest.is_empty() {
        let blanks = rest.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(rest.len());
        rest = &rest[blanks..];
        // a string is taken as a whole, because blanks in it are its own
        let end = if rest.first() == Some(&b'"') {
            string_length(rest)
        } else {
            rest.iter().position(|byte| *byte == b'"' || byte.is_ascii_whitespace()).unwrap_or(rest.len())
        };
        out.write_all(&rest[..end])?;
        rest = &rest[end..];
    }
    Ok(())
}

/// Returns the length of the string that a text begins with, quotes included.
fn string_length(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found;
        if text[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    text.len()
}

/// Writes a value as JSON indented by two blanks.
///
/// # Errors
/// An error of the writer.
pub fn write_pretty(value: &Value, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(out, &View(value)).map_err(io::Error::from)
}

/// A [`Value`] as a document reader produces it. Only readers of documents name this type.
pub struct Json(pub Value);

/// A [`Json`] of at most [`MAX_VALUES`] values.
pub struct Bounded(pub Value);

/// A [`Value`] as a document writer consumes it. Code that wraps a value in this shows all of it.
pub struct View<'a>(pub &'a Value);

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => number.serialize(serializer),
            Value::Text(text) => serializer.serialize_str(text.expose()),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&View(item))?;
                }
                list.end()
            }
            Value::Object(object) => Members(object).serialize(serializer),
        }
    }
}

/// The members of an object as a document writer consumes them, as [`View`].
pub struct Members<'a>(pub &'a Object);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0.iter() {
            map.serialize_entry(name, &View(value))?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TreeVisitor { left: &Cell::new(usize::MAX) }.deserialize(deserializer).map(Json)
    }
}

impl<'de> Deserialize<'de> for Bounded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TreeVisitor { left: &Cell::new(MAX_VALUES) }.deserialize(deserializer).map(Bounded)
    }
}

/// A maker of the tree of a value and those in it, which fails when there are more values than may be.
#[derive(Clone, Copy)]
struct TreeVisitor<'a> {
    left: &'a Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for TreeVisitor<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let left = self.left.get().checked_sub(1).ok_or_else(|| de::Error::custom(TOO_MANY))?;
        self.left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TreeVisitor<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        // an integer past 2^53 reaches us rounded: what was written is lost already
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() == 0.0 && number.abs() >= EXACT {
            return Err(E::custom(INEXACT));
        }
        serde_json::Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom(INEXACT))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::text(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Object::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(self)?;
            if object.insert(name, value).is_some() {
                return Err(de::Error::custom(DUPLICATE));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, compact, parse, write};

    fn round_trip(text: &str) -> String {
        let mut out = Vec::new();
        write(&parse(text.as_bytes()).unwrap(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        for text in
            [r#"{"b":1,"a":[null,true,-2,0.5,"x\"\\\n\u0000"],"é":{}}"#, "[]", "\"\"", "18446744073709551615"]
        {
            assert_eq!(round_trip(text), text);
        }
    }

    #[test]
    fn a_text_is_put_on_one_line() {
        for (text, line) in [
            (
                "{ \"a b\" :\r\n[ 1 ,\t-2.50e1, \"x \\\" y\\\\\" ] , \"\u{e9}\":{ }\n}\n",
                "{\"a b\":[1,-2.50e1,\"x \\\" y\\\\\"],\"\u{e9}\":{}}",
            ),
            (" null ", "null"),
            ("", ""),
        ] {
            let mut out = Vec::new();
            compact(text.as_bytes(), &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), line);
        }
    }

    #[test]
    fn what_others_read_differently_is_refused() {
        for (text, problem) in [
            (r#"{"a":1,"a":2}"#, Problem::Duplicate),
            (r#"{"a":1,"\u0061":2}"#, Problem::Duplicate),
            ("[123456789012345678901234567890]", Problem::Number),
            ("[0.1234567890123456789]", Problem::Number),
            ("[1e999]", Problem::Syntax),
            ("{", Problem::Truncated),
            ("{}x", Problem::Syntax),
            ("{'a':1}", Problem::Syntax),
        ] {
            assert_eq!(parse(text.as_bytes()).unwrap_err().problem, problem, "{text}");
        }
        assert!(parse("[".repeat(1000).as_bytes()).is_err());
    }

    #[test]
    fn errors_do_not_quote_the_document() {
        let error = parse(br#"{"password":"hunter2","password":"hunter2"}"#).unwrap_err();
        assert!(!error.to_string().contains("hunter2"));
    }
}
