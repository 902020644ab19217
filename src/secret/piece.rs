//! Long pieces of a text, which are wiped at a time.

use std::ops::{Deref, DerefMut};

/// A piece of a text, wiped when it is dropped. `Zeroizing` writes each byte on its own, which takes longer for a chunk of
/// age than its decryption; this wipes all of it at a time.
#[derive(Debug, Default)]
pub struct WipedPiece(Vec<u8>);

impl WipedPiece {
    /// Makes a piece of `size` zeros with room for `room` bytes, so that it need not grow.
    #[must_use]
    pub fn new(size: usize, room: usize) -> Self {
        let mut bytes = Vec::with_capacity(room.max(size));
        bytes.resize(size, 0);
        Self(bytes)
    }

    /// Changes the size within the room, and keeps it at the room if that is less.
    pub fn resize(&mut self, size: usize) {
        self.0.resize(size.min(self.0.capacity()), 0);
    }
}

impl Deref for WipedPiece {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl DerefMut for WipedPiece {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl Drop for WipedPiece {
    fn drop(&mut self) {
        // a longer content may be behind the end
        self.0.resize(self.0.capacity(), 0);
        self.0.fill(0);
        // or the compiler could leave it out
        std::hint::black_box(&mut *self.0);
    }
}
