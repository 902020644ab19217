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
    /// True to mark the secrets that a removed recipient could read.
    pub marks: bool,
}

/// The result of a change of keys.
#[derive(Debug, Default)]
pub struct Rekeyed {
    /// The environments that the change was brought to.
    pub deployment: Deployment,
    /// The recipients that the vault had and has no more.
    pub removed: Vec<RosterMember>,
    /// The environments whose bundles a removed recipient still reads.
    pub environments: Vec<Environment>,
    /// The secrets that the removed recipients could read.
    pub exposure: ExposedSecrets,
}

impl KeyChange {
    /// Makes the change to keys that are no recipients.
    #[must_use]
    pub fn to_passphrase(lockset: Lockset) -> Self {
        Self { lockset, seen: None, members: Vec::new(), marks: true }
    }

    /// Returns the result that the change would have for a vault, and changes nothing.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn preview(&self, vault: &mut Vault) -> Result<Rekeyed, Error> {
        let mut result = Rekeyed::of(vault, &self.lockset)?;
        if result.shuts_out_reader() {
            result.exposure = vault.exposure()?;
        }
        Ok(result)
    }
}

impl Rekeyed {
    /// Finds the recipients that a vault loses with a lockset.
    fn of(vault: &mut Vault, lockset: &Lockset) -> Result<Self, Error> {
        let stays = |stored: &RosterMember| match lockset {
            Lockset::Recipients(recipients) => recipients.texts().any(|text| text == stored.recipient),
            Lockset::Passphrase(_) | Lockset::Held(_) => false,
        };
        let mut removed = vault.members()?;
        removed.retain(|stored| !stays(stored));
        let is_removed = |text: &String| removed.iter().any(|member| member.recipient == *text);
        let mut environments = vault.residents::<Environment>()?;
        environments.retain(|environment| environment.recipients.iter().any(is_removed));
        Ok(Self { removed, environments, ..Self::default() })
    }

    /// Returns true if a removed recipient could read the vault.
    fn shuts_out_reader(&self) -> bool {
        self.removed.iter().any(RosterMember::could_read)
    }
}

impl<K: Keeper> Store<K> {
    /// Changes the keys of the vault. Returns `None` and changes nothing if the recipients are not those of the
    /// decision any more.
    ///
    /// # Errors
    /// As [`Store::change`].
    pub fn rekey(&self, preview: Preview, change: &KeyChange) -> Result<Option<Rekeyed>, Error> {
        let Self { keeper, terms, .. } = self;
        terms.scope.check(Writes::WholeVault("rekey"))?;
        self.refuse_in_queue("a change of the keys")?;
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
        let mut result = Rekeyed::of(&mut vault, lockset)?;
        let had_recipients = matches!(*key, Key::Identities(_));
        // others know a passphrase that is replaced
        if !result.removed.is_empty() || !had_recipients {
            vault.renew_seal();
        }
        if result.shuts_out_reader() {
            if change.marks {
                vault.mark_exposed();
            } else {
                result.exposure = vault.exposure()?;
            }
        }
        vault.introduce(&change.members)?;
        // another name of a recipient is no reason to lose what can be undone
        let is_renamed =
            change.seen.is_some() && had_recipients && has_same_recipients(&stored, lockset, &result);
        let backup = if is_renamed { Backup::Leave } else { Backup::Supersede };
        let format = vault.format();
        trust.announce(location, &vault, &known);
        vault.save(&lock, lockset, sealer, backup, &terms.remember())?;
        self.tell_written(location, &vault, format, backup);
        trust.keep(location, &vault, known);
        if change.marks {
            result.exposure = vault.take_exposure();
        }
        result.deployment = bundles::write(keeper, terms, location, &mut vault, &key, Bundles::default())?;
        Ok(Some(result))
    }
}

/// Returns true if a lockset has the recipients that the vault had.
fn has_same_recipients(stored: &[RosterMember], lockset: &Lockset, result: &Rekeyed) -> bool {
    let is_as_many = matches!(lockset, Lockset::Recipients(all) if all.texts().count() == stored.len());
    is_as_many && result.removed.is_empty()
}
