//! Changing a vault: lock, open, act, save. Once, unless another machine was faster to store its own change.

use std::rc::Rc;
use std::thread;
use std::time::Duration;

use super::bundles::{self, Bundles, Deployment};
use super::error::Error;
use super::judging::VaultUse;
use super::keeper::{Keeper, Notice};
use super::opening::{LockedFile, Store, seal_ahead};
use super::preview::Preview;
use super::scope::{Writes, check_no_bundle};
use super::transaction::Transaction;
use super::typing::forget_unused;
use super::writer::VaultWriter;
use crate::disk::{FileError, UploadError};
use crate::random;
use crate::signature::SigningKey;
use crate::vault::{self, Key, Vault};

/// The most attempts to make a change that writers on other machines outpace.
pub(super) const ATTEMPTS: u32 = 6;

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
        act: impl FnOnce(&mut Transaction<'_>) -> Result<T, K::Error>,
    ) -> Result<Outcome<T>, K::Error> {
        let mut act = Some(act);
        self.change_previewed(None, Bundles::default(), |vault| match act.take() {
            Some(act) => act(vault),
            None => Err(self.outpaced().into()),
        })
    }

    /// Makes the error of a change that cannot be made once more.
    fn outpaced(&self) -> Error {
        let address = self.path().display().to_string();
        vault::Error::from(FileError::Upload { address, reason: UploadError::Outpaced }).into()
    }

    /// Changes the vault as [`Store::change`] does, but one that was read already, and with a choice of
    /// bundles. If the vault was changed meanwhile, it is read again. `act` is called once more for each time that a
    /// writer on another machine was faster.
    ///
    /// # Errors
    /// As [`Store::change`].
    pub fn change_previewed<T>(
        &self,
        preview: Option<Preview>,
        bundles: Bundles<'_>,
        act: impl FnMut(&mut Transaction<'_>) -> Result<T, K::Error>,
    ) -> Result<Outcome<T>, K::Error> {
        let changed = self.change_again(preview, bundles, act);
        self.forget_empty_queue();
        changed
    }

    /// Changes the vault as often as writers on other machines are faster.
    fn change_again<T>(
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
        let mut attempt = 1;
        loop {
            let again = (Rc::clone(&open.key), open.vault.signing_key());
            match self.apply(open, bundles, &mut act) {
                Err(Refused::Outpaced(error)) if attempt == ATTEMPTS => return Err(error.into()),
                // only now: the lock is free again
                Err(Refused::Outpaced(_)) => {
                    self.keeper.hear(Notice::Again);
                    pause(attempt);
                    open = self.begin_with(again.0, again.1)?;
                    attempt += 1;
                }
                Err(Refused::Other(error)) => return Err(error),
                Ok(outcome) => return Ok(outcome),
            }
        }
    }

    /// Makes a change once, and saves it.
    fn apply<T>(
        &self,
        mut open: VaultWriter,
        bundles: Bundles<'_>,
        act: &mut impl FnMut(&mut Transaction<'_>) -> Result<T, K::Error>,
    ) -> Result<Outcome<T>, Refused<K::Error>> {
        let transaction = Transaction::new(&mut open.vault, &self.terms, open.lock.location());
        let answer = act(&mut transaction.in_queue(self.queue.as_ref())).map_err(Refused::Other)?;
        let failed = |error: Error| Refused::Other(error.into());
        let deployment = if open.vault.is_changed() {
            // only now: a change that comes to nothing needs no key of a signer
            self.prepare_to_sign(&mut open.vault).map_err(Refused::Other)?;
            open.vault.settle_conflicts().map_err(Error::from).map_err(failed)?;
            forget_unused(&mut open.vault).map_err(failed)?;
            open.save(self, bundles).map_err(Refused::of)?
        } else if self.queue.is_none()
            && bundles::is_behind(&self.terms, open.lock.location(), &mut open.vault).map_err(failed)?
        {
            // left so by a writer that was killed, or by a place that could not be reached
            if let Ok(Some(key)) = self.signing_key(&open.vault) {
                open.vault.sign_with(key);
            }
            open.deploy(self, Bundles { behind: true, ..bundles }).map_err(failed)?
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
        act: impl FnOnce(&mut Transaction<'_>) -> Result<T, K::Error>,
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
        self.refuse_in_queue("a deployment")?;
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
        let locked = self.lock()?;
        let key = self.keeper.key(&locked.sealed)?;
        Ok(self.open_locked(locked, key)?)
    }

    /// Takes the lock once more for a change that another writer has outpaced, with the keys of the first time.
    fn begin_with(&self, key: Rc<Key>, signing: Option<Rc<dyn SigningKey>>) -> Result<VaultWriter, K::Error> {
        let mut open = self.open_locked(self.lock()?, key)?;
        if let Some(signing) = signing {
            open.vault.sign_with(signing);
        }
        Ok(open)
    }

    /// Opens a vault that is locked, and judges it.
    fn open_locked(&self, locked: LockedFile, key: Rc<Key>) -> Result<VaultWriter, Error> {
        let LockedFile { lock, sealed, incoming } = locked;
        let open = || {
            // before the old file is opened, so that both scrypts run at a time
            let ahead = seal_ahead(&key)?;
            Ok::<_, vault::Error>((Vault::open(sealed, &key)?, ahead))
        };
        let (vault, ahead) = open()?;
        let vault = self.judged(lock.location(), vault, &key, VaultUse::Write, incoming.is_none())?.vault;
        check_no_bundle(&vault)?;
        if let Some(incoming) = incoming {
            incoming.keep(&lock).map_err(vault::Error::from)?;
        }
        self.settled(vault.settle_locked(&lock));
        Ok(VaultWriter { lock, key, vault, ahead, before: None })
    }
}

/// The reasons why a change was not made.
pub(super) enum Refused<E> {
    /// Another machine stored a generation meanwhile, so that the change can be made once more.
    Outpaced(Error),
    Other(E),
}

impl<E: From<Error>> Refused<E> {
    pub(super) fn of(error: Error) -> Self {
        match error {
            Error::Vault(vault::Error::File(FileError::Upload { reason: UploadError::Outpaced, .. })) => {
                Self::Outpaced(error)
            }
            error => Self::Other(error.into()),
        }
    }
}

/// Waits before another attempt: a little longer each time, and for another time than other machines do.
pub(super) fn pause(attempt: u32) {
    let most = 20_u64 << attempt.min(6);
    let part = random::uuid().map_or(0, |id| u64::from(id.as_bytes()[0]));
    thread::sleep(Duration::from_millis(most * part / 255));
}
