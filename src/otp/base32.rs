//! Base32 as seeds are written: in any letter case, with blanks and hyphens, padded or not.

use zeroize::Zeroizing;

use crate::secret::Secret;

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// The number of bits of one letter.
const BITS: u32 = 5;

/// The bytes of a base32 text.
pub(super) struct Decoded {
    /// The bytes, in memory that is wiped.
    pub(super) bytes: Zeroizing<Vec<u8>>,
    /// True if the number of letters is one that no number of bytes gives, so that a letter may be missing.
    pub(super) is_cut: bool,
}

/// Decodes a text. Bits behind the last whole byte change nothing, as other programs have it.
///
/// # Errors
/// The place of the first character that is no base32, from 1 on.
pub(super) fn decode(text: &str) -> Result<Decoded, usize> {
    // the size is known beforehand: a buffer that grows would leave copies behind
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let (mut waiting, mut bits, mut is_padded) = (Zeroizing::new(0_u32), 0, false);
    for (place, c) in (1_usize..).zip(text.chars()) {
        match c {
            ' ' | '\t' | '-' | '\u{a0}' => {}
            '=' => is_padded = true,
            _ => {
                let value = value(c).filter(|_| !is_padded).ok_or(place)?;
                *waiting = *waiting << BITS | value;
                bits += BITS;
                if bits >= 8 {
                    bits -= 8;
                    let [.., byte] = (*waiting >> bits).to_be_bytes();
                    bytes.push(byte);
                    *waiting &= (1 << bits) - 1;
                }
            }
        }
    }
    Ok(Decoded { bytes, is_cut: bits >= BITS })
}

/// Encodes bytes in capital letters, without padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> Secret {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    let letter = |value: u32| char::from(LETTERS[(value % 32) as usize]);
    let (mut waiting, mut bits) = (Zeroizing::new(0_u32), 0);
    for byte in bytes {
        *waiting = (*waiting << 8 | u32::from(*byte)) & 0xFFFF;
        bits += 8;
        while bits >= BITS {
            bits -= BITS;
            text.push(letter(*waiting >> bits));
        }
    }
    if bits > 0 {
        text.push(letter(*waiting << (BITS - bits)));
    }
    Secret::from(text)
}

fn value(c: char) -> Option<u32> {
    match c {
        'A'..='Z' => Some(u32::from(c) - u32::from('A')),
        'a'..='z' => Some(u32::from(c) - u32::from('a')),
        '2'..='7' => Some(u32::from(c) - u32::from('2') + 26),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    /// The examples of RFC 4648, section 10.
    const EXAMPLES: [(&str, &str); 7] = [
        ("", ""),
        ("f", "MY======"),
        ("fo", "MZXQ===="),
        ("foo", "MZXW6==="),
        ("foob", "MZXW6YQ="),
        ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI======"),
    ];

    #[test]
    fn the_examples_of_the_definition() {
        for (plain, text) in EXAMPLES {
            assert_eq!(encode(plain.as_bytes()).expose(), text.trim_end_matches('='));
            for text in [text, text.trim_end_matches('='), &text.to_lowercase()] {
                let decoded = decode(text).ok().unwrap();
                assert_eq!((decoded.bytes.as_slice(), decoded.is_cut), (plain.as_bytes(), false), "{text}");
            }
        }
    }

    #[test]
    fn bytes_survive_the_way_there_and_back() {
        for length in 0..70_u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37) ^ 0xA5).collect();
            assert_eq!(decode(encode(&bytes).expose()).ok().unwrap().bytes.as_slice(), bytes);
        }
    }

    #[test]
    fn blanks_and_hyphens_are_no_letters_and_others_have_their_place() {
        assert_eq!(decode("mzxw 6ytb-oi\t==\u{a0}====").ok().unwrap().bytes.as_slice(), b"foobar");
        for (text, place) in
            [("MZ1W", 3), ("0", 1), ("MZ XW8", 6), ("MY==A", 5), ("é", 1), ("AAé", 3), ("A\n", 2)]
        {
            assert_eq!(decode(text).err(), Some(place), "{text:?}");
        }
    }

    #[test]
    fn a_missing_letter_shows_in_the_number_of_letters() {
        for (length, is_cut) in (0..=16).zip([0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0]) {
            assert_eq!(decode(&"A".repeat(length)).ok().unwrap().is_cut, is_cut == 1, "{length}");
        }
    }
}
