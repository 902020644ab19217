//! The lists of records in a vault.

/// The sections in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The recipients that can open the vault; empty if it has a passphrase.
    Recipients,
    /// The credentials, sorted by the bytes of their ids.
    Credentials,
    /// Policies that credentials refer to.
    Policies,
    /// Users that password hashes belong to.
    Users,
    /// References from other resources.
    References,
    /// Environments that bundles are written for.
    Environments,
    /// Definitions of the vault's own types.
    Types,
    /// Earlier versions of credentials.
    History,
}

impl Section {
    /// All sections, in order.
    pub const ALL: [Self; 8] = [
        Self::Recipients,
        Self::Credentials,
        Self::Policies,
        Self::Users,
        Self::References,
        Self::Environments,
        Self::Types,
        Self::History,
    ];

    /// Returns the member name in the vault.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Recipients => "recipients",
            Self::Credentials => "credentials",
            Self::Policies => "policies",
            Self::Users => "users",
            Self::References => "references",
            Self::Environments => "environments",
            Self::Types => "types",
            Self::History => "history",
        }
    }
}
