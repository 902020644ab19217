//! The keys of a terminal that hands over every byte, with the escapes of cursor keys and of pasted text.

use zeroize::Zeroizing;

use super::prompter::{PromptError, Prompter};
use super::terminal::{ESCAPE, Mode, REST};

/// The longest escape, in bytes.
const LONGEST: usize = 16;

/// The escape that makes the terminal mark the beginning and the end of pasted text, and the one that stops
/// this.
pub(super) const BRACKETS: (&str, &str) = ("\u{1b}[?2004h", "\u{1b}[?2004l");

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TerminalKey {
    /// A byte of a character, or a key such as Backspace that a line is edited with.
    Byte(u8),
    Enter,
    /// Ctrl-D.
    End,
    Up,
    Down,
    PageUp,
    PageDown,
    /// The key Home.
    Top,
    /// The key End.
    Bottom,
    Escape,
    /// The beginning of pasted text.
    Paste,
    /// The end of pasted text.
    Pasted,
    /// A key without a meaning here.
    Other,
}

impl Prompter {
    /// Reads the next key.
    pub(super) fn key(&self, mode: &Mode<'_>) -> Result<TerminalKey, PromptError> {
        // byte by byte, so that nothing after the last key is taken
        let mut byte = Zeroizing::new([0_u8; 1]);
        if self.read(mode, &mut *byte)? == 0 {
            return Err(PromptError::Closed);
        }
        match byte[0] {
            byte if mode.interrupts(byte) => Err(PromptError::Interrupted),
            byte if mode.ends(byte) => Ok(TerminalKey::End),
            b'\r' | b'\n' => Ok(TerminalKey::Enter),
            ESCAPE => self.escape(mode),
            byte => Ok(TerminalKey::Byte(byte)),
        }
    }

    fn escape(&self, mode: &Mode<'_>) -> Result<TerminalKey, PromptError> {
        let mut sequence = Vec::with_capacity(LONGEST);
        while sequence.len() < LONGEST && self.more(mode, REST)? {
            let mut byte = [0_u8; 1];
            if self.read(mode, &mut byte)? == 0 {
                return Err(PromptError::Closed);
            }
            sequence.push(byte[0]);
            let introduces = sequence.len() == 1 && matches!(byte[0], b'[' | b'O');
            if !introduces && (0x40..=0x7e).contains(&byte[0]) {
                break;
            }
        }
        Ok(match &sequence[..] {
            b"" => TerminalKey::Escape,
            b"[A" | b"OA" => TerminalKey::Up,
            b"[B" | b"OB" => TerminalKey::Down,
            b"[5~" => TerminalKey::PageUp,
            b"[6~" => TerminalKey::PageDown,
            b"[H" | b"OH" | b"[1~" => TerminalKey::Top,
            b"[F" | b"OF" | b"[4~" => TerminalKey::Bottom,
            b"[200~" => TerminalKey::Paste,
            b"[201~" => TerminalKey::Pasted,
            _ => TerminalKey::Other,
        })
    }
}
