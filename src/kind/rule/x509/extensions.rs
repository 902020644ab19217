//! The extensions of a certificate, as far as credctl looks at them.

use std::net::IpAddr;

use crate::kind::rule::der::{BOOLEAN, Der, OCTET_STRING};
use crate::kind::rule::name;

/// The extension of other names of the subject.
const SUBJECT_ALT_NAME: &[u8] = &[0x55, 0x1D, 0x11];
/// The extension that tells authorities from others.
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1D, 0x13];

/// The facts from the extensions.
#[derive(Default)]
pub struct Extensions<'a> {
    /// The contents of the list of the subject's other names.
    alternative_names: &'a [u8],
    /// True if the certificate says that it may issue others.
    pub is_authority: bool,
}

impl<'a> Extensions<'a> {
    /// Reads the contents of the field of extensions. An extension that is broken inside tells nothing.
    pub fn read(extensions: &'a [u8]) -> Option<Self> {
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

    /// Returns the other names of the subject, as far as they are texts or addresses.
    pub fn alternative_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut rest = Der(self.alternative_names);
        while let Some(name) = rest.next() {
            names.extend(alternative_name(name.tag, name.contents));
        }
        names
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

#[cfg(test)]
mod tests {
    use crate::kind::rule::x509::X509;
    use crate::kind::rule::x509::made::{Made, extension, name, tlv};

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
}
