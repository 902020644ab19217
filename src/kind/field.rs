//! One field of a type: its class, its shape, and whether it may be shown.

use super::rule::{self, Rule};

/// A field as the catalogue describes it. Every reader of field names goes through these entries.
#[derive(Debug)]
pub struct Field {
    /// Canonical name, as documents, output and `types` spell it.
    pub name: &'static str,
    /// Other spellings that documents and assignments may use.
    pub aliases: &'static [&'static str],
    /// What the verbs do with it.
    pub class: Class,
    /// What its value is made of.
    pub shape: Shape,
    /// True if it may be shown.
    pub secrecy: Secrecy,
    /// What it is, in a few words.
    pub help: &'static str,
    /// What a prompt asks for, in the operator's words, where `help` does not say it.
    pub prompt: Option<&'static str>,
}

/// What creating, replacing and merging do with a field; see [`crate::credential::Verb`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Given once at creation; naming another value later is a conflict.
    Identity,
    /// Kept by a replacement that does not name it.
    Metadata,
    /// Needed by creation and by every replacement.
    Required,
    /// Deleted by a replacement that does not name it.
    Optional,
    /// Goes back to its default in a replacement that does not name it.
    Defaulted,
    /// Computed here; naming it is an error.
    ReadOnly,
    /// Computed from another field of the same change and kept with it.
    Computed,
    /// Accepted for the sake of other systems' documents, and not stored.
    Ignored,
    /// Must be empty or absent.
    Empty,
}

/// What a value is made of.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Text of one line: the final newline of a file is not part of it.
    Line(&'static Rule),
    /// Text that is kept to the byte, newlines included.
    Text(&'static Rule),
    /// Text holding a JSON object; an object given as such is turned into its text.
    JsonText(&'static Rule),
    /// An instant, kept in UTC with microseconds.
    Time,
    /// `true` or `false`, also as those texts.
    Flag,
    /// Texts in order, each once.
    List(&'static Rule),
    /// `{name, value}` pairs of texts.
    Labels,
    /// Names with a text each.
    Tags,
    /// An object of any content that has at least these members.
    Open(&'static [Field]),
    /// An object of any depth whose leaves are judged one by one.
    Tree,
    /// A set of base64 texts by name.
    Store(&'static Store),
}

/// The entries of a key store.
#[derive(Debug)]
pub struct Store {
    /// Entries that have a meaning; every one must be there.
    pub entries: &'static [Field],
    /// True if entries of other names may be there.
    pub open: bool,
}

/// Whether a field may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// Shown everywhere.
    Public,
    /// Shown only when revealing was asked for.
    Secret,
    /// Never shown: a password hash.
    Sealed,
    /// Leaves of these names are public, every other leaf is secret.
    SecretExcept(&'static [&'static str]),
}

impl Field {
    /// A field with a plain name; refine it with the other constructors.
    #[must_use]
    pub const fn new(name: &'static str, class: Class, shape: Shape, help: &'static str) -> Self {
        Self { name, aliases: &[], class, shape, secrecy: Secrecy::Public, help, prompt: None }
    }

    /// A field that every creation and replacement must give.
    #[must_use]
    pub const fn required(name: &'static str, shape: Shape, help: &'static str) -> Self {
        Self::new(name, Class::Required, shape, help)
    }

    /// A field that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, shape: Shape, help: &'static str) -> Self {
        Self::new(name, Class::Optional, shape, help)
    }

    /// The same field, secret.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secrecy = Secrecy::Secret;
        self
    }

    /// The same field with a given secrecy.
    #[must_use]
    pub const fn secrecy(mut self, secrecy: Secrecy) -> Self {
        self.secrecy = secrecy;
        self
    }

    /// The same field with other spellings.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The same field with what a prompt asks for: `Private key`.
    #[must_use]
    pub const fn prompt(mut self, prompt: &'static str) -> Self {
        self.prompt = Some(prompt);
        self
    }

    /// What a prompt asks for: its own words, or else the help with a capital letter.
    #[must_use]
    pub fn label(&self) -> String {
        let words = self.prompt.unwrap_or(self.help);
        let mut chars = words.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }

    /// Returns true if this is how the field may be spelled.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }

    /// Returns true if the value, or part of it, is secret, and so no argument, which every process can see.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.secrecy != Secrecy::Public
    }

    /// What is expected as a value, as a noun phrase.
    #[must_use]
    pub fn expects(&self) -> &'static str {
        if self.class == Class::Empty {
            return "nothing";
        }
        match self.shape {
            Shape::Line(rule) | Shape::Text(rule) | Shape::JsonText(rule) => rule.expects,
            Shape::Time => rule::time::TIMESTAMP.expects,
            Shape::Flag => "true or false",
            Shape::List(_) => "a list, separated by commas",
            Shape::Labels => "a list of {name, value}",
            Shape::Tags => "names with a text each",
            Shape::Open(_) | Shape::Tree => "an object",
            Shape::Store(_) => "base64 texts by name",
        }
    }
}
