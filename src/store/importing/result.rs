//! The results of an import, as data.

use crate::credential::FieldChange;
use crate::store::error::Error;
use crate::vault::Reference;

/// The results of an import.
#[derive(Debug)]
pub struct ImportReport {
    /// The results of the items, in their order.
    pub items: Vec<ItemResult>,
    /// The results of everything beside the items.
    pub summary: ImportSummary,
}

impl ImportReport {
    /// Returns the result of each credential, in their order.
    pub fn results(&self) -> impl Iterator<Item = &ImportResult> {
        self.items.iter().flat_map(|item| &item.results)
    }
}

/// The result of an item and of everything that belongs to it.
#[derive(Debug)]
pub struct ItemResult {
    /// The result of the item, then those of what belongs to it. Either all of them failed, or none.
    pub results: Vec<ImportResult>,
    /// The ids of the credentials that were deleted with the replaced login, to which they belonged.
    pub deleted: Vec<String>,
}

impl ItemResult {
    /// Makes the result of an item that failed, with the ids of the item and of what belongs to it.
    pub(super) fn failed(ids: Vec<Option<String>>, error: Error) -> Self {
        let mut ids = ids.into_iter();
        let own = ids.next().flatten();
        let login = own.clone().unwrap_or_default();
        let mut results = vec![ImportResult { id: own, outcome: Err(error) }];
        results.extend(ids.map(|id| {
            let outcome = Err(Error::LoginNotImported { login: login.clone() });
            ImportResult { id, outcome }
        }));
        Self { results, deleted: Vec::new() }
    }

    /// Makes the result of an item that stays as it is stored.
    pub(super) fn skipped(ids: impl IntoIterator<Item = String>) -> Self {
        let skipped = |id| ImportResult { id: Some(id), outcome: Ok(ImportOutcome::default()) };
        Self { results: ids.into_iter().map(skipped).collect(), deleted: Vec::new() }
    }
}

/// The result of one credential.
#[derive(Debug)]
pub struct ImportResult {
    /// The id of the credential, as far as it is known.
    pub id: Option<String>,
    /// The outcome, or the reason why the credential was not imported.
    pub outcome: Result<ImportOutcome, Error>,
}

/// The outcome for a credential that did not fail.
#[derive(Debug, Default)]
pub struct ImportOutcome {
    /// The action.
    pub action: ImportAction,
    /// Paths of what a replacement removed from the stored credential: `description`, `tags.url`.
    pub removed: Box<[String]>,
    /// The differences of a replacement from the stored credential.
    pub changes: Box<[FieldChange]>,
    /// The members of the item that have no place in the credential.
    pub dropped: Vec<String>,
    /// Notices about the credential, one line each, without any secret.
    pub notices: Vec<String>,
}

/// The action on a credential.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ImportAction {
    /// The credential is new.
    Created,
    /// The credential replaced the stored one.
    Replaced,
    /// The stored credential stays.
    #[default]
    Skipped,
}

/// The results of everything that comes with the items of an import.
#[derive(Debug, Default)]
pub struct ImportSummary {
    /// The own types that the vault did not have, or had otherwise.
    pub types: Vec<ResidentResult>,
    /// The policies that the vault did not have, or had otherwise.
    pub policies: Vec<ResidentResult>,
    /// The users that the vault did not have, or had otherwise.
    pub users: Vec<ResidentResult>,
    /// Notices about the ids that items got, one line each.
    pub notices: Vec<String>,
    /// The references that were left out, because their credentials were not imported.
    pub left_out: Vec<Reference>,
    /// The references that the vault did not have, or had otherwise.
    pub references: Vec<ResidentResult>,
    /// The number of credentials.
    pub total: usize,
    /// The number of credentials that failed.
    pub failed: usize,
    /// True if all changes were discarded, because one credential failed and the import is atomic, or because
    /// all failed.
    pub is_discarded: bool,
}

impl ImportSummary {
    /// Returns true if there are credentials and all of them failed.
    #[must_use]
    pub fn all_failed(&self) -> bool {
        self.total > 0 && self.failed == self.total
    }

    pub(super) fn count(&mut self, item: &ItemResult) {
        self.total += item.results.len();
        self.failed += item.results.iter().filter(|result| result.outcome.is_err()).count();
    }
}

/// The result of a type, a policy, a user or a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentResult {
    /// The name of the type; the id of the policy or user; the resource of the reference.
    pub name: String,
    /// The action.
    pub action: ResidentAction,
}

/// The action on a type, a policy, a user or a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResidentAction {
    /// It is new.
    Added,
    /// It replaced the stored one, which was different.
    Replaced,
    /// The stored one is different, and stays.
    Kept,
    /// It is new, but a project adds nothing that the whole vault shares.
    LeftOut,
}
