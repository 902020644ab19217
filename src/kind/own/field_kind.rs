//! The kinds of field, by their names in a definition.

use crate::kind::rule::{Rule, account, certificate, document, network, number, otp, private_key, text, url};

/// A kind of field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldKind {
    Text,
    Secret,
    Lines,
    Number,
    Bool,
    Date,
    Email,
    Url,
    AddressRange,
    Choice,
    List,
    /// Addresses where the credential is used.
    Addresses,
    Map,
    /// Variables of a program, in their order.
    Variables,
    Certificate,
    PrivateKey,
    SshKey,
    Json,
    Totp,
    Hotp,
    File,
    /// An object of any depth.
    Tree,
    /// The entries of a key store, which only built-in types have.
    Entries,
}

impl FieldKind {
    /// Every kind, in the order in which messages list them.
    const ALL: [Self; 23] = [
        Self::Text,
        Self::Secret,
        Self::Lines,
        Self::Number,
        Self::Bool,
        Self::Date,
        Self::Email,
        Self::Url,
        Self::AddressRange,
        Self::Choice,
        Self::List,
        Self::Addresses,
        Self::Map,
        Self::Variables,
        Self::Certificate,
        Self::PrivateKey,
        Self::SshKey,
        Self::Json,
        Self::Totp,
        Self::Hotp,
        Self::File,
        Self::Tree,
        Self::Entries,
    ];

    /// Returns the name in a definition.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Secret => "secret",
            Self::Lines => "lines",
            Self::Number => "number",
            Self::Bool => "bool",
            Self::Date => "date",
            Self::Email => "email",
            Self::Url => "url",
            Self::AddressRange => "address-range",
            Self::Choice => "choice",
            Self::List => "list",
            Self::Addresses => "addresses",
            Self::Map => "map",
            Self::Variables => "variables",
            Self::Certificate => "certificate",
            Self::PrivateKey => "private-key",
            Self::SshKey => "ssh-key",
            Self::Json => "json",
            Self::Totp => "totp",
            Self::Hotp => "hotp",
            Self::File => "file",
            Self::Tree => "tree",
            Self::Entries => "entries",
        }
    }

    /// Finds a kind by its name.
    pub(super) fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the names of the kinds that any type may use.
    pub(super) fn names() -> String {
        let names = Self::ALL.iter().filter(|kind| **kind != Self::Entries).map(|kind| kind.name());
        names.collect::<Vec<_>>().join(", ")
    }

    /// Returns the rule that a text of the kind has where the definition names no other.
    pub(super) fn rule(self, secret: bool) -> &'static Rule {
        match self {
            Self::Number => &number::NUMBER,
            Self::Email => &account::EMAIL,
            Self::Url if secret => &document::SECRET_URL,
            Self::Url => &document::URL,
            Self::AddressRange => &network::IP_RANGE,
            Self::Addresses => &url::ADDRESS,
            Self::Certificate => &certificate::PEM_CERTIFICATES,
            Self::PrivateKey => &private_key::PEM_PRIVATE_KEY,
            Self::SshKey => &private_key::SSH_KEY,
            Self::Json => &document::JSON,
            Self::Totp => &otp::TOTP,
            Self::Hotp => &otp::HOTP,
            Self::File => &document::FILE,
            _ => &text::NONEMPTY,
        }
    }

    /// Returns true for a text, or a list of texts, which may have limits and a pattern.
    pub(super) fn has_text(self) -> bool {
        !matches!(
            self,
            Self::Bool
                | Self::Date
                | Self::Addresses
                | Self::Map
                | Self::Variables
                | Self::Tree
                | Self::Entries
                | Self::Number
        )
    }

    /// Returns true for a text of one line.
    pub(super) fn is_line(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Secret | Self::Email | Self::Url | Self::AddressRange | Self::Choice
        )
    }

    /// Returns true for a value that is a secret whatever the definition says.
    pub(super) fn is_always_secret(self) -> bool {
        matches!(self, Self::Secret | Self::PrivateKey | Self::SshKey | Self::Totp | Self::Hotp)
    }
}
