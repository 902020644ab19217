//! JSON that is harmless on a terminal too: characters that do not print are escaped, and it is still JSON.

use std::borrow::Cow;
use std::io::{self, Write};

use credctl::text::is_hidden;
use credctl::value::{Value, json};
use serde::ser::Serialize;

/// Writes a value, indented or on one line, with a newline at its end.
pub fn json(value: &Value, indented: bool, out: &mut dyn Write) -> io::Result<()> {
    if indented {
        json::write_pretty(value, &mut Harmless(out))?;
    } else {
        json::write(value, &mut Harmless(out))?;
    }
    out.write_all(b"\n")
}

/// Writes a value that serializes itself as indented JSON, with a newline at its end.
pub fn serialized(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(Harmless(out), value)?;
    out.write_all(b"\n")
}

/// A writer that escapes characters that do not print. A serializer writes whole characters.
struct Harmless<'a>(&'a mut dyn Write);

impl Write for Harmless<'_> {
    fn write(&mut self, json: &[u8]) -> io::Result<usize> {
        write(json, self.0).map(|()| json.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Writes JSON that a serializer made, with characters that do not print escaped.
pub fn write(json: &[u8], out: &mut dyn Write) -> io::Result<()> {
    match std::str::from_utf8(json) {
        Ok(text) if !text.is_ascii() || text.contains('\x7f') => out.write_all(harmless(text).as_bytes()),
        _ => out.write_all(json),
    }
}

/// Escapes characters that do not print, for a format with `\u` escapes in quoted strings.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| !matches!(c, '\n' | '\t') && is_hidden(c);
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hidden(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_print_is_escaped_and_still_the_same_text() {
        let value = Value::text("a\u{202e}b\u{9b}c\u{7f}é\u{e0041}\n");
        let mut out = Vec::new();
        json(&value, false, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out.clone()).unwrap(),
            "\"a\\u202eb\\u009bc\\u007fé\\udb40\\udc41\\n\"\n"
        );
        assert_eq!(json::parse(&out).unwrap(), value);
    }
}
