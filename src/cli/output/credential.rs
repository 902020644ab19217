//! The metadata of a credential as a line of JSON and as the cells of a table.

use chrono::{DateTime, Utc};
use credctl::credential::Head;
use credctl::store::document::{ENABLED, each_member};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// The columns of a list.
pub const METADATA: &[&str] = &["id", "type", "name", "project", "state", "updatedAt"];
/// The columns of a wide list.
pub const WIDE: &[&str] = &[
    "id",
    "type",
    "connectorType",
    "name",
    "project",
    "state",
    "description",
    "throttlePolicy",
    "validFrom",
    "validUntil",
    "createdAt",
    "updatedAt",
    "etag",
];

/// The members of the metadata that are instants.
const TIMES: &[&str] = &["validFrom", "validUntil", "createdAt", "updatedAt"];

/// The metadata as JSON, without an object in between.
pub struct Metadata<'a>(pub &'a Head, pub DateTime<Utc>);

impl Serialize for Metadata<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut result = Ok(());
        each_member(self.0, self.1, |name, text| {
            if result.is_ok() {
                result = if name == ENABLED {
                    map.serialize_entry(name, &(text == "true"))
                } else {
                    map.serialize_entry(name, &text)
                };
            }
        });
        result?;
        map.end()
    }
}

/// Returns the metadata as the cells of a row. For people, times are cut to the second.
pub fn cells(head: &Head, now: DateTime<Utc>, columns: &[&str], for_people: bool) -> Vec<String> {
    let mut cells = vec![String::new(); columns.len()];
    each_member(head, now, |name, text| {
        for (cell, _) in cells.iter_mut().zip(columns).filter(|(_, column)| **column == name) {
            *cell = match text.split_once('.') {
                Some((seconds, _)) if for_people && TIMES.contains(&name) => format!("{seconds}Z"),
                _ => text.clone().into_owned(),
            };
        }
    });
    cells
}
