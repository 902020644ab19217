//! The change of the signers of a vault.

use std::rc::Rc;

use super::bundles::{Bundles, Deployment};
use super::error::Error;
use super::keeper::Keeper;
use super::opening::Store;
use super::preview::Preview;
use super::scope::Writes;
use crate::signature::{SignerKey, SigningKey};
use crate::vault::{self, Signer, Vault};

/// A change of the signers.
#[derive(Debug, Clone)]
pub enum SignersChange {
    /// Signs a vault that was not signed, with the key of its first signer.
    Begin {
        /// The name of the signer.
        name: String,
        /// The key.
        key: Rc<dyn SigningKey>,
    },
    /// Adds a signer.
    Add {
        /// The name of the signer.
        name: String,
        /// The public key.
        key: SignerKey,
    },
    /// Removes the signer of this name or key.
    Remove(String),
    /// Ends the signing of the vault.
    End,
}

impl<K: Keeper> Store<K> {
    /// Changes the signers of a vault that was read already. Returns those of now.
    ///
    /// # Errors
    /// [`vault::SignersError`]; as [`Store::change`].
    pub fn change_signers(
        &self,
        preview: Preview,
        change: &SignersChange,
    ) -> Result<(Vec<Signer>, Deployment), Error> {
        self.terms.scope.check(Writes::WholeVault("sign"))?;
        self.refuse_in_queue("a change of the signers")?;
        let mut open = preview.lock(self)?;
        let signers = change.apply(&mut open.vault)?;
        let deployment = open.save(self, Bundles::default())?;
        Ok((signers, deployment))
    }

    /// Returns the signers as [`Store::change_signers`] would leave them, and changes nothing.
    ///
    /// # Errors
    /// As [`Store::change_signers`].
    pub fn try_change_signers(
        &self,
        mut preview: Preview,
        change: &SignersChange,
    ) -> Result<Vec<Signer>, Error> {
        self.terms.scope.check(Writes::WholeVault("sign"))?;
        Ok(change.apply(&mut preview.vault)?)
    }
}

impl SignersChange {
    /// Makes the change for the next save. Returns the signers as it leaves them.
    fn apply(&self, vault: &mut Vault) -> Result<Vec<Signer>, vault::Error> {
        match self {
            Self::Begin { name, key } => vault.begin_signing(name, Rc::clone(key))?,
            Self::Add { name, key } => vault.add_signer(name, key)?,
            Self::Remove(name) => drop(vault.remove_signer(name)?),
            Self::End => vault.end_signing()?,
        }
        Ok(vault.pending_signers())
    }
}
