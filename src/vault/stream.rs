//! A decrypted stream: its blocks, and the way to a place in it.

use std::io::{self, Read, Seek, SeekFrom};

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
