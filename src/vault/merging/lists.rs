//! The merge of what a credential has in lists: its attachments by their names, its grants by their grantees.

use super::fields::FieldMerge;
use crate::credential::{Attachment, Credential, Grant};

/// The name of the attachments in the paths of a conflict.
const ATTACHMENTS: &str = "attachments";
/// The name of the grants in the paths of a conflict.
const ACCESS: &str = "access";

/// Returns true if two attachments have the same content and name.
pub(super) fn is_same_file(one: &Attachment, other: &Attachment) -> bool {
    (one.name.as_str(), one.size, one.sha256) == (other.name.as_str(), other.size, other.sha256)
}

/// Merges attachments by their names.
pub(super) fn merged_attachments(
    base: Option<&[Attachment]>,
    ours: &[Attachment],
    theirs: &[Attachment],
    merge: &mut FieldMerge,
) -> Vec<Attachment> {
    let named = |all: &[Attachment], name: &str| all.iter().find(|file| file.name == name).cloned();
    let is_same = |one: &Option<Attachment>, other: &Option<Attachment>| match (one, other) {
        (Some(one), Some(other)) => is_same_file(one, other),
        (None, None) => true,
        _ => false,
    };
    let new = theirs.iter().filter(|file| named(ours, &file.name).is_none());
    let mut merged = Vec::new();
    for name in ours.iter().chain(new).map(|file| file.name.as_str()) {
        let (one, two) = (named(ours, name), named(theirs, name));
        let base = base.map(|base| named(base, name));
        let kept = match base {
            _ if is_same(&one, &two) => one,
            Some(base) if is_same(&one, &base) => two,
            Some(base) if is_same(&two, &base) => one,
            _ => merge.clash(format!("{ATTACHMENTS}.{name}"), one, two),
        };
        merged.extend(kept);
    }
    merged
}

/// Merges grants by their grantees and projects.
pub(super) fn merged_access(
    base: Option<&[Grant]>,
    ours: &Credential,
    theirs: &Credential,
    merge: &mut FieldMerge,
) -> Vec<Grant> {
    let (ours, theirs) = (&ours.head.envelope.access, &theirs.head.envelope.access);
    let is_of = |one: &Grant, other: &Grant| one.to == other.to && one.project == other.project;
    let find = |all: &[Grant], grant: &Grant| all.iter().find(|one| is_of(one, grant)).cloned();
    let is_same = |one: &Option<Grant>, other: &Option<Grant>| {
        let end = |grant: &Option<Grant>| grant.as_ref().map(|grant| grant.expires);
        end(one) == end(other)
    };
    let new = theirs.iter().filter(|grant| find(ours, grant).is_none());
    let mut merged = Vec::new();
    for grant in ours.iter().chain(new) {
        let (one, two) = (find(ours, grant), find(theirs, grant));
        let base = base.map(|base| find(base, grant));
        let kept = match base {
            // the same grant twice is the earlier one
            _ if is_same(&one, &two) => {
                one.into_iter().chain(two).min_by_key(|grant| (grant.granted_at, grant.granted_by))
            }
            Some(base) if is_same(&one, &base) => two,
            Some(base) if is_same(&two, &base) => one,
            _ => {
                let path = format!("{ACCESS}.{}.{}", grant.to.kind.name(), grant.to.name);
                merge.clash(path, one, two)
            }
        };
        merged.extend(kept);
    }
    merged
}
