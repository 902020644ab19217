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
use crate::vault::{Environment, ExposedSecrets, Key, Lockset, RosterMember, Sealer, Vault};

/// A change of the keys of a vault.
#[derive(Debug)]
pub struct KeyChange {
    /// The keys that the vault is locked to.
    pub lockset: Lockset,
    /// The recipients that the vault had when the change was decided; none if the change does not depend on them.
    pub seen: Option<Vec<RosterMember>>,
    /// The recipients after the change, as far as their names are known.
    pub members: Vec<RosterMember>,
    /// The recipients that are removed.
    pub removed: Vec<RosterMember>,
    /// True to mark the secrets that a removed recipient could read.
    pub marks: bool,
}

/// The result of a change of keys.
#[derive(Debug, Default)]
pub struct Rekeyed {
    /// The environments that the change was brought to.
    pub deployment: Deployment,
    /// The secrets that were marked, if a recipient was removed.
    pub exposure: ExposedSecrets,
}

impl KeyChange {
    /// Makes the change to keys that are no recipients.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn to_passphrase(preview: &mut Preview, lockset: Lockset) -> Result<Self, Error> {
        let removed = preview.vault.members()?;
        Ok(Self { lockset, seen: None, members: Vec::new(), removed, marks: true })
    }

    /// Returns the secrets that the removed recipients can read.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn exposure(&self, vault: &mut Vault) -> Result<ExposedSecrets, Error> {
        if self.removed.iter().any(RosterMember::could_read) {
            Ok(vault.exposure()?)
        } else {
            Ok(ExposedSecrets::default())
        }
    }

    /// Returns the environments whose bundles a removed recipient still reads.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn still_read(&self, vault: &mut Vault) -> Result<Vec<Environment>, Error> {
        let is_removed = |text: &String| self.removed.iter().any(|member| member.recipient == *text);
        let mut environments = vault.residents::<Environment>()?;
        environments.retain(|environment| environment.recipients.iter().any(is_removed));
        Ok(environments)
    }
}

impl<K: Keeper> Store<K> {
    /// Changes the keys of the vault. Does nothing and returns `None` if that follows from recipients which were
    /// changed meanwhile.
    ///
    /// # Errors
    /// As [`Store::change`].
    pub fn rekey(&self, preview: Preview, change: &KeyChange) -> Result<Option<Rekeyed>, Error> {
        let Self { keeper, terms, .. } = self;
        terms.scope.check(Writes::WholeVault("rekey"))?;
        let VaultWriter { lock, key, mut vault, .. } = preview.lock(self)?;
        let stored = vault.members()?;
        if change.seen.as_ref().is_some_and(|seen| *seen != stored) {
            return Ok(None);
        }
        let lockset = &change.lockset;
        let location = lock.location();
        let trust = Trust::of(keeper, terms, location, &vault);
        // without them the operator named everybody just now, and only bundles are left to check
        match &change.seen {
            Some(_) => trust.check_roster(&mut vault, lockset)?,
            None => trust.check_bundles(&mut vault)?,
        }
        let known = vault.known(lockset)?;
        let sealer = Sealer::new(lockset)?;
        self.tell_other_name(&lock);
        let keys = KeysAfter::of(&stored, &key, lockset);
        if keys.shut_out {
            vault.renew_seal();
        }
        if keys.shut_out_reader && change.marks {
            vault.mark_exposed();
        }
        vault.introduce(&change.members)?;
        // another name of a recipient is no reason to lose what can be undone
        let is_renamed = keys.are_same && change.seen.is_some();
        let backup = if is_renamed { Backup::Leave } else { Backup::Supersede };
        let format = vault.format();
        vault.save(&lock, lockset, sealer, backup, &terms.remember())?;
        self.tell_written(location, &vault, format, backup);
        trust.keep(location, &vault, known);
        let exposure = vault.take_exposure();
        let deployment = bundles::write(keeper, terms, location, &mut vault, &key, Bundles::default())?;
        Ok(Some(Rekeyed { deployment, exposure }))
    }
}

/// The keys of a vault after a change, compared with those before.
struct KeysAfter {
    /// True if the keys are those that the vault had.
    are_same: bool,
    /// True if a recipient is removed that could read the vault.
    shut_out_reader: bool,
    /// True if somebody who can open the vault no longer can: a passphrase that is replaced is known to others, and
    /// so is the vault to a recipient that is removed.
    shut_out: bool,
}

impl KeysAfter {
    fn of(stored: &[RosterMember], key: &Key, lockset: &Lockset) -> Self {
        let stays = |stored: &RosterMember| match lockset {
            Lockset::Recipients(recipients) => recipients.texts().any(|text| text == stored.recipient),
            Lockset::Passphrase(_) | Lockset::Held(_) => false,
        };
        let removed: Vec<_> = stored.iter().filter(|stored| !stays(stored)).collect();
        let had_recipients = matches!(key, Key::Identities(_));
        let is_as_many = matches!(lockset, Lockset::Recipients(all) if all.texts().count() == stored.len());
        Self {
            are_same: had_recipients && is_as_many && removed.is_empty(),
            shut_out_reader: removed.iter().any(|removed| removed.could_read()),
            shut_out: !removed.is_empty() || !had_recipients,
        }
    }
}
