//! Variables for the fish shell: `credctl export --format fish | source`.

use zeroize::Zeroizing;

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use super::variables::{Variable, lines};
use crate::secret::Buffer;

pub(super) const FORMAT: ExportFormat = ExportFormat { name: "fish", summary: "variables for fish", write };

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

/// Writes a variable. In fish's single quotes a backslash escapes the quote and itself.
fn line(variable: &Variable, out: &mut Buffer) {
    out.push("set -gx ");
    out.push(&variable.name);
    out.push(" '");
    for c in variable.value.expose().chars() {
        if matches!(c, '\'' | '\\') {
            out.push("\\");
        }
        out.push_char(c);
    }
    out.push("'\n");
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
