//! Changing a vault: lock, open, act, save, once.

use super::bundles::{self, Bundles, Deployment};
use super::error::Error;
use super::judging::VaultUse;
use super::keeper::Keeper;
use super::opening::{Store, seal_ahead};
use super::preview::Preview;
use super::scope::{Writes, check_no_bundle};
use super::transaction::Transaction;
use super::typing::forget_unused;
use super::writer::VaultWriter;
use crate::random;
use crate::vault::{self, Vault};

/// The answer of a change, and the environments that it was brought to.
#[derive(Debug)]
pub struct Outcome<T> {
    /// The answer of the change.
    pub answer: T,
    /// The environments that the change was brought to.
    pub deployment: Deployment,
}

impl<K: Keeper> Store<K> {
    /// Changes the vault under its lock, saves it if anything changed, and brings the change to the
    /// environments.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// // all of it is saved, or nothing
    /// let failed = store.change(|vault| {
    ///     vault.add(login(), db())?;
    ///     vault.delete_user("nobody")
    /// });
    /// assert_eq!(failed.unwrap_err().to_string(), "there is no user `nobody`");
    /// assert!(store.read()?.find("db")?.is_none());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Store::read`], an error of `act`, or an error of writing the vault. Nothing was changed unless
    /// the keeper heard [`super::Notice::Written`].
    pub fn change<T>(
        &self,
        act: impl FnMut(&mut Transaction<'_>) -> Result<T, K::Error>,
    ) -> Result<Outcome<T>, K::Error> {
        self.change_previewed(None, Bundles::default(), act)
    }

    /// Changes the vault as [`Store::change`] does, but one that was read already, and with a choice of
    /// bundles. If the vault was changed meanwhile, it is read again.
    ///
    /// # Errors
    /// As [`Store::change`].
    pub fn change_previewed<T>(
        &self,
        preview: Option<Preview>,
        bundles: Bundles<'_>,
        mut act: impl FnMut(&mut Transaction<'_>) -> Result<T, K::Error>,
    ) -> Result<Outcome<T>, K::Error> {
        self.terms.scope.check(Writes::Credentials)?;
        // each change draws ids, and what draws them cannot fail in the middle of it
        random::check().map_err(|error| Error::from(vault::Error::from(error)))?;
        let mut open = match preview {
            Some(mut preview) => {
                self.ask_to_sign(&mut preview)?;
                preview.lock(self)?
            }
            None => self.begin_unsigned()?,
        };
        let answer = act(&mut Transaction::new(&mut open.vault, &self.terms, open.lock.location()))?;
        let deployment = if open.vault.is_changed() {
            // only now: a change that comes to nothing needs no key of a signer
            self.prepare_to_sign(&mut open.vault)?;
            open.vault.settle_conflicts().map_err(Error::from)?;
            forget_unused(&mut open.vault)?;
            open.save(self, bundles)?
        } else if bundles::is_behind(open.lock.location(), &mut open.vault)? {
            // left so by a writer that was killed, or by a place that could not be reached
            if let Ok(Some(key)) = self.signing_key(&open.vault) {
                open.vault.sign_with(key);
            }
            open.deploy(self, Bundles { behind: true, ..bundles })?
        } else {
            Deployment::default()
        };
        Ok(Outcome { answer, deployment })
    }

    /// Tries a change without a lock and without saving it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/store.rs"));
    /// # fn main() -> Result<(), Failure> {
    /// # let (store, _folder) = new_vault()?;
    /// let tried = store.try_change(None, |vault| vault.add(login(), db()))?;
    /// assert_eq!(tried.credential.id(), "db");
    /// assert!(store.read()?.find("db")?.is_none());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Store::change`].
    pub fn try_change<T>(
        &self,
        preview: Option<Preview>,
        mut act: impl FnMut(&mut Transaction<'_>) -> Result<T, K::Error>,
    ) -> Result<T, K::Error> {
        self.terms.scope.check(Writes::Credentials)?;
        let mut vault = match preview {
            Some(preview) => preview.vault,
            None => self.read()?,
        };
        check_no_bundle(&vault)?;
        act(&mut Transaction::trial(&mut vault, &self.terms))
    }

    /// Writes the bundles of some environments again, or of all.
    ///
    /// # Errors
    /// As [`Store::change`].
    pub fn deploy(&self, bundles: Bundles<'_>) -> Result<Deployment, K::Error> {
        self.terms.scope.check(Writes::Credentials)?;
        self.begin()?.deploy(self, bundles).map_err(K::Error::from)
    }

    /// Takes the lock and opens the vault for a change that is made in any case.
    pub(super) fn begin(&self) -> Result<VaultWriter, K::Error> {
        let mut open = self.begin_unsigned()?;
        self.prepare_to_sign(&mut open.vault)?;
        Ok(open)
    }

    /// Takes the lock and opens the vault to change it. It needs the key of a signer only before it is saved.
    fn begin_unsigned(&self) -> Result<VaultWriter, K::Error> {
        if self.keeper.may_ask() {
            // what has to be asked is asked before others have to wait for the lock
            return Ok(self.preview_unsigned()?.lock(self)?);
        }
        self.keeper.prepare();
        let (lock, sealed) = self.lock()?;
        let key = self.keeper.key(&sealed)?;
        let open = || {
            // before the old file is opened, so that both scrypts run at a time
            let ahead = seal_ahead(&key)?;
            Ok::<_, vault::Error>((Vault::open(sealed, &key)?, ahead))
        };
        let (vault, ahead) = open().map_err(Error::from)?;
        let judged = self.judged(lock.location(), vault, &key, VaultUse::Write);
        let vault = judged.map_err(Error::from)?.vault;
        check_no_bundle(&vault)?;
        self.settled(vault.settle_locked(&lock));
        Ok(VaultWriter { lock, key, vault, ahead, before: None })
    }
}
