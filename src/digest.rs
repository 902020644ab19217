//! SHA-256 of bytes, and its text of 64 hexadecimal digits.
//!
//! Must not know what the bytes mean.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::hex;

/// The SHA-256 of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentDigest([u8; 32]);

impl ContentDigest {
    /// Returns the digest of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Takes over a digest that was computed piece by piece.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 small hexadecimal digits, the one form in which a digest is written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.bytes().any(|digit| digit.is_ascii_uppercase()) {
            return None;
        }
        Some(Self(hex::decode(text.as_bytes())?.as_slice().try_into().ok()?))
    }
}

impl fmt::Display for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentDigest({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::ContentDigest;

    #[test]
    fn a_digest_is_written_and_read_in_one_form() {
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let digest = ContentDigest::of(b"abc");
        assert_eq!(digest.to_string(), text);
        assert_eq!(ContentDigest::parse(text), Some(digest));
        assert_eq!(ContentDigest::from_bytes(*digest.as_bytes()), digest);
        for other in [&text[1..], &text.to_uppercase(), &text.replace('b', "g"), &text.replace('b', "é"), ""]
        {
            assert_eq!(ContentDigest::parse(other), None, "{other}");
        }
    }
}
