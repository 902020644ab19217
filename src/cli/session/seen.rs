//! A vault that is read before it is locked, so that nobody has to wait while the operator is asked about it.

use std::fs::File;

use credctl::vault::{self, Key, Lockset, Sealed, Sealer, Vault};

use super::{Open, administrator, locate, no_bundle, no_vault, seal_ahead, unseal};
use crate::cli::context::Context;
use crate::cli::error::Error;
use crate::cli::{harden, unlock};

/// A vault that was read to be changed later.
pub struct Seen {
    /// As it was then.
    pub vault: Vault,
    key: Key,
    file: File,
    /// As in [`Open`].
    ahead: Option<(Sealer, Lockset)>,
}

/// Reads the vault to ask about it.
pub fn see(context: &Context) -> Result<Seen, Error> {
    administrator(context)?;
    let location = locate(context)?;
    let file = location.open().map_err(no_vault)?;
    let sealed = Sealed::inspect(file.try_clone().map_err(vault::Error::Read)?)?;
    let key = unlock::key(context, &sealed)?;
    let ahead = seal_ahead(&key)?;
    let vault = unseal(context, &location, sealed, &key)?;
    no_bundle(&vault)?;
    Ok(Seen { vault, key, file, ahead })
}

impl Seen {
    /// Takes the lock. What was changed meanwhile is read again.
    pub(super) fn lock(self, context: &Context) -> Result<Open, Error> {
        harden::writes();
        let (lock, sealed) = super::lock(context)?;
        let Self { mut vault, key, file, ahead } = self;
        if !lock.location().is_current(&file).map_err(vault::Error::from)? {
            vault = Vault::open(sealed, &key)?;
            no_bundle(&vault)?;
        }
        Ok(Open { lock, key, vault, ahead, before: None })
    }
}
