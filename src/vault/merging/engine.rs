//! The merge as a whole: our vault becomes the result, which the next save writes. Must not know how one record is
//! merged with another one.

use std::collections::BTreeSet;

use super::base::MergeBase;
use super::cases::differing;
use super::changes::join_histories;
use super::content::ContentMerge;
use super::keys::{MergedKeys, SideKeys, merged_keys, merged_parents, merged_signers};
use super::refusal::MergeRefusal;
use super::report::MergeReport;
use super::residents::merged_lines;
use crate::vault::collection::Vault;
use crate::vault::error::Error;
use crate::vault::pin::{NEAR, Pin};
use crate::vault::resident::TypeRecord;
use crate::vault::version::Remember;
use crate::vault::wire::{self, Section};

impl Vault {
    /// Merges another branch of this vault into this one, which the next save writes. The caller has judged both.
    ///
    /// # Errors
    /// [`MergeRefusal`]; fails also if the text of one side cannot be read or a record is damaged.
    pub fn merge(
        &mut self,
        theirs: &mut Self,
        base: MergeBase<'_>,
        remember: &Remember,
    ) -> Result<MergeReport, Error> {
        for side in [&*self, theirs] {
            if let Some(environment) = side.bundle_of() {
                return Err(MergeRefusal::Bundle { environment: environment.to_owned() }.into());
            }
        }
        if self.id() != theirs.id() {
            return Err(MergeRefusal::OtherVault { ours: self.id(), theirs: theirs.id() }.into());
        }
        let (ours, others) = (self.lineage(), theirs.lineage());
        let mut report =
            MergeReport { ours: ours.generation, theirs: others.generation, ..MergeReport::default() };
        if let MergeBase::File(file) = &base
            && others.digest.is_some_and(|digest| file.lineage().parents.contains(&digest))
        {
            return Err(
                MergeRefusal::Reversed { base: file.generation(), theirs: theirs.generation() }.into()
            );
        }
        let is_part =
            others.digest.is_some_and(|digest| ours.digest == Some(digest) || ours.parents.contains(&digest));
        if is_part {
            return Ok(report);
        }
        let follows = ours.digest.is_some_and(|digest| others.parents.contains(&digest));
        let is_near = others.generation + NEAR >= ours.generation;
        let mut base = if follows { MergeBase::Ours } else { base };
        if let MergeBase::File(file) = &base
            && file.id() != self.id()
        {
            return Err(MergeRefusal::Base.into());
        }
        let is_picked = matches!(&base, MergeBase::File(base) if !self.may_follow(base, remember));
        let keys = self.merge_keys(theirs, &mut base, &mut report)?;
        let mut merge = ContentMerge { remember, report, keys };
        merge.registry::<TypeRecord>(self, theirs, &mut base, &BTreeSet::new(), &BTreeSet::new())?;
        let types = self.types()?;
        let cases = differing(self, theirs, &mut base)?;
        let (decisions, histories) = merge.decide(self, theirs, &mut base, &cases, &types)?;
        merge.registries(self, theirs, &mut base, &cases, &decisions, &types)?;
        merge.conflicts(self, theirs, &mut base, &cases, &decisions)?;
        self.put_decisions(&cases, &decisions)?;
        self.joined = join_histories(histories, &cases, &decisions, remember)?;
        for section in [Section::Rotations, Section::Rules] {
            if let Some(lines) = merged_lines(self, theirs, &mut base, section)? {
                self.sections[section as usize] = Some(lines);
            }
        }
        self.list_blobs_of(theirs)?;
        let ContentMerge { mut report, keys, .. } = merge;
        report.is_changed = self.follow_both(theirs, keys, is_picked)?
            || self.is_changed()
            || !self.joined.is_empty()
            || is_near && !is_picked;
        Ok(report)
    }

    /// Returns false if this generation is known not to follow from another one. A merge with such a file as the base
    /// brings a part of the changes of the other side: those since the base.
    fn may_follow(&self, base: &Self, remember: &Remember) -> bool {
        let mut pin = Pin::default();
        pin.see(&base.lineage(), remember.at);
        !matches!(pin.judge(&self.lineage()), Err(reason) if reason.is_other_branch())
    }

    /// Returns the recipients that the next save locks the vault to after a merge; none with a passphrase.
    ///
    /// # Errors
    /// As [`Vault::recipients`].
    pub fn merged_recipients(&mut self) -> Result<Vec<String>, Error> {
        match &self.roster {
            Some(roster) => Ok(roster.iter().map(|member| member.recipient.clone()).collect()),
            None => self.recipients(),
        }
    }

    /// Returns true if the key of the side that was merged in is the one of the result: it was changed there.
    #[must_use]
    pub fn takes_their_key(&self) -> bool {
        self.takes_their_key
    }

    /// Merges who can read the vault, and who may change it.
    fn merge_keys(
        &mut self,
        theirs: &mut Self,
        base: &mut MergeBase<'_>,
        report: &mut MergeReport,
    ) -> Result<MergedKeys, Error> {
        let (one, two) = (self.members()?, theirs.members()?);
        let three = match base {
            MergeBase::None => None,
            MergeBase::Ours => Some((self.header.clone(), one.clone())),
            MergeBase::File(base) => Some((base.header.clone(), base.members()?)),
        };
        let before = three.as_ref().map(|(header, roster)| SideKeys { header, roster });
        let signers = merged_signers(
            before.map(|before| &*before.header.signers),
            &self.header.signers,
            &theirs.header.signers,
        )?;
        if *signers != *self.header.signers {
            self.next_signers = Some(signers.to_vec());
        }
        let (ours, theirs) = (
            SideKeys { header: &self.header, roster: &one },
            SideKeys { header: &theirs.header, roster: &two },
        );
        Ok(merged_keys(before, ours, theirs, report)?)
    }

    /// Makes the next generation one that follows both sides. Returns true if its readers or signers are others than
    /// those of ours.
    fn follow_both(&mut self, theirs: &Self, keys: MergedKeys, is_picked: bool) -> Result<bool, Error> {
        let parents =
            merged_parents((self.lineage().digest, &self.header), (theirs.lineage().digest, &theirs.header));
        let is_other = keys.seal.is_none()
            || keys.seal != self.header.seal
            || self.next_signers.is_some()
            || keys.roster != self.members()?;
        // who has a part of their side does not follow it: a later merge brings the rest
        if !is_picked {
            self.header.generation = self.header.generation.max(theirs.header.generation);
            self.header.parents = parents;
        }
        self.header.former_seals = keys.former_seals;
        match keys.seal {
            Some(seal) => self.header.seal = Some(seal),
            None => {
                // the save puts the digest of the present one in front
                let own = self.header.seal.as_ref().map(wire::Seal::digest);
                self.header.former_seals.retain(|former| Some(*former) != own);
                self.keeps_seal = false;
            }
        }
        self.roster = Some(keys.roster);
        self.takes_their_key = keys.is_theirs;
        Ok(is_other)
    }

    /// Adds the blobs of another side to the list of the next save.
    fn list_blobs_of(&mut self, theirs: &mut Self) -> Result<(), Error> {
        let mut list = self.stored_blobs()?;
        for record in theirs.stored_blobs()? {
            match list.iter_mut().find(|known| known.id == record.id) {
                Some(known) => known.unused_since = known.unused_since.and(record.unused_since),
                None => list.push(record),
            }
        }
        list.sort_by_key(|record| record.id);
        self.blobs.current = Some(list);
        Ok(())
    }
}
