//! Credentials under another id: renamed with everything that hangs on the id, or copied.

use std::collections::BTreeSet;

use super::belonging::Belonging;
use super::error::Error;
use super::transaction::Transaction;
use crate::credential::{Changed, Draft, LOGIN, copied, differences, normalised, renamed};
use crate::kind::Kind;
use crate::kind::rule::text::ID;
use crate::value::Value;
use crate::vault::{Reference, Vault};

/// A credential that got another id.
#[derive(Debug)]
pub struct Renamed {
    /// The credential, and what changed in it.
    pub changed: Changed,
    /// The number of references that follow.
    pub references: usize,
    /// The ids of the credentials that belong to the login and follow it.
    pub belonging: Vec<String>,
    /// The ids of those that belong to it and keep the old id, because the project must not change them.
    pub left_behind: Vec<String>,
}

impl Transaction<'_> {
    /// Gives a credential another id. Its earlier versions, its grants, the references to it and what belongs to
    /// it follow. A name that was the id follows too.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// let renamed = store.change(|vault| vault.rename("db", "prod/db", None))?.answer;
    /// assert_eq!(renamed.changed.credential.id(), "prod/db");
    /// let mut vault = store.read()?;
    /// assert!(vault.find("db")?.is_none());
    /// assert_eq!(vault.versioned()?, [("prod/db".to_owned(), 1)]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Transaction::stored`]; [`Error::FixedId`], [`Error::IdInUse`]; fails also if the rule for ids refuses
    /// the new one.
    pub fn rename(&mut self, id: &str, new: &str, condition: Option<&str>) -> Result<Renamed, Error> {
        let stored = self.stored(id, false, condition)?;
        let new = normalised(&ID, "id", new)?;
        if let Some(field) = fixed_id(stored.kind()) {
            return Err(Error::FixedId { id: stored.id().to_owned(), field });
        }
        if self.contains(&new)? {
            return Err(Error::IdInUse { id: new });
        }
        let credential = renamed(&stored, new, &self.terms().act());
        Vault::rename(self, stored.id(), &credential)?;
        let references = self.rename_references(stored.id(), credential.id())?;
        let (belonging, left_behind) = self.rename_belonging(stored.id(), credential.id())?;
        let changed = Changed::between(Some(&stored), credential, Vec::new());
        Ok(Renamed { changed, references, belonging, left_behind })
    }

    fn rename_references(&mut self, old: &str, new: &str) -> Result<usize, Error> {
        let mut references = self.residents::<Reference>()?;
        let mut count = 0;
        for reference in references.iter_mut().filter(|reference| reference.credential == old) {
            new.clone_into(&mut reference.credential);
            count += 1;
        }
        if count > 0 {
            self.set_references(references)?;
        }
        Ok(count)
    }

    /// Lets the credentials that belong to a login name it by its new id. Returns their ids, and the ids of
    /// those that the project must not change.
    fn rename_belonging(&mut self, old: &str, new: &str) -> Result<(Vec<String>, Vec<String>), Error> {
        let scope = &self.terms().scope;
        let found = scope.belonging(self, &BTreeSet::from([old.to_owned()]))?;
        let (own, others): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|one| scope.is_admin() || one.project == scope.project);
        for one in &own {
            let mut draft = Draft::default();
            draft.leaves.push((format!("tags.{LOGIN}"), Value::text(new)));
            self.patch(&one.id, draft, None)?;
        }
        let ids = |all: Vec<Belonging>| all.into_iter().map(|one| one.id).collect();
        Ok((ids(own), ids(others)))
    }

    /// Adds a credential that is like a stored one, under another id. Its attachments follow; it has no grants, no
    /// references and no earlier versions. `amend` may change its draft.
    ///
    /// # Errors
    /// As [`super::Scope::find`] and [`Transaction::insert`]; [`Error::IdInUse`]; [`Error::FixedId`] for the hash
    /// of a user's password; everything that is wrong with the copy; an error of `amend`.
    pub fn copy<E: From<Error>>(
        &mut self,
        word: &str,
        new: &str,
        amend: impl FnOnce(&'static Kind, &mut Draft) -> Result<(), E>,
    ) -> Result<Changed, E> {
        let terms = self.terms();
        let stored = terms.scope.find(self, word, true)?;
        let kind = stored.kind();
        if kind.identity_name {
            let id = stored.id().to_owned();
            return Err(Error::FixedId { id, field: "name" }.into());
        }
        let mut draft = copied(&stored, new);
        if !terms.scope.is_admin() {
            // a copy of a global credential is the project's own
            draft.members.remove("project");
        }
        amend(kind, &mut draft)?;
        let mut changed = terms.create(kind, draft)?;
        // what no draft gives: the copy has the files of the stored one, and secrets that are no newer
        changed.credential.attachments = stored.attachments().to_vec();
        changed.credential.keep_mark(&stored);
        changed.changes = differences(Some(&stored), &changed.credential);
        self.insert(&mut changed).map_err(|error| match error {
            Error::Exists { id } => Error::IdInUse { id },
            error => error,
        })?;
        Ok(changed)
    }
}

/// Returns the field that makes the id of a type, if one does.
fn fixed_id(kind: &Kind) -> Option<&'static str> {
    kind.id_field.or(kind.identity_name.then_some("name"))
}
