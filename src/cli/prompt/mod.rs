//! The only place that asks the operator anything: on the controlling terminal, so that the standard
//! streams stay free for data wherever they lead.
//!
//! `questions.rs` has the questions, `terminal.rs` how a line is read, `paste.rs` a text of several lines,
//! `choose.rs` choosing from a list, `keys.rs` single keys, `plugin.rs` what age plugins ask. Must not decide
//! whether asking is allowed, nor end the process, unless a signal is to, for which `signals.rs` has the
//! terminal put right first.

mod choose;
mod keys;
mod paste;
mod plugin;
mod prompter;
mod questions;
mod signals;
mod terminal;

pub use paste::Given;
pub use prompter::{PromptError, Prompter, TRIES};
