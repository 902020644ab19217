//! Private keys as PEM text: the rule that there is exactly one that can be read, and its algorithm.
//!
//! This file must not decrypt. Every copy of a key made here is wiped.

use std::borrow::Cow;

use ssh_key::public::KeyData;
use ssh_key::{Algorithm, HashAlg};
use zeroize::Zeroizing;

use super::definition::{Accepted, Rule};
use super::encoding;
use super::fact::{Fact, FactReader};
use super::key_form::{KeyForm, bits, is_encrypted};
use super::pem::{Block, Pem};

/// One PEM private key: PKCS#8, plain or encrypted, PKCS#1, SEC1, DSA or OpenSSH.
pub const PEM_PRIVATE_KEY: Rule = Rule::new("pem-private-key", "a private key in PEM", &check);

/// A private key with which `ssh` logs in, in any form that [`PEM_PRIVATE_KEY`] takes.
pub const SSH_KEY: Rule = Rule::new("ssh-key", "a private key for SSH, OpenSSH or PEM", &check);

/// The reader of the facts of a key in PEM.
pub const READER: FactReader = FactReader {
    name: "private-key",
    names: &["algorithm"],
    facts,
    details: Some(details),
    repeats_field: false,
};

/// [`PEM_PRIVATE_KEY`] in base64.
pub const ENCODED_PRIVATE_KEY: Rule =
    Rule::new("encoded-private-key", "base64 of a private key in PEM", &|base64| {
        encoding::judged(base64, check).map_err(|reason| encoding::der(base64, "pkey").unwrap_or(reason))
    });

/// Returns the algorithm of a PEM private key, such as `RSA 2048`, `EC P-256`, `Ed25519` or `encrypted`, and no
/// other fact of it. Returns nothing for a text that [`PEM_PRIVATE_KEY`] refuses.
#[must_use]
pub fn facts(pem: &str) -> Vec<Fact> {
    let algorithm = Pem::split(pem).and_then(|pem| algorithm(&pem));
    algorithm.map(|text| Fact { name: "algorithm", text }).into_iter().collect()
}

/// Returns what people want to know of a key beside the [`facts`]: the fingerprint of an OpenSSH key, which even
/// an encrypted one tells.
#[must_use]
pub fn details(pem: &str) -> Vec<Fact> {
    let fingerprint = || {
        let pem = Pem::split(pem).ok()?;
        let key = pem.blocks.iter().find(|block| block.label == "OPENSSH PRIVATE KEY")?;
        let key = ssh_key::PrivateKey::from_bytes(&key.bytes()?).ok()?;
        Some(key.public_key().fingerprint(HashAlg::Sha256).to_string())
    };
    fingerprint().map(|text| Fact { name: "fingerprint", text }).into_iter().collect()
}

/// Returns the [`facts`] of a PEM text in base64.
#[must_use]
pub fn encoded_facts(base64: &str) -> Vec<Fact> {
    encoding::within(base64, |pem| Ok(facts(pem))).unwrap_or_default()
}

fn check(text: &str) -> Result<Accepted, Cow<'static, str>> {
    let pem = Pem::split(text)?;
    algorithm(&pem)?;
    let warning =
        pem.loses_text().then_some("only the key itself is stored, because OpenSSH reads no text before it");
    Ok(Accepted { normalised: pem.tidied(text), warning: warning.map(Cow::from) })
}

fn algorithm(pem: &Pem<'_>) -> Result<String, Cow<'static, str>> {
    let (keys, others): (Vec<_>, Vec<_>) =
        pem.blocks.iter().partition(|block| block.label.ends_with("PRIVATE KEY"));
    // openssl writes the curve, or the group, in a block of its own before a new key
    if others
        .iter()
        .any(|block| !matches!(block.label, "EC PARAMETERS" | "DSA PARAMETERS" | "SM2 PARAMETERS"))
    {
        return Err("must contain nothing but a private key in PEM".into());
    }
    match keys.as_slice() {
        [] if pem.has_putty_key() => {
            Err("must be PEM, not a key of PuTTY; `puttygen FILE -O private-openssh` converts it".into())
        }
        [] => Err("must contain a private key in PEM (-----BEGIN PRIVATE KEY-----)".into()),
        [key] if !key.has_lines => Err("must be PEM on several lines, as it was written".into()),
        [key] => name(key).ok_or_else(|| {
            "must be a private key of a known form (PKCS#8, RSA, EC, DSA, OpenSSH) that is not damaged".into()
        }),
        _ => Err("must contain exactly one private key".into()),
    }
}

/// Returns the label and the bytes of the only private key in a PEM text, if it is not encrypted.
pub(super) fn readable(pem: &str) -> Option<(&str, Zeroizing<Vec<u8>>)> {
    let pem = Pem::split(pem).ok()?;
    let mut keys = pem.blocks.iter().filter(|block| block.label.ends_with("PRIVATE KEY"));
    let (Some(key), None) = (keys.next(), keys.next()) else { return None };
    if key.headers().next().is_some() || key.label.starts_with("ENCRYPTED") {
        return None;
    }
    Some((key.label, key.bytes()?))
}

/// Names the algorithm of a key that can be read.
fn name(block: &Block<'_>) -> Option<String> {
    let bytes = block.bytes()?;
    let header = |name: &str| block.headers().find_map(|header| header.strip_prefix(name)?.strip_prefix(':'));
    if header("Proc-Type").is_some_and(|kind| kind.contains("ENCRYPTED")) {
        let name = block.label.strip_suffix(" PRIVATE KEY")?;
        let known = matches!(name, "RSA" | "EC" | "DSA" | "SM2") && is_cipher(header("DEK-Info")?);
        return known.then(|| format!("{name}, encrypted"));
    }
    match block.label {
        "ENCRYPTED PRIVATE KEY" => is_encrypted(&bytes).then(|| "encrypted".to_owned()),
        "OPENSSH PRIVATE KEY" => openssh(&bytes),
        label => KeyForm::read(label, &bytes).map(KeyForm::describe),
    }
}

/// Returns true if a header names a cipher and its start value. The list of ciphers is OpenSSL's business, so
/// any name will do.
fn is_cipher(header: &str) -> bool {
    header
        .split_once(',')
        .is_some_and(|(cipher, start)| !cipher.trim().is_empty() && !start.trim().is_empty())
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

#[cfg(test)]
mod tests {
    use super::super::assertions::{judges, stores, warns};
    use super::super::der::{Der, OCTET_STRING};
    use super::{ENCODED_PRIVATE_KEY, Fact, PEM_PRIVATE_KEY, encoded_facts, facts};
    use crate::base64::{decode, encode};

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

    /// Returns the key inside a PKCS#8 key: PKCS#1 for RSA, SEC1 for EC.
    fn inner(pkcs8: &str) -> Vec<u8> {
        let der = der(pkcs8);
        let mut info = Der(&der).sequence().unwrap();
        info.integer().and(info.algorithm()).unwrap();
        info.take(OCTET_STRING).unwrap().to_vec()
    }

    #[test]
    fn keys_of_every_form_are_read_and_named() {
        for (pem, name) in [
            (RSA, "RSA 2048"),
            (&pem("RSA PRIVATE KEY", &inner(RSA)), "RSA 2048"),
            (EC, "EC P-256"),
            (include_str!("testdata/ec_sec1_with_parameters.pem"), "EC P-256"),
            (EC_LEGACY, "EC, encrypted"),
            (&EC_LEGACY.replace('\n', "\r\n"), "EC, encrypted"),
            (include_str!("testdata/ec_pkcs8_encrypted.pem"), "encrypted"),
            (include_str!("testdata/ec_pkcs12_encrypted.pem"), "encrypted"),
            (ED25519, "Ed25519"),
            (&format!("Bag Attributes\n  friendlyName: x\n\n{ED25519}\ntrailing\n"), "Ed25519"),
            (SSH, "Ed25519"),
            (include_str!("testdata/openssh_ed25519_encrypted.pem"), "Ed25519, encrypted"),
            (include_str!("testdata/openssh_ecdsa.pem"), "EC P-256"),
            (include_str!("testdata/sm2.pem"), "EC SM2"),
            (include_str!("testdata/dsa.pem"), "DSA"),
            (include_str!("testdata/dsa_pkcs8.pem"), "DSA"),
            (include_str!("testdata/ec_explicit.pem"), "EC with explicit parameters"),
            (&RSA.replace("PRIVATE", "RSA PRIVATE"), "RSA 2048"),
            (&EC.replace("PRIVATE", "EC PRIVATE"), "EC P-256"),
        ] {
            let base64 = encode(pem.as_bytes());
            judges(&PEM_PRIVATE_KEY, &[pem], &[base64.expose()]);
            judges(&ENCODED_PRIVATE_KEY, &[base64.expose()], &[pem]);
            assert_eq!(facts(pem), [Fact { name: "algorithm", text: name.to_owned() }]);
            assert_eq!(encoded_facts(base64.expose()), facts(pem));
        }
    }

    #[test]
    fn keys_are_stored_as_their_programs_read_them() {
        let crlf = EC.replace('\n', "\r\n");
        for (given, kept) in [
            (EC.trim_end(), EC),
            (&format!("{EC}\n\n"), EC),
            (&format!("\u{feff}{EC}"), EC),
            (crlf.trim_end(), crlf.as_str()),
            (&EC.replace('\n', "\n  "), EC),
            (&SSH.replace('\n', "\r\n"), SSH),
        ] {
            stores(&PEM_PRIVATE_KEY, given, kept);
            let (given, kept) = (encode(given.as_bytes()), encode(kept.as_bytes()));
            stores(&ENCODED_PRIVATE_KEY, given.expose(), kept.expose());
        }
        let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(EC.bytes().flat_map(|byte| [byte, 0])).collect();
        stores(&ENCODED_PRIVATE_KEY, encode(&wide).expose(), encode(EC.as_bytes()).expose());
    }

    #[test]
    fn text_before_a_key_of_openssh_is_left_out_with_a_warning() {
        let text = format!("# mine\n{SSH}");
        let accepted = (PEM_PRIVATE_KEY.check)(&text).unwrap();
        assert_eq!(accepted.normalised.unwrap().expose(), SSH);
        warns(&PEM_PRIVATE_KEY, &text);
        warns(&ENCODED_PRIVATE_KEY, encode(text.as_bytes()).expose());
    }

    #[test]
    fn other_forms_are_refused_with_the_command_that_converts_them() {
        let reason = (ENCODED_PRIVATE_KEY.check)(encode(&der(RSA)).expose()).unwrap_err();
        assert!(reason.contains("openssl pkey -inform der"), "{reason}");
        let reason = (PEM_PRIVATE_KEY.check)("PuTTY-User-Key-File-3: ssh-ed25519\nhunter2\n").unwrap_err();
        assert!(reason.contains("puttygen") && !reason.contains("hunter2"), "{reason}");
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
            ["PUBLIC", "SECRET PRIVATE", "RSA PRIVATE", "DSA PRIVATE", "OPENSSH PRIVATE", "ENCRYPTED PRIVATE"]
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
        for junk in [&b""[..], b"anything", &[0x30, 3, 2, 1, 0]] {
            for label in
                ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "SM2 PRIVATE KEY"]
            {
                refuses(&pem(label, junk));
            }
        }
        // without its curve
        refuses(&pem("EC PRIVATE KEY", &inner(EC)));
        // the frame of PKCS#8 around numbers that are no key
        let info = der(include_str!("testdata/dsa_pkcs8.pem"));
        let at = info.len() - inner(include_str!("testdata/dsa_pkcs8.pem")).len();
        refuses(&pem("PRIVATE KEY", &[&info[..at], &vec![7; info.len() - at][..]].concat()));
        for header in ["DEK-Info: ", "DEK-Info: AES-256-CBC", "DEK-Info: ,00"] {
            let own = EC_LEGACY.lines().find(|line| line.starts_with("DEK-Info")).unwrap();
            refuses(&EC_LEGACY.replace(own, header));
            refuses(&EC_LEGACY.replace(&format!("{own}\n"), ""));
        }
        // well-formed but for a seed of 29 bytes
        let short = [&[0x30, 0x2b][..], &der(ED25519)[2..12], &[4, 31, 4, 29], &[7; 29]].concat();
        refuses(&pem("PRIVATE KEY", &short));
        let whole = [&[0x30, 0x2e][..], &der(ED25519)[2..12], &[4, 34, 4, 32], &[7; 32]].concat();
        judges(&PEM_PRIVATE_KEY, &[&pem("PRIVATE KEY", &whole)], &[]);
    }
}
