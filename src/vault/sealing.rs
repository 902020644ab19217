//! The encryption of a text while it is written: on a thread of its own if the text is long.

use std::io::{self, Write};
use std::sync::mpsc;
use std::thread;

use zeroize::Zeroizing;

use super::chunk_hasher::{BlockHasher, ChunkHasher, TextPiece};
use super::cipher::Sealer;
use super::collection::Vault;
use super::error::Error;
use super::stream::BLOCK;

/// Length from which on a text is encrypted on a thread of its own, while this one decrypts and merges.
const PARALLEL: u64 = 1024 * 1024;

/// Bytes that go to that thread at a time: one chunk.
#[expect(clippy::cast_possible_truncation, reason = "64 KiB")]
const SIZE: usize = BLOCK as usize;

impl Vault {
    /// Encrypts what `write` writes of this vault. Returns the age header of the file. If the text is signed, `write`
    /// gets the digests of its blocks from the hasher.
    pub(super) fn seal(
        &mut self,
        out: &mut (dyn Write + Send),
        sealer: Sealer,
        is_signed: bool,
        write: impl FnOnce(&mut Self, &mut dyn Write, ChunkHasher) -> Result<(), Error>,
    ) -> Result<Vec<u8>, Error> {
        if self.plain.length() < PARALLEL {
            return sealer.seal_tapped(out, |text| write(self, text, ChunkHasher::here()));
        }
        thread::scope(|scope| {
            // few at a time, so that a slow disk does not fill the memory with text
            let (pieces, received) = mpsc::sync_channel(4);
            // handed over only once there is a thread: without one, what it takes is still here
            let (hand_over, taken) = mpsc::sync_channel(1);
            let thread = thread::Builder::new().spawn_scoped(scope, move || {
                let Ok((sealer, out)) = taken.recv() else { return Ok(Vec::new()) };
                let sealer: Sealer = sealer;
                let out: &mut (dyn Write + Send) = out;
                sealer.seal_tapped(out, |text| encrypt(&received, is_signed, text))
            });
            let Ok(sealing) = thread else {
                return sealer.seal_tapped(out, |text| write(self, text, ChunkHasher::here()));
            };
            // it waits for nothing else
            let _ = hand_over.send((sealer, out));
            let hasher = ChunkHasher::There(pieces.clone());
            let block = Zeroizing::new(Vec::with_capacity(SIZE));
            let written = write(self, &mut Blocks { block, pieces }, hasher);
            let sealed = match sealing.join() {
                Ok(sealed) => sealed,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            // the other thread knows why the disk failed; this one only knows that its blocks are not taken
            sealed.and_then(|header| written.map(|()| header))
        })
    }
}

/// Encrypts the pieces of a text, and computes its digests if they are asked for at their end.
fn encrypt(pieces: &mpsc::Receiver<TextPiece>, is_signed: bool, text: &mut dyn Write) -> Result<(), Error> {
    // here and not where the text is merged, so that both threads have the same work
    let mut hasher = is_signed.then(BlockHasher::default);
    for piece in pieces {
        match piece {
            TextPiece::Bytes(bytes) => {
                if let Some(hasher) = &mut hasher {
                    hasher.see(&bytes);
                }
                text.write_all(&bytes).map_err(Error::Write)?;
            }
            TextPiece::End(answer) => {
                let digests = hasher.take().map(BlockHasher::finish).unwrap_or_default();
                // the writer waits for nothing else
                let _ = answer.send(digests);
            }
        }
    }
    Ok(())
}

/// A writer that hands text over in blocks.
struct Blocks {
    block: Zeroizing<Vec<u8>>,
    pieces: mpsc::SyncSender<TextPiece>,
}

impl Write for Blocks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() == SIZE {
            self.flush()?;
        }
        // no more than there is room for: a vector that grows leaves its old bytes behind
        let size = bytes.len().min(SIZE - self.block.len());
        self.block.extend_from_slice(&bytes[..size]);
        Ok(size)
    }

    fn flush(&mut self) -> io::Result<()> {
        let block = std::mem::replace(&mut self.block, Zeroizing::new(Vec::with_capacity(SIZE)));
        self.pieces.send(TextPiece::Bytes(block)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
