//! X.509 certificates as PEM text: whether they can be read, and what the first one says.
//!
//! Judges the form only: no signature, validity period or chain is checked here.

use std::borrow::Cow;
use std::net::IpAddr;

use chrono::DateTime;
use pem::Pem;
use sha2::{Digest as _, Sha256};
use x509_cert::Certificate;
use x509_cert::der::asn1::AnyRef;
use x509_cert::der::{Decode as _, Tag, Tagged as _};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::time::Time;

use super::{Accepted, Fact, Rule, encoding, time};

/// One PEM certificate or more, in any order, with any text between them.
pub const PEM_CERTIFICATES: Rule = Rule {
    expects: "one or more certificates in PEM",
    check: |pem| certificates(pem).map(|_| Accepted::verbatim()),
};

/// The same in base64.
pub const ENCODED_CERTIFICATES: Rule = Rule {
    expects: "base64 of one or more certificates in PEM",
    check: |base64| encoding::within(base64, PEM_CERTIFICATES.check),
};

const BEGIN: &str = "-----BEGIN ";
const LABEL_END: &str = "-----";
const CERTIFICATE: &str = "CERTIFICATE";

/// What the first certificate of a PEM text says: subject and issuer as in RFC 4514, the serial
/// number in hexadecimal, the validity as [`time::format`] writes it, the SHA-256 fingerprint, and
/// the other names of the subject. Nothing for a text that [`PEM_CERTIFICATES`] refuses.
#[must_use]
pub fn facts(pem: &str) -> Vec<Fact> {
    match certificates(pem).as_deref() {
        Ok([first, ..]) => describe(first),
        _ => Vec::new(),
    }
}

/// The same of a PEM text in base64.
#[must_use]
pub fn encoded_facts(base64: &str) -> Vec<Fact> {
    encoding::within(base64, |pem| Ok(facts(pem))).unwrap_or_default()
}

/// The algorithm, as a dotted number, and the bits of the public key in the first certificate.
pub(super) fn public_key(pem: &str) -> Option<(String, Vec<u8>)> {
    let certificates = certificates(pem).ok()?;
    let key = certificates.first()?.certificate.tbs_certificate().subject_public_key_info();
    Some((key.algorithm.oid.to_string(), key.subject_public_key.raw_bytes().to_vec()))
}

/// A certificate with the bytes it was read from, which its fingerprint is taken of.
struct Read {
    der: Vec<u8>,
    certificate: Certificate,
}

fn certificates(text: &str) -> Result<Vec<Read>, Cow<'static, str>> {
    let labels = || text.split(BEGIN).skip(1).filter_map(|rest| Some(rest.split_once(LABEL_END)?.0));
    // looked for first, so that the parser makes no copy of a key
    if labels().any(|label| label.contains("PRIVATE KEY")) {
        return Err(
            "must contain certificates only, not a private key; keep the key in a credential of its own"
                .into(),
        );
    }
    let damaged = || Cow::from("must be PEM: a block is damaged or cut off");
    let blocks = pem::parse_many(text).map_err(|_| damaged())?;
    // the parser passes over a block without an end
    if blocks.len() != labels().count() {
        return Err(damaged());
    }
    let mut certificates = Vec::new();
    for (index, block) in blocks.into_iter().enumerate() {
        match read(block) {
            Some(Some(certificate)) => certificates.push(certificate),
            Some(None) => {}
            None => {
                return Err(format!("must be PEM certificates: block {} cannot be read", index + 1).into());
            }
        }
    }
    if certificates.is_empty() {
        return Err("must contain a certificate in PEM (-----BEGIN CERTIFICATE-----)".into());
    }
    Ok(certificates)
}

/// Reads a block: a certificate, or any other value in DER, of which only the frame is checked.
#[expect(clippy::option_option, reason = "unreadable, readable but something else, a certificate")]
fn read(block: Pem) -> Option<Option<Read>> {
    if block.tag() == CERTIFICATE {
        let der = block.into_contents();
        let certificate = Certificate::from_der(&der).ok()?;
        Some(Some(Read { der, certificate }))
    } else {
        let value = AnyRef::from_der(block.contents()).ok()?;
        (value.tag() == Tag::Sequence).then_some(None)
    }
}

fn describe(Read { der, certificate }: &Read) -> Vec<Fact> {
    let signed = certificate.tbs_certificate();
    let mut facts = vec![
        Fact { name: "subject", text: signed.subject().to_string() },
        Fact { name: "issuer", text: signed.issuer().to_string() },
        Fact { name: "serialNumber", text: hex(without_sign(signed.serial_number().as_bytes()), "") },
    ];
    let validity = signed.validity();
    facts.extend(instant("notBefore", validity.not_before));
    facts.extend(instant("notAfter", validity.not_after));
    facts.push(Fact { name: "fingerprint", text: hex(&Sha256::digest(der), ":") });
    if let Ok(Some((_critical, SubjectAltName(names)))) = signed.get_extension() {
        let names: Vec<_> = names.iter().filter_map(alternative_name).collect();
        if !names.is_empty() {
            facts.push(Fact { name: "subjectAltNames", text: names.join(", ") });
        }
    }
    facts
}

fn instant(name: &'static str, instant: Time) -> Option<Fact> {
    let seconds = instant.to_unix_duration().as_secs().try_into().ok()?;
    Some(Fact { name, text: time::format(DateTime::from_timestamp(seconds, 0)?) })
}

fn alternative_name(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(text)
        | GeneralName::Rfc822Name(text)
        | GeneralName::UniformResourceIdentifier(text) => Some(text.to_string()),
        GeneralName::DirectoryName(name) => Some(name.to_string()),
        GeneralName::IpAddress(octets) => {
            let v4 = <[u8; 4]>::try_from(octets.as_bytes()).map(IpAddr::from);
            v4.or_else(|_| <[u8; 16]>::try_from(octets.as_bytes()).map(IpAddr::from))
                .ok()
                .map(|ip| ip.to_string())
        }
        _ => None,
    }
}

/// A positive number in DER begins with a zero byte where its first bit would read as a sign.
fn without_sign(number: &[u8]) -> &[u8] {
    match number {
        [0, rest @ ..] if !rest.is_empty() => rest,
        _ => number,
    }
}

fn hex(bytes: &[u8], separator: &str) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use super::super::encoding::encode;
    use super::super::text::tests::judges;
    use super::{ENCODED_CERTIFICATES, PEM_CERTIFICATES, encoded_facts, facts};
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
                "Bag Attributes: <No Attributes>\nsubject=CN = x\n\n{HOST}\nissuer\n\n{ISSUER}trailing text"
            ),
            HOST.replace('\n', "\r\n"),
            format!("{HOST}{EXTRA}"),
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
        let facts_of_both = facts(&format!("{HOST}{ISSUER}"));
        let told: Vec<_> = facts_of_both.iter().map(|fact| (fact.name, fact.text.as_str())).collect();
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
        assert_eq!(encoded_facts(encode(HOST.as_bytes()).expose()), facts(HOST));
        assert_eq!(facts("hello"), []);
        assert_eq!(encoded_facts("hello"), []);
    }
}
