//! The bytes of messages: fields one after another, each with its length before it. Bounded before anything
//! is allocated, and wiped.

use std::io::{self, ErrorKind, Read};

use zeroize::Zeroizing;

/// The version of the protocol, which is the first byte of every request.
pub const VERSION: u8 = 1;
/// The most bytes of a message: an identity file, and what goes with it.
const LARGEST: usize = 2 * 1024 * 1024;

/// The fields of a message that is written.
pub struct MessageFields(Zeroizing<Vec<u8>>);

impl MessageFields {
    /// Makes an empty message with room for `bytes` bytes. A longer message is copied as it grows, and leaves the
    /// copy unwiped.
    pub fn with_room(bytes: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(bytes + 64)))
    }

    /// Adds a field.
    #[must_use]
    pub fn with(mut self, field: &[u8]) -> Self {
        let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(field);
        self
    }

    /// Adds a number.
    #[must_use]
    pub fn with_number(self, number: u64) -> Self {
        self.with(&number.to_be_bytes())
    }

    /// Returns the message behind some first bytes and its length.
    pub fn frame(&self, first: &[u8]) -> Zeroizing<Vec<u8>> {
        let mut frame = Zeroizing::new(Vec::with_capacity(first.len() + 4 + self.0.len()));
        frame.extend_from_slice(first);
        frame.extend_from_slice(&u32::try_from(self.0.len()).unwrap_or(u32::MAX).to_be_bytes());
        frame.extend_from_slice(&self.0);
        frame
    }
}

/// The fields of a message that is read.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads the fields of a message.
    pub fn new(message: &'a [u8]) -> Self {
        Self(message)
    }

    /// Returns the next field.
    pub fn field(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.0.split_first_chunk()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (field, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(field)
    }

    /// Returns the next field, which has a fixed length.
    pub fn fixed<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.field()?.try_into().ok()
    }

    /// Returns the next field, a number.
    pub fn number(&mut self) -> Option<u64> {
        Some(u64::from_be_bytes(self.fixed()?))
    }

    /// Returns true behind the last field.
    pub fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads the length of a message and the message.
pub fn read_message(from: &mut impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > LARGEST {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut message = Zeroizing::new(vec![0; length]);
    from.read_exact(&mut message)?;
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::{MessageFields, Reader, read_message};

    #[test]
    fn what_is_written_is_read_again() {
        let frame = MessageFields::with_room(0).with(b"one").with(b"").with_number(7).frame(b"xy");
        let message = read_message(&mut &frame[2..]).unwrap();
        let mut reader = Reader::new(&message);
        assert_eq!(reader.field(), Some(&b"one"[..]));
        assert_eq!(reader.fixed::<0>(), Some([]));
        assert!(!reader.is_at_end());
        assert_eq!(reader.number(), Some(7));
        assert!(reader.is_at_end() && reader.field().is_none());
    }

    #[test]
    fn what_is_cut_or_too_long_is_refused() {
        for message in [&[0, 0, 0, 2, 1][..], &[0, 0], &[255; 8]] {
            assert!(Reader::new(message).field().is_none());
            assert!(read_message(&mut &message[..]).is_err());
        }
    }
}
