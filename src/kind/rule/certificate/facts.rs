//! The facts of certificates in PEM.

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::rule::read;
use crate::kind::rule::fact::{Fact, FactReader};
use crate::kind::rule::key_form::describe_public;
use crate::kind::rule::x509::{X509, hex};
use crate::kind::rule::{encoding, name};
use crate::time;

/// The reader of the facts of certificates.
pub const READER: FactReader = FactReader {
    name: "certificate",
    names: &[
        "subject",
        "issuer",
        "serialNumber",
        "notBefore",
        "notAfter",
        "fingerprint",
        "subjectAltNames",
        "chain",
        "chainNotAfter",
    ],
    facts,
    details: Some(details),
    repeats_field: false,
};

/// Returns the facts of a PEM text; none for a text that [`PEM_CERTIFICATES`](super::PEM_CERTIFICATES) refuses.
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
    use super::{details, encoded_facts, facts};
    use crate::base64::encode;
    use crate::kind::rule::x509::made::{Made, validity};

    const HOST: &str = include_str!("../testdata/certificate.pem");
    const ISSUER: &str = include_str!("../testdata/issuer.pem");

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
}
