//! Untrusted text made harmless before it reaches a terminal.
//!
//! A visible escape replaces everything that could move the cursor, recolour the screen, reorder the text or
//! hide itself. The result is for screens only: text for machines stays as it is. A backslash is not doubled,
//! so the result is for reading and cannot be turned back.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use credctl::text::is_hidden;

/// Makes text harmless for one line: line breaks and tabs become `\n`, `\r` and `\t` too.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    escape(text, |_| false)
}

/// Makes a text of several lines harmless: line feeds and tabs stay.
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    escape(text, |c| matches!(c, '\n' | '\t'))
}

/// Writes a text as [`line`] makes it. The text may be long, so it is not copied.
pub fn write_line(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = text;
    while let Some(at) = rest.find(is_hidden) {
        let (clean, from) = rest.split_at(at);
        out.write_all(clean.as_bytes())?;
        let Some(c) = from.chars().next() else { break };
        let mut escaped = String::with_capacity(12);
        push_escape(&mut escaped, c);
        out.write_all(escaped.as_bytes())?;
        rest = &from[c.len_utf8()..];
    }
    out.write_all(rest.as_bytes())
}

/// Makes one line of words harmless for scripts that split it: no word reads as an option.
pub fn words(text: &str) -> Cow<'_, str> {
    let clean = line(text);
    let is_option = |word: &str| word.starts_with('-');
    if !clean.split_whitespace().any(is_option) {
        return clean;
    }
    let mut out = String::with_capacity(clean.len() + 8);
    let mut begins = true;
    for c in clean.chars() {
        if begins && c == '-' {
            push_escape(&mut out, c);
        } else {
            out.push(c);
        }
        begins = c.is_whitespace();
    }
    Cow::Owned(out)
}

fn escape(text: &str, keep: fn(char) -> bool) -> Cow<'_, str> {
    let harmful = |c: char| is_hidden(c) && !keep(c);
    let Some(first) = text.find(harmful) else { return Cow::Borrowed(text) };
    let (clean, rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(clean);
    for c in rest.chars() {
        if harmful(c) {
            push_escape(&mut out, c);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn push_escape(out: &mut String, c: char) {
    // writing to a String cannot fail
    let _ = match c {
        '\n' => out.write_str("\\n"),
        '\r' => out.write_str("\\r"),
        '\t' => out.write_str("\\t"),
        c if c.is_ascii() => write!(out, "\\x{:02x}", u32::from(c)),
        c => write!(out, "\\u{{{:x}}}", u32::from(c)),
    };
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{is_hidden, line, text, words, write_line};

    #[test]
    fn what_is_harmless_is_borrowed() {
        for harmless in ["", "plain ~ text \\n", "Grüße, 日本語, 👍🏽, e\u{301}", "no-break\u{a0}space"]
        {
            assert!(matches!(line(harmless), Cow::Borrowed(same) if same == harmless));
        }
        assert!(matches!(text("two\n\tlines"), Cow::Borrowed("two\n\tlines")));
    }

    #[test]
    fn controls_become_visible() {
        let cases = [
            ("a\nb\r\tc", r"a\nb\r\tc"),
            ("\x1b[31mred\x1b]0;title\x07", r"\x1b[31mred\x1b]0;title\x07"),
            ("\0\x08\x7f", r"\x00\x08\x7f"),
            ("\u{9b}31m\u{85}", r"\u{9b}31m\u{85}"),
            ("gpj.\u{202e}exe\u{2066}", r"gpj.\u{202e}exe\u{2066}"),
            ("ad\u{200b}min\u{feff}", r"ad\u{200b}min\u{feff}"),
            ("one\u{2028}two\u{2029}", r"one\u{2028}two\u{2029}"),
            ("tag\u{e0041}", r"tag\u{e0041}"),
        ];
        for (raw, shown) in cases {
            assert_eq!(line(raw), shown);
        }
    }

    #[test]
    fn text_keeps_lines_and_tabs_only() {
        assert_eq!(text("a\n\tb\r\n\x1b[0m"), "a\n\tb\\r\n\\x1b[0m");
    }

    #[test]
    fn no_word_reads_as_an_option() {
        assert!(matches!(words("a-b c - d--e").as_ref(), "a-b c \\x2d d--e"));
        assert!(matches!(words("a-b"), Cow::Borrowed("a-b")));
        for (raw, shown) in
            [("--vault=x", "\\x2d-vault=x"), ("a\u{a0}-rf", "a\u{a0}\\x2drf"), ("\n-x", "\\n-x")]
        {
            assert_eq!(words(raw), shown);
        }
    }

    #[test]
    fn nothing_harmful_is_left() {
        let every: String = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        assert!(!line(&every).chars().any(is_hidden));
        let mut written = Vec::new();
        write_line(&every, &mut written).unwrap();
        assert_eq!(written, line(&every).as_bytes());
        assert!(every.chars().filter(|c| c.is_control()).all(is_hidden));
    }
}
