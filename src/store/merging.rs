//! The merge of two branches of a vault: opening and judging both, and saving the result.

use std::path::Path;
use std::rc::Rc;

use uuid::Uuid;

use super::bundles::{Bundles, Deployment};
use super::change::Outcome;
use super::error::Error;
use super::judging::VaultUse;
use super::keeper::{Keeper, Notice};
use super::opening::{Ahead, Store, seal_ahead};
use super::preview::Preview;
use super::scope::Writes;
use super::trust::Trust;
use super::writer::VaultWriter;
use crate::disk::Location;
use crate::random;
use crate::vault::{
    self, Distrust, Key, Lockset, MergeBase, MergeRefusal, MergeReport, Pins, Recipients, Sealed, Sealer,
    Vault,
};

/// A side of a merge that was opened and judged.
pub(super) struct Branch {
    pub vault: Vault,
    pub key: Rc<Key>,
    pub location: Location,
    /// The reason why it is not the vault that this machine knows, if it is not.
    distrust: Option<Distrust>,
}

/// The sides of a merge into the vault of the store.
struct MergeSides {
    preview: Preview,
    place: Location,
    theirs: Branch,
    base: Option<Vault>,
}

impl<K: Keeper> Store<K> {
    /// Merges another branch of the vault into it, and saves the result as a generation that follows both. `base` is
    /// the file that both come from; without it, the backups of both sides are looked at. A merge of what is part of
    /// the vault already changes nothing.
    ///
    /// # Errors
    /// [`MergeRefusal`]; [`Distrust`] of either side; as [`Store::change`].
    pub fn merge(
        &self,
        theirs: &Path,
        base: Option<&Path>,
        dry_run: bool,
    ) -> Result<Outcome<MergeReport>, K::Error> {
        self.terms.scope.check(Writes::WholeVault("merge"))?;
        self.refuse_in_queue("`merge`")?;
        random::check().map_err(|error| Error::from(vault::Error::from(error)))?;
        if dry_run {
            let sides = self.open_sides(theirs, base, |_| Ok(None))?;
            let (mut vault, mut theirs) = (sides.preview.vault, sides.theirs);
            let mut base =
                sides.base.or_else(|| backup_base(&sides.place, &sides.preview.key, &vault, &theirs));
            let base = base.as_mut().map_or(MergeBase::None, MergeBase::File);
            let answer = vault.merge(&mut theirs.vault, base, &self.terms.remember()).map_err(Error::from)?;
            return Ok(Outcome { answer, deployment: Deployment::default() });
        }
        let (open, answer) = self.open_merged(theirs, base)?;
        let deployment =
            if answer.is_changed { open.save(self, Bundles::default())? } else { Deployment::default() };
        Ok(Outcome { answer, deployment })
    }

    /// Merges another branch of the vault into it, under its lock, and leaves it to the caller to save the result if it
    /// is changed.
    pub(super) fn open_merged(
        &self,
        theirs: &Path,
        base: Option<&Path>,
    ) -> Result<(VaultWriter, MergeReport), K::Error> {
        let MergeSides { preview, place, mut theirs, base } = self.open_sides(theirs, base, seal_ahead)?;
        let (mut open, distrust) = preview.lock_for(self, VaultUse::Merge)?;
        // one of the two must lead to what this machine has seen last, or an older copy would take its place
        if let (Some(distrust), Some(_)) = (distrust, theirs.distrust) {
            return Err(Error::from(vault::Error::from(distrust)).into());
        }
        let mut base = base.or_else(|| backup_base(&place, &open.key, &open.vault, &theirs));
        let base = base.as_mut().map_or(MergeBase::None, MergeBase::File);
        let merged = open.vault.merge(&mut theirs.vault, base, &self.terms.remember());
        let mut report = merged.map_err(Error::from)?;
        if !report.is_changed {
            return Ok((open, report));
        }
        self.prepare_merge_to_sign(&mut open.vault)?;
        self.take_key(&mut open, &mut theirs)?;
        let mut wanted = named_blobs(&mut theirs.vault)?;
        if open.lock.location().upload().is_some() {
            // the engine has those of our side
            let own = named_blobs(&mut open.vault)?;
            wanted.retain(|id| !own.contains(id));
        }
        bring_blobs(&wanted, &theirs.location, open.lock.location(), &mut report)?;
        report.generation = Some(open.vault.generation() + 1);
        Ok((open, report))
    }

    /// Opens and judges both sides of a merge, and the file that they come from.
    fn open_sides(
        &self,
        theirs: &Path,
        base: Option<&Path>,
        ahead: impl Fn(&Key) -> Result<Ahead, vault::Error>,
    ) -> Result<MergeSides, K::Error> {
        let preview = self.look(VaultUse::Merge, ahead)?;
        let place = self.location()?;
        let id = preview.vault.id();
        let theirs = self.branch(theirs, &place, &preview.key, id)?;
        let base = base.map(|base| self.branch(base, &place, &preview.key, id)).transpose()?;
        Ok(MergeSides { preview, place, theirs, base: base.map(|base| base.vault) })
    }

    /// Opens a file of the vault with a key that opens another one, or with that of the keeper.
    pub(super) fn open_file(&self, path: &Path, key: Option<&Rc<Key>>) -> Result<(Vault, Rc<Key>), K::Error> {
        let source = self.source(path, |error| vault::Error::from(error).into())?;
        let seal = || source.seal();
        if let Some(key) = key {
            match Vault::open(seal()?, key) {
                Err(vault::Error::Locked(_)) => {}
                opened => return Ok((opened.map_err(Error::from)?, Rc::clone(key))),
            }
        }
        self.open(seal, Vault::open)
    }

    /// Opens a side of the merge, and judges it as a generation of the vault at `place`.
    pub(super) fn branch(
        &self,
        path: &Path,
        place: &Location,
        key: &Rc<Key>,
        id: Uuid,
    ) -> Result<Branch, K::Error> {
        let (vault, key) = self.open_file(path, Some(key))?;
        // before its judgement, which would speak of another vault at our place
        if vault.id() != id {
            let refusal = MergeRefusal::OtherVault { ours: id, theirs: vault.id() };
            return Err(Error::from(vault::Error::from(refusal)).into());
        }
        let distrust = self.judge_branch(place, &vault)?;
        let location = self.terms.locate(path).map_err(vault::Error::from).map_err(Error::from)?;
        Ok(Branch { vault, key, location, distrust })
    }

    /// Judges a file as a generation of the vault at `place`, on whatever branch. Returns the reason why it is not the
    /// one that this machine knows, if it is not.
    pub(super) fn judge_branch(&self, place: &Location, vault: &Vault) -> Result<Option<Distrust>, Error> {
        let Some(pins) = self.terms.pins.clone().map(Pins::new) else { return Ok(None) };
        // a missing memory refuses nothing
        let Ok(memory) = pins.recall(place, vault) else { return Ok(None) };
        let Err(distrust) = memory.judge(vault) else { return Ok(None) };
        match memory.judge_branch(vault) {
            Ok(()) => {}
            Err(foreign) if self.terms.accept_older => self.keeper.hear(Notice::Distrusted(&foreign)),
            Err(foreign) => return Err(vault::Error::from(foreign).into()),
        }
        Ok(Some(distrust))
    }

    /// Gives the result the key of one of its signers, if it is signed.
    pub(super) fn prepare_merge_to_sign(&self, vault: &mut Vault) -> Result<(), K::Error> {
        let mut signers = vault.pending_signers();
        if signers.is_empty() {
            // the signer who turns signatures off is one of the signers before
            signers = vault.signers().to_vec();
        }
        if signers.is_empty() {
            return Ok(());
        }
        match self.keeper.signing_key(&signers)? {
            Some(key) => vault.sign_with(key),
            None => {
                let signers = signers.into_iter().map(|signer| signer.name).collect();
                return Err(Error::from(vault::Error::NotASigner { signers }).into());
            }
        }
        Ok(())
    }

    /// Locks the result to the recipients, or with the passphrase, that it is to have.
    fn take_key(&self, open: &mut VaultWriter, theirs: &mut Branch) -> Result<(), Error> {
        let takes_theirs = open.vault.takes_their_key();
        if takes_theirs {
            open.key = Rc::clone(&theirs.key);
        }
        let lockset = match open.ahead.take().filter(|_| !takes_theirs) {
            // begun while the vault was opened
            Some(ahead) => {
                open.ahead = Some(ahead);
                return Ok(());
            }
            None => self.merged_lockset(&mut open.vault, &open.key)?,
        };
        let trust = Trust::of(&self.keeper, &self.terms, open.lock.location(), &open.vault);
        trust.check_roster(&mut theirs.vault, &lockset)?;
        open.ahead = Some((Sealer::new(&lockset)?, lockset));
        Ok(())
    }

    pub(super) fn merged_lockset(&self, vault: &mut Vault, key: &Key) -> Result<Lockset, Error> {
        Ok(match key {
            Key::Passphrase(passphrase) => Lockset::Passphrase(passphrase.clone()),
            Key::Held(held) => Lockset::Held(held.clone()),
            Key::Identities(_) => {
                let recipients = vault.merged_recipients()?;
                Lockset::Recipients(Recipients::parse(recipients, &self.keeper.plugins())?)
            }
        })
    }
}

/// Opens the backup of a side, if it is a generation that both sides have followed: the later one of the two.
fn backup_base(place: &Location, key: &Key, ours: &Vault, theirs: &Branch) -> Option<Vault> {
    let (one, two) = (ours.lineage(), theirs.vault.lineage());
    let open = |location: &Location, key: &Key| {
        let backup = Sealed::inspect(location.open_backup().ok()?).ok()?;
        let backup = Vault::open(backup, key).ok()?;
        let lineage = backup.lineage();
        let is_common = one.judge_earlier(&lineage).is_ok() && two.judge_earlier(&lineage).is_ok();
        (is_common && backup.id() == ours.id()).then_some(backup)
    };
    let backups = [open(place, key), open(&theirs.location, &theirs.key)];
    backups.into_iter().flatten().max_by_key(Vault::generation)
}

/// Returns the ids of the blobs that credentials of a vault name.
pub(super) fn named_blobs(vault: &mut Vault) -> Result<Vec<Uuid>, Error> {
    let listed = vault.listed_blobs()?.into_iter();
    Ok(listed.filter(|(_, is_named)| *is_named).map(|(id, _)| id).collect())
}

/// Brings the blobs that are not there yet to the folder beside a vault. Those that are not found are reported.
pub(super) fn bring_blobs(
    wanted: &[Uuid],
    source: &Location,
    place: &Location,
    report: &mut MergeReport,
) -> Result<(), Error> {
    for &id in wanted {
        if !place.bring_blob(source, id).map_err(vault::Error::from)? {
            report.missing_blobs.push(place.blob_path(id));
        }
    }
    Ok(())
}
