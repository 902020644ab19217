//! The lines of table rows: cells cut or wrapped to the widths of their columns.

use comfy_table::{Cell, ColumnConstraint, ContentArrangement, Row, Width, presets};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::column::{ColumnFit, TableColumn};
use super::fit::GAP;

const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";
/// The character around a state that gets a colour. It has no width, and the sanitizer lets no other text have it.
const MARK: char = '\u{2060}';
/// The escapes of the states that have a colour.
const PAINTS: [(&str, &str); 4] =
    [("Expired", "\x1b[31m"), ("Disabled", "\x1b[33m"), ("NotYetValid", "\x1b[33m"), ("Rotate", "\x1b[33m")];
/// The greatest width of a column, in columns of the screen.
const MOST: usize = u16::MAX as usize - GAP;

/// Lays out rows as lines with their line feeds. Leaves out the columns without width.
pub(super) fn lay_out<'a>(
    rows: impl IntoIterator<Item = &'a [String]>,
    columns: &[TableColumn],
    widths: &[usize],
    colour: bool,
) -> String {
    let shown = || columns.iter().zip(widths).filter(|(_, width)| **width > 0);
    let mut table = comfy_table::Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    for cells in rows {
        let cells = cells.iter().zip(columns).zip(widths).filter(|(_, width)| **width > 0);
        let cells = cells.map(|((cell, column), &width)| Cell::new_owned(text(cell, column, width, colour)));
        table.add_row(Row::from(cells));
    }
    for (column, (_, &width)) in table.column_iter_mut().zip(shown()) {
        // the blanks between the columns are those to the right of each
        column.set_padding((0, u16::try_from(GAP).unwrap_or_default()));
        let width = u16::try_from(width.min(MOST) + GAP).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
    }
    let mut lines = table.trim_fmt() + "\n";
    if colour && lines.contains(MARK) {
        for (state, paint) in PAINTS {
            lines = lines.replace(&format!("{MARK}{state}{MARK}"), &format!("{paint}{state}{PLAIN}"));
        }
    }
    lines
}

/// Returns the text of a cell: whole if its column wraps it, else cut to the width.
fn text(cell: &str, column: &TableColumn, width: usize, colour: bool) -> String {
    if colour && column.is_state && columns(cell) <= width && PAINTS.iter().any(|(state, _)| *state == cell) {
        return format!("{MARK}{cell}{MARK}");
    }
    let width = width.min(MOST);
    if column.fit == ColumnFit::Wrapped || columns(cell) <= width {
        return cell.to_owned();
    }
    format!("{}…", head(cell, width.saturating_sub(1)))
}

/// Returns the longest beginning of a text that is no wider than `width`.
fn head(text: &str, width: usize) -> &str {
    let mut used = 0;
    let past = text.char_indices().find(|(_, char)| {
        used += char.width().unwrap_or_default();
        used > width
    });
    past.map_or(text, |(at, _)| &text[..at])
}

/// Appends a title or a name, in bold where colour is allowed.
pub(super) fn push_name(out: &mut String, name: &str, colour: bool) {
    if colour && !name.is_empty() {
        out.push_str(BOLD);
        out.push_str(name);
        out.push_str(PLAIN);
    } else {
        out.push_str(name);
    }
}

/// Returns the number of columns that a text takes on the screen.
pub(super) fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}
