//! The bytes of a value that may be a text: shared with what the text came from, or made of it.

use std::fmt;
use std::ops::Deref;

use zeroize::Zeroizing;

use super::text::Secret;

/// The bytes of one value. A text is the one of its credential, which is no copy if it is long; a value may be
/// most of a vault.
pub enum SecretBytes {
    /// A text as it is kept.
    Text(Secret),
    /// Bytes that were made of a value, such as those behind base64.
    Made(Zeroizing<Vec<u8>>),
}

impl SecretBytes {
    /// Returns the bytes as a text, if they are UTF-8.
    #[must_use]
    pub fn into_secret(self) -> Option<Secret> {
        match self {
            Self::Text(text) => Some(text),
            Self::Made(mut bytes) => Secret::from_utf8(std::mem::take(&mut *bytes)).ok(),
        }
    }

    /// Returns the bytes as a text, if they are UTF-8, and keeps them.
    #[must_use]
    pub fn to_secret(&self) -> Option<Secret> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Made(bytes) => std::str::from_utf8(bytes).ok().map(Secret::from),
        }
    }
}

impl Deref for SecretBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.expose().as_bytes(),
            Self::Made(bytes) => bytes,
        }
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretBytes(…)")
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::SecretBytes;
    use crate::secret::Secret;

    #[test]
    fn a_long_text_is_shared_and_bytes_are_a_text_only_if_they_are_one() {
        let text = Secret::from("x".repeat(100_000));
        let bytes = SecretBytes::Text(text.clone());
        assert_eq!(bytes.as_ptr(), text.expose().as_ptr());
        assert_eq!(bytes.to_secret().unwrap().expose().as_ptr(), text.expose().as_ptr());
        assert_eq!(bytes.into_secret().unwrap().expose().as_ptr(), text.expose().as_ptr());
        let made = |bytes: &[u8]| SecretBytes::Made(Zeroizing::new(bytes.to_vec()));
        assert_eq!(made(b"abc").to_secret(), Some(Secret::from("abc")));
        assert!(made(b"\xff").to_secret().is_none() && made(b"\xff").into_secret().is_none());
    }
}
