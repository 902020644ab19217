//! A decrypted stream: its blocks, and the way to a place in it.

#[cfg(test)]
use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
#[cfg(test)]
use std::rc::Rc;

/// One chunk of an age file: the unit in which text is decrypted and authenticated.
pub const BLOCK: u64 = 64 * 1024;

/// A decrypted stream.
pub trait Stream: Read + Seek {}

impl<T: Read + Seek> Stream for T {}

/// Moves to a place. The age reader copies what it skips in a chunk into memory that is not wiped,
/// so the first step goes to the second byte of the chunk, which skips one, and the next one
/// moves inside it. A step to the first byte would have the last chunk decrypted once more.
pub(super) fn go(stream: &mut dyn Stream, length: u64, at: u64) -> io::Result<()> {
    let start = at - at % BLOCK;
    if start < length {
        stream.seek(SeekFrom::Start(start + 1))?;
    }
    stream.seek(SeekFrom::Start(at)).map(drop)
}

/// A source that counts the chunks that the reader of age would decrypt: it knows one, until that is read
/// to its end.
#[cfg(test)]
pub(super) struct ChunkCounter {
    text: Vec<u8>,
    at: u64,
    known: Option<u64>,
    decrypted: Rc<Cell<u32>>,
}

#[cfg(test)]
impl ChunkCounter {
    /// Makes a source, and its count.
    pub(super) fn new(text: Vec<u8>) -> (Self, Rc<Cell<u32>>) {
        let decrypted = Rc::default();
        (Self { text, at: 0, known: None, decrypted: Rc::clone(&decrypted) }, decrypted)
    }
}

#[cfg(test)]
impl Read for ChunkCounter {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let at = usize::try_from(self.at).unwrap();
        let rest = usize::try_from(BLOCK - self.at % BLOCK).unwrap();
        let count = buffer.len().min(rest).min(self.text.len() - at);
        buffer[..count].copy_from_slice(&self.text[at..at + count]);
        let chunk = self.at / BLOCK;
        if self.known != Some(chunk) {
            self.decrypted.set(self.decrypted.get() + 1);
        }
        self.at += count as u64;
        self.known = (count < rest).then_some(chunk);
        Ok(count)
    }
}

#[cfg(test)]
impl Seek for ChunkCounter {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(at) = to else { panic!("{to:?}") };
        self.at = at;
        Ok(at)
    }
}
