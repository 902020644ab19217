//! A certificate as it is read.
//!
//! This file reads all certificates that other programs read, without the limits of RFC 5280 on serial numbers
//! and dates. It judges the form only: it checks no signature, validity period or chain.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::extensions::Extensions;
use crate::kind::rule::der::{Der, GENERALIZED_TIME, UTC_TIME, explicit};
use crate::kind::rule::name;

const VERSION: u8 = explicit(0);
const EXTENSIONS: u8 = explicit(3);
/// The tags of the unique identifiers of issuer and subject, which nobody uses.
const UNIQUE: [u8; 4] = [0x81, 0x82, 0xA1, 0xA2];

/// A certificate, with the parts that are shown or compared.
pub struct X509<'a> {
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
        self.extensions.alternative_names()
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
pub fn hex(bytes: &[u8], separator: &str) -> String {
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
mod tests {
    use super::X509;
    use crate::kind::rule::x509::made::{Made, validity};

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
