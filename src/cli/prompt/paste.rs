//! Texts of several lines: pasted, typed up to Ctrl-D or a line with only a dot, or named by the path of a file.
//!
//! A path is shown as it is typed. A text is not shown. credctl knows pasted text by the brackets that the
//! terminal puts around it, or else by its speed, which is faster than anyone types.

use std::time::Duration;

use credctl::secret::Secret;
use zeroize::Zeroizing;

use super::keys::{BRACKETS, TerminalKey};
use super::prompter::{PromptError, Prompter};
use super::terminal::{Mode, edit, readable_text};
use crate::cli::output::sanitize;

/// The largest text, in bytes.
const LIMIT: usize = 1024 * 1024;
/// The time without another key after which a key was typed, not pasted.
const TYPED: Duration = Duration::from_millis(30);
/// The time without another line after which a line is the only one.
const ALONE: Duration = Duration::from_millis(150);
/// The number of characters that may come faster than that and still be typed.
const FAST: usize = 2;
/// The time without another line after which the operator may wonder how the text ends.
const IDLE: Duration = Duration::from_millis(500);

/// The hint that ends a text.
const ENDS: &str = "\n  Ctrl-D on an empty line, or a line with only a dot, ends the text\n";

/// The answer of the operator.
pub enum Given<'a> {
    /// One line.
    Line(&'a Secret),
    /// Several lines.
    Lines(&'a Secret),
}

/// The text that the operator is giving.
struct PastedText {
    /// The bytes so far, in a buffer that never grows: growing would leave a copy behind.
    bytes: Zeroizing<Vec<u8>>,
    /// The position at which the current line begins.
    line: usize,
    /// The number of characters of the first line on the screen; `None` once the line may be secret.
    shown: Option<usize>,
    /// True if the last key was the end of pasted text.
    pasted: bool,
    /// True if any text was pasted between brackets.
    bracketed: bool,
    /// True if any key cannot be part of a text.
    odd: bool,
}

impl Prompter {
    /// Asks for a text that may have several lines until `take` accepts one. With `shows`, the first line
    /// is shown while it is typed, because it may be a path. If `take` returns `None` for a line, more lines follow.
    ///
    /// # Errors
    /// Ctrl-C, Ctrl-D, or a terminal that fails.
    pub fn lines<T>(
        &self,
        prompt: &str,
        shows: bool,
        take: &dyn Fn(Given<'_>) -> Result<Option<T>, String>,
    ) -> Result<T, PromptError> {
        let mode = Mode::hidden(&self.tty)?;
        loop {
            self.say(&format!("{}{}: ", BRACKETS.0, sanitize::line(prompt)))?;
            let given = self.given(&mode, shows, take);
            self.say(&format!("{}\n", BRACKETS.1))?;
            match given? {
                Ok(taken) => return Ok(taken),
                Err(reason) => self.refuse(&reason)?,
            }
        }
    }

    fn given<T>(
        &self,
        mode: &Mode<'_>,
        shows: bool,
        take: &dyn Fn(Given<'_>) -> Result<Option<T>, String>,
    ) -> Result<Result<T, String>, PromptError> {
        let mut text = PastedText::new(shows);
        let (mut between, mut told) = (false, false);
        loop {
            if text.line > 0 && !told && !text.bracketed && !self.more(mode, IDLE)? {
                told = true;
                self.say(ENDS)?;
            }
            let key = self.key(mode)?;
            let after_paste = std::mem::replace(&mut text.pasted, key == TerminalKey::Pasted);
            match key {
                TerminalKey::Paste => {
                    between = true;
                    text.begin_paste();
                }
                TerminalKey::Pasted => between = false,
                TerminalKey::Enter if between => text.newline(),
                TerminalKey::Enter if text.is_last_line(after_paste) => return Ok(text.finish(take)),
                TerminalKey::Enter if text.line == 0 && !after_paste && !self.more(mode, ALONE)? => {
                    let begins = text.begins_several();
                    match text.take_line(take) {
                        Ok(Some(taken)) => return Ok(Ok(taken)),
                        Err(reason) if !begins => return Ok(Err(reason)),
                        Ok(None) | Err(_) => {
                            text.newline();
                            told = true;
                            self.say(ENDS)?;
                        }
                    }
                }
                TerminalKey::Enter if text.line == 0 && after_paste => {
                    // what was pasted is whole, also if it is one line of a text that could have more
                    match text.take_line(take) {
                        Ok(None) => return Ok(text.finish(take)),
                        Ok(Some(taken)) => return Ok(Ok(taken)),
                        Err(reason) => return Ok(Err(reason)),
                    }
                }
                TerminalKey::Enter => {
                    text.newline();
                    // the text is hidden, but not that the key was pressed
                    if told && !between {
                        self.say("\n")?;
                    }
                }
                TerminalKey::End if text.bytes.is_empty() => return Err(PromptError::Closed),
                TerminalKey::End => return Ok(text.finish(take)),
                TerminalKey::Byte(byte) if between => text.push(byte),
                TerminalKey::Byte(byte) => {
                    text.edit(byte);
                    self.show(mode, &mut text)?;
                }
                TerminalKey::Escape if !between => return Err(PromptError::Interrupted),
                _ => text.odd |= between,
            }
        }
    }

    /// Brings the first line on the screen up to the typed text. Does nothing if the text was not typed.
    fn show(&self, mode: &Mode<'_>, text: &mut PastedText) -> Result<(), PromptError> {
        let Some(shown) = text.shown.filter(|_| text.line == 0) else { return Ok(()) };
        let Ok(line) = std::str::from_utf8(&text.bytes) else { return Ok(()) };
        let length = line.chars().count();
        if length > shown + FAST {
            text.shown = None;
        } else if !self.more(mode, TYPED)? {
            let rest: String = line.chars().skip(shown).collect();
            self.say(&"\u{8} \u{8}".repeat(shown.saturating_sub(length)))?;
            self.say(&sanitize::line(&rest))?;
            text.shown = Some(length);
        }
        Ok(())
    }
}

impl PastedText {
    fn new(shows: bool) -> Self {
        Self {
            bytes: Zeroizing::new(Vec::with_capacity(LIMIT)),
            line: 0,
            shown: shows.then_some(0),
            pasted: false,
            bracketed: false,
            odd: false,
        }
    }

    fn push(&mut self, byte: u8) {
        if self.bytes.len() < LIMIT {
            self.bytes.push(byte);
        }
    }

    /// Begins a paste. Text that is pasted after other text begins a line of its own.
    fn begin_paste(&mut self) {
        self.shown = None;
        self.bracketed = true;
        if self.line > 0 && self.line < self.bytes.len() {
            self.newline();
        }
    }

    /// Returns true if the first line is that of a PEM text, of JSON or of YAML, and no path.
    fn begins_several(&self) -> bool {
        ["-----BEGIN", "{", "["].iter().any(|begin| self.bytes.starts_with(begin.as_bytes()))
            || memchr::memmem::find(&self.bytes, b": ").is_some()
    }

    fn newline(&mut self) {
        self.push(b'\n');
        self.line = self.bytes.len();
    }

    /// Edits the current line. Backspace and similar keys stay within the line.
    fn edit(&mut self, key: u8) {
        if self.bytes.len() == LIMIT {
            return;
        }
        if self.line == 0 {
            return edit(&mut self.bytes, key);
        }
        let mut line = Zeroizing::new(self.bytes[self.line..].to_vec());
        edit(&mut line, key);
        self.bytes.truncate(self.line);
        self.bytes.extend_from_slice(&line);
    }

    /// Returns true if Enter ends the text here: after a dot alone, and after several lines that were pasted.
    fn is_last_line(&mut self, after_paste: bool) -> bool {
        if self.line == 0 {
            return false;
        }
        let line = &self.bytes[self.line..];
        if line == b"." && !after_paste {
            let before = self.line;
            self.bytes.truncate(before);
            return true;
        }
        after_paste || (self.bracketed && line.is_empty())
    }

    fn take_line<T>(
        &mut self,
        take: &dyn Fn(Given<'_>) -> Result<Option<T>, String>,
    ) -> Result<Option<T>, String> {
        take(Given::Line(&self.secret()?))
    }

    fn finish<T>(&mut self, take: &dyn Fn(Given<'_>) -> Result<Option<T>, String>) -> Result<T, String> {
        take(Given::Lines(&self.secret()?))?.ok_or_else(|| "an answer is needed".to_owned())
    }

    fn secret(&self) -> Result<Secret, String> {
        if self.odd {
            return Err("control characters are not accepted".to_owned());
        }
        readable_text(&self.bytes, LIMIT).map(Secret::from).map_err(str::to_owned)
    }
}
