//! DER, one value after another, without a schema: the little that certificates and keys have in common.
//!
//! The schemas of the usual crates refuse certificates that every other program reads: object numbers above
//! 2^32, serial numbers of 22 bytes, dates before 1970. This file must not know what a value means.

use der::{Decode as _, Length, Reader as _, SliceReader};

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// Returns the tag of an explicit field `[number]`.
pub(super) const fn explicit(number: u8) -> u8 {
    0xA0 | number
}

/// One value: its tag, its contents, and both with the length between them.
#[derive(Clone, Copy)]
pub(super) struct DerElement<'a> {
    pub tag: u8,
    pub contents: &'a [u8],
    pub whole: &'a [u8],
}

/// The values that are left to read.
#[derive(Clone, Copy)]
pub(super) struct Der<'a>(pub &'a [u8]);

impl<'a> Der<'a> {
    /// Reads the next value. Returns `None` at the end, and if the bytes are no DER.
    pub fn next(&mut self) -> Option<DerElement<'a>> {
        /// The bits that begin a tag of more than one byte, which nothing here has.
        const LONG_TAG: u8 = 0x1F;
        let mut reader = SliceReader::new(self.0).ok()?;
        let tag = reader.read_byte().ok()?;
        if tag & LONG_TAG == LONG_TAG {
            return None;
        }
        let length = Length::decode(&mut reader).ok()?;
        let contents = reader.read_slice(length).ok()?;
        let (whole, rest) = self.0.split_at_checked(usize::try_from(reader.position()).ok()?)?;
        self.0 = rest;
        Some(DerElement { tag, contents, whole })
    }

    /// Reads the contents of the next value, if it has this tag.
    pub fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.0.first().filter(|first| **first == tag)?;
        Some(self.next()?.contents)
    }

    /// Reads the next value, which has to be a sequence, and returns the values inside it.
    pub fn sequence(&mut self) -> Option<Self> {
        self.take(SEQUENCE).map(Self)
    }

    /// Reads the next value as a whole number of at least one byte.
    pub fn integer(&mut self) -> Option<&'a [u8]> {
        self.take(INTEGER).filter(|bytes| !bytes.is_empty())
    }

    /// Reads the bytes of the next value, which has to be a bit string. The number of bits that count in the
    /// last byte is passed over.
    pub fn bits(&mut self) -> Option<&'a [u8]> {
        let (unused, bytes) = self.take(BIT_STRING)?.split_first()?;
        (*unused < 8).then_some(bytes)
    }

    /// Reads the contents of the next value, if it is an object identifier whose last number is complete.
    pub fn object_identifier(&mut self) -> Option<&'a [u8]> {
        self.take(OBJECT_IDENTIFIER).filter(|bytes| bytes.last().is_some_and(|last| last & 0x80 == 0))
    }

    /// Reads an `AlgorithmIdentifier`. Returns its object identifier and the parameters that follow it.
    pub fn algorithm(&mut self) -> Option<(&'a [u8], Self)> {
        let mut inner = self.sequence()?;
        let identifier = inner.object_identifier()?;
        let parameters = inner;
        if !inner.0.is_empty() {
            inner.next()?;
        }
        inner.end()?;
        Some((identifier, parameters))
    }

    /// Returns `Some` if nothing is left to read.
    pub fn end(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// Returns an object identifier as a dotted number. Numbers beyond 128 bits are cut off.
pub(super) fn dotted(identifier: &[u8]) -> String {
    let mut numbers: Vec<u128> = Vec::new();
    let mut number = 0_u128;
    for byte in identifier {
        number = number << 7 | u128::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            if numbers.is_empty() {
                // the first two numbers share one
                let first = (number / 40).min(2);
                numbers.extend([first, number - first * 40]);
            } else {
                numbers.push(number);
            }
            number = 0;
        }
    }
    numbers.iter().map(u128::to_string).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::{Der, dotted, explicit};

    #[test]
    fn object_identifiers_of_any_size_are_written() {
        for (bytes, text) in [
            (&[0x55, 0x04, 0x03][..], "2.5.4.3"),
            (&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01], "1.2.840.10045.2.1"),
            (&[0x88, 0x37], "2.999"),
            (&[0x2B, 0xAA, 0xDA, 0xBE, 0xBE, 0xFA, 0x5B], "1.3.1467399257435"),
            (&[], ""),
        ] {
            assert_eq!(dotted(bytes), text);
        }
    }

    #[test]
    fn values_are_read_one_by_one() {
        let mut der = Der(&[0x30, 0x03, 0x02, 0x01, 0xFB, 0x03, 0x02, 0x01, 0x06, 0xA1, 0x00]);
        let mut inner = der.sequence().unwrap();
        assert_eq!(inner.integer(), Some(&[0xFB][..]));
        assert!(inner.end().is_some() && der.end().is_none());
        assert_eq!(der.bits(), Some(&[0x06][..]));
        assert_eq!(der.take(explicit(1)), Some(&[][..]));
        assert!(der.next().is_none());
        for broken in [&[0x30][..], &[0x30, 2, 0], &[0x30, 0x80, 0, 0], &[0x30, 0x81, 1, 0], &[0x1F, 0x81, 0]]
        {
            assert!(Der(broken).next().is_none(), "{broken:?}");
        }
    }
}
