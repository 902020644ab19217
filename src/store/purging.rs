//! Forgetting earlier versions for good.

use super::error::Error;
use super::scope::Scope;
use super::transaction::Transaction;
use crate::vault::Vault;

impl Scope {
    /// Checks that a credential has earlier versions and that the project may purge them.
    ///
    /// # Errors
    /// [`Error::NoVersions`], [`Error::Global`].
    pub fn check_purge(&self, vault: &mut Vault, id: &str) -> Result<(), Error> {
        let none = || Error::NoVersions { id: id.to_owned() };
        let old = vault.last_version(id)?.ok_or_else(none)?.credential;
        // the project that has it now decides, and not the one of an old version
        let last = vault.find_head(id)?.unwrap_or(old);
        if self.sees(&last) { self.check_own(&last) } else { Err(none()) }
    }
}

impl Transaction<'_> {
    /// Forgets the earlier versions of some credentials. Returns the number of versions of each.
    ///
    /// # Errors
    /// As [`Scope::check_purge`].
    pub fn purge_versions(&mut self, ids: &[String]) -> Result<Vec<(String, usize)>, Error> {
        self.refuse_in_queue("a purge")?;
        let mut kept = self.versioned()?;
        kept.retain(|(id, _)| ids.contains(id));
        let scope = &self.terms().scope;
        ids.iter().try_for_each(|id| scope.check_purge(self, id))?;
        for id in ids {
            self.purge(id);
        }
        Ok(kept)
    }

    /// Forgets the earlier versions of all credentials. Returns the number of versions of each.
    ///
    /// # Errors
    /// [`Error::PurgeAll`] from a project.
    pub fn purge_all_versions(&mut self) -> Result<Vec<(String, usize)>, Error> {
        self.refuse_in_queue("a purge")?;
        if !self.terms().scope.is_admin() {
            return Err(Error::PurgeAll);
        }
        let kept = self.versioned()?;
        self.purge_all();
        Ok(kept)
    }
}
