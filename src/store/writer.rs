//! A vault that is locked: saving it, and bringing the change to the environments.

use std::rc::Rc;

use super::bundles::{self, Bundles, Deployment};
use super::error::Error;
use super::keeper::Keeper;
use super::opening::{Ahead, Store};
use super::trust::Trust;
use crate::disk::{Backup, Lock};
use crate::vault::{Key, Lockset, Recipients, Sealer, Vault};

/// A vault that is locked and open to be changed.
pub(super) struct VaultWriter {
    pub(super) lock: Lock,
    pub(super) key: Rc<Key>,
    pub(super) vault: Vault,
    pub(super) ahead: Ahead,
    /// An earlier state that is saved in the place of the current one.
    pub(super) before: Option<Vault>,
}

impl VaultWriter {
    fn lockset<K: Keeper>(&mut self, store: &Store<K>) -> Result<Lockset, Error> {
        match &*self.key {
            Key::Passphrase(passphrase) => Ok(Lockset::Passphrase(passphrase.clone())),
            Key::Held(held) => Ok(Lockset::Held(held.clone())),
            Key::Identities(_) => {
                Ok(Lockset::Recipients(Recipients::parse(self.vault.recipients()?, &store.keeper.plugins())?))
            }
        }
    }

    pub(super) fn save<K: Keeper>(
        mut self,
        store: &Store<K>,
        bundles: Bundles<'_>,
    ) -> Result<Deployment, Error> {
        let Store { keeper, terms, .. } = store;
        let (sealer, lockset) = match self.ahead.take() {
            Some((sealer, lockset)) => (Some(sealer), lockset),
            None => (None, self.lockset(store)?),
        };
        let mut trust = Trust::of(keeper, terms, self.lock.location(), &self.vault);
        if store.uses_queue() {
            // the memory of this machine is never ahead of the engine
            trust = trust.without_memory();
        }
        trust.check(&mut self.vault, &lockset, &self.key)?;
        let mut known = self.vault.known(&lockset)?;
        // locked to the recipients of now: those that were removed since then stay out
        if let Some(before) = self.before.take() {
            self.vault = before;
            trust.check_bundles(&mut self.vault)?;
            known = known.and(self.vault.known(&lockset)?);
        }
        let sealer = match sealer {
            Some(sealer) => sealer,
            None => Sealer::new(&lockset)?,
        };
        // what is purged must not stay in the generation before
        let purging = self.vault.is_purging();
        let backup = if purging { Backup::Supersede } else { Backup::Keep };
        store.tell_other_name(&self.lock);
        let format = self.vault.format();
        trust.announce(self.lock.location(), &self.vault, &known);
        self.vault.save(&self.lock, &lockset, sealer, backup, &terms.remember())?;
        let location = self.lock.location();
        store.tell_written(location, &self.vault, format, backup);
        let gone = if purging { self.vault.settle_locked(&self.lock) } else { Ok(false) };
        if matches!(gone, Ok(true)) {
            self.vault.remove_unused_blobs(location);
        }
        trust.keep(location, &self.vault, known);
        let deployment = if store.uses_queue() {
            // the merge into the vault at the address writes them
            Deployment::default()
        } else {
            bundles::write(keeper, terms, location, &mut self.vault, &self.key, bundles)?
        };
        // last, because the bundles must follow the change even if the old copy stays
        gone?;
        Ok(deployment)
    }

    /// Writes bundles of the vault as it is stored.
    pub(super) fn deploy<K: Keeper>(
        mut self,
        store: &Store<K>,
        bundles: Bundles<'_>,
    ) -> Result<Deployment, Error> {
        let Store { keeper, terms, .. } = store;
        let lockset = self.lockset(store)?;
        let Self { lock, key, mut vault, .. } = self;
        let trust = Trust::of(keeper, terms, lock.location(), &vault);
        trust.check(&mut vault, &lockset, &key)?;
        let known = vault.known(&lockset)?;
        let deployment = bundles::write(keeper, terms, lock.location(), &mut vault, &key, bundles)?;
        trust.keep(lock.location(), &vault, known);
        Ok(deployment)
    }
}
