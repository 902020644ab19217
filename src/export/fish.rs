//! Variables for the fish shell: `credctl export --format fish | source`.

use std::io::{self, Write};

use super::format::ExportFormat;
use super::variables::{Variable, backslashed, lines};

pub(super) const FORMAT: ExportFormat = ExportFormat {
    name: "fish",
    summary: "variables for fish",
    write: |data, options, report, out| lines(data, options, report, None, |variable| line(variable, out)),
};

/// Writes a variable. In fish's single quotes a backslash escapes the quote and itself.
fn line(variable: &Variable, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "set -gx {} '", variable.name)?;
    backslashed(variable.value.expose(), &['\'', '\\'], out)?;
    out.write_all(b"'\n")
}

#[cfg(test)]
mod tests {
    use super::super::tests::text_of;

    #[test]
    fn quotes_and_backslashes_are_escaped() {
        let document = r#"{"type":"Simple","id":"a","value":"it's\n$HOME (x) \\n"}"#;
        assert_eq!(text_of("fish", &[document]), "set -gx A_VALUE 'it\\'s\n$HOME (x) \\\\n'\n");
    }
}
