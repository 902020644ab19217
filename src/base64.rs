//! Base64 in the standard alphabet, padded: bytes to text and back.
//!
//! Must not know what the bytes mean.

use ::base64::Engine as _;
use ::base64::alphabet;
use ::base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use crate::secret::Secret;

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
    // the size is known beforehand: a buffer that grows would leave copies behind
    let mut bytes = Zeroizing::new(vec![0; ::base64::decoded_len_estimate(text.len())]);
    let length = ENGINE.decode_slice(text, &mut bytes).map_err(|_| NotBase64)?;
    bytes.truncate(length);
    Ok(bytes)
}

/// Encodes bytes as base64.
#[must_use]
pub fn encode(bytes: &[u8]) -> Secret {
    Secret::from(ENGINE.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::{NotBase64, decode, encode};

    #[test]
    fn bytes_survive_the_way_there_and_back() {
        for length in 0..70_u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37)).collect();
            assert_eq!(decode(encode(&bytes).expose()).unwrap().as_slice(), bytes);
        }
        assert_eq!(encode(b"NetApp123").expose(), "TmV0QXBwMTIz");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["a", "YQ", "YQ===", "YQ==\n", "Y Q==", "-_=="] {
            assert_eq!(decode(text), Err(NotBase64), "{text:?}");
        }
    }
}
