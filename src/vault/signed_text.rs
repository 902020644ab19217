//! The text of a signed vault: a stream that gives no byte of a block before the digest of the block was compared
//! with the signed one.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use super::chunk_list::ChunkList;
use super::signature_problem::SignatureProblem;
use super::stream::{BLOCK, Stream, go};
use crate::secret::WipedPiece;

/// A stream whose blocks are compared with the signed digests as they are read.
pub(super) struct SignedText {
    inner: Box<dyn Stream>,
    length: u64,
    chunks: ChunkList,
    /// The place in the text, and that of `inner`, if it is known.
    at: u64,
    inner_at: Option<u64>,
    /// The block that was compared last, and its number.
    block: WipedPiece,
    number: Option<u64>,
    trusting: Trusting,
}

/// True while a search reads what it does not return.
#[derive(Debug, Clone, Default)]
pub(super) struct Trusting(Rc<Cell<bool>>);

impl Trusting {
    pub(super) fn set(&self, is_trusting: bool) {
        self.0.set(is_trusting);
    }
}

impl SignedText {
    /// Takes over the stream of a text of `length` bytes.
    pub(super) fn new(inner: Box<dyn Stream>, length: u64, chunks: ChunkList) -> (Self, Trusting) {
        let trusting = Trusting::default();
        let text = Self {
            inner,
            length,
            chunks,
            at: 0,
            inner_at: None,
            block: WipedPiece::default(),
            number: None,
            trusting: trusting.clone(),
        };
        (text, trusting)
    }

    /// Reads a block and compares it.
    fn load(&mut self, number: u64) -> io::Result<()> {
        let (begin, end) = self.chunks.range(number);
        self.number = None;
        let size = usize::try_from(end - begin).unwrap_or_default();
        // made once: what grows leaves copies behind
        if self.block.is_empty() {
            self.block = WipedPiece::new(size, usize::try_from(BLOCK).unwrap_or_default());
        }
        self.block.resize(size);
        self.inner_at = None;
        go(&mut *self.inner, self.length, begin)?;
        self.inner.read_exact(&mut self.block)?;
        self.inner_at = Some(end);
        if !self.chunks.is_block(number, &self.block) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, SignatureProblem::Content));
        }
        self.number = Some(number);
        Ok(())
    }
}

impl Read for SignedText {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.chunks.covered() || self.trusting.0.get() {
            if self.inner_at != Some(self.at) {
                self.inner_at = None;
                go(&mut *self.inner, self.length, self.at)?;
            }
            let count = self.inner.read(buffer)?;
            self.at += count as u64;
            self.inner_at = Some(self.at);
            return Ok(count);
        }
        let number = self.at / BLOCK;
        if self.number != Some(number) {
            self.load(number)?;
        }
        let begin = usize::try_from(self.at % BLOCK).unwrap_or_default();
        let rest = self.block.get(begin..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for SignedText {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(at) = to else { return Err(io::ErrorKind::Unsupported.into()) };
        self.at = at;
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::vault::chunk_hasher::BlockHasher;
    use crate::vault::long_part::LongPart;
    use crate::vault::plain::Plain;

    fn text(size: usize) -> Vec<u8> {
        (0..size).map(|at| u8::try_from(at / 7 % 251).unwrap()).collect()
    }

    fn list(text: &[u8]) -> ChunkList {
        let mut hasher = BlockHasher::default();
        hasher.see(text);
        let lines: Vec<_> = hasher.finish().iter().map(|digest| format!("\"{digest}\"")).collect();
        let text_of_list = format!("{}\n", lines.join(",\n"));
        let mut lines = WipedPiece::new(text_of_list.len(), 0);
        lines.copy_from_slice(text_of_list.as_bytes());
        ChunkList::new(LongPart::whole(lines), text.len() as u64).unwrap()
    }

    fn signed(stored: &[u8], signed: &[u8]) -> Plain {
        let length = stored.len() as u64;
        let mut plain = Plain::new(Box::new(Cursor::new(stored.to_vec())), length);
        plain.check_against(list(signed)).unwrap();
        plain
    }

    #[test]
    fn every_range_is_read_as_it_was_signed() {
        let size = 3 * usize::try_from(BLOCK).unwrap() + 100;
        let (text, block) = (text(size), BLOCK);
        let mut plain = signed(&[&text[..], b"more"].concat(), &text);
        let end = size as u64;
        for range in [
            (0, 1),
            (0, end),
            (block - 1, block + 1),
            (block, 2 * block),
            (end - 1, end),
            (end, end + 4),
            (7, end + 2),
        ] {
            let [from, to] = [range.0, range.1].map(|at| usize::try_from(at).unwrap());
            let expected = [&text[..], b"more"].concat()[from..to].to_vec();
            assert_eq!(*plain.range(range).unwrap(), expected, "{range:?}");
        }
    }

    #[test]
    fn a_changed_byte_of_a_block_makes_all_of_it_unreadable() {
        let size = 2 * usize::try_from(BLOCK).unwrap() + 100;
        let genuine = text(size);
        for at in [0, 1, 65_535, 65_536, 100_000, 131_072, size - 1] {
            let mut stored = genuine.clone();
            stored[at] ^= 1;
            let mut plain = signed(&stored, &genuine);
            let block = at as u64 - at as u64 % BLOCK;
            for other in [0, 1, 2_u64] {
                let begin = other * BLOCK;
                assert_eq!(plain.range((begin, begin + 1)).is_err(), begin == block, "{at} {other}");
            }
            assert!(plain.range((0, size as u64)).is_err());
        }
    }
}
