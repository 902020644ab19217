//! The readers of the result, and the people who may change it: the seals, the recipients and the signers of both
//! sides.

use super::refusal::MergeRefusal;
use super::report::MergeReport;
use crate::vault::wire::{
    GenerationDigest, Header, MAX_FORMER_SEALS, MAX_PARENTS, RosterMember, Seal, SealDigest, Signer,
};

/// The readers of the result.
#[derive(Debug)]
pub(super) struct MergedKeys {
    /// The recipients; none with a passphrase.
    pub roster: Vec<RosterMember>,
    /// The seal; none if it must be drawn anew, because both sides have shut somebody out.
    pub seal: Option<Seal>,
    /// The digests of the seals before.
    pub former_seals: Vec<SealDigest>,
    /// True for each side if somebody could read it who is shut out of the result.
    pub is_exposed: [bool; 2],
    /// True if their side has renewed the seal and ours has not, so that their key is the latest one.
    pub is_theirs: bool,
}

/// A side of the merge, as far as its readers are concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct SideKeys<'a> {
    pub header: &'a Header,
    pub roster: &'a [RosterMember],
}

/// Merges the recipients and the seals.
///
/// # Errors
/// [`MergeRefusal::OtherLock`].
pub(super) fn merged_keys(
    base: Option<SideKeys<'_>>,
    ours: SideKeys<'_>,
    theirs: SideKeys<'_>,
    report: &mut MergeReport,
) -> Result<MergedKeys, MergeRefusal> {
    if ours.roster.is_empty() != theirs.roster.is_empty() {
        return Err(MergeRefusal::OtherLock);
    }
    let (one, two) = (renewals(ours, theirs), renewals(theirs, ours));
    let is_known = |roster: &[RosterMember], member: &RosterMember| {
        roster.iter().any(|known| known.recipient == member.recipient)
    };
    let mut roster: Vec<RosterMember> = Vec::new();
    for member in ours.roster {
        let is_removed = !is_known(theirs.roster, member)
            && match base {
                Some(base) => is_known(base.roster, member),
                // only a removal renews the seal
                None => two,
            };
        if is_removed {
            report.removed_recipients.push(member.shown().to_owned());
        } else {
            roster.push(member.clone());
        }
    }
    for member in theirs.roster.iter().filter(|member| !is_known(ours.roster, member)) {
        let is_removed = match base {
            Some(base) => is_known(base.roster, member),
            None => one,
        };
        if is_removed {
            report.kept_out_recipients.push(member.shown().to_owned());
            continue;
        }
        let mut member = member.clone();
        if member.name.is_some() && roster.iter().any(|known| known.name == member.name) {
            member.name = None;
        }
        report.added_recipients.push(member.shown().to_owned());
        roster.push(member);
    }
    let is_exposed = [!report.removed_recipients.is_empty(), !report.kept_out_recipients.is_empty()];
    let (seal, first) = match (one, two) {
        (false, true) => (theirs.header.seal.clone(), None),
        // who is shut out of one side knows the seal of the other one
        (true, true) => (None, None),
        _ => (ours.header.seal.clone().or_else(|| theirs.header.seal.clone()), None::<SealDigest>),
    };
    let mut former_seals: Vec<SealDigest> = first.into_iter().collect();
    let current = seal.as_ref().map(Seal::digest);
    let lists = [ours, theirs].map(|side| {
        let own = side.header.seal.as_ref().map(Seal::digest);
        own.into_iter().chain(side.header.former_seals.iter().copied()).collect::<Vec<_>>()
    });
    former_seals = interleaved(&lists[0], &lists[1], former_seals);
    former_seals.retain(|former| Some(*former) != current);
    former_seals.truncate(MAX_FORMER_SEALS);
    Ok(MergedKeys { roster, seal, former_seals, is_exposed, is_theirs: !one && two })
}

/// Returns true if a side has renewed the seal since both sides had one.
fn renewals(side: SideKeys<'_>, other: SideKeys<'_>) -> bool {
    match (&side.header.seal, &other.header.seal) {
        (Some(own), Some(other_seal)) if own != other_seal => {
            // the seal of a side that has renewed nothing is a former one of the other side
            !other.header.former_seals.contains(&own.digest())
        }
        _ => false,
    }
}

/// Returns the items of two lists in turn, each once.
pub(super) fn interleaved<T: Copy + PartialEq>(one: &[T], two: &[T], mut all: Vec<T>) -> Vec<T> {
    for at in 0..one.len().max(two.len()) {
        for item in [one.get(at), two.get(at)].into_iter().flatten() {
            if !all.contains(item) {
                all.push(*item);
            }
        }
    }
    all
}

/// Returns the parents of the generation that follows both sides, the digest of ours excepted, which the save adds.
pub(super) fn merged_parents(
    ours: (Option<GenerationDigest>, &Header),
    theirs: (Option<GenerationDigest>, &Header),
) -> Vec<GenerationDigest> {
    let first: Vec<_> = theirs.0.into_iter().collect();
    let mut parents = interleaved(&ours.1.parents, &theirs.1.parents, first);
    parents.retain(|parent| Some(*parent) != ours.0);
    parents.truncate(MAX_PARENTS);
    parents
}

/// Merges the signers.
///
/// # Errors
/// [`MergeRefusal::Signers`] if both sides have changed them, or if nothing tells which side has.
pub(super) fn merged_signers<'a>(
    base: Option<&'a [Signer]>,
    ours: &'a [Signer],
    theirs: &'a [Signer],
) -> Result<&'a [Signer], MergeRefusal> {
    match base {
        _ if ours == theirs => Ok(ours),
        Some(base) if base == ours => Ok(theirs),
        Some(base) if base == theirs => Ok(ours),
        _ => Err(MergeRefusal::Signers),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{MergeReport, SideKeys, merged_keys, merged_parents, merged_signers};
    use crate::vault::wire::{GenerationDigest, Header, RosterMember, Seal, Signer};

    fn roster(names: &[&str]) -> Vec<RosterMember> {
        names.iter().map(|name| RosterMember::from(format!("age1{name}"))).collect()
    }

    fn texts(roster: &[RosterMember]) -> Vec<&str> {
        roster.iter().map(|member| member.recipient.as_str()).collect()
    }

    fn header() -> Header {
        Header::new(Uuid::nil()).unwrap()
    }

    fn renewed(header: &Header) -> Header {
        let former_seals = header.seal.iter().map(Seal::digest).collect();
        Header { seal: Some(Seal::new().unwrap()), former_seals, ..header.clone() }
    }

    #[test]
    fn recipients_of_both_sides_are_kept_and_removed_ones_stay_out() {
        let header = header();
        let (base, one, two) = (roster(&["a", "b"]), roster(&["a", "c"]), roster(&["a", "b", "d"]));
        let other = renewed(&header);
        let ours = SideKeys { header: &other, roster: &one };
        let theirs = SideKeys { header: &header, roster: &two };
        let base = SideKeys { header: &header, roster: &base };
        for (ours, theirs, expected) in
            [(ours, theirs, ["age1a", "age1c", "age1d"]), (theirs, ours, ["age1a", "age1d", "age1c"])]
        {
            let keys = merged_keys(Some(base), ours, theirs, &mut MergeReport::default()).unwrap();
            assert_eq!(texts(&keys.roster), expected);
            assert_eq!(keys.seal, other.seal);
            assert_eq!(keys.former_seals, other.former_seals);
            // without an ancestor, the removal decides: who was added on the other side is added again
            let keys = merged_keys(None, ours, theirs, &mut MergeReport::default()).unwrap();
            assert_eq!(texts(&keys.roster), ["age1a", "age1c"]);
        }
    }

    #[test]
    fn recipients_are_united_where_nobody_was_removed() {
        let header = header();
        let (one, two) = (roster(&["a", "b"]), roster(&["a", "c"]));
        let (ours, theirs) =
            (SideKeys { header: &header, roster: &one }, SideKeys { header: &header, roster: &two });
        let keys = merged_keys(None, ours, theirs, &mut MergeReport::default()).unwrap();
        assert_eq!(texts(&keys.roster), ["age1a", "age1b", "age1c"]);
        assert_eq!((keys.is_exposed, keys.is_theirs), ([false; 2], false));
        let none = SideKeys { header: &header, roster: &[] };
        assert!(merged_keys(None, ours, none, &mut MergeReport::default()).is_err());
    }

    #[test]
    fn two_removals_draw_a_new_seal_that_both_sides_lead_to() {
        let header = header();
        let (one, two) = (renewed(&header), renewed(&header));
        let (a, b) = (roster(&["x", "y"]), roster(&["x", "z"]));
        let (ours, theirs) = (SideKeys { header: &one, roster: &a }, SideKeys { header: &two, roster: &b });
        let mut report = MergeReport::default();
        let keys = merged_keys(None, ours, theirs, &mut report).unwrap();
        assert_eq!((texts(&keys.roster), keys.seal), (vec!["age1x"], None));
        for header in [&one, &two, &header] {
            assert!(keys.former_seals.contains(&header.seal.as_ref().unwrap().digest()));
        }
        assert_eq!(
            (report.removed_recipients, report.kept_out_recipients),
            (vec!["age1y".to_owned()], vec!["age1z".to_owned()])
        );
    }

    #[test]
    fn every_machine_of_either_side_finds_its_generation() {
        let digest = |name: &str| GenerationDigest::of_header(name.as_bytes());
        let with =
            |names: &[&str]| Header { parents: names.iter().map(|name| digest(name)).collect(), ..header() };
        let (ours, theirs) = (with(&["o2", "o1", "base"]), with(&["t1", "base"]));
        let parents = merged_parents((Some(digest("o3")), &ours), (Some(digest("t2")), &theirs));
        assert_eq!(parents, ["t2", "o2", "t1", "o1", "base"].map(digest));
    }

    #[test]
    fn signers_change_on_one_side() {
        let [one, two, three] =
            ["One", "Two", "Three"].map(|name| vec![Signer::new(name, "ssh-ed25519 AAAA")]);
        assert_eq!(merged_signers(None, &one, &one), Ok(&*one));
        assert_eq!(merged_signers(Some(&one), &one, &two), Ok(&*two));
        assert_eq!(merged_signers(Some(&one), &two, &one), Ok(&*two));
        assert!(merged_signers(Some(&one), &two, &three).is_err());
        assert!(merged_signers(None, &one, &two).is_err());
    }
}
