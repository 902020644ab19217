//! The deletion of credentials, and with them of the references to them.

use std::collections::{BTreeMap, BTreeSet};

use super::belonging::Belonging;
use super::error::Error;
use super::resident_error::ResidentError;
use super::transaction::Transaction;
use super::variable_references::{Referrer, VariableReferences};
use crate::credential::Grant;
use crate::vault::{Reference, User};

/// Credentials that are being deleted in one change.
pub struct Deletion {
    users: Vec<User>,
    /// The references, by the credential that is referred to.
    references: BTreeMap<String, Vec<Reference>>,
    /// True if a reference goes with a credential.
    detaches: bool,
    /// The ids of the deleted credentials, with their names.
    deleted: BTreeMap<String, String>,
}

/// A credential that was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// The id of the credential.
    pub id: String,
    /// The references that went with it.
    pub references: Vec<Reference>,
    /// The grants that went with it, as far as they hold.
    pub grants: Vec<Grant>,
}

impl Deletion {
    /// Begins a deletion.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn new(vault: &mut Transaction<'_>) -> Result<Self, Error> {
        let mut references: BTreeMap<_, Vec<_>> = BTreeMap::new();
        // read once, because a call may delete many credentials
        for reference in vault.residents::<Reference>()? {
            references.entry(reference.credential.clone()).or_default().push(reference);
        }
        Ok(Self { users: vault.residents()?, references, detaches: false, deleted: BTreeMap::new() })
    }

    /// Deletes one credential.
    ///
    /// # Errors
    /// As [`Transaction::stored`], and [`ResidentError::PasswordOfUser`].
    pub fn delete(
        &mut self,
        vault: &mut Transaction<'_>,
        word: &str,
        by_name: bool,
        condition: Option<&str>,
    ) -> Result<Deleted, Error> {
        let stored = vault.stored(word, by_name, condition)?;
        let name = &stored.head().envelope.name;
        if stored.kind().identity_name && self.users.iter().any(|user| user.id.eq_ignore_ascii_case(name)) {
            return Err(ResidentError::PasswordOfUser { word: word.to_owned(), user: name.clone() }.into());
        }
        let id = stored.id().to_owned();
        vault.remove(&id);
        let references = self.references.remove(&id).unwrap_or_default();
        self.detaches |= !references.is_empty();
        self.deleted.insert(id.clone(), name.clone());
        let grants = stored.head().envelope.granted(vault.terms().now).cloned().collect();
        Ok(Deleted { id, references, grants })
    }

    /// Finds the variables that refer to the deleted credentials, and lead nowhere now.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn dangling(&self, vault: &mut Transaction<'_>) -> Result<Vec<Referrer>, Error> {
        if self.deleted.is_empty() {
            return Ok(Vec::new());
        }
        VariableReferences::read(&vault.terms().scope, vault)?.dangling(vault, &self.deleted)
    }

    /// Deletes the references to the deleted credentials, and returns the ids of these.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn finish(self, vault: &mut Transaction<'_>) -> Result<BTreeSet<String>, Error> {
        if self.detaches {
            vault.set_references(self.references.into_values().flatten().collect())?;
        }
        Ok(self.deleted.into_keys().collect())
    }
}

impl Transaction<'_> {
    /// Deletes credentials by their ids, with the references to them.
    ///
    /// # Errors
    /// As [`Deletion::delete`].
    pub fn delete<'i>(&mut self, ids: impl IntoIterator<Item = &'i str>) -> Result<Vec<Deleted>, Error> {
        let mut deletion = Deletion::new(self)?;
        let deleted = ids.into_iter().map(|id| deletion.delete(self, id, false, None)).collect();
        // also after an error: what was deleted until then takes its references along
        deletion.finish(self)?;
        deleted
    }

    /// Finds the credentials that belonged to deleted ones, and stay. A deleted credential that is back does
    /// not count.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn left_behind(&mut self, mut deleted: BTreeSet<String>) -> Result<Vec<Belonging>, Error> {
        for id in deleted.clone() {
            if self.contains(&id)? {
                deleted.remove(&id);
            }
        }
        self.terms().scope.belonging(self, &deleted)
    }
}
