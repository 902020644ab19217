//! The bytes of messages: lines of JSON, and bodies behind them. Every length is checked before anything is
//! allocated for it.

use std::io::{self, BufRead, ErrorKind, Read as _, Write};

use serde::Serialize;

use super::message::{MAX_HEADER, MAX_OBJECT};

/// The bytes that are allocated for a body before any of it has arrived.
const FIRST: u64 = 64 * 1024;

/// Reads one line, without its line break; `None` where the input ended before it.
///
/// # Errors
///
/// If the line is too long, incomplete or not UTF-8, or cannot be read.
pub fn read_line(from: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    from.take(MAX_HEADER as u64).read_until(b'\n', &mut line)?;
    match line.pop() {
        None => Ok(None),
        Some(b'\n') => String::from_utf8(line).map(Some).map_err(|_| ErrorKind::InvalidData.into()),
        Some(_) if line.len() + 1 < MAX_HEADER => Err(ErrorKind::UnexpectedEof.into()),
        Some(_) => Err(ErrorKind::InvalidData.into()),
    }
}

/// Reads a body of a given length.
///
/// # Errors
///
/// If the body is longer than an object can be, or incomplete, or cannot be read.
pub fn read_body(from: &mut impl BufRead, length: u64) -> io::Result<Vec<u8>> {
    if length > MAX_OBJECT {
        return Err(ErrorKind::InvalidData.into());
    }
    // a peer that announces much and sends little costs little
    let mut body = Vec::with_capacity(usize::try_from(length.min(FIRST)).unwrap_or_default());
    from.take(length).read_to_end(&mut body)?;
    if body.len() as u64 == length { Ok(body) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

/// Writes a message and its body.
///
/// # Errors
///
/// If the message is too long, or cannot be written.
pub fn write_message(to: &mut (impl Write + ?Sized), header: &impl Serialize, body: &[u8]) -> io::Result<()> {
    let mut line = serde_json::to_vec(header)?;
    line.push(b'\n');
    if line.len() > MAX_HEADER {
        return Err(ErrorKind::InvalidInput.into());
    }
    to.write_all(&line)?;
    to.write_all(body)?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::super::message::{MAX_HEADER, MAX_OBJECT};
    use super::{read_body, read_line, write_message};

    #[test]
    fn lines_are_read_up_to_their_limit() {
        let longest = format!("{}\nrest", "x".repeat(MAX_HEADER - 1));
        let mut input = longest.as_bytes();
        assert_eq!(read_line(&mut input).unwrap().map(|line| line.len()), Some(MAX_HEADER - 1));
        assert_eq!(input, b"rest");
        assert_eq!(read_line(&mut &b""[..]).unwrap(), None);
        assert_eq!(read_line(&mut &b"\n"[..]).unwrap(), Some(String::new()));
        for broken in [format!("x{longest}").into_bytes(), b"no end".to_vec(), b"\xff\n".to_vec()] {
            assert!(read_line(&mut &broken[..]).is_err());
        }
    }

    #[test]
    fn bodies_have_the_length_that_was_announced() {
        let mut input = &b"abcdef"[..];
        assert_eq!(read_body(&mut input, 4).unwrap(), b"abcd");
        assert!(read_body(&mut input, 3).is_err(), "two bytes are left");
        assert!(read_body(&mut &b"x"[..], MAX_OBJECT + 1).is_err());
        assert!(read_body(&mut &b"x"[..], MAX_OBJECT).is_err(), "little arrives");
    }

    #[test]
    fn a_message_that_no_reader_would_take_is_not_written() {
        let mut output = Vec::new();
        assert!(write_message(&mut output, &"x".repeat(MAX_HEADER), b"body").is_err());
        assert!(output.is_empty());
        write_message(&mut output, &"x", b"body").unwrap();
        assert_eq!(output, b"\"x\"\nbody");
    }
}
