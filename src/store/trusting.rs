//! A vault that is not the one that this machine knows, shown to the operator and accepted.

use std::rc::Rc;

use chrono::{DateTime, Utc};

use super::error::Error;
use super::keeper::Keeper;
use super::opening::Store;
use super::places::VaultSource;
use crate::vault::{self, Distrust, Key, KnownRecipients, Memory, Pins, Sealed, Vault};

/// A vault as it is, beside what this machine knows of it.
pub struct Unjudged {
    /// The vault.
    pub vault: Vault,
    /// The memory of this machine.
    pub memory: Memory,
    /// The reason why the vault is refused, if it is.
    pub distrust: Option<Distrust>,
    /// The recipients of the vault and of its bundles.
    pub recipients: KnownRecipients,
    source: VaultSource,
    pins: Pins,
    now: DateTime<Utc>,
}

impl<K: Keeper> Store<K> {
    /// Opens the vault without judging it by the memory of this machine, and without remembering it: a copy that is
    /// looked at beside another one. Its signature is verified like that of every vault.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_unjudged(&self) -> Result<(Vault, Rc<Key>), K::Error> {
        let source = self.source(self.path(), Error::at_vault)?;
        self.open(|| source.seal(), Vault::open)
    }

    /// Opens the vault without judging it. Returns `None` if this machine keeps no memory of vaults.
    ///
    /// # Errors
    /// As [`Store::read`]; fails also if the memory cannot be read.
    pub fn look_unjudged(&self) -> Result<Option<Unjudged>, K::Error> {
        let Some(pins) = self.terms.pins.clone().map(Pins::new) else { return Ok(None) };
        let source = self.source(self.path(), Error::at_vault)?;
        let (mut vault, _) = self.open(|| source.seal(), Vault::open)?;
        let mut look = || {
            let memory = pins.recall(&source.location, &vault)?;
            let recipients = vault.stored_recipients()?;
            Ok::<_, vault::Error>((memory, recipients))
        };
        let (memory, recipients) = look().map_err(Error::from)?;
        let distrust = memory.judge(&vault).err();
        let now = self.terms.now;
        Ok(Some(Unjudged { vault, memory, distrust, recipients, source, pins, now }))
    }
}

impl Unjudged {
    /// Returns true if the vault is the one that this machine knows, locked to recipients that it knows.
    #[must_use]
    pub fn is_known(&self) -> bool {
        let known = self.memory.pin.as_ref().and_then(vault::Pin::known);
        self.distrust.is_none() && known.is_none_or(|known| self.recipients.are_among(&known))
    }

    /// Returns the time when the file was written last, as the disk says.
    #[must_use]
    pub fn modified(&self) -> Option<DateTime<Utc>> {
        let location = &self.source.location;
        let times = location.times().ok()?;
        let (_, seconds) = times.into_iter().find(|(path, _)| path == location.path())?;
        DateTime::from_timestamp(seconds, 0)
    }

    /// Remembers the vault as it was shown. What takes its place from now on is judged by that.
    ///
    /// # Errors
    /// [`Error::Replaced`] if another file took its place since then; an error of the file or of the memory.
    pub fn accept(self) -> Result<(), Error> {
        let Self { mut vault, recipients, source, pins, now, .. } = self;
        if source.file_there().is_some() {
            let there = source.location.open().map_err(Error::at_vault)?;
            if !vault.is_in(&Sealed::inspect(there)?) {
                return Err(Error::Replaced);
            }
        }
        pins.accept(&source.location, &vault, recipients, now).map_err(vault::Error::from)?;
        source.keep(&mut vault);
        Ok(())
    }
}
