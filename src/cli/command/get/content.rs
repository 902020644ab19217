//! The content of an attachment: to a file whole or not at all, to a pipe as it is decrypted, and to a terminal only
//! if it is text.

use credctl::disk::Access;
use credctl::secret::Buffer;
use credctl::text::is_hidden;
use credctl::vault::{self, Key, OpenContent};

use crate::cli::context::Ui;
use crate::cli::error::Error;
use crate::cli::output::{self, OutTarget};

/// The longest text that a terminal shows, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// Writes a content to the target, or to stdout.
pub fn write(
    ui: &Ui,
    content: OpenContent,
    target: Option<OutTarget<'_>>,
    key: &Key,
    reveal: bool,
) -> Result<(), Error> {
    let is_terminal = target.as_ref().map_or(ui.stdout_is_terminal, OutTarget::is_terminal);
    if is_terminal && !reveal {
        let text = text(content)?;
        return match target {
            Some(target) => target.write(Access::Private, text.bytes(), Some(key)),
            None => output::bytes(text.bytes()),
        };
    }
    let Some(target) = target else {
        return output::with_stdout(|out| content.pass(out).map_err(of_stdout));
    };
    let name = target.name();
    target.write_content(Access::Private, Some(key), |out| content.pass(out))?;
    if let Some(name) = name {
        ui.notice(&format!("written to {name}"));
    }
    Ok(())
}

/// Reads a content for a terminal. Nothing in it may be a command to the terminal.
fn text(content: OpenContent) -> Result<Buffer, Error> {
    let not_text = || {
        Error::usage("the attachment is not text, and the output is a terminal")
            .hint("--out FILE writes it to a file; --reveal prints it anyway")
    };
    if content.size() > LONGEST {
        return Err(not_text());
    }
    let mut text = Buffer::default();
    content.pass(&mut text)?;
    let shown = std::str::from_utf8(text.bytes()).map_err(|_| not_text())?;
    if shown.chars().any(|c| is_hidden(c) && !matches!(c, '\n' | '\t' | '\r')) {
        return Err(not_text());
    }
    if !shown.ends_with('\n') {
        text.push("\n");
    }
    Ok(text)
}

/// Converts an error of writing to stdout. A reader that closes the pipe early has had enough.
fn of_stdout(error: vault::Error) -> Error {
    match error {
        vault::Error::Write(error) => Error::from(error),
        error => error.into(),
    }
}
