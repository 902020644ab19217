//! The project's tests of the library's rules and of the program as a script sees it, in one binary.
//!
//! Every test has a folder of its own with home, configuration and vault, and a cleared environment.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make files and read answers")]

mod bulk;
mod canary;
mod consumers;
mod damage;
mod dialects;
mod discretion;
mod durability;
mod environments;
mod errors;
mod exchange;
mod exit_status;
mod fixtures;
mod golden;
mod history;
mod hostile;
mod interop;
mod lifecycle;
mod lockouts;
mod nesting;
mod options;
mod output;
mod plugins;
mod projects;
mod prompts;
mod properties;
mod queries;
mod registry;
mod schema;
mod seeds;
mod support;
mod sweep;
mod trust;
mod truth_table;
mod unlock;
mod verbs;
