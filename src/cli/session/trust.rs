//! Whom a write may lock the vault to: the roster check, and what this machine remembers for it.

use credctl::disk::{FileError, Location};
use credctl::vault::{Key, Known, Lockset, Pins, Vault};
use uuid::Uuid;

use crate::cli::context::Context;
use crate::cli::error::Error;

/// What this machine knows of a vault that is about to be written.
pub struct Trust {
    pins: Option<Pins>,
    known: Option<Known>,
}

impl Trust {
    /// Looks up the vault of this id at this place.
    pub fn of(context: &Context, location: &Location, vault: Uuid) -> Self {
        let pins = context.state.as_ref().map(|folder| Pins::new(folder.join("pins")));
        let mut trust = Self { pins, known: None };
        match trust.pins.as_ref().map(|pins| pins.known(location, vault)) {
            Some(Ok(known)) => trust.known = known,
            Some(Err(error)) => trust.forget(context, &error),
            None => {}
        }
        trust
    }

    /// Checks whom a write is about to lock the vault and its bundles to, and that the operator is among them.
    pub fn check(
        &self,
        context: &Context,
        vault: &mut Vault,
        lockset: &Lockset,
        key: &Key,
    ) -> Result<(), Error> {
        self.check_roster(context, vault, lockset)?;
        if context.accept_recipients {
            return Ok(());
        }
        Ok(Vault::check_opens(lockset, key, self.known.as_ref())?)
    }

    /// Checks that none of them is a stranger. Where this machine has no memory of the vault, the operator is
    /// told instead of refused.
    pub fn check_roster(&self, context: &Context, vault: &mut Vault, lockset: &Lockset) -> Result<(), Error> {
        if context.accept_recipients {
            return Ok(());
        }
        let strangers = vault.check_roster(lockset, self.known.as_ref())?;
        if !strangers.is_empty() {
            context.say(&format!(
                "warning: this machine writes this vault for the first time, and these can read it: {strangers}"
            ));
        }
        Ok(())
    }

    /// Checks the bundles alone, where the operator has named everybody who can open the vault, or where an
    /// earlier state takes the place of the current one.
    pub fn check_bundles(&self, context: &Context, vault: &mut Vault) -> Result<(), Error> {
        if context.accept_recipients { Ok(()) } else { Ok(vault.check_bundles(self.known.as_ref())?) }
    }

    /// Remembers whom the vault is locked to, once it is. Failing to is no reason to fail.
    pub fn keep(mut self, context: &Context, location: &Location, vault: Uuid, known: Known) {
        if let Some(Err(error)) = self.pins.as_ref().map(|pins| pins.keep(location, vault, known)) {
            self.forget(context, &error);
        }
    }

    /// Goes on without a memory, and says so once.
    fn forget(&mut self, context: &Context, error: &FileError) {
        self.pins = None;
        context.notice(&format!("this machine cannot remember the recipients of the vault: {error}"));
    }
}
