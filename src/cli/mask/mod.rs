//! The masking of secrets in the output of a program: as they are and as they are usually encoded, also where
//! they come in pieces.

mod forms;
mod spelling;

use credctl::secret::Secret;
use zeroize::Zeroizing;

use forms::Forms;
use spelling::{begins, fit};

/// The text in the place of a secret.
const MASKED: &[u8] = b"********";

/// The forms of the secrets that must not be printed.
pub struct Mask {
    forms: Forms,
    /// The bytes that begin a form. Most of the output passes by this test alone.
    begins: [bool; 256],
}

impl Mask {
    /// Makes a mask for these values and their usual encodings. The spellings of single characters, such as
    /// `%2F` for a slash, are tried only when a form is looked for.
    pub fn new<'a>(values: impl IntoIterator<Item = &'a Secret>) -> Self {
        let forms = Forms::new(values);
        let mut starts = [false; 256];
        let mut last = None;
        for first in (0..forms.count()).filter_map(|number| forms.form(number).chars().next()) {
            if last.replace(first) != Some(first) {
                for byte in begins(first) {
                    starts[usize::from(byte)] = true;
                }
            }
        }
        Self { forms, begins: starts }
    }

    /// Returns the length of the longest form at the beginning of a text, or 0. Returns `None` if a form has only
    /// begun there, and could be as long or longer when more comes.
    fn at(&self, text: &[u8]) -> Option<usize> {
        let found = fit(&self.forms, text);
        (!found.is_begun).then_some(found.whole)
    }

    /// Returns the same length where nothing more comes.
    fn whole(&self, text: &[u8]) -> usize {
        fit(&self.forms, text).whole
    }

    /// Makes a filter for one stream.
    pub fn filter(&self) -> MaskFilter<'_> {
        MaskFilter { mask: self, held: Zeroizing::new(Vec::new()) }
    }
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

    /// Each byte of the output is compared with those forms alone that begin as it does.
    #[test]
    fn the_time_for_a_byte_does_not_grow_with_the_number_of_secrets() {
        let text: String = (0..20_000).map(|n| format!("line {n} of an output without secrets\n")).collect();
        let time = |count: u64| {
            let secrets: Vec<_> = (0..count)
                .map(|n| Secret::from(format!("{:016x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))))
                .collect();
            let mask = Mask::new(&secrets);
            let begin = std::time::Instant::now();
            let mut filter = mask.filter();
            let passed: usize = text.as_bytes().chunks(16_384).map(|piece| filter.pass(piece).len()).sum();
            assert_eq!(passed + filter.finish().len(), text.len());
            begin.elapsed()
        };
        let (few, many) = (time(100), time(10_000));
        assert!(many < few * 8, "{few:?} for 100 secrets, {many:?} for 10,000");
    }
}
