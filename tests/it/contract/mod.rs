//! The contract of all verbs with scripts and people: texts, forms of output, exit statuses, prompts, secrets.

mod bulk;
mod canary;
mod confirmations;
mod dialogue;
mod discretion;
mod errors;
mod exit_status;
pub mod golden;
mod options;
mod output;
pub mod prompts;
mod schema;
