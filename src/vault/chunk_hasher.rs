//! The digests of the blocks of a text as it is written, which its signature covers: computed by the writer, or by the
//! thread that encrypts.

use std::io;
use std::sync::mpsc;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::stream::BLOCK;
use crate::digest::ContentDigest;

/// A message to the thread that encrypts.
pub(super) enum TextPiece {
    /// The next bytes of the text.
    Bytes(Zeroizing<Vec<u8>>),
    /// The end of what the digests cover. The answer has the digests.
    End(mpsc::SyncSender<Vec<ContentDigest>>),
}

/// The place where the digests are computed.
pub(super) enum ChunkHasher {
    /// Here, of each byte that is seen.
    Here(BlockHasher),
    /// The thread that encrypts, which gets all bytes anyway.
    There(mpsc::SyncSender<TextPiece>),
}

impl ChunkHasher {
    /// Makes a hasher for a text that is written without a thread.
    pub(super) fn here() -> Self {
        Self::Here(BlockHasher::default())
    }

    /// Takes the next bytes of the text.
    pub(super) fn see(&mut self, bytes: &[u8]) {
        if let Self::Here(hasher) = self {
            hasher.see(bytes);
        }
    }

    /// Ends the text, which must have been flushed, and returns its digests.
    ///
    /// # Errors
    /// Fails if the thread has stopped. It knows the reason.
    pub(super) fn finish(self) -> io::Result<Vec<ContentDigest>> {
        let pieces = match self {
            Self::Here(hasher) => return Ok(hasher.finish()),
            Self::There(pieces) => pieces,
        };
        let (answer, digests) = mpsc::sync_channel(1);
        let stopped = || io::Error::from(io::ErrorKind::BrokenPipe);
        pieces.send(TextPiece::End(answer)).map_err(|_| stopped())?;
        digests.recv().map_err(|_| stopped())
    }
}

/// The digests of the blocks of a text.
#[derive(Default)]
pub(super) struct BlockHasher {
    block: Sha256,
    filled: u64,
    digests: Vec<ContentDigest>,
}

impl BlockHasher {
    /// Takes the next bytes of the text.
    pub(super) fn see(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = usize::try_from(BLOCK - self.filled).unwrap_or(usize::MAX);
            let (now, later) = bytes.split_at(bytes.len().min(room));
            self.block.update(now);
            self.filled += now.len() as u64;
            if self.filled == BLOCK {
                self.end_block();
            }
            bytes = later;
        }
    }

    /// Ends the text, and returns its digests.
    pub(super) fn finish(mut self) -> Vec<ContentDigest> {
        if self.filled > 0 {
            self.end_block();
        }
        self.digests
    }

    fn end_block(&mut self) {
        self.filled = 0;
        self.digests.push(ContentDigest::from_bytes(self.block.finalize_reset().into()));
    }
}
