//! Takes secrets out of what a program prints, as they are and as they are usually encoded, also where
//! they come in pieces.

use credctl::kind::rule::encoding;
use credctl::secret::Secret;
use zeroize::Zeroizing;

/// What stands in the place of a secret.
const MASKED: &[u8] = b"********";
/// Shorter values are part of too much that is none.
const LEAST: usize = 4;

/// The forms of the secrets that must not be printed.
pub struct Mask {
    forms: Vec<Zeroizing<Vec<u8>>>,
    /// Whether one of them begins with this byte: most of what is printed is passed on by this alone.
    begins: [bool; 256],
}

impl Mask {
    /// A mask for these values and their usual encodings.
    pub fn new<'a>(values: impl IntoIterator<Item = &'a Secret>) -> Self {
        let mut forms = Vec::new();
        for value in values.into_iter().filter(|value| value.len() >= LEAST) {
            let text = value.expose();
            let trimmed = text.trim_end_matches(['\r', '\n']);
            for text in [text, trimmed] {
                forms.push(Zeroizing::new(text.as_bytes().to_vec()));
                forms.extend(base64(text));
                forms.extend(hex(text));
                forms.push(url(text));
                forms.extend(json(text));
            }
            // of many lines, each may be printed by itself
            let lines = text.lines().map(str::trim).filter(|line| line.len() >= 16);
            forms.extend(lines.map(|line| Zeroizing::new(line.as_bytes().to_vec())));
        }
        // the longest first: it is masked as a whole where a shorter one is a part of it
        forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
        forms.retain(|form| form.len() >= LEAST);
        let mut begins = [false; 256];
        for form in &forms {
            begins[usize::from(form[0])] = true;
        }
        Self { forms, begins }
    }

    /// The form that stands at the beginning of a text.
    fn whole(&self, text: &[u8]) -> Option<&[u8]> {
        self.forms.iter().find(|form| text.starts_with(form)).map(|form| form.as_slice())
    }

    /// Whether a text is the beginning of a form and no more.
    fn is_begun(&self, text: &[u8]) -> bool {
        self.forms.iter().any(|form| form.len() > text.len() && form.starts_with(text))
    }

    /// A filter for one stream.
    pub fn filter(&self) -> Filter<'_> {
        Filter { mask: self, held: Zeroizing::new(Vec::new()) }
    }
}

/// The text in base64, whatever stands before it: its three alignments without what depends on the
/// neighbours, and the whole with padding.
fn base64(text: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut forms = Vec::new();
    // by itself, or with the line break that `echo` adds
    for end in ["", "\n"] {
        let whole = Zeroizing::new([text.as_bytes(), end.as_bytes()].concat());
        let whole = encoding::encode(&whole);
        forms.extend(in_lines(whole.expose().as_bytes(), &[76, 64]));
        forms.push(Zeroizing::new(whole.expose().as_bytes().to_vec()));
    }
    for skipped in 0..3 {
        let mut shifted = Zeroizing::new(vec![0; skipped]);
        shifted.extend_from_slice(text.as_bytes());
        let length = shifted.len() - shifted.len() % 3;
        let encoded = encoding::encode(&shifted[..length]);
        let inner = encoded.expose().as_bytes().get(if skipped == 0 { 0 } else { 4 }..).unwrap_or_default();
        if inner.len() >= 8 {
            let url_safe = inner.iter().map(|byte| match byte {
                b'+' => b'-',
                b'/' => b'_',
                other => *other,
            });
            forms.push(Zeroizing::new(url_safe.collect()));
            forms.push(Zeroizing::new(inner.to_vec()));
        }
    }
    forms
}

/// The text in hexadecimal, also in the lines of `xxd -p`.
fn hex(text: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut forms = Vec::new();
    for digits in [b"0123456789abcdef", b"0123456789ABCDEF"] {
        let mut form = Zeroizing::new(Vec::with_capacity(text.len() * 2));
        for byte in text.bytes() {
            form.extend([digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]);
        }
        forms.extend(in_lines(&form, &[60]));
        forms.push(form);
    }
    forms
}

/// The lines that a long form is broken into, as far as they tell much of it.
fn in_lines(form: &[u8], widths: &[usize]) -> Vec<Zeroizing<Vec<u8>>> {
    let broken = widths.iter().filter(|width| form.len() > **width);
    let lines = broken.flat_map(|width| form.chunks(*width)).filter(|line| line.len() >= 8);
    lines.map(|line| Zeroizing::new(line.to_vec())).collect()
}

/// The text as a part of a URL.
fn url(text: &str) -> Zeroizing<Vec<u8>> {
    let mut form = Zeroizing::new(Vec::with_capacity(text.len() * 3));
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            form.push(byte);
        } else {
            form.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    form
}

/// The text inside the quotes of JSON, with slashes escaped or not, and with other letters than ASCII
/// escaped or not.
fn json(text: &str) -> [Zeroizing<Vec<u8>>; 2] {
    let escape = |ascii: bool| {
        let mut form = Zeroizing::new(Vec::with_capacity(text.len() * 6));
        for c in text.chars() {
            match c {
                '"' => form.extend_from_slice(b"\\\""),
                '\\' => form.extend_from_slice(b"\\\\"),
                '\n' => form.extend_from_slice(b"\\n"),
                '\r' => form.extend_from_slice(b"\\r"),
                '\t' => form.extend_from_slice(b"\\t"),
                c if (c.is_ascii() || !ascii) && !c.is_control() => {
                    form.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                c => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        form.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                    }
                }
            }
        }
        form
    };
    [escape(false), escape(true)]
}

/// One stream on its way.
pub struct Filter<'a> {
    mask: &'a Mask,
    /// The end of what came, which may be the beginning of a secret.
    held: Zeroizing<Vec<u8>>,
}

impl Filter<'_> {
    /// Takes the next piece and gives back what is safe to print.
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
            // a longer form that has only begun goes before a shorter one that is complete
            if self.mask.is_begun(rest) {
                break;
            }
            at += put(&mut out, rest, self.mask.whole(rest));
        }
        self.held = Zeroizing::new(text[at..].to_vec());
        out
    }

    /// What is left when nothing more comes.
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

/// Writes a byte, or the mask for a form, and tells how much that was.
fn put(out: &mut Vec<u8>, rest: &[u8], form: Option<&[u8]>) -> usize {
    if let Some(form) = form {
        out.extend_from_slice(MASKED);
        form.len()
    } else {
        out.push(rest[0]);
        1
    }
}

#[cfg(test)]
mod tests {
    use super::{MASKED, Mask};
    use credctl::kind::rule::encoding;
    use credctl::secret::Secret;

    const SECRETS: [&str; 3] = ["hunter2-\"geheim\"/ü", "abcd", "line one of a key\nline two of a key\n"];

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
        let base64 = encoding::encode(secret.as_bytes());
        let inside = encoding::encode(format!("user:{secret}").as_bytes());
        for form in [
            secret,
            &json[1..json.len() - 1],
            &ascii[1..ascii.len() - 1],
            base64.expose(),
            "hunter2-%22geheim%22%2F%C3%BC",
            "line two of a key",
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
