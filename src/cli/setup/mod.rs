//! The making of a vault. `creation.rs` writes the key file and the vault, for `init` too. `first_run.rs` is
//! the dialogue where there is no vault yet: `ways.rs`, `place.rs`, `sources.rs` and `shell.rs` ask one question
//! each, and `finish.rs` carries the answers out. No file here writes before the last answer.

pub mod creation;
mod finish;
pub mod first_run;
mod place;
pub mod shell;
mod sources;
mod ways;
