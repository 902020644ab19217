//! Who acts, when, and where: what a change must be told, because nothing here reads a clock.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The project whose credentials are global.
pub const ADMIN: &str = "admin";

/// Who acts, when, and where.
#[derive(Debug, Clone)]
pub struct Act {
    /// The instant of the change.
    pub now: DateTime<Utc>,
    /// Who makes it.
    pub actor: Uuid,
    /// The project of a new credential that names none.
    pub project: String,
}
