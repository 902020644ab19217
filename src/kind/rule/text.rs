//! Rules for plain texts: identifiers, names, lines and SNMP communities.
//!
//! This file must not know which field uses which rule.

use std::borrow::Cow;

use super::definition::{Accepted, Rule, TextForm};
use crate::text::{compose, hidden_char};

/// Any text but the empty one.
pub const NONEMPTY: Rule = Rule::new("nonempty", "a text that is not empty", &nonempty).form(TextForm::Plain);

/// The identifier of a credential, policy or user in commands. Stored in Unicode form NFC, so that
/// the same identifier typed on another keyboard is found again.
pub const ID: Rule = Rule::new("id", "an identifier of 1 to 127 characters without blanks", &id);

/// The name that people give a credential. Stored in Unicode form NFC.
pub const NAME: Rule = Rule::new("name", "a name of 1 to 127 characters", &name);

/// The name of a file, without its folder. Stored in Unicode form NFC.
pub const FILE_NAME: Rule =
    Rule::new("file-name", "a file name of 1 to 255 bytes, without its folder", &file_name);

/// The name of a project: blanks inside it and letters of any language are allowed.
pub const PROJECT: Rule = Rule::new("project", "a project name of 1 to 127 characters", &name);

/// One line, also an empty one.
pub const LINE: Rule = Rule::new("line", "one line of text", &line).form(TextForm::Plain);

/// Lines of text, such as a description.
pub const TEXT: Rule = Rule::new("text", "a text of any number of lines", &lines).form(TextForm::Plain);

/// An SNMP community string.
pub const SNMP: Rule =
    Rule::new("snmp", "an SNMP community of 1 to 255 printable ASCII characters without blanks", &snmp);

const EMPTY: &str = "must not be empty";
const HIDDEN: &str = "must not contain control characters or invisible ones";
const OUTER_BLANKS: &str = "must not begin or end with a blank";
const MAX_NAME: usize = 127;
const MAX_FILE_NAME: usize = 255;
const MAX_COMMUNITY: usize = 255;
/// The number of characters that many devices keep of a community string. They cut off the rest.
const USUAL_COMMUNITY: usize = 32;

/// Returns true if every rule of this file takes a text as it is: 1 to 127 visible ASCII characters, no
/// hyphen first.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    (1..=MAX_NAME).contains(&text.len())
        && !text.starts_with('-')
        && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn nonempty(text: &str) -> Result<Accepted, Cow<'static, str>> {
    if text.is_empty() { Err(EMPTY.into()) } else { Ok(Accepted::verbatim()) }
}

fn id(text: &str) -> Result<Accepted, Cow<'static, str>> {
    let composed = compose(text);
    length(&composed, MAX_NAME)?;
    if composed.contains(char::is_whitespace) {
        return Err("must not contain blanks or line breaks".into());
    }
    if hidden_char(&composed).is_some() {
        return Err(HIDDEN.into());
    }
    if composed.starts_with('-') {
        return Err("must not begin with '-', which would read as an option".into());
    }
    Ok(accept(composed))
}

fn name(text: &str) -> Result<Accepted, Cow<'static, str>> {
    let composed = compose(text);
    length(&composed, MAX_NAME)?;
    visible(&composed)?;
    Ok(accept(composed))
}

fn file_name(text: &str) -> Result<Accepted, Cow<'static, str>> {
    let composed = compose(text);
    visible(&composed)?;
    if composed.is_empty() || composed.len() > MAX_FILE_NAME {
        return Err("must be 1 to 255 bytes long".into());
    }
    // a name must not lead out of the folder into which it is written
    if composed.contains(['/', '\\']) || matches!(&*composed, "." | "..") {
        return Err("must be the name of a file, without its folder".into());
    }
    Ok(accept(composed))
}

fn line(text: &str) -> Result<Accepted, Cow<'static, str>> {
    if text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err("must be one line without control characters".into());
    }
    Ok(Accepted::verbatim())
}

fn lines(text: &str) -> Result<Accepted, Cow<'static, str>> {
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err("must not contain control characters other than line feed and tab".into());
    }
    Ok(Accepted::verbatim())
}

fn snmp(text: &str) -> Result<Accepted, Cow<'static, str>> {
    if text.is_empty() || text.len() > MAX_COMMUNITY || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("must be 1 to 255 printable ASCII characters without blanks".into());
    }
    if text.len() > USUAL_COMMUNITY {
        return Ok(Accepted::verbatim().warn("is longer than 32 characters, which many devices cut off"));
    }
    Ok(Accepted::verbatim())
}

fn accept(composed: Cow<'_, str>) -> Accepted {
    match composed {
        Cow::Borrowed(_) => Accepted::verbatim(),
        Cow::Owned(text) => Accepted::normalised(text),
    }
}

/// Checks the length of a text in Unicode scalars: from 1 to `most`.
pub(super) fn length(text: &str, most: usize) -> Result<(), Cow<'static, str>> {
    match text.chars().count() {
        0 => Err(EMPTY.into()),
        count if count > most => Err(format!("must be at most {most} characters long").into()),
        _ => Ok(()),
    }
}

pub(super) fn visible(text: &str) -> Result<(), Cow<'static, str>> {
    if hidden_char(text).is_some() {
        Err(HIDDEN.into())
    } else if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
        Err(OUTER_BLANKS.into())
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::assertions::{judges, stores, warns};
    use super::{FILE_NAME, ID, LINE, NAME, NONEMPTY, PROJECT, SNMP, TEXT};

    #[test]
    fn identifiers() {
        let (longest, too_long) = ("ö".repeat(127), "x".repeat(128));
        judges(
            &ID,
            &["a", "admin", "cred-1", "Zm9vYmFy/+==", "a/b@c:6443", "名前", &longest],
            &["", &too_long],
        );
        judges(&ID, &[], &["a b", "a\tb", "a\nb", "\u{a0}", "-a", "-", "a\u{200b}", "\u{202e}a", "a\u{ad}b"]);
        stores(&ID, "o\u{308}de", "öde");
        // a decomposed text is measured as it will be stored
        stores(&ID, &"o\u{308}".repeat(127), &longest);
    }

    #[test]
    fn names() {
        let (longest, too_long) = ("x".repeat(127), "ö".repeat(128));
        for rule in [&NAME, &PROJECT] {
            judges(
                rule,
                &["admin", "Ödeme Servisleri 2", "支払い サービス", "-x", &longest],
                &["", " ", " a", "a ", "\u{3000}a", "a\nb", "a\u{202e}b", "a\u{200d}b", &too_long],
            );
        }
        stores(&NAME, "O\u{308}deme", "Ödeme");
    }

    #[test]
    fn file_names() {
        judges(
            &FILE_NAME,
            &["key.pem", ".env", "-x", "Ö b.pdf", &"x".repeat(255)],
            &["", ".", "..", "a/b", "a\\b", "a\nb", "\u{202e}a", " a", "a ", &"x".repeat(256)],
        );
        stores(&FILE_NAME, "o\u{308}.txt", "ö.txt");
    }

    #[test]
    fn lines_and_texts() {
        judges(&NONEMPTY, &[" ", "\n", "x"], &[""]);
        judges(&LINE, &["", "one line", " Ödeme "], &["a\nb", "a\tb", "\u{1b}[31m", "a\u{2028}b"]);
        judges(&TEXT, &["", "a\n\tb", "a\u{2028}b"], &["a\r\nb", "\u{1b}[31m", "\0", "\u{9b}2J"]);
    }

    #[test]
    fn communities() {
        judges(&SNMP, &["public", "!~", &"c".repeat(32)], &["", "a b", "a\n", "é", &"c".repeat(256)]);
        warns(&SNMP, &"c".repeat(33));
        warns(&SNMP, &"c".repeat(255));
    }
}
