//! The members of the first line that prove the origin of a generation: seal and parents.

use std::fmt;

use hmac::{Hmac, Mac as _};
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::base64;
use crate::digest::ContentDigest;
use crate::hex;
use crate::random::{self, NoRandomness};

/// The most generations that one generation follows.
pub const MAX_PARENTS: usize = 16;
/// The most seals of before that a vault remembers.
pub const MAX_FORMER_SEALS: usize = 16;

/// The bytes of the tag of a value. Two values of a large vault differ in them, and they say less about a weak value
/// than all 32 would.
const TAG: usize = 6;

/// A secret of those who can read the vault, the same in all generations until one of them is shut out.
#[derive(Clone, PartialEq, Eq)]
pub struct Seal(Zeroizing<[u8; 32]>);

impl Seal {
    /// Draws a new seal.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn new() -> Result<Self, NoRandomness> {
        let mut seal = Zeroizing::new([0; 32]);
        random::fill(&mut *seal)?;
        Ok(Self(seal))
    }

    /// Returns the digest, by which a machine knows the seal again.
    #[must_use]
    pub fn digest(&self) -> SealDigest {
        SealDigest(ContentDigest::of(&*self.0))
    }

    /// Returns the tag of a value: 12 hexadecimal digits, the same for equal values of vaults with this seal. Without
    /// the seal, a guess cannot be tested against the tag.
    #[must_use]
    pub fn tag(&self, value: &[u8]) -> String {
        // the key is the seal itself and never its digest, which is in the memory of each machine
        let mut code = keyed(&self.0);
        code.update(b"credctl value tag");
        code.update(value);
        let code = Zeroizing::new(<[u8; 32]>::from(code.finalize().into_bytes()));
        hex::encode(&code[..TAG])
    }
}

/// Begins a keyed digest.
fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    // a key that is filled up with zeros to the length of a block is the same key
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    Hmac::<Sha256>::new((&*block).into())
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(…)")
    }
}

impl Serialize for Seal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(base64::encode(&*self.0).expose())
    }
}

impl<'de> Deserialize<'de> for Seal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SealVisitor;

        impl Visitor<'_> for SealVisitor {
            type Value = Seal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("32 bytes in base64")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Seal, E> {
                let refused = || E::custom("not 32 bytes in base64");
                // 32 bytes have 44 characters
                let bytes = base64::decode(text).ok().filter(|_| text.len() == 44).ok_or_else(refused)?;
                let mut seal = Zeroizing::new([0; 32]);
                if bytes.len() != seal.len() {
                    return Err(refused());
                }
                seal.copy_from_slice(&bytes);
                Ok(Seal(seal))
            }
        }

        deserializer.deserialize_str(SealVisitor)
    }
}

/// The SHA-256 of a seal, by which a machine knows it again. It gives away nothing of the seal, and only somebody who
/// could read the vault knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SealDigest(ContentDigest);

impl SealDigest {
    /// Derives the seal of the bundle of an environment. Readers of the bundle learn nothing of the vault's seal.
    #[must_use]
    pub fn bundle_seal(&self, environment: &str) -> Seal {
        let mut code = keyed(self.0.as_bytes());
        code.update(b"credctl bundle seal");
        code.update(environment.as_bytes());
        Seal(Zeroizing::new(code.finalize().into_bytes().into()))
    }
}

impl Serialize for SealDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SealDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DigestVisitor).map(Self)
    }
}

/// The SHA-256 of the age header of a generation's file. It has a new key and a new nonce for each write, so no
/// two generations have the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GenerationDigest(ContentDigest);

impl GenerationDigest {
    /// Returns the digest of a file by its age header, from the first line to the last.
    #[must_use]
    pub fn of_header(header: &[u8]) -> Self {
        Self(ContentDigest::of(header))
    }
}

impl fmt::Display for GenerationDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for GenerationDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for GenerationDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DigestVisitor).map(Self)
    }
}

struct DigestVisitor;

impl Visitor<'_> for DigestVisitor {
    type Value = ContentDigest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("64 hexadecimal digits")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<ContentDigest, E> {
        ContentDigest::parse(text).ok_or_else(|| E::custom("not 64 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::{GenerationDigest, Seal, SealDigest};

    #[test]
    fn a_seal_is_read_as_it_is_written() {
        let seal = Seal::new().unwrap();
        assert_ne!(seal, Seal::new().unwrap());
        let text = serde_json::to_string(&seal).unwrap();
        assert_eq!(text.len(), 46);
        assert_eq!(serde_json::from_str::<Seal>(&text).unwrap(), seal);
        assert_eq!(format!("{seal:?}"), "Seal(…)");
        for other in ["\"\"", "0", "\"AAAA\"", &text.replace('=', ""), &text.replacen('"', "\" ", 1)] {
            assert!(serde_json::from_str::<Seal>(other).is_err(), "{other}");
        }
    }

    #[test]
    fn the_seal_of_a_bundle_follows_from_that_of_the_vault() {
        let seal = Seal::new().unwrap();
        let bundle = seal.digest().bundle_seal("gw");
        assert_eq!(bundle, seal.digest().bundle_seal("gw"));
        assert_ne!(bundle, seal.digest().bundle_seal("other"));
        assert_ne!(bundle, Seal::new().unwrap().digest().bundle_seal("gw"));
        assert_ne!(bundle, seal);
        // HMAC-SHA256 with the key SHA-256("x") over "credctl bundle seal" and "gw", as another program computes it
        let of_x = SealDigest(super::ContentDigest::of(b"x"));
        let digest = super::ContentDigest::from_bytes(*of_x.bundle_seal("gw").0);
        assert_eq!(digest.to_string(), "16c20f22616ce8a8d66953053746e6cdbc1de77aa15beecb719d19fe28a36a9e");
    }

    #[test]
    fn a_tag_depends_on_the_value_and_on_the_seal() {
        let (seal, other) = (Seal::new().unwrap(), Seal::new().unwrap());
        assert_eq!(seal.tag(b"x"), seal.clone().tag(b"x"));
        assert_ne!(seal.tag(b"x"), seal.tag(b"y"));
        assert_ne!(seal.tag(b"x"), other.tag(b"x"));
        // what a machine remembers of the seal makes no tags
        let digest = super::ContentDigest::of(&*seal.0);
        assert_ne!(Seal(zeroize::Zeroizing::new(*digest.as_bytes())).tag(b"x"), seal.tag(b"x"));
        // HMAC-SHA256 with 32 zeros as key over "credctl value tag" and "x", as another program computes it
        assert_eq!(Seal(zeroize::Zeroizing::new([0; 32])).tag(b"x"), "39891af548b0");
    }

    #[test]
    fn a_generation_has_64_digits() {
        let digest = GenerationDigest::of_header(b"x");
        let text = serde_json::to_string(&digest).unwrap();
        assert_eq!(serde_json::from_str::<GenerationDigest>(&text).unwrap(), digest);
        assert!(serde_json::from_str::<GenerationDigest>(&text.to_uppercase()).is_err());
    }
}
