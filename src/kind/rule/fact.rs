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

/// A reader of the facts of a text.
#[derive(Debug)]
pub struct FactReader {
    /// The name of the reader in definitions of types.
    pub name: &'static str,
    /// The names of the facts that it may find.
    pub names: &'static [&'static str],
    /// The function that reads the facts.
    pub facts: fn(&str) -> Vec<Fact>,
    /// The function that reads the details, which people want to know beside the facts. They are no fields.
    pub details: Option<fn(&str) -> Vec<Fact>>,
    /// True if the facts say only what the names in the field say, too.
    pub repeats_field: bool,
}
