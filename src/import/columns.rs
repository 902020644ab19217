//! Logins in the columns of a CSV file, which every program names its own way.

use super::entries::Entries;
use super::entry::{ImportEntry, host};
use super::item::Import;
use super::table::{ImportRow, ImportTable, header};
use crate::credential::Violations;
use crate::kind::rule::url::begins_with_scheme;
use crate::secret::Secret;

/// The meaning of a column for an entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ImportColumn {
    Title,
    /// An address, or several that are parted by blanks.
    Url,
    /// Addresses that commas may part, too.
    Urls,
    Username,
    Password,
    Notes,
    /// The seed of one-time passwords.
    Totp,
    /// A label.
    Label(&'static str),
    /// Labels, separated by semicolons.
    Labels(&'static str),
    /// A label, if it is true.
    Flag(&'static str),
    /// Shown as a tag.
    Tag,
    /// A field of the entry that its program shows.
    Shown,
    /// A field of the entry that is secret.
    Field,
    /// Reported, and not kept.
    Dropped,
}

/// The columns of a program by their names.
pub(super) type ImportColumns = &'static [(&'static str, ImportColumn)];

/// Reads a table of logins with these columns.
pub(super) fn read(text: &str, columns: ImportColumns) -> Result<Import, Violations> {
    let table = ImportTable::read(text)?;
    let columns = ranked(&table, columns);
    logins(table, &columns)
}

/// Reads a table of entries of any kind with these columns: a row needs no password. `finish` gets each entry,
/// and returns false for a row that is no entry.
pub(super) fn read_entries(
    text: &str,
    columns: ImportColumns,
    finish: impl Fn(&mut ImportEntry) -> bool,
) -> Result<Import, Violations> {
    let table = ImportTable::read(text)?;
    let columns = ranked(&table, columns);
    if !columns.iter().any(Option::is_some) {
        return Err(Violations::one("document", "must begin with a line that names the columns"));
    }
    Ok(entries(table, &columns, 0, finish))
}

/// Returns true if the first line of a text has all of the required columns, and none that is not in the list.
pub(super) fn fits(text: &str, columns: ImportColumns, required: &[&str]) -> bool {
    let header = header(text);
    required.iter().all(|name| header.iter().any(|own| own == name))
        && header.iter().all(|own| columns.iter().any(|(name, _)| own == name))
}

fn ranked(table: &ImportTable, columns: ImportColumns) -> Vec<Ranked> {
    let known = |name: &String| columns.iter().find(|(own, _)| own == name).map(|(_, column)| *column);
    table.header.iter().map(|name| Some((known(name)?, 0))).collect()
}

/// The meaning of a column, and its rank among those that mean the same.
pub(super) type Ranked = Option<(ImportColumn, usize)>;

/// Makes an entry of each row. Of several columns that mean the same, the first one that is not empty counts,
/// and the others are kept by their names.
pub(super) fn logins(table: ImportTable, columns: &[Ranked]) -> Result<Import, Violations> {
    let is_password = |column: &Ranked| column.is_some_and(|(column, _)| column == ImportColumn::Password);
    let password = columns.iter().position(is_password);
    let Some(password) = password else {
        return Err(Violations::one("document", "must begin with a line that names the columns"));
    };
    Ok(entries(table, columns, password, |_| true))
}

/// Makes an entry of each row that has the column of this number.
fn entries(
    table: ImportTable,
    columns: &[Ranked],
    last: usize,
    finish: impl Fn(&mut ImportEntry) -> bool,
) -> Import {
    let mut order: Vec<usize> = (0..table.header.len()).collect();
    // a stable sort: columns of one rank stay in the order of the file
    order.sort_by_key(|at| columns[*at].map_or(0, |(_, rank)| rank));
    let mut entries = Entries::default();
    let mut short = Vec::new();
    for mut row in table.rows {
        let count = table.header.len();
        // a comma at the end of a line is not worth a word
        while row.cells.len() > count && row.cells.last().is_some_and(Secret::is_empty) {
            row.cells.pop();
        }
        if row.cells.len() > count || row.cells.len() <= last {
            let id = entries.id(&format!("line-{}", row.line), "line");
            let why = format!("has {} cells, and there are {count} columns", row.cells.len());
            entries.fail(&id, Violations::one(format!("line {}", row.line), why));
            continue;
        }
        if row.cells.len() < count {
            short.push(row.line);
        }
        let mut entry = entry(&table.header, columns, &order, &row);
        if finish(&mut entry) {
            entries.add(entry);
        }
    }
    if let [first, ..] = short[..] {
        let others = if short.len() > 1 { format!(" and {} others", short.len() - 1) } else { String::new() };
        entries
            .notices
            .push(format!("line {first}{others}: the last cells are missing, and are taken as empty"));
    }
    entries.finish()
}

fn entry(header: &[String], columns: &[Ranked], order: &[usize], row: &ImportRow) -> ImportEntry {
    let mut entry = ImportEntry::default();
    for at in order {
        let Some(cell) = row.cells.get(*at).filter(|cell| !cell.is_empty()) else {
            continue;
        };
        fill(&mut entry, columns[*at].map(|(column, _)| column), &header[*at], cell.clone());
    }
    if entry.title.is_empty() {
        // browsers export some logins without a name
        let host = entry.urls.first().and_then(|url| host(url.expose())).unwrap_or_default();
        entry.title = String::from(host);
    }
    entry
}

/// Splits a cell into its addresses. A comma may also be part of an address that somebody else chose. So a
/// comma alone parts two only in a column that is known to hold several. Elsewhere it needs a blank behind it,
/// because no address has one.
fn addresses(cell: Secret, has_commas: bool) -> Vec<Secret> {
    let text = cell.expose();
    let mut addresses = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let (own, rest) = (&text[start..at], &text[at + c.len_utf8()..]);
        let parts = match c {
            // a blank may stand in an address that was written by hand
            ' ' | '\t' => begins_with_scheme(rest),
            // a comma cannot be part of a host
            ',' => has_commas && (begins_with_scheme(rest) || is_host_only(own) && !text.contains('@')),
            _ => false,
        };
        if parts {
            addresses.push(own);
            start = at + c.len_utf8();
        }
    }
    if start == 0 {
        return vec![cell];
    }
    addresses.push(&text[start..]);
    let bare = |address: &&str| address.trim().trim_end_matches(',').trim_end().to_owned();
    addresses.iter().map(bare).filter(|address| !address.is_empty()).map(Secret::from).collect()
}

fn is_host_only(text: &str) -> bool {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    !rest.is_empty() && !rest.contains(['/', '?', '#'])
}

/// Puts a cell into an entry, as its column means it.
pub(super) fn fill(entry: &mut ImportEntry, column: Option<ImportColumn>, name: &str, cell: Secret) {
    match column {
        Some(ImportColumn::Title) if entry.title.is_empty() => cell.expose().clone_into(&mut entry.title),
        // LastPass writes this one for notes, which have none
        Some(ImportColumn::Url) if cell.expose() == "http://sn" => {}
        Some(ImportColumn::Url) => entry.urls.extend(addresses(cell, false)),
        Some(ImportColumn::Urls) => entry.urls.extend(addresses(cell, true)),
        Some(ImportColumn::Username) if entry.username.is_none() => entry.username = Some(cell),
        Some(ImportColumn::Password) if entry.password.is_none() => entry.password = Some(cell),
        Some(ImportColumn::Notes) => entry.note(Some(cell)),
        Some(ImportColumn::Totp) => entry.seed(Some(cell)),
        Some(ImportColumn::Label(name)) => entry.labels.push((name, cell.expose().to_owned())),
        Some(ImportColumn::Labels(name)) => {
            let parts = cell.expose().split(';').map(str::trim).filter(|part| !part.is_empty());
            entry.labels.extend(parts.map(|part| (name, part.to_owned())));
        }
        Some(ImportColumn::Flag(name)) => {
            if cell.expose().eq_ignore_ascii_case("true") || cell.expose() == "1" {
                entry.labels.push((name, "true".to_owned()));
            }
        }
        Some(ImportColumn::Tag) => entry.tags.push((name.to_owned(), cell.expose().to_owned())),
        Some(ImportColumn::Shown) => entry.shown(name, Some(cell)),
        Some(ImportColumn::Dropped) => entry.dropped.push(name.to_owned()),
        // a secret; or the meaning is not known, or taken by another column, so the cell is kept like one
        _ => entry.value(name, Some(cell)),
    }
}

#[cfg(test)]
mod tests {
    use super::addresses;
    use crate::secret::Secret;

    #[test]
    fn addresses_are_parted_where_that_is_sure() {
        let (a, b) = ("https://a.example/x", "https://b.example");
        for (cell, has_commas, expected) in [
            ("https://a.example/x,https://b.example", true, &[a, b][..]),
            ("https://a.example/x,https://b.example", false, &["https://a.example/x,https://b.example"]),
            ("https://a.example/x, https://b.example", false, &[a, b]),
            ("https://a.example/x https://b.example", false, &[a, b]),
            ("a.example,b.example", true, &["a.example", "b.example"]),
            ("https://a.example/x,y", true, &["https://a.example/x,y"]),
            ("https://u:p,q@a.example", true, &["https://u:p,q@a.example"]),
            ("a.example and more", true, &["a.example and more"]),
        ] {
            let parted = addresses(Secret::from(cell), has_commas);
            assert_eq!(parted.iter().map(Secret::expose).collect::<Vec<_>>(), expected, "{cell}");
        }
    }
}
