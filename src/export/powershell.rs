//! Variables for PowerShell: `credctl export --format powershell | Out-String | Invoke-Expression`.

use std::io::{self, Write};

use super::format::ExportFormat;
use super::variables::{Variable, lines};

pub(super) const FORMAT: ExportFormat = ExportFormat {
    name: "powershell",
    summary: "variables for PowerShell",
    write: |data, options, report, out| lines(data, options, report, None, |variable| line(variable, out)),
};

/// The characters that PowerShell takes for a single quote: the typographic ones, too.
const QUOTES: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201A}', '\u{201B}'];

/// Writes a variable. A quote inside quotes stands twice; nothing else means anything there.
fn line(variable: &Variable, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "$env:{} = '", variable.name)?;
    for part in variable.value.expose().split_inclusive(QUOTES) {
        out.write_all(part.as_bytes())?;
        if let Some(clean) = part.strip_suffix(QUOTES) {
            out.write_all(&part.as_bytes()[clean.len()..])?;
        }
    }
    out.write_all(b"'\n")
}

#[cfg(test)]
mod tests {
    use super::super::tests::text_of;

    #[test]
    fn quotes_of_every_kind_are_doubled() {
        let document = r#"{"type":"Simple","id":"a","value":"it's ’x‚ $env:A `n \\n"}"#;
        assert_eq!(text_of("powershell", &[document]), "$env:A_VALUE = 'it''s ’’x‚‚ $env:A `n \\n'\n");
    }
}
