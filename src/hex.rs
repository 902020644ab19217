//! Hexadecimal digits, two a byte: bytes to text and back.
//!
//! Must not know what the bytes mean.

use zeroize::Zeroizing;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Decodes digits of either letter case into bytes, in memory that is wiped. Returns `None` for any other
/// character, and for half a byte.
#[must_use]
pub fn decode(digits: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    collected(digits.len(), digits.iter().copied())
}

/// Decodes digits that blanks and line breaks may be among.
#[must_use]
pub fn decode_spaced(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    collected(text.len(), text.bytes().filter(|byte| !byte.is_ascii_whitespace()))
}

fn collected(most: usize, mut digits: impl Iterator<Item = u8>) -> Option<Zeroizing<Vec<u8>>> {
    // the size is known beforehand: a buffer that grows would leave copies behind
    let mut bytes = Zeroizing::new(Vec::with_capacity(most / 2));
    while let Some(first) = digits.next() {
        bytes.push(nibble(first)? << 4 | nibble(digits.next()?)?);
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Encodes bytes that are no secret, in small letters.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let digits = |byte: &u8| [byte >> 4, byte & 0xf].map(|half| char::from(DIGITS[usize::from(half)]));
    bytes.iter().flat_map(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_spaced, encode};

    #[test]
    fn every_byte_survives_the_way_there_and_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        let text = encode(&bytes);
        assert!(text.starts_with("000102030405060708090a0b") && text.ends_with("fdfeff"), "{text}");
        for text in [&text, &text.to_uppercase()] {
            assert_eq!(decode(text.as_bytes()).unwrap().as_slice(), bytes);
        }
        assert_eq!((encode(b""), decode(b"").unwrap().len()), (String::new(), 0));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["a", "abc", "0g", "g0", "+1", " a", "0x", "é", "aé0", "ab "] {
            assert!(decode(text.as_bytes()).is_none(), "{text:?}");
        }
        for text in ["0 1 2", "0x", "0\u{a0}1"] {
            assert!(decode_spaced(text).is_none(), "{text:?}");
        }
        assert_eq!(decode_spaced(" 0 1\r\nFf\t").unwrap().as_slice(), [0x01, 0xff]);
    }
}
