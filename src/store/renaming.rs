//! Credentials under another id: renamed with everything that hangs on the id, or copied.

use std::collections::BTreeSet;

use super::belonging::Belonging;
use super::error::Error;
use super::placing::raise_counters;
use super::transaction::Transaction;
use super::variable_references::{Referrer, VariableReferences, referring_anew};
use crate::credential::{
    Change, Changed, Credential, Draft, LOGIN, change, copied, differences, normalised, renamed,
};
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
    /// The variables that refer to the credential, and follow.
    pub variables: Vec<Referrer>,
    /// The variables that keep the old id.
    pub unchanged: Vec<UnchangedReferrer>,
}

/// Variables that cannot follow a credential to its new id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnchangedReferrer {
    /// The variables.
    pub referrer: Referrer,
    /// The reason.
    pub reason: String,
}

impl Transaction<'_> {
    /// Gives a credential another id. Its earlier versions, its grants, the references to it and what belongs to
    /// it follow, and so do references in the values of variables. A name that was the id follows too.
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
        // one may refer to a field of itself
        let of_itself = self.refer_anew(&stored, stored.id(), &new);
        let mut source = of_itself.credential.unwrap_or_else(|| stored.clone());
        // one change, however much of the credential it touches
        source.head.stamp.clone_from(&stored.head().stamp);
        let mut credential = renamed(&source, new, &self.terms().act());
        // a credential that had the new id may have counted further with the same seed
        let counters = if credential.brings_counter(None) {
            raise_counters(self, &mut credential, &[])?
        } else {
            Vec::new()
        };
        Vault::rename(self, stored.id(), &credential)?;
        let references = self.rename_references(stored.id(), credential.id())?;
        let (belonging, left_behind) = self.rename_belonging(stored.id(), credential.id())?;
        let (mut variables, unchanged) = self.rename_in_variables(stored.id(), credential.id())?;
        if !of_itself.variables.is_empty() {
            let (id, target) = (credential.id().to_owned(), credential.id().to_owned());
            variables.push(Referrer { id, variables: of_itself.variables, target });
        }
        let changed = Changed::between(Some(&stored), credential, counters);
        Ok(Renamed { changed, references, belonging, left_behind, variables, unchanged })
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

    /// Lets variables name the new id where they refer to the old one. Returns those that do, and those that keep
    /// the old one.
    fn rename_in_variables(
        &mut self,
        old: &str,
        new: &str,
    ) -> Result<(Vec<Referrer>, Vec<UnchangedReferrer>), Error> {
        let (mut follow, mut stay) = (Vec::new(), Vec::new());
        let references = VariableReferences::read(&self.terms().scope, self)?;
        for referrer in references.to(old) {
            let Some(stored) = self.find(&referrer.id)? else { continue };
            if !self.terms().scope.owns(stored.head()) {
                let reason = format!("{} is global", referrer.id);
                stay.push(UnchangedReferrer { referrer: referrer.clone(), reason });
                continue;
            }
            let ReferredAnew { credential, variables, unchanged } = self.refer_anew(&stored, old, new);
            if let Some(credential) = credential {
                self.place(&mut Changed::between(Some(&stored), credential, Vec::new()), Some(&stored))?;
                follow.push(Referrer { variables, target: new.to_owned(), ..referrer.clone() });
            }
            let stays = |(variables, reason)| {
                let referrer = Referrer { variables, ..referrer.clone() };
                UnchangedReferrer { referrer, reason }
            };
            stay.extend(unchanged.map(stays));
        }
        Ok((follow, stay))
    }

    /// Returns a credential whose variables name the new id where they referred to the old one.
    fn refer_anew(&self, stored: &Credential, old: &str, new: &str) -> ReferredAnew {
        let (mut anew, mut draft, mut torn) = (ReferredAnew::default(), Draft::default(), Vec::new());
        for (path, value) in referring_anew(stored, old, new) {
            let name = stored.kind().variable_name(&path).unwrap_or(&path).to_owned();
            match value {
                Some(value) => {
                    anew.variables.push(name);
                    draft.leaves.push((path, Value::Text(value)));
                }
                None => torn.push(name),
            }
        }
        if !torn.is_empty() {
            anew.unchanged = Some((torn, format!("a reference in braces cannot name {new}")));
        }
        if draft.leaves.is_empty() {
            return anew;
        }
        let terms = self.terms();
        match change(&Change::Merge(stored, None), draft, &terms.act(), &terms.rules()) {
            Ok(mut changed) => {
                // the same secrets by another name are no newer
                changed.credential.head.stamp.rotate_required = stored.head().stamp.rotate_required;
                anew.credential = Some(changed.credential);
            }
            // one that today's rules refuse stays as it is
            Err(error) => {
                let names = std::mem::take(&mut anew.variables);
                anew.unchanged = Some((names, error.to_string()));
            }
        }
        anew
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

/// A credential whose variables refer to another one by its new id.
#[derive(Default)]
struct ReferredAnew {
    /// The credential, if any variable could change.
    credential: Option<Credential>,
    /// The names of the variables that changed.
    variables: Vec<String>,
    /// The names of variables that keep the old id, and the reason.
    unchanged: Option<(Vec<String>, String)>,
}

/// Returns the field that makes the id of a type, if one does.
fn fixed_id(kind: &Kind) -> Option<&'static str> {
    kind.id_field.or(kind.identity_name.then_some("name"))
}
