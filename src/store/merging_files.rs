//! The merge of two files, which leaves the vault of the store alone.

use std::path::Path;
use std::rc::Rc;

use super::error::Error;
use super::keeper::Keeper;
use super::merging::{bring_blobs, named_blobs};
use super::opening::Store;
use super::scope::Writes;
use super::trust::Trust;
use crate::disk::Location;
use crate::random;
use crate::vault::{self, MergeBase, MergeReport, Pins, Sealer};

/// The files of a merge that leaves the vault of the store alone.
#[derive(Debug, Clone, Copy)]
pub struct MergeFiles<'a> {
    /// The file that both sides come from, if it is known.
    pub base: Option<&'a Path>,
    /// Our side.
    pub ours: &'a Path,
    /// Their side.
    pub theirs: &'a Path,
    /// The file that gets the result, whatever is there: it may be that of a side.
    pub out: &'a Path,
    /// True if git puts the result into the place of the vault, so that this machine must know it there.
    pub is_for_git: bool,
}

impl<K: Keeper> Store<K> {
    /// Merges two files of the vault that this store is for, and writes the result to a third one, with the blobs of both
    /// beside it. Touches nothing else, takes no lock, and writes nothing if the result is our side and the output is that
    /// file. For git it touches the memory, and leaves the blobs beside the vault.
    ///
    /// # Errors
    /// As [`Store::merge`].
    pub fn merge_files(&self, files: &MergeFiles<'_>) -> Result<MergeReport, K::Error> {
        self.terms.scope.check(Writes::WholeVault("merge"))?;
        random::check().map_err(|error| Error::from(vault::Error::from(error)))?;
        self.keeper.prepare();
        let place = Location::resolve(self.path()).map_err(vault::Error::from).map_err(Error::from)?;
        let (mut vault, key) = self.open_file(files.ours, None)?;
        let id = vault.id();
        self.judge_branch(&place, &vault)?;
        let mut theirs = self.branch(files.theirs, &place, &key, id)?;
        let base = files.base.map(|base| self.branch(base, &place, &key, id)).transpose()?;
        let mut base = base.map(|base| base.vault);
        let base = base.as_mut().map_or(MergeBase::None, MergeBase::File);
        let blobs = if files.is_for_git {
            Vec::new()
        } else {
            let ours = self.terms.locate(files.ours).map_err(vault::Error::from).map_err(Error::from)?;
            vec![(named_blobs(&mut vault)?, ours), (named_blobs(&mut theirs.vault)?, theirs.location)]
        };
        let merged = vault.merge(&mut theirs.vault, base, &self.terms.remember());
        let mut report = merged.map_err(Error::from)?;
        if !report.is_changed && files.out == files.ours {
            return Ok(report);
        }
        self.prepare_merge_to_sign(&mut vault)?;
        let key = if vault.takes_their_key() { Rc::clone(&theirs.key) } else { key };
        let lockset = self.merged_lockset(&mut vault, &key)?;
        let trust = Trust::of(&self.keeper, &self.terms, &place, &vault);
        trust.check_roster(&mut theirs.vault, &lockset)?;
        trust.check(&mut vault, &lockset, &key)?;
        let out = Location::resolve(files.out).map_err(vault::Error::from).map_err(Error::from)?;
        for (wanted, source) in &blobs {
            bring_blobs(wanted, source, &out, &mut report)?;
        }
        let mut write = || {
            let sealer = Sealer::new(&lockset)?;
            vault.write_to(&out, &lockset, sealer, &self.terms.remember())
        };
        report.generation = Some(report.ours.max(report.theirs) + 1);
        write().map_err(Error::from)?;
        if let Some(pins) = self.terms.pins.clone().filter(|_| files.is_for_git).map(Pins::new) {
            // without a memory, the result is judged once git has committed it
            let _ = pins.note_merge(&place, &vault, self.terms.now);
        }
        Ok(report)
    }
}
