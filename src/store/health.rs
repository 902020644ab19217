//! The health of a vault: problems of the files around it, and of what the vault itself says. Reads only, asks
//! nobody, and runs no plugin.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};

use super::error::Error;
use super::terms::Terms;
use crate::disk::{BlobFolder, FileError, Leftover, Location, Loose};
use crate::vault::{
    self, BackupDistrust, Environment, Key, KnownRecipients, Lockset, OpenConflict, Pins, Plugins, Reach,
    Recipients, RosterProblem, Sealed, Strangers, Vault,
};

/// The time by which the clocks of two machines may differ.
const DRIFT: TimeDelta = TimeDelta::minutes(5);

/// A problem of a vault, or of a file that belongs to it.
#[derive(Debug)]
#[non_exhaustive]
pub enum HealthProblem {
    /// A file or folder that others may change.
    Loose(Loose),
    /// A file that a killed writer left.
    Leftover(Leftover),
    /// A backup that nothing can be taken back from.
    Backup(BackupProblem),
    /// A file that was changed in the future.
    FutureFile {
        /// The path of the file.
        path: PathBuf,
        /// The time of its last change.
        at: DateTime<Utc>,
    },
    /// A credential that was changed in the future.
    FutureChange {
        /// The id of the credential.
        id: String,
        /// The time of its last change.
        at: DateTime<Utc>,
    },
    /// A recipient to whom no write can lock the vault.
    Recipient {
        /// The recipient, as the vault names it.
        text: String,
        /// The reason.
        error: vault::Error,
    },
    /// A list of recipients that the next write refuses.
    Roster(RosterProblem),
    /// Recipients of a vault of which this machine has no memory.
    Unknown(Strangers),
    /// A memory of vaults that cannot be used.
    Memory(FileError),
    /// Credentials that need a new secret, because a removed recipient could read the old one.
    Rotation {
        /// The number of those that the caller sees.
        count: u64,
    },
    /// Conflicts that a merge has left open.
    Conflicts {
        /// Their number.
        count: usize,
    },
    /// A bundle that was not made from the vault as it is.
    Bundle(Environment, Reach),
    /// A blob that the vault names and that is not there.
    MissingBlob {
        /// The path where the file should be.
        path: PathBuf,
    },
    /// A blob that no generation of the vault names.
    StrayBlob {
        /// The path of the file.
        path: PathBuf,
    },
}

/// The problems of the generation before.
#[derive(Debug)]
#[non_exhaustive]
pub enum BackupProblem {
    /// A backup that cannot be read, or that is no vault.
    Unreadable(vault::Error),
    /// A backup that the key of the vault does not open.
    OtherKey,
    /// The backup of another vault.
    OtherVault,
    /// A backup that is not older than the vault.
    NotOlder,
    /// A backup that the vault does not follow from.
    Distrusted(BackupDistrust),
}

impl HealthProblem {
    /// Finds the problems of the files around a vault. The vault stays closed.
    #[must_use]
    pub fn around(location: &Location, now: DateTime<Utc>) -> Vec<Self> {
        let mut found = Vec::new();
        if let Ok(vault) = location.open() {
            found.extend(location.loose(&vault).map(Self::Loose));
        }
        found.extend(location.loose_companions().into_iter().map(Self::Loose));
        // a folder that cannot be listed hides nothing that could be mended
        found.extend(location.leftovers().unwrap_or_default().into_iter().map(Self::Leftover));
        if let Err(error) = sealed_backup(location) {
            found.push(Self::Backup(BackupProblem::Unreadable(error)));
        }
        for (path, seconds) in location.times().unwrap_or_default() {
            if let Some(at) = DateTime::from_timestamp(seconds, 0).filter(|at| is_future(*at, now)) {
                found.push(Self::FutureFile { path, at });
            }
        }
        found
    }

    /// Finds the problems of an open vault, and of the backup that the same key opens.
    ///
    /// # Errors
    /// Fails if the vault cannot be read.
    pub fn inside(
        location: &Location,
        vault: &mut Vault,
        key: &Key,
        terms: &Terms,
        plugins: &Plugins,
    ) -> Result<Vec<Self>, Error> {
        let mut found = Vec::new();
        found.extend(backup(location, vault, key).map(Self::Backup));
        found.extend(last_change(vault, terms.now)?);
        found.extend(blobs(location, vault)?);
        let known = memory(location, vault, terms, &mut found);
        // a bundle is never written again, except from its vault
        if vault.bundle_of().is_some() {
            return Ok(found);
        }
        // a broken memory knows no recipients, which is no second problem
        let is_broken = found.iter().any(|problem| matches!(problem, Self::Memory(_)));
        let of_recipients = recipients(vault, key, known.as_ref(), plugins)?.into_iter();
        found.extend(of_recipients.filter(|problem| !is_broken || !matches!(problem, Self::Unknown(_))));
        found.extend(rotation(vault, terms)?);
        let count = vault.residents::<OpenConflict>()?.len();
        found.extend((count > 0).then_some(Self::Conflicts { count }));
        for environment in vault.residents::<Environment>()? {
            match vault.reach(location, &environment, &|name| terms.fetch(name)) {
                Reach::Current => {}
                reach => found.push(Self::Bundle(environment, reach)),
            }
        }
        Ok(found)
    }
}

/// Compares the list of blobs with the files that are there. Skips the draft of a writer that is at work.
fn blobs(location: &Location, vault: &mut Vault) -> Result<Vec<HealthProblem>, Error> {
    let listed = vault.listed_blobs()?;
    let folder = location.blobs().map_err(vault::Error::from)?;
    let files = folder.as_ref().map_or(Ok(Vec::new()), BlobFolder::files).map_err(vault::Error::from)?;
    let mut found = Vec::new();
    // the engine has those of a vault at an address, and is not asked
    let is_here = location.upload().is_none();
    for (id, _) in listed
        .iter()
        .filter(|(id, is_named)| is_here && *is_named && !files.iter().any(|file| file.id == *id))
    {
        found.push(HealthProblem::MissingBlob { path: location.blob_path(*id) });
    }
    for file in files.into_iter().filter(|file| !listed.iter().any(|(id, _)| *id == file.id)) {
        found.push(match (&folder, file.is_draft) {
            (Some(folder), true) if folder.is_left(file.id) => {
                HealthProblem::Leftover(Leftover::Draft { path: file.path })
            }
            (_, true) => continue,
            (_, false) => HealthProblem::StrayBlob { path: file.path },
        });
    }
    Ok(found)
}

fn is_future(at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    at - now > DRIFT
}

/// Opens the backup and looks at its header; `None` if there is no backup.
fn sealed_backup(location: &Location) -> Result<Option<Sealed>, vault::Error> {
    match location.open_backup() {
        Err(FileError::NotFound { .. }) => Ok(None),
        file => Sealed::inspect(file?).map(Some),
    }
}

fn backup(location: &Location, vault: &Vault, key: &Key) -> Option<BackupProblem> {
    // one that cannot be looked at is a problem around the vault
    let sealed = sealed_backup(location).ok()??;
    match Vault::open(sealed, key) {
        Ok(before) if before.id() != vault.id() => Some(BackupProblem::OtherVault),
        Ok(before) if before.generation() >= vault.generation() => Some(BackupProblem::NotOlder),
        Ok(before) => vault.lineage().judge_earlier(&before.lineage()).err().map(BackupProblem::Distrusted),
        // after a change of keys it stays until the vault was opened
        Err(vault::Error::Locked(_)) => (!vault.is_superseding()).then_some(BackupProblem::OtherKey),
        Err(error) => Some(BackupProblem::Unreadable(error)),
    }
}

/// Finds the credential that was changed last, if that was in the future.
fn last_change(vault: &mut Vault, now: DateTime<Utc>) -> Result<Option<HealthProblem>, Error> {
    let mut last: Option<(DateTime<Utc>, String)> = None;
    vault.heads(|head| {
        let at = head.stamp.updated_at;
        if is_future(at, now) && last.as_ref().is_none_or(|(latest, _)| at > *latest) {
            last = Some((at, head.id));
        }
    })?;
    Ok(last.map(|(at, id)| HealthProblem::FutureChange { id, at }))
}

/// Counts the credentials that need a new secret.
fn rotation(vault: &mut Vault, terms: &Terms) -> Result<Option<HealthProblem>, Error> {
    let mut count = 0;
    vault.marked_heads(|head| count += u64::from(terms.scope.sees(head)))?;
    Ok((count > 0).then_some(HealthProblem::Rotation { count }))
}

/// Returns the recipients that this machine knows, and adds the problem of a memory that cannot be read or written.
fn memory(
    location: &Location,
    vault: &Vault,
    terms: &Terms,
    found: &mut Vec<HealthProblem>,
) -> Option<KnownRecipients> {
    let pins = Pins::new(terms.pins.clone()?);
    match pins.recall(location, vault) {
        Ok(memory) => {
            // where nothing can be kept, an older copy is not noticed
            let kept = pins.see(location, vault, &memory, terms.now).and_then(|()| pins.check());
            found.extend(kept.err().map(HealthProblem::Memory));
            memory.pin.as_ref().and_then(vault::Pin::known)
        }
        Err(error) => {
            found.push(HealthProblem::Memory(error));
            None
        }
    }
}

/// Finds the problems that the next write would have with the recipients.
fn recipients(
    vault: &mut Vault,
    key: &Key,
    known: Option<&KnownRecipients>,
    plugins: &Plugins,
) -> Result<Vec<HealthProblem>, Error> {
    let mut found = Vec::new();
    let roster = vault.recipients()?;
    for text in &roster {
        if let Err(error) = Recipients::parse([text], plugins) {
            found.push(HealthProblem::Recipient { text: text.clone(), error });
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    // a vault with a passphrase has none, and only the recipients of its bundles are left to check
    let lockset = Lockset::Recipients(Recipients::parse(&roster, plugins)?);
    let has_memory = known.is_some();
    match vault.check_roster(&lockset, known) {
        Ok(strangers) if !has_memory && !strangers.is_empty() => {
            found.push(HealthProblem::Unknown(strangers));
        }
        Ok(_) => {}
        Err(vault::Error::Roster(problem)) => found.push(HealthProblem::Roster(problem)),
        Err(error) => return Err(error.into()),
    }
    found.extend(locked_out(&roster, key, known)?.map(HealthProblem::Roster));
    Ok(found)
}

/// Returns the problem of a roster that has no recipient of the key.
fn locked_out(
    roster: &[String],
    key: &Key,
    known: Option<&KnownRecipients>,
) -> Result<Option<RosterProblem>, Error> {
    // recipients of plugins are left out, because the check would run the plugins
    let is_plain = |text: &&String| Recipients::parse([text], &Plugins::default()).is_ok();
    let plain: Vec<&String> = roster.iter().filter(is_plain).collect();
    let Key::Identities(identities) = key else { return Ok(None) };
    if plain.is_empty() || identities.need_plugins() {
        return Ok(None);
    }
    let lockset = Lockset::Recipients(Recipients::parse(plain, &Plugins::default())?);
    match Vault::check_opens(&lockset, key, known) {
        Ok(()) => Ok(None),
        Err(vault::Error::Roster(RosterProblem::LocksOut { .. })) => {
            Ok(Some(RosterProblem::LocksOut { recipients: roster.join(", ") }))
        }
        Err(error) => Err(error.into()),
    }
}
