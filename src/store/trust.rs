//! Trust in the recipients of a vault: the roster check before a write, and what this machine remembers for it.

use chrono::{DateTime, Utc};

use super::error::Error;
use super::keeper::{Keeper, Notice};
use super::terms::Terms;
use crate::disk::{FileError, Location};
use crate::vault::{Key, KnownRecipients, Lockset, Pins, Vault};

/// The memory of this machine about a vault that is about to be written.
pub struct Trust<'a, K> {
    keeper: &'a K,
    pins: Option<Pins>,
    known: Option<KnownRecipients>,
    now: DateTime<Utc>,
    /// True if every recipient is accepted.
    accepts: bool,
}

impl<'a, K: Keeper> Trust<'a, K> {
    /// Looks up the vault at this place.
    pub fn of(keeper: &'a K, terms: &Terms, location: &Location, vault: &Vault) -> Self {
        let pins = terms.pins.clone().map(Pins::new);
        let mut trust = Self { keeper, pins, known: None, now: terms.now, accepts: terms.accept_recipients };
        match trust.pins.as_ref().map(|pins| pins.recall(location, vault)) {
            Some(Ok(memory)) => trust.known = memory.pin.and_then(|pin| pin.known()),
            Some(Err(error)) => trust.forget(&error),
            None => {}
        }
        trust
    }

    /// Keeps what is known of the vault, and remembers nothing more.
    pub fn without_memory(self) -> Self {
        Self { pins: None, ..self }
    }

    /// Checks the recipients to which a write is about to lock the vault and its bundles. The operator must
    /// be among them.
    ///
    /// # Errors
    /// [`crate::vault::RosterProblem`], or an error of reading the vault.
    pub fn check(&self, vault: &mut Vault, lockset: &Lockset, key: &Key) -> Result<(), Error> {
        self.check_roster(vault, lockset)?;
        if self.accepts {
            return Ok(());
        }
        Ok(Vault::check_opens(lockset, key, self.known.as_ref())?)
    }

    /// Checks that no recipient is a stranger. Where this machine has no memory of the vault, the operator is
    /// told instead of refused.
    ///
    /// # Errors
    /// As [`Trust::check`].
    pub fn check_roster(&self, vault: &mut Vault, lockset: &Lockset) -> Result<(), Error> {
        if self.accepts {
            return Ok(());
        }
        let strangers = vault.check_roster(lockset, self.known.as_ref())?;
        if !strangers.is_empty() {
            self.keeper.hear(Notice::FirstWrite(&strangers));
        }
        Ok(())
    }

    /// Checks the bundles alone, where the operator has named everybody who can open the vault, or where an
    /// earlier state takes the place of the current one.
    ///
    /// # Errors
    /// As [`Trust::check`].
    pub fn check_bundles(&self, vault: &mut Vault) -> Result<(), Error> {
        if self.accepts { Ok(()) } else { Ok(vault.check_bundles(self.known.as_ref())?) }
    }

    /// Remembers the recipients before the vault is locked to any that are new. If the write fails, the next one
    /// forgets them. Reports no failure: [`Trust::keep`] fails in the same way, and reports it.
    pub fn announce(&self, location: &Location, vault: &Vault, known: &KnownRecipients) {
        if self.known.as_ref().is_some_and(|before| known.are_among(before)) {
            return;
        }
        let announced = self.pins.as_ref().map(|pins| pins.announce(location, vault, known, self.now));
        drop(announced);
    }

    /// Remembers the vault and its recipients, once it is locked to them. A failure to remember is no failure
    /// of the change.
    pub fn keep(mut self, location: &Location, vault: &Vault, known: KnownRecipients) {
        let now = self.now;
        if let Some(Err(error)) = self.pins.as_ref().map(|pins| pins.keep(location, vault, known, now)) {
            self.forget(&error);
        }
    }

    /// Remembers a new vault, whatever was at its place before.
    pub fn keep_new(mut self, location: &Location, vault: &Vault, known: KnownRecipients) {
        let now = self.now;
        if let Some(Err(error)) = self.pins.as_ref().map(|pins| pins.accept(location, vault, known, now)) {
            self.forget(&error);
        }
    }

    /// Goes on without a memory, and says so once.
    fn forget(&mut self, error: &FileError) {
        self.pins = None;
        self.keeper.hear(Notice::NoMemory(error));
    }
}
