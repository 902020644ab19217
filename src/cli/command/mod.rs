//! The verbs, one file each: what it takes, and one function that does it. Verbs that only make sense
//! together share a file.

pub mod access;
pub mod add;
pub mod check;
pub mod completions;
pub mod delete;
pub mod environment;
pub mod export;
pub mod find;
pub mod generate;
pub mod get;
pub mod grant;
pub mod helper;
pub mod history;
pub mod import;
pub mod init;
pub mod inject;
pub mod list;
pub mod man;
pub mod passwd;
pub mod patch;
pub mod policy;
pub mod project;
pub mod purge;
pub mod reference;
pub mod rekey;
pub mod rollback;
pub mod run;
pub mod types;
pub mod undo;
pub mod update;
pub mod user;
pub mod verify;
