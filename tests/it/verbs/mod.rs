//! What each verb does, as seen through the program; one module each.

mod add;
mod assignments;
mod delete;
mod get;
mod init;
mod list;
mod pages;
mod passwd;
mod patch;
mod rekey;
mod types;
mod update;
