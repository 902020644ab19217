//! The merge of the content: what becomes of each credential, and what is said of it.

use super::base::MergeBase;
use super::cases::{MergeCase, instances};
use super::histories::Histories;
use super::ids::{give_ids, record, renewed};
use super::keys::MergedKeys;
use super::report::MergeReport;
use super::settle::{DecidedRecord, Deciding, MergeDecision};
use crate::credential::has_secrets;
use crate::kind::KnownTypes;
use crate::vault::collection::Vault;
use crate::vault::error::Error;
use crate::vault::version::Remember;

/// The merge of everything but the keys.
pub(super) struct ContentMerge<'a> {
    pub remember: &'a Remember,
    pub report: MergeReport,
    pub keys: MergedKeys,
}

impl ContentMerge<'_> {
    /// Decides about each credential that differs.
    pub(super) fn decide(
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
}
