//! How credentials are to be shown.

use chrono::{DateTime, Utc};

use super::version::Version;
use crate::value::Value;

/// How a credential is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The instant for which its state is told.
    pub now: DateTime<Utc>,
    /// The version of Network Controller's documents.
    pub version: Version,
    /// True if secrets are shown where the system would show them.
    pub reveal: bool,
    /// The virtual networks that refer to it, as a list of `{"resourceRef"}`.
    pub networks: &'a Value,
}

/// What a list tells beside its items.
#[derive(Debug, Clone)]
pub struct Page {
    /// Items that were asked for, or all that there are.
    pub size: u64,
    /// Items on all pages.
    pub total: u64,
    /// Where the next page begins.
    pub token: Option<String>,
    /// First item and number of items, when pages are cut by number.
    pub offset: Option<(u64, u64)>,
    /// True if the number of items was asked for.
    pub count: bool,
    /// When the list was made, and by whom.
    pub made: (DateTime<Utc>, uuid::Uuid),
}
