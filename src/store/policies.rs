//! The policies that credentials depend on.

use super::error::Error;
use super::resident_error::{PolicyUse, ResidentError};
use super::scope::{Scope, Writes};
use super::transaction::Transaction;
use crate::credential::Violations;
use crate::vault::{Policy, Vault};

impl Scope {
    /// Finds the credentials that depend on a policy.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn uses_of_policy(&self, vault: &mut Vault, id: &str) -> Result<PolicyUse, Error> {
        let mut found = PolicyUse::default();
        vault.heads(|head| match head.envelope.throttle_policy.as_deref() {
            Some(policy) if policy == id && self.sees(&head) => found.ids.push(head.id),
            // only counted: a project does not learn the ids of another
            Some(policy) if policy == id => found.others += 1,
            _ => {}
        })?;
        Ok(found)
    }
}

impl Transaction<'_> {
    /// Adds a policy.
    ///
    /// # Errors
    /// [`ResidentError::PolicyExists`], and [`Error::WholeVault`] from a project.
    pub fn add_policy(&mut self, policy: Policy) -> Result<(), Error> {
        self.terms().scope.check(Writes::WholeVault("policy"))?;
        let mut policies = self.residents::<Policy>()?;
        if policies.iter().any(|known| known.id == policy.id) {
            return Err(ResidentError::PolicyExists { id: policy.id }.into());
        }
        policies.push(policy);
        Ok(self.set_residents(policies)?)
    }

    /// Changes a policy to the result of `change`. The type stays; `kind` is the one that the caller named.
    ///
    /// # Errors
    /// [`ResidentError::NoPolicy`], [`ResidentError::PolicyType`], [`Error::WholeVault`] from a project, and
    /// the error of `change`.
    pub fn change_policy(
        &mut self,
        id: &str,
        kind: Option<&str>,
        change: impl FnOnce(&Policy) -> Result<Policy, Violations>,
    ) -> Result<Policy, Error> {
        self.terms().scope.check(Writes::WholeVault("policy"))?;
        let mut policies = self.residents::<Policy>()?;
        let known = policies.iter_mut().find(|known| known.id == id);
        let known = known.ok_or_else(|| ResidentError::NoPolicy { id: id.to_owned() })?;
        if kind.is_some_and(|kind| kind != known.kind()) {
            return Err(ResidentError::PolicyType.into());
        }
        let policy = change(known)?;
        *known = policy.clone();
        self.set_residents(policies)?;
        Ok(policy)
    }

    /// Deletes a policy. With `force`, credentials may still depend on it.
    ///
    /// # Errors
    /// [`ResidentError::NoPolicy`], [`ResidentError::PolicyUsed`], and [`Error::WholeVault`] from a project.
    pub fn delete_policy(&mut self, id: &str, force: bool) -> Result<(), Error> {
        self.terms().scope.check(Writes::WholeVault("policy"))?;
        let mut policies = self.residents::<Policy>()?;
        let before = policies.len();
        policies.retain(|known| known.id != id);
        if policies.len() == before {
            return Err(ResidentError::NoPolicy { id: id.to_owned() }.into());
        }
        if !force {
            let found = self.terms().scope.uses_of_policy(self, id)?;
            if found != PolicyUse::default() {
                return Err(ResidentError::PolicyUsed { id: id.to_owned(), by: found }.into());
            }
        }
        Ok(self.set_residents(policies)?)
    }
}
