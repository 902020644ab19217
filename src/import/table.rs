//! Comma-separated values as other programs export them, read strictly, in memory that is wiped. Broken
//! quoting would move cells from one row into another, so nothing of such a file is used.

use crate::credential::Violations;
use crate::secret::{Buffer, Secret};

/// The most columns of a table.
const COLUMNS: usize = 1024;

/// The columns of KeePass 1, which writes a backslash in front of quotes and backslashes.
const KEEPASS_1: [&str; 5] = ["Account", "Login Name", "Password", "Web Site", "Comments"];

/// The names of the columns, and the rows.
pub(super) struct ImportTable {
    pub header: Vec<String>,
    pub rows: Vec<ImportRow>,
}

/// One row.
pub(super) struct ImportRow {
    /// The line on which it begins.
    pub line: usize,
    pub cells: Vec<Secret>,
}

/// Returns the names in the first line of a text; none if that is no line of cells.
pub(super) fn header(text: &str) -> Vec<String> {
    let mut reader = TableReader::new(text);
    let row = reader.row().ok().flatten();
    row.map(|row| row.cells.iter().map(|cell| cell.expose().trim().to_owned()).collect()).unwrap_or_default()
}

impl ImportTable {
    /// Reads a table.
    ///
    /// # Errors
    /// Fails at a quote that is out of place or never closed, and at a row with too many columns. The error
    /// names the line.
    pub fn read(text: &str) -> Result<Self, Violations> {
        Self::of(TableReader::new(text))
    }

    /// Reads a table whose cells may be separated by tabs or semicolons, too. Without `has_header`, the first row
    /// is a row as any other, and the columns have no names.
    ///
    /// # Errors
    /// As [`ImportTable::read`].
    pub fn separated(text: &str, has_header: bool) -> Result<Self, Violations> {
        let mut reader = TableReader::new(text);
        reader.separator = separator(reader.rest);
        if has_header {
            return Self::of(reader);
        }
        let rows = reader.rows()?;
        let count = rows.first().map_or(0, |row| row.cells.len());
        Ok(Self { header: vec![String::new(); count], rows })
    }

    fn of(mut reader: TableReader<'_>) -> Result<Self, Violations> {
        let header = reader.row()?.map(|row| row.cells).unwrap_or_default();
        let header: Vec<String> = header.iter().map(|cell| cell.expose().trim().to_owned()).collect();
        reader.escapes = header == KEEPASS_1;
        Ok(Self { header, rows: reader.rows()? })
    }

    /// Reads the rows of a table without a line of columns.
    ///
    /// # Errors
    /// Those of [`ImportTable::read`].
    pub fn rows_of(text: &str) -> Result<Vec<ImportRow>, Violations> {
        TableReader::new(text).rows()
    }
}

/// Returns the character that separates the cells of the first line: the one that it has most often.
fn separator(text: &str) -> char {
    let mut is_quoted = false;
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\n' | '\r' if !is_quoted => break,
            _ => counts
                .iter_mut()
                .filter(|(own, _)| *own == c && !is_quoted)
                .for_each(|(_, count)| *count += 1),
        }
    }
    // the first of equal ones, which is the comma
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(',', |(c, _)| c)
}

struct TableReader<'a> {
    rest: &'a str,
    line: usize,
    /// True if a backslash stands in front of a quote or a backslash in a cell, as KeePass 1 wrote them.
    escapes: bool,
    separator: char,
}

impl<'a> TableReader<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.trim_start_matches('\u{feff}'), line: 1, escapes: false, separator: ',' }
    }

    /// Reads all rows that are left.
    fn rows(&mut self) -> Result<Vec<ImportRow>, Violations> {
        let mut rows = Vec::new();
        while let Some(row) = self.row()? {
            rows.push(row);
        }
        Ok(rows)
    }

    /// Reads the next row that is not empty.
    fn row(&mut self) -> Result<Option<ImportRow>, Violations> {
        loop {
            if self.rest.is_empty() {
                return Ok(None);
            }
            match self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix(['\n', '\r'])) {
                Some(rest) => self.rest = rest,
                None => break,
            }
            self.line += 1;
        }
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell()?);
            // each cell costs more than its comma, so a row of commas alone could fill the memory
            if cells.len() > COLUMNS {
                return Err(wrong(line, "has more than 1024 cells"));
            }
            match self.rest.strip_prefix(self.separator) {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        if let Some(rest) = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix(['\n', '\r'])) {
            self.rest = rest;
            self.line += 1;
        }
        Ok(Some(ImportRow { line, cells }))
    }

    /// Reads the next cell, up to the comma or the line end behind it.
    fn cell(&mut self) -> Result<Secret, Violations> {
        let Some(quoted) = self.rest.strip_prefix('"') else {
            let end = self.rest.find([self.separator, '\n', '\r']).unwrap_or(self.rest.len());
            let (cell, rest) = self.rest.split_at(end);
            // a reader that is lenient here would read the rest of the file in another way
            if cell.contains('"') {
                return Err(wrong(self.line, "has a quote in a cell that does not begin with one"));
            }
            self.rest = rest;
            return Ok(Secret::from(cell));
        };
        let begin = self.line;
        let mut out = Buffer::with_capacity(64);
        let mut rest = quoted;
        loop {
            let special = |c: char| c == '"' || c == '\\' && self.escapes;
            let Some(end) = rest.find(special) else {
                return Err(wrong(begin, "begins a quote that is never closed"));
            };
            let (part, next) = rest.split_at(end);
            self.line += part.matches('\n').count();
            out.push(part);
            rest = &next[1..];
            if next.starts_with('\\') {
                // `get` fails before a character of several bytes, where the backslash stands for itself
                out.extend(rest.get(..1).unwrap_or("\\").as_bytes());
                rest = rest.get(1..).unwrap_or(rest);
                continue;
            }
            match rest.strip_prefix('"') {
                Some(next) => {
                    out.push("\"");
                    rest = next;
                }
                None => break,
            }
        }
        if !(rest.is_empty() || rest.starts_with([self.separator, '\n', '\r'])) {
            return Err(wrong(
                self.line,
                "has text behind a closing quote; a quote inside a cell is doubled",
            ));
        }
        self.rest = rest;
        out.into_secret().ok_or_else(|| wrong(begin, "is not text"))
    }
}

fn wrong(line: usize, why: &'static str) -> Violations {
    Violations::one(format!("line {line}"), why)
}

#[cfg(test)]
mod tests {
    use super::{ImportTable, header};

    #[test]
    fn cells_keep_what_is_in_quotes() {
        let text = "\u{feff}a,\"b\"\r\n\"x\"\"y\",\"1\n2,3\"\nq,\n\nlonely\n'=1, z \n\"\",\"c\"\rd,e";
        let table = ImportTable::read(text).unwrap();
        assert_eq!(header("a,\"b\"\r\n"), ["a", "b"]);
        assert_eq!(table.header, ["a", "b"]);
        let rows: Vec<(usize, Vec<&str>)> = table
            .rows
            .iter()
            .map(|row| (row.line, row.cells.iter().map(crate::secret::Secret::expose).collect()))
            .collect();
        assert_eq!(
            rows,
            [
                (2, vec!["x\"y", "1\n2,3"]),
                (4, vec!["q", ""]),
                (6, vec!["lonely"]),
                (7, vec!["'=1", " z "]),
                (8, vec!["", "c"]),
                (9, vec!["d", "e"]),
            ]
        );
    }

    #[test]
    fn broken_quoting_is_told_by_its_line() {
        for (text, line) in [
            ("a,b\n1,\"open\nB,2\nC,3\n", "line 2: begins"),
            ("a,b\n1,\"my note\nB,\"2\"\n", "line 3: has text behind"),
            ("a,b\n\"x\"y,2\n", "line 2: has text behind"),
            ("a,b\n1,2\nx\"y,2\n", "line 3: has a quote in a cell"),
            ("a,b\n1, \"2\"\n", "line 2: has a quote in a cell"),
            ("a,b\n\"p\\\"w\",2\n", "line 2: has text behind"),
        ] {
            let error = ImportTable::read(text).err().unwrap().to_string();
            assert!(error.starts_with(line), "{text:?}: {error}");
        }
    }

    #[test]
    fn keepass_1_writes_backslashes_in_front_of_quotes() {
        let header = "\"Account\",\"Login Name\",\"Password\",\"Web Site\",\"Comments\"\n";
        let table = ImportTable::read(&format!("{header}\"a\",\"D\\\\u\",\"p\\\"w\",\"\",\"\"\n")).unwrap();
        let cells: Vec<_> = table.rows[0].cells.iter().map(crate::secret::Secret::expose).collect();
        assert_eq!(cells, ["a", "D\\u", "p\"w", "", ""]);
    }

    #[test]
    fn nothing_and_too_much() {
        assert!(ImportTable::read("").unwrap().rows.is_empty());
        assert!(ImportTable::read(&",".repeat(1024)).is_err());
        assert!(header("a\"b,c").is_empty());
    }
}
