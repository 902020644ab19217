//! JSON that is harmless on a terminal too: characters that do not print are escaped, and it is still JSON.

use std::io::{self, BufWriter, Write};

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

/// The size of the parts in which the text of a serializer is looked at: it makes very short ones.
const PART: usize = 4 * 1024;

/// Writes a value that serializes itself as JSON on one line, without a newline.
pub fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    // a part is never cut: what does not fit into the buffer is written after it, or by itself
    let mut parts = BufWriter::with_capacity(PART, Harmless(out));
    serde_json::to_writer(&mut parts, value)?;
    parts.flush()
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
        Ok(text) if !text.is_ascii() || text.contains('\x7f') => runs(text, out),
        _ => out.write_all(json),
    }
}

/// Writes a text with characters that do not print escaped. The text may be long, so it is not copied.
fn runs(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = text;
    while let Some(at) = rest.find(is_escaped) {
        let (clean, from) = rest.split_at(at);
        out.write_all(clean.as_bytes())?;
        let Some(c) = from.chars().next() else { break };
        for unit in c.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
        rest = &from[c.len_utf8()..];
    }
    out.write_all(rest.as_bytes())
}

fn is_escaped(c: char) -> bool {
    !matches!(c, '\n' | '\t') && is_hidden(c)
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
