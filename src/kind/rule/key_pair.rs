//! The comparison of a private key with a certificate: they belong together if their public parts are the same.

use p256::elliptic_curve::sec1::ToEncodedPoint as _;

use super::der::{Der, dotted};
use super::key_form::{Curve, KeyForm};
use super::{certificate, private_key};
use crate::digest::ContentDigest;

/// The public part of a key, as far as two of them can be compared.
#[derive(PartialEq, Eq)]
enum Public {
    /// The modulus, without leading zeros.
    Rsa(Vec<u8>),
    /// The point of an elliptic curve, uncompressed.
    Point(Vec<u8>),
    Ed25519([u8; 32]),
}

/// Returns true if a private key in PEM belongs to the first certificate of a PEM text. Returns `None` if this
/// cannot be told: the key is encrypted, or one of the two is unreadable or of an algorithm unknown here.
#[must_use]
pub fn belong_together(certificate: &str, key: &str) -> Option<bool> {
    Some(of_certificate(certificate)? == of_key(key)?)
}

/// Returns the digest of the public part of a private key in PEM, or `None` if the public part cannot be told.
pub(crate) fn public_digest(key: &str) -> Option<ContentDigest> {
    of_key(key).map(|public| ContentDigest::of(public.bytes()))
}

/// Returns the digest of the public key in the first certificate of a PEM text, or `None` if the public key
/// cannot be told. The digest equals the [`public_digest`] of the private key.
pub(crate) fn certified_digest(certificate: &str) -> Option<ContentDigest> {
    of_certificate(certificate).map(|public| ContentDigest::of(public.bytes()))
}

impl Public {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Rsa(bytes) | Self::Point(bytes) => bytes,
            Self::Ed25519(bytes) => bytes,
        }
    }
}

fn of_certificate(pem: &str) -> Option<Public> {
    certificate::public_key(pem, |algorithm, bits| match dotted(algorithm).as_str() {
        "1.2.840.113549.1.1.1" => modulus(Der(bits).sequence()?.integer()?),
        "1.2.840.10045.2.1" => point(bits),
        "1.3.101.112" => bits.try_into().ok().map(Public::Ed25519),
        _ => None,
    })
}

fn of_key(pem: &str) -> Option<Public> {
    let (label, der) = private_key::readable(pem)?;
    match KeyForm::read(label, &der)? {
        KeyForm::Rsa { modulus: bytes, .. } => modulus(bytes),
        KeyForm::Ec { public: Some(bits), .. } => point(bits),
        KeyForm::Ec { curve, private, public: None } => computed(&curve?, private),
        KeyForm::Ed25519(seed) => {
            let key = ed25519_dalek::SigningKey::from_bytes(seed.try_into().ok()?);
            Some(Public::Ed25519(key.verifying_key().to_bytes()))
        }
        KeyForm::Dsa | KeyForm::Fixed(_) | KeyForm::Other(_) => None,
    }
}

/// Computes the public point of a key that does not contain it.
fn computed(curve: &Curve, private: &[u8]) -> Option<Public> {
    let point = match curve.name.as_str() {
        "P-256" => {
            let key = p256::SecretKey::from_slice(private).ok()?;
            key.public_key().to_encoded_point(false).as_bytes().to_vec()
        }
        "P-384" => {
            let key = p384::SecretKey::from_slice(private).ok()?;
            key.public_key().to_encoded_point(false).as_bytes().to_vec()
        }
        _ => return None,
    };
    Some(Public::Point(point))
}

fn modulus(bytes: &[u8]) -> Option<Public> {
    let start = bytes.iter().position(|byte| *byte != 0)?;
    Some(Public::Rsa(bytes[start..].to_vec()))
}

/// Returns a point if it is uncompressed (it begins with 4). Only such points can be compared as they stand.
fn point(bits: &[u8]) -> Option<Public> {
    (bits.first() == Some(&4)).then(|| Public::Point(bits.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::belong_together;

    const CERTIFICATE: &str = include_str!("testdata/certificate.pem");
    const OTHER: &str = include_str!("testdata/ec_pkcs8.pem");

    #[test]
    fn a_key_belongs_to_its_own_certificate_only() {
        for (certificate, key) in [
            (include_str!("testdata/pair_rsa.crt.pem"), include_str!("testdata/pair_rsa.key.pem")),
            (include_str!("testdata/pair_ec.crt.pem"), include_str!("testdata/pair_ec.key.pem")),
            (include_str!("testdata/pair_ed25519.crt.pem"), include_str!("testdata/pair_ed25519.key.pem")),
        ] {
            assert_eq!(belong_together(certificate, key), Some(true));
            assert_eq!(belong_together(certificate, OTHER), Some(false));
            assert_eq!(belong_together(CERTIFICATE, key), Some(false));
        }
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        for key in [
            "",
            CERTIFICATE,
            include_str!("testdata/ec_pkcs8_encrypted.pem"),
            include_str!("testdata/openssh_ed25519.pem"),
        ] {
            assert_eq!(belong_together(CERTIFICATE, key), None);
        }
        assert_eq!(belong_together(OTHER, OTHER), None);
    }
}
