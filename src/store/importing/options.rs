//! The choices of a caller who imports.

/// The choices of a caller who imports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// The action for an item that exists already.
    pub on_conflict: OnConflict,
    /// True to import all credentials, or none.
    pub atomic: bool,
}

impl From<OnConflict> for ImportOptions {
    /// Returns options that import as many credentials as possible.
    fn from(on_conflict: OnConflict) -> Self {
        Self { on_conflict, atomic: false }
    }
}

/// The action for an item that exists already: it has the id of a stored credential, or it is an entry of the
/// same title, user and host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnConflict {
    /// The item fails.
    #[default]
    Fail,
    /// The stored credential stays.
    Skip,
    /// The item replaces the stored credential.
    Replace,
    /// The item gets another id, the next one that is free, and the stored credential stays.
    Rename,
}
