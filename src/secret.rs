//! The only holder of sensitive text: wiped when dropped, never shown, never serialised.
//!
//! What is inside leaves through [`Secret::expose`] and nowhere else, so a search for that name
//! finds every place where a secret is looked at.

use std::{fmt, io};

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// UTF-8 text that must not be shown: a password, a key, or any value that might be one.
#[derive(Clone)]
pub struct Secret(Zeroizing<Box<str>>);

impl Secret {
    /// The text itself. The caller must not let it reach a screen, a log or an error.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Length of the text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes bytes over, and wipes them if they are not UTF-8.
    ///
    /// # Errors
    /// The offset of the first byte that is not UTF-8.
    pub fn from_utf8(bytes: Vec<u8>) -> Result<Self, usize> {
        let bytes = Zeroizing::new(bytes);
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(Self::from(text)),
            Err(error) => Err(error.valid_up_to()),
        }
    }
}

/// Bytes that are written one after another and wiped, also the smaller buffers that were outgrown.
#[derive(Debug, Default)]
pub struct Buffer(Zeroizing<Vec<u8>>);

impl Buffer {
    /// An empty buffer with room for so many bytes.
    #[must_use]
    pub fn with_capacity(room: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(room)))
    }

    /// The bytes written so far.
    #[must_use]
    pub fn into_bytes(self) -> Zeroizing<Vec<u8>> {
        self.0
    }
}

impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            // by hand, because a vector that grows leaves its old bytes behind
            let mut larger = Zeroizing::new(Vec::with_capacity(needed.max(self.0.capacity() * 2)));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(Zeroizing::new(text.into()))
    }
}

impl From<String> for Secret {
    /// Copies into a box of the exact size, because shrinking in place may leave the old bytes
    /// behind, and wipes the original.
    fn from(text: String) -> Self {
        Self::from(Zeroizing::new(text).as_str())
    }
}

impl From<Zeroizing<String>> for Secret {
    fn from(text: Zeroizing<String>) -> Self {
        Self::from(text.as_str())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl PartialEq for Secret {
    /// Compares in a time that depends on the lengths only.
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Secret {}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::from("hunter2")), "Secret(…)");
    }

    #[test]
    fn a_buffer_keeps_all_that_is_written() {
        use std::io::Write as _;
        let mut buffer = super::Buffer::with_capacity(3);
        (0..100).for_each(|_| buffer.write_all(b"abcde").unwrap());
        assert_eq!(buffer.into_bytes().as_slice(), b"abcde".repeat(100));
    }

    #[test]
    fn text_that_is_not_utf8_is_refused_with_its_place() {
        assert_eq!(Secret::from_utf8(b"caf\xe9".to_vec()), Err(3));
        assert_eq!(Secret::from_utf8(b"cafe".to_vec()), Ok(Secret::from("cafe")));
    }
}
