//! One line from the terminal, key by key: hidden, or shown while it is typed. Esc cancels.

use std::io;

use rustix::termios::{QueueSelector, tcflush};
use zeroize::Zeroizing;

use super::keys::TerminalKey;
use super::prompter::{PromptError, Prompter};
use super::terminal::{ESCAPE, HIDDEN_LIMIT, Mode, edit};
use crate::cli::output::sanitize;

impl Prompter {
    /// Reads a line without its end, into a buffer that never grows: growing would leave a copy behind.
    pub(super) fn hidden_line(&self, mode: &Mode<'_>) -> Result<Zeroizing<Vec<u8>>, PromptError> {
        let mut line = Zeroizing::new(Vec::with_capacity(HIDDEN_LIMIT));
        loop {
            match self.key(mode)? {
                TerminalKey::Enter => return Ok(line),
                TerminalKey::End => return Err(PromptError::Closed),
                TerminalKey::Escape => return Err(PromptError::Interrupted),
                TerminalKey::Byte(byte) => edit(&mut line, byte),
                // no text, so that the line is refused
                _ => edit(&mut line, ESCAPE),
            }
        }
    }

    /// Reads a line without its end, and shows it.
    pub(super) fn visible_line(&self, mode: &Mode<'_>) -> Result<Vec<u8>, PromptError> {
        let result = self.typed(mode);
        if result.is_err() {
            // a signal would discard text that was typed ahead, too
            tcflush(&self.tty, QueueSelector::IFlush).map_err(io::Error::from)?;
        }
        self.say("\n")?;
        result
    }

    fn typed(&self, mode: &Mode<'_>) -> Result<Vec<u8>, PromptError> {
        let (mut line, mut shown) = (Vec::new(), 0);
        loop {
            match self.key(mode)? {
                TerminalKey::Enter => return Ok(line),
                TerminalKey::End if line.is_empty() => return Err(PromptError::Closed),
                TerminalKey::Escape => return Err(PromptError::Interrupted),
                TerminalKey::Byte(byte) => {
                    edit(&mut line, byte);
                    self.echo(&line, &mut shown)?;
                }
                _ => {}
            }
        }
    }

    /// Brings the line on the screen up to the typed text. `shown` is the number of its characters there.
    fn echo(&self, line: &[u8], shown: &mut usize) -> io::Result<()> {
        // the rest of a character is on its way
        let Ok(text) = std::str::from_utf8(line) else { return Ok(()) };
        let length = text.chars().count();
        self.say(&"\u{8} \u{8}".repeat(shown.saturating_sub(length)))?;
        let rest: String = text.chars().skip(*shown).collect();
        *shown = length;
        self.say(&sanitize::line(&rest))
    }
}
