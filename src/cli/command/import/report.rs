//! The results and the notices of an import, in the words of the program.

use credctl::store::{
    self, ImportAction, ImportOutcome, ImportResult, ImportSummary, ItemResult, ResidentAction,
    ResidentResult,
};
use credctl::value::{Object, Value};
use credctl::vault::{Policy, Reference, Resident, TypeRecord, User};
use indexmap::IndexMap;

use crate::cli::answer;
use crate::cli::bulk::Bulk;
use crate::cli::error::Error;

/// The results of the items so far.
pub struct ImportAnswer {
    bulk: Bulk,
    /// The notices about the items.
    notices: Vec<String>,
    /// The ids of the items that a value was left out of, by the name of the value.
    dropped: IndexMap<String, Vec<String>>,
    dry_run: bool,
    /// True if a stored credential was replaced.
    replaces: bool,
}

impl ImportAnswer {
    pub fn new(dry_run: bool) -> Self {
        Self {
            bulk: Bulk::new("imported"),
            notices: Vec::new(),
            dropped: IndexMap::new(),
            dry_run,
            replaces: false,
        }
    }

    /// Adds the results of an item and of what belongs to it.
    pub fn add(&mut self, item: ItemResult) {
        let login = item.results.first().and_then(|result| result.id.clone()).unwrap_or_default();
        for ImportResult { id, outcome } in item.results {
            let id = id.as_deref();
            match outcome {
                Ok(mut outcome) => {
                    let changes = std::mem::take(&mut outcome.changes);
                    let members = self.members(id.unwrap_or_default(), outcome);
                    self.bulk.add(id, Ok::<_, Error>(members));
                    if self.dry_run {
                        self.bulk.differ(changes);
                    }
                }
                Err(error) => self.bulk.add(id, Err(failure(&error))),
            }
        }
        for id in item.deleted {
            self.notices.push(format!("{id} is deleted, because it belonged to the earlier {login}"));
        }
    }

    /// Makes the members of the result of a credential, and adds its notices.
    fn members(&mut self, id: &str, outcome: ImportOutcome) -> Object {
        let ImportOutcome { action, removed, dropped, mut notices, .. } = outcome;
        let mut members = Object::new();
        if action == ImportAction::Skipped {
            members.insert("imported", false);
        }
        let word = match action {
            ImportAction::Created => "created",
            ImportAction::Replaced => {
                self.replaces = true;
                "replaced"
            }
            ImportAction::Skipped => "skipped",
        };
        members.insert("action", Value::text(word));
        if !dropped.is_empty() {
            for name in &dropped {
                self.dropped.entry(name.clone()).or_default().push(id.to_owned());
            }
            members.insert("dropped", Value::texts(dropped));
        }
        self.notices.extend(answer::removal(id, &removed, self.dry_run));
        self.notices.append(&mut notices);
        members
    }

    /// Returns the results of all items, and the notices in the order of the steps of the import; also true if
    /// the import replaced a stored credential.
    pub fn finish(self, summary: ImportSummary) -> (Bulk, Vec<String>, bool) {
        let Self { mut bulk, notices: of_items, dropped, replaces, dry_run } = self;
        if summary.is_discarded {
            bulk.abandon();
            // nothing came true of what they say
            return (bulk, summary.notices, false);
        }
        let mut notices = Vec::new();
        notices.extend(residents::<TypeRecord>(&summary.types));
        notices.extend(residents::<Policy>(&summary.policies));
        notices.extend(residents::<User>(&summary.users));
        notices.extend(summary.notices);
        notices.extend(left_out(dropped));
        notices.extend(of_items);
        notices.extend(summary.left_out.into_iter().map(|Reference { resource, credential, .. }| {
            format!("{resource} refers to {credential}, which was not imported, and is left out")
        }));
        notices.extend(residents::<Reference>(&summary.references));
        (bulk, notices, replaces && !dry_run)
    }
}

/// The most items that are named one by one. A column of a table would fill the screen otherwise.
const NAMED: usize = 3;

/// Makes the notices about values that were left out: one for each item, and one for all items where many have
/// a value of the same name.
fn left_out(dropped: IndexMap<String, Vec<String>>) -> Vec<String> {
    let (many, few): (Vec<_>, Vec<_>) = dropped.into_iter().partition(|(_, ids)| ids.len() > NAMED);
    let mut items: IndexMap<String, Vec<String>> = IndexMap::new();
    for (name, ids) in few {
        for id in ids {
            items.entry(id).or_default().push(name.clone());
        }
    }
    let many = many.into_iter().map(|(name, ids)| format!("{name} left out of {} items", ids.len()));
    many.chain(items.into_iter().map(|(id, names)| format!("{id}: {} left out", names.join(", ")))).collect()
}

/// Makes a notice for each policy, user or reference.
fn residents<R: Resident>(results: &[ResidentResult]) -> impl Iterator<Item = String> {
    results.iter().map(|ResidentResult { name, action }| {
        let what = match action {
            ResidentAction::Added => "is added",
            ResidentAction::Replaced => "is replaced",
            ResidentAction::Kept => "exists already and is not changed",
            ResidentAction::LeftOut => "is left out, because only admin can add it",
        };
        format!("{} {name} {what}", R::NAME)
    })
}

/// Converts the error of a credential. `--on-conflict` decides about one that exists.
fn failure(error: &store::Error) -> Error {
    let mut cause = error;
    while let store::Error::Beside { source, .. } = cause {
        cause = source;
    }
    let is_conflict = matches!(cause, store::Error::Exists { .. });
    let error = Error::from_store(error);
    if is_conflict { error.hint("see --on-conflict") } else { error }
}

#[cfg(test)]
mod tests {
    use super::left_out;

    #[test]
    fn a_value_of_many_items_is_named_once() {
        let ids = |count: usize| (1..=count).map(|number| format!("id-{number}")).collect();
        let dropped = [("icon", ids(4)), ("file a", ids(1)), ("history", ids(2))];
        let dropped = dropped.into_iter().map(|(name, ids)| (name.to_owned(), ids)).collect();
        assert_eq!(
            left_out(dropped),
            ["icon left out of 4 items", "id-1: file a, history left out", "id-2: history left out"]
        );
    }
}
