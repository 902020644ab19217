//! The masking of secrets in the output of a program: as they are and as they are usually encoded, also where
//! they come in pieces.

mod spelling;

use credctl::base64;
use credctl::secret::Secret;
use zeroize::Zeroizing;

use spelling::{begins, fit};

/// The text in the place of a secret.
const MASKED: &[u8] = b"********";
/// The shortest value that is masked, in bytes. Shorter values are part of too much other text.
const LEAST: usize = 4;

/// The forms of the secrets that must not be printed.
pub struct Mask {
    forms: Vec<Zeroizing<String>>,
    /// The bytes that begin a form. Most of the output passes by this test alone.
    begins: [bool; 256],
}

impl Mask {
    /// Makes a mask for these values and their usual encodings. The spellings of single characters, such as
    /// `%2F` for a slash, are tried only when a form is looked for.
    pub fn new<'a>(values: impl IntoIterator<Item = &'a Secret>) -> Self {
        let mut forms = Vec::new();
        for value in values.into_iter().filter(|value| value.len() >= LEAST) {
            let text = value.expose();
            let trimmed = text.trim_end_matches(['\r', '\n']);
            for text in [text, trimmed] {
                forms.push(Zeroizing::new(text.to_owned()));
                forms.extend(base64(text));
                forms.extend(hex(text));
            }
            // percent-encoding in small letters is made by lowering the whole
            let lowered = Zeroizing::new(trimmed.to_lowercase());
            forms.extend(Some(lowered).filter(|lowered| lowered.len() >= 8));
            // of many lines, each may be printed by itself
            let lines = text.lines().map(str::trim).filter(|line| line.len() >= 16);
            forms.extend(lines.map(|line| Zeroizing::new(line.to_owned())));
        }
        // the longest first: it is masked as a whole where a shorter one is a part of it
        forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
        forms.retain(|form| form.len() >= LEAST);
        let first = forms.iter().filter_map(|form| form.chars().next());
        let mut starts = [false; 256];
        for byte in first.flat_map(begins) {
            starts[usize::from(byte)] = true;
        }
        Self { forms, begins: starts }
    }

    /// Returns the length of the form at the beginning of a text, or 0. Returns `None` if a form has only
    /// begun there, and could be as long or longer when more comes.
    fn at(&self, text: &[u8]) -> Option<usize> {
        let mut whole = 0;
        for form in &self.forms {
            let found = fit(form, text);
            if found.is_begun {
                return None;
            }
            whole = whole.max(found.whole);
        }
        Some(whole)
    }

    /// Returns the same length where nothing more comes.
    fn whole(&self, text: &[u8]) -> usize {
        self.forms.iter().map(|form| fit(form, text).whole).max().unwrap_or(0)
    }

    /// Makes a filter for one stream.
    pub fn filter(&self) -> MaskFilter<'_> {
        MaskFilter { mask: self, held: Zeroizing::new(Vec::new()) }
    }
}

/// Returns the text in base64, whatever precedes it: its three alignments without the characters that depend
/// on the neighbours, and the whole with padding.
fn base64(text: &str) -> Vec<Zeroizing<String>> {
    let mut forms = Vec::new();
    // by itself, or with the line break that `echo` adds
    for end in ["", "\n"] {
        let whole = Zeroizing::new([text.as_bytes(), end.as_bytes()].concat());
        let whole = base64::encode(&whole);
        forms.extend(in_lines(whole.expose(), &[76, 64]));
        forms.push(Zeroizing::new(whole.expose().to_owned()));
    }
    for skipped in 0..3 {
        let mut shifted = Zeroizing::new(vec![0; skipped]);
        shifted.extend_from_slice(text.as_bytes());
        let length = shifted.len() - shifted.len() % 3;
        let encoded = base64::encode(&shifted[..length]);
        let inner = encoded.expose().get(if skipped == 0 { 0 } else { 4 }..).unwrap_or_default();
        if inner.len() >= 8 {
            forms.push(Zeroizing::new(inner.replace('+', "-").replace('/', "_")));
            forms.push(Zeroizing::new(inner.to_owned()));
        }
    }
    forms
}

/// Returns the text in hexadecimal, also in the lines of `xxd -p`.
fn hex(text: &str) -> Vec<Zeroizing<String>> {
    let mut forms = Vec::new();
    for digits in ["0123456789abcdef", "0123456789ABCDEF"] {
        let mut form = Zeroizing::new(String::with_capacity(text.len() * 2));
        for digit in text.bytes().flat_map(|byte| [byte >> 4, byte & 15]) {
            form.push(char::from(digits.as_bytes()[usize::from(digit)]));
        }
        forms.extend(in_lines(&form, &[60]));
        forms.push(form);
    }
    forms
}

/// Returns the lines that a long form is broken into, if they are long enough to reveal much. The form is
/// ASCII.
fn in_lines(form: &str, widths: &[usize]) -> Vec<Zeroizing<String>> {
    let broken = widths.iter().filter(|width| form.len() > **width);
    let lines = broken.flat_map(|width| (0..form.len()).step_by(*width).map(|at| (at, at + *width)));
    let lines = lines.filter_map(|(from, to)| form.get(from..to.min(form.len())));
    lines.filter(|line| line.len() >= 8).map(|line| Zeroizing::new(line.to_owned())).collect()
}

/// A filter for one stream.
pub struct MaskFilter<'a> {
    mask: &'a Mask,
    /// The end of the input so far, which may be the beginning of a secret.
    held: Zeroizing<Vec<u8>>,
}

impl MaskFilter<'_> {
    /// Takes the next piece. Returns the text that is safe to print.
    pub fn pass(&mut self, piece: &[u8]) -> Zeroizing<Vec<u8>> {
        let mut text = Zeroizing::new(Vec::with_capacity(self.held.len() + piece.len()));
        text.extend_from_slice(&self.held);
        text.extend_from_slice(piece);
        let mut out = Zeroizing::new(Vec::with_capacity(text.len() + MASKED.len()));
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            if !self.mask.begins[usize::from(rest[0])] {
                out.push(rest[0]);
                at += 1;
                continue;
            }
            // a longer form that has only begun comes before a shorter one that is complete
            let Some(length) = self.mask.at(rest) else { break };
            at += put(&mut out, rest, length);
        }
        self.held = Zeroizing::new(text[at..].to_vec());
        out
    }

    /// Returns the rest of the text once nothing more comes.
    pub fn finish(&mut self) -> Zeroizing<Vec<u8>> {
        let held = std::mem::take(&mut *self.held);
        let mut out = Zeroizing::new(Vec::with_capacity(held.len() + MASKED.len()));
        let mut at = 0;
        while at < held.len() {
            at += put(&mut out, &held[at..], self.mask.whole(&held[at..]));
        }
        drop(Zeroizing::new(held));
        out
    }
}

/// Writes a byte, or the mask for a form of this length. Returns the number of bytes that this covers in the
/// text.
fn put(out: &mut Vec<u8>, rest: &[u8], length: usize) -> usize {
    if length > 0 {
        out.extend_from_slice(MASKED);
        length
    } else {
        out.push(rest[0]);
        1
    }
}

#[cfg(test)]
mod tests {
    use super::{MASKED, Mask};
    use credctl::base64;
    use credctl::secret::Secret;

    const SECRETS: [&str; 5] = [
        "hunter2-\"geheim\"/ü",
        "abcd",
        "line one of a key\nline two of a key\n",
        "it's a secret",
        "A/b SECRET",
    ];

    fn masked(text: &[u8], size: usize) -> String {
        let secrets = SECRETS.map(Secret::from);
        let mask = Mask::new(&secrets);
        let mut filter = mask.filter();
        let mut out = Vec::new();
        for piece in text.chunks(size) {
            out.extend_from_slice(&filter.pass(piece));
        }
        out.extend_from_slice(&filter.finish());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_form_is_masked_in_pieces_of_any_size() {
        let secret = SECRETS[0];
        let json = serde_json::to_string(secret).unwrap();
        let ascii = json.replace('ü', "\\u00fc");
        let base64 = base64::encode(secret.as_bytes());
        let inside = base64::encode(format!("user:{secret}").as_bytes());
        for form in [
            secret,
            &json[1..json.len() - 1],
            &ascii[1..ascii.len() - 1],
            base64.expose(),
            "hunter2-%22geheim%22%2F%C3%BC",
            "hunter2-%22geheim%22/%c3%bc",
            "hunter2-&quot;geheim&#34;/ü",
            "a%2fb%20secret",
            "hunter2-&#x22;geheim&#x22;&#x2F;&#xFC;",
            r#"hunter2-\"geheim\"\/\u00FC"#,
            r#"hunter2-""geheim""/ü"#,
            r#"hunter2-"geheim"/\303\274"#,
            r"hunter2-\x22geheim\x22/\xc3\xbc",
            "line two of a key",
            "line one of a key\\nline two of a key\\n",
            "line%20one%20of%20a%20key%0Aline%20two%20of%20a%20key",
            "line+one+of+a+key%0D%0Aline+two+of+a+key",
            "line\\ one\\ of\\ a\\ key",
            "it'\\''s a secret",
            "it'\"'\"'s a secret",
            "it''s a secret",
            "it\\'s\\ a\\ secret",
            "it&#39;s+a+secret",
            "it%27s%20a%20secret",
        ] {
            for size in [1, 2, 3, 7, 1000] {
                let out = masked(format!("a {form} b").as_bytes(), size);
                assert_eq!(out, format!("a {} b", String::from_utf8_lossy(MASKED)), "{form} by {size}");
            }
        }
        // inside of other base64, all but what it shares with its neighbours
        let out = masked(inside.expose().as_bytes(), 5);
        assert!(out.contains("********") && out.len() < 20, "{out}");
    }

    #[test]
    fn what_only_looks_like_a_secret_passes() {
        for text in ["abc", "hunter2-", "ab abc abx", "hunter2-\"geheim\"/", "line one of"] {
            for size in [1, 2, 100] {
                assert_eq!(masked(text.as_bytes(), size), text);
            }
        }
        assert_eq!(masked(b"abcabcdabc", 1), "abc********abc");
    }

    #[test]
    fn nothing_is_held_back_that_cannot_become_a_secret() {
        let secrets = [Secret::from("hunter2")];
        let mask = Mask::new(&secrets);
        let mut filter = mask.filter();
        assert_eq!(filter.pass(b"Password: ").as_slice(), b"Password: ");
        assert_eq!(filter.pass(b"x hun").as_slice(), b"x ");
        assert_eq!(filter.pass(b"ger").as_slice(), b"hunger");
    }
}
