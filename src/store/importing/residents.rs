//! The policies, users and references that come with an import.

use std::collections::HashSet;

use super::options::OnConflict;
use super::result::{ResidentAction, ResidentResult};
use crate::store::error::Error;
use crate::store::transaction::Transaction;
use crate::vault::{Reference, Resident, Vault};

/// Adds the residents that do not exist. Replaces a different one only with [`OnConflict::Replace`], and else
/// keeps it. Returns a result for each that the vault did not have in the same form.
pub(super) fn add<R: Resident + PartialEq>(
    vault: &mut Vault,
    new: Vec<R>,
    on_conflict: OnConflict,
) -> Result<Vec<ResidentResult>, Error> {
    let mut results = Vec::new();
    if new.is_empty() {
        return Ok(results);
    }
    let mut residents = vault.residents::<R>()?;
    for resident in new {
        let name = resident.key().0.to_owned();
        let known = residents.iter_mut().find(|known| known.key() == resident.key());
        let action = match known {
            Some(known) if *known == resident => continue,
            Some(known) if on_conflict == OnConflict::Replace => {
                *known = resident;
                ResidentAction::Replaced
            }
            Some(_) => ResidentAction::Kept,
            None => {
                residents.push(resident);
                ResidentAction::Added
            }
        };
        results.push(ResidentResult { name, action });
    }
    if results.iter().any(|result| result.action != ResidentAction::Kept) {
        vault.set_residents(residents)?;
    }
    Ok(results)
}

/// Separates the references to credentials that the project may change and that did not fail from the others.
pub(super) fn known(
    vault: &mut Transaction<'_>,
    references: Vec<Reference>,
    failed: &HashSet<String>,
) -> (Vec<Reference>, Vec<Reference>) {
    let scope = &vault.terms().scope;
    references.into_iter().partition(|Reference { credential, .. }| {
        !failed.contains(credential) && scope.find_to_change(vault, credential, false).is_ok()
    })
}

/// Deletes the references to removed credentials.
pub(super) fn detach(vault: &mut Vault, removed: &HashSet<String>) -> Result<(), Error> {
    if removed.is_empty() {
        return Ok(());
    }
    let references = vault.residents::<Reference>()?;
    let count = references.len();
    let kept: Vec<_> = references.into_iter().filter(|one| !removed.contains(&one.credential)).collect();
    if kept.len() < count {
        vault.set_residents(kept)?;
    }
    Ok(())
}
