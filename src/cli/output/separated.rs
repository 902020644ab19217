//! CSV and TSV, harmless for terminals and spreadsheets. A cell may be most of a vault, so none is copied.

use std::borrow::Cow;
use std::io::{self, Write};

use credctl::syntax::csv::is_formula;

use super::sanitize;
use crate::cli::options::Form;

/// Writes the names of the columns as the first line.
pub fn separated_header(form: Form, columns: &[&str], out: &mut dyn Write) -> io::Result<()> {
    record(form, columns.iter().copied(), false, out)
}

/// Writes one line.
pub fn separated_row(form: Form, cells: &[Cow<'_, str>], out: &mut dyn Write) -> io::Result<()> {
    record(form, cells.iter().map(|cell| &**cell), true, out)
}

fn record<'a>(
    form: Form,
    mut cells: impl ExactSizeIterator<Item = &'a str>,
    is_guarded: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    // a tab of a cell is escaped
    let (delimiter, special) = if form == Form::Csv { (",", ['"', ',']) } else { ("\t", ['"', '"']) };
    // a line without anything on it is none
    let needs_quotes = cells.len() == 1;
    cells.try_fold("", |between, cell| {
        out.write_all(between.as_bytes())?;
        let prefix = if is_guarded && is_run(cell) { "'" } else { "" };
        if cell.contains(special) || (needs_quotes && cell.is_empty()) {
            write!(out, "\"{prefix}")?;
            for (index, part) in cell.split('"').enumerate() {
                out.write_all(if index == 0 { b"" } else { b"\"\"" })?;
                sanitize::write_line(part, out)?;
            }
            out.write_all(b"\"")?;
        } else {
            out.write_all(prefix.as_bytes())?;
            sanitize::write_line(cell, out)?;
        }
        Ok::<_, io::Error>(delimiter)
    })?;
    out.write_all(b"\n")
}

/// Returns true for a cell that a spreadsheet would take for a formula, as it is written.
fn is_run(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    let first = bare.chars().next().map_or(0, char::len_utf8);
    is_formula(&sanitize::line(&bare[..first]))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{separated_header, separated_row};
    use crate::cli::options::Form;

    fn written(form: Form, cells: &[&str]) -> String {
        let mut out = Vec::new();
        let cells: Vec<_> = cells.iter().copied().map(Cow::Borrowed).collect();
        separated_row(form, &cells, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be_and_nothing_runs() {
        for (cells, csv, tsv) in [
            (&["a", "", "b c"][..], "a,,b c\n", "a\t\tb c\n"),
            (&[""], "\"\"\n", "\"\"\n"),
            (
                &["a,b", "\"q\"\"", "c\td"],
                "\"a,b\",\"\"\"q\"\"\"\"\",c\\td\n",
                "a,b\t\"\"\"q\"\"\"\"\"\tc\\td\n",
            ),
            (
                &["=1", "'=1,", "\t=1", "-\u{7f}"],
                "'=1,\"''=1,\",\\t=1,'-\\x7f\n",
                "'=1\t''=1,\t\\t=1\t'-\\x7f\n",
            ),
            (&["a\nb", "\u{202e}é"], "a\\nb,\\u{202e}é\n", "a\\nb\t\\u{202e}é\n"),
        ] {
            assert_eq!(written(Form::Csv, cells), csv);
            assert_eq!(written(Form::Tsv, cells), tsv);
        }
    }

    #[test]
    fn names_of_columns_are_never_guarded() {
        let mut out = Vec::new();
        separated_header(Form::Csv, &["id", "-x"], &mut out).unwrap();
        assert_eq!(out, b"id,-x\n");
    }
}
