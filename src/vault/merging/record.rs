//! The merge of one credential that both sides have. Must not know where its ancestor comes from.

use super::fields::{BaseValue, FieldMerge, TakenPaths, as_list, by_name};
use super::lists::{is_same_file, merged_access, merged_attachments};
use crate::credential::{Credential, Envelope, Grant, Head, MEMBERS, Rules, Stamp};
use crate::kind::CUSTOM;
use crate::kind::rule::account::PasswordPolicy;
use crate::value::{Object, Value};

/// The end of the id of a credential of their side, if our side added another one under that id.
pub(super) const THEIRS: &str = "~theirs";

/// The name of the type among the members.
const TYPE: &str = "type";

/// The common ancestor of both sides, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Ancestor {
    /// The version that both sides come from.
    pub version: Option<Credential>,
    /// True if that is the record itself and not an earlier version of it, whose id may be another one now.
    pub has_id: bool,
    /// The grants of that version; none if they may have changed since, which makes no version.
    pub access: Option<Vec<Grant>>,
    /// True if the version was marked for rotation; none if that may have changed since.
    pub is_marked: Option<bool>,
}

/// The result of the merge of one credential.
#[derive(Debug)]
pub(super) struct UnitedRecord {
    pub credential: Credential,
    /// The paths at which both sides have set different values. Ours are in the result.
    pub clashes: Vec<String>,
}

/// Merges a credential. The result has the stamp of the side that it is the same as, or a new one.
pub(super) fn merge(ancestor: &Ancestor, ours: &Credential, theirs: &Credential) -> UnitedRecord {
    // counters go ahead on both sides, and never back
    let (mut one, mut two) = (under_id(ours, ours.id()), under_id(theirs, ours.id()));
    one.keep_counters(theirs, &[]);
    two.keep_counters(ours, &[]);
    let base = ancestor.version.as_ref().map(|version| {
        let mut base = under_id(version, ours.id());
        base.keep_counters(&one, &[]);
        base
    });
    let (mut merged, mut clashes) = content(base.as_ref(), &one, &two);
    if !is_sound(&merged, &one, &two) {
        // each side by itself passes the rules: the two together do not
        clashes = all_differences(&one, &two);
        merged = one.clone();
    }
    let mut access = FieldMerge::default();
    merged.head.envelope.access = merged_access(ancestor.access.as_deref(), ours, theirs, &mut access);
    clashes.append(&mut access.clashes);
    let id = merged_id(ancestor, ours.id(), theirs.id(), &mut clashes);
    let merged = under_id(&merged, &id);
    let sides = [(ours, under_id(&one, &id)), (theirs, under_id(&two, &id))];
    let credential = stamped(merged, ancestor, &sides, !clashes.is_empty());
    UnitedRecord { credential, clashes }
}

/// Returns the id of the result.
fn merged_id(ancestor: &Ancestor, ours: &str, theirs: &str, clashes: &mut Vec<String>) -> String {
    let base = ancestor.version.as_ref().filter(|_| ancestor.has_id).map(Credential::id);
    match base {
        _ if ours == theirs => {}
        Some(base) if base == ours => return theirs.to_owned(),
        Some(base) if base == theirs => {}
        // an earlier merge gave it this id, and has said so
        _ if is_made_of(ours, theirs) || is_made_of(theirs, ours) => {}
        _ => clashes.push("id".to_owned()),
    }
    ours.to_owned()
}

/// Returns true if a merge made an id of another one.
fn is_made_of(id: &str, other: &str) -> bool {
    id.strip_prefix(other).is_some_and(|rest| rest.starts_with(THEIRS))
}

/// Returns a credential under another id. A name that is the id stays the id.
pub(super) fn under_id(credential: &Credential, id: &str) -> Credential {
    let mut under = credential.clone();
    if under.head.envelope.name == under.head.id {
        id.clone_into(&mut under.head.envelope.name);
    }
    id.clone_into(&mut under.head.id);
    under
}

/// Merges everything but the id, the grants and the stamp, which stay those of ours. All have one id.
fn content(base: Option<&Credential>, ours: &Credential, theirs: &Credential) -> (Credential, Vec<String>) {
    if has_same_content(ours, theirs) {
        return (ours.clone(), Vec::new());
    }
    match base {
        Some(base) if has_same_content(ours, base) => return (theirs.clone(), Vec::new()),
        Some(base) if has_same_content(theirs, base) => return (ours.clone(), Vec::new()),
        _ => {}
    }
    if ours.head.kind.name != theirs.head.kind.name {
        return (ours.clone(), vec![TYPE.to_owned()]);
    }
    let known = base.filter(|base| base.head.kind.name == ours.head.kind.name);
    let before = known.map(|base| Value::from(members(base)));
    let base_value = before.as_ref().map_or(BaseValue::Unknown, |before| BaseValue::Known(Some(before)));
    let mut merge = FieldMerge::default();
    let merged = merge.members("", base_value, &members(ours), &members(theirs));
    let base_files = known.map(Credential::attachments);
    let attachments = merged_attachments(base_files, ours.attachments(), theirs.attachments(), &mut merge);
    let mut credential = with_members(ours, merged);
    credential.attachments = attachments;
    (credential, merge.clashes)
}

/// Returns true if two credentials have the same members and attachments, whatever their stamps and grants are.
pub(super) fn has_same_content(one: &Credential, other: &Credential) -> bool {
    let (head, others) = (&one.head, &other.head);
    head.id == others.id
        && head.kind.name == others.kind.name
        && one.fields == other.fields
        && members_of(head) == members_of(others)
        && one.attachments.len() == other.attachments.len()
        && one.attachments.iter().zip(&other.attachments).all(|(one, other)| is_same_file(one, other))
}

/// Returns true if the merge of both sides passes the rules, or one of the sides does not either.
fn is_sound(merged: &Credential, ours: &Credential, theirs: &Credential) -> bool {
    if has_same_content(merged, ours) || has_same_content(merged, theirs) {
        return true;
    }
    let passwords = PasswordPolicy::default();
    let rules = Rules { password: &passwords };
    let passes = |credential: &Credential| credential.judge(&rules).is_ok();
    passes(merged) || !passes(ours) || !passes(theirs)
}

/// Returns our credential with the values of theirs at some paths. The id and the stamp stay. Counters never go back.
pub(super) fn take(ours: &Credential, theirs: &Credential, takes: &TakenPaths) -> Credential {
    let other = under_id(theirs, ours.id());
    let mut access = FieldMerge::taking(takes.clone());
    let grants = merged_access(None, ours, theirs, &mut access);
    let mut taken = if ours.head.kind.name != other.head.kind.name && takes.has(TYPE) {
        let mut whole = other;
        whole.head.stamp = ours.head.stamp.clone();
        whole
    } else {
        let mut merge = FieldMerge::taking(takes.clone());
        let merged = merge.members("", BaseValue::Unknown, &members(ours), &members(&other));
        let files = merged_attachments(None, ours.attachments(), other.attachments(), &mut merge);
        let mut credential = with_members(ours, merged);
        credential.attachments = files;
        credential
    };
    taken.head.envelope.access = grants;
    taken.head.stamp.rotate_required |= theirs.head.stamp.rotate_required && *takes != TakenPaths::Nothing;
    taken.keep_counters(ours, &[]);
    taken
}

/// Returns the paths at which two credentials differ.
pub(super) fn all_differences(ours: &Credential, theirs: &Credential) -> Vec<String> {
    let mut merge = FieldMerge::default();
    merge.members("", BaseValue::Unknown, &members(ours), &members(theirs));
    merged_attachments(None, ours.attachments(), theirs.attachments(), &mut merge);
    merge.clashes
}

/// Returns the members of a credential that a merge looks at one by one.
fn members(credential: &Credential) -> Object {
    let mut members = members_of(&credential.head);
    for (name, value) in credential.fields.iter() {
        members.insert(name, value.clone());
    }
    for name in ["labels", CUSTOM] {
        if let Some(named) = members.get(name).and_then(by_name) {
            members.insert(name, named);
        }
    }
    members
}

/// Returns the members of a head that are stored and can be set.
fn members_of(head: &Head) -> Object {
    let set = MEMBERS.iter().filter(|member| member.can_be_set() && member.name() != TYPE);
    set.filter_map(|member| Some((member.name(), member.value(head, head.stamp.updated_at)?))).collect()
}

/// Returns a credential with other members.
fn with_members(credential: &Credential, mut members: Object) -> Credential {
    for name in ["labels", CUSTOM] {
        if let Some(Value::Object(named)) = members.get(name).cloned() {
            if named.is_empty() {
                members.remove(name);
            } else {
                members.insert(name, as_list(named));
            }
        }
    }
    let mut with = credential.clone();
    let access = std::mem::take(&mut with.head.envelope.access);
    with.head.envelope = Envelope { access, ..Envelope::default() };
    for member in MEMBERS.iter().filter(|member| member.can_be_set()) {
        if let Some(value) = members.remove(member.name()) {
            member.put(&mut with.head, value);
        }
    }
    with.fields = members;
    with
}

/// Gives a merged credential its stamp. Each side comes as it is, and as it was compared.
fn stamped(
    mut merged: Credential,
    ancestor: &Ancestor,
    [(ours, one), (theirs, two)]: &[(&Credential, Credential); 2],
    has_clashes: bool,
) -> Credential {
    let (our_stamp, their_stamp) = (&ours.head.stamp, &theirs.head.stamp);
    let order = |stamp: &Stamp| (stamp.revision, stamp.updated_at, stamp.etag);
    let is_ours = has_same_content(&merged, one) && merged.id() == ours.id();
    let is_theirs = has_same_content(&merged, two) && merged.id() == theirs.id();
    let mut stamp = match (is_ours, is_theirs) {
        (true, true) if order(our_stamp) < order(their_stamp) => their_stamp.clone(),
        (true, _) => our_stamp.clone(),
        (false, true) => their_stamp.clone(),
        (false, false) => our_stamp.united(their_stamp, has_clashes),
    };
    stamp.rotate_required = match ancestor.is_marked {
        _ if our_stamp.rotate_required == their_stamp.rotate_required => our_stamp.rotate_required,
        // one side has replaced the secret, or one side has marked it
        Some(was_marked) => !was_marked,
        None => true,
    };
    merged.head.stamp = stamp;
    // what is the same as one of the sides has its etag
    let as_it_is = [ours, theirs].into_iter().filter(|side| {
        let mut same = merged.clone();
        same.head.stamp.etag = side.head.stamp.etag;
        same == ***side
    });
    let etag = as_it_is.map(|side| side.head.stamp.etag).max();
    merged.head.stamp.etag = etag.unwrap_or_else(|| our_stamp.united_etag(their_stamp, has_clashes));
    merged
}
