//! The table that `export --format csv` writes, taken back.

use super::item::{Import, Item, item};
use super::table::{ImportRow, ImportTable};
use crate::base64;
use crate::credential::{FieldPath, Violations, own_item};
use crate::kind::{self, Kind, Shape};
use crate::secret::Secret;
use crate::syntax::csv::{ENVELOPE, own_path, unguarded};
use crate::value::{Object, Value, json};

/// Returns true if the columns are those of our own export.
pub(super) fn is_own(header: &[String]) -> bool {
    header.iter().map(String::as_str).take(ENVELOPE.len()).eq(ENVELOPE)
}

/// Reads the rows. A row must have as many cells as there are columns, or else its item is refused.
pub(super) fn read(table: &ImportTable) -> Import {
    let items = table.rows.iter().map(|row| credential(&table.header, row));
    Import { items: items.collect(), ..Import::default() }
}

fn credential(header: &[String], row: &ImportRow) -> Item {
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
    // a row of a type that is not known is refused later on, whatever its members are
    let steps = kind.map_or_else(|| vec![name], |kind| FieldPath::parse(kind, name).steps().to_vec());
    let shape = kind.and_then(|kind| kind.field(steps[0])).map(|field| field.shape);
    let value = match (shape, steps.len()) {
        // the name of an entry
        (Some(Shape::Store(_)), 2) => Value::Text(base64::encode(cell.expose().as_bytes())),
        (Some(Shape::Several(_)), 1) => Value::texts(cell.expose().lines().filter(|line| !line.is_empty())),
        (Some(Shape::Custom), 2) => {
            let (name, is_secret) = own_path(steps[1]);
            let item = own_item(name, Value::Text(cell.clone()), is_secret);
            return match members.get_mut(steps[0]) {
                Some(Value::List(items)) => {
                    items.push(item);
                    Ok(())
                }
                _ => members.set_at(&steps[..1], Value::List(vec![item])),
            };
        }
        // the export writes lists as JSON
        (Some(Shape::List(_)), 1) => {
            json::parse(cell.expose().as_bytes()).map_err(|_| "must be a list in JSON".to_owned())?
        }
        _ => Value::Text(cell.clone()),
    };
    members.set_at(&steps, value)
}
