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
        for _ in 0..TRIES {
            match self.optional_secret(prompt, prompt, &[""])? {
                Some(secret) => return Ok(secret),
                None => self.refuse("it must not be empty")?,
            }
        }
        Err(PromptError::Mismatch)
    }

    /// Prompts twice for a hidden line, the second time under a name of its own, until both are the same. The words
    /// of `none` mean that there is no secret.
    ///
    /// # Errors
    /// Those of [`Prompter::new_secret`].
    pub fn optional_secret(
        &self,
        prompt: &str,
        name: &str,
        none: &[&str],
    ) -> Result<Option<Secret>, PromptError> {
        let mode = Mode::hidden(&self.tty)?;
        let again = format!("{name} (again)");
        for _ in 0..TRIES {
            let secret = self.hidden(&mode, prompt)?;
            if none.contains(&secret.expose()) {
                return Ok(None);
            }
            if self.hidden(&mode, &again)? == secret {
                return Ok(Some(secret));
            }
            self.refuse("the two entries differ")?;
        }
        Err(PromptError::Mismatch)
    }

    /// Prompts for one visible line, which may be empty.
    ///
    /// # Errors
    /// Those of [`Prompter::secret`].
    pub fn optional_text(&self, prompt: &str) -> Result<String, PromptError> {
        self.visible(&format!("{prompt}: "), &|_| Ok(()))
    }

    /// Prompts for one of several words, which differ in their first letters, and returns its position. Enter
    /// alone means the first.
    ///
    /// # Errors
    /// Those of [`Prompter::secret`].
    pub fn option(&self, question: &str, words: &[&str]) -> Result<usize, PromptError> {
        let at = |text: &str| {
            let text = text.trim().to_lowercase();
            words.iter().position(|word| word.starts_with(&text))
        };
        let known = |text: &str| at(text).map(drop).ok_or_else(|| format!("answer {}", words.join(" or ")));
        let letters = words.iter().filter_map(|word| word.chars().next());
        let mut letters: Vec<_> = letters.map(String::from).collect();
        letters.iter_mut().take(1).for_each(|first| first.make_ascii_uppercase());
        let answer = self.visible(&format!("{question} [{}] ", letters.join("/")), &known)?;
        Ok(at(&answer).unwrap_or_default())
    }

    /// Prints a line on the terminal.
    ///
    /// # Errors
    /// A terminal that fails.
    pub fn tell(&self, line: &str) -> io::Result<()> {
        self.say(&format!("{}\n", sanitize::line(line)))
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

    /// Prompts for one visible line. `prompt` has no colon. Enter alone means the suggestion. `check` gives the
    /// reason if an answer is refused; then the prompt comes again.
    ///
    /// # Errors
    /// Those of [`Prompter::secret`].
    pub fn line(
        &self,
        prompt: &str,
        suggestion: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError> {
        let or = |text: &str| if text.trim().is_empty() { suggestion.to_owned() } else { text.to_owned() };
        let answer = self.visible(&format!("{prompt} [{suggestion}]: "), &|text| check(&or(text)))?;
        Ok(or(&answer))
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
