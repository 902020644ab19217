//! The choice from a list on the terminal: arrows move, letters narrow the list, Enter accepts, Esc cancels.

use super::choice::Choice;
use super::keys::TerminalKey;
use super::prompter::{PromptError, Prompter};
use super::terminal::Mode;
use crate::cli::output::sanitize;

/// The escapes that show the list on the terminal's other screen, which keeps no history, and that bring back
/// the screen as it was.
const SCREEN: (&str, &str) = ("\u{1b}[?1049h", "\u{1b}[?1049l");

impl Prompter {
    /// Prompts for a line of a list, and returns its position. Only the prompt and the answer stay on the
    /// screen. The terminal must know escapes.
    ///
    /// # Errors
    /// Esc or Ctrl-C, Ctrl-D, or a terminal that fails.
    pub fn choose(&self, prompt: &str, lines: &[String]) -> Result<usize, PromptError> {
        self.choose_below(&[], prompt, lines)
    }

    /// Prompts like [`Prompter::choose`], below lines that the list would hide otherwise.
    ///
    /// # Errors
    /// As [`Prompter::choose`].
    pub fn choose_below(
        &self,
        heading: &[&str],
        prompt: &str,
        lines: &[String],
    ) -> Result<usize, PromptError> {
        let mode = Mode::hidden(&self.tty)?;
        self.say(SCREEN.0)?;
        let chosen = self.chosen(&mode, &mut Choice::new(prompt, lines).below(heading));
        self.say(SCREEN.1)?;
        let position = chosen?;
        // the first column is enough to know the answer by
        let answer = lines.get(position).and_then(|line| line.split("  ").next()).unwrap_or_default();
        self.say(&format!("{prompt}: {}\r\n", sanitize::line(answer)))?;
        Ok(position)
    }

    fn chosen(&self, mode: &Mode<'_>, choice: &mut Choice<'_>) -> Result<usize, PromptError> {
        loop {
            let size = rustix::termios::tcgetwinsize(&self.tty).ok();
            let (rows, columns) = size.map_or((0, 0), |size| (size.ws_row.into(), size.ws_col.into()));
            self.say(&choice.drawn(rows, columns))?;
            if !self.key_or_resize(mode)? {
                continue;
            }
            match self.key(mode)? {
                TerminalKey::Enter => {
                    if let Some(position) = choice.chosen() {
                        return Ok(position);
                    }
                }
                TerminalKey::Escape => return Err(PromptError::Interrupted),
                TerminalKey::End => return Err(PromptError::Closed),
                key => choice.press(key),
            }
        }
    }
}
