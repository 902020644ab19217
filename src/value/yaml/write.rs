//! Values as YAML that every reader gives back to the byte, of YAML 1.1 and of 1.2.
//!
//! Text that might be read as something else is quoted. Characters that do not print are escaped, so that the
//! text is harmless on a terminal.

use std::io::{self, Write};

use super::scalar::needs_no_quotes;
use crate::text::is_hidden;
use crate::value::tree::{Object, Value};

const INDENT: usize = 2;
/// The longest name that may stand before its colon; YAML allows 1024 characters.
const NAME: usize = 512;

/// Writes a value as one YAML document, with a newline at its end.
///
/// # Errors
/// An error of the writer.
pub fn write(value: &Value, out: &mut dyn Write) -> io::Result<()> {
    match value {
        Value::Object(members) if !members.is_empty() => mapping(members, 0, out),
        Value::List(items) if !items.is_empty() => list(items, 0, out),
        value => leaf(value, INDENT, out),
    }
}

/// Writes a member whose items come one by one. More members of the same mapping may follow.
///
/// # Errors
/// An error of the writer.
pub fn write_list(name: &str, items: impl Iterator<Item = Value>, out: &mut dyn Write) -> io::Result<()> {
    let mut items = items.peekable();
    write!(out, "{name}:{}", if items.peek().is_some() { "\n" } else { " []\n" })?;
    for item in items {
        blanks(INDENT, out)?;
        list(&[item], INDENT, out)?;
    }
    Ok(())
}

/// Writes the members of a mapping. The first line is indented already.
fn mapping(members: &Object, indent: usize, out: &mut dyn Write) -> io::Result<()> {
    for (at, (name, value)) in members.iter().enumerate() {
        if at > 0 {
            blanks(indent, out)?;
        }
        // only a name behind `? ` may be longer
        if name.len() > NAME {
            out.write_all(b"? ")?;
            quoted(name, out)?;
            out.write_all(b"\n")?;
            blanks(indent, out)?;
        } else if needs_no_quotes(name) {
            out.write_all(name.as_bytes())?;
        } else {
            quoted(name, out)?;
        }
        out.write_all(b":")?;
        match value {
            Value::Object(members) if !members.is_empty() => {
                out.write_all(b"\n")?;
                blanks(indent + INDENT, out)?;
                mapping(members, indent + INDENT, out)?;
            }
            Value::List(items) if !items.is_empty() => {
                out.write_all(b"\n")?;
                blanks(indent + INDENT, out)?;
                list(items, indent + INDENT, out)?;
            }
            value => {
                out.write_all(b" ")?;
                leaf(value, indent + INDENT, out)?;
            }
        }
    }
    Ok(())
}

/// Writes the items of a list. The first line is indented already.
fn list(items: &[Value], indent: usize, out: &mut dyn Write) -> io::Result<()> {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            blanks(indent, out)?;
        }
        out.write_all(b"- ")?;
        match item {
            Value::Object(members) if !members.is_empty() => mapping(members, indent + INDENT, out)?,
            Value::List(items) if !items.is_empty() => list(items, indent + INDENT, out)?,
            value => leaf(value, indent + INDENT, out)?,
        }
    }
    Ok(())
}

/// Writes a scalar or an empty collection, to the end of its line.
fn leaf(value: &Value, indent: usize, out: &mut dyn Write) -> io::Result<()> {
    match value {
        Value::Null => out.write_all(b"null")?,
        Value::Bool(flag) => write!(out, "{flag}")?,
        Value::Number(number) => write!(out, "{number}")?,
        Value::List(_) => out.write_all(b"[]")?,
        Value::Object(_) => out.write_all(b"{}")?,
        Value::Text(text) => {
            let text = text.expose();
            if needs_no_quotes(text) {
                out.write_all(text.as_bytes())?;
            } else if may_be_block(text) {
                return block(text, indent, out);
            } else {
                quoted(text, out)?;
            }
        }
    }
    out.write_all(b"\n")
}

/// Returns true if a text of several lines stays readable as it is: a key or a certificate.
fn may_be_block(text: &str) -> bool {
    let lines = text.strip_suffix('\n').unwrap_or(text);
    let is_harmless = |line: &str| !line.ends_with(' ') && !line.contains(is_hidden);
    lines.contains('\n')
        && !lines.starts_with([' ', '\n'])
        && !lines.ends_with('\n')
        && lines.split('\n').all(is_harmless)
}

/// Writes the lines of a text, indented, without quotes.
fn block(text: &str, indent: usize, out: &mut dyn Write) -> io::Result<()> {
    let (lines, header) = match text.strip_suffix('\n') {
        Some(lines) => (lines, "|\n"),
        None => (text, "|-\n"),
    };
    out.write_all(header.as_bytes())?;
    for line in lines.split('\n') {
        if !line.is_empty() {
            blanks(indent, out)?;
        }
        out.write_all(line.as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes a text in double quotes, with escapes for what does not print.
fn quoted(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\"")?;
    let mut rest = text;
    let special = |c: char| matches!(c, '"' | '\\') || is_hidden(c);
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| special(*c)) {
        out.write_all(&rest.as_bytes()[..at])?;
        match c {
            '"' | '\\' => write!(out, "\\{c}")?,
            '\n' => out.write_all(b"\\n")?,
            '\r' => out.write_all(b"\\r")?,
            '\t' => out.write_all(b"\\t")?,
            c => match u32::from(c) {
                code @ ..=0xff => write!(out, "\\x{code:02x}")?,
                code @ ..=0xffff => write!(out, "\\u{code:04x}")?,
                code => write!(out, "\\U{code:08x}")?,
            },
        }
        rest = &rest[at + c.len_utf8()..];
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b"\"")
}

fn blanks(count: usize, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{:count$}", "")
}
