//! The one writer of stdout, and the pager for answers that are longer than the screen.

use std::io::{self, BufWriter, Write};

use crate::cli::child;
use crate::cli::context::{Settings, Ui};
use crate::cli::error::Error;
use crate::cli::options::Form;

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
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let written = write(&mut out);
    if written.is_err() {
        // half an answer is no answer: the rest in the buffer is not written
        let _ = out.into_parts();
        return Ok(written?);
    }
    Ok(out.flush()?)
}

/// Writes an answer whose source is known to be whole only at its end. Until then, the answer waits in
/// memory, so that the reader of a pipe never takes a part for all. A table goes through the pager.
pub fn with_stdout_at_end<E>(
    settings: &Settings,
    ui: &Ui,
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), Error>
where
    Error: From<E>,
{
    if matches!(settings.form, Form::Table | Form::Wide) {
        return paged(ui, write);
    }
    let mut out = Vec::new();
    write(&mut out)?;
    bytes(&out)
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
