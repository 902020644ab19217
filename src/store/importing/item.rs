//! The transfer of an item to the vault with everything that belongs to it, or not at all.

use std::collections::HashSet;

use super::options::OnConflict;
use super::prepare::{Prepared, ReadyItem, prepare};
use super::result::{ImportAction, ImportOutcome, ImportResult, ItemResult};
use crate::credential::{Changed, Credential};
use crate::import::{Item, Placement};
use crate::store::error::Error;
use crate::store::transaction::Transaction;

/// The items of one import on their way into the vault.
pub(super) struct Importer {
    on_conflict: OnConflict,
    placement: Placement,
    /// The ids of the credentials that failed.
    pub failed: HashSet<String>,
    /// The ids of the credentials that were deleted.
    pub removed: HashSet<String>,
}

impl Importer {
    pub fn new(on_conflict: OnConflict, placement: Placement) -> Self {
        Self { on_conflict, placement, failed: HashSet::new(), removed: HashSet::new() }
    }

    /// Imports an item and what belongs to it, or neither.
    pub fn item(&mut self, vault: &mut Transaction<'_>, item: Item) -> ItemResult {
        let ids: Vec<Option<String>> =
            std::iter::once(&item).chain(&item.beside).map(|one| one.id.clone()).collect();
        match self.whole(vault, item) {
            Ok(result) => {
                self.removed.extend(result.deleted.iter().cloned());
                result
            }
            Err(error) => {
                self.failed.extend(ids.iter().flatten().cloned());
                ItemResult::failed(ids, error)
            }
        }
    }

    /// Imports an item with everything that belongs to it. After an error, nothing of it is imported.
    fn whole(&self, vault: &mut Transaction<'_>, item: Item) -> Result<ItemResult, Error> {
        let is_entry = item.is_entry();
        let mut ids: Vec<String> = item.ids().map(str::to_owned).collect();
        if let [first, ..] = &item.candidates[..] {
            return match self.on_conflict {
                OnConflict::Fail | OnConflict::Rename => Err(Error::Exists { id: first.clone() }),
                OnConflict::Skip => Ok(ItemResult::skipped(ids)),
                // a guess could overwrite another credential
                OnConflict::Replace => Err(Error::AmbiguousEntry { ids: item.candidates }),
            };
        }
        let mut all = match self.all(vault, item)? {
            Ok(all) => all,
            Err(stays) => {
                // a type may make the id of a field, so the item itself has none
                if ids.is_empty() {
                    ids.push(stays);
                }
                return Ok(ItemResult::skipped(ids));
            }
        };
        let deleted = self.stale(vault, &all, is_entry)?;
        // everything is checked before anything is put
        for ready in &mut all {
            vault.check_place(&mut ready.changed, ready.stored.as_ref())?;
        }
        let results = all.into_iter().map(|ready| put(vault, ready)).collect::<Result<_, _>>()?;
        for id in &deleted {
            vault.remove(id);
        }
        Ok(ItemResult { results, deleted })
    }

    /// Prepares an item and what belongs to it, or returns the id of one that stays as it is stored.
    fn all(&self, vault: &mut Transaction<'_>, item: Item) -> Result<Result<Vec<ReadyItem>, String>, Error> {
        let mut all = Vec::with_capacity(1 + item.beside.len());
        match prepare(vault, item.incoming, self.on_conflict)? {
            Prepared::Ready(main) => all.push(*main),
            Prepared::Stays(id) => return Ok(Err(id)),
        }
        for Item { id, incoming, .. } in item.beside {
            let ready = prepare(vault, incoming, self.on_conflict).map_err(|error| {
                let (id, source) = (id.unwrap_or_default(), Box::new(error));
                Error::Beside { id, source }
            })?;
            match ready {
                Prepared::Ready(ready) => all.push(*ready),
                Prepared::Stays(id) => return Ok(Err(id)),
            }
        }
        Ok(Ok(all))
    }

    /// Returns the ids that belonged to the replaced login and do not belong to the new one. A document does
    /// not say what belongs to its login, so there only another user makes them stale.
    fn stale(
        &self,
        vault: &mut Transaction<'_>,
        all: &[ReadyItem],
        is_entry: bool,
    ) -> Result<Vec<String>, Error> {
        let [main, ..] = all else { return Ok(Vec::new()) };
        let Some(stored) = &main.stored else { return Ok(Vec::new()) };
        let user = |credential: &Credential| credential.fields().get("username").cloned();
        if !is_entry && user(stored) == user(&main.changed.credential) {
            return Ok(Vec::new());
        }
        let mut stale = Vec::new();
        for id in self.placement.beside(stored.id(), &stored.head().envelope.project) {
            let is_new = all.iter().any(|one| one.changed.credential.id() == id);
            if !is_new && vault.contains(id)? {
                // fails for one that the project may not change
                vault.stored(id, false, None)?;
                stale.push(id.to_owned());
            }
        }
        Ok(stale)
    }
}

/// Puts a prepared credential into the vault.
fn put(vault: &mut Transaction<'_>, ready: ReadyItem) -> Result<ImportResult, Error> {
    let ReadyItem { changed, stored, dropped } = ready;
    vault.place_checked(&changed, stored.as_ref())?;
    let action = if stored.is_some() { ImportAction::Replaced } else { ImportAction::Created };
    let id = Some(changed.credential.id().to_owned());
    let Changed { removed, changes, notices, .. } = changed;
    let (removed, changes) = (removed.into(), changes.into());
    let outcome = ImportOutcome { action, removed, changes, dropped, notices };
    Ok(ImportResult { id, outcome: Ok(outcome) })
}
