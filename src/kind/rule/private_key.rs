//! Private keys as PEM text: whether there is exactly one and it can be read, and of what kind.
//!
//! Splits the PEM itself, because every copy of a key made here is wiped. Must not decrypt.

use std::borrow::Cow;

use pkcs8::der::asn1::{ObjectIdentifier, OctetStringRef};
use pkcs8::der::{Decode as _, Reader as _, SliceReader};
use pkcs8::{AlgorithmIdentifierRef, PrivateKeyInfo};
use ssh_key::Algorithm;
use ssh_key::public::KeyData;
use zeroize::Zeroizing;

use super::{Accepted, Fact, Rule, encoding};

/// One PEM private key: PKCS#8, plain or encrypted, PKCS#1, SEC1, DSA or OpenSSH.
pub const PEM_PRIVATE_KEY: Rule =
    Rule { expects: "a private key in PEM", check: |pem| algorithm(pem).map(|_| Accepted::verbatim()) };

/// The same in base64.
pub const ENCODED_PRIVATE_KEY: Rule = Rule {
    expects: "base64 of a private key in PEM",
    check: |base64| encoding::within(base64, PEM_PRIVATE_KEY.check),
};

/// What a PEM private key tells without giving itself away: its algorithm, such as `RSA 2048`,
/// `EC P-256`, `Ed25519` or `encrypted`. Nothing for a text that [`PEM_PRIVATE_KEY`] refuses.
#[must_use]
pub fn facts(pem: &str) -> Vec<Fact> {
    algorithm(pem).map(|text| Fact { name: "algorithm", text }).into_iter().collect()
}

/// The same of a PEM text in base64.
#[must_use]
pub fn encoded_facts(base64: &str) -> Vec<Fact> {
    encoding::within(base64, |pem| Ok(facts(pem))).unwrap_or_default()
}

fn algorithm(pem: &str) -> Result<String, Cow<'static, str>> {
    let blocks = blocks(pem).ok_or("must be PEM: a block is damaged or cut off")?;
    let (keys, others): (Vec<_>, Vec<_>) =
        blocks.iter().partition(|block| block.label.ends_with("PRIVATE KEY"));
    // openssl writes the curve, or the group, in a block of its own before a new key
    if others.iter().any(|block| !matches!(block.label, "EC PARAMETERS" | "DSA PARAMETERS")) {
        return Err("must contain nothing but a private key in PEM".into());
    }
    match keys.as_slice() {
        [] => Err("must contain a private key in PEM (-----BEGIN PRIVATE KEY-----)".into()),
        [key] => key.algorithm().ok_or_else(|| {
            "must be a private key of a known form (PKCS#8, RSA, EC, DSA, OpenSSH) that is not damaged".into()
        }),
        _ => Err("must contain exactly one private key".into()),
    }
}

/// The label and the bytes of the one private key in a PEM text, if it is not encrypted.
pub(super) fn readable(pem: &str) -> Option<(String, Zeroizing<Vec<u8>>)> {
    let blocks = blocks(pem)?;
    let mut keys = blocks.iter().filter(|block| block.label.ends_with("PRIVATE KEY"));
    let (Some(key), None) = (keys.next(), keys.next()) else { return None };
    let (headers, body) = key.headers_and_body();
    if !headers.is_empty() || key.label.starts_with("ENCRYPTED") {
        return None;
    }
    Some((key.label.to_owned(), join(body)?))
}

/// The lines between a `BEGIN` and an `END` line.
struct Block<'a> {
    label: &'a str,
    lines: Vec<&'a str>,
}

/// Splits a text into its PEM blocks; text around them is passed over.
fn blocks(text: &str) -> Option<Vec<Block<'_>>> {
    let mut blocks = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for line in text.lines().map(str::trim) {
        if let Some(label) = label(line, "-----BEGIN ") {
            if open.is_some() {
                return None;
            }
            open = Some(Block { label, lines: Vec::new() });
        } else if let Some(label) = label(line, "-----END ") {
            blocks.push(open.take().filter(|block| block.label == label)?);
        } else if let Some(block) = &mut open {
            block.lines.push(line);
        }
    }
    open.is_none().then_some(blocks)
}

fn label<'a>(line: &'a str, opening: &str) -> Option<&'a str> {
    line.strip_prefix(opening)?.strip_suffix("-----")
}

impl Block<'_> {
    /// Reads the key and names its algorithm.
    fn algorithm(&self) -> Option<String> {
        let (headers, body) = self.headers_and_body();
        let der = join(body)?;
        if headers.iter().any(|header| header.starts_with("Proc-Type:") && header.contains("ENCRYPTED")) {
            let name = self.label.strip_suffix(" PRIVATE KEY")?;
            return matches!(name, "RSA" | "EC" | "DSA").then(|| format!("{name}, encrypted"));
        }
        match self.label {
            "PRIVATE KEY" => pkcs8(&der),
            "ENCRYPTED PRIVATE KEY" => encrypted_pkcs8(&der),
            "RSA PRIVATE KEY" => rsa("RSA", &der),
            "EC PRIVATE KEY" => sec1(&der, None),
            "DSA PRIVATE KEY" => Some("DSA".to_owned()),
            "OPENSSH PRIVATE KEY" => openssh(&der),
            _ => None,
        }
    }

    /// Headers are only there in the old form, and end with an empty line.
    fn headers_and_body(&self) -> (&[&str], &[&str]) {
        let has_headers = self.lines.first().is_some_and(|line| line.contains(':'));
        let count = self.lines.iter().take_while(|line| has_headers && !line.is_empty()).count();
        self.lines.split_at(count)
    }
}

/// The bytes of a body: base64 on any number of lines, at least one byte.
fn join(lines: &[&str]) -> Option<Zeroizing<Vec<u8>>> {
    let mut base64 = Zeroizing::new(String::with_capacity(lines.iter().map(|line| line.len()).sum()));
    for line in lines {
        base64.push_str(line);
    }
    encoding::decode(&base64).ok().filter(|der| !der.is_empty())
}

fn pkcs8(der: &[u8]) -> Option<String> {
    let info = PrivateKeyInfo::from_der(der).ok()?;
    let octets =
        |length| OctetStringRef::from_der(info.private_key).is_ok_and(|key| key.as_bytes().len() == length);
    let fixed = |name: &str, length| octets(length).then(|| name.to_owned());
    let oid = info.algorithm.oid.to_string();
    match oid.as_str() {
        "1.2.840.113549.1.1.1" => rsa("RSA", info.private_key),
        "1.2.840.113549.1.1.10" => rsa("RSA-PSS", info.private_key),
        "1.2.840.10045.2.1" => sec1(info.private_key, info.algorithm.parameters_oid().ok()),
        "1.3.101.110" => fixed("X25519", 32),
        "1.3.101.111" => fixed("X448", 56),
        "1.3.101.112" => fixed("Ed25519", 32),
        "1.3.101.113" => fixed("Ed448", 57),
        "1.2.840.10040.4.1" => Some("DSA".to_owned()),
        _ => Some(oid),
    }
}

/// Reads the frame around the encrypted key. The ways to encrypt one are many and some of them
/// old, so which it is does not matter.
fn encrypted_pkcs8(der: &[u8]) -> Option<String> {
    let mut reader = SliceReader::new(der).ok()?;
    let has_data = reader.sequence(|inner| {
        AlgorithmIdentifierRef::decode(inner)?;
        Ok(!OctetStringRef::decode(inner)?.is_empty())
    });
    (reader.finish(has_data.ok()?).ok()?).then(|| "encrypted".to_owned())
}

fn rsa(name: &str, der: &[u8]) -> Option<String> {
    let key = pkcs1::RsaPrivateKey::from_der(der).ok()?;
    Some(format!("{name} {}", bits(key.modulus.as_bytes())))
}

fn sec1(der: &[u8], curve: Option<ObjectIdentifier>) -> Option<String> {
    let key = sec1::EcPrivateKey::from_der(der).ok().filter(|key| !key.private_key.is_empty())?;
    let curve = curve.or_else(|| key.parameters.and_then(sec1::EcParameters::named_curve));
    let Some(oid) = curve.map(|oid| oid.to_string()) else { return Some("EC".to_owned()) };
    let name = match oid.as_str() {
        "1.3.132.0.33" => "P-224",
        "1.2.840.10045.3.1.7" => "P-256",
        "1.3.132.0.34" => "P-384",
        "1.3.132.0.35" => "P-521",
        "1.3.132.0.10" => "secp256k1",
        other => other,
    };
    Some(format!("EC {name}"))
}

fn openssh(bytes: &[u8]) -> Option<String> {
    let key = ssh_key::PrivateKey::from_bytes(bytes).ok()?;
    let name = match key.public_key().key_data() {
        KeyData::Rsa(rsa) => format!("RSA {}", bits(rsa.n.as_positive_bytes()?)),
        data => match data.algorithm() {
            Algorithm::Dsa => "DSA".to_owned(),
            Algorithm::Ecdsa { curve } => curve.as_str().replace("nistp", "EC P-"),
            Algorithm::Ed25519 => "Ed25519".to_owned(),
            other => other.to_string(),
        },
    };
    Some(if key.is_encrypted() { format!("{name}, encrypted") } else { name })
}

/// Length of a big-endian number in bits.
fn bits(number: &[u8]) -> usize {
    let first = number.iter().position(|byte| *byte != 0);
    first.map_or(0, |first| (number.len() - first) * 8 - number[first].leading_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use pkcs8::PrivateKeyInfo;
    use pkcs8::der::Decode as _;

    use super::super::encoding::{decode, encode};
    use super::super::text::tests::judges;
    use super::{ENCODED_PRIVATE_KEY, Fact, PEM_PRIVATE_KEY, bits, encoded_facts, facts};

    const RSA: &str = include_str!("testdata/rsa_pkcs8.pem");
    const EC: &str = include_str!("testdata/ec_pkcs8.pem");
    const EC_LEGACY: &str = include_str!("testdata/ec_legacy_encrypted.pem");
    const ED25519: &str = include_str!("testdata/ed25519_pkcs8.pem");
    const SSH: &str = include_str!("testdata/openssh_ed25519.pem");
    const CERTIFICATE: &str = include_str!("testdata/certificate.pem");

    fn pem(label: &str, der: &[u8]) -> String {
        format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", encode(der).expose())
    }

    fn der(pem: &str) -> Vec<u8> {
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        decode(&body).unwrap().to_vec()
    }

    /// The key inside a PKCS#8 key: PKCS#1 for RSA, SEC1 for EC.
    fn inner(pkcs8: &str) -> Vec<u8> {
        PrivateKeyInfo::from_der(&der(pkcs8)).unwrap().private_key.to_vec()
    }

    #[test]
    fn keys_of_every_form_are_read_and_named() {
        for (pem, name) in [
            (RSA, "RSA 2048"),
            (&pem("RSA PRIVATE KEY", &inner(RSA)), "RSA 2048"),
            (EC, "EC P-256"),
            (include_str!("testdata/ec_sec1_with_parameters.pem"), "EC P-256"),
            (&pem("EC PRIVATE KEY", &inner(EC)), "EC"),
            (EC_LEGACY, "EC, encrypted"),
            (&EC_LEGACY.replace('\n', "\r\n"), "EC, encrypted"),
            (include_str!("testdata/ec_pkcs8_encrypted.pem"), "encrypted"),
            (include_str!("testdata/ec_pkcs12_encrypted.pem"), "encrypted"),
            (ED25519, "Ed25519"),
            (&format!("Bag Attributes\n  friendlyName: x\n\n{ED25519}\ntrailing"), "Ed25519"),
            (SSH, "Ed25519"),
            (include_str!("testdata/openssh_ed25519_encrypted.pem"), "Ed25519, encrypted"),
            (include_str!("testdata/openssh_ecdsa.pem"), "EC P-256"),
            (&pem("DSA PRIVATE KEY", b"anything"), "DSA"),
        ] {
            let base64 = encode(pem.as_bytes());
            judges(&PEM_PRIVATE_KEY, &[pem], &[base64.expose()]);
            judges(&ENCODED_PRIVATE_KEY, &[base64.expose()], &[pem]);
            assert_eq!(facts(pem), [Fact { name: "algorithm", text: name.to_owned() }]);
            assert_eq!(encoded_facts(base64.expose()), facts(pem));
        }
    }

    fn refuses(text: &str) {
        judges(&PEM_PRIVATE_KEY, &[], &[text]);
        judges(&ENCODED_PRIVATE_KEY, &[], &[encode(text.as_bytes()).expose()]);
        assert_eq!(facts(text), []);
    }

    #[test]
    fn what_is_not_one_key_is_refused() {
        for text in ["", "hello", CERTIFICATE] {
            refuses(text);
        }
        judges(&ENCODED_PRIVATE_KEY, &[], &["", "/w==", "hello"]);
        for second in [CERTIFICATE, EC, SSH] {
            refuses(&format!("{second}{EC}"));
        }
        for label in
            ["PUBLIC", "SECRET PRIVATE", "RSA PRIVATE", "EC PRIVATE", "OPENSSH PRIVATE", "ENCRYPTED PRIVATE"]
        {
            refuses(&EC.replace("PRIVATE", label));
        }
        refuses(&SSH.replace("OPENSSH PRIVATE", "PRIVATE"));
        refuses(&EC_LEGACY.replace("EC PRIVATE", "PRIVATE"));
    }

    #[test]
    fn damaged_keys_are_refused() {
        let end = "-----END PRIVATE KEY-----";
        for (part, other) in
            [(end, ""), (end, "-----END X-----"), ("BEGIN", "START"), ("\n", " "), ("MI", "!!")]
        {
            refuses(&EC.replace(part, other));
        }
        refuses(&format!("-----BEGIN PRIVATE KEY-----\n{EC}"));
        refuses(&pem("PRIVATE KEY", &der(RSA)[..der(RSA).len() - 1]));
        refuses(&pem("PRIVATE KEY", &inner(RSA)));
        refuses(&pem("RSA PRIVATE KEY", &[inner(RSA).as_slice(), &[0]].concat()));
        refuses(&pem("ENCRYPTED PRIVATE KEY", b"hello"));
        refuses(&pem("DSA PRIVATE KEY", b""));
        // well-formed but for a seed of 29 bytes
        let short = [&[0x30, 0x2b][..], &der(ED25519)[2..12], &[4, 31, 4, 29], &[7; 29]].concat();
        refuses(&pem("PRIVATE KEY", &short));
        let whole = [&[0x30, 0x2e][..], &der(ED25519)[2..12], &[4, 34, 4, 32], &[7; 32]].concat();
        judges(&PEM_PRIVATE_KEY, &[&pem("PRIVATE KEY", &whole)], &[]);
    }

    #[test]
    fn leading_zeros_do_not_count() {
        for (number, count) in [(&[][..], 0), (&[0], 0), (&[1], 1), (&[0, 128, 0], 16), (&[127, 0], 15)] {
            assert_eq!(bits(number), count);
        }
    }
}
