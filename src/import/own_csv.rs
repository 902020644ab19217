//! The table that `export --format csv` writes, taken back.

use super::item::{Import, Item, item};
use super::table::{Row, Table};
use crate::base64;
use crate::credential::Violations;
use crate::kind::{self, Kind, Shape};
use crate::secret::Secret;
use crate::syntax::csv::{ENVELOPE, unguarded};
use crate::value::{Object, Value, json};

/// Returns true if the columns are those of our own export.
pub(super) fn is_own(header: &[String]) -> bool {
    header.iter().map(String::as_str).take(ENVELOPE.len()).eq(ENVELOPE)
}

/// Reads the rows. A row must have as many cells as there are columns, or else its item is refused.
pub(super) fn read(table: &Table) -> Import {
    let items = table.rows.iter().map(|row| credential(&table.header, row));
    Import { items: items.collect(), ..Import::default() }
}

fn credential(header: &[String], row: &Row) -> Item {
    let line = format!("line {}", row.line);
    if row.cells.len() != header.len() {
        let why = format!("has {} cells, and there are {} columns", row.cells.len(), header.len());
        return Item::new(None, Err(Violations::one(line, why)));
    }
    let cells: Vec<Secret> = row.cells.iter().map(|cell| Secret::from(unguarded(cell.expose()))).collect();
    let id = cells[0].expose().to_owned();
    let type_name = cells[1].expose().to_owned();
    let kind = kind::find(&type_name).map(|named| named.kind);
    let mut members = Object::new();
    for (name, cell) in header.iter().zip(cells).filter(|(name, cell)| *name != "type" && !cell.is_empty()) {
        if let Err(why) = put(&mut members, kind, name, &cell) {
            return Item::new(Some(id), Err(Violations::one(name.clone(), why)));
        }
    }
    item(&type_name, Some(&id), members, Vec::new())
}

/// Puts a cell at its path, in the form in which the field there is kept.
fn put(members: &mut Object, kind: Option<&Kind>, name: &str, cell: &Secret) -> Result<(), String> {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    let shape = kind.and_then(|kind| kind.field(first)).map(|field| field.shape);
    match (shape, rest) {
        // the name of an entry may have dots in it
        (Some(Shape::Store(_)), Some(entry)) => {
            let value = Value::Text(base64::encode(cell.expose().as_bytes()));
            members.set_at(&[first, entry], value)
        }
        // the export writes lists as JSON
        (Some(Shape::List(_)), None) => {
            let list =
                json::parse(cell.expose().as_bytes()).map_err(|_| "must be a list in JSON".to_owned())?;
            members.insert(first, list);
            Ok(())
        }
        (_, Some(_)) => {
            let path: Vec<&str> = name.split('.').collect();
            members.set_at(&path, Value::Text(cell.clone()))
        }
        (_, None) => {
            members.insert(first, Value::Text(cell.clone()));
            Ok(())
        }
    }
}
