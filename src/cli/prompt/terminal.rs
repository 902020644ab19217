//! The modes of the terminal during a prompt, and the editing of a line.
//!
//! During a prompt, the terminal sends no signals. Ctrl-C comes in as a character and becomes an error, which
//! takes the path that restores the terminal and wipes the input. A signal from elsewhere takes the same
//! path, and then ends the process.
//!
//! Lines are read here because the usual crates print the prompt before they switch echo off, take
//! Ctrl-C only through a handler, or do not know Ctrl-D.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::time::Duration;

use rustix::termios::{InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios};
use rustix::termios::{tcgetattr, tcsetattr};

use super::prompter::{PromptError, Prompter};
use super::signals::{self, Came, Noted};

/// The largest hidden line, in bytes; more than any key or token on one line.
pub(super) const HIDDEN_LIMIT: usize = 64 * 1024;
/// The byte of the key Esc, and the first one of an escape.
pub(super) const ESCAPE: u8 = 0x1b;
/// The time in which the rest of an escape follows its first byte.
pub(super) const REST: Duration = Duration::from_millis(50);
/// The largest visible line, in bytes.
pub(super) const VISIBLE_LIMIT: usize = 4095;

impl Prompter {
    /// Returns true if more input comes within this time.
    pub(super) fn more(&self, mode: &Mode<'_>, within: Duration) -> Result<bool, PromptError> {
        match mode.signals.wait_for(&self.tty, Some(within))? {
            Came::Signal => Err(PromptError::Interrupted),
            Came::Resize => self.more(mode, within),
            came => Ok(came == Came::Input),
        }
    }

    /// Waits for a key or for another size of the window. Returns true for a key.
    pub(super) fn key_or_resize(&self, mode: &Mode<'_>) -> Result<bool, PromptError> {
        match mode.signals.wait_for(&self.tty, None)? {
            Came::Signal => Err(PromptError::Interrupted),
            came => Ok(came != Came::Resize),
        }
    }

    pub(super) fn read(&self, mode: &Mode<'_>, buffer: &mut [u8]) -> Result<usize, PromptError> {
        loop {
            if !self.key_or_resize(mode)? {
                continue;
            }
            match (&self.tty).read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return Ok(result?),
            }
        }
    }

    /// Sends an escape to the terminal.
    pub fn send(&self, escape: &[u8]) -> Result<(), PromptError> {
        Ok((&self.tty).write_all(escape)?)
    }

    pub(super) fn say(&self, text: &str) -> io::Result<()> {
        (&self.tty).write_all(text.as_bytes())
    }
}

/// The mode of the terminal during a prompt, and the one before, which drop restores.
pub(super) struct Mode<'a> {
    tty: &'a File,
    before: Termios,
    after: OptionalActions,
    /// The recording of signals, dropped last, when the terminal is restored.
    signals: Noted,
}

impl<'a> Mode<'a> {
    /// Sets a mode without echo that hands over every key at once. Others saw text that was typed before the
    /// prompt, and text after the line is the rest of a paste: both are discarded.
    pub(super) fn hidden(tty: &'a File) -> io::Result<Self> {
        Self::begin(tty, OptionalActions::Flush)
    }

    /// Sets the same mode for a line that credctl shows. Text that was typed ahead stays.
    pub(super) fn visible(tty: &'a File) -> io::Result<Self> {
        Self::begin(tty, OptionalActions::Now)
    }

    fn begin(tty: &'a File, actions: OptionalActions) -> io::Result<Self> {
        let (before, signals) = (tcgetattr(tty)?, signals::note());
        let mut mode = before.clone();
        mode.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
        // pasted lines end in a carriage return, which is not to become one more line feed
        mode.input_modes -= InputModes::ICRNL | InputModes::INLCR | InputModes::IGNCR;
        mode.special_codes[SpecialCodeIndex::VMIN] = 1;
        mode.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(tty, actions, &mode)?;
        Ok(Self { tty, before, after: actions, signals })
    }

    /// Returns true if a byte is the character of Ctrl-C or Ctrl-\\.
    pub(super) fn interrupts(&self, byte: u8) -> bool {
        self.is(SpecialCodeIndex::VINTR, byte) || self.is(SpecialCodeIndex::VQUIT, byte)
    }

    /// Returns true if a byte is the character of Ctrl-D.
    pub(super) fn ends(&self, byte: u8) -> bool {
        self.is(SpecialCodeIndex::VEOF, byte)
    }

    /// Returns true if a byte is the terminal's character for a function; 0 means that the terminal has none.
    fn is(&self, index: SpecialCodeIndex, byte: u8) -> bool {
        byte != 0 && self.before.special_codes[index] == byte
    }
}

impl Drop for Mode<'_> {
    fn drop(&mut self) {
        // a terminal that is gone needs no restoring
        let _ = tcsetattr(self.tty, self.after, &self.before);
    }
}

/// Edits a line by one key.
pub(super) fn edit(line: &mut Vec<u8>, key: u8) {
    const BACKSPACE: u8 = 0x08;
    const DELETE: u8 = 0x7f;
    const CTRL_U: u8 = 0x15;
    const CTRL_W: u8 = 0x17;

    match key {
        BACKSPACE | DELETE => {
            // the bytes that continue a character, then the one that begins it
            while line.pop().is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000) {}
        }
        CTRL_U => line.clear(),
        CTRL_W => {
            let end = line.trim_ascii_end().len();
            let start = line[..end].iter().rposition(|&byte| byte == b' ').map_or(0, |blank| blank + 1);
            line.truncate(start);
        }
        key if line.len() < HIDDEN_LIMIT => line.push(key),
        _ => {}
    }
}

/// Returns the text of a line that must have less than `limit` bytes, or the reason to refuse it.
pub(super) fn readable(line: &[u8], limit: usize) -> Result<&str, &'static str> {
    if line.contains(&b'\n') {
        return Err("cursor keys and control characters are not accepted");
    }
    readable_text(line, limit)
}

/// Returns the same for a text that may have several lines.
pub(super) fn readable_text(text: &[u8], limit: usize) -> Result<&str, &'static str> {
    if text.len() >= limit {
        return Err("too long to be typed");
    }
    let text = std::str::from_utf8(text).map_err(|_| "not UTF-8")?;
    // a tab can be part of what is pasted
    if text.contains(|c: char| c.is_control() && c != '\t' && c != '\n') {
        return Err("cursor keys and control characters are not accepted");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{HIDDEN_LIMIT, edit, readable};

    fn typed(keys: &[u8]) -> Result<String, &'static str> {
        let mut line = Vec::new();
        for &key in keys {
            edit(&mut line, key);
        }
        readable(&line, HIDDEN_LIMIT).map(str::to_owned)
    }

    #[test]
    fn a_hidden_line_is_edited() {
        let cases: [(&[u8], &str); 7] = [
            (b"pass word", "pass word"),
            (b"\x7fab\x7fc\x08d", "ad"),
            ("aé日\x7f\x7fb".as_bytes(), "ab"),
            (b"wrong\x15right", "right"),
            (b"two words  \x17three", "two three"),
            (b"one\x17", ""),
            (b"a\tb", "a\tb"),
        ];
        for (keys, text) in cases {
            assert_eq!(typed(keys).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_line_is_taken_whole_or_refused() {
        let longest = vec![b'x'; HIDDEN_LIMIT - 1];
        assert_eq!(typed(&longest).map(|text| text.len()), Ok(longest.len()));
        let too_long = [&longest[..], b"yyy"].concat();
        for line in [&too_long, &b"caf\xe9"[..], b"a\x1b[D", b"\x00", "\u{9b}".as_bytes()] {
            assert!(typed(line).is_err());
        }
    }
}
