//! The reading of standard input: its first line, or all of it.

#![expect(clippy::disallowed_methods, reason = "others must not read it, so that this file does")]

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::os::fd::AsFd as _;

use credctl::secret::{Secret, read_all};
use zeroize::Zeroizing;

use super::source::typed_passphrase;
use crate::cli::error::Error;

/// The largest input from stdin, in bytes.
const STDIN_LIMIT: u64 = 128 * 1024 * 1024;
/// The largest passphrase, in bytes.
const LINE_LIMIT: usize = 64 * 1024;

/// Reads all of stdin. A helper process, which has no context, calls this alone.
pub fn all_of_stdin() -> Result<Zeroizing<Vec<u8>>, Error> {
    let data = unbuffered().and_then(|stdin| read_all(stdin, 0, STDIN_LIMIT));
    let data = data.map_err(unreadable)?;
    data.ok_or_else(|| Error::usage("stdin is larger than 128 MiB"))
}

/// Opens stdin to be read to its end, piece by piece.
pub(super) fn stream() -> Result<File, Error> {
    unbuffered().map_err(unreadable)
}

/// Opens stdin without the buffer of the standard library, which reads more than is asked for and is never
/// wiped.
fn unbuffered() -> io::Result<File> {
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

fn unreadable(error: io::Error) -> Error {
    Error::usage("stdin cannot be read").because(error)
}

/// Reads a passphrase up to the first newline and no byte further, so that the rest stays for others.
pub(super) fn first_line() -> Result<Secret, Error> {
    let mut stdin = unbuffered().map_err(unreadable)?;
    // never grows: growing would leave a copy behind
    let mut line = Zeroizing::new(Vec::with_capacity(LINE_LIMIT));
    let mut byte = Zeroizing::new([0]);
    loop {
        match stdin.read(&mut *byte) {
            Ok(0) => break,
            Ok(_) if byte[0] == b'\n' => break,
            Ok(_) if line.len() >= LINE_LIMIT => {
                return Err(Error::usage("the first line of stdin is too long"));
            }
            Ok(_) => line.push(byte[0]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
    typed_passphrase(&line)
}
