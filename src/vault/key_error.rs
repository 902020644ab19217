//! The reasons why a key does not open a vault, or cannot be used for one.

/// The reasons why no key opens a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Locked {
    /// A passphrase that is not the vault's.
    #[error("the passphrase is wrong")]
    Passphrase,
    /// Identities none of which belongs to a recipient of the vault.
    #[error("none of the identities opens this vault")]
    Identities,
    /// A passphrase for a vault that is locked to recipients.
    #[error("this vault is locked to recipients and needs an identity")]
    NeedsIdentity,
    /// An identity for a vault that is locked with a passphrase.
    #[error("this vault is locked with a passphrase")]
    NeedsPassphrase,
    /// A passphrase that its holder gave up, or that is not the vault's any more.
    #[error("the agent does not open this vault any more")]
    Held,
}

/// The reasons why a key cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A text that is not a recipient.
    #[error("`{text}` is not an age recipient: {reason}")]
    Recipient {
        /// The text that was given, a public value.
        text: String,
        /// The reason why it is none.
        reason: &'static str,
    },
    /// A recipient or identity of a plugin that was not allowed.
    #[error("the age plugin `{name}` is not allowed")]
    PluginNotAllowed {
        /// Name of the plugin.
        name: String,
    },
    /// A plugin that cannot be started.
    #[error("the age plugin `{name}` cannot be used")]
    Plugin {
        /// Name of the plugin.
        name: String,
    },
    /// A plugin that failed, of which only the key is known.
    #[error("the age plugin of {key} cannot be used")]
    PluginFailed {
        /// The key that the plugin serves.
        key: &'static str,
    },
    /// Text that contains no identity.
    #[error("`{name}` contains no age identity and no SSH private key")]
    NoIdentity {
        /// The origin of the text.
        name: String,
    },
    /// A kind of SSH key that age does not support.
    #[error("`{name}` is an SSH key of a kind that age does not support; ed25519 and RSA keys work")]
    UnsupportedSsh {
        /// The origin of the key.
        name: String,
    },
    /// A wrong passphrase of an identity.
    #[error("the passphrase of the identity `{name}` is wrong")]
    IdentityPassphrase {
        /// The origin of the identity.
        name: String,
    },
    /// A vault without a recipient, which no key could open.
    #[error("a vault needs at least one recipient")]
    NoRecipient,
    /// More recipients than a reader of the vault accepts.
    #[error("a vault has at most {limit} recipients")]
    TooManyRecipients {
        /// The limit.
        limit: usize,
    },
    /// Recipients that cannot be in one file.
    #[error("these recipients cannot be used together")]
    Incompatible,
}
