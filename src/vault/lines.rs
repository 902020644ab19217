//! The decrypted text of a vault in lines, through buffers that are wiped.

use std::io;

use zeroize::Zeroizing;

use super::error::Error;
use super::plain::{Line, Plain, newline, without_end};

/// The first size of the buffer when all lines are looked at. It is small, because every page that is touched
/// costs.
pub const SCAN: usize = 16 * 1024;

/// A reader of the lines between two offsets. Memory: of a stream, the buffer or twice the longest line; of a
/// text in memory, none.
pub struct Lines<'a> {
    plain: &'a mut Plain,
    buffer: Zeroizing<Vec<u8>>,
    /// The start of the next line in the buffer, whose content ends at `filled`.
    next: usize,
    filled: usize,
    /// The offset in the text of what is read next into the buffer, and the one at which to stop.
    at: u64,
    end: u64,
}

impl<'a> Lines<'a> {
    /// Reads lines from `begin` up to `end`, with a buffer of `size` bytes to begin with.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub fn new(plain: &'a mut Plain, (begin, end): (u64, u64), size: usize) -> Result<Self, Error> {
        // nothing is decrypted for a section that is empty
        let is_read = begin < end && !plain.is_in_memory();
        if is_read {
            plain.seek(begin)?;
        }
        let size = if is_read { size } else { 0 };
        Ok(Self { plain, buffer: Zeroizing::new(vec![0; size]), next: 0, filled: 0, at: begin, end })
    }

    /// Returns the offset in the text at which the next line starts.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.at - (self.filled - self.next) as u64
    }

    /// Reads the next line without the comma and the newline at its end.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub fn next(&mut self) -> Result<Option<&[u8]>, Error> {
        Ok(self.next_with_end()?.map(|(line, _)| line))
    }

    /// Reads the next line, with the offset in the text at which the line after it starts.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub fn next_with_end(&mut self) -> Result<Option<(&[u8], u64)>, Error> {
        if self.plain.is_in_memory() {
            return self.lend();
        }
        let mut searched = self.next;
        let (end, following) = loop {
            if let Some(found) = newline(&self.buffer[searched..self.filled]) {
                break (searched + found, searched + found + 1);
            }
            if self.at == self.end {
                // the last line of a range may have no line feed
                break (self.filled, self.filled);
            }
            // `fill` moves the line to the front, and this much of it was searched
            searched = self.filled - self.next;
            self.fill()?;
        };
        if self.next == following {
            return Ok(None);
        }
        let start = self.next;
        self.next = following;
        let after = self.position();
        Ok(Some((without_end(&self.buffer[start..end]), after)))
    }

    /// Goes back to the line that was read last, which starts at `at`, so that it is read once more.
    pub(super) fn back_to(&mut self, at: u64) {
        if self.plain.is_in_memory() {
            self.at = at;
        } else if let Ok(behind) = usize::try_from(self.at - at) {
            // nothing was read into the buffer since
            self.next = self.filled.saturating_sub(behind);
        }
    }

    /// Returns true if the next line is in the buffer to its end, so that it costs nothing to read it.
    pub(super) fn has_next_here(&self) -> bool {
        newline(&self.buffer[self.next..self.filled]).is_some()
    }

    /// Reads a line of another place, and comes back.
    ///
    /// # Errors
    /// Fails if the text cannot be read, or is shorter.
    pub(super) fn aside(&mut self, range: (u64, u64)) -> Result<Line<'_>, Error> {
        let back = Some(self.at).filter(|at| *at < self.end);
        self.plain.line_aside(range, back)
    }

    /// Lends the next line of a text in memory.
    fn lend(&mut self) -> Result<Option<(&[u8], u64)>, Error> {
        let Some(rest) = self.plain.lent((self.at, self.end))? else { return Ok(None) };
        let line = newline(rest).map_or(rest, |found| &rest[..=found]);
        self.at += line.len() as u64;
        Ok((!line.is_empty()).then(|| (without_end(line), self.at)))
    }

    /// Moves the rest of the buffer to the front and reads on behind it.
    fn fill(&mut self) -> Result<(), Error> {
        self.buffer.copy_within(self.next..self.filled, 0);
        self.filled -= self.next;
        self.next = 0;
        if self.filled == self.buffer.len() {
            // one long line is no reason for more room than there is text, and none to get there in many steps,
            // each of which needs the room of the one before as well
            let rest = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
            let doubled = self.buffer.len() * 2;
            let size = if rest <= 2 * doubled { self.filled + rest } else { doubled };
            let mut larger = Zeroizing::new(vec![0; size]);
            larger[..self.filled].copy_from_slice(&self.buffer);
            self.buffer = larger;
        }
        let room = (self.buffer.len() - self.filled) as u64;
        let wanted = usize::try_from(room.min(self.end - self.at)).unwrap_or(self.buffer.len() - self.filled);
        let buffer = &mut self.buffer[self.filled..self.filled + wanted];
        let read = self.plain.read(buffer)?;
        if read == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        self.filled += read;
        self.at += read as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use zeroize::Zeroizing;

    use super::{Lines, Plain};

    fn texts(lines: &[String]) -> [Plain; 2] {
        let text = lines.join(",\n").into_bytes();
        let length = text.len() as u64;
        [Plain::in_memory(Zeroizing::new(text.clone())), Plain::new(Box::new(io::Cursor::new(text)), length)]
    }

    #[test]
    fn lines_come_whole_whatever_the_buffer() {
        let lines: Vec<String> = (0..50_usize).map(|n| "x".repeat(n * 7 % 90 + 1)).collect();
        for size in [1, 2, 7, 64, 4096] {
            for mut plain in texts(&lines) {
                let end = plain.length();
                let mut reader = Lines::new(&mut plain, (0, end), size).unwrap();
                for line in &lines {
                    assert_eq!(reader.next().unwrap(), Some(line.as_bytes()));
                }
                assert_eq!(reader.next().unwrap(), None);
            }
        }
    }
}
