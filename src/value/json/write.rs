//! The writer of [`Value`] trees, and of JSON text as it is.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use crate::value::tree::{Object, Value};

/// Writes a value as compact JSON on one line.
///
/// # Errors
/// An error of the writer.
pub fn write(value: &Value, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(out, &JsonView(value)).map_err(io::Error::from)
}

/// A writer of JSON text that leaves out the blanks between its parts, so that the text is on one line.
pub struct Compact<W> {
    out: W,
    place: JsonPlace,
}

/// The place in a JSON text.
#[derive(Clone, Copy, PartialEq)]
enum JsonPlace {
    Between,
    /// Blanks in a string are its own.
    String,
    /// Behind a backslash.
    Escape,
}

impl<W: Write> Compact<W> {
    /// Makes a writer of one text.
    pub fn new(out: W) -> Self {
        Self { out, place: JsonPlace::Between }
    }

    /// Returns the length of what a part begins with that is written as it is: up to a blank between parts.
    fn kept(&mut self, text: &[u8]) -> usize {
        let mut at = 0;
        while at < text.len() {
            match self.place {
                JsonPlace::Escape => self.place = JsonPlace::String,
                JsonPlace::String => match memchr::memchr2(b'"', b'\\', &text[at..]) {
                    Some(found) => {
                        at += found;
                        self.place = if text[at] == b'"' { JsonPlace::Between } else { JsonPlace::Escape };
                    }
                    None => return text.len(),
                },
                JsonPlace::Between if text[at] == b'"' => self.place = JsonPlace::String,
                JsonPlace::Between if text[at].is_ascii_whitespace() => return at,
                JsonPlace::Between => {}
            }
            at += 1;
        }
        at
    }
}

impl<W: Write> Write for Compact<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let kept = self.kept(rest);
            self.out.write_all(&rest[..kept])?;
            rest = &rest[kept..];
            if self.place == JsonPlace::Between {
                rest = rest.trim_ascii_start();
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes a value as JSON indented by two blanks.
///
/// # Errors
/// An error of the writer.
pub fn write_pretty(value: &Value, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(out, &JsonView(value)).map_err(io::Error::from)
}

/// A [`Value`] as a document writer consumes it. Code that wraps a value in this shows all of it.
pub struct JsonView<'a>(pub &'a Value);

impl Serialize for JsonView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => number.serialize(serializer),
            Value::Text(text) => serializer.serialize_str(text.expose()),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&JsonView(item))?;
                }
                list.end()
            }
            Value::Object(object) => JsonMembers(object).serialize(serializer),
        }
    }
}

/// The members of an object as a document writer consumes them, as [`JsonView`].
pub struct JsonMembers<'a>(pub &'a Object);

impl Serialize for JsonMembers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0.iter() {
            map.serialize_entry(name, &JsonView(value))?;
        }
        map.end()
    }
}
