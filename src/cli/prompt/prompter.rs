//! The controlling terminal, and why there may be no answer.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal as _};

use crate::cli::output::sanitize;

/// Times that a secret is asked for before credctl gives up.
pub const TRIES: usize = 3;

/// Asks on the controlling terminal.
#[derive(Debug)]
pub struct Prompter {
    pub(super) tty: File,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Ctrl-C. The terminal is as it was before; the process should end with 130.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-D, or the terminal is gone.
    #[error("the input ended before there was an answer")]
    Closed,
    /// A new secret was not entered twice alike.
    #[error("the secret was not entered twice alike in three tries")]
    Mismatch,
    /// The terminal cannot be used.
    #[error("asking on the terminal failed")]
    Io(#[from] io::Error),
}

impl Prompter {
    /// `None` when there is no controlling terminal. Where asking was switched off, the caller does
    /// not come here.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "opens the terminal, and makes no file")]
    pub fn open() -> Option<Self> {
        let tty = OpenOptions::new().read(true).write(true).open("/dev/tty").ok()?;
        tty.is_terminal().then_some(Self { tty })
    }

    /// Says below an answer why it is not taken.
    ///
    /// # Errors
    /// A terminal that fails.
    pub fn refuse(&self, reason: &str) -> io::Result<()> {
        self.say(&format!("  {}\n", sanitize::line(reason)))
    }
}
