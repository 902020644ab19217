//! Locking a vault to other keys.

use super::bundles::{self, Bundles, Deployment};
use super::error::Error;
use super::keeper::Keeper;
use super::opening::Store;
use super::preview::Preview;
use super::scope::Writes;
use super::trust::Trust;
use super::writer::VaultWriter;
use crate::disk::Backup;
use crate::vault::{Key, Lockset, Sealer, Vault};

impl<K: Keeper> Store<K> {
    /// Locks the vault to something else. Does nothing and returns `None` if that follows from a roster which
    /// was changed meanwhile.
    ///
    /// # Errors
    /// As [`Store::change`].
    pub fn rekey(
        &self,
        preview: Preview,
        lockset: &Lockset,
        roster: Option<&[String]>,
    ) -> Result<Option<Deployment>, Error> {
        let Self { keeper, terms, .. } = self;
        terms.scope.check(Writes::WholeVault("rekey"))?;
        let VaultWriter { lock, key, mut vault, .. } = preview.lock(self)?;
        if let Some(roster) = roster
            && vault.recipients()? != roster
        {
            return Ok(None);
        }
        let location = lock.location();
        let trust = Trust::of(keeper, terms, location, &vault);
        // without a roster the operator named everybody just now, and only bundles are left to check
        match roster {
            Some(_) => trust.check_roster(&mut vault, lockset)?,
            None => trust.check_bundles(&mut vault)?,
        }
        let known = vault.known(lockset)?;
        let sealer = Sealer::new(lockset)?;
        self.tell_other_name(&lock);
        if shuts_out(&mut vault, &key, lockset)? {
            vault.renew_seal();
        }
        let format = vault.format();
        vault.save(&lock, lockset, sealer, Backup::Supersede, &terms.remember())?;
        self.tell_written(location, &vault, format, Backup::Supersede);
        trust.keep(location, &vault, known);
        bundles::write(keeper, terms, location, &mut vault, &key, Bundles::default()).map(Some)
    }
}

/// Returns true if somebody who can open the vault with `key` can no longer do so with the new lockset: a passphrase
/// that is replaced is known to others, and so is the vault to a recipient that is removed.
fn shuts_out(vault: &mut Vault, key: &Key, lockset: &Lockset) -> Result<bool, Error> {
    match (key, lockset) {
        (Key::Identities(_), Lockset::Recipients(recipients)) => {
            let stays = |stored: &String| recipients.texts().any(|text| text == stored);
            Ok(!vault.recipients()?.iter().all(stays))
        }
        _ => Ok(true),
    }
}
