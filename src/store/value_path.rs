//! The path of one value in a vault, as texts name it.

use super::error::Error;
use super::value_error::ValueError;
use crate::text::SCHEME;

/// The id and the field of a value, as in `cred://ID/FIELD` or `ID/FIELD`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ValuePath {
    /// The id of the credential, or a name that only one has.
    pub id: String,
    /// The name of the field.
    pub field: String,
}

impl ValuePath {
    /// Parses a path, with the scheme or without. Ids may have slashes, fields have none.
    ///
    /// # Errors
    /// [`ValueError::NoPath`], which does not repeat the text: a text that is here by mistake may be a secret.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bare = text.strip_prefix(SCHEME).unwrap_or(text);
        match bare.rsplit_once('/') {
            Some((id, field)) if !id.is_empty() && !field.is_empty() => {
                Ok(Self { id: id.to_owned(), field: field.to_owned() })
            }
            _ => Err(ValueError::NoPath.into()),
        }
    }
}
