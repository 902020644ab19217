//! Private keys in DER: PKCS#8, PKCS#1, SEC1 and OpenSSL's form of DSA.
//!
//! This file checks that all parts of a key are there and fit together. It computes nothing.

use super::der::{Der, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, dotted, explicit};

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const DSA: &str = "1.2.840.10040.4.1";
const EC: &str = "1.2.840.10045.2.1";

/// A private key, with the parts by which it is named or compared with others.
pub(super) enum KeyForm<'a> {
    Rsa {
        /// `RSA` or `RSA-PSS`.
        name: &'static str,
        modulus: &'a [u8],
    },
    Ec {
        /// The curve; `None` if its parameters are spelled out.
        curve: Option<Curve>,
        private: &'a [u8],
        /// The public point, if the key contains it.
        public: Option<&'a [u8]>,
    },
    Dsa,
    /// A key of Ed25519, by its seed.
    Ed25519(&'a [u8]),
    /// A key of X25519, X448 or Ed448, by the name of its algorithm.
    Fixed(&'static str),
    /// A key of another algorithm, by its object identifier.
    Other(String),
}

/// A curve by its name, or else its object identifier.
pub(super) struct Curve {
    pub name: String,
    /// Length of its numbers in bytes, if it is known.
    size: Option<usize>,
}

impl<'a> KeyForm<'a> {
    /// Reads a key by the label of its block. PKCS#8 is also read under the label of its algorithm, because
    /// some programs write it so.
    pub fn read(label: &str, der: &'a [u8]) -> Option<Self> {
        let wrapped = || pkcs8(der);
        match label {
            "PRIVATE KEY" => wrapped(),
            "RSA PRIVATE KEY" => {
                rsa("RSA", der).or_else(|| wrapped().filter(|key| matches!(key, Self::Rsa { .. })))
            }
            // SM2 is a curve; the label is that of `openssl ec`
            "EC PRIVATE KEY" | "SM2 PRIVATE KEY" => {
                sec1(der, None).or_else(|| wrapped().filter(|key| matches!(key, Self::Ec { .. })))
            }
            "DSA PRIVATE KEY" => dsa(der).or_else(|| wrapped().filter(|key| matches!(key, Self::Dsa))),
            _ => None,
        }
    }

    /// Returns the algorithm with the size of the key or the name of its curve.
    pub fn describe(self) -> String {
        match self {
            Self::Rsa { name, modulus } => format!("{name} {}", bits(modulus)),
            Self::Ec { curve: Some(curve), .. } => format!("EC {}", curve.name),
            Self::Ec { curve: None, .. } => "EC with explicit parameters".to_owned(),
            Self::Dsa => "DSA".to_owned(),
            Self::Ed25519(_) => "Ed25519".to_owned(),
            Self::Fixed(name) => name.to_owned(),
            Self::Other(identifier) => identifier,
        }
    }
}

/// Returns the algorithm of a public key with its size or the name of its curve, from its object identifier,
/// the parameters beside that, and the key.
pub(super) fn describe_public(algorithm: &[u8], parameters: &[u8], key: &[u8]) -> String {
    let rsa = |name| {
        let modulus = Der(key).sequence().and_then(|mut numbers| numbers.integer());
        modulus.map_or_else(|| name_of(name), |modulus| format!("{name} {}", bits(modulus)))
    };
    let name_of_curve = || Some(Curve::of(&dotted(Der(parameters).object_identifier()?)).name);
    match dotted(algorithm).as_str() {
        RSA => rsa("RSA"),
        RSA_PSS => rsa("RSA-PSS"),
        EC => name_of_curve()
            .map_or_else(|| "EC with explicit parameters".to_owned(), |name| format!("EC {name}")),
        DSA => name_of("DSA"),
        "1.3.101.112" => name_of("Ed25519"),
        "1.3.101.113" => name_of("Ed448"),
        other => name_of(other),
    }
}

fn name_of(algorithm: &str) -> String {
    algorithm.to_owned()
}

/// Returns true if the frame is that of an encrypted key. Any way of encryption is accepted, because there are
/// many, and some of them are old.
pub(super) fn is_encrypted(der: &[u8]) -> bool {
    let read = || {
        let mut outer = Der(der);
        let mut inner = outer.sequence()?;
        outer.end()?;
        inner.algorithm()?;
        let data = inner.take(OCTET_STRING)?;
        inner.end()?;
        Some(!data.is_empty())
    };
    read().unwrap_or_default()
}

fn pkcs8(der: &[u8]) -> Option<KeyForm<'_>> {
    let mut outer = Der(der);
    let mut inner = outer.sequence()?;
    outer.end()?;
    inner.integer().filter(|version| matches!(version, [0 | 1]))?;
    let (identifier, mut parameters) = inner.algorithm()?;
    let key = inner.take(OCTET_STRING).filter(|key| !key.is_empty())?;
    // attributes, and the public key in the second version
    while !inner.0.is_empty() {
        inner.next().filter(|field| matches!(field.tag, 0xA0 | 0x81 | 0xA1))?;
    }
    let octets = |length| Der(key).take(OCTET_STRING).filter(|key| key.len() == length);
    let fixed = |name, length| octets(length).map(|_| KeyForm::Fixed(name));
    match dotted(identifier).as_str() {
        RSA => rsa("RSA", key),
        RSA_PSS => rsa("RSA-PSS", key),
        EC => sec1(key, Some(parameters.0)),
        DSA => {
            let mut group = parameters.sequence()?;
            (numbers(&mut group, 3) && is_number(key)).then_some(KeyForm::Dsa)
        }
        "1.3.101.110" => fixed("X25519", 32),
        "1.3.101.111" => fixed("X448", 56),
        "1.3.101.112" => octets(32).map(KeyForm::Ed25519),
        "1.3.101.113" => fixed("Ed448", 57),
        identifier => Some(KeyForm::Other(identifier.to_owned())),
    }
}

fn rsa<'a>(name: &'static str, der: &'a [u8]) -> Option<KeyForm<'a>> {
    let mut outer = Der(der);
    let mut inner = outer.sequence()?;
    outer.end()?;
    let _version = inner.integer()?;
    let modulus = inner.integer().filter(|modulus| bits(modulus) > 0)?;
    // public and private exponent, the primes, and what is computed of them
    (0..7).all(|_| inner.integer().is_some()).then_some(KeyForm::Rsa { name, modulus })
}

/// Reads a key of DSA: six numbers, of which the last is the private one.
fn dsa(der: &[u8]) -> Option<KeyForm<'_>> {
    let mut outer = Der(der);
    let mut inner = outer.sequence()?;
    outer.end()?;
    let _version = inner.integer()?;
    (numbers(&mut inner, 5) && inner.end().is_some()).then_some(KeyForm::Dsa)
}

/// Returns true if `count` positive numbers follow.
fn numbers(der: &mut Der<'_>, count: usize) -> bool {
    (0..count).all(|_| der.integer().is_some_and(|number| bits(number) > 0 && number[0] & 0x80 == 0))
}

fn is_number(der: &[u8]) -> bool {
    let mut der = Der(der);
    numbers(&mut der, 1) && der.end().is_some()
}

/// Reads a key of an elliptic curve. `around` are the parameters beside the algorithm of PKCS#8. Parameters
/// inside the key win over them, as they do with OpenSSL.
fn sec1<'a>(der: &'a [u8], around: Option<&'a [u8]>) -> Option<KeyForm<'a>> {
    let mut outer = Der(der);
    let mut inner = outer.sequence()?;
    outer.end()?;
    let _version = inner.integer()?;
    let private = inner.take(OCTET_STRING).filter(|private| bits(private) > 0)?;
    let own = inner.take(explicit(0));
    let public = match inner.take(explicit(1)) {
        Some(public) => Some(Der(public).bits()?),
        None => None,
    };
    inner.end()?;
    let parameters = own.or(around)?;
    let curve = match *parameters.first()? {
        OBJECT_IDENTIFIER => Some(Curve::of(&dotted(Der(parameters).object_identifier()?))),
        SEQUENCE => {
            is_spelled_out(parameters)?;
            None
        }
        _ => return None,
    };
    let size = curve.as_ref().and_then(|curve| curve.size);
    let is_point = |point: &[u8], size: usize| match point.first() {
        Some(4 | 6 | 7) => point.len() == 2 * size + 1,
        Some(2 | 3) => point.len() == size + 1,
        _ => false,
    };
    let fits = public.zip(size).is_none_or(|(point, size)| is_point(point, size));
    fits.then_some(KeyForm::Ec { curve, private, public })
}

/// Checks the parameters of a curve: version, field, coefficients, base point and order.
fn is_spelled_out(parameters: &[u8]) -> Option<()> {
    let mut inner = Der(parameters).sequence()?;
    inner.integer()?;
    inner.sequence()?.object_identifier()?;
    let mut coefficients = inner.sequence()?;
    coefficients.take(OCTET_STRING).and(coefficients.take(OCTET_STRING))?;
    inner.take(OCTET_STRING)?;
    numbers(&mut inner, 1).then_some(())
}

impl Curve {
    fn of(identifier: &str) -> Self {
        let (name, size) = match identifier {
            "1.3.132.0.33" => ("P-224", Some(28)),
            "1.2.840.10045.3.1.1" => ("P-192", Some(24)),
            "1.2.840.10045.3.1.7" => ("P-256", Some(32)),
            "1.3.132.0.34" => ("P-384", Some(48)),
            "1.3.132.0.35" => ("P-521", Some(66)),
            "1.3.132.0.10" => ("secp256k1", Some(32)),
            "1.2.156.10197.1.301" => ("SM2", Some(32)),
            "1.3.36.3.3.2.8.1.1.7" => ("brainpoolP256r1", Some(32)),
            "1.3.36.3.3.2.8.1.1.11" => ("brainpoolP384r1", Some(48)),
            "1.3.36.3.3.2.8.1.1.13" => ("brainpoolP512r1", Some(64)),
            other => (other, None),
        };
        Self { name: name.to_owned(), size }
    }
}

/// Returns the length of a big-endian number in bits.
pub(super) fn bits(number: &[u8]) -> usize {
    let first = number.iter().position(|byte| *byte != 0);
    first.map_or(0, |first| (number.len() - first) * 8 - number[first].leading_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::bits;

    #[test]
    fn leading_zeros_do_not_count() {
        for (number, count) in [(&[][..], 0), (&[0], 0), (&[1], 1), (&[0, 128, 0], 16), (&[127, 0], 15)] {
            assert_eq!(bits(number), count);
        }
    }
}
