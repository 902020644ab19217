//! The spellings of single characters where texts are quoted or encoded: in URLs, in JSON and other
//! languages, in HTML, by shells, in CSV and YAML. A text may mix the spellings, as `encodeURI` does, which
//! leaves some characters as they are.

/// The match of a form with the beginning of a text.
pub(super) struct SpellingFit {
    /// The length of the form in the text, if it is whole; else 0.
    pub whole: usize,
    /// True if the text ends before the match is certain.
    pub is_begun: bool,
}

/// Looks for a form at the beginning of a text, in any spelling of its characters.
pub(super) fn fit(form: &str, text: &[u8]) -> SpellingFit {
    // a character may be spelled in several lengths, so there may be several ends
    let (mut ends, mut next) = (vec![0], Vec::new());
    let mut is_begun = false;
    for c in form.chars() {
        for end in ends.drain(..) {
            let rest = &text[end..];
            spellings(c, |spelling| {
                let known = rest.len().min(spelling.len());
                if !spelling[..known].eq_ignore_ascii_case(&rest[..known])
                    || !is_case(c, spelling, &rest[..known])
                {
                    return;
                }
                if known < spelling.len() {
                    is_begun = true;
                } else if !next.contains(&(end + known)) {
                    next.push(end + known);
                }
            });
        }
        std::mem::swap(&mut ends, &mut next);
        if ends.is_empty() {
            break;
        }
    }
    SpellingFit { whole: ends.into_iter().max().unwrap_or(0), is_begun }
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
