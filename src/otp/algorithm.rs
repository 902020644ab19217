//! The hash functions of one-time passwords, and the number that RFC 4226 takes out of a hash.

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use super::error::SeedError;
use crate::secret::wipe_stack;

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Algorithm {
    /// SHA-1, which is meant where nothing is said.
    #[default]
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// Parses a name as programs write it: `SHA1`, `sha-256`, `HmacSHA512`.
    ///
    /// # Errors
    /// [`SeedError::Algorithm`].
    pub fn parse(name: &str) -> Result<Self, SeedError> {
        let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let plain = plain.to_ascii_uppercase();
        match plain.strip_prefix("HMAC").unwrap_or(&plain) {
            "SHA1" | "SHA" => Ok(Self::Sha1),
            "SHA256" => Ok(Self::Sha256),
            "SHA512" => Ok(Self::Sha512),
            _ => Err(SeedError::Algorithm),
        }
    }

    /// Returns the name that addresses have.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        }
    }

    /// Returns the number of 31 bits for a value of the moving factor.
    pub(super) fn number(self, seed: &[u8], factor: u64) -> u32 {
        let factor = factor.to_be_bytes();
        let hash = match self {
            Self::Sha1 => hash::<Hmac<Sha1>>(seed, &factor),
            Self::Sha256 => hash::<Hmac<Sha256>>(seed, &factor),
            Self::Sha512 => hash::<Hmac<Sha512>>(seed, &factor),
        };
        // the hash functions leave their key on the stack
        wipe_stack();
        truncated(&hash)
    }
}

fn hash<M: Mac + KeyInit>(seed: &[u8], message: &[u8]) -> Zeroizing<Vec<u8>> {
    // HMAC takes a key of any length
    let mac = <M as Mac>::new_from_slice(seed)
        .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec());
    Zeroizing::new(mac.unwrap_or_default())
}

/// Takes four bytes out of a hash, from the place that its last byte names. Every hash has 20 bytes or more.
fn truncated(hash: &[u8]) -> u32 {
    let place = hash.last().map_or(0, |last| usize::from(last & 0xF));
    let bytes = hash.get(place..).and_then(<[u8]>::first_chunk::<4>);
    bytes.map_or(0, |bytes| u32::from_be_bytes(*bytes) & 0x7FFF_FFFF)
}

#[cfg(test)]
mod tests {
    use super::Algorithm;

    #[test]
    fn names_are_read_in_every_spelling() {
        for (name, algorithm) in [
            ("SHA1", Algorithm::Sha1),
            ("sha-1", Algorithm::Sha1),
            ("HMAC-SHA-1", Algorithm::Sha1),
            ("HmacSHA256", Algorithm::Sha256),
            ("sha_512", Algorithm::Sha512),
        ] {
            assert_eq!(Algorithm::parse(name).ok(), Some(algorithm), "{name}");
            assert_eq!(Algorithm::parse(algorithm.name()).ok(), Some(algorithm));
        }
        for name in ["", "MD5", "SHA2", "SHA224", "SHA384", "HMAC"] {
            assert!(Algorithm::parse(name).is_err(), "{name}");
        }
    }

    /// The intermediate values of RFC 4226, appendix D.
    #[test]
    fn the_numbers_of_rfc_4226() {
        let numbers = [
            1_284_755_224,
            1_094_287_082,
            137_359_152,
            1_726_969_429,
            1_640_338_314,
            868_254_676,
            1_918_287_922,
            82_162_583,
            673_399_871,
            645_520_489,
        ];
        for (counter, number) in (0..).zip(numbers) {
            assert_eq!(Algorithm::Sha1.number(b"12345678901234567890", counter), number);
        }
    }
}
