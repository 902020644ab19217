//! Versions of Network Controller's documents.

/// A version of the URI of Network Controller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApiVersion(pub(crate) u32, pub(crate) u32);

impl ApiVersion {
    /// The newest version that is known.
    pub const NEWEST: Self = Self(6, 1);

    /// Reads `v1`, `v3`, `v6.1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) =
            text.strip_prefix('v')?.split_once('.').unwrap_or((text.strip_prefix('v')?, "0"));
        Some(Self(major.parse().ok().filter(|major| *major > 0)?, minor.parse().ok()?))
    }
}
