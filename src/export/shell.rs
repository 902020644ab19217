//! Variables for a POSIX shell: `eval "$(credctl export --format shell)"`.

use std::io::{self, Write};

use super::format::ExportFormat;
use super::variables::{Variable, lines};

pub(super) const FORMAT: ExportFormat = ExportFormat {
    name: "shell",
    summary: "variables for sh, bash and zsh",
    write: |data, options, report, out| lines(data, options, report, None, |variable| line(variable, out)),
};

/// Writes a variable. Inside single quotes only the quote that ends them means anything.
fn line(variable: &Variable, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "export {}='", variable.name)?;
    for (index, part) in variable.value.expose().split('\'').enumerate() {
        out.write_all(if index == 0 { b"" } else { b"'\\''" })?;
        out.write_all(part.as_bytes())?;
    }
    out.write_all(b"'\n")
}

#[cfg(test)]
mod tests {
    use super::super::tests::text_of;

    #[test]
    fn only_the_quote_is_escaped() {
        let document = r#"{"type":"Simple","id":"a","value":"it's\n$HOME `x` \\ \"!\" "}"#;
        assert_eq!(text_of("shell", &[document]), "export A_VALUE='it'\\''s\n$HOME `x` \\ \"!\" '\n");
    }
}
