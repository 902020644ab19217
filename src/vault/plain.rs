//! The decrypted text of a vault, readable from any place. `lines.rs` reads it line by line.

use std::io::{self, Read};
use std::ops::Deref;
use std::rc::Rc;

use zeroize::Zeroizing;

use super::chunk_list::ChunkList;
use super::damage::Damage;
use super::error::Error;
use super::long_part::{LongPart, part};
use super::signature_problem::SignatureProblem;
use super::signed_text::{SignedText, Trusting};
use super::stream::{BLOCK, Stream, go};
use crate::secret::WipedPiece;

enum PlainSource {
    Stream(Box<dyn Stream>),
    Memory(Zeroizing<Vec<u8>>),
}

/// A decrypted text of known length.
pub struct Plain {
    source: PlainSource,
    length: u64,
    /// The end of a stream with its offset, as it was read while the vault is opened.
    tail: Option<(u64, Rc<WipedPiece>)>,
    /// The switch by which a search reads a signed text as it is; none for a text that is not signed.
    trusting: Option<Trusting>,
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
        Self { source: PlainSource::Stream(stream), length, tail: None, trusting: None }
    }

    /// Makes a text in memory.
    #[must_use]
    pub fn in_memory(text: Zeroizing<Vec<u8>>) -> Self {
        let length = text.len() as u64;
        Self { source: PlainSource::Memory(text), length, tail: None, trusting: None }
    }

    /// Compares everything that is read from now on with the signed digests.
    ///
    /// # Errors
    /// [`SignatureProblem::Content`] if a text in memory differs; that of a stream is compared as it is read.
    pub(super) fn check_against(&mut self, chunks: ChunkList) -> Result<(), Error> {
        // nothing of it was compared
        self.tail = None;
        let empty = PlainSource::Memory(Zeroizing::default());
        match std::mem::replace(&mut self.source, empty) {
            PlainSource::Stream(stream) => {
                let (text, trusting) = SignedText::new(stream, self.length, chunks);
                self.source = PlainSource::Stream(Box::new(text));
                self.trusting = Some(trusting);
            }
            PlainSource::Memory(text) => {
                for number in 0..chunks.covered().div_ceil(BLOCK) {
                    if !chunks.is_block(number, part(&text, chunks.range(number))?) {
                        return Err(Damage::Signature(SignatureProblem::Content).into());
                    }
                }
                self.source = PlainSource::Memory(text);
            }
        }
        Ok(())
    }

    /// Does `act` with a text that is not compared with the signed digests. Returns true beside the result if the
    /// text is signed, so that what is used of it must be read once more.
    pub(super) fn unchecked<T>(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<(T, bool), Error> {
        let Some(trusting) = self.trusting.clone() else { return Ok((act(self)?, false)) };
        trusting.set(true);
        let result = act(self);
        trusting.set(false);
        Ok((result?, true))
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
        if let Some((tail_at, tail)) = &self.tail
            && range.0 >= *tail_at
        {
            return Ok(Zeroizing::new(
                part(tail, (range.0 - tail_at, range.1.saturating_sub(*tail_at)))?.to_vec(),
            ));
        }
        match &mut self.source {
            PlainSource::Memory(text) => Ok(Zeroizing::new(part(text, range)?.to_vec())),
            PlainSource::Stream(stream) => read_range(&mut **stream, self.length, range),
        }
    }

    /// Reads the bytes of a long range, as [`Self::range`] does.
    ///
    /// # Errors
    /// Fails if the text cannot be read, or is shorter.
    pub(super) fn long_part(&mut self, (begin, end): (u64, u64)) -> Result<LongPart, Error> {
        if let Some((tail_at, tail)) = &self.tail
            && begin >= *tail_at
        {
            let range = (begin - tail_at, end.saturating_sub(*tail_at));
            return LongPart::of(tail, range);
        }
        let mut piece = WipedPiece::new(usize::try_from(end.saturating_sub(begin)).unwrap_or_default(), 0);
        match &mut self.source {
            PlainSource::Memory(text) => piece.copy_from_slice(part(text, (begin, end))?),
            PlainSource::Stream(stream) => {
                go(&mut **stream, self.length, begin)?;
                stream.read_exact(&mut piece)?;
            }
        }
        Ok(LongPart::whole(piece))
    }

    /// Reads the text from a place to the end, and keeps it until the text is compared with its digests. Reads the last
    /// block first, which was decrypted just now, so that no block is decrypted twice.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub(super) fn keep_tail(&mut self, begin: u64) -> Result<(), Error> {
        let PlainSource::Stream(stream) = &mut self.source else { return Ok(()) };
        let place = |at: u64| usize::try_from(at.saturating_sub(begin)).unwrap_or(usize::MAX);
        let mut tail = WipedPiece::new(place(self.length), 0);
        let mut end = self.length;
        while end > begin {
            let start = ((end - 1) / BLOCK * BLOCK).max(begin);
            go(&mut **stream, self.length, start)?;
            stream.read_exact(&mut tail[place(start)..place(end)])?;
            end = start;
        }
        self.tail = Some((begin, Rc::new(tail)));
        Ok(())
    }

    /// Reads the line of a range, without the comma and the newline at its end.
    ///
    /// # Errors
    /// Fails if the text cannot be read, or is shorter.
    pub fn line(&mut self, range: (u64, u64)) -> Result<Line<'_>, Error> {
        self.line_aside(range, None)
    }

    /// Reads the line of a range, and then moves a stream to a place, if one is given.
    ///
    /// # Errors
    /// Fails if the text cannot be read, or is shorter.
    pub(super) fn line_aside(&mut self, range: (u64, u64), back: Option<u64>) -> Result<Line<'_>, Error> {
        match &mut self.source {
            PlainSource::Memory(text) => Ok(Line::Lent(without_end(part(text, range)?))),
            PlainSource::Stream(stream) => {
                let line = read_line(&mut **stream, self.length, range)?;
                if let Some(back) = back {
                    go(&mut **stream, self.length, back)?;
                }
                Ok(Line::Read(line))
            }
        }
    }

    /// Lends the bytes of a range of a text in memory. Returns `None` for a stream.
    ///
    /// # Errors
    /// Fails if the text is shorter.
    pub(super) fn lent(&self, range: (u64, u64)) -> Result<Option<&[u8]>, Error> {
        match &self.source {
            PlainSource::Memory(text) => Ok(Some(part(text, range)?)),
            PlainSource::Stream(_) => Ok(None),
        }
    }

    /// Moves a stream to a place, from which `Plain::read` reads on.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub fn seek(&mut self, at: u64) -> Result<(), Error> {
        match &mut self.source {
            PlainSource::Stream(stream) => Ok(go(&mut **stream, self.length, at)?),
            PlainSource::Memory(_) => Ok(()),
        }
    }

    /// Reads on in a stream. Returns the number of bytes that were read.
    ///
    /// # Errors
    /// Fails if the text cannot be read.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        match &mut self.source {
            PlainSource::Stream(stream) => Ok(stream.read(buffer)?),
            PlainSource::Memory(_) => Ok(0),
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

impl Read for Plain {
    /// Reads on in the text. Only a text of a stream can be read like this.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.source {
            PlainSource::Stream(stream) => stream.read(buffer),
            PlainSource::Memory(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }
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

/// Returns a line without the comma and the newline at its end.
pub(super) fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b",").unwrap_or(line)
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
    use crate::vault::stream::ChunkCounter;

    #[test]
    fn a_kept_tail_decrypts_no_block_twice() {
        let length = 3 * BLOCK + 100;
        let text: Vec<u8> = (0..length).map(|at| u8::try_from(at / 7 % 251).unwrap()).collect();
        let (counted, decrypted) = ChunkCounter::new(text.clone());
        let mut plain = Plain::new(Box::new(counted), length);
        plain.tail(length - 50).unwrap();
        let begin = 2 * BLOCK + 7;
        plain.keep_tail(begin).unwrap();
        for (from, to) in [(begin, length), (begin + 5, begin + 9), (3 * BLOCK - 1, 3 * BLOCK + 1)] {
            let [first, end] = [from, to].map(|at| usize::try_from(at).unwrap());
            assert_eq!(*plain.range((from, to)).unwrap(), text[first..end]);
        }
        assert_eq!(decrypted.get(), 2, "the last block and the one before it");
        assert!(plain.range((length - 1, length + 1)).is_err());
        // what is before the tail is read
        let first = usize::try_from(begin - 1).unwrap();
        assert_eq!(*plain.range((begin - 1, begin + 1)).unwrap(), text[first..first + 2]);
        assert_eq!(decrypted.get(), 3);
    }
}
