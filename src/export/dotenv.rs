//! A `.env` file that python-dotenv reads back to the byte, and other readers as far as they agree.
//!
//! All readers agree on single quotes around a text that has no quote and no backslash in it. Beyond that the
//! file is written for python-dotenv, which has traits of its own. It expands `${…}` even in single quotes. It
//! reads a quote after a backslash as part of the text even if the backslash is escaped. It turns a carriage
//! return into a line feed.

use std::io::{self, Write};

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use super::variables::{Variable, lines};
use crate::secret::Secret;

pub(super) const FORMAT: ExportFormat = ExportFormat { name: "dotenv", summary: "a .env file", write };

/// A reference that expands to `$`, so that the text behind it is no reference.
const DOLLAR: &str = "${:-$}";
/// A reference that expands to a backslash, so that no quote follows the backslash itself.
const BACKSLASH: &str = "${:-\\}";

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut notices = Vec::new();
    lines(selection, options, report, None, |variable| {
        if line(variable, out)? {
            notices.push(format!(
                "{}: {} is written as only python-dotenv reads it, because of the $, the quotes or the \\ in it",
                variable.id, variable.name
            ));
        }
        Ok(())
    })?;
    report.notices.append(&mut notices);
    Ok(())
}

/// Writes a variable. Returns true if other readers would see another value.
fn line(variable: &Variable, out: &mut dyn Write) -> io::Result<bool> {
    assignment(&variable.name, &variable.value, out)
}

/// Writes the line that gives a variable its value. Returns true if other readers than python-dotenv would see
/// another value.
///
/// # Errors
/// An error of the writer.
pub fn assignment(name: &str, value: &Secret, out: &mut dyn Write) -> io::Result<bool> {
    let value = value.expose();
    write!(out, "{name}=")?;
    let bare = |c: char| c.is_alphanumeric() || c.is_ascii_punctuation();
    // without quotes there is no quote behind the backslash at the end
    let unquoted = value.ends_with('\\') && !value.starts_with(['\'', '"']) && value.chars().all(bare);
    let quote = if unquoted {
        None
    } else if value.contains('\r') || (value.contains('\'') && !value.contains(['"', '\\', '$', '`'])) {
        Some('"')
    } else {
        Some('\'')
    };
    let trick = if quote.is_some() { value.strip_suffix('\\') } else { None };
    let is_reference = |inner: &str| expands(inner, trick.is_some());
    let refers = value.match_indices("${").any(|(at, _)| is_reference(&value[at + 2..]));
    let quotes = quote.map_or("", |quote| if quote == '"' { "\"" } else { "'" });
    out.write_all(quotes.as_bytes())?;
    let mut rest = trick.unwrap_or(value);
    while let Some(at) = rest.find(|c| matches!(c, '$' | '\\' | '\r') || Some(c) == quote) {
        out.write_all(&rest.as_bytes()[..at])?;
        rest = &rest[at..];
        let special = match rest.as_bytes() {
            [b'$', b'{', ..] if is_reference(&rest[2..]) => DOLLAR,
            [b'\\', ..] if quote.is_some() => "\\\\",
            // python-dotenv turns a real one into a line feed
            [b'\r', ..] => "\\r",
            [b'"', ..] => "\\\"",
            [b'\'', ..] => "\\'",
            _ => &rest[..1],
        };
        out.write_all(special.as_bytes())?;
        rest = &rest[1..];
    }
    out.write_all(rest.as_bytes())?;
    if trick.is_some() {
        // escapes are decoded before references are expanded
        out.write_all(BACKSLASH.replace('\\', "\\\\").as_bytes())?;
    }
    writeln!(out, "{quotes}")?;
    // most other readers know no quote after a backslash
    let is_odd =
        (quote.is_some() && value.contains('\\')) || quote.is_some_and(|quote| value.contains(quote));
    Ok(refers || is_odd)
}

/// Returns true if python-dotenv takes the text behind `${` for a reference: a name, perhaps `:-` and a default,
/// and a brace. The reference that stands for a backslash at the end closes an open brace, too.
fn expands(inner: &str, has_trick: bool) -> bool {
    match inner.split_once(['}', ':']) {
        None => has_trick,
        Some((name, rest)) if inner[name.len()..].starts_with(':') => {
            rest.starts_with('-') && (has_trick || rest.contains('}'))
        }
        Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Variable, line};
    use crate::secret::{Buffer, Secret};

    fn written(value: &str) -> (String, bool) {
        let mut out = Buffer::default();
        let variable =
            Variable { name: "A".into(), id: "a".into(), path: "p".into(), value: Secret::from(value) };
        let odd = line(&variable, &mut out).unwrap();
        let text = String::from_utf8(out.into_bytes().to_vec()).unwrap();
        (text.strip_prefix("A=").unwrap().strip_suffix('\n').unwrap().to_owned(), odd)
    }

    #[test]
    fn what_all_readers_agree_on_comes_first() {
        for (value, text) in [
            ("", "''"),
            ("a b", "'a b'"),
            (" #x\n\"$HOME `x`\" ", "' #x\n\"$HOME `x`\" '"),
            ("it's", "\"it's\""),
            ("a\rb", "\"a\\rb\""),
            (r"DOM\", r"DOM\"),
        ] {
            assert_eq!(written(value), (text.to_owned(), false), "{value:?}");
        }
    }

    #[test]
    fn references_and_last_backslashes_are_written_around() {
        for (value, text) in [
            ("${A}", "'${:-$}{A}'"),
            ("$${A", "'$${A'"),
            (r"a\b", r"'a\\b'"),
            (r"${a b\", r"'${:-$}{a b${:-\\}'"),
            ("a b\\", "'a b${:-\\\\}'"),
            ("'\\", "'\\'${:-\\\\}'"),
            ("it's $5", r"'it\'s $5'"),
            ("a\rb\"", "\"a\\rb\\\"\""),
            ("${cred://db/p}@${A:-b}", "'${cred://db/p}@${:-$}{A:-b}'"),
        ] {
            assert_eq!(written(value).0, text, "{value:?}");
        }
        for value in ["${A}", "a b\\", "it's $5", "'\"", "\r\""] {
            assert!(written(value).1, "{value:?}");
        }
        assert!(!written("$${A").1 && !written("it's").1);
    }
}
