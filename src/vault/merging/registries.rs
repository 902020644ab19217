//! The registries of the result: each follows what became of the credentials that need it.

use std::collections::{BTreeMap, BTreeSet};

use super::base::MergeBase;
use super::cases::MergeCase;
use super::content::ContentMerge;
use super::residents::{RegistryMerge, of_base};
use super::settle::{DecidedRecord, MergeDecision};
use crate::kind::KnownTypes;
use crate::vault::collection::Vault;
use crate::vault::error::Error;
use crate::vault::resident::{Environment, Policy, Reference, Resident, User};
use crate::vault::types::Typed as _;

impl ContentMerge<'_> {
    /// Merges the registries but that of the types, which the credentials need before.
    pub(super) fn registries(
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
        // what both sides have alike is not merged, whatever the credentials need
        let is_merged = ours.stored::<Policy>()? != theirs.stored::<Policy>()?
            || ours.stored::<User>()? != theirs.stored::<User>()?;
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
            let Some(line) = line.filter(|_| is_merged) else { continue };
            let head = line.head()?.typed(types);
            policies.extend(head.envelope.throttle_policy.clone());
            if head.kind.identity_name {
                users.insert(head.envelope.name.to_lowercase());
            }
        }
        for kept in decisions.iter().filter(|decision| !matches!(decision.record, DecidedRecord::Gone)) {
            gone.remove(&kept.id);
        }
        let none = BTreeSet::new();
        self.registry::<Policy>(ours, theirs, base, &policies, &none)?;
        self.registry::<User>(ours, theirs, base, &users, &none)?;
        self.registry::<Environment>(ours, theirs, base, &none, &none)?;
        self.references(ours, theirs, base, &added, &gone, &renames)
    }

    pub(super) fn registry<R: Resident + PartialEq + Clone>(
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
}
