//! CSV files of any program, whose columns the caller names: `title=Name`, `password=#3`.

use super::columns::{ImportColumn, fill};
use super::entries::Entries;
use super::entry::{ImportEntry, OwnValue};
use super::item::{Import, item};
use super::own_fields::put_own;
use super::table::{ImportRow, ImportTable};
use crate::credential::{Target, Violations};
use crate::kind::{self, CUSTOM, Kind, Shape};
use crate::secret::Secret;
use crate::value::{Object, Value};

/// The names of values that every entry can have.
const OF_ENTRIES: [(&str, ImportColumn); 6] = [
    ("title", ImportColumn::Title),
    ("username", ImportColumn::Username),
    ("password", ImportColumn::Password),
    ("url", ImportColumn::Url),
    ("notes", ImportColumn::Notes),
    ("totp", ImportColumn::Totp),
];
/// The name of the id of a row.
const ID: &str = "id";
/// The name of the type of a row, which gives all other fields of that type a meaning.
const TYPE: &str = "type";

/// The columns of a file that the caller names, each with the value that it holds.
#[derive(Debug, Clone)]
pub struct ColumnMap {
    columns: Vec<(String, ColumnName)>,
    has_header: bool,
}

#[derive(Debug, Clone)]
enum ColumnName {
    Header(String),
    /// The number of the column, from 0.
    Number(usize),
}

/// The reasons why words are no map of columns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MapError {
    /// A word without a value or a column.
    #[error("must be of the form FIELD=COLUMN")]
    NoColumn,
    /// A value that has two columns.
    #[error("has two columns for {0}")]
    Twice(String),
    /// A value that entries do not have. Only with a column of types, other fields have a meaning.
    #[error("names {0}, which is none of {names}", names = ColumnMap::names_and_own())]
    Unknown(String),
    /// A column without a number in a file that has no names of columns.
    #[error("must name columns by number, such as #1, where no line names them")]
    NeedsNumber,
}

impl ColumnMap {
    /// Reads words of the form `FIELD=COLUMN`, where the column is a name or `#` and a number from 1.
    ///
    /// # Errors
    /// [`MapError`].
    pub fn parse(words: &[String], has_header: bool) -> Result<Self, MapError> {
        let mut columns: Vec<(String, ColumnName)> = Vec::with_capacity(words.len());
        for word in words {
            let (field, column) = word.split_once('=').ok_or(MapError::NoColumn)?;
            let (field, column) = (field.trim(), column.trim());
            if field.is_empty() || column.is_empty() || own_name(field) == Some("") {
                return Err(MapError::NoColumn);
            }
            if columns.iter().any(|(known, _)| known == field) {
                return Err(MapError::Twice(field.to_owned()));
            }
            let number = column.strip_prefix('#').and_then(|number| number.parse::<usize>().ok());
            let column = match number.and_then(|number| number.checked_sub(1)) {
                Some(number) => ColumnName::Number(number),
                None if has_header => ColumnName::Header(column.to_owned()),
                None => return Err(MapError::NeedsNumber),
            };
            columns.push((field.to_owned(), column));
        }
        let has_type = columns.iter().any(|(field, _)| field == TYPE);
        let is_known = |field: &str| Self::names().any(|name| name == field) || own_name(field).is_some();
        match columns.iter().find(|(field, _)| !has_type && !is_known(field)) {
            Some((field, _)) => Err(MapError::Unknown(field.clone())),
            None => Ok(Self { columns, has_header }),
        }
    }

    /// Returns the names of values that a column may hold, beside own fields.
    pub fn names() -> impl Iterator<Item = &'static str> {
        OF_ENTRIES.iter().map(|(name, _)| *name).chain([ID, TYPE])
    }

    /// Returns the names with that of an own field as a list for people.
    #[must_use]
    pub fn names_and_own() -> String {
        format!("{} and {CUSTOM}.NAME", Self::names().collect::<Vec<_>>().join(", "))
    }

    /// Returns the number of each named column.
    fn places(&self, header: &[String]) -> Result<Vec<(&str, usize)>, Violations> {
        let mut places = Vec::with_capacity(self.columns.len());
        for (field, column) in &self.columns {
            let place = match column {
                ColumnName::Number(number) => Some(*number).filter(|number| *number < header.len()),
                ColumnName::Header(name) => header
                    .iter()
                    .position(|known| known == name)
                    .or_else(|| header.iter().position(|known| known.eq_ignore_ascii_case(name))),
            };
            // the name may be a secret that was given by mistake
            let missing = || match column {
                ColumnName::Number(number) => {
                    format!("is in column #{}, which the file does not have", number + 1)
                }
                ColumnName::Header(_) => "is in a column that the file does not have".to_owned(),
            };
            places.push((field.as_str(), place.ok_or_else(|| Violations::one(field.as_str(), missing()))?));
        }
        Ok(places)
    }
}

impl Import {
    /// Reads a CSV file by the columns that the caller names. Tabs and semicolons separate, too, if the first
    /// line has more of them than commas. Columns that are not named are left out, which a notice says.
    ///
    /// # Errors
    /// Fails if the quotes of the file are broken, or if a column is not there.
    pub fn mapped(text: &str, map: &ColumnMap) -> Result<Self, Violations> {
        let mut table = ImportTable::separated(text, map.has_header)?;
        let places = map.places(&table.header)?;
        let mut entries = Entries::default();
        for row in std::mem::take(&mut table.rows) {
            add(&mut entries, &table, &places, &row);
        }
        let left: Vec<String> = table
            .header
            .iter()
            .enumerate()
            .filter(|(at, _)| places.iter().all(|(_, place)| place != at))
            .map(|(at, name)| if name.is_empty() { format!("#{}", at + 1) } else { name.clone() })
            .collect();
        if !left.is_empty() {
            entries.notices.push(format!("columns left out: {}", left.join(", ")));
        }
        Ok(entries.finish())
    }
}

/// Returns the name of the own field that a word names, which may be empty.
fn own_name(word: &str) -> Option<&str> {
    word.strip_prefix(CUSTOM)?.strip_prefix('.')
}

/// Adds the credential of a row.
fn add(entries: &mut Entries, table: &ImportTable, places: &[(&str, usize)], row: &ImportRow) {
    let count = table.header.len();
    let line = format!("line {}", row.line);
    if row.cells.iter().skip(count).any(|cell| !cell.is_empty()) {
        let id = entries.id(&format!("line-{}", row.line), "line");
        let why = format!("has {} cells, and there are {count} columns", row.cells.len());
        return entries.fail(&id, Violations::one(line, why));
    }
    let cells = places.iter().filter_map(|(field, at)| {
        let cell = row.cells.get(*at).filter(|cell| !cell.is_empty())?;
        Some((*field, cell))
    });
    let cells: Vec<(&str, &Secret)> = cells.collect();
    let cell = |name: &str| cells.iter().find(|(field, _)| *field == name).map(|(_, cell)| cell.expose());
    let id = cell(ID).map(str::to_owned);
    let Some(named) = cell(TYPE) else { return add_entry(entries, &cells, id.as_deref()) };
    let Some(kind) = kind::find(named).map(|named| named.kind) else {
        let id = id.unwrap_or_else(|| entries.id(&format!("line-{}", row.line), "line"));
        // the cell may be of another column, and a secret
        return entries.fail(&id, Violations::one(line, "has no known type"));
    };
    let title = cell("title").unwrap_or_default().to_owned();
    let id = id.unwrap_or_else(|| entries.id(&title, kind.short));
    let own = cells.iter().filter_map(|(field, cell)| Some((own_name(field)?, *cell)));
    let own = own.map(|(name, cell)| OwnValue::secret(name, cell.clone())).collect();
    match members(kind, &cells) {
        Ok(mut members) => {
            entries.notices.extend(put_own(&mut members, &id, own));
            entries.push_item(item(kind.name, Some(&id), members, Vec::new()));
        }
        Err(violations) => entries.fail(&id, violations),
    }
}

/// Adds a row without a type, as an entry of a password manager.
fn add_entry(entries: &mut Entries, cells: &[(&str, &Secret)], id: Option<&str>) {
    let mut entry = ImportEntry::default();
    for (field, cell) in cells {
        match OF_ENTRIES.iter().find(|(name, _)| name == field) {
            Some((name, column)) => fill(&mut entry, Some(*column), name, (*cell).clone()),
            None => {
                if let Some(name) = own_name(field) {
                    entry.value(name, Some((*cell).clone()));
                }
            }
        }
    }
    entries.add(entry);
    if let Some(id) = id {
        entries.identify_last(id);
    }
}

/// Returns the members of a credential of a type: its fields under their own names.
fn members(kind: &'static Kind, cells: &[(&str, &Secret)]) -> Result<Object, Violations> {
    let mut members = Object::new();
    let mut wrong = Violations::default();
    let is_other = |field: &str| matches!(field, TYPE | ID) || own_name(field).is_some();
    for (field, cell) in cells.iter().filter(|(field, _)| !is_other(field)) {
        if *field == "title" {
            members.insert("name", Value::Text((*cell).clone()));
            continue;
        }
        let Some(target) = Target::of(kind, field) else {
            wrong.add(*field, format!("is not a field of {}", kind.name));
            continue;
        };
        let value = match target.field.shape {
            Shape::List(_) => Value::texts(cell.expose().split(',').map(str::trim)),
            // an address may have a comma in it
            Shape::Several(_) => Value::texts([cell.expose()]),
            _ => target.encode(cell),
        };
        let path = std::iter::once(target.field.name).chain(target.leaf.iter().map(String::as_str));
        if members.set_at(&path.collect::<Vec<_>>(), value).is_err() {
            wrong.add(*field, "is a part of another field of this row");
        }
    }
    wrong.or(members)
}

#[cfg(test)]
mod tests;
