//! The environments that bundles are written for.

use super::error::Error;
use super::transaction::Transaction;
use crate::vault::Environment;

impl Transaction<'_> {
    /// Adds an environment. Its bundle is written after the change.
    ///
    /// # Errors
    /// [`Error::EnvironmentExists`] if one has its name or its bundle.
    pub fn add_environment(&mut self, environment: Environment) -> Result<(), Error> {
        let mut environments = self.residents::<Environment>()?;
        let same = |known: &&Environment| known.name == environment.name || known.out == environment.out;
        if let Some(Environment { name, out, .. }) = environments.iter().find(same) {
            return Err(Error::EnvironmentExists { name: name.clone(), out: out.clone() });
        }
        environments.push(environment);
        Ok(self.set_residents(environments)?)
    }

    /// Removes an environment and returns it. Its bundle stays.
    ///
    /// # Errors
    /// [`Error::NoEnvironment`].
    pub fn remove_environment(&mut self, name: &str) -> Result<Environment, Error> {
        let mut environments = self.residents::<Environment>()?;
        let at = environments.iter().position(|known| known.name == name);
        let at = at.ok_or_else(|| Error::NoEnvironment { name: name.to_owned() })?;
        let removed = environments.remove(at);
        self.set_residents(environments)?;
        Ok(removed)
    }
}
