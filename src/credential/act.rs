//! The actor, the time and the project of a change: the caller provides them, because nothing here reads
//! a clock.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The project whose credentials are global.
pub const ADMIN: &str = "admin";

/// The actor, the time and the project of a change.
#[derive(Debug, Clone)]
pub struct Act {
    /// The instant of the change.
    pub now: DateTime<Utc>,
    /// The id of the operator who makes the change.
    pub actor: Uuid,
    /// The name of the operator, if it is known.
    pub actor_name: Option<String>,
    /// The project of a new credential that names none.
    pub project: String,
}
