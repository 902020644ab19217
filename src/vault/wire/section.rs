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
    /// Earlier versions of credentials.
    History,
    /// Types that the vault defines itself.
    Types,
    /// Unresolved changes of two writers.
    Conflicts,
    /// Files of attachments beside the vault. Behind everything that may name one.
    Blobs,
    /// Secrets that are being replaced. No program of this version reads it.
    Rotations,
    /// Rules for the secrets of the vault. No program of this version reads it.
    Rules,
    /// Digests of the text before this section, if the vault is signed.
    Chunks,
}

impl Section {
    /// All sections, in order.
    pub const ALL: [Self; 13] = [
        Self::Recipients,
        Self::Credentials,
        Self::Policies,
        Self::Users,
        Self::References,
        Self::Environments,
        Self::History,
        Self::Types,
        Self::Conflicts,
        Self::Blobs,
        Self::Rotations,
        Self::Rules,
        Self::Chunks,
    ];

    /// Returns the sections of a format version, in order. A section keeps its place in all later versions.
    #[must_use]
    pub fn of_version(version: u64) -> &'static [Self] {
        if version == 1 { &Self::ALL[..7] } else { &Self::ALL }
    }

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
            Self::History => "history",
            Self::Types => "types",
            Self::Conflicts => "conflicts",
            Self::Blobs => "blobs",
            Self::Rotations => "rotations",
            Self::Rules => "rules",
            Self::Chunks => "chunks",
        }
    }
}
