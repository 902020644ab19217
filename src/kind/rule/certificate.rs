//! X.509 certificates as PEM text: the rule that they can be read, and the facts of the first one.
//!
//! This file judges the form only: it checks no signature, validity period or chain.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::definition::{Accepted, Rule};
use super::der::Der;
use super::fact::Fact;
use super::key_form::describe_public;
use super::pem::Pem;
use super::x509::{X509, hex};
use super::{encoding, name};
use crate::time;

/// One PEM certificate or more, in any order, with any text between them.
pub const PEM_CERTIFICATES: Rule = Rule { expects: "one or more certificates in PEM", check };

/// [`PEM_CERTIFICATES`] in base64.
pub const ENCODED_CERTIFICATES: Rule = Rule {
    expects: "base64 of one or more certificates in PEM",
    check: |base64| {
        encoding::judged(base64, check).map_err(|reason| encoding::der(base64, "x509").unwrap_or(reason))
    },
};

/// Labels of certificates: today's, that of old programs, and that of `openssl x509 -trustout`.
const LABELS: [&str; 3] = ["CERTIFICATE", "X509 CERTIFICATE", TRUSTED];
const TRUSTED: &str = "TRUSTED CERTIFICATE";

/// Returns the facts of a PEM text; none for a text that [`PEM_CERTIFICATES`] refuses.
///
/// Of the first certificate: subject and issuer as in RFC 4514, and the serial number in hexadecimal. Also the
/// validity as [`time::format`] writes it, the SHA-256 fingerprint, and the other names of the subject.
///
/// Of several certificates also the subjects and ends of the others (`chain`) and the earliest end of all
/// (`chainNotAfter`).
#[must_use]
pub fn facts(pem: &str) -> Vec<Fact> {
    read(pem, |_, certificates| describe(certificates)).unwrap_or_default()
}

/// Returns what people want to know of the first certificate beside the [`facts`]: the algorithm of its key, with
/// its size.
#[must_use]
pub fn details(pem: &str) -> Vec<Fact> {
    let key = |certificates: &[X509<'_>]| {
        let first = certificates.first()?;
        Some(describe_public(first.key_algorithm, first.key_parameters, first.key))
    };
    let key = read(pem, |_, certificates| key(certificates)).ok().flatten();
    key.map(|text| Fact { name: "key", text }).into_iter().collect()
}

/// Returns the [`facts`] of a PEM text in base64.
#[must_use]
pub fn encoded_facts(base64: &str) -> Vec<Fact> {
    encoding::within(base64, |pem| Ok(facts(pem))).unwrap_or_default()
}

/// Returns true if a block of this label holds a certificate.
pub(crate) fn is_label(label: &str) -> bool {
    LABELS.contains(&label)
}

/// Returns the common name of the first certificate in a PEM text.
pub(crate) fn common_name(pem: &str) -> Option<String> {
    read(pem, |_, certificates| name::common_name(certificates.first()?.subject)).ok().flatten()
}

/// Hands the algorithm, as an object identifier, and the public key of the first certificate to `look`.
pub(super) fn public_key<T>(pem: &str, look: impl FnOnce(&[u8], &[u8]) -> Option<T>) -> Option<T> {
    let first = |certificates: &[X509<'_>]| {
        let first = certificates.first()?;
        look(first.key_algorithm, first.key)
    };
    read(pem, |_, certificates| first(certificates)).ok().flatten()
}

fn check(text: &str) -> Result<Accepted, Cow<'static, str>> {
    read(text, |pem, certificates| Accepted {
        normalised: pem.tidied(text),
        warning: late_leaf(certificates).map(Cow::from),
    })
}

/// Reads the certificates of a text and hands them to `look`. Fails if there is none.
fn read<T>(text: &str, look: impl FnOnce(&Pem<'_>, &[X509<'_>]) -> T) -> Result<T, Cow<'static, str>> {
    let pem = Pem::split(text)?;
    if pem.blocks.iter().any(|block| block.label.contains("PRIVATE KEY")) {
        return Err(
            "must contain certificates only, not a private key; keep the key in a credential of its own"
                .into(),
        );
    }
    let mut encoded = Vec::new();
    for block in &pem.blocks {
        encoded.push(block.bytes().ok_or("must be PEM: a block is damaged or cut off")?);
    }
    let mut certificates = Vec::new();
    for (index, (block, der)) in pem.blocks.iter().zip(&encoded).enumerate() {
        if is_label(block.label) {
            certificates.push(X509::read(der, block.label == TRUSTED).ok_or_else(|| unreadable(index))?);
        } else if !is_sequence(der) {
            return Err(unreadable(index));
        }
    }
    if certificates.is_empty() {
        return Err("must contain a certificate in PEM (-----BEGIN CERTIFICATE-----)".into());
    }
    Ok(look(&pem, &certificates))
}

fn unreadable(index: usize) -> Cow<'static, str> {
    format!("must be PEM certificates: block {} cannot be read", index + 1).into()
}

/// Returns true if a block has the frame of DER. No more than that is checked of a block that is no
/// certificate.
fn is_sequence(der: &[u8]) -> bool {
    let mut der = Der(der);
    der.sequence().and_then(|_| der.end()).is_some()
}

/// Returns the warning about a certificate that stands behind those of its issuers.
fn late_leaf(certificates: &[X509<'_>]) -> Option<String> {
    let (first, others) = certificates.split_first()?;
    let issuers: HashSet<&[u8]> =
        certificates.iter().filter(|other| !other.is_root()).map(|other| other.issuer).collect();
    let issues = |issuer: &X509<'_>| issuers.contains(issuer.subject);
    if !(first.is_authority() || first.is_root() || issues(first)) {
        return None;
    }
    let leaf = others.iter().find(|other| !other.is_authority() && !other.is_root() && !issues(other))?;
    let subject = name::text(leaf.subject)?;
    Some(format!("the certificate of `{subject}` is not the first one, where servers expect it"))
}

fn describe(certificates: &[X509<'_>]) -> Vec<Fact> {
    let Some((first, others)) = certificates.split_first() else { return Vec::new() };
    let mut facts = vec![
        Fact { name: "subject", text: subject(first) },
        Fact { name: "issuer", text: name::text(first.issuer).unwrap_or_default() },
        Fact { name: "serialNumber", text: first.serial_text() },
        instant("notBefore", first.not_before),
        instant("notAfter", first.not_after),
        Fact { name: "fingerprint", text: hex(&Sha256::digest(first.whole), ":") },
    ];
    let names = first.alternative_names();
    if !names.is_empty() {
        facts.push(Fact { name: "subjectAltNames", text: names.join(", ") });
    }
    if !others.is_empty() {
        let other =
            |other: &X509<'_>| format!("{} (until {})", subject(other), time::format(other.not_after));
        let text = others.iter().map(other).collect::<Vec<_>>().join("; ");
        facts.push(Fact { name: "chain", text });
        let end = certificates.iter().map(|certificate| certificate.not_after).min();
        facts.extend(end.map(|end| instant("chainNotAfter", end)));
    }
    facts
}

fn subject(certificate: &X509<'_>) -> String {
    name::text(certificate.subject).unwrap_or_default()
}

fn instant(name: &'static str, instant: DateTime<Utc>) -> Fact {
    Fact { name, text: time::format(instant) }
}

#[cfg(test)]
mod tests {
    use super::super::assertions::{judges, stores};
    use super::super::x509::tests::{Made, extension, tlv, validity};
    use super::{ENCODED_CERTIFICATES, PEM_CERTIFICATES, details, encoded_facts, facts};
    use crate::base64::encode;
    use crate::secret::Secret;

    const HOST: &str = include_str!("testdata/certificate.pem");
    const ISSUER: &str = include_str!("testdata/issuer.pem");
    const KEY: &str = include_str!("testdata/ec_pkcs8.pem");
    const PARAMETERS: &str = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    const EXTRA: &str = "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n";

    fn refused() -> Vec<String> {
        vec![
            String::new(),
            "hello".to_owned(),
            KEY.to_owned(),
            format!("{HOST}{KEY}"),
            format!("{KEY}{HOST}"),
            HOST.replace("CERTIFICATE", "PUBLIC KEY"),
            EXTRA.to_owned(),
            format!("{HOST}{PARAMETERS}"),
            HOST.replace("MII", "MIJ"),
            HOST.replace("MII", "!!!"),
            HOST.replace("-----END CERTIFICATE-----", ""),
            HOST.replace("END CERTIFICATE", "END X"),
            format!("{HOST}-----BEGIN CERTIFICATE-----\nMIIB"),
            format!("{HOST}-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
            format!("{HOST}-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n"),
        ]
    }

    #[test]
    fn certificates() {
        let refused = refused();
        let accepted = [
            HOST.to_owned(),
            format!("{HOST}{ISSUER}"),
            format!(
                "Bag Attributes: <No Attributes>\nsubject=CN = x\n\n{HOST}\nissuer\n\n{ISSUER}trailing text\n"
            ),
            HOST.replace('\n', "\r\n"),
            format!("{HOST}{EXTRA}"),
            HOST.replace("CERTIFICATE", "X509 CERTIFICATE"),
            HOST.replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
        ];
        let [accepted_plain, refused_plain] =
            [&accepted[..], &refused[..]].map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
        judges(&PEM_CERTIFICATES, &accepted_plain, &refused_plain);

        let encode_all =
            |texts: &[&str]| texts.iter().map(|text| encode(text.as_bytes())).collect::<Vec<_>>();
        let (accepted, refused) = (encode_all(&accepted_plain), encode_all(&refused_plain));
        let accepted: Vec<_> = accepted.iter().map(Secret::expose).collect();
        let mut refused: Vec<_> = refused.iter().map(Secret::expose).collect();
        refused.extend([HOST, "aGVsbG8=", "/w=="]);
        judges(&ENCODED_CERTIFICATES, &accepted, &refused);
    }

    #[test]
    fn a_private_key_is_named_as_the_reason() {
        let reason = (PEM_CERTIFICATES.check)(&format!("{HOST}{KEY}")).unwrap_err();
        assert!(reason.contains("private key"), "{reason}");
    }

    #[test]
    fn the_first_certificate_speaks() {
        let told = facts(HOST);
        let told: Vec<_> = told.iter().map(|fact| (fact.name, fact.text.as_str())).collect();
        assert_eq!(
            told,
            [
                ("subject", r"CN=host1.example.org,O=Example\, Inc.,C=SE"),
                ("issuer", r"CN=host1.example.org,O=Example\, Inc.,C=SE"),
                ("serialNumber", "C0FFEE01"),
                ("notBefore", "2026-11-22T16:51:46.000000Z"),
                ("notAfter", "2100-10-25T16:51:46.000000Z"),
                (
                    "fingerprint",
                    "49:C9:BD:DA:A6:5E:65:2E:3E:C5:93:7F:47:EE:A9:EE:\
                     94:EA:86:9F:FA:EE:54:20:18:6E:21:42:86:A5:0D:CD"
                ),
                ("subjectAltNames", "host1.example.org, www.example.org, 192.0.2.7, ops@example.org"),
            ]
        );
        let facts_of_both = facts(&format!("{HOST}{ISSUER}"));
        assert_eq!(facts_of_both[..7], facts(HOST)[..]);
        assert_eq!(encoded_facts(encode(HOST.as_bytes()).expose()), facts(HOST));
        assert_eq!(facts("hello"), []);
        assert_eq!(encoded_facts("hello"), []);
    }

    #[test]
    fn the_key_of_the_first_certificate_is_described() {
        let told = |pem| details(pem).into_iter().map(|fact| (fact.name, fact.text)).collect::<Vec<_>>();
        assert_eq!(told(HOST), [("key", "EC P-256".to_owned())]);
        assert_eq!(told("hello"), []);
    }

    #[test]
    fn der_is_refused_with_the_command_that_converts_it() {
        let der: String = HOST.lines().filter(|line| !line.starts_with('-')).collect();
        let reason = (ENCODED_CERTIFICATES.check)(&der).unwrap_err();
        assert!(reason.contains("openssl x509 -inform der"), "{reason}");
    }

    #[test]
    fn all_certificates_of_a_chain_are_told() {
        let other = |validity| Made { validity, ..Made::new("Root", "Intermediate") };
        let chain = format!(
            "{}{}",
            Made::new("Intermediate", "leaf").pem(),
            other(validity("100101000000Z", "210930000000Z")).pem()
        );
        let told = facts(&chain);
        let told = |name| told.iter().find(|fact| fact.name == name).map(|fact| fact.text.as_str());
        assert_eq!(told("subject"), Some("CN=leaf"));
        assert_eq!(told("notAfter"), Some("2049-01-01T00:00:00.000000Z"));
        assert_eq!(told("chain"), Some("CN=Intermediate (until 2021-09-30T00:00:00.000000Z)"));
        assert_eq!(told("chainNotAfter"), Some("2021-09-30T00:00:00.000000Z"));
    }

    #[test]
    fn a_leaf_that_is_not_first_is_told() {
        let authority = |issuer, subject| Made {
            extensions: vec![extension(&[0x55, 0x1D, 0x13], &tlv(0x30, &[1, 1, 0xFF]))],
            ..Made::new(issuer, subject)
        };
        let (root, middle) = (authority("Root", "Root").pem(), authority("Root", "Middle").pem());
        let (plain, leaf) = (Made::new("Root", "Middle").pem(), Made::new("Middle", "leaf").pem());
        let warning = |texts: &[&String]| {
            let text: String = texts.iter().map(|text| text.as_str()).collect();
            (PEM_CERTIFICATES.check)(&text).unwrap().warning
        };
        for late in
            [&[&root, &middle, &leaf][..], &[&middle, &leaf], &[&plain, &leaf], &[&root, &leaf, &middle]]
        {
            assert!(warning(late).is_some_and(|warning| warning.contains("CN=leaf")));
        }
        for fine in
            [&[&leaf, &middle, &root][..], &[&leaf, &root], &[&leaf], &[&root, &middle], &[&leaf, &leaf]]
        {
            assert_eq!(warning(fine), None);
        }
    }

    #[test]
    fn certificates_are_stored_as_programs_read_them() {
        for given in
            [HOST.trim_end(), &HOST.replace('\n', ""), &HOST.replace('\n', " "), &format!("\u{feff}{HOST}")]
        {
            stores(&PEM_CERTIFICATES, given, HOST);
            stores(
                &ENCODED_CERTIFICATES,
                encode(given.as_bytes()).expose(),
                encode(HOST.as_bytes()).expose(),
            );
        }
    }
}
