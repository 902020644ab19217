//! The addresses in which Google Authenticator exports its seeds: `otpauth-migration://offline?data=…`, with base64
//! of a message in the form of Protocol Buffers.

use percent_encoding::percent_decode;

use super::lone_seed::LoneSeed;
use crate::base64;
use crate::otp::{OtpParameters, base32};
use crate::secret::Buffer;

/// An address that is no export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an export of Google Authenticator; its data is incomplete")]
pub(super) struct NoMigration;

/// The place of an address among those of one export, of which each has a part.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct MigrationBatch {
    pub id: u64,
    size: u64,
    index: u64,
}

impl MigrationBatch {
    /// Returns the number of parts that are missing among those of one export.
    pub fn missing(parts: &[Self]) -> u64 {
        let size = parts.iter().map(|part| part.size).max().unwrap_or(0);
        let mut seen: Vec<u64> = parts.iter().map(|part| part.index).filter(|index| *index < size).collect();
        seen.sort_unstable();
        seen.dedup();
        size.saturating_sub(seen.len() as u64)
    }
}

/// Reads the seeds of an address.
pub(super) fn read(address: &str) -> Result<(Vec<LoneSeed>, MigrationBatch), NoMigration> {
    let (_, query) = address.split_once('?').ok_or(NoMigration)?;
    let data = query.split('&').find_map(|parameter| parameter.strip_prefix("data=")).ok_or(NoMigration)?;
    let mut text = Buffer::with_capacity(data.len() + 3);
    for byte in percent_decode(data.as_bytes()) {
        // some readers of QR codes take `+` for a blank, and others write the alphabet of addresses
        text.extend(&[match byte {
            b' ' | b'-' => b'+',
            b'_' => b'/',
            other => other,
        }]);
    }
    while !text.len().is_multiple_of(4) {
        text.push("=");
    }
    let text = text.into_secret().ok_or(NoMigration)?;
    let message = base64::decode(text.expose()).map_err(|_| NoMigration)?;
    let (mut seeds, mut batch) = (Vec::new(), MigrationBatch::default());
    for field in WireFields(&message) {
        match field? {
            (1, WireValue::Bytes(bytes)) => seeds.push(seed(bytes)?),
            (3, WireValue::Number(size)) => batch.size = size,
            (4, WireValue::Number(index)) => batch.index = index,
            (5, WireValue::Number(id)) => batch.id = id,
            _ => {}
        }
    }
    Ok((seeds, batch))
}

fn seed(message: &[u8]) -> Result<LoneSeed, NoMigration> {
    let (mut secret, mut name, mut issuer) = (&[][..], "", "");
    let (mut algorithm, mut digits, mut kind, mut counter) = ("SHA1", "6", "totp", 0);
    for field in WireFields(message) {
        match field? {
            (1, WireValue::Bytes(bytes)) => secret = bytes,
            (2, WireValue::Bytes(text)) => name = std::str::from_utf8(text).map_err(|_| NoMigration)?,
            (3, WireValue::Bytes(text)) => issuer = std::str::from_utf8(text).map_err(|_| NoMigration)?,
            (4, WireValue::Number(number)) => {
                algorithm = match number {
                    0 | 1 => "SHA1",
                    2 => "SHA256",
                    3 => "SHA512",
                    // MD5, and what comes later
                    _ => "unknown",
                };
            }
            (5, WireValue::Number(number)) => {
                digits = match number {
                    0 | 1 => "6",
                    2 => "8",
                    3 => "7",
                    _ => "unknown",
                };
            }
            (6, WireValue::Number(number)) => {
                kind = match number {
                    0 | 2 => "totp",
                    1 => "hotp",
                    _ => "unknown",
                };
            }
            (7, WireValue::Number(number)) => counter = number,
            _ => {}
        }
    }
    // the name is the label of an address: the issuer may stand in it once more
    let (before, account) = name.split_once(':').unwrap_or(("", name));
    let account = if before.is_empty() || issuer.is_empty() || before == issuer { account } else { name };
    let secret = base32(secret);
    Ok(LoneSeed::of(&OtpParameters {
        algorithm: Some(algorithm),
        digits: Some(digits),
        counter: Some(&counter.to_string()),
        issuer: Some(if issuer.is_empty() { before } else { issuer }),
        account: Some(account),
        ..OtpParameters::new(kind, &secret)
    }))
}

/// A value of a field.
enum WireValue<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// A number of fixed length, which no field of an export has.
    Other,
}

/// The fields of a message, each with its number. The first error ends them.
struct WireFields<'a>(&'a [u8]);

impl<'a> Iterator for WireFields<'a> {
    type Item = Result<(u64, WireValue<'a>), NoMigration>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field.ok_or(NoMigration))
    }
}

impl<'a> WireFields<'a> {
    fn field(&mut self) -> Option<(u64, WireValue<'a>)> {
        let key = self.number()?;
        let value = match key & 7 {
            0 => WireValue::Number(self.number()?),
            2 => {
                let length = usize::try_from(self.number()?).ok()?;
                WireValue::Bytes(self.take(length)?)
            }
            1 => self.take(8).map(|_| WireValue::Other)?,
            5 => self.take(4).map(|_| WireValue::Other)?,
            _ => return None,
        };
        Some((key >> 3, value))
    }

    /// Reads a number of up to ten bytes, the lowest seven bits first.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::{MigrationBatch, NoMigration, read};
    use crate::base64;

    fn address(message: &[u8]) -> String {
        format!("otpauth-migration://offline?data={}", base64::encode(message).expose().replace('=', "%3D"))
    }

    fn part(index: u64, size: u64) -> MigrationBatch {
        MigrationBatch { id: 9, size, index }
    }

    #[test]
    fn every_parameter_is_read() {
        let seed = [b"\x0a\x05hello\x12\x02me\x1a\x04ACME", &[0x20, 2, 0x28, 2, 0x30, 1, 0x38, 0xac, 2][..]]
            .concat();
        let mut message = vec![0x0a, u8::try_from(seed.len()).unwrap()];
        message.extend(&seed);
        message.extend([0x10, 1, 0x18, 2, 0x20, 1, 0x28, 0xff, 1]);
        let (seeds, batch) = read(&address(&message)).unwrap();
        assert_eq!((batch.id, batch.size, batch.index), (255, 2, 1));
        let text = seeds[0].seed.as_ref().unwrap();
        assert_eq!(
            text.expose(),
            "otpauth://hotp/ACME:me?secret=NBSWY3DP&issuer=ACME&algorithm=SHA256&digits=8&counter=300"
        );
    }

    #[test]
    fn whatever_is_no_message_is_refused() {
        for message in [
            &b"\x0a\x05hell"[..],
            b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            b"\x0b",
            b"\x09\x00",
            b"\x0a\x02\x12\x05",
            b"\x0a\x03\x12\x01\xff",
        ] {
            assert_eq!(read(&address(message)).err(), Some(NoMigration), "{message:?}");
        }
        for address in
            ["otpauth-migration://offline", "otpauth-migration://x?data=%%%", "otpauth-migration://x?y=1"]
        {
            assert_eq!(read(address).err(), Some(NoMigration), "{address}");
        }
    }

    #[test]
    fn parts_of_an_export_are_counted() {
        assert_eq!(MigrationBatch::missing(&[part(0, 1)]), 0);
        assert_eq!(MigrationBatch::missing(&[part(0, 3), part(2, 3), part(2, 3)]), 1);
        assert_eq!(MigrationBatch::missing(&[part(0, 0)]), 0);
        assert_eq!(MigrationBatch::missing(&[part(0, u64::MAX)]), u64::MAX - 1);
    }
}
