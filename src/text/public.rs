//! A text that is no secret and may be long: a description, a label.

use std::fmt;
use std::ops::Deref;

use crate::secret::Secret;

/// A text that may be shown. The clones of a long one share it, because it may be most of a vault.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicText(Secret);

impl Deref for PublicText {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.expose()
    }
}

impl From<Secret> for PublicText {
    fn from(text: Secret) -> Self {
        Self(text)
    }
}

impl From<&str> for PublicText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for PublicText {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<PublicText> for Secret {
    fn from(text: PublicText) -> Self {
        text.0
    }
}

impl fmt::Display for PublicText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for PublicText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
