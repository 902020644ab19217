//! Facts that a text tells by itself.

/// Something that a value tells by itself, shown read-only beside it: a certificate's subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Name of the derived field, such as `notAfter`.
    pub name: &'static str,
    /// Its text, never secret.
    pub text: String,
}
