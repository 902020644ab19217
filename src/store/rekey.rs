//! Locking a vault to other keys.

use super::bundles::{self, Bundles, Deployment};
use super::error::Error;
use super::keeper::{Keeper, Notice};
use super::opening::Store;
use super::preview::Preview;
use super::scope::Writes;
use super::trust::Trust;
use super::writer::VaultWriter;
use crate::disk::Backup;
use crate::vault::{Lockset, Remember, Sealer};

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
        let trust = Trust::of(keeper, terms, location, vault.id());
        // without a roster the operator named everybody just now, and only bundles are left to check
        match roster {
            Some(_) => trust.check_roster(&mut vault, lockset)?,
            None => trust.check_bundles(&mut vault)?,
        }
        let known = vault.known(lockset)?;
        let sealer = Sealer::new(lockset)?;
        self.tell_other_name(&lock);
        vault.save(&lock, lockset, sealer, Backup::Supersede, &Remember::nothing())?;
        keeper.hear(Notice::Written { generation: vault.generation(), path: location.path() });
        trust.keep(location, vault.id(), known);
        bundles::write(keeper, terms, location, &mut vault, &key, Bundles::default()).map(Some)
    }
}
