//! The verbs, one file each: what it takes, and one function that does it.

pub mod add;
pub mod completions;
pub mod delete;
pub mod get;
pub mod init;
pub mod list;
pub mod man;
pub mod passwd;
pub mod patch;
pub mod rekey;
pub mod types;
pub mod update;
