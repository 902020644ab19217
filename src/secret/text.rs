//! Text that must not be shown.

use std::fmt;
use std::sync::Arc;

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// UTF-8 text that must not be shown: a password, a key, or any value that might be one.
#[derive(Clone)]
pub struct Secret(SecretText);

#[derive(Clone)]
enum SecretText {
    Own(Zeroizing<Box<str>>),
    /// A long text, of which clones are no copies. The last of them wipes it.
    Shared(Arc<Zeroizing<String>>),
}

/// The length from which on a text is shared. A shorter one is copied sooner than it is counted.
const LONG: usize = 16 * 1024;

impl Secret {
    /// Returns the text itself. The caller must not let it reach a screen, a log or an error.
    #[must_use]
    pub fn expose(&self) -> &str {
        match &self.0 {
            SecretText::Own(text) => text,
            SecretText::Shared(text) => text,
        }
    }

    /// Returns the length of the text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.expose().len()
    }

    /// Returns true if there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }

    /// Takes bytes over, and wipes them if they are not UTF-8.
    ///
    /// # Errors
    /// The offset of the first byte that is not UTF-8.
    pub fn from_utf8(bytes: Vec<u8>) -> Result<Self, usize> {
        String::from_utf8(bytes).map(Self::from).map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            drop(Zeroizing::new(error.into_bytes()));
            place
        })
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(if text.len() < LONG {
            SecretText::Own(Zeroizing::new(text.into()))
        } else {
            SecretText::Shared(Arc::new(Zeroizing::new(text.into())))
        })
    }
}

impl From<String> for Secret {
    /// Takes a long text over. Copies a short one into a box of the exact size, because shrinking in place
    /// may leave the old bytes behind, and wipes the original.
    fn from(text: String) -> Self {
        if text.len() < LONG {
            return Self::from(Zeroizing::new(text).as_str());
        }
        Self(SecretText::Shared(Arc::new(Zeroizing::new(text))))
    }
}

impl From<Zeroizing<String>> for Secret {
    fn from(mut text: Zeroizing<String>) -> Self {
        Self::from(std::mem::take(&mut *text))
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
        self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
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
    fn a_clone_is_equal_however_long_the_text_is() {
        for length in [0, 1, super::LONG - 1, super::LONG, super::LONG + 1] {
            let secret = Secret::from("x".repeat(length));
            assert!(secret.clone() == secret && secret.len() == length);
            assert_eq!(
                secret.expose().as_ptr() == secret.clone().expose().as_ptr(),
                length >= super::LONG || length == 0
            );
        }
    }

    #[test]
    fn text_that_is_not_utf8_is_refused_with_its_place() {
        assert_eq!(Secret::from_utf8(b"caf\xe9".to_vec()), Err(3));
        assert_eq!(Secret::from_utf8(b"cafe".to_vec()), Ok(Secret::from("cafe")));
    }
}
