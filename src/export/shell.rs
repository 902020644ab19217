//! Variables for a POSIX shell: `eval "$(credctl export --format shell)"`.

use zeroize::Zeroizing;

use super::format::{ExportData, ExportFormat, ExportOptions, ExportReport};
use super::variables::{Variable, lines};
use crate::secret::Buffer;

pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "shell", summary: "variables for sh, bash and zsh", write };

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

/// Writes a variable. Inside single quotes only the quote that ends them means anything.
fn line(variable: &Variable, out: &mut Buffer) {
    out.push("export ");
    out.push(&variable.name);
    out.push("='");
    for (index, part) in variable.value.expose().split('\'').enumerate() {
        out.push(if index == 0 { "" } else { "'\\''" });
        out.push(part);
    }
    out.push("'\n");
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
