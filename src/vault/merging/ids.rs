//! The ids of the result: no two credentials get the same one. What both sides have added under one id is kept twice.

use std::collections::HashMap;

use super::cases::MergeCase;
use super::histories::Histories;
use super::record::{THEIRS, has_same_content, under_id};
use super::settle::{DecidedRecord, MergeDecision};
use crate::credential::Credential;
use crate::kind::KnownTypes;
use crate::vault::collection::Vault;
use crate::vault::error::Error;
use crate::vault::resident::ConflictKind;

/// The most characters of an id.
const LONGEST: usize = 127;

/// Gives each credential an id of its own.
pub(super) fn give_ids(
    ours: &mut Vault,
    theirs: &mut Vault,
    cases: &[MergeCase],
    decisions: &mut [MergeDecision],
    histories: &Histories,
    types: &KnownTypes,
) -> Result<(), Error> {
    let mut given: HashMap<String, usize> = HashMap::new();
    let own = |at: usize| cases[at].ours.as_ref().map(|line| line.id.clone());
    let is_there = |decision: &MergeDecision| !matches!(decision.record, DecidedRecord::Gone);
    let (mut kept, mut renamed, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for (at, decision) in decisions.iter().enumerate().filter(|(_, decision)| is_there(decision)) {
        match own(at) {
            Some(id) if id == decision.id => kept.push(at),
            Some(_) => renamed.push(at),
            None => new.push(at),
        }
    }
    given.extend(kept.into_iter().map(|at| (decisions[at].id.clone(), at)));
    for at in renamed {
        let id = decisions[at].id.clone();
        if given.contains_key(&id) {
            // our side has given the new id to another credential
            let free = own(at).filter(|own| !given.contains_key(own));
            let free = free.map_or_else(|| free_id(&id, ours, theirs, histories, &given), Ok)?;
            let credential = record(&cases[at], &decisions[at], types)?;
            if let Some(credential) = credential {
                decisions[at].record = DecidedRecord::New(Box::new(renewed(under_id(&credential, &free))));
            }
            let (_, fields) = decisions[at].conflict.get_or_insert((ConflictKind::Changed, Vec::new()));
            fields.push("id".to_owned());
            decisions[at].id = free;
        }
        given.insert(decisions[at].id.clone(), at);
    }
    for at in new {
        let id = decisions[at].id.clone();
        let Some(&other) = given.get(&id) else {
            given.insert(id, at);
            continue;
        };
        let (theirs_one, ours_one) =
            (record(&cases[at], &decisions[at], types)?, record(&cases[other], &decisions[other], types)?);
        let (Some(one), Some(two)) = (theirs_one, ours_one) else { continue };
        if cases[other].theirs.is_none() && has_same_content(&one, &two) && has_same_access(&one, &two) {
            // the same one on every machine
            let is_first = one.head.stamp.instance_id < two.head.stamp.instance_id;
            let gone = if is_first { other } else { at };
            decisions[gone].record = DecidedRecord::Gone;
            decisions[at].conflict = None;
            decisions[other].conflict = None;
            if is_first {
                given.insert(id, at);
            }
            continue;
        }
        let free = free_id(&id, ours, theirs, histories, &given)?;
        decisions[at].record = DecidedRecord::New(Box::new(under_id(&one, &free)));
        decisions[at].conflict = Some((ConflictKind::BothAdded, Vec::new()));
        decisions[at].id.clone_from(&free);
        given.insert(free, at);
    }
    Ok(())
}

/// Returns the credential that the result has.
pub(super) fn record(
    case: &MergeCase,
    decision: &MergeDecision,
    types: &KnownTypes,
) -> Result<Option<Credential>, Error> {
    let line = match &decision.record {
        DecidedRecord::Ours => &case.ours,
        DecidedRecord::Theirs => &case.theirs,
        DecidedRecord::New(credential) => return Ok(Some((**credential).clone())),
        DecidedRecord::Gone => return Ok(None),
    };
    line.as_ref().map(|line| line.credential(types)).transpose()
}

/// Returns a credential with the etag of a change that makes no version, the same on every machine.
pub(super) fn renewed(mut credential: Credential) -> Credential {
    let stamp = &credential.head.stamp;
    credential.head.stamp.etag = stamp.united_etag(stamp, true);
    credential
}

fn has_same_access(one: &Credential, other: &Credential) -> bool {
    let grants = |credential: &Credential| {
        let all = credential.head.envelope.access.iter();
        let mut grants: Vec<_> =
            all.map(|grant| (grant.to.clone(), grant.project.clone(), grant.expires)).collect();
        grants.sort();
        grants
    };
    grants(one) == grants(other)
}

/// Finds an id that is free on both sides.
fn free_id(
    id: &str,
    ours: &mut Vault,
    theirs: &mut Vault,
    histories: &Histories,
    given: &HashMap<String, usize>,
) -> Result<String, Error> {
    let mut number = 1_usize;
    loop {
        let end = if number == 1 { THEIRS.to_owned() } else { format!("{THEIRS}-{number}") };
        let begin: String = id.chars().take(LONGEST - end.chars().count()).collect();
        let free = format!("{begin}{end}");
        let is_taken = given.contains_key(&free)
            || histories.groups.contains_key(free.as_str())
            || ours.contains(&free)?
            || theirs.contains(&free)?;
        if !is_taken {
            return Ok(free);
        }
        number += 1;
    }
}
