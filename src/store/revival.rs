//! Making an earlier version of a credential the current one.

use super::error::Error;
use super::transaction::Transaction;
use crate::credential::{Changed, restore};

/// A deleted credential that is back.
#[derive(Debug)]
pub struct Revived {
    /// The credential.
    pub changed: Changed,
    /// The names of the API proxies and groups that it was granted to, and is no more.
    pub lost_grants: Vec<String>,
    /// The ids of the credentials that belong to it, and are still deleted.
    pub still_deleted: Vec<String>,
}

impl Transaction<'_> {
    /// Makes an earlier version of a credential that is there the current one, as a new revision.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// let password = Draft::from_texts(login(), [("password", "new")]);
    /// store.change(|vault| vault.patch("db", password, None))?;
    /// let old = store.change(|vault| vault.roll_back("db", 1))?.answer.credential;
    /// assert_eq!(old.secret("password").and_then(|held| held.plain()), Some("hunter2".into()));
    /// assert_eq!(old.head().stamp.revision, 3);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Transaction::stored`], and [`Error::NoRevision`]; fails also if today's rules refuse the version.
    pub fn roll_back(&mut self, id: &str, revision: u64) -> Result<Changed, Error> {
        let terms = self.terms();
        let current = self.stored(id, false, None)?;
        let version = terms.scope.version(self, id, revision)?;
        let mut changed = restore(&version, Some(&current), &terms.act(), &terms.rules())?;
        self.place(&mut changed, Some(&current))?;
        Ok(changed)
    }

    /// Brings the last version of a deleted credential back. Its grants and the references to it stay gone.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// use credctl::store::Deletion;
    ///
    /// # store.change(|vault| vault.add(login(), db()))?;
    /// store.change(|vault| {
    ///     let mut deletion = Deletion::new(vault)?;
    ///     deletion.delete(vault, "db", false, None)?;
    ///     deletion.finish(vault)
    /// })?;
    /// store.change(|vault| vault.restore("db"))?;
    /// assert!(store.read()?.contains("db")?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::NotDeleted`], [`Error::NoneDeleted`], [`Error::Global`]; fails also if today's rules refuse
    /// the version.
    pub fn restore(&mut self, id: &str) -> Result<Revived, Error> {
        let terms = self.terms();
        if let Some(current) = self.find(id)? {
            let id = id.to_owned();
            return Err(if terms.scope.sees(current.head()) {
                Error::NotDeleted { id }
            } else {
                // a project does not learn that another one has the id
                Error::NotFound { id, near: Vec::new() }
            });
        }
        let mut last = None;
        terms.scope.versions(self, id, |version| last = Some(version.credential))?;
        let version = last.ok_or_else(|| Error::NoneDeleted { id: id.to_owned() })?;
        terms.scope.check_own(version.head())?;
        let mut changed = restore(&version, None, &terms.act(), &terms.rules())?;
        self.place(&mut changed, None)?;
        let granted = version.head().envelope.granted_in(&terms.scope.project, terms.now);
        let lost_grants = granted.map(|grant| grant.to.name.clone()).collect();
        let still_deleted = terms.scope.deleted_belonging(self, changed.credential.id())?;
        Ok(Revived { changed, lost_grants, still_deleted })
    }
}
