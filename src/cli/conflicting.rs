//! The words for the conflicts that a merge leaves open. They have names and dates, and never a value.

use credctl::time;
use credctl::value::{Object, Value};
use credctl::vault::{ConflictKind, ConflictSide, OpenConflict};

use super::output::{Clock, sanitize};
use super::people::People;

/// The command that lists the conflicts.
pub const LISTING: &str = "credctl conflicts";

/// Returns the sentence that counts the open conflicts.
pub fn words(count: usize) -> String {
    let (conflicts, are) = if count == 1 { ("conflict", "is") } else { ("conflicts", "are") };
    format!("{count} {conflicts} of a merge {are} open")
}

/// Returns a conflict as programs read it.
pub fn document(conflict: &OpenConflict) -> Object {
    let side = |side: &ConflictSide| {
        let members = [
            ("at", side.at.map(|at| Value::text(time::format(at)))),
            ("by", side.by.map(|by| Value::text(by.to_string()))),
            ("byName", side.name.as_deref().map(Value::text)),
        ];
        Value::from(members.into_iter().filter_map(|(name, value)| Some((name, value?))).collect::<Object>())
    };
    let mut document = Object::from_iter([
        ("id", Value::text(conflict.name())),
        ("record", Value::text(conflict.record.name())),
        ("kind", Value::text(conflict.kind.name())),
        ("fields", Value::texts(conflict.fields.iter().map(String::as_str))),
    ]);
    if let Some(other) = &conflict.other {
        document.insert("other", Value::text(other.as_str()));
    }
    document.insert("ours", side(&conflict.ours));
    document.insert("theirs", side(&conflict.theirs));
    document.insert("mergedAt", Value::text(time::format(conflict.merged_at)));
    document.insert("mergedBy", Value::text(conflict.merged_by.to_string()));
    document
}

/// Returns a conflict as a row of a table has it.
pub fn row(conflict: &OpenConflict, people: &People, clock: Clock) -> Object {
    Object::from_iter([
        ("id", Value::text(conflict.name())),
        ("conflict", Value::text(reason(conflict))),
        ("ours", Value::text(side(&conflict.ours, people, clock))),
        ("theirs", Value::text(side(&conflict.theirs, people, clock))),
    ])
}

/// Returns the reason of a conflict, with the fields.
pub fn reason(conflict: &OpenConflict) -> String {
    match (conflict.kind, &conflict.other) {
        (ConflictKind::Changed, _) if conflict.fields.is_empty() => "changed on both sides".to_owned(),
        (ConflictKind::Changed, _) => format!("{} changed on both sides", conflict.fields.join(", ")),
        (ConflictKind::OursOnly, _) => {
            "only our side has it, or changed it since their side deleted it".to_owned()
        }
        (ConflictKind::TheirsOnly, _) => {
            "only their side has it, or changed it since our side deleted it".to_owned()
        }
        (ConflictKind::BothAdded, Some(other)) => format!("added on both sides; ours is {other}"),
        (ConflictKind::BothAdded, None) => "added on both sides".to_owned(),
    }
}

/// Returns the time and the author of the last change on one side.
pub fn side(side: &ConflictSide, people: &People, clock: Clock) -> String {
    let by = side.name.clone().or_else(|| side.by.map(|by| people.short(&by.to_string())));
    match (side.at.map(|at| clock.text(at)), by) {
        (Some(at), Some(by)) => format!("{at} by {by}"),
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => String::new(),
    }
}

/// Returns a conflict in one line.
pub fn line(conflict: &OpenConflict, people: &People, clock: Clock) -> String {
    let sides = [("ours", &conflict.ours), ("theirs", &conflict.theirs)];
    let sides = sides.map(|(name, one)| (name, side(one, people, clock)));
    let sides: Vec<_> = sides
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| format!("{name} {text}"))
        .collect();
    let sides = if sides.is_empty() { String::new() } else { format!(" ({})", sides.join("; ")) };
    sanitize::line(&format!("{}: {}{sides}", conflict.name(), reason(conflict))).into_owned()
}
