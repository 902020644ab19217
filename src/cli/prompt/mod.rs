//! The only place that asks the operator anything: on the controlling terminal, so that the standard
//! streams stay free for data wherever they lead.
//!
//! This file has the questions, `terminal.rs` how a line is read, `paste.rs` a text of several lines,
//! `choose.rs` choosing from a list, `keys.rs` single keys, `plugin.rs` what age plugins ask. Must not decide
//! whether asking is allowed, nor end the process, unless a signal is to, for which `signals.rs` has the
//! terminal put right first.

mod choose;
mod keys;
mod paste;
mod plugin;
mod signals;
mod terminal;

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal as _};

use credctl::secret::Secret;
use dialoguer::theme::{SimpleTheme, Theme as _};

use super::output::sanitize;
pub use paste::Given;
use terminal::{HIDDEN_LIMIT, Mode, VISIBLE_LIMIT, readable};

/// Times that a secret is asked for before credctl gives up.
pub const TRIES: usize = 3;

/// Asks on the controlling terminal.
#[derive(Debug)]
pub struct Prompter {
    tty: File,
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

    /// One hidden line, which may be empty. `prompt` has no colon: `Passphrase for vault.age`.
    ///
    /// # Errors
    /// Ctrl-C, Ctrl-D, or a terminal that fails.
    pub fn secret(&self, prompt: &str) -> Result<Secret, PromptError> {
        self.hidden(&Mode::hidden(&self.tty)?, prompt)
    }

    /// A hidden line that is asked for twice until both are the same and not empty.
    ///
    /// # Errors
    /// Those of [`Prompter::secret`], and three tries in vain.
    pub fn new_secret(&self, prompt: &str) -> Result<Secret, PromptError> {
        let mode = Mode::hidden(&self.tty)?;
        let again = format!("{prompt} (again)");
        for _ in 0..TRIES {
            let secret = self.hidden(&mode, prompt)?;
            if secret.is_empty() {
                self.refuse("it must not be empty")?;
            } else if self.hidden(&mode, &again)? == secret {
                return Ok(secret);
            } else {
                self.refuse("the two are not the same")?;
            }
        }
        Err(PromptError::Mismatch)
    }

    /// One visible line that is not empty. `prompt` has no colon; `check` says why an answer is refused,
    /// and the question is put again.
    ///
    /// # Errors
    /// Those of [`Prompter::secret`].
    pub fn text(
        &self,
        prompt: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError> {
        let required =
            |text: &str| if text.is_empty() { Err("an answer is needed".to_owned()) } else { check(text) };
        self.visible(&format!("{prompt}: "), &required)
    }

    /// Yes or no; no is what Enter alone means.
    ///
    /// # Errors
    /// Those of [`Prompter::text`].
    pub fn confirm(&self, question: &str) -> Result<bool, PromptError> {
        let yes = |text: &str| match text.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Some(true),
            "" | "n" | "no" => Some(false),
            _ => None,
        };
        let known = |text: &str| yes(text).map(|_| ()).ok_or_else(|| "answer yes or no".to_owned());
        let mut prompt = String::new();
        SimpleTheme.format_confirm_prompt(&mut prompt, question, Some(false)).map_err(io::Error::other)?;
        let answer = self.visible(&prompt, &known)?;
        Ok(yes(&answer).unwrap_or(false))
    }

    /// Asks for a hidden line until it is readable. The mode is there before the prompt is: the other
    /// way round, a quick answer would still be echoed.
    fn hidden(&self, mode: &Mode<'_>, prompt: &str) -> Result<Secret, PromptError> {
        let prompt = format!("{}: ", sanitize::line(prompt));
        loop {
            self.say(&prompt)?;
            let line = self.hidden_line(mode);
            self.say("\n")?;
            match readable(&line?, HIDDEN_LIMIT) {
                Ok(text) => return Ok(Secret::from(text)),
                Err(reason) => self.refuse(reason)?,
            }
        }
    }

    /// Puts a question until the answer is accepted.
    fn visible(
        &self,
        prompt: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError> {
        let mode = Mode::visible(&self.tty)?;
        let prompt = sanitize::line(prompt);
        loop {
            self.say(&prompt)?;
            let line = self.visible_line(&mode)?;
            let text = readable(&line, VISIBLE_LIMIT).map_err(str::to_owned);
            match text.and_then(|text| check(text).map(|()| text)) {
                Ok(text) => return Ok(text.to_owned()),
                Err(reason) => self.refuse(&reason)?,
            }
        }
    }

    /// Says below an answer why it is not taken.
    ///
    /// # Errors
    /// A terminal that fails.
    pub fn refuse(&self, reason: &str) -> io::Result<()> {
        self.say(&format!("  {}\n", sanitize::line(reason)))
    }
}
