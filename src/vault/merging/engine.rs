//! The merge as a whole: our vault becomes the result, which the next save writes.

use std::collections::{BTreeMap, BTreeSet};

use super::base::MergeBase;
use super::cases::{MergeCase, differing, instances};
use super::changes::join_histories;
use super::histories::Histories;
use super::ids::{give_ids, record, renewed};
use super::keys::{MergedKeys, SideKeys, merged_keys, merged_parents, merged_signers};
use super::refusal::MergeRefusal;
use super::report::MergeReport;
use super::residents::{RegistryMerge, merged_lines, of_base, open_conflicts};
use super::settle::{DecidedRecord, Deciding, MergeDecision};
use crate::credential::has_secrets;
use crate::kind::KnownTypes;
use crate::value::{Value, json};
use crate::vault::collection::Vault;
use crate::vault::damage::RecordProblem;
use crate::vault::error::Error;
use crate::vault::pin::{NEAR, Pin};
use crate::vault::resident::{
    ConflictKind, ConflictSide, ConflictedRecord, Environment, OpenConflict, Policy, Reference, Resident,
    TypeRecord, User,
};
use crate::vault::types::Typed as _;
use crate::vault::version::Remember;
use crate::vault::wire::{self, Section};

/// The most fields that a conflict names one by one.
const MAX_FIELDS: usize = 256;

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

/// The merge of everything but the keys.
struct ContentMerge<'a> {
    remember: &'a Remember,
    report: MergeReport,
    keys: MergedKeys,
}

impl ContentMerge<'_> {
    /// Decides about each credential that differs.
    fn decide(
        &mut self,
        ours: &mut Vault,
        theirs: &mut Vault,
        base: &mut MergeBase<'_>,
        cases: &[MergeCase],
        types: &KnownTypes,
    ) -> Result<(Vec<MergeDecision>, Histories), Error> {
        let wanted = instances(cases);
        let ids = cases.iter().flat_map(|case| [&case.ours, &case.theirs, &case.base]).flatten();
        let ids = ids.map(|line| line.id.as_str()).collect();
        let histories = Histories::read(ours, theirs, base, &wanted, &ids)?;
        let deciding = Deciding {
            histories: &histories,
            types,
            has_base: !matches!(base, MergeBase::None),
            keeps_versions: self.remember.versions > 0,
        };
        let decisions: Result<Vec<_>, Error> = cases.iter().map(|case| deciding.decide(case)).collect();
        let mut decisions = decisions?;
        give_ids(ours, theirs, cases, &mut decisions, &histories, types)?;
        for (case, decision) in cases.iter().zip(&mut decisions) {
            self.mark(case, decision, types)?;
            self.tell(case, decision);
        }
        Ok((decisions, histories))
    }

    /// Marks a credential that somebody could read who is shut out, because the side that has changed it did not know.
    fn mark(
        &mut self,
        case: &MergeCase,
        decision: &mut MergeDecision,
        types: &KnownTypes,
    ) -> Result<(), Error> {
        let is_of = |side: usize| match (&decision.record, side) {
            (DecidedRecord::Gone, _) => false,
            (DecidedRecord::New(_), _) => true,
            (DecidedRecord::Ours, 0) | (DecidedRecord::Theirs, 1) => true,
            _ => false,
        };
        if !(0..2).any(|side| self.keys.is_exposed[side] && is_of(side)) {
            return Ok(());
        }
        let versions = [&case.ours, &case.theirs].map(|line| line.as_ref().map(|line| line.version));
        let Some(credential) = record(case, decision, types)? else { return Ok(()) };
        let has_any =
            has_secrets(credential.kind(), &credential.fields) || !credential.attachments.is_empty();
        // the same version on both sides was marked where somebody was shut out
        if !has_any || credential.head.stamp.rotate_required || versions[0] == versions[1] {
            return Ok(());
        }
        let mut marked = renewed(credential);
        marked.head.stamp.rotate_required = true;
        self.report.exposed.push(decision.id.clone());
        decision.record = DecidedRecord::New(Box::new(marked));
        Ok(())
    }

    fn tell(&mut self, case: &MergeCase, decision: &MergeDecision) {
        let ours = case.ours.as_ref().map(|line| line.id.as_str());
        let report = &mut self.report;
        match (&decision.record, ours) {
            (DecidedRecord::Gone, Some(id)) => report.deleted.push(id.to_owned()),
            (DecidedRecord::Theirs, _) | (DecidedRecord::New(_), None) => {
                report.taken.push(decision.id.clone());
            }
            (DecidedRecord::New(_), Some(_)) => report.merged.push(decision.id.clone()),
            (DecidedRecord::Gone, None) | (DecidedRecord::Ours, _) => {}
        }
        if let (Some(id), false) = (ours, matches!(decision.record, DecidedRecord::Gone))
            && id != decision.id
        {
            report.renamed.push((id.to_owned(), decision.id.clone()));
        }
    }

    /// Merges the registries but that of the types, which the credentials need before.
    fn registries(
        &mut self,
        ours: &mut Vault,
        theirs: &mut Vault,
        base: &mut MergeBase<'_>,
        cases: &[MergeCase],
        decisions: &[MergeDecision],
        types: &KnownTypes,
    ) -> Result<(), Error> {
        let (mut policies, mut users, mut added) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut gone = BTreeSet::new();
        let mut renames = [BTreeMap::new(), BTreeMap::new()];
        for (case, decision) in cases.iter().zip(decisions) {
            let line = match &decision.record {
                DecidedRecord::Gone => {
                    let lines = [&case.ours, &case.theirs, &case.base].into_iter().flatten();
                    gone.extend(lines.map(|line| line.id.clone()));
                    continue;
                }
                DecidedRecord::Ours => case.ours.as_ref(),
                _ => case.theirs.as_ref().or(case.ours.as_ref()),
            };
            for (line, renames) in [&case.theirs, &case.base].into_iter().zip(&mut renames) {
                if let Some(line) = line.as_ref().filter(|line| line.id != decision.id) {
                    renames.insert(line.id.clone(), decision.id.clone());
                }
            }
            if case.ours.is_none() != case.theirs.is_none() && decision.conflict.is_none() {
                added.insert(decision.id.clone());
            }
            let Some(line) = line else { continue };
            let head =
                wire::head(&line.line).map_err(|problem| Error::record(Section::Credentials, 0, problem))?;
            let head = head.typed(types);
            policies.extend(head.envelope.throttle_policy.clone());
            if head.kind.identity_name {
                users.insert(head.envelope.name.to_lowercase());
            }
        }
        gone.retain(|id| {
            !decisions
                .iter()
                .any(|decision| decision.id == *id && !matches!(decision.record, DecidedRecord::Gone))
        });
        let none = BTreeSet::new();
        self.registry::<Policy>(ours, theirs, base, &policies, &none)?;
        self.registry::<User>(ours, theirs, base, &users, &none)?;
        self.registry::<Environment>(ours, theirs, base, &none, &none)?;
        self.references(ours, theirs, base, &added, &gone, &renames)
    }

    fn registry<R: Resident + PartialEq + Clone>(
        &mut self,
        ours: &mut Vault,
        theirs: &mut Vault,
        base: &mut MergeBase<'_>,
        needed: &BTreeSet<String>,
        added: &BTreeSet<String>,
    ) -> Result<(), Error> {
        let (one, two): (Vec<R>, Vec<R>) = (ours.stored()?, theirs.stored()?);
        if one == two {
            return Ok(());
        }
        let before = of_base(base, &one)?;
        self.merged::<R>(ours, before.as_deref(), &one, &two, needed, added)
    }

    fn references(
        &mut self,
        ours: &mut Vault,
        theirs: &mut Vault,
        base: &mut MergeBase<'_>,
        added: &BTreeSet<String>,
        gone: &BTreeSet<String>,
        renames: &[BTreeMap<String, String>; 2],
    ) -> Result<(), Error> {
        let (one, two): (Vec<Reference>, Vec<Reference>) = (ours.stored()?, theirs.stored()?);
        if one.is_empty() && two.is_empty() {
            return Ok(());
        }
        let before = of_base(base, &one)?;
        let follow = |references: Vec<Reference>, renames: &BTreeMap<String, String>| -> Vec<Reference> {
            let follow = |mut reference: Reference| {
                if let Some(id) = renames.get(&reference.credential) {
                    reference.credential.clone_from(id);
                }
                reference
            };
            // a reference goes with its credential
            references.into_iter().map(follow).filter(|one| !gone.contains(&one.credential)).collect()
        };
        let stored = one.clone();
        let (one, two) = (follow(one, &BTreeMap::new()), follow(two, &renames[0]));
        let before = before.map(|before| follow(before, &renames[1]));
        if one != stored {
            ours.set_residents(one.clone())?;
        }
        self.merged::<Reference>(ours, before.as_deref(), &one, &two, &BTreeSet::new(), added)
    }

    fn merged<R: Resident + PartialEq + Clone>(
        &mut self,
        ours: &mut Vault,
        before: Option<&[R]>,
        one: &[R],
        two: &[R],
        needed: &BTreeSet<String>,
        added: &BTreeSet<String>,
    ) -> Result<(), Error> {
        let remember = self.remember;
        let mut merge = RegistryMerge { needed, added, remember, changed: Vec::new(), conflicts: Vec::new() };
        if let Some(merged) = merge.merge(before, one, two) {
            ours.set_residents(merged)?;
        }
        self.report.residents.append(&mut merge.changed);
        self.report.conflicts.append(&mut merge.conflicts);
        Ok(())
    }

    /// Puts the conflicts that this merge leaves open beside those that were open before.
    fn conflicts(
        &mut self,
        ours: &mut Vault,
        theirs: &mut Vault,
        base: &mut MergeBase<'_>,
        cases: &[MergeCase],
        decisions: &[MergeDecision],
    ) -> Result<(), Error> {
        for (case, decision) in cases.iter().zip(decisions) {
            if let Some((kind, fields)) = &decision.conflict {
                let conflict = self.conflict(case, decision, *kind, fields)?;
                self.report.conflicts.push(conflict);
            }
        }
        let (one, two): (Vec<OpenConflict>, Vec<OpenConflict>) = (ours.stored()?, theirs.stored()?);
        let before = of_base(base, &one)?;
        let mut all = open_conflicts(before.as_deref(), &one, &two);
        let is_gone = |conflict: &OpenConflict| {
            conflict.record == ConflictedRecord::Credential && self.report.deleted.contains(&conflict.id)
        };
        all.retain(|conflict| !is_gone(conflict));
        // a second merge of the same file asks nothing twice
        self.report.conflicts.retain(|new| !all.iter().any(|known| known.is_same_as(new)));
        all.extend(self.report.conflicts.iter().cloned());
        if all != one {
            ours.set_residents(all)?;
        }
        Ok(())
    }

    fn conflict(
        &self,
        case: &MergeCase,
        decision: &MergeDecision,
        kind: ConflictKind,
        fields: &[String],
    ) -> Result<OpenConflict, Error> {
        let problem = |problem| Error::record(Section::Credentials, 0, problem);
        let [ours, theirs] = [&case.ours, &case.theirs].map(|line| {
            let head = line.as_ref().map(|line| wire::head(&line.line)).transpose();
            head.map(|head| head.map(|head| ConflictSide::of(&head.stamp)).unwrap_or_default())
        });
        let their_record = match (&case.theirs, kind) {
            (Some(line), ConflictKind::Changed) => {
                match json::parse_record(&line.line).map_err(RecordProblem::Json).map_err(problem)? {
                    Value::Object(record) => Some(record),
                    _ => return Err(problem(RecordProblem::Shape)),
                }
            }
            _ => None,
        };
        let fields = if fields.len() > MAX_FIELDS { Vec::new() } else { fields.to_vec() };
        let id = decision.id.clone();
        let other = (kind == ConflictKind::BothAdded)
            .then(|| case.theirs.as_ref().map(|line| line.id.clone()))
            .flatten();
        Ok(OpenConflict {
            record: ConflictedRecord::Credential,
            id,
            kind,
            fields,
            other,
            ours: ours.map_err(problem)?,
            theirs: theirs.map_err(problem)?,
            their_record,
            merged_at: self.remember.at,
            merged_by: self.remember.by,
        })
    }
}
