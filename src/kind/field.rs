//! One field of a type: its class, its shape, and its secrecy.

use super::rule::{self, Rule, TextForm};

/// A field as the catalogue describes it. Every reader of field names goes through these entries.
#[derive(Debug)]
pub struct Field {
    /// Canonical name, as documents, output and `types` spell it.
    pub name: &'static str,
    /// Other spellings that documents and assignments may use.
    pub aliases: &'static [&'static str],
    /// The class, which says how the verbs treat the field.
    pub class: Class,
    /// The shape of its value.
    pub shape: Shape,
    /// The rule for showing its value.
    pub secrecy: Secrecy,
    /// A description of the field in a few words.
    pub help: &'static str,
    /// The words of a prompt, in the operator's language, where `help` is not enough.
    pub prompt: Option<&'static str>,
    /// The environment variable in which programs expect its value.
    pub variable: Option<&'static str>,
    /// The environment variable in which programs expect the path of a file with its value.
    pub file_variable: Option<&'static str>,
    /// True if no other system knows the field, so that the documents of systems have no place for it.
    pub is_ours: bool,
    /// The value that the field has where none is given.
    pub default: Option<DefaultValue>,
    /// The part of credctl in making the value.
    pub generate: Generation,
    /// The texts to choose from; none if any text of its rule will do.
    pub choices: &'static [&'static str],
}

/// The value that a field has where none is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultValue {
    /// A text, or the text of a number.
    Text(&'static str),
    /// `true` or `false`.
    Flag(bool),
    /// Texts in order.
    List(&'static [&'static str]),
}

/// The part of credctl in making the value of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// Makes it where an assignment says `generate`.
    Possible,
    /// Offers it in the prompt for the field, too.
    Offered,
    /// Makes it wherever a new credential comes without it.
    Usual,
    /// Never makes it, because somebody else does.
    Never,
}

/// The treatment of a field in creating, replacing and merging; see [`crate::credential::Verb`].
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

/// The shape of a value.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Text of one line: the final newline of a file is not part of it.
    Line(&'static Rule),
    /// Text that is kept to the byte, newlines included.
    Text(&'static Rule),
    /// Text holding a JSON object; an object given as such is turned into its text.
    JsonText(&'static Rule),
    /// A number, kept as JSON writes it.
    Number(&'static Rule),
    /// An instant, kept in UTC with microseconds.
    Time,
    /// `true` or `false`, also as those texts.
    Flag,
    /// Texts in order, each once.
    List(&'static Rule),
    /// Lines of text in order, each once. One alone may be given without a list, and commas part nothing.
    Several(&'static Rule),
    /// `{name, value}` pairs of texts.
    Labels,
    /// Names with a text each.
    Tags,
    /// An object of any content that has at least these members.
    Open(&'static [Field]),
    /// An object of any depth whose leaves are judged one by one.
    Tree,
    /// Texts by the exact names of environment variables, in their order; at least one.
    Variables,
    /// A set of base64 texts by name.
    Store(&'static KeyStoreShape),
    /// `{name, value, secret}` for each own field of a credential.
    Custom,
}

/// The entries of a key store.
#[derive(Debug)]
pub struct KeyStoreShape {
    /// Entries that have a meaning; every one must be there.
    pub entries: &'static [Field],
    /// True if entries of other names may be there.
    pub open: bool,
}

/// The rule for showing a field.
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
    /// Each item says by itself if it is secret.
    PerItem,
}

impl Field {
    /// Makes a public field with a plain name; refine it with the other constructors.
    #[must_use]
    pub const fn new(name: &'static str, class: Class, shape: Shape, help: &'static str) -> Self {
        Self {
            name,
            aliases: &[],
            class,
            shape,
            secrecy: Secrecy::Public,
            help,
            prompt: None,
            variable: None,
            file_variable: None,
            is_ours: false,
            default: None,
            generate: Generation::Possible,
            choices: &[],
        }
    }

    /// Makes a field that every creation and replacement must give.
    #[must_use]
    pub const fn required(name: &'static str, shape: Shape, help: &'static str) -> Self {
        Self::new(name, Class::Required, shape, help)
    }

    /// Makes a field that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, shape: Shape, help: &'static str) -> Self {
        Self::new(name, Class::Optional, shape, help)
    }

    /// Makes the field secret.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secrecy = Secrecy::Secret;
        self
    }

    /// Gives the field a secrecy.
    #[must_use]
    pub const fn secrecy(mut self, secrecy: Secrecy) -> Self {
        self.secrecy = secrecy;
        self
    }

    /// Marks the field as one that no other system knows.
    #[must_use]
    pub const fn ours(mut self) -> Self {
        self.is_ours = true;
        self
    }

    /// Gives the field other spellings.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Sets the environment variable in which programs expect the field's value.
    #[must_use]
    pub const fn variable(mut self, name: &'static str) -> Self {
        self.variable = Some(name);
        self
    }

    /// Sets the environment variable in which programs expect the path of a file with the field's value.
    #[must_use]
    pub const fn file_variable(mut self, name: &'static str) -> Self {
        self.file_variable = Some(name);
        self
    }

    /// Gives the field the words of a prompt, such as `Private key`.
    #[must_use]
    pub const fn prompt(mut self, prompt: &'static str) -> Self {
        self.prompt = Some(prompt);
        self
    }

    /// Returns the words of a prompt: the field's own, or else the help with a capital letter.
    #[must_use]
    pub fn label(&self) -> String {
        let words = self.prompt.unwrap_or(self.help);
        let mut chars = words.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
    }

    /// Returns true if the field may be spelled like this.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }

    /// Returns true if the value, or part of it, is secret. It then cannot be given as an argument, because
    /// every process can see arguments.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.secrecy != Secrecy::Public
    }

    /// Returns true if the value is the seed of one-time passwords, so that people want its codes and not itself.
    #[must_use]
    pub fn is_seed(&self) -> bool {
        self.form() == Some(TextForm::Seed)
    }

    /// Returns the form of its text, if the value is one text.
    #[must_use]
    pub fn form(&self) -> Option<TextForm> {
        match self.shape {
            Shape::Line(rule) | Shape::Text(rule) | Shape::JsonText(rule) => Some(rule.form),
            _ => None,
        }
    }

    /// Returns a noun phrase for the expected value.
    #[must_use]
    pub fn expects(&self) -> &'static str {
        if self.class == Class::Empty {
            return "nothing";
        }
        match self.shape {
            Shape::Line(rule) | Shape::Text(rule) | Shape::JsonText(rule) | Shape::Number(rule) => {
                rule.expects
            }
            Shape::Time => rule::time::TIMESTAMP.expects,
            Shape::Flag => "true or false",
            Shape::Several(rule) => rule.expects,
            Shape::List(_) => "a list, separated by commas",
            Shape::Labels => "a list of {name, value}",
            Shape::Tags => "names with a text each",
            Shape::Open(_) | Shape::Tree => "an object",
            Shape::Variables => "variables with a text each",
            Shape::Store(_) => "base64 texts by name",
            Shape::Custom => "a list of {name, value, secret}",
        }
    }
}
