//! Variables for PowerShell: `credctl export --format powershell | Out-String | Invoke-Expression`.

use zeroize::Zeroizing;

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use super::variables::{Variable, lines};
use crate::secret::Buffer;

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "powershell", summary: "variables for PowerShell", write };

/// The characters that PowerShell takes for a single quote: the typographic ones, too.
const QUOTES: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201A}', '\u{201B}'];

fn write(
    selection: &ExportData<'_>,
    options: &ExportOptions<'_>,
    report: &mut ExportReport,
) -> Zeroizing<Vec<u8>> {
    lines(selection, options, report, |variable, out| {
        line(variable, out);
        Ok(())
    })
}

/// Writes a variable. A quote inside quotes stands twice; nothing else means anything there.
fn line(variable: &Variable, out: &mut Buffer) {
    out.push("$env:");
    out.push(&variable.name);
    out.push(" = '");
    for c in variable.value.expose().chars() {
        if QUOTES.contains(&c) {
            out.push_char(c);
        }
        out.push_char(c);
    }
    out.push("'\n");
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
