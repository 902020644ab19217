//! X.509 certificates in DER: the parts that are shown and compared.
//!
//! This file reads all certificates that other programs read, without the limits of RFC 5280 on serial numbers
//! and dates. It judges the form only: it checks no signature, validity period or chain.

use std::net::IpAddr;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::der::{BOOLEAN, Der, GENERALIZED_TIME, OCTET_STRING, UTC_TIME, explicit};
use super::name;

/// The extension of other names of the subject.
const SUBJECT_ALT_NAME: &[u8] = &[0x55, 0x1D, 0x11];
/// The extension that tells authorities from others.
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1D, 0x13];
const VERSION: u8 = explicit(0);
const EXTENSIONS: u8 = explicit(3);
/// The tags of the unique identifiers of issuer and subject, which nobody uses.
const UNIQUE: [u8; 4] = [0x81, 0x82, 0xA1, 0xA2];

/// A certificate, with the parts that are shown or compared.
pub(super) struct X509<'a> {
    /// The bytes of the certificate without what may follow it.
    pub whole: &'a [u8],
    /// The serial number, in two's complement.
    pub serial_number: &'a [u8],
    /// The contents of the issuer's name.
    pub issuer: &'a [u8],
    /// The contents of the subject's name.
    pub subject: &'a [u8],
    pub not_before: DateTime<Utc>,
    pub not_after: DateTime<Utc>,
    /// The object identifier of the public key.
    pub key_algorithm: &'a [u8],
    /// The parameters of that algorithm: of an elliptic curve, its name.
    pub key_parameters: &'a [u8],
    /// The public key.
    pub key: &'a [u8],
    extensions: Extensions<'a>,
}

/// The facts from the extensions, as far as they are looked at.
#[derive(Default)]
struct Extensions<'a> {
    /// The contents of the list of the subject's other names.
    alternative_names: &'a [u8],
    is_authority: bool,
}

impl<'a> X509<'a> {
    /// Reads a certificate. Behind a `trusted` one stand the uses for which OpenSSL trusts it; they are passed
    /// over.
    pub fn read(der: &'a [u8], trusted: bool) -> Option<Self> {
        let mut outer = Der(der);
        let certificate = outer.next()?;
        if !trusted {
            outer.end()?;
        }
        let mut parts = Der(certificate.whole).sequence()?;
        let mut signed = parts.sequence()?;
        parts.algorithm()?;
        parts.bits()?;
        parts.end()?;

        // a certificate of version 1 does not name its version
        let _ = signed.take(VERSION);
        let serial_number = signed.integer()?;
        signed.algorithm()?;
        let issuer = signed.sequence()?.0;
        let mut validity = signed.sequence()?;
        let (not_before, not_after) = (instant(&mut validity)?, instant(&mut validity)?);
        validity.end()?;
        let subject = signed.sequence()?.0;
        let mut key = signed.sequence()?;
        let (key_algorithm, key_parameters) = key.algorithm()?;
        let bits = key.bits()?;
        key.end()?;
        while signed.0.first().is_some_and(|tag| UNIQUE.contains(tag)) {
            signed.next()?;
        }
        let extensions = signed.take(EXTENSIONS);
        signed.end()?;
        let extensions = extensions.map_or_else(|| Some(Extensions::default()), Extensions::read)?;
        // a certificate whose names cannot be shown is refused
        name::text(issuer).and(name::text(subject))?;
        Some(Self {
            whole: certificate.whole,
            serial_number,
            issuer,
            subject,
            not_before,
            not_after,
            key_algorithm,
            key_parameters: key_parameters.0,
            key: bits,
            extensions,
        })
    }

    /// Returns the other names of the subject, as far as they are texts or addresses.
    pub fn alternative_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut rest = Der(self.extensions.alternative_names);
        while let Some(name) = rest.next() {
            names.extend(alternative_name(name.tag, name.contents));
        }
        names
    }

    /// Returns true if the certificate names itself as its issuer.
    pub fn is_root(&self) -> bool {
        self.issuer == self.subject
    }

    /// Returns true if the certificate says that it may issue others.
    pub fn is_authority(&self) -> bool {
        self.extensions.is_authority
    }

    /// Returns the serial number in hexadecimal digits, with a sign if it is negative.
    pub fn serial_text(&self) -> String {
        let is_negative = self.serial_number.first().is_some_and(|first| first & 0x80 != 0);
        let number = if is_negative { negated(self.serial_number) } else { self.serial_number.to_vec() };
        let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len() - 1);
        let sign = if is_negative { "-" } else { "" };
        format!("{sign}{}", hex(&number[start..], ""))
    }
}

/// Returns bytes in hexadecimal digits, with a separator between them.
pub(super) fn hex(bytes: &[u8], separator: &str) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(separator)
}

/// Reads a time. A year of two digits is one from 1950 to 2049.
fn instant(validity: &mut Der<'_>) -> Option<DateTime<Utc>> {
    let element = validity.next()?;
    let text = std::str::from_utf8(element.contents).ok()?;
    let digits = match element.tag {
        UTC_TIME if *text < *"50" => format!("20{text}"),
        UTC_TIME => format!("19{text}"),
        GENERALIZED_TIME => text.to_owned(),
        _ => return None,
    };
    let digits = digits.strip_suffix('Z').filter(|text| text.len() == 14)?;
    NaiveDateTime::parse_from_str(digits, "%Y%m%d%H%M%S").ok().map(|time| time.and_utc())
}

impl<'a> Extensions<'a> {
    /// Reads the contents of the field of extensions. An extension that is broken inside tells nothing.
    fn read(extensions: &'a [u8]) -> Option<Self> {
        let mut list = Der(extensions);
        let mut extensions = list.sequence()?;
        list.end()?;
        let mut read = Self::default();
        while !extensions.0.is_empty() {
            let mut extension = extensions.sequence()?;
            let identifier = extension.object_identifier()?;
            let _critical = extension.take(BOOLEAN);
            let value = Der(extension.take(OCTET_STRING)?).sequence();
            extension.end()?;
            match (identifier, value) {
                (SUBJECT_ALT_NAME, Some(names)) => read.alternative_names = names.0,
                (BASIC_CONSTRAINTS, Some(mut value)) => {
                    read.is_authority = value.take(BOOLEAN).is_some_and(|value| value != [0]);
                }
                _ => {}
            }
        }
        Some(read)
    }
}

fn alternative_name(tag: u8, contents: &[u8]) -> Option<String> {
    const EMAIL: u8 = 0x81;
    const DNS: u8 = 0x82;
    const DIRECTORY: u8 = 0xA4;
    const URI: u8 = 0x86;
    const IP: u8 = 0x87;
    match tag {
        EMAIL | DNS | URI => Some(name::narrow(contents)),
        DIRECTORY => name::text(Der(contents).sequence()?.0),
        IP => {
            let v4 = <[u8; 4]>::try_from(contents).map(IpAddr::from);
            let ip = v4.or_else(|_| <[u8; 16]>::try_from(contents).map(IpAddr::from));
            ip.ok().map(|ip| ip.to_string())
        }
        _ => None,
    }
}

/// Returns the amount of a negative number.
fn negated(number: &[u8]) -> Vec<u8> {
    let mut carry = true;
    let mut bytes: Vec<u8> = number
        .iter()
        .rev()
        .map(|byte| {
            let (byte, overflow) = (!byte).overflowing_add(u8::from(carry));
            carry = overflow;
            byte
        })
        .collect();
    bytes.reverse();
    bytes
}

#[cfg(test)]
pub(crate) mod tests {
    use super::X509;
    use crate::base64::encode;

    /// A certificate to be, with parts that can be replaced by odd ones. Its signature is noise.
    pub struct Made {
        pub serial: Vec<u8>,
        pub issuer: Vec<u8>,
        pub subject: Vec<u8>,
        pub validity: Vec<u8>,
        pub extensions: Vec<Vec<u8>>,
    }

    pub fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
        let length = u8::try_from(contents.len()).unwrap();
        let head = if length < 0x80 { vec![tag, length] } else { vec![tag, 0x81, length] };
        [head.as_slice(), contents].concat()
    }

    pub fn name(common: &str) -> Vec<u8> {
        let attribute = [tlv(6, &[0x55, 4, 3]), tlv(0x0C, common.as_bytes())].concat();
        tlv(0x31, &tlv(0x30, &attribute))
    }

    pub fn validity(from: &str, to: &str) -> Vec<u8> {
        let time = |text: &str| tlv(if text.len() == 13 { 0x17 } else { 0x18 }, text.as_bytes());
        [time(from), time(to)].concat()
    }

    pub fn extension(identifier: &[u8], value: &[u8]) -> Vec<u8> {
        tlv(0x30, &[tlv(6, identifier), tlv(4, value)].concat())
    }

    impl Made {
        pub fn new(issuer: &str, subject: &str) -> Self {
            Self {
                serial: vec![7],
                issuer: name(issuer),
                subject: name(subject),
                validity: validity("200101000000Z", "490101000000Z"),
                extensions: Vec::new(),
            }
        }

        pub fn der(&self) -> Vec<u8> {
            let algorithm = tlv(0x30, &tlv(6, &[0x2B, 0x65, 0x70]));
            let bits = tlv(3, &[0, 1, 2, 3]);
            let key = tlv(0x30, &[algorithm.clone(), bits.clone()].concat());
            let mut signed = [
                tlv(0xA0, &[2, 1, 2]),
                tlv(2, &self.serial),
                algorithm.clone(),
                tlv(0x30, &self.issuer),
                tlv(0x30, &self.validity),
                tlv(0x30, &self.subject),
                key,
            ]
            .concat();
            if !self.extensions.is_empty() {
                signed.extend(tlv(0xA3, &tlv(0x30, &self.extensions.concat())));
            }
            tlv(0x30, &[tlv(0x30, &signed), algorithm, bits].concat())
        }

        pub fn pem(&self) -> String {
            let base64 = encode(&self.der());
            format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", base64.expose())
        }
    }

    #[test]
    fn serial_numbers_of_any_size_and_sign_are_shown() {
        let long = [&[0x00, 0x84][..], &[0xAB; 20]].concat();
        for (serial, shown) in [
            (&[7][..], "07".to_owned()),
            (&[0], "00".to_owned()),
            (&[0, 0xC0], "C0".to_owned()),
            (&[0xFB], "-05".to_owned()),
            (&[0xFF, 0x00], "-0100".to_owned()),
            (&[0x80, 0x00], "-8000".to_owned()),
            (&long, format!("84{}", "AB".repeat(20))),
        ] {
            let der = Made { serial: serial.to_vec(), ..Made::new("a", "b") }.der();
            assert_eq!(X509::read(&der, false).unwrap().serial_text(), shown);
        }
    }

    #[test]
    fn dates_from_1950_to_9999_are_read() {
        for (from, to, shown) in [
            ("500101000000Z", "491231235959Z", "1950-01-01 00:00:00 UTC to 2049-12-31 23:59:59 UTC"),
            ("19490101000000Z", "99991231235959Z", "1949-01-01 00:00:00 UTC to 9999-12-31 23:59:59 UTC"),
        ] {
            let der = Made { validity: validity(from, to), ..Made::new("a", "b") }.der();
            let read = X509::read(&der, false).unwrap();
            assert_eq!(format!("{} to {}", read.not_before, read.not_after), shown);
        }
        for broken in ["20010100000Z", "200101000000+", "201301000000Z", "20200230000000Z", "hello", ""] {
            let der = Made { validity: validity(broken, "490101000000Z"), ..Made::new("a", "b") }.der();
            assert!(X509::read(&der, false).is_none(), "{broken}");
        }
    }

    #[test]
    fn one_odd_extension_hides_no_other() {
        let names = tlv(
            0x30,
            &[
                tlv(0x82, b"a.example"),
                tlv(0x82, "bücher.example".as_bytes()),
                tlv(0xA0, b"other"),
                tlv(0x87, &[192, 0, 2, 7]),
                tlv(0x87, &[1]),
                tlv(0xA4, &tlv(0x30, &name("d"))),
                tlv(0x86, b"https://e.example"),
            ]
            .concat(),
        );
        let extensions = vec![
            extension(&[0x2B, 0xAA, 0xDA, 0xBE, 0xBE, 0xFA, 0x5B], b"x"),
            extension(&[0x88, 0x37], b"x"),
            extension(&[0x55, 0x1D, 0x13], &tlv(0x30, &[1, 1, 0xFF])),
            extension(&[0x55, 0x1D, 0x11], &names),
        ];
        let der = Made { extensions, ..Made::new("a", "b") }.der();
        let read = X509::read(&der, false).unwrap();
        assert!(read.is_authority() && !read.is_root());
        let wanted = ["a.example", "bücher.example", "192.0.2.7", "CN=d", "https://e.example"];
        assert_eq!(read.alternative_names(), wanted);
        let broken = Made { extensions: vec![tlv(0x30, &[6, 1, 0x2B])], ..Made::new("a", "b") };
        assert!(X509::read(&broken.der(), false).is_none());
    }

    #[test]
    fn what_is_cut_or_longer_is_refused() {
        let der = Made::new("a", "b").der();
        for length in 0..der.len() {
            assert!(X509::read(&der[..length], false).is_none());
            assert!(X509::read(&der[..length], true).is_none());
        }
        let longer = [&der[..], &[0x30, 0]].concat();
        assert!(X509::read(&longer, false).is_none());
        assert_eq!(X509::read(&longer, true).unwrap().whole, der);
    }
}
