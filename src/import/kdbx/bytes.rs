//! Bytes that are read one field after another, with a check of every length.

use super::error::KdbxError;

/// The rest of a file.
pub(super) struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// Takes the next bytes.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], KdbxError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(KdbxError::Damaged("ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }

    /// Takes a number of 8 bits.
    pub fn byte(&mut self) -> Result<u8, KdbxError> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// Takes a number of 16 bits.
    pub fn short(&mut self) -> Result<u16, KdbxError> {
        self.take(2).and_then(|bytes| Ok(u16::from_le_bytes(exact(bytes)?)))
    }

    /// Takes a number of 32 bits, such as a length.
    pub fn length(&mut self) -> Result<usize, KdbxError> {
        let number = self.take(4).and_then(|bytes| Ok(u32::from_le_bytes(exact(bytes)?)))?;
        usize::try_from(number).map_err(|_| KdbxError::Damaged("has a length that is too large"))
    }

    /// Takes a field whose length stands in front of it.
    pub fn field(&mut self) -> Result<&'a [u8], KdbxError> {
        let length = self.length()?;
        self.take(length)
    }
}

/// Returns bytes as an array of the same length.
pub(super) fn exact<const N: usize>(bytes: &[u8]) -> Result<[u8; N], KdbxError> {
    bytes.try_into().map_err(|_| KdbxError::Damaged("has a field of a wrong length"))
}
