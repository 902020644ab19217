//! The change that made each version of a credential, for `--diff`.

use chrono::{DateTime, Utc};
use credctl::credential::{Credential, FieldChange, Part, differences};
use credctl::value::{Object, Value};

use crate::cli::context::{Settings, Ui};
use crate::cli::diff;
use crate::cli::error::Error;
use crate::cli::output::{self, Clock, sanitize};
use crate::cli::people::People;

/// The change that made a version.
pub(super) struct HistoryStep {
    revision: u64,
    at: DateTime<Utc>,
    by: String,
    /// True if the version was deleted, and not replaced.
    is_deleted: bool,
    /// The changes; none if the version before is no longer kept.
    changes: Option<Vec<FieldChange>>,
}

impl HistoryStep {
    /// Compares a version with the one before. In the first one, everything is new.
    pub fn of(credential: &Credential, before: Option<&Credential>, is_deleted: bool) -> Self {
        let stamp = &credential.head().stamp;
        let (revision, at, by) = (stamp.revision, stamp.updated_at, stamp.modified_by.to_string());
        let is_known = before.is_some() || revision == 1;
        Self { revision, at, by, is_deleted, changes: is_known.then(|| differences(before, credential)) }
    }

    /// Adds the changes to the entry of the version.
    pub fn inside(&self, mut item: Object) -> Object {
        if let Some(changes) = &self.changes {
            item.insert("changes", Value::List(changes.iter().map(document).collect()));
        }
        item
    }
}

/// Prints the changes for people, a title for each version.
pub(super) fn print(
    settings: &Settings,
    ui: &Ui,
    people: &People,
    steps: &[HistoryStep],
) -> Result<(), Error> {
    let clock = Clock::of(settings, ui);
    let text = |step: &HistoryStep| {
        let (at, by) = (clock.text(step.at), people.short(&step.by));
        let deleted = if step.is_deleted { ", deleted afterwards" } else { "" };
        let title = format!("revision {}, {at}, {}{deleted}\n", step.revision, sanitize::line(&by));
        title
            + &step.changes.as_ref().map_or_else(
                || "  (the version before is no longer kept)\n".to_owned(),
                |changes| diff::lines(settings, ui, changes, &[]),
            )
    };
    // the lines have their colours already, and no text that was not made harmless
    output::paged(ui, |out| steps.iter().try_for_each(|step| out.write_all(text(step).as_bytes())))
}

/// Makes the document of a change. A secret has no text.
fn document(change: &FieldChange) -> Value {
    let mut shown = Object::from_iter([("path", Value::text(change.path.as_str()))]);
    for (name, part) in [("before", &change.before), ("after", &change.after)] {
        let text = match part {
            Some(Part::Public(text)) => Value::text(text.clone()),
            Some(Part::Secret) => Value::text(output::HIDDEN),
            None => Value::Null,
        };
        shown.insert(name, text);
    }
    shown.into()
}
