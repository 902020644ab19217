//! Bytes on their way in or out, in memory that is wiped.

use std::io::{self, ErrorKind, Read, Write};

use zeroize::Zeroizing;

use super::text::Secret;

/// Bytes that are written one after another and wiped, also the smaller buffers that were outgrown.
#[derive(Debug, Default)]
pub struct Buffer(Zeroizing<Vec<u8>>);

impl Buffer {
    /// Makes an empty buffer with room for `room` bytes.
    #[must_use]
    pub fn with_capacity(room: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(room)))
    }

    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.extend(text.as_bytes());
    }

    /// Adds one character.
    pub fn push_char(&mut self, c: char) {
        let mut bytes = Zeroizing::new([0; 4]);
        self.extend(c.encode_utf8(&mut *bytes).as_bytes());
    }

    /// Adds bytes.
    pub fn extend(&mut self, bytes: &[u8]) {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            // by hand, because a vector that grows leaves its old bytes behind
            let mut larger = Zeroizing::new(Vec::with_capacity(needed.max(self.0.capacity() * 2)));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
    }

    /// Returns the number of bytes written so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if nothing was written so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the bytes written so far.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the bytes written so far as a secret text, if they are UTF-8.
    #[must_use]
    pub fn into_secret(mut self) -> Option<Secret> {
        Secret::from_utf8(std::mem::take(&mut *self.0)).ok()
    }

    /// Returns the bytes written so far and gives up the buffer.
    #[must_use]
    pub fn into_bytes(self) -> Zeroizing<Vec<u8>> {
        self.0
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A writer that passes short writes on together. What waits is wiped, and not passed on without a flush.
#[derive(Debug)]
pub struct Batched<W> {
    out: W,
    waiting: Buffer,
}

/// The room for what waits in a [`Batched`] writer.
const ROOM: usize = 64 * 1024;

impl<W: Write> Batched<W> {
    /// Makes a writer to another one.
    #[must_use]
    pub fn new(out: W) -> Self {
        Self { out, waiting: Buffer::with_capacity(ROOM) }
    }

    fn pass_on(&mut self) -> io::Result<()> {
        self.out.write_all(&self.waiting.0)?;
        self.waiting.0.clear();
        Ok(())
    }
}

impl<W: Write> Write for Batched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.waiting.len() + bytes.len() > ROOM {
            self.pass_on()?;
        }
        if bytes.len() < ROOM {
            self.waiting.extend(bytes);
        } else {
            self.out.write_all(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        self.out.flush()
    }
}

/// Reads to the end into memory that is wiped, also what was outgrown. Returns `None` if there are more than
/// `limit` bytes. `room` is the number of bytes that are expected.
///
/// # Errors
/// An error of the reader; an interrupted read is tried again.
pub fn read_all(mut reader: impl Read, room: usize, limit: u64) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut bytes = Buffer::with_capacity(room);
    let mut chunk = Zeroizing::new([0; 8192]);
    loop {
        match reader.read(&mut *chunk) {
            Ok(0) => return Ok(Some(bytes.into_bytes())),
            Ok(count) if (bytes.0.len() + count) as u64 > limit => return Ok(None),
            Ok(count) => bytes.write_all(&chunk[..count])?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Drops one newline at the end, `\n` or `\r\n`, which belongs to the pipe or the file and not to the
/// value.
#[must_use]
pub fn without_newline(mut bytes: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read, Write as _};

    use zeroize::Zeroizing;

    use super::{Batched, Buffer, read_all, without_newline};

    #[test]
    fn a_buffer_keeps_all_that_is_written() {
        let mut buffer = Buffer::with_capacity(3);
        (0..100).for_each(|_| buffer.write_all(b"abcde").unwrap());
        assert_eq!(buffer.into_bytes().as_slice(), b"abcde".repeat(100));
    }

    #[test]
    fn short_writes_are_passed_on_together_and_nothing_is_lost() {
        struct Counted(Vec<u8>, usize);
        impl io::Write for Counted {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.1 += 1;
                self.0.extend_from_slice(bytes);
                Ok(bytes.len())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut out = Counted(Vec::new(), 0);
        let mut batched = Batched::new(&mut out);
        let (long, almost) = (vec![b'b'; 70_000], vec![b'e'; 65_535]);
        let parts = [&b"a"[..], &long, b"cd", &almost, b"f"];
        for part in parts {
            batched.write_all(part).unwrap();
        }
        batched.write_all(b"never").unwrap();
        drop(batched);
        assert!(out.0 == parts.concat() && out.1 == 4);
        let mut batched = Batched::new(&mut out);
        (0..1000).for_each(|_| batched.write_all(b"x").unwrap());
        batched.flush().unwrap();
        assert_eq!((out.0.len(), out.1), (135_539 + 1000, 5));
    }

    /// A reader that gives one byte a call, and is interrupted before each.
    struct Hesitant<'a> {
        bytes: &'a [u8],
        interrupted: bool,
    }

    impl Read for Hesitant<'_> {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            self.interrupted = !self.interrupted;
            if self.interrupted {
                Err(io::ErrorKind::Interrupted.into())
            } else {
                self.bytes.read(&mut room[..1])
            }
        }
    }

    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }

    #[test]
    fn all_is_read_up_to_the_limit_however_it_comes() {
        for size in [0, 1, 8191, 8192, 8193, 50_000] {
            let bytes = vec![7; size];
            for room in [0, 10, size, 100_000] {
                let read = |limit: usize| read_all(&bytes[..], room, limit as u64).unwrap();
                assert_eq!(read(size).unwrap().as_slice(), bytes);
                assert!(size == 0 || read(size - 1).is_none(), "{size} {room}");
            }
            let hesitant = Hesitant { bytes: &bytes, interrupted: false };
            assert_eq!(read_all(hesitant, 0, u64::MAX).unwrap().unwrap().as_slice(), bytes);
        }
    }

    #[test]
    fn an_endless_reader_ends_at_the_limit_and_one_that_fails_is_told() {
        assert!(read_all(io::repeat(7), 0, 100_000).unwrap().is_none());
        let broken = b"begun"[..].chain(Broken);
        assert_eq!(read_all(broken, 0, 10).unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    }

    #[test]
    fn one_newline_is_dropped_and_no_more() {
        for (text, kept) in [
            ("a\n", "a"),
            ("a\r\n", "a"),
            ("a\n\n", "a\n"),
            ("a\r", "a\r"),
            ("\n", ""),
            ("", ""),
            ("a\nb", "a\nb"),
        ] {
            assert_eq!(*without_newline(Zeroizing::new(text.into())), kept.as_bytes());
        }
    }
}
