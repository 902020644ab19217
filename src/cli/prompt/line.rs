//! A visible line with a suggestion, which Enter alone accepts and Esc cancels. The prompt edits the line itself,
//! because the kernel hands over no key before Enter.

use super::keys::Key;
use super::prompter::{PromptError, Prompter};
use super::terminal::{Mode, VISIBLE_LIMIT, edit, readable};
use crate::cli::output::sanitize;

/// The columns that are left for an answer beside its prompt. A longer prompt has a line of its own.
const ROOM: usize = 16;

impl Prompter {
    /// Prompts for a visible line. `prompt` has no colon. Enter alone means the suggestion. `check` gives the
    /// reason if an answer is refused; then the prompt comes again. The terminal must know escapes.
    ///
    /// # Errors
    /// Esc or Ctrl-C, Ctrl-D, or a terminal that fails.
    pub fn line(
        &self,
        prompt: &str,
        suggestion: &str,
        check: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<String, PromptError> {
        loop {
            let line = self.edited(&sanitize::line(&format!("{prompt} [{suggestion}]: ")))?;
            let text = match readable(&line, VISIBLE_LIMIT) {
                Ok(text) if text.trim().is_empty() => Ok(suggestion),
                Ok(text) => Ok(text),
                Err(reason) => Err(reason.to_owned()),
            };
            match text.and_then(|text| check(text).map(|()| text)) {
                Ok(text) => return Ok(text.to_owned()),
                Err(reason) => self.refuse(&reason)?,
            }
        }
    }

    /// Reads a line up to Enter, and shows it while it is typed.
    fn edited(&self, prompt: &str) -> Result<Vec<u8>, PromptError> {
        let mode = Mode::hidden(&self.tty)?;
        let columns = rustix::termios::tcgetwinsize(&self.tty).map_or(0, |size| usize::from(size.ws_col));
        let columns = if columns > ROOM { columns } else { 80 };
        let mut label = prompt;
        if prompt.chars().count() + ROOM > columns {
            self.say(&format!("{}\r\n", prompt.trim_end()))?;
            label = "> ";
        }
        let mut line = Vec::new();
        let ended = loop {
            self.say(&drawn(label, &line, columns))?;
            match self.key(&mode) {
                Ok(Key::Enter) => break Ok(()),
                Ok(Key::Escape) => break Err(PromptError::Interrupted),
                Ok(Key::End) => break Err(PromptError::Closed),
                Ok(Key::Byte(byte)) if line.len() < VISIBLE_LIMIT => edit(&mut line, byte),
                Ok(_) => {}
                Err(error) => break Err(error),
            }
        };
        self.say("\r\n")?;
        ended.map(|()| line)
    }
}

/// Draws the prompt and the end of the line, as far as one row of the screen has room.
fn drawn(label: &str, line: &[u8], columns: usize) -> String {
    // a character whose last bytes are still to come is not shown yet
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&line[..error.valid_up_to()]).unwrap_or_default(),
    };
    let text = sanitize::line(text);
    let room = columns.saturating_sub(label.chars().count() + 1);
    let skipped = text.chars().count().saturating_sub(room);
    format!("\r\u{1b}[J{label}{}", text.chars().skip(skipped).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::drawn;

    #[test]
    fn the_end_of_a_long_line_is_shown() {
        assert_eq!(drawn("File: ", b"abc", 80), "\r\u{1b}[JFile: abc");
        assert_eq!(drawn("> ", b"abcdefgh", 8), "\r\u{1b}[J> defgh");
        // half of a character
        assert_eq!(drawn("> ", b"a\xc3", 8), "\r\u{1b}[J> a");
    }
}
