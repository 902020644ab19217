//! The metadata of a credential as a line of JSON and as the cells of a table.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use credctl::credential::{Head, MEMBERS, Scalar, State};
use credctl::store::document::listed;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::long::shortened;
use super::moment::Clock;

/// The columns of a table for people. The state is left out while every credential is in order.
pub const TABLE: &[&str] = &["id", "type", "user", "state", "expires", "changedAt"];
/// The columns of a wide table for people. Those that are empty in every row are left out.
pub const WIDE_TABLE: &[&str] = &[
    "id",
    "type",
    "connectorType",
    "user",
    "state",
    "name",
    "project",
    "description",
    "throttlePolicy",
    "validFrom",
    "expires",
    "createdAt",
    "changedAt",
];
/// The columns of CSV and TSV.
pub const SEPARATED: &[&str] = &[
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

/// Returns the metadata as the cells of a row of CSV or TSV.
pub fn cells(head: &Head, now: DateTime<Utc>) -> Vec<Cow<'_, str>> {
    let cell = |column: &&str| {
        let member = MEMBERS.iter().find(|member| member.listed && member.name() == *column)?;
        Some(member.scalar(head, now)?.into_text())
    };
    SEPARATED.iter().map(|column| cell(column).unwrap_or_default()).collect()
}

/// Returns the cells of a row for people, of the columns [`TABLE`] or [`WIDE_TABLE`]. `ok` is the text of a state that
/// is in order.
pub fn table_cells(
    head: &Head,
    headline: Option<&str>,
    columns: &[&str],
    clock: Clock,
    ok: &str,
) -> Vec<String> {
    let envelope = &head.envelope;
    let time = |at: Option<DateTime<Utc>>| at.map(|at| clock.text(at)).unwrap_or_default();
    let short = |text: &str| shortened(text).into_owned();
    let cell = |column: &&str| match *column {
        "id" => head.id.clone(),
        "type" => head.kind.short.to_owned(),
        "connectorType" => short(envelope.connector_type.as_deref().unwrap_or_default()),
        "user" => short(headline.unwrap_or_default()),
        "state" => match head.state(clock.now) {
            // a table whose columns are fixed has the names of states alone
            State::Ok if ok.is_empty() && head.stamp.rotate_required => "Rotate".to_owned(),
            State::Ok => ok.to_owned(),
            state => state.name().to_owned(),
        },
        "name" => short(&envelope.name),
        "project" => short(&envelope.project),
        // one line of it is enough to tell
        "description" => {
            short(envelope.description.as_deref().and_then(|text| text.lines().next()).unwrap_or_default())
        }
        "throttlePolicy" => short(envelope.throttle_policy.as_deref().unwrap_or_default()),
        "validFrom" => time(envelope.valid_from),
        "expires" => time(envelope.valid_until),
        "createdAt" => time(Some(head.stamp.created_at)),
        _ => time(Some(head.stamp.updated_at)),
    };
    columns.iter().map(cell).collect()
}
