//! The controlling terminal, and the reasons for a missing answer.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal as _};

use crate::cli::output::sanitize;

/// The number of times that credctl asks for a secret before it gives up.
pub const TRIES: usize = 3;

/// The controlling terminal, on which credctl prompts the operator.
#[derive(Debug)]
pub struct Prompter {
    pub(super) tty: File,
}

/// The reason for a missing answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Ctrl-C. The terminal is as it was before; the process should end with 130.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-D, or the terminal is gone.
    #[error("the input ended before the answer")]
    Closed,
    /// A new secret was empty, or its two entries differed, in each try.
    #[error("the secret was not entered in three tries")]
    Mismatch,
    /// The terminal cannot be used.
    #[error("the prompt on the terminal failed")]
    Io(#[from] io::Error),
}

impl Prompter {
    /// Opens the controlling terminal. Returns `None` if there is none. Must not be called where prompts are
    /// switched off.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "opens the terminal, and makes no file")]
    pub fn open() -> Option<Self> {
        let tty = OpenOptions::new().read(true).write(true).open("/dev/tty").ok()?;
        tty.is_terminal().then_some(Self { tty })
    }

    /// Returns the terminal, for a program that takes it over for a while.
    #[must_use]
    pub fn terminal(&self) -> &File {
        &self.tty
    }

    /// Prints below an answer why credctl refuses it.
    ///
    /// # Errors
    /// A terminal that fails.
    pub fn refuse(&self, reason: &str) -> io::Result<()> {
        self.say(&format!("  {}\n", sanitize::line(reason)))
    }
}
