//! Base64 in the standard alphabet, padded: bytes to text and back.
//!
//! Must not know what the bytes mean.

use std::io;

use ::base64::Engine as _;
use ::base64::alphabet;
use ::base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use ::base64::read::DecoderReader;
use ::base64::write::EncoderWriter;
use zeroize::Zeroizing;

use crate::secret::{Secret, wipe_stack};

/// A text that is not base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be base64: the standard alphabet, padded with '=', no blanks or line breaks")]
#[non_exhaustive]
pub struct NotBase64;

/// The base64 engine. Bits behind the last byte may be set: other systems let them pass, and they change
/// nothing.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// Decodes a base64 text into bytes, in memory that is wiped.
///
/// # Errors
/// Characters of another alphabet, blanks, line breaks, or missing padding.
pub fn decode(text: &str) -> Result<Zeroizing<Vec<u8>>, NotBase64> {
    decode_bytes(text.as_bytes())
}

fn decode_bytes(text: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotBase64> {
    // the size is known beforehand: a buffer that grows would leave copies behind
    let mut bytes = Zeroizing::new(vec![0; ::base64::decoded_len_estimate(text.len())]);
    let length = ENGINE.decode_slice(text, &mut bytes).map_err(|_| NotBase64)?;
    bytes.truncate(length);
    Ok(bytes)
}

/// Decodes a base64 text that blanks and line breaks may be in.
///
/// # Errors
/// Characters of another alphabet, or missing padding.
pub fn decode_spaced(text: &str) -> Result<Zeroizing<Vec<u8>>, NotBase64> {
    // most texts have none, and a long one is not copied
    if let Ok(bytes) = decode_bytes(text.as_bytes()) {
        return Ok(bytes);
    }
    let mut bare = Zeroizing::new(Vec::with_capacity(text.len()));
    bare.extend(text.bytes().filter(|byte| !byte.is_ascii_whitespace()));
    decode_bytes(&bare)
}

/// Encodes what `write` writes, piece by piece, and passes the text on.
///
/// # Errors
/// An error of `write`, or of the output at the end.
pub fn encode_into<E: From<io::Error>>(
    out: impl io::Write,
    write: impl FnOnce(&mut dyn io::Write) -> Result<(), E>,
) -> Result<(), E> {
    let mut encoder = EncoderWriter::new(out, &ENGINE);
    let written = write(&mut encoder).and_then(|()| encoder.finish().map(drop).map_err(E::from));
    drop(encoder);
    // the encoder has a part of the bytes on the stack
    wipe_stack();
    written
}

/// Decodes a base64 text as it is read.
#[must_use]
pub fn reader(text: &str) -> impl io::Read {
    reading(text.as_bytes())
}

/// Decodes the base64 that a source gives, as it is read.
pub fn reading(source: impl io::Read) -> impl io::Read {
    DecoderReader::new(source, &ENGINE)
}

/// Encodes bytes as base64.
#[must_use]
pub fn encode(bytes: &[u8]) -> Secret {
    Secret::from(ENGINE.encode(bytes))
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read as _};

    use super::{NotBase64, decode, decode_spaced, encode, encode_into, reader};

    #[test]
    fn bytes_survive_the_way_there_and_back() {
        for length in 0..70_u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37)).collect();
            assert_eq!(decode(encode(&bytes).expose()).unwrap().as_slice(), bytes);
        }
        assert_eq!(encode(b"NetApp123").expose(), "TmV0QXBwMTIz");
    }

    #[test]
    fn a_long_text_is_made_and_read_in_pieces() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|number| number.to_le_bytes()[0]).collect();
        let mut text = Vec::new();
        encode_into::<io::Error>(&mut text, |out| {
            bytes.chunks(777).try_for_each(|piece| out.write_all(piece))
        })
        .unwrap();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(text, encode(&bytes).expose());
        let mut read = Vec::new();
        reader(&text).read_to_end(&mut read).unwrap();
        assert!(read == bytes);
        assert!(reader("YQ==\n").read_to_end(&mut read).is_err());
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["a", "YQ", "YQ===", "YQ==\n", "Y Q==", "-_=="] {
            assert_eq!(decode(text), Err(NotBase64), "{text:?}");
        }
        for text in ["a", "Y Q", "YQ=\n", "-_==", "YQ==\u{a0}"] {
            assert_eq!(decode_spaced(text), Err(NotBase64), "{text:?}");
        }
    }

    #[test]
    fn blanks_and_line_breaks_are_passed_over_where_they_may_be() {
        for text in ["TmV0QXBwMTIz", " TmV0\r\nQXBw\tMTIz\n", "T m V 0 Q X B w M T I z"] {
            assert_eq!(decode_spaced(text).unwrap().as_slice(), b"NetApp123", "{text:?}");
        }
    }
}
