//! The filling of a new file, and the proof that the bytes are there. They are counted and summed as they go
//! out, brought to the disk, and read back.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Seek as _, Write};
use std::num::NonZero;
use std::path::Path;

use zeroize::Zeroizing;

use super::error::{Action, FileError};
use super::sync::sync;

/// Bytes that go in or out at a time: one chunk of the cipher.
pub(super) const BLOCK: usize = 64 * 1024;

/// Bytes that are handed to the disk at a time, while the rest is still being made.
const AHEAD: u64 = 384 * 1024;

/// Lets `write` fill a new file of at most `limit` bytes, and returns when the disk has it.
///
/// A failure of the file comes before the error that `write` makes of it.
pub(super) fn fill<E: From<FileError>>(
    file: &File,
    path: &Path,
    limit: u64,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), E>,
) -> Result<(), E> {
    let sum = crc32fast::Hasher::new();
    let mut out = CountingFile { file, path, limit, length: 0, handed: 0, sum, failure: None };
    let result = write(&mut out);
    if let Some(failure) = out.failure {
        return Err(failure.into());
    }
    result?;
    let written = (out.length, out.sum.finalize());
    sync(file).map_err(|error| FileError::io(Action::Sync, path, error))?;
    let read = read_back(file).map_err(|error| FileError::io(Action::Read, path, error))?;
    if read != written {
        return Err(FileError::ReadBackMismatch { path: path.to_owned() }.into());
    }
    Ok(())
}

/// A file that remembers what went into it, and the first failure even if the writer forgets it.
struct CountingFile<'a> {
    file: &'a File,
    path: &'a Path,
    limit: u64,
    length: u64,
    /// Number of bytes that the disk was told to begin with.
    handed: u64,
    sum: crc32fast::Hasher,
    failure: Option<FileError>,
}

impl Write for CountingFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.length.saturating_add(bytes.len() as u64) > self.limit {
            let failure = FileError::TooLarge { path: self.path.to_owned(), limit: self.limit };
            self.failure.get_or_insert(failure);
            return Err(ErrorKind::FileTooLarge.into());
        }
        match self.file.write(bytes) {
            Ok(0) if !bytes.is_empty() => Err(self.fail(ErrorKind::WriteZero.into())),
            Ok(count) => {
                self.length += count as u64;
                self.sum.update(&bytes[..count]);
                self.hand_over();
                Ok(count)
            }
            // no failure, because the writer tries again
            Err(error) if error.kind() == ErrorKind::Interrupted => Err(error),
            Err(error) => Err(self.fail(error)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl CountingFile<'_> {
    /// Lets the disk begin with the bytes that are new since the last call, so that the sync at the end
    /// takes less time. Linux begins to write pages that are declared unneeded, and drops only those that
    /// are on the disk already.
    fn hand_over(&mut self) {
        let Some(new) = NonZero::new(self.length - self.handed) else { return };
        if new.get() < AHEAD {
            return;
        }
        #[cfg(target_os = "linux")]
        // no more than a hint: the sync waits for everything and tells what went wrong
        let _ = rustix::fs::fadvise(self.file, self.handed, Some(new), rustix::fs::Advice::DontNeed);
        self.handed = self.length;
    }

    /// Keeps the first failure, and gives the writer one of the same kind.
    fn fail(&mut self, error: io::Error) -> io::Error {
        let kind = error.kind();
        self.failure.get_or_insert_with(|| FileError::io(Action::Write, self.path, error));
        kind.into()
    }
}

/// Returns length and sum of what the file holds now.
fn read_back(mut file: &File) -> io::Result<(u64, u32)> {
    file.rewind()?;
    // the file may be an identity; a small block, because every page that is touched costs
    let mut block = Zeroizing::new(vec![0; BLOCK / 4]);
    let (mut length, mut sum) = (0, crc32fast::Hasher::new());
    loop {
        match file.read(&mut block) {
            Ok(0) => return Ok((length, sum.finalize())),
            Ok(count) => {
                length += count as u64;
                sum.update(&block[..count]);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files they need")]
mod tests {
    use std::fs::File;
    use std::io::{ErrorKind, Write as _};
    use std::path::Path;

    use super::super::error::{Action, FileError};
    use super::fill;

    fn full_disk() -> File {
        File::options().read(true).write(true).open("/dev/full").unwrap()
    }

    #[test]
    fn a_failure_that_the_writer_forgets_is_a_failure() {
        let result = fill::<FileError>(&full_disk(), Path::new("f"), 10, |out| {
            assert_eq!(out.write_all(b"x").unwrap_err().kind(), ErrorKind::StorageFull);
            Ok(())
        });
        match result {
            Err(FileError::Io { action: Action::Write, source, .. }) => {
                assert_eq!(source.kind(), ErrorKind::StorageFull);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused() {
        let file = tempfile::tempfile().unwrap();
        let write = |text: &'static [u8]| {
            fill::<FileError>(&file, Path::new("f"), 3, |out| {
                out.write_all(text).map_err(|_| FileError::NotFound { path: "forgotten".into() })
            })
        };
        assert!(matches!(write(b"1234"), Err(FileError::TooLarge { limit: 3, .. })));
        write(b"123").unwrap();
    }

    #[test]
    fn what_reads_back_otherwise_is_refused() {
        let file = tempfile::tempfile().unwrap();
        let result = fill::<FileError>(&file, Path::new("f"), 10, |out| {
            out.write_all(b"one").unwrap();
            (&file).write_all(b"more").unwrap();
            Ok(())
        });
        assert!(matches!(result, Err(FileError::ReadBackMismatch { .. })));
    }
}
