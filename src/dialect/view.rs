//! The settings for showing credentials and lists of them.

use chrono::{DateTime, Utc};

use super::version::ApiVersion;
use crate::value::Value;

/// The settings for showing a credential.
#[derive(Debug, Clone, Copy)]
pub struct ViewSettings<'a> {
    /// The instant for which the state of the credential is computed.
    pub now: DateTime<Utc>,
    /// The version of Network Controller's documents.
    pub version: ApiVersion,
    /// True if secrets are shown where the system would show them.
    pub reveal: bool,
    /// The virtual networks that refer to it, as a list of `{"resourceRef"}`.
    pub networks: &'a Value,
}

/// The facts that a list tells beside its items.
#[derive(Debug, Clone)]
pub struct ListPage {
    /// The number of items that were asked for, or of all that there are.
    pub size: u64,
    /// The number of items on all pages.
    pub total: u64,
    /// The token that asks for the next page.
    pub token: Option<String>,
    /// First item and number of items, when pages are cut by number.
    pub offset: Option<(u64, u64)>,
    /// True if the number of items was asked for.
    pub count: bool,
    /// The instant at which the list was made, and the id of the one who asked for it.
    pub made: (DateTime<Utc>, uuid::Uuid),
}
