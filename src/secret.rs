//! The only holder of sensitive text: wiped when dropped, never shown, never serialised.
//!
//! What is inside leaves through [`Secret::expose`] and nowhere else, so a search for that name
//! finds every place where a secret is looked at.

use std::fmt;

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
    fn text_that_is_not_utf8_is_refused_with_its_place() {
        assert_eq!(Secret::from_utf8(b"caf\xe9".to_vec()), Err(3));
        assert_eq!(Secret::from_utf8(b"cafe".to_vec()), Ok(Secret::from("cafe")));
    }
}
