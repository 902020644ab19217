//! The spellings of single characters where texts are quoted or encoded: in URLs, in JSON and other
//! languages, in HTML, by shells, in CSV and YAML. A text may mix the spellings, as `encodeURI` does, which
//! leaves some characters as they are.

use std::ops::Range;

use super::forms::Forms;

/// The match of the forms with the beginning of a text.
pub(super) struct SpellingFit {
    /// The length of the longest form that is whole in the text; 0 if there is none.
    pub whole: usize,
    /// True if the text ends before the match of a form is certain.
    pub is_begun: bool,
}

/// The forms that fit a text so far: they have the same characters up to an offset, which end in the text at `end`.
#[derive(PartialEq, Eq)]
struct Fitting {
    forms: Range<usize>,
    offset: usize,
    end: usize,
}

/// Looks for the forms at the beginning of a text, in any spelling of their characters.
pub(super) fn fit(forms: &Forms, text: &[u8]) -> SpellingFit {
    let mut found = SpellingFit { whole: 0, is_begun: false };
    // a character may be spelled in several lengths, so there may be several ends
    let (mut all, mut next) = (Vec::new(), Vec::new());
    step(forms, text, &Fitting { forms: 0..forms.count(), offset: 0, end: 0 }, &mut found, &mut all);
    while !all.is_empty() {
        for fitting in all.drain(..) {
            step(forms, text, &fitting, &mut found, &mut next);
        }
        std::mem::swap(&mut all, &mut next);
    }
    found
}

/// Goes on by one character.
fn step(forms: &Forms, text: &[u8], fitting: &Fitting, found: &mut SpellingFit, next: &mut Vec<Fitting>) {
    let (mut start, last, offset, end) =
        (fitting.forms.start, fitting.forms.end, fitting.offset, fitting.end);
    // the shortest comes first
    if start < last && forms.form(start).len() == offset {
        found.whole = found.whole.max(end);
        start += 1;
    }
    let rest = &text[end..];
    match rest.first() {
        _ if start == last => {}
        None => found.is_begun = true,
        // no other character is spelled so
        Some(byte) if byte.is_ascii_alphanumeric() => {
            let with = forms.with(start..last, offset, *byte);
            if !with.is_empty() {
                next.push(Fitting { forms: with, offset: offset + 1, end: end + 1 });
            }
        }
        Some(_) => {
            while let Some(c) = forms.form(start).get(offset..).and_then(|rest| rest.chars().next()) {
                let after = forms.end_of(start..last, offset, c.encode_utf8(&mut [0; 4]));
                if !c.is_ascii_alphanumeric() {
                    spelled(c, rest, |length| match length {
                        Some(length) => {
                            let (forms, offset) = (start..after, offset + c.len_utf8());
                            let fitting = Fitting { forms, offset, end: end + length };
                            if !next.contains(&fitting) {
                                next.push(fitting);
                            }
                        }
                        None => found.is_begun = true,
                    });
                }
                start = after;
                if start == last {
                    break;
                }
            }
        }
    }
}

/// Calls `each` with the length of every spelling of a character that a text begins with, or with `None` if the text
/// ends within it.
fn spelled(c: char, text: &[u8], mut each: impl FnMut(Option<usize>)) {
    spellings(c, |spelling| {
        let known = text.len().min(spelling.len());
        if spelling[..known].eq_ignore_ascii_case(&text[..known]) && is_case(c, spelling, &text[..known]) {
            each((known == spelling.len()).then_some(known));
        }
    });
}

/// Returns true if the letter case fits. Letters of the character itself keep their case; those of an
/// encoding, as in `%2f`, need not.
fn is_case(c: char, spelling: &[u8], text: &[u8]) -> bool {
    let is_itself = spelling.len() == c.len_utf8();
    !is_itself || spelling.starts_with(text)
}

/// Returns the bytes with which the spellings of a character begin.
pub(super) fn begins(c: char) -> Vec<u8> {
    let mut bytes = Vec::new();
    spellings(c, |spelling| bytes.extend(spelling.first()));
    bytes
}

/// Calls `each` for every spelling of a character. Letters and digits are spelled as they are.
fn spellings(c: char, mut each: impl FnMut(&[u8])) {
    let mut buffer = [0; 4];
    let itself = c.encode_utf8(&mut buffer).as_bytes();
    each(itself);
    if c.is_ascii_alphanumeric() {
        return;
    }
    let mut joined = |spell: &dyn Fn(&u8) -> String| {
        let spelled: String = itself.iter().map(spell).collect();
        each(spelled.as_bytes());
    };
    joined(&|byte| format!("%{byte:02x}"));
    joined(&|byte| format!("\\x{byte:02x}"));
    joined(&|byte| format!("\\{byte:03o}"));
    let units: String = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
    each(units.as_bytes());
    let code = u32::from(c);
    for entity in
        [format!("&#{code};"), format!("&#{code:03};"), format!("&#x{code:x};"), format!("&#x{code:02x};")]
    {
        each(entity.as_bytes());
    }
    if c.is_ascii() && !c.is_ascii_control() {
        each(&[b'\\', itself[0]]);
    }
    let others: &[&str] = match c {
        ' ' => &["+"],
        '\n' => &["\\n", "\r\n", "%0d%0a", "\\r\\n"],
        '\r' => &["\\r"],
        '\t' => &["\\t"],
        '\u{1b}' => &["\\e", "\\E"],
        '"' => &["&quot;", "\"\"", "\\\\\""],
        '\'' => &["&apos;", "''", "'\\''", "'\"'\"'"],
        '&' => &["&amp;"],
        '<' => &["&lt;"],
        '>' => &["&gt;"],
        _ => &[],
    };
    for other in others {
        each(other.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use credctl::secret::Secret;
    use proptest::prelude::*;

    use super::super::forms::Forms;
    use super::{fit, spelled};

    /// Looks for one form by itself: the length of the whole form, and whether it has only begun.
    fn alone(form: &str, text: &[u8]) -> (usize, bool) {
        let (mut ends, mut is_begun) = (vec![0], false);
        for c in form.chars() {
            let mut next = Vec::new();
            for end in ends {
                spelled(c, &text[end..], |length| match length {
                    Some(length) => next.push(end + length),
                    None => is_begun = true,
                });
            }
            next.sort_unstable();
            next.dedup();
            ends = next;
        }
        (ends.into_iter().max().unwrap_or(0), is_begun)
    }

    proptest! {
        #[test]
        fn all_forms_at_once_fit_as_each_by_itself(
            secrets in prop::collection::vec("[aB/\"\\n é%]{4,7}", 1..5),
            text in "([aB/\"\\\\é%+]|%2[fF]|\\\\u00e9|%0a|&quot;|\\\\n|YU){0,12}",
        ) {
            let secrets: Vec<_> = secrets.iter().map(|secret| Secret::from(secret.as_str())).collect();
            let forms = Forms::new(&secrets);
            let each: Vec<_> = (0..forms.count()).map(|n| alone(forms.form(n), text.as_bytes())).collect();
            let found = fit(&forms, text.as_bytes());
            prop_assert_eq!(found.whole, each.iter().map(|one| one.0).max().unwrap_or(0));
            prop_assert_eq!(found.is_begun, each.iter().any(|one| one.1));
        }
    }
}
