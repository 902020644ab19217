//! The digests of the blocks of a stored text, which its signature covers: compared as the text is read.

use super::long_part::LongPart;
use super::stream::BLOCK;
use crate::digest::ContentDigest;

/// Bytes of a digest in its line: 64 digits in quotation marks, and the end of the line.
const LINE: usize = 68;

/// The digests of a stored text, as their lines.
pub(super) struct ChunkList {
    lines: LongPart,
    covered: u64,
}

impl ChunkList {
    /// Returns the length of the lines for a text of `covered` bytes.
    pub(super) fn size(covered: u64) -> u64 {
        // the last line has no comma
        (covered.div_ceil(BLOCK) * LINE as u64).saturating_sub(1)
    }

    /// Takes over the lines for a text of `covered` bytes. Returns `None` if there are more or fewer of them.
    pub(super) fn new(lines: LongPart, covered: u64) -> Option<Self> {
        (lines.len() as u64 == Self::size(covered)).then_some(Self { lines, covered })
    }

    /// Returns the number of bytes that the digests cover.
    pub(super) fn covered(&self) -> u64 {
        self.covered
    }

    /// Returns the digest of the lines.
    pub(super) fn digest(&self) -> ContentDigest {
        ContentDigest::of(&self.lines)
    }

    /// Returns the place of a block.
    pub(super) fn range(&self, number: u64) -> (u64, u64) {
        let begin = (number * BLOCK).min(self.covered);
        (begin, (begin + BLOCK).min(self.covered))
    }

    /// Returns true if these are the bytes of a block.
    pub(super) fn is_block(&self, number: u64, bytes: &[u8]) -> bool {
        let begin = usize::try_from(number).unwrap_or(usize::MAX).saturating_mul(LINE);
        let line = self.lines.get(begin..).and_then(|rest| rest.get(..LINE - 2));
        let digest = format!("\"{}\"", ContentDigest::of(bytes));
        line.is_some_and(|line| line == digest.as_bytes())
    }
}
