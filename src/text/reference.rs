//! The sign of a reference to a value of the vault inside a text.

/// The beginning of a reference, as in `cred://ID/FIELD`.
pub const SCHEME: &str = "cred://";

/// Returns true if a text has any references.
#[must_use]
pub fn has_reference(text: &str) -> bool {
    text.contains(SCHEME)
}
