//! A vault that is read before it is locked, so that nobody has to wait while the operator is asked about it.

use std::fs::File;

use credctl::disk::Location;
use credctl::vault::{self, Key, Lockset, Sealed, Sealer, Vault};

use super::{
    Open, administrator, locate, no_bundle, no_vault, seal_ahead, settled, tell_generation, tell_loose,
};
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{harden, unlock};

/// A vault that was read to be changed later.
pub struct Seen {
    /// As it was then.
    pub vault: Vault,
    pub key: Key,
    location: Location,
    file: File,
    /// As in [`Open`].
    ahead: Option<(Sealer, Lockset)>,
}

/// Reads the vault to ask about it.
pub fn see(context: &Context) -> Result<Seen, Error> {
    let seen = open(context, seal_ahead)?;
    seen.settle(context);
    Ok(seen)
}

/// The same to change what it is locked to: the backup stays until that is decided.
pub fn look(context: &Context) -> Result<Seen, Error> {
    open(context, |_| Ok(None))
}

fn open(
    context: &Context,
    ahead: impl Fn(&Key) -> Result<Option<(Sealer, Lockset)>, vault::Error>,
) -> Result<Seen, Error> {
    administrator(context)?;
    let location = locate(context)?;
    let file = location.open().map_err(no_vault)?;
    tell_loose(context, &location, &file);
    let seal = || Ok(Sealed::inspect(file.try_clone().map_err(vault::Error::Read)?)?);
    let open = |sealed, key: &Key| Ok((ahead(key)?, Vault::open(sealed, key)?));
    let ((ahead, vault), key) = unlock::open(context, seal, open)?;
    tell_generation(context, &location, &vault);
    no_bundle(&vault)?;
    Ok(Seen { vault, key, location, file, ahead })
}

impl Seen {
    /// Removes a backup that must go now that the vault was opened.
    pub fn settle(&self, context: &Context) {
        settled(context, self.vault.settle(&self.location));
    }

    /// The recipients of the generation before, as far as it is there and the same key opens it.
    pub fn former_recipients(&self) -> Vec<String> {
        let open = || {
            let sealed = Sealed::inspect(self.location.open_backup()?)?;
            let mut before = Vault::open(sealed, &self.key)?;
            if before.id() == self.vault.id() { before.recipients() } else { Ok(Vec::new()) }
        };
        open().unwrap_or_default()
    }

    /// Takes the lock. What was changed meanwhile is read again.
    pub(super) fn lock(self, context: &Context) -> Result<Open, Error> {
        harden::writes();
        let (lock, sealed) = super::lock(context)?;
        let Self { mut vault, key, file, ahead, .. } = self;
        if !lock.location().is_current(&file).map_err(vault::Error::from)? {
            vault = Vault::open(sealed, &key)?;
            no_bundle(&vault)?;
        }
        settled(context, vault.settle_locked(&lock));
        Ok(Open { lock, key, vault, ahead, before: None })
    }
}
