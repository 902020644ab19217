//! Aligned text for people: tables of many credentials, and the names and values of one.
//!
//! Every text passes the sanitizer here, so that no caller can forget it. Callers decide what is masked,
//! whether there is colour, and how wide the terminal is.

use std::borrow::Cow;
use std::io::{self, Write};

use comfy_table::{Cell, ColumnConstraint, ContentArrangement, Row, Width, presets};

use super::sanitize;

const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";
/// The number of rows that are laid out together.
const BLOCK: usize = 1_000;
/// The number of blanks to the right of a column.
const GAP: u16 = 2;

/// A table without borders: headers in capitals, one line per row.
#[derive(Debug)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Makes a table with these columns and no rows yet.
    #[must_use]
    pub fn new(headers: &[&str]) -> Self {
        let header = headers.iter().map(|header| one_line(header.to_uppercase())).collect();
        Self { header, rows: Vec::new() }
    }

    /// Adds a row. Cells that are not given are empty.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells.into_iter().map(one_line).collect());
    }

    /// Writes the lines of the table, without trailing blanks.
    ///
    /// `width` is that of the terminal, in columns: longer texts are cut to fit, and end in `…`. Without
    /// `width`, for a pipe or a file, every text is complete (up to 65,535 columns). `colour` makes the
    /// header bold.
    ///
    /// # Errors
    /// The errors of the output.
    pub fn write(self, width: Option<u16>, colour: bool, out: &mut dyn Write) -> io::Result<()> {
        let widths = match width {
            Some(width) => fit(self.widths(), width),
            None => self.widths(),
        };
        let mut header = String::new();
        push_name(&mut header, lay_out([self.header], &widths).trim_end_matches('\n'), colour);
        writeln!(out, "{header}")?;
        // block by block, because laid out cells take many times the room of their texts
        let mut rows = self.rows.into_iter().peekable();
        while rows.peek().is_some() {
            out.write_all(lay_out(rows.by_ref().take(BLOCK), &widths).as_bytes())?;
        }
        Ok(())
    }

    /// Returns the width of the widest text of each column.
    fn widths(&self) -> Vec<u16> {
        let mut widths: Vec<u16> = self.header.iter().map(|cell| columns(cell)).collect();
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = columns(cell).max(*widest);
            }
        }
        widths
    }
}

/// Lays out rows as lines with their line feeds, each cell cut to its column.
fn lay_out(rows: impl IntoIterator<Item = Vec<String>>, widths: &[u16]) -> String {
    let mut table = bare();
    for mut cells in rows {
        cells.resize(widths.len(), String::new());
        cells.iter_mut().zip(widths).for_each(|(cell, &width)| cut(cell, width));
        let mut row = Row::from(cells.into_iter().map(Cell::new_owned));
        row.max_height(1);
        table.add_row(row);
    }
    pad(&mut table);
    // cut between characters, not words, so that no room is lost: no cell holds this one
    table.set_delimiter('\0');
    for (column, &width) in table.column_iter_mut().zip(widths) {
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width.saturating_add(GAP))));
    }
    table.trim_fmt() + "\n"
}

/// Narrows columns until the table is no wider than `width`, the widest first. Spares the first column as
/// long as it leaves half of the width: it identifies the row, and people copy it.
fn fit(mut widths: Vec<u16>, width: u16) -> Vec<u16> {
    let gaps = GAP.saturating_mul(widths.len().saturating_sub(1).try_into().unwrap_or(u16::MAX));
    let spared = usize::from(widths.first().is_some_and(|&first| first <= width / 2));
    let (spared, others) = widths.split_at_mut(spared);
    let room = u32::from(width.saturating_sub(gaps)).saturating_sub(total(spared, u16::MAX));
    let limit = (1..=width).rev().find(|&limit| total(others, limit) <= room).unwrap_or(1);
    for other in others {
        *other = limit.min(*other);
    }
    widths
}

/// Returns the total width of columns when none may be wider than `limit`.
fn total(widths: &[u16], limit: u16) -> u32 {
    widths.iter().map(|&width| u32::from(width.min(limit))).sum()
}

/// Cuts a text, if that needs no knowledge of Unicode. The library does the same for every text, but takes so
/// long that it would show in a long table.
fn cut(cell: &mut String, width: u16) {
    let width = usize::from(width);
    if cell.len() > width && cell.is_ascii() {
        cell.truncate(width.saturating_sub(1));
        cell.push('…');
    }
}

/// Returns the number of columns that a text takes on the screen.
fn columns(text: &str) -> u16 {
    if text.is_ascii() {
        return text.len().try_into().unwrap_or(u16::MAX);
    }
    let mut table = bare();
    table.add_row([text]);
    table.column_max_content_widths().into_iter().sum()
}

/// Lays out the names and values of one credential, one pair per line: `Name  value`.
///
/// Values are complete, however wide the terminal is; their further lines are aligned under the first.
/// `colour` makes the names bold.
#[must_use]
pub fn pairs(rows: &[(String, String)], colour: bool) -> String {
    let mut names = bare();
    names.add_rows(rows.iter().map(|(name, _)| [sanitize::line(name)]));
    pad(&mut names);
    let indent: usize =
        names.column_max_content_widths().iter().map(|&width| usize::from(width) + usize::from(GAP)).sum();

    let mut out = String::new();
    for ((_, value), name) in rows.iter().zip(names.lines()) {
        let value = sanitize::text(value);
        let mut lines = value.lines();
        match lines.next().filter(|first| !first.is_empty()) {
            Some(first) => {
                push_name(&mut out, &name, colour);
                out.push_str(first);
            }
            None => push_name(&mut out, name.trim_end(), colour),
        }
        out.push('\n');
        for line in lines {
            if !line.is_empty() {
                out.extend(std::iter::repeat_n(' ', indent));
                out.push_str(line);
            }
            out.push('\n');
        }
    }
    out
}

fn bare() -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// Sets the padding of the columns. Must come last, because columns exist only once there are rows.
fn pad(table: &mut comfy_table::Table) {
    for column in table.column_iter_mut() {
        column.set_padding((0, GAP));
    }
}

fn one_line(cell: String) -> String {
    match sanitize::line(&cell) {
        Cow::Borrowed(_) => cell,
        Cow::Owned(clean) => clean,
    }
}

fn push_name(out: &mut String, name: &str, colour: bool) {
    if colour && !name.is_empty() {
        out.push_str(BOLD);
        out.push_str(name);
        out.push_str(PLAIN);
    } else {
        out.push_str(name);
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, columns, pairs};

    fn table(rows: &[&[&str]]) -> Table {
        let mut table = Table::new(&["id", "type", "note"]);
        for row in rows {
            table.row(row.iter().map(|&cell| cell.to_owned()).collect());
        }
        table
    }

    /// Returns the table as the terminal or the pipe gets it.
    fn shown(table: Table, width: Option<u16>, colour: bool) -> String {
        let mut out = Vec::new();
        table.write(width, colour, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn columns_are_aligned_without_trailing_blanks() {
        let shown = shown(table(&[&["web", "Token", "x"], &["database", "File"], &[]]), None, false);
        assert_eq!(shown, "ID        TYPE   NOTE\nweb       Token  x\ndatabase  File\n\n");
    }

    #[test]
    fn a_table_without_rows_is_its_header() {
        assert_eq!(shown(table(&[]), None, false), "ID  TYPE  NOTE\n");
        assert_eq!(shown(table(&[]), Some(80), true), "\x1b[1mID  TYPE  NOTE\x1b[0m\n");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let shown = shown(table(&[&["日本語", "a"], &["abc", "b"], &["e\u{301}", "c"]]), None, false);
        assert_eq!(shown, "ID      TYPE  NOTE\n日本語  a\nabc     b\ne\u{301}       c\n");
    }

    #[test]
    fn escapes_and_line_breaks_do_not_reach_the_screen() {
        let shown = shown(table(&[&["a\x1b[2J", "one\ntwo", "\u{202e}x"]]), Some(80), true);
        assert_eq!(shown, "\x1b[1mID        TYPE      NOTE\x1b[0m\na\\x1b[2J  one\\ntwo  \\u{202e}x\n");
    }

    #[test]
    fn a_terminal_cuts_and_a_pipe_does_not() {
        let note = "a rather long remark that no terminal of forty columns can hold";
        let rows: [&[&str]; 2] =
            [&["production/db", "UsernamePassword", note], &["x", "Token", "日本語".repeat(9).leak()]];
        for width in [12, 20, 33, 40, 41, 79] {
            let shown = shown(table(&rows), Some(width), false);
            assert_eq!(shown.lines().count(), 3, "{shown}");
            assert!(shown.contains('…'));
            for line in shown.lines() {
                assert_eq!(line, line.trim_end());
                assert!(columns(line) <= width, "more than {width}: {line}");
            }
        }
        assert!(shown(table(&rows), Some(40), false).contains("\nproduction/db  "));
        let complete = shown(table(&rows), None, false);
        assert!(complete.contains(note) && !complete.contains('…'));
        assert_eq!(shown(table(&rows), Some(200), false), complete);
    }

    #[test]
    fn pairs_stand_in_two_columns() {
        let rows = [
            pair("Name", "web"),
            pair("Private key", "-----BEGIN\n\nabc\n"),
            pair("名前", "x  "),
            pair("Tags", ""),
        ];
        let shown = "Name         web\nPrivate key  -----BEGIN\n\n             abc\n名前         x  \nTags\n";
        assert_eq!(pairs(&rows, false), shown);
        assert_eq!(pairs(&[], false), "");
    }

    #[test]
    fn pairs_are_sanitized_and_may_be_bold() {
        let rows = [pair("a\nb", "\x1b[31m\tx\r\ny"), pair("c", "")];
        let shown = "\x1b[1ma\\nb  \x1b[0m\\x1b[31m\tx\\r\n      y\n\x1b[1mc\x1b[0m\n";
        assert_eq!(pairs(&rows, true), shown);
    }
}
