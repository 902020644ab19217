//! The store: a vault at a path, opened with the key of its keeper.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::error::Error;
use super::judging::{Judged, VaultUse, judge};
use super::keeper::{Keeper, Notice};
use super::places::{IncomingObject, Queue};
use super::terms::Terms;
use crate::disk::{Backup, FileError, Location, Lock};
use crate::signature::SigningKey;
use crate::vault::{self, Key, Lockset, Sealed, Sealer, Vault};

/// A vault at a path, with the key to it and the terms on which it is used.
#[derive(Debug)]
pub struct Store<K> {
    path: PathBuf,
    pub(super) keeper: K,
    pub(super) terms: Terms,
    /// The queue that is used in the place of the vault at the address.
    pub(super) queue: Option<Queue>,
}

/// The sealer and the lockset of the next file, begun early where that takes long.
pub(super) type Ahead = Option<(Sealer, Lockset)>;

impl<K: Keeper> Store<K> {
    /// Makes a store of the vault at a path. Nothing is read yet.
    pub fn new(path: impl Into<PathBuf>, keeper: K, terms: Terms) -> Self {
        Self { path: path.into(), keeper, terms, queue: None }
    }

    /// Returns the path of the vault.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the keeper, who gives the key.
    pub fn keeper(&self) -> &K {
        &self.keeper
    }

    /// Returns the terms of the caller.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Opens the vault to read. Readers take no lock: the file that they opened stays as it was.
    ///
    /// # Errors
    /// Fails if there is no vault or no key, or if the vault cannot be read.
    pub fn read(&self) -> Result<Vault, K::Error> {
        Ok(self.read_with_key()?.0)
    }

    /// Opens the vault to read, and returns the key as well, for what follows.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_with_key(&self) -> Result<(Vault, Rc<Key>), K::Error> {
        let preview = self.look(VaultUse::Read, |_| Ok(None))?;
        self.settle(&preview);
        Ok((preview.vault, preview.key))
    }

    /// Judges a vault that was opened, and tells the keeper what there is to tell. `is_there` is true if it was read
    /// from its location, where writers may replace it meanwhile.
    pub(super) fn judged(
        &self,
        location: &Location,
        vault: Vault,
        key: &Key,
        wanted: VaultUse,
        is_there: bool,
    ) -> Result<Judged, vault::Error> {
        if self.queue.is_some() {
            return self.judge_queue(location, vault, wanted);
        }
        let judged = judge(&self.terms, location, vault, key, wanted, is_there)?;
        // a missing or read-only folder is usual in containers; a write tells of it
        if let Some(error @ FileError::NotOwn { .. }) = &judged.trouble {
            self.keeper.hear(Notice::NoMemory(error));
        }
        if judged.begins_signing {
            self.keeper.hear(Notice::Signed(judged.vault.signers()));
        }
        if let Some(distrust) = judged.distrust.as_ref().filter(|_| wanted == VaultUse::Read) {
            self.keeper.hear(Notice::Distrusted(distrust));
        }
        if let Some(reason) = &judged.branch {
            self.keeper.hear(Notice::OnBranch(reason));
        }
        Ok(judged)
    }

    /// Finds the location of the vault.
    ///
    /// # Errors
    /// [`Error::NoVault`], or an error of looking at the path.
    pub fn location(&self) -> Result<Location, Error> {
        if let Some(queue) = self.queue_of(&self.path) {
            return queue.location().map_err(Error::at_vault);
        }
        self.terms.locate(&self.path).map_err(Error::at_vault)
    }

    /// Opens a vault with the key of the keeper, or with another one after that has failed. `seal` then looks
    /// at the file once more.
    pub(super) fn open<T>(
        &self,
        seal: impl Fn() -> Result<Sealed, Error>,
        open: impl Fn(Sealed, &Key) -> Result<T, vault::Error>,
    ) -> Result<(T, Rc<Key>), K::Error> {
        let mut failed = 0;
        loop {
            let sealed = seal()?;
            let key = self.keeper.key(&sealed)?;
            match open(sealed, &key) {
                Ok(opened) => return Ok((opened, key)),
                Err(error) => {
                    failed += 1;
                    if !self.keeper.again(&error, failed)? {
                        return Err(Error::from(error).into());
                    }
                }
            }
        }
    }

    /// Opens the file and looks at its header.
    pub(super) fn seal(&self, location: &Location) -> Result<Sealed, Error> {
        let file = location.open().map_err(Error::at_vault)?;
        self.tell_loose(location, &file);
        Ok(Sealed::inspect(file)?)
    }

    /// Tells the keeper of a vault or a folder that others can write.
    pub(super) fn tell_loose(&self, location: &Location, file: &File) {
        location.loose(file).for_each(|loose| self.keeper.hear(Notice::Loose(loose)));
    }

    /// Tells the keeper of a backup that had to go, and of one that is still there.
    pub(super) fn settled(&self, result: Result<bool, vault::Error>) {
        match result {
            Ok(true) => self.keeper.hear(Notice::BackupRemoved),
            Err(vault::Error::File(error @ FileError::BackupLeft { .. })) => {
                self.keeper.hear(Notice::BackupLeft(error));
            }
            // who may only read leaves it to the next one who may write
            Ok(_) | Err(_) => {}
        }
    }

    /// Gives a signed vault the key that signs the next write, unless it has one.
    pub(super) fn prepare_to_sign(&self, vault: &mut Vault) -> Result<(), K::Error> {
        if vault.signing_key().is_some() {
            return Ok(());
        }
        if let Some(key) = self.signing_key(vault)? {
            vault.sign_with(key);
        } else if !vault.signers().is_empty() {
            return Err(Error::from(vault.not_a_signer()).into());
        }
        Ok(())
    }

    /// Finds the key of a signer of the vault, if the vault is signed.
    pub(super) fn signing_key(&self, vault: &Vault) -> Result<Option<Rc<dyn SigningKey>>, K::Error> {
        if vault.signers().is_empty() { Ok(None) } else { self.keeper.signing_key(vault.signers()) }
    }

    /// Returns the queue in which the vault of this name is, if it is used and not empty.
    pub(super) fn queue_of(&self, name: &Path) -> Option<&Queue> {
        self.queue.as_ref().filter(|queue| name == self.path && queue.is_pending())
    }

    /// Takes the lock and opens the file as it is then.
    pub(super) fn lock(&self) -> Result<LockedFile, Error> {
        if let Some(queue) = &self.queue {
            let location = queue.location().map_err(Error::at_vault)?;
            let lock = location.lock(self.terms.lock_timeout).map_err(vault::Error::from)?;
            queue.begin(&lock)?;
            let sealed = self.seal(lock.location())?;
            return Ok(LockedFile { lock, sealed, incoming: None });
        }
        if let Some(copy) = self.terms.copy(&self.path) {
            let location = copy.location().map_err(Error::at_vault)?;
            let lock = location.lock(self.terms.lock_timeout).map_err(vault::Error::from)?;
            let incoming = copy.for_writing(lock.location())?;
            let sealed = match &incoming {
                Some(incoming) => incoming.seal()?,
                None => self.seal(lock.location())?,
            };
            return Ok(LockedFile { lock, sealed, incoming });
        }
        let location = self.location()?;
        // what is no vault is told before a lock file is made beside it
        drop(location.open().map_err(Error::at_vault)?);
        let lock = location.lock(self.terms.lock_timeout).map_err(vault::Error::from)?;
        lock.loose().iter().for_each(|loose| self.keeper.hear(Notice::Loose(loose.clone())));
        let sealed = self.seal(lock.location())?;
        Ok(LockedFile { lock, sealed, incoming: None })
    }

    /// Tells the keeper of a vault that was written, and of the format before if that was an earlier one.
    pub(super) fn tell_written(&self, location: &Location, vault: &Vault, before: u64, backup: Backup) {
        self.keeper.hear(Notice::Written { generation: vault.generation(), path: location.shown() });
        if let Some(queue) = &self.queue {
            self.keeper.hear(Notice::Queued { address: queue.address() });
        }
        if before < vault.format() {
            let kept = (backup == Backup::Keep).then(|| location.backup());
            self.keeper.hear(Notice::Upgraded { format: vault.format(), backup: kept.as_deref() });
        }
    }

    /// Tells the keeper of another name that the vault has.
    pub(super) fn tell_other_name(&self, lock: &Lock) {
        if lock.has_other_name() {
            self.keeper.hear(Notice::OtherName(lock.location().path()));
        }
    }
}

/// A vault that is locked, and its file as it is then.
pub(super) struct LockedFile {
    pub lock: Lock,
    pub sealed: Sealed,
    /// The object of an engine that the file is, if the working copy is not yet equal to it.
    pub incoming: Option<IncomingObject>,
}

/// Begins to seal the next file if the key is a passphrase, which is stretched while the old file is opened.
pub(super) fn seal_ahead(key: &Key) -> Result<Ahead, vault::Error> {
    let lockset = match key {
        Key::Passphrase(passphrase) => Lockset::Passphrase(passphrase.clone()),
        Key::Held(held) => Lockset::Held(held.clone()),
        Key::Identities(_) => return Ok(None),
    };
    Ok(Some((Sealer::new(&lockset)?, lockset)))
}
