//! The project's tests of the library's rules and of the program as a script sees it, in one binary.
//!
//! | folder | what its tests hold |
//! |---|---|
//! | `rules/` | what a type needs, what a change does to each field, what an import brings in, what may leave a vault; no program |
//! | `verbs/` | what each verb does, the questions of `list`, history and projects |
//! | `systems/` | the documents of the five systems, and the life of a credential in each |
//! | `formats/` | export, import and documents |
//! | `programs/` | `run`, `inject`, the helpers and the clipboard: who gets a secret |
//! | `places/` | vaults at addresses: one engine, several machines, lost answers, copies |
//! | `environments/` | bundles that follow a change |
//! | `agent/` | the agent: what opens after `unlock`, its place, its end, what others see of it |
//! | `file/` | the vault on the disk: durability, damage, forgery, keys, trust |
//! | `trust/` | what a machine remembers of a vault: attacks that it refuses, and replacements that are none |
//! | `contract/` | what holds whatever the verb: texts, forms, statuses, prompts, secrecy |
//! | `terminal/` | what a person sees on a screen of 80 columns and 24 rows |
//! | `support/` | the scene of a test: folder, program, terminal, samples |
//!
//! Every test has a folder of its own with home, configuration and vault, and a cleared environment.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make files and read answers")]

mod agent;
mod contract;
mod environments;
mod file;
mod formats;
mod places;
mod programs;
mod rules;
mod support;
mod systems;
mod terminal;
mod trust;
mod verbs;
