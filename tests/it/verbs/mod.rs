//! What each verb does, as seen through the program; one module each.

mod add;
mod assignments;
mod check;
mod delete;
mod expiring;
mod get;
mod grant;
mod history;
mod init;
mod list;
mod pages;
mod passwd;
mod password_hash;
mod patch;
mod policy;
mod project;
mod projects;
mod queries;
mod reference;
mod rekey;
mod renaming;
mod types;
mod update;
mod user;
mod verify;
