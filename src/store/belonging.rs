//! Credentials that belong to a login, such as the notes that an import kept beside it: the tag `login` names
//! it. They do not follow the login by themselves, so a change of the login says what stays as it is.

use std::collections::BTreeSet;

use super::error::Error;
use super::scope::Scope;
use crate::credential::{Head, LOGIN};
use crate::value::Value;
use crate::vault::Vault;

/// A credential that belongs to a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belonging {
    /// The id of the credential.
    pub id: String,
    /// The id of the login.
    pub login: String,
    /// The project of the credential.
    pub project: String,
}

impl Scope {
    /// Finds the credentials that belong to these logins and are none of them.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn belonging(&self, vault: &mut Vault, logins: &BTreeSet<String>) -> Result<Vec<Belonging>, Error> {
        if logins.is_empty() {
            return Ok(Vec::new());
        }
        let found = vault.find_tagged(LOGIN, |head| self.belongs(head, logins).is_some())?;
        Ok(found.iter().filter_map(|head| self.belongs(head, logins)).collect())
    }

    /// Finds the deleted credentials that belonged to a login, and returns their ids.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn deleted_belonging(&self, vault: &mut Vault, login: &str) -> Result<Vec<String>, Error> {
        let logins = BTreeSet::from([login.to_owned()]);
        let deleted = vault.deleted()?;
        let found = deleted.iter().filter_map(|version| self.belongs(&version.credential, &logins));
        Ok(found.map(|one| one.id).collect())
    }

    fn belongs(&self, head: &Head, logins: &BTreeSet<String>) -> Option<Belonging> {
        let login = head.envelope.tags.get(LOGIN).and_then(Value::as_text)?.expose();
        (logins.contains(login) && !logins.contains(&head.id) && self.sees(head)).then(|| Belonging {
            id: head.id.clone(),
            login: login.to_owned(),
            project: head.envelope.project.clone(),
        })
    }
}
