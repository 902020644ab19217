//! The places of the parts of a text in JSON's form: JSON itself, and the flow style of YAML.

use std::ops::Range;

/// An object or a list, from its first bracket to its last.
pub(super) struct Flow<'a> {
    /// The place of each value, and in an object the name before it.
    pub items: Vec<(&'a str, Range<usize>)>,
    /// The offset of its closing bracket.
    pub end: usize,
}

/// Reads the object or list that begins at `at`. Returns `None` if it has no end.
pub(super) fn read(text: &str, at: usize) -> Option<Flow<'_>> {
    let mut items = Vec::new();
    let (mut begin, mut name, mut last) = (None, "", at);
    let mut scan = Scan { text: text.as_bytes(), at: at + 1 };
    let mut depth = 0_usize;
    loop {
        let place = scan.next()?;
        let first = scan.text[place.start];
        let is_leaf = place.len() > 1;
        match first {
            b':' if depth == 0 && !is_leaf => {
                name = begin.map_or("", |begin: usize| text[begin..last].trim_matches(['"', '\'']));
                begin = None;
            }
            b',' | b']' | b'}' if depth == 0 && !is_leaf => {
                items.extend(begin.take().map(|begin| (std::mem::take(&mut name), begin..last)));
                name = "";
                if first != b',' {
                    return Some(Flow { items, end: place.start });
                }
            }
            first => {
                if !is_leaf {
                    match first {
                        b'[' | b'{' => depth += 1,
                        b']' | b'}' => depth -= 1,
                        _ => {}
                    }
                }
                begin.get_or_insert(place.start);
                last = place.end;
            }
        }
    }
}

/// A scanner that goes from one sign or scalar to the next.
struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<Range<usize>> {
        let byte = |at: usize| self.text.get(at).copied();
        let is_blank = |byte: u8| byte.is_ascii_whitespace();
        loop {
            match byte(self.at)? {
                b if is_blank(b) => self.at += 1,
                b'#' if self.at > 0 && is_blank(self.text[self.at - 1]) => {
                    self.at += self.text[self.at..].iter().position(|b| *b == b'\n')?;
                }
                _ => break,
            }
        }
        let begin = self.at;
        let first = byte(begin)?;
        self.at = match first {
            b'[' | b']' | b'{' | b'}' | b',' => begin + 1,
            b'"' | b'\'' => self.quoted(begin, first)?,
            b':' => begin + 1,
            _ => self.plain(begin),
        };
        Some(begin..self.at)
    }

    fn quoted(&self, begin: usize, quote: u8) -> Option<usize> {
        let mut at = begin + 1;
        loop {
            match *self.text.get(at)? {
                b'\\' if quote == b'"' => at += 2,
                byte if byte == quote => return Some(at + 1),
                _ => at += 1,
            }
        }
    }

    /// Finds the end of a scalar without quotes. It ends before a sign, a comment, or a colon that a blank or a
    /// sign follows.
    fn plain(&self, begin: usize) -> usize {
        let mut at = begin;
        while let Some(byte) = self.text.get(at) {
            let next = self.text.get(at + 1);
            let ends = match byte {
                b',' | b'[' | b']' | b'{' | b'}' | b'\n' => true,
                b':' => next.is_none_or(|next| next.is_ascii_whitespace() || b",[]{}".contains(next)),
                b'#' => at > begin && self.text[at - 1].is_ascii_whitespace(),
                _ => false,
            };
            if ends {
                break;
            }
            at += 1;
        }
        while at > begin + 1 && self.text[at - 1].is_ascii_whitespace() {
            at -= 1;
        }
        at.max(begin + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_parts_of_a_flow_are_found() {
        let text = r#"{"a": [1, {"b": "],}"}], c: d e # x, y
            , 'e':"f:g",g: https://h:1/, i: {} }"#;
        let flow = read(text, 0).unwrap();
        let found: Vec<_> = flow.items.iter().map(|(name, place)| (*name, &text[place.clone()])).collect();
        let expected = [
            ("a", r#"[1, {"b": "],}"}]"#),
            ("c", "d e"),
            ("e", "\"f:g\""),
            ("g", "https://h:1/"),
            ("i", "{}"),
        ];
        assert_eq!(found, expected);
        assert_eq!(flow.end, text.len() - 1);
        let list = read("[ {name: a}, b ]", 0).unwrap();
        assert_eq!(list.items.iter().map(|(_, place)| place.clone()).collect::<Vec<_>>(), [2..11, 13..14]);
        for cut in ["[", "{\"a", "[a, 'b", "{a: [}"] {
            assert!(read(cut, 0).is_none(), "{cut}");
        }
    }
}
