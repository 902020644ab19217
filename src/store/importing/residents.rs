//! The policies, users and references that come with an import.

use std::collections::HashSet;

use super::options::OnConflict;
use super::result::{ResidentAction, ResidentResult};
use crate::kind::own::TypeDefinition;
use crate::store::error::Error;
use crate::store::transaction::Transaction;
use crate::vault::{self, Reference, Resident, TypeRecord, Vault};

/// Adds what the whole vault shares, policies or users. A project leaves out those that the vault does not
/// have, and keeps the others.
pub(super) fn add_shared<R: Resident + PartialEq>(
    vault: &mut Transaction<'_>,
    new: Vec<R>,
    on_conflict: OnConflict,
) -> Result<Vec<ResidentResult>, Error> {
    if vault.terms().scope.is_admin() {
        return add(vault, new, on_conflict, Vault::set_residents);
    }
    let known = vault.residents::<R>()?;
    let result = |resident: R| {
        let action = match known.iter().find(|known| known.key() == resident.key()) {
            Some(known) if *known == resident => return None,
            Some(_) => ResidentAction::Kept,
            None => ResidentAction::LeftOut,
        };
        Some(ResidentResult { name: resident.key().0.to_owned(), action })
    };
    Ok(new.into_iter().filter_map(result).collect())
}

/// Checks the own types that an import adds, or puts in the place of others: they follow the rules of a definition.
///
/// # Errors
/// As [`Transaction::check_definition`].
pub(super) fn check_types(
    vault: &mut Transaction<'_>,
    new: &[TypeRecord],
    on_conflict: OnConflict,
) -> Result<(), Error> {
    if !vault.terms().scope.is_admin() {
        return Ok(());
    }
    let known = vault.residents::<TypeRecord>()?;
    for record in new {
        let stays = known.iter().any(|known| {
            known.key() == record.key() && (on_conflict != OnConflict::Replace || known == record)
        });
        // one that this version does not understand defines nothing
        let definition = record.definition().filter(|_| !stays);
        if let Some(Ok(definition)) = definition.map(TypeDefinition::read_stored) {
            vault.check_definition(&definition)?;
        }
    }
    Ok(())
}

/// Adds references.
pub(super) fn add_references(
    vault: &mut Vault,
    new: Vec<Reference>,
    on_conflict: OnConflict,
) -> Result<Vec<ResidentResult>, Error> {
    add(vault, new, on_conflict, Vault::set_references)
}

/// Adds the residents that do not exist. Replaces a different one only with [`OnConflict::Replace`], and else
/// keeps it. Returns a result for each that the vault did not have in the same form.
fn add<R: Resident + PartialEq>(
    vault: &mut Vault,
    new: Vec<R>,
    on_conflict: OnConflict,
    set: fn(&mut Vault, Vec<R>) -> Result<(), vault::Error>,
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
        set(vault, residents)?;
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
        vault.set_references(kept)?;
    }
    Ok(())
}
