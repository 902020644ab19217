//! The only module that prompts the operator. It uses the controlling terminal, so that the standard streams
//! stay free for data wherever they lead.
//!
//! `questions.rs` has the prompts, `line.rs` reads a line, `terminal.rs` sets the modes, and `paste.rs` reads a
//! text of several lines.
//! `choose.rs` has the choice from a list, `choice.rs` its state and picture, `keys.rs` single keys, and
//! `plugin.rs` the answers for age plugins. The module must not decide whether prompts are allowed. It must not
//! end the process, except for a signal: `signals.rs` restores the terminal first.

mod choice;
mod choose;
mod keys;
mod line;
mod paste;
mod plugin;
mod prompter;
mod questions;
mod signals;
mod terminal;

pub use paste::Given;
pub use prompter::{PromptError, Prompter, TRIES};
pub use signals::{Came, Noted, note};
