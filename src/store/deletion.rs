//! Deleting credentials, and with them what refers to them.

use std::collections::{BTreeMap, BTreeSet};

use super::belonging::Belonging;
use super::error::Error;
use super::transaction::Transaction;
use crate::vault::{Reference, User};

/// Credentials that are being deleted in one change.
pub struct Deletion {
    users: Vec<User>,
    /// By the credential that is referred to.
    references: BTreeMap<String, Vec<Reference>>,
    /// True if some reference goes.
    detaches: bool,
    deleted: BTreeSet<String>,
}

/// A credential that was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// Its id.
    pub id: String,
    /// The references that went with it.
    pub references: Vec<Reference>,
}

impl Deletion {
    /// Begins to delete.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn new(vault: &mut Transaction<'_>) -> Result<Self, Error> {
        let mut references: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for reference in vault.residents::<Reference>()? {
            references.entry(reference.credential.clone()).or_default().push(reference);
        }
        Ok(Self { users: vault.residents()?, references, detaches: false, deleted: BTreeSet::new() })
    }

    /// Deletes one.
    ///
    /// # Errors
    /// As [`Transaction::stored`], and [`Error::PasswordOfUser`].
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
            return Err(Error::PasswordOfUser { word: word.to_owned(), user: name.clone() });
        }
        let id = stored.id().to_owned();
        vault.remove(&id);
        let references = self.references.remove(&id).unwrap_or_default();
        self.detaches |= !references.is_empty();
        self.deleted.insert(id.clone());
        Ok(Deleted { id, references })
    }

    /// Lets go what referred to what was deleted.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn finish(self, vault: &mut Transaction<'_>) -> Result<BTreeSet<String>, Error> {
        if self.detaches {
            vault.set_references(self.references.into_values().flatten().collect())?;
        }
        Ok(self.deleted)
    }
}

impl Transaction<'_> {
    /// Finds what belonged to credentials that were deleted, and stays. Those that are back are none.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn left_behind(&mut self, mut deleted: BTreeSet<String>) -> Result<Vec<Belonging>, Error> {
        for id in deleted.clone() {
            if self.contains(&id)? {
                deleted.remove(&id);
            }
        }
        self.terms().scope.belonging(self, &deleted)
    }
}
