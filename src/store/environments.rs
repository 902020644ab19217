//! The environments that bundles are written for.

use super::error::Error;
use super::keeper::Keeper;
use super::opening::Store;
use super::resident_error::ResidentError;
use super::transaction::Transaction;
use crate::vault::{Environment, Reach, Vault};

impl<K: Keeper> Store<K> {
    /// Compares the bundles of the environments for which `is_meant` holds with this vault, which was read
    /// from the store.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn reach(
        &self,
        vault: &mut Vault,
        is_meant: impl Fn(&Environment) -> bool,
    ) -> Result<Vec<(Environment, Reach)>, Error> {
        let mut environments = vault.residents::<Environment>()?;
        environments.retain(is_meant);
        if environments.is_empty() {
            return Ok(Vec::new());
        }
        let own = self.location()?;
        let compared = environments.into_iter().map(|environment| {
            let reach = vault.reach(&own, &environment, &|name| self.terms.fetch(name));
            (environment, reach)
        });
        Ok(compared.collect())
    }
}

impl Transaction<'_> {
    /// Adds an environment. Its bundle is written after the change.
    ///
    /// # Errors
    /// [`ResidentError::EnvironmentExists`] if one has its name or its bundle.
    pub fn add_environment(&mut self, environment: Environment) -> Result<(), Error> {
        self.refuse_in_queue("a change of environments")?;
        let mut environments = self.residents::<Environment>()?;
        // one file cannot be the bundle of two
        let same = |known: &&Environment| known.name == environment.name || known.out == environment.out;
        if let Some(Environment { name, out, .. }) = environments.iter().find(same) {
            return Err(ResidentError::EnvironmentExists { name: name.clone(), out: out.clone() }.into());
        }
        environments.push(environment);
        Ok(self.set_residents(environments)?)
    }

    /// Removes an environment and returns it. Its bundle stays.
    ///
    /// # Errors
    /// [`ResidentError::NoEnvironment`].
    pub fn remove_environment(&mut self, name: &str) -> Result<Environment, Error> {
        self.refuse_in_queue("a change of environments")?;
        let mut environments = self.residents::<Environment>()?;
        let at = environments.iter().position(|known| known.name == name);
        let at = at.ok_or_else(|| ResidentError::NoEnvironment { name: name.to_owned() })?;
        let removed = environments.remove(at);
        self.set_residents(environments)?;
        Ok(removed)
    }
}
