//! The lists of a kubeconfig, and changes of one in JSON's form, wherever it stands.

use std::ops::Range;

use super::edits::Edits;
use super::flow;
use super::merged::MergeError;
use crate::secret::Buffer;
use crate::value::{Value, json};

/// The lists of a kubeconfig, each with the name for one of its items.
pub(super) const LISTS: [(&str, &str); 3] =
    [("clusters", "cluster"), ("users", "user"), ("contexts", "context")];
/// Members that only a file without them gets.
pub(super) const ONCE: [&str; 3] = ["apiVersion", "kind", "current-context"];

pub(super) const FORM: MergeError = MergeError::Whole { reason: "has a form that cannot be edited in place" };
/// An item to add or to replace: the name of its list, its place there if the list has it already, and the
/// item.
pub(super) struct ListChange<'a> {
    pub list: &'static str,
    pub at: Option<usize>,
    pub item: &'a Value,
}

/// Changes a list in JSON's form, wherever it stands.
pub(super) fn change_flow(
    text: &str,
    place: &Range<usize>,
    changes: &[&ListChange<'_>],
    edits: &mut Edits<'_>,
) -> Result<(), MergeError> {
    if !text[place.clone()].starts_with('[') {
        let items = Value::List(changes.iter().map(|change| change.item.clone()).collect());
        let mut out = Buffer::with_capacity(256);
        write_json(&items, &mut out);
        edits.replace(place.clone(), out.into_secret().ok_or(FORM)?);
        return Ok(());
    }
    let list = flow::read(text, place.start).ok_or(FORM)?;
    let behind = list.items.last().map(|(_, place)| place.end);
    let mut is_first = behind.is_none();
    for change in changes {
        let mut out = Buffer::with_capacity(256);
        let Some(at) = change.at else {
            out.push(if is_first { "" } else { ", " });
            is_first = false;
            write_json(change.item, &mut out);
            let at = behind.unwrap_or(place.start + 1);
            edits.replace(at..at, out.into_secret().ok_or(FORM)?);
            continue;
        };
        write_json(change.item, &mut out);
        let (_, place) = list.items.get(at).ok_or(FORM)?;
        edits.replace(place.clone(), out.into_secret().ok_or(FORM)?);
    }
    Ok(())
}

/// Writes a value as JSON.
pub(super) fn write_json(value: &Value, out: &mut Buffer) {
    // writing to memory does not fail
    let _ = json::write(value, out);
}
