//! Bytes as text: UTF-8 with or without a byte order mark, or UTF-16 with one, as Windows PowerShell
//! writes it.

use std::ops::Deref;

use crate::secret::{Buffer, Secret};

/// The byte order mark of UTF-8.
pub const MARK: &[u8] = "\u{feff}".as_bytes();

/// The text that bytes stand for, without a byte order mark.
pub struct Text<'a>(EncodingForm<'a>);

enum EncodingForm<'a> {
    Utf8(&'a str),
    Converted(Secret),
}

/// Bytes that are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// Not UTF-8, and without the byte order mark of UTF-16.
    #[error("is not UTF-8 text (line {line})")]
    NotUtf8 {
        /// The line of the first byte that is wrong; the first is 1.
        line: usize,
    },
    /// UTF-16 with half a character in it.
    #[error("is not valid UTF-16 text (line {line})")]
    NotUtf16 {
        /// The line of the first unit that is wrong; the first is 1.
        line: usize,
    },
    /// UTF-32, which no program writes without being asked to.
    #[error("is UTF-32 text; save the file as UTF-8")]
    Utf32,
}

/// Reads bytes as text.
///
/// # Errors
/// The kind of bytes that they are instead.
pub fn decode(bytes: &[u8]) -> Result<Text<'_>, TextError> {
    match bytes {
        // the mark of UTF-16 followed by a zero character: no text begins so
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Err(TextError::Utf32),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
            std::str::from_utf8(bytes)
                .map(|text| Text(EncodingForm::Utf8(text)))
                .map_err(|error| TextError::NotUtf8 { line: line_at(&bytes[..error.valid_up_to()]) })
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Text<'static>, TextError> {
    let mut text = Buffer::with_capacity(bytes.len());
    let mut line = 1;
    let (pairs, odd) = bytes.as_chunks::<2>();
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let c = c.map_err(|_| TextError::NotUtf16 { line })?;
        line += usize::from(c == '\n');
        text.push_char(c);
    }
    let text = text.into_secret().filter(|_| odd.is_empty()).ok_or(TextError::NotUtf16 { line })?;
    Ok(Text(EncodingForm::Converted(text)))
}

fn line_at(before: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', before).count() + 1
}

impl Text<'_> {
    /// Returns the text as a secret of its own.
    #[must_use]
    pub fn into_secret(self) -> Secret {
        match self.0 {
            EncodingForm::Utf8(text) => Secret::from(text),
            EncodingForm::Converted(text) => text,
        }
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            EncodingForm::Utf8(text) => text,
            EncodingForm::Converted(text) => text.expose(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{TextError, decode};

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_text_is_the_same_in_every_encoding() {
        for text in ["", "a", "é\n\u{1f511}\0\u{feff}x\r\n", &"long ".repeat(5000)] {
            for bytes in [
                text.as_bytes().to_vec(),
                format!("\u{feff}{text}").into_bytes(),
                utf16(text, u16::to_le_bytes),
                utf16(text, u16::to_be_bytes),
            ] {
                let Ok(read) = decode(&bytes) else { panic!("{text:.9}") };
                assert_eq!(&*read, text);
                assert_eq!(read.into_secret().expose(), text);
            }
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        for (bytes, error) in [
            (&b"a\n\xffb"[..], TextError::NotUtf8 { line: 2 }),
            (b"\xef\xbb\xbf\xef\xbb", TextError::NotUtf8 { line: 1 }),
            (b"\xff\xfea\0\n\0b", TextError::NotUtf16 { line: 2 }),
            (b"\xfe\xff\xd8\0\0a", TextError::NotUtf16 { line: 1 }),
            (b"\xff\xfe\0\0a\0\0\0", TextError::Utf32),
            (b"\0\0\xfe\xff\0\0\0a", TextError::Utf32),
        ] {
            assert_eq!(decode(bytes).err(), Some(error), "{bytes:?}");
        }
    }
}
