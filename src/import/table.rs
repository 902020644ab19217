//! Comma-separated values as other programs export them, in memory that is wiped.

use csv_core::{ReadRecordResult, Reader};
use zeroize::Zeroizing;

use super::Violations;
use crate::secret::Secret;

/// Most columns of a table.
const COLUMNS: usize = 1024;

/// The names of the columns, and the rows.
pub(super) struct Table {
    header: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row, or how many cells it has if they do not fit the columns.
pub(super) type Row = Result<Vec<Secret>, usize>;

/// The names in the first line of a text.
pub(super) fn header(text: &str) -> Vec<&str> {
    let line = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    line.split(',').take(COLUMNS).map(|name| name.trim().trim_matches('"')).collect()
}

impl Table {
    /// Reads a table.
    pub fn read(text: &str) -> Result<Self, Violations> {
        let text = text.trim_start_matches('\u{feff}');
        let header: Vec<String> = header(text).into_iter().map(str::to_owned).collect();
        let mut reader = Reader::new();
        let mut input = text.as_bytes();
        let mut cells = Zeroizing::new(vec![0; text.len()]);
        let mut ends = [0; COLUMNS];
        let (mut rows, mut used, mut count) = (Vec::new(), 0, 0);
        loop {
            let (result, read, written, ended) =
                reader.read_record(input, &mut cells[used..], &mut ends[count..]);
            (input, used, count) = (&input[read..], used + written, count + ended);
            match result {
                ReadRecordResult::Record => {
                    rows.push(row(&cells[..used], &ends[..count], header.len()));
                    (used, count) = (0, 0);
                }
                ReadRecordResult::End => break,
                ReadRecordResult::InputEmpty => {}
                // the cells are never longer than the text
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    return Err(Violations::one("document", "must not have more than 1024 columns"));
                }
            }
        }
        // the first one is the header
        rows.drain(..rows.len().min(1));
        Ok(Self { header, rows })
    }

    /// Takes the cells of a row by the names of their columns, without the empty ones.
    pub fn named(&self, row: Vec<Secret>) -> Vec<(String, Secret)> {
        self.header.iter().cloned().zip(row).filter(|(_, cell)| !cell.is_empty()).collect()
    }
}

fn row(cells: &[u8], ends: &[usize], columns: usize) -> Row {
    if ends.len() != columns {
        return Err(ends.len());
    }
    let mut start = 0;
    let cell = |end: &usize| {
        let cell = &cells[start..*end];
        start = *end;
        // cut at what was text before
        Secret::from(std::str::from_utf8(cell).unwrap_or_default())
    };
    Ok(ends.iter().map(cell).collect())
}

#[cfg(test)]
mod tests {
    use super::{Table, header};

    #[test]
    fn cells_keep_what_is_in_quotes() {
        let table = Table::read("\u{feff}a,\"b\"\r\n\"x\"\"y\",\"1\n2,3\"\nq,\n\nlonely\n'=1, z ").unwrap();
        assert_eq!(header("a,\"b\"\r\n"), ["a", "b"]);
        let rows: Vec<_> = table
            .rows
            .into_iter()
            .map(|row| row.map(|row| row.iter().map(|cell| cell.expose().to_owned()).collect::<Vec<_>>()))
            .collect();
        let cells = |a: &str, b: &str| Ok(vec![a.to_owned(), b.to_owned()]);
        assert_eq!(rows, [cells("x\"y", "1\n2,3"), cells("q", ""), Err(1), cells("'=1", " z ")]);
    }

    #[test]
    fn nothing_and_too_much() {
        assert!(Table::read("").unwrap().rows.is_empty());
        assert!(Table::read(&",".repeat(1024)).is_err());
    }
}
