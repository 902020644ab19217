//! Facts that a text tells by itself.

/// A fact that a value tells by itself, such as a certificate's subject. It is shown read-only beside the
/// value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Name of the derived field, such as `notAfter`.
    pub name: &'static str,
    /// Its text, never secret.
    pub text: String,
}
