//! The metadata of a credential as a line of JSON and as the cells of a table.

use chrono::{DateTime, Utc};
use credctl::credential::{Head, MEMBERS, Scalar};
use credctl::store::document::listed;
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

/// The metadata as JSON, without an object in between.
pub struct Metadata<'a>(pub &'a Head, pub DateTime<Utc>);

impl Serialize for Metadata<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in listed(self.0, self.1) {
            match value {
                Scalar::Flag(flag) => map.serialize_entry(name, &flag)?,
                Scalar::Number(number) => map.serialize_entry(name, &number)?,
                value => map.serialize_entry(name, &value.into_text())?,
            }
        }
        map.end()
    }
}

/// Returns the metadata as the cells of a row. For people, times are cut to the second.
pub fn cells(head: &Head, now: DateTime<Utc>, columns: &[&str], for_people: bool) -> Vec<String> {
    let cell = |column: &&str| {
        let member = MEMBERS.iter().find(|member| member.listed && member.name() == *column)?;
        let value = member.scalar(head, now)?;
        let is_time = matches!(value, Scalar::Instant(_));
        let text = value.into_text();
        Some(match text.split_once('.') {
            Some((seconds, _)) if for_people && is_time => format!("{seconds}Z"),
            _ => text.into_owned(),
        })
    };
    columns.iter().map(|column| cell(column).unwrap_or_default()).collect()
}
