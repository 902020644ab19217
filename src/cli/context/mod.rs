//! The settings of this run, from the environment and the standard streams, which are read once. What
//! programs inherit is in `child/`, what must be known before anything else in `harden.rs`.

#![expect(clippy::disallowed_methods, reason = "others must not read them, so that this file does")]

mod environment;
mod input;
mod run;
mod settings;
mod source;
mod stdin;

pub use environment::{variables, wants_json, words};
pub use run::Context;
pub use source::{PassphraseSource, typed_passphrase};
pub use stdin::all_of_stdin;
