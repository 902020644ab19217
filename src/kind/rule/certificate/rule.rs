//! The rule that a text has certificates in PEM.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::kind::rule::definition::{Accepted, Rule};
use crate::kind::rule::der::Der;
use crate::kind::rule::pem::Pem;
use crate::kind::rule::x509::X509;
use crate::kind::rule::{encoding, name};

/// One PEM certificate or more, in any order, with any text between them.
pub const PEM_CERTIFICATES: Rule = Rule::new("pem-certificates", "one or more certificates in PEM", &check);

/// [`PEM_CERTIFICATES`] in base64.
pub const ENCODED_CERTIFICATES: Rule =
    Rule::new("encoded-certificates", "base64 of one or more certificates in PEM", &|base64| {
        encoding::judged(base64, check).map_err(|reason| encoding::der(base64, "x509").unwrap_or(reason))
    });

/// Labels of certificates: today's, that of old programs, and that of `openssl x509 -trustout`.
const LABELS: [&str; 3] = ["CERTIFICATE", "X509 CERTIFICATE", TRUSTED];
const TRUSTED: &str = "TRUSTED CERTIFICATE";

/// Returns true if a block of this label holds a certificate.
pub fn is_label(label: &str) -> bool {
    LABELS.contains(&label)
}

/// Returns the common name of the first certificate in a PEM text.
pub fn common_name(pem: &str) -> Option<String> {
    read(pem, |_, certificates| name::common_name(certificates.first()?.subject)).ok().flatten()
}

/// Hands the algorithm, as an object identifier, and the public key of the first certificate to `look`.
pub fn public_key<T>(pem: &str, look: impl FnOnce(&[u8], &[u8]) -> Option<T>) -> Option<T> {
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
pub fn read<T>(text: &str, look: impl FnOnce(&Pem<'_>, &[X509<'_>]) -> T) -> Result<T, Cow<'static, str>> {
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

#[cfg(test)]
mod tests {
    use super::{ENCODED_CERTIFICATES, PEM_CERTIFICATES};
    use crate::base64::encode;
    use crate::kind::rule::assertions::{judges, stores};
    use crate::kind::rule::x509::made::{Made, extension, tlv};
    use crate::secret::Secret;

    const HOST: &str = include_str!("../testdata/certificate.pem");
    const ISSUER: &str = include_str!("../testdata/issuer.pem");
    const KEY: &str = include_str!("../testdata/ec_pkcs8.pem");
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
    fn der_is_refused_with_the_command_that_converts_it() {
        let der: String = HOST.lines().filter(|line| !line.starts_with('-')).collect();
        let reason = (ENCODED_CERTIFICATES.check)(&der).unwrap_err();
        assert!(reason.contains("openssl x509 -inform der"), "{reason}");
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
