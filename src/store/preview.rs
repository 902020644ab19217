//! A vault that is read before it is locked, so that other writers do not wait while the operator is asked.

use std::fs::File;
use std::rc::Rc;

use super::error::Error;
use super::judging::{Judged, VaultUse};
use super::keeper::{Keeper, Notice};
use super::opening::{Ahead, LockedFile, Store, seal_ahead};
use super::scope::{Writes, check_no_bundle};
use super::writer::VaultWriter;
use crate::disk::Location;
use crate::vault::{self, Distrust, Key, RosterMember, Sealed, Vault};

/// The most objects that are fetched while another process of this machine writes.
const ATTEMPTS: usize = 16;

/// A vault that was read to be changed later.
pub struct Preview {
    /// The vault as it was then.
    pub vault: Vault,
    /// The key of the vault.
    pub key: Rc<Key>,
    location: Location,
    /// The open file at the location, if the vault was read from it.
    file: Option<File>,
    ahead: Ahead,
    /// False if the vault is not the one that this machine knows, so that nothing is done to it.
    trusted: bool,
}

impl<K: Keeper> Store<K> {
    /// Reads the vault without its lock, so that the operator can be asked about it.
    ///
    /// # Errors
    /// As [`Store::change`].
    pub fn preview(&self) -> Result<Preview, K::Error> {
        let mut preview = self.open_preview(seal_ahead)?;
        self.prepare_to_sign(&mut preview.vault)?;
        self.settle(&preview);
        Ok(preview)
    }

    /// Reads the vault for a change that may come to nothing. A vault that is signed needs the key of a signer only if
    /// the change is saved.
    pub(super) fn preview_unsigned(&self) -> Result<Preview, K::Error> {
        let mut preview = self.open_preview(seal_ahead)?;
        self.ask_to_sign(&mut preview)?;
        self.settle(&preview);
        Ok(preview)
    }

    /// Gives the vault the key of a signer if there is one, where a passphrase for it may have to be asked for: that
    /// is done before others have to wait for the lock.
    pub(super) fn ask_to_sign(&self, preview: &mut Preview) -> Result<(), K::Error> {
        if self.keeper.may_ask()
            && preview.vault.signing_key().is_none()
            && let Some(key) = self.signing_key(&preview.vault)?
        {
            preview.vault.sign_with(key);
        }
        Ok(())
    }

    /// Reads the vault to change the keys that it is locked to. The backup stays until that is decided.
    ///
    /// # Errors
    /// As [`Store::change`].
    pub fn preview_of_keys(&self) -> Result<Preview, K::Error> {
        let mut preview = self.open_preview(|_| Ok(None))?;
        self.prepare_to_sign(&mut preview.vault)?;
        Ok(preview)
    }

    /// Reads the vault for a change that is tried and not saved, which needs no key of a signer.
    ///
    /// # Errors
    /// As [`Store::try_change`].
    pub fn preview_to_try(&self) -> Result<Preview, K::Error> {
        self.terms.scope.check(Writes::Credentials)?;
        let preview = self.look(VaultUse::Read, |_| Ok(None))?;
        check_no_bundle(&preview.vault)?;
        Ok(preview)
    }

    /// Removes a backup that must go now that the vault was opened.
    pub fn settle(&self, preview: &Preview) {
        if preview.trusted {
            self.settled(preview.vault.settle(&preview.location));
        }
    }

    /// Reads the vault to decide whether it must be changed. A change that the caller may not make is refused later.
    /// Only the change itself needs the key of a signer.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_to_change(&self) -> Result<Preview, K::Error> {
        let preview = self.look(VaultUse::Read, |_| Ok(None))?;
        self.settle(&preview);
        Ok(preview)
    }

    fn open_preview(&self, ahead: impl Fn(&Key) -> Result<Ahead, vault::Error>) -> Result<Preview, K::Error> {
        self.terms.scope.check(Writes::Credentials)?;
        let preview = self.look(VaultUse::Write, ahead)?;
        check_no_bundle(&preview.vault)?;
        Ok(preview)
    }

    /// Reads the vault and judges it for this use.
    pub(super) fn look(
        &self,
        wanted: VaultUse,
        ahead: impl Fn(&Key) -> Result<Ahead, vault::Error>,
    ) -> Result<Preview, K::Error> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            // of what is to be changed there must be a copy
            let source = self.source_for(self.path(), Error::at_vault, wanted == VaultUse::Read)?;
            if let Some(file) = source.file_there() {
                self.tell_loose(&source.location, file);
            }
            let open = |sealed, key: &Key| Ok((ahead(key)?, Vault::open(sealed, key)?));
            let ((ahead, vault), key) = self.open(|| source.seal(), open)?;
            let is_there = source.file_there().is_some();
            let judged = self.judged(&source.location, vault, &key, wanted, is_there);
            if judged.is_err() && attempt < ATTEMPTS && source.is_outdated() {
                continue;
            }
            let Judged { mut vault, distrust, .. } = judged.map_err(Error::from)?;
            let (location, file) = if distrust.is_none() { source.keep(&mut vault) } else { source.unkept() };
            self.keeper.hear(Notice::Read { generation: vault.generation(), path: location.shown() });
            return Ok(Preview { vault, key, location, file, ahead, trusted: distrust.is_none() });
        }
    }
}

impl Preview {
    /// Returns the recipients of the generation before, if it is there, genuine, and the same key opens it.
    #[must_use]
    pub fn former_members(&self) -> Vec<RosterMember> {
        let open = || {
            let sealed = Sealed::inspect(self.location.open_backup()?)?;
            let mut before = Vault::open(sealed, &self.key)?;
            self.vault.lineage().judge_earlier(&before.lineage())?;
            if before.id() == self.vault.id() { before.members() } else { Ok(Vec::new()) }
        };
        open().unwrap_or_default()
    }

    /// Takes the lock. Reads the vault again if it was changed meanwhile.
    pub(super) fn lock<K: Keeper>(self, store: &Store<K>) -> Result<VaultWriter, Error> {
        Ok(self.lock_for(store, VaultUse::Write)?.0)
    }

    /// Takes the lock as [`Self::lock`] does. Returns also the reason why the vault is not the one that is known, if
    /// that is no hindrance.
    pub(super) fn lock_for<K: Keeper>(
        self,
        store: &Store<K>,
        wanted: VaultUse,
    ) -> Result<(VaultWriter, Option<Distrust>), Error> {
        store.keeper.prepare();
        let LockedFile { lock, sealed, incoming } = store.lock()?;
        let Self { mut vault, key, file, ahead, .. } = self;
        // a change that came between reading and locking must not be overwritten
        let signing = vault.signing_key();
        let is_current = |file: &File| lock.location().is_current(file).map_err(vault::Error::from);
        if incoming.is_some() || !file.as_ref().map_or(Ok(false), is_current)? {
            vault = Vault::open(sealed, &key)?;
        }
        let Judged { mut vault, distrust, .. } =
            store.judged(lock.location(), vault, &key, wanted, incoming.is_none())?;
        if let Some(key) = signing {
            vault.sign_with(key);
        }
        check_no_bundle(&vault)?;
        if let Some(incoming) = incoming.filter(|_| distrust.is_none()) {
            incoming.keep(&lock).map_err(vault::Error::from)?;
        }
        if distrust.is_none() {
            store.settled(vault.settle_locked(&lock));
        }
        Ok((VaultWriter { lock, key, vault, ahead, before: None }, distrust))
    }
}
