//! The decrypted text of a vault, readable from any place, in lines, through buffers that are wiped.

use std::io::{self, Read, Seek, SeekFrom};

use zeroize::Zeroizing;

use super::error::Error;

/// One chunk of an age file: the unit in which text is decrypted and authenticated.
pub const BLOCK: u64 = 64 * 1024;

/// The source of a text: an age stream, or memory.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// A decrypted text of known length.
pub struct Plain {
    source: Box<dyn Source>,
    length: u64,
}

impl Plain {
    /// Makes a text of `length` bytes.
    pub fn new(source: Box<dyn Source>, length: u64) -> Self {
        Self { source, length }
    }

    /// Makes a text in memory.
    #[must_use]
    pub fn in_memory(text: Zeroizing<Vec<u8>>) -> Self {
        let length = text.len() as u64;
        Self::new(Box::new(Memory { text, at: 0 }), length)
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
    pub fn range(&mut self, (begin, end): (u64, u64)) -> Result<Zeroizing<Vec<u8>>, Error> {
        let size = usize::try_from(end.saturating_sub(begin)).unwrap_or_default();
        let mut bytes = Zeroizing::new(vec![0; size]);
        self.go(begin)?;
        self.source.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Reads the line of a range, without the comma and the newline at its end.
    ///
    /// # Errors
    /// Fails if the text cannot be read, or is shorter.
    pub fn line(&mut self, range: (u64, u64)) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut bytes = self.range(range)?;
        let length = bytes.strip_suffix(b"\n").map_or(bytes.len(), <[u8]>::len);
        bytes.truncate(length);
        if bytes.ends_with(b",") {
            bytes.pop();
        }
        Ok(bytes)
    }

    /// Reads the bytes from a place to the end, and makes sure that it is the end. Only reading on shows that
    /// text was cut at the end of a chunk.
    ///
    /// # Errors
    /// Fails if the text cannot be read, or was cut.
    pub fn tail(&mut self, begin: u64) -> Result<Zeroizing<Vec<u8>>, Error> {
        let bytes = self.range((begin, self.length))?;
        match self.source.read(&mut [0])? {
            0 => Ok(bytes),
            _ => Err(io::Error::from(io::ErrorKind::InvalidData).into()),
        }
    }

    /// Moves to a place. The age reader copies what it skips in a chunk into memory that nobody wipes,
    /// so the first step goes to the second byte of the chunk, which skips one, and the next one
    /// moves inside it. A step to the first byte would have the last chunk decrypted once more.
    fn go(&mut self, at: u64) -> io::Result<()> {
        let start = at - at % BLOCK;
        if start < self.length {
            self.source.seek(SeekFrom::Start(start + 1))?;
        }
        self.source.seek(SeekFrom::Start(at)).map(drop)
    }
}

/// The first size of the buffer when all lines are looked at. It is small, because every page that is touched
/// costs.
pub const SCAN: usize = 16 * 1024;

/// A reader of the lines between two offsets. Memory: the buffer, or twice the longest line.
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
        let size = if begin < end { size } else { 0 };
        if begin < end {
            plain.go(begin)?;
        }
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
        let mut searched = self.next;
        let (end, following) = loop {
            if let Some(found) = newline(&self.buffer[searched..self.filled]) {
                break (searched + found, searched + found + 1);
            }
            if self.at == self.end {
                break (self.filled, self.filled);
            }
            searched = self.filled - self.next;
            self.fill()?;
        };
        if self.next == following {
            return Ok(None);
        }
        let start = self.next;
        self.next = following;
        let after = self.position();
        let line = &self.buffer[start..end];
        Ok(Some((line.strip_suffix(b",").unwrap_or(line), after)))
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
        let read = self.plain.source.read(&mut self.buffer[self.filled..self.filled + wanted])?;
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

/// Text in memory as a source.
struct Memory {
    text: Zeroizing<Vec<u8>>,
    at: usize,
}

impl Read for Memory {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let size = rest.len().min(buffer.len());
        buffer[..size].copy_from_slice(&rest[..size]);
        self.at += size;
        Ok(size)
    }
}

impl Seek for Memory {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Start(at) => {
                self.at = usize::try_from(at).map_err(|_| io::ErrorKind::InvalidInput)?;
                Ok(at)
            }
            SeekFrom::End(_) | SeekFrom::Current(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(lines: &[String]) -> Plain {
        Plain::in_memory(Zeroizing::new(lines.join(",\n").into_bytes()))
    }

    #[test]
    fn lines_come_whole_whatever_the_buffer() {
        let lines: Vec<String> = (0..50_usize).map(|n| "x".repeat(n * 7 % 90 + 1)).collect();
        for size in [1, 2, 7, 64, 4096] {
            let mut plain = text(&lines);
            let end = plain.length();
            let mut reader = Lines::new(&mut plain, (0, end), size).unwrap();
            for line in &lines {
                assert_eq!(reader.next().unwrap(), Some(line.as_bytes()));
            }
            assert_eq!(reader.next().unwrap(), None);
        }
    }
}
