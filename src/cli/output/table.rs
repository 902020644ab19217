//! Tables of many credentials for people.
//!
//! Every text passes the sanitizer here, so that no caller can forget it. Callers decide what is masked,
//! whether there is colour, and how wide the terminal is.

use std::borrow::Cow;
use std::io::{self, Write};

use super::column::TableColumn;
use super::fit::fit;
use super::layout::{columns, lay_out, push_name};
use super::sanitize;

/// The number of rows that are laid out together.
const BLOCK: usize = 1_000;

/// A table without borders: titles in capitals, one row per item.
#[derive(Debug)]
pub struct OutputTable {
    columns: Vec<TableColumn>,
    rows: Vec<Vec<String>>,
    /// True if a row takes a second line before it loses a cell to a long key.
    breaks_rows: bool,
}

impl OutputTable {
    /// Makes a table with these columns and no rows yet. The first column identifies the row.
    #[must_use]
    pub fn new(mut columns: Vec<TableColumn>) -> Self {
        for column in &mut columns {
            column.title = one_line(std::mem::take(&mut column.title));
        }
        Self { columns, rows: Vec::new(), breaks_rows: false }
    }

    /// Lets a key that is too long stand on a line of its own, above the other cells, where they would be left out.
    pub fn break_long_rows(&mut self) {
        self.breaks_rows = true;
    }

    /// Adds a row. Cells that are not given are empty.
    pub fn row(&mut self, cells: Vec<String>) {
        let mut cells: Vec<_> = cells.into_iter().map(one_line).collect();
        cells.resize(self.columns.len(), String::new());
        self.rows.push(cells);
    }

    /// Removes the columns that are empty in every row and for which `is_spare` holds.
    pub fn remove_empty(&mut self, is_spare: impl Fn(&TableColumn) -> bool) {
        for at in (0..self.columns.len()).rev() {
            if is_spare(&self.columns[at]) && self.rows.iter().all(|row| row[at].is_empty()) {
                self.columns.remove(at);
                self.rows.iter_mut().for_each(|row| drop(row.remove(at)));
            }
        }
    }

    /// Writes the lines of the table, without trailing blanks.
    ///
    /// `width` is that of the terminal, in columns: longer texts are cut or wrapped to fit. A cut text ends in
    /// `…`. Without `width`, for a pipe or a file, every text is complete and every row is one line. `colour`
    /// makes the titles bold and gives states their colours.
    ///
    /// # Errors
    /// The errors of the output.
    pub fn write(self, width: Option<u16>, colour: bool, out: &mut dyn Write) -> io::Result<()> {
        let natural = self.widths();
        let titles: Vec<String> = self.columns.iter().map(|column| column.title.clone()).collect();
        let widths = match width {
            Some(width) => fit(&self.columns, &natural, false, width.into()),
            None => natural,
        };
        let titles = lay_out([&titles[..]], &self.columns, &widths, false);
        let mut header = String::new();
        push_name(&mut header, titles.trim_end_matches('\n'), colour);
        writeln!(out, "{header}")?;
        let is_long = |row: &Vec<String>| width.is_some() && columns(&row[0]) > widths[0];
        // block by block, because laid out cells take many times the room of their texts
        for block in self
            .rows
            .chunk_by(|one, next| !is_long(one) && !is_long(next))
            .flat_map(|rows| rows.chunks(BLOCK))
        {
            let rows = block.iter().map(Vec::as_slice);
            let text = match (block, width) {
                // an id that is longer than its column takes the room of the other columns in its own row
                ([row], Some(width)) if is_long(row) => self.long_row(row, &widths, width.into(), colour),
                _ => lay_out(rows, &self.columns, &widths, colour),
            };
            out.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    /// Lays out a row whose key is longer than its column.
    fn long_row(&self, row: &[String], widths: &[usize], width: usize, colour: bool) -> String {
        let natural: Vec<usize> = row.iter().map(|cell| columns(cell)).collect();
        let own = fit(&self.columns, &natural, true, width);
        let is_lost = row.iter().zip(&own).any(|(cell, &width)| width == 0 && !cell.is_empty());
        if !(self.breaks_rows && is_lost) {
            return lay_out([row], &self.columns, &own, colour);
        }
        let mut only_key = vec![0; own.len()];
        only_key[0] = natural[0].min(width);
        let mut others = row.to_vec();
        others[0].clear();
        let below = lay_out([&others[..]], &self.columns, widths, colour);
        let key = lay_out([row], &self.columns, &only_key, colour);
        if below.trim().is_empty() { key } else { key + &below }
    }

    /// Returns the width of the widest text of each column.
    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|column| columns(&column.title)).collect();
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = columns(cell).max(*widest);
            }
        }
        widths
    }
}

fn one_line(cell: String) -> String {
    match sanitize::line(&cell) {
        Cow::Borrowed(_) => cell,
        Cow::Owned(clean) => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::{OutputTable, columns};
    use crate::cli::output::column::TableColumn;

    fn table(rows: &[&[&str]]) -> OutputTable {
        let mut table = OutputTable::new(TableColumn::all(&["id", "type", "note"]));
        for row in rows {
            table.row(row.iter().map(|&cell| cell.to_owned()).collect());
        }
        table
    }

    /// Returns the table as the terminal or the pipe gets it.
    fn shown(table: OutputTable, width: Option<u16>, colour: bool) -> String {
        let mut out = Vec::new();
        table.write(width, colour, &mut out).unwrap();
        String::from_utf8(out).unwrap()
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
            for line in shown.lines() {
                assert_eq!(line, line.trim_end());
                assert!(columns(line) <= width.into(), "more than {width}: {line}");
            }
        }
        assert!(
            shown(table(&rows), Some(40), false).contains("\nproduction/db  UsernamePassword  a rath…\n")
        );
        assert!(shown(table(&rows), Some(20), false).contains("\nproduction/db\n"));
        let complete = shown(table(&rows), None, false);
        assert!(complete.contains(note) && !complete.contains('…'));
        assert_eq!(shown(table(&rows), Some(200), false), complete);
    }

    #[test]
    fn an_explanation_takes_several_lines() {
        let mut table = OutputTable::new(TableColumn::all(&["id", "detail", "members"]));
        table.row(["a", "the key is not that of the certificate", "one,two,three"].map(str::to_owned).into());
        let shown = shown(table, Some(42), false);
        let title = format!("ID  DETAIL{:19}MEMBERS", "");
        let rest = "a   the key is not that of   one,two,three\n    the certificate";
        assert_eq!(shown, format!("{title}\n{rest}\n"));
    }

    #[test]
    fn a_long_key_takes_the_room_of_its_own_row() {
        let long = "a/very/long/id/that/needs/almost/all/of/the/line";
        let shown = shown(table(&[&["web", "Token", "x"], &[long, "Token", "y"]]), Some(50), false);
        assert!(shown.contains(&format!("\n{long}\n")), "{shown}");
        assert!(shown.contains("  Token  x\n"), "{shown}");
    }

    #[test]
    fn a_long_key_stands_above_cells_that_must_not_be_lost() {
        let long = "a/very/long/id/that/needs/almost/all/of/the/line";
        let mut table = table(&[&["web", "Token", "x"], &[long, "Token", "y"], &[long, "", ""]]);
        table.break_long_rows();
        let shown = shown(table, Some(50), false);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!((lines.len(), lines[2], lines[4]), (5, long, long), "{shown}");
        assert_eq!(lines[3].trim_start(), "Token  y", "{shown}");
        assert_eq!(lines[3].find("Token"), lines[1].find("Token"), "{shown}");
    }

    #[test]
    fn states_have_colours_where_they_are_allowed() {
        let state = |colour| {
            let mut table = OutputTable::new(TableColumn::all(&["id", "state", "note"]));
            table.row(["a", "Disabled", "n"].map(str::to_owned).into());
            shown(table, None, colour)
        };
        assert!(state(true).ends_with("\na   \x1b[33mDisabled\x1b[0m  n\n"), "{:?}", state(true));
        assert!(!state(false).contains('\x1b'));
    }
}
