//! The prompts: hidden lines, visible ones, yes or no.

use std::io;

use credctl::secret::Secret;
use dialoguer::theme::{SimpleTheme, Theme as _};

use super::prompter::{PromptError, Prompter, TRIES};
use super::terminal::{HIDDEN_LIMIT, Mode, VISIBLE_LIMIT, readable};
use crate::cli::output::sanitize;

impl Prompter {
    /// Prompts for one hidden line, which may be empty. `prompt` has no colon: `Passphrase for vault.age`.
    ///
    /// # Errors
    /// Ctrl-C, Ctrl-D, or a terminal that fails.
    pub fn secret(&self, prompt: &str) -> Result<Secret, PromptError> {
        self.hidden(&Mode::hidden(&self.tty)?, prompt)
    }

    /// Prompts twice for a hidden line, until both are the same and not empty.
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
                self.refuse("the two entries differ")?;
            }
        }
        Err(PromptError::Mismatch)
    }

    /// Prompts for one visible line that is not empty. `prompt` has no colon. `check` gives the reason if an
    /// answer is refused; then the prompt comes again.
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

    /// Prompts for yes or no. Enter alone means no.
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

    /// Prompts for a hidden line until it is readable. The mode is set before the prompt: the other way
    /// round, a quick answer would still be echoed.
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

    /// Prompts for a visible line until the answer is accepted.
    pub(super) fn visible(
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
}
