//! The one writer of stdout, and the pager for answers that are longer than the screen.

use std::io::{self, Write};

use credctl::secret::Batched;

use crate::cli::child;
use crate::cli::context::Ui;
use crate::cli::error::Error;

/// Prints bytes as they are.
pub fn bytes(bytes: &[u8]) -> Result<(), Error> {
    with_stdout(|out| out.write_all(bytes))
}

/// Writes an answer to stdout, buffered and with every result checked.
#[expect(clippy::disallowed_methods, reason = "the one writer of stdout")]
pub fn with_stdout<E>(write: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<(), Error>
where
    Error: From<E>,
{
    let mut out = Batched::new(io::stdout().lock());
    // half an answer is no answer: after an error, what waits is not written
    write(&mut out)?;
    Ok(out.flush()?)
}

/// Writes an answer for people to stdout, once it is whole. If it is longer than the screen of a terminal, the
/// pager shows it. Must not be used for an answer that has secrets in it.
pub fn paged<E>(ui: &Ui, write: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<(), Error>
where
    Error: From<E>,
{
    let mut out = Vec::new();
    write(&mut out)?;
    match ui.pager() {
        // the line of the shell's prompt needs room too
        Some((pager, rows, columns))
            if lines(&String::from_utf8_lossy(&out), columns) >= usize::from(rows)
                && child::page(pager, &out) =>
        {
            Ok(())
        }
        _ => bytes(&out),
    }
}

/// Returns the number of lines that a text takes on a screen of this width.
fn lines(text: &str, columns: u16) -> usize {
    let columns = usize::from(columns.max(1));
    text.lines().map(|line| width(line).div_ceil(columns).max(1)).sum()
}

/// Returns the number of characters of a line without the escapes for colours.
fn width(line: &str) -> usize {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().map_or(0, |part| part.chars().count());
    let after_escape = |part: &str| part.split_once('m').map_or(0, |(_, text)| text.chars().count());
    first + parts.map(after_escape).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn long_lines_count_as_they_are_shown() {
        for (text, count) in [
            ("", 0),
            ("a\n\nb\n", 3),
            ("1234567890\n", 1),
            ("12345678901\n", 2),
            ("\u{1b}[1m12345\u{1b}[0m67890\n", 1),
            ("äöüäöüäöüä\n", 1),
        ] {
            assert_eq!(lines(text, 10), count, "{text:?}");
        }
    }
}
