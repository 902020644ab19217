//! The forms in which secrets may be printed: as they are, in base64 and hexadecimal, and line by line. They are
//! places in a few texts, because a long secret has thousands, and sorted, so that all are looked for at once.

use std::ops::Range;

use credctl::base64;
use credctl::secret::Secret;
use zeroize::Zeroizing;

/// The shortest value that is masked, in bytes. Shorter values are part of too much other text.
const LEAST: usize = 4;
/// The shortest line of an encoding that is masked, in bytes. Shorter ones reveal little.
const LEAST_ENCODED: usize = 8;
/// The shortest line of a value that is masked by itself, in bytes.
const LEAST_LINE: usize = 16;

/// The forms of all secrets, in ascending order of their bytes.
#[derive(Default)]
pub(super) struct Forms {
    texts: Vec<Zeroizing<String>>,
    sorted: Vec<FormPlace>,
}

/// The place of a form.
#[derive(Clone)]
struct FormPlace {
    text: usize,
    range: Range<usize>,
}

impl Forms {
    /// Makes the forms of these values.
    pub fn new<'a>(values: impl IntoIterator<Item = &'a Secret>) -> Self {
        let mut forms = Self::default();
        let mut values: Vec<&str> = values.into_iter().map(Secret::expose).collect();
        values.sort_unstable();
        values.dedup();
        for value in values.into_iter().filter(|value| value.len() >= LEAST) {
            forms.add_value(value);
        }
        let Self { texts, sorted } = &mut forms;
        let form = |place: &FormPlace| &texts[place.text].as_bytes()[place.range.clone()];
        sorted.retain(|place| place.range.len() >= LEAST);
        sorted.sort_by(|a, b| form(a).cmp(form(b)));
        sorted.dedup_by(|a, b| form(a) == form(b));
        forms
    }

    fn add_value(&mut self, value: &str) {
        let trimmed = value.trim_end_matches(['\r', '\n']);
        for text in [value, trimmed] {
            self.add_base64(text);
            self.add_hex(text);
            if value.len() == trimmed.len() {
                break;
            }
        }
        // percent-encoding in small letters is made by lowering the whole
        let lowered = lowered(trimmed);
        if lowered.len() >= LEAST_ENCODED {
            self.add_whole(lowered);
        }
        // of many lines, each may be printed by itself
        let text = self.add_text(Zeroizing::new(value.to_owned()));
        self.add(text, 0..value.len());
        self.add(text, 0..trimmed.len());
        let start = value.as_ptr().addr();
        for line in value.lines().map(str::trim).filter(|line| line.len() >= LEAST_LINE) {
            let at = line.as_ptr().addr() - start;
            self.add(text, at..at + line.len());
        }
    }

    /// Adds the text in base64, whatever precedes it: its three alignments without the characters that depend
    /// on the neighbours, and the whole with padding.
    fn add_base64(&mut self, text: &str) {
        // by itself, or with the line break that `echo` adds
        for end in ["", "\n"] {
            let whole = Zeroizing::new([text.as_bytes(), end.as_bytes()].concat());
            self.add_in_lines(Zeroizing::new(base64::encode(&whole).expose().to_owned()), &[76, 64]);
        }
        for skipped in 0..3 {
            let mut shifted = Zeroizing::new(vec![0; skipped]);
            shifted.extend_from_slice(text.as_bytes());
            let length = shifted.len() - shifted.len() % 3;
            let encoded = base64::encode(&shifted[..length]);
            let inner = encoded.expose().get(if skipped == 0 { 0 } else { 4 }..).unwrap_or_default();
            if inner.len() < LEAST_ENCODED {
                continue;
            }
            if inner.contains(['+', '/']) {
                let for_urls = inner.chars().map(|c| match c {
                    '+' => '-',
                    '/' => '_',
                    c => c,
                });
                let mut other = Zeroizing::new(String::with_capacity(inner.len()));
                other.extend(for_urls);
                self.add_whole(other);
            }
            self.add_whole(Zeroizing::new(inner.to_owned()));
        }
    }

    /// Adds the text in hexadecimal, also in the lines of `xxd -p`.
    fn add_hex(&mut self, text: &str) {
        for digits in ["0123456789abcdef", "0123456789ABCDEF"] {
            let mut form = Zeroizing::new(String::with_capacity(text.len() * 2));
            for digit in text.bytes().flat_map(|byte| [byte >> 4, byte & 15]) {
                form.push(char::from(digits.as_bytes()[usize::from(digit)]));
            }
            self.add_in_lines(form, &[60]);
        }
    }

    /// Adds a long form, which is ASCII, and the lines that it is broken into, if they are long enough to reveal
    /// much.
    fn add_in_lines(&mut self, form: Zeroizing<String>, widths: &[usize]) {
        let length = form.len();
        let text = self.add_whole(form);
        for width in widths.iter().copied().filter(|width| length > *width) {
            let lines = (0..length).step_by(width).map(|at| at..length.min(at + width));
            for line in lines.filter(|line| line.len() >= LEAST_ENCODED) {
                self.add(text, line);
            }
        }
    }

    /// Adds a text that is a form as a whole, and returns its number.
    fn add_whole(&mut self, form: Zeroizing<String>) -> usize {
        let range = 0..form.len();
        let text = self.add_text(form);
        self.add(text, range);
        text
    }

    fn add_text(&mut self, text: Zeroizing<String>) -> usize {
        self.texts.push(text);
        self.texts.len() - 1
    }

    fn add(&mut self, text: usize, range: Range<usize>) {
        self.sorted.push(FormPlace { text, range });
    }

    /// Returns the number of forms.
    pub fn count(&self) -> usize {
        self.sorted.len()
    }

    /// Returns a form by its number.
    pub fn form(&self, number: usize) -> &str {
        let place = self.sorted.get(number);
        place.and_then(|place| self.texts[place.text].get(place.range.clone())).unwrap_or_default()
    }

    /// Returns the end of the forms of a range that have `beginning` at an offset. All forms of the range have the
    /// same text before the offset, and the first has the beginning.
    pub fn end_of(&self, range: Range<usize>, offset: usize, beginning: &str) -> usize {
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low + (high - low) / 2;
            let has = self
                .form(middle)
                .as_bytes()
                .get(offset..)
                .is_some_and(|rest| rest.starts_with(beginning.as_bytes()));
            if has { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Returns the forms of a range that have `byte` at an offset, an ASCII character. All forms of the range have
    /// the same text before the offset, and none ends there.
    pub fn with(&self, range: Range<usize>, offset: usize, byte: u8) -> Range<usize> {
        let at = |number: usize| self.form(number).as_bytes().get(offset).copied();
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if at(middle) < Some(byte) { low = middle + 1 } else { high = middle }
        }
        let start = low;
        high = range.end;
        while low < high {
            let middle = low + (high - low) / 2;
            if at(middle) <= Some(byte) { low = middle + 1 } else { high = middle }
        }
        start..low
    }
}

/// Returns a text in small letters, in room that never grows, because growing would leave a copy behind.
fn lowered(text: &str) -> Zeroizing<String> {
    // no character takes more than twice the bytes in small letters
    let mut lowered = Zeroizing::new(String::with_capacity(text.len() * 2));
    text.chars().flat_map(char::to_lowercase).for_each(|c| lowered.push(c));
    lowered
}

#[cfg(test)]
mod tests {
    use super::lowered;

    #[test]
    fn small_letters_fit_into_the_reserved_room() {
        let all = (char::MIN..=char::MAX).map(|c| (c.len_utf8(), c.to_lowercase().map(char::len_utf8).sum()));
        let longest: Option<usize> = all.map(|(before, after): (usize, usize)| after.div_ceil(before)).max();
        assert_eq!(longest, Some(2));
        let text = "İSTANBUL-%2FA";
        let small = lowered(text);
        assert_eq!(*small, "i\u{307}stanbul-%2fa");
        assert_eq!(small.capacity(), text.len() * 2);
    }
}
