//! Resolving the conflicts that a merge has left open.

use super::conflict_error::ConflictError;
use super::error::Error;
use super::scope::Writes;
use super::transaction::Transaction;
use crate::credential::{Credential, renamed, united};
use crate::vault::{
    ConflictKind, ConflictedRecord, Environment, OpenConflict, Policy, Reference, Resident, TakenPaths,
    TypeRecord, User, Vault, take_members,
};

/// The side whose record or value stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictWinner {
    /// The side that merged.
    Ours,
    /// The side that was merged in.
    Theirs,
}

/// The choice that resolves a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeResolution {
    /// One side, for everything that is in conflict.
    All(ConflictWinner),
    /// One side for each of these fields. The conflict stays open while other fields are.
    Fields(Vec<(String, ConflictWinner)>),
}

/// A conflict that was resolved, or some of its fields.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedConflict {
    /// The conflict as it was.
    pub conflict: OpenConflict,
    /// True if the record was deleted.
    pub is_deleted: bool,
    /// The fields that are still in conflict.
    pub open: Vec<String>,
}

impl Transaction<'_> {
    /// Resolves the conflicts of an id. What their side brings is a change like any other one.
    ///
    /// # Errors
    /// As [`conflicts_of`]; [`ConflictError::NoField`]; everything that is wrong with the result.
    pub fn resolve(&mut self, id: &str, choice: &MergeResolution) -> Result<Vec<ResolvedConflict>, Error> {
        self.terms().scope.check(Writes::WholeVault("resolve"))?;
        let conflicts = conflicts_of(self, id)?;
        let mut resolved = Vec::new();
        for conflict in conflicts {
            resolved.push(self.resolve_one(conflict, choice)?);
        }
        Ok(resolved)
    }

    fn resolve_one(
        &mut self,
        conflict: OpenConflict,
        choice: &MergeResolution,
    ) -> Result<ResolvedConflict, Error> {
        let (takes, open) = taken(&conflict, choice)?;
        let is_theirs = takes != TakenPaths::Nothing;
        let is_deleted = match (conflict.kind, is_theirs) {
            (ConflictKind::OursOnly, is_theirs) => is_theirs,
            (ConflictKind::TheirsOnly | ConflictKind::BothAdded, is_theirs) => !is_theirs,
            (ConflictKind::Changed, _) => false,
        };
        // before the record changes, so that the change of its id leads nowhere
        let mut all: Vec<OpenConflict> = self.residents()?;
        if let Some(place) = all.iter().position(|known| *known == conflict) {
            if open.is_empty() {
                all.remove(place);
            } else {
                all[place].fields.clone_from(&open);
            }
            self.set_residents(all)?;
        }
        match conflict.record {
            ConflictedRecord::Credential => self.settle_credential(&conflict, &takes, is_deleted)?,
            ConflictedRecord::Policy => self.settle_resident::<Policy>(&conflict, &takes, is_deleted)?,
            ConflictedRecord::User => self.settle_resident::<User>(&conflict, &takes, is_deleted)?,
            ConflictedRecord::Environment => {
                self.settle_resident::<Environment>(&conflict, &takes, is_deleted)?;
            }
            ConflictedRecord::Type => self.settle_resident::<TypeRecord>(&conflict, &takes, is_deleted)?,
            ConflictedRecord::Reference => {
                if let Some(all) = self.settled_residents::<Reference>(&conflict, &takes, is_deleted)? {
                    self.set_references(all)?;
                }
            }
        }
        Ok(ResolvedConflict { conflict, is_deleted, open })
    }

    fn settle_credential(
        &mut self,
        conflict: &OpenConflict,
        takes: &TakenPaths,
        is_deleted: bool,
    ) -> Result<(), Error> {
        let id = conflict.id.as_str();
        if is_deleted {
            if self.contains(id)? {
                self.delete([id])?;
            }
            return Ok(());
        }
        let is_theirs = *takes != TakenPaths::Nothing;
        match (conflict.kind, &conflict.other) {
            // theirs takes the id, and ours becomes an earlier version
            (ConflictKind::BothAdded, Some(other)) if is_theirs => {
                let Some(theirs) = self.find(id)? else { return Ok(()) };
                let act = self.terms().act();
                let credential = renamed(&theirs, other.clone(), &act);
                self.remove(other);
                Ok(Vault::rename(self, id, &credential)?)
            }
            (ConflictKind::Changed, _) if is_theirs => {
                let Some(stored) = self.find(id)? else { return Ok(()) };
                self.take_their_values(conflict, &stored, takes)
            }
            _ => Ok(()),
        }
    }

    fn take_their_values(
        &mut self,
        conflict: &OpenConflict,
        stored: &Credential,
        takes: &TakenPaths,
    ) -> Result<(), Error> {
        let taken = self.take_theirs(conflict, stored, takes)?;
        let (act, rules) = (self.terms().act(), self.terms().rules());
        let mut credential = taken.credential;
        if taken.is_amended {
            if credential != *stored {
                credential.renew_etag();
                self.amend(&credential)?;
            }
        } else {
            credential = united(stored, credential, &act);
            // a record of before may not pass the rules of today, and stays possible
            if stored.judge(&rules).is_ok() {
                credential.judge(&rules).map_err(Error::from)?;
            }
            self.put(&credential)?;
        }
        let takes_id = conflict.fields.iter().any(|path| path == "id") && takes.has("id");
        if takes_id && taken.their_id != credential.id() {
            self.rename(credential.id(), &taken.their_id, None)?;
        }
        Ok(())
    }

    fn settle_resident<R: Resident + Clone>(
        &mut self,
        conflict: &OpenConflict,
        takes: &TakenPaths,
        is_deleted: bool,
    ) -> Result<(), Error> {
        if let Some(all) = self.settled_residents::<R>(conflict, takes, is_deleted)? {
            self.set_residents(all)?;
        }
        Ok(())
    }

    /// Returns all residents of a kind as a resolution leaves them, if it changes anything.
    fn settled_residents<R: Resident + Clone>(
        &mut self,
        conflict: &OpenConflict,
        takes: &TakenPaths,
        is_deleted: bool,
    ) -> Result<Option<Vec<R>>, Error> {
        let mut all: Vec<R> = self.residents()?;
        let Some(place) = all.iter().position(|one| conflict.is_about(one)) else { return Ok(None) };
        if is_deleted {
            all.remove(place);
            return Ok(Some(all));
        }
        let Some(theirs) = conflict.their_record().filter(|_| *takes != TakenPaths::Nothing) else {
            return Ok(None);
        };
        all[place] = R::read(take_members(&all[place].document(), theirs, takes)).map_err(Error::from)?;
        Ok(Some(all))
    }
}

/// Finds the conflicts of an id, or of a name such as `policy/fast`.
///
/// # Errors
/// [`ConflictError::NotFound`], [`ConflictError::Ambiguous`].
pub fn conflicts_of(vault: &mut Vault, id: &str) -> Result<Vec<OpenConflict>, Error> {
    let mut all: Vec<OpenConflict> = vault.residents()?;
    let id = &*crate::text::compose(id);
    if all.iter().any(|conflict| conflict.name() == id) {
        all.retain(|conflict| conflict.name() == id);
    } else {
        all.retain(|conflict| conflict.id == id);
    }
    let Some(first) = all.first() else {
        return Err(ConflictError::NotFound { id: id.to_owned() }.into());
    };
    if all.iter().any(|conflict| conflict.record != first.record) {
        let mut names: Vec<_> = all.iter().map(OpenConflict::name).collect();
        names.dedup();
        return Err(ConflictError::Ambiguous { id: id.to_owned(), names }.into());
    }
    Ok(all)
}

/// Returns the paths at which their side was chosen, and the fields that are still open.
fn taken(conflict: &OpenConflict, choice: &MergeResolution) -> Result<(TakenPaths, Vec<String>), Error> {
    let chosen = match choice {
        MergeResolution::All(ConflictWinner::Ours) => return Ok((TakenPaths::Nothing, Vec::new())),
        // a record that has changed since then has only these values of theirs
        MergeResolution::All(ConflictWinner::Theirs) if conflict.fields.is_empty() => {
            return Ok((TakenPaths::Everything, Vec::new()));
        }
        MergeResolution::All(ConflictWinner::Theirs) => {
            return Ok((TakenPaths::Paths(conflict.fields.clone()), Vec::new()));
        }
        MergeResolution::Fields(chosen) => chosen,
    };
    if let Some((field, _)) = chosen.iter().find(|(field, _)| !conflict.fields.contains(field)) {
        let fields = conflict.fields.clone();
        return Err(ConflictError::NoField { id: conflict.name(), field: field.clone(), fields }.into());
    }
    let theirs = chosen.iter().filter(|(_, winner)| *winner == ConflictWinner::Theirs);
    let theirs: Vec<_> = theirs.map(|(field, _)| field.clone()).collect();
    let is_open = |field: &&String| !chosen.iter().any(|(known, _)| known == *field);
    let open = conflict.fields.iter().filter(is_open).cloned().collect();
    let takes = if theirs.is_empty() { TakenPaths::Nothing } else { TakenPaths::Paths(theirs) };
    Ok((takes, open))
}
