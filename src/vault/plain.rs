//! The decrypted text of a vault, readable from any place, in lines, through buffers that are wiped.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Deref;

use zeroize::Zeroizing;

use super::error::Error;

/// One chunk of an age file: the unit in which text is decrypted and authenticated.
pub const BLOCK: u64 = 64 * 1024;

/// A decrypted stream.
pub trait Stream: Read + Seek {}

impl<T: Read + Seek> Stream for T {}

enum PlainSource {
    Stream(Box<dyn Stream>),
    Memory(Zeroizing<Vec<u8>>),
}

/// A decrypted text of known length.
pub struct Plain {
    source: PlainSource,
    length: u64,
}

/// A line without its end: lent from a text in memory, or read.
#[derive(Debug)]
pub enum Line<'a> {
    /// A part of a text in memory.
    Lent(&'a [u8]),
    /// A line of a stream.
    Read(Zeroizing<Vec<u8>>),
}

impl Deref for Line<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Lent(line) => line,
            Self::Read(line) => line,
        }
    }
}

impl Plain {
    /// Makes a text of `length` bytes that is read from a stream.
    pub fn new(stream: Box<dyn Stream>, length: u64) -> Self {
        Self { source: PlainSource::Stream(stream), length }
    }

    /// Makes a text in memory.
    #[must_use]
    pub fn in_memory(text: Zeroizing<Vec<u8>>) -> Self {
        let length = text.len() as u64;
        Self { source: PlainSource::Memory(text), length }
    }

    /// Returns the length in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Reads the bytes of a range.
    ///
    /// # Errors
    /// Fails if the text cannot be read, or is shorter.
    pub fn range(&mut self, range: (u64, u64)) -> Result<Zeroizing<Vec<u8>>, Error> {
        match &mut self.source {
            PlainSource::Memory(text) => Ok(Zeroizing::new(part(text, range)?.to_vec())),
            PlainSource::Stream(stream) => read_range(&mut **stream, self.length, range),
        }
    }

    /// Reads the line of a range, without the comma and the newline at its end.
    ///
    /// # Errors
    /// Fails if the text cannot be read, or is shorter.
    pub fn line(&mut self, range: (u64, u64)) -> Result<Line<'_>, Error> {
        match &mut self.source {
            PlainSource::Memory(text) => Ok(Line::Lent(without_end(part(text, range)?))),
            PlainSource::Stream(stream) => read_line(&mut **stream, self.length, range).map(Line::Read),
        }
    }

    /// Returns true if lines are lent and not read.
    pub(super) fn is_in_memory(&self) -> bool {
        matches!(self.source, PlainSource::Memory(_))
    }

    /// Reads the bytes from a place to the end, and makes sure that it is the end. Only reading on shows that
    /// text was cut at the end of a chunk.
    ///
    /// # Errors
    /// Fails if the text cannot be read, or was cut.
    pub fn tail(&mut self, begin: u64) -> Result<Zeroizing<Vec<u8>>, Error> {
        let bytes = self.range((begin, self.length))?;
        if let PlainSource::Stream(stream) = &mut self.source
            && stream.read(&mut [0])? > 0
        {
            return Err(io::Error::from(io::ErrorKind::InvalidData).into());
        }
        Ok(bytes)
    }
}

/// Returns a part of a text.
fn part(text: &[u8], (begin, end): (u64, u64)) -> io::Result<&[u8]> {
    let range = usize::try_from(begin).ok().zip(usize::try_from(end).ok());
    range.and_then(|(begin, end)| text.get(begin..end)).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

fn read_range(
    stream: &mut dyn Stream,
    length: u64,
    (begin, end): (u64, u64),
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let size = usize::try_from(end.saturating_sub(begin)).unwrap_or_default();
    let mut bytes = Zeroizing::new(vec![0; size]);
    go(stream, length, begin)?;
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read_line(stream: &mut dyn Stream, length: u64, range: (u64, u64)) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut bytes = read_range(stream, length, range)?;
    let length = without_end(&bytes).len();
    bytes.truncate(length);
    Ok(bytes)
}

/// Moves to a place. The age reader copies what it skips in a chunk into memory that is not wiped,
/// so the first step goes to the second byte of the chunk, which skips one, and the next one
/// moves inside it. A step to the first byte would have the last chunk decrypted once more.
fn go(stream: &mut dyn Stream, length: u64, at: u64) -> io::Result<()> {
    let start = at - at % BLOCK;
    if start < length {
        stream.seek(SeekFrom::Start(start + 1))?;
    }
    stream.seek(SeekFrom::Start(at)).map(drop)
}

/// Returns a line without the comma and the newline at its end.
fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b",").unwrap_or(line)
}

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
        let length = plain.length;
        // nothing is decrypted for a section that is empty
        let size = match &mut plain.source {
            PlainSource::Stream(stream) if begin < end => {
                go(&mut **stream, length, begin)?;
                size
            }
            _ => 0,
        };
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

    /// Reads a line of another place, and comes back.
    ///
    /// # Errors
    /// Fails if the text cannot be read, or is shorter.
    pub(super) fn aside(&mut self, range: (u64, u64)) -> Result<Line<'_>, Error> {
        let length = self.plain.length;
        match &mut self.plain.source {
            PlainSource::Memory(text) => Ok(Line::Lent(without_end(part(text, range)?))),
            PlainSource::Stream(stream) => {
                let line = read_line(&mut **stream, length, range)?;
                if self.at < self.end {
                    go(&mut **stream, length, self.at)?;
                }
                Ok(Line::Read(line))
            }
        }
    }

    /// Lends the next line of a text in memory.
    fn lend(&mut self) -> Result<Option<(&[u8], u64)>, Error> {
        let PlainSource::Memory(text) = &self.plain.source else { return Ok(None) };
        let rest = part(text, (self.at, self.end))?;
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
        let read = match &mut self.plain.source {
            PlainSource::Stream(stream) => stream.read(buffer)?,
            PlainSource::Memory(_) => 0,
        };
        if read == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        self.filled += read;
        self.at += read as u64;
        Ok(())
    }
}

/// Finds the first newline.
///
/// Uses only what every processor of the architecture has. To ask for more, as `memchr::memchr` does at its
/// first use, takes a virtual machine longer than a vault of 1,000 credentials saves.
pub fn newline(bytes: &[u8]) -> Option<usize> {
    #[cfg(target_arch = "x86_64")]
    if let Some(searcher) = memchr::arch::x86_64::sse2::memchr::One::new(b'\n') {
        return searcher.find(bytes);
    }
    memchr::memchr(b'\n', bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

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
