//! The changes of a credential. The module `combine.rs` combines what is asked for with what is stored.
//!
//! The result of every verb passes the one gate, and nothing that is stored changes before.

use super::act::Act;
use super::combine::combine;
use super::difference::{differences, removed};
use super::draft::{Draft, Withheld};
use super::gate::{self, Rules};
use super::head::State;
use super::own_fields::opened;
use super::path;
use super::stamp::Stamp;
use super::touched::Touched;
use super::verb::{Change, ChangeError, Changed, Verb};
use super::violation::Violations;
use super::whole::Credential;
use crate::kind::{Class, Kind, TypeOrigin};
use crate::secret::Secret;

/// Makes a change and has the gate judge the result.
///
/// # Errors
/// Everything that is wrong with the result, a conflict with the identity, or nothing to do.
pub fn change(
    change: &Change<'_>,
    draft: Draft,
    act: &Act,
    rules: &Rules<'_>,
) -> Result<Changed, ChangeError> {
    let spelled = draft.spelled;
    make(change, draft, act, *rules).map_err(|error| match error {
        ChangeError::Invalid(violations) => violations.spelled(spelled).into(),
        error => error,
    })
}

fn make(change: &Change<'_>, mut draft: Draft, act: &Act, rules: Rules<'_>) -> Result<Changed, ChangeError> {
    let (verb, stored, kind) = match change {
        Change::Create(kind) => (Verb::Create, None, *kind),
        Change::Replace(stored, given) => (Verb::Replace, Some(*stored), kind_after(stored, *given)?),
        Change::Merge(stored, given) => (Verb::Merge, Some(*stored), kind_after(stored, *given)?),
    };
    if verb == Verb::Create && kind.origin == TypeOrigin::Removed {
        let reason = "was removed, and takes no new credentials";
        return Err(Violations::one("type", format!("{} {reason}", kind.name)).into());
    }
    // needed after `combine`, which takes the draft apart
    let (withheld, unset) = (draft.withheld, draft.unset.clone());
    let promotes = stored.is_some_and(|stored| stored.head.kind != kind);
    if verb == Verb::Merge && draft.is_empty() && !promotes {
        return Err(ChangeError::Nothing);
    }
    // members that repeat the identity are no change
    let changes = promotes
        || !(draft.leaves.is_empty()
            && draft.unset.is_empty()
            && draft.members.iter().all(|(name, _)| is_identity(kind, name)));
    let is_random_id = verb == Verb::Create && kind.id_field.is_none() && draft.members.get("id").is_none();
    let enabled_given = draft.members.get("enabled").is_some();
    let mut notices = Vec::new();
    let mut violations = std::mem::take(&mut draft.violations);
    let left_out = std::mem::take(&mut draft.left_out);
    let assigned = std::mem::take(&mut draft.assigned);
    // needed after `combine`, too
    let given: Vec<String> = draft.members.iter().map(|(name, _)| name.to_owned()).collect();
    let given = [given, draft.leaves.iter().map(|(path, _)| path.clone()).collect()].concat();
    let members = combine(verb, kind, stored, draft, act, &mut violations, &mut notices)?;
    // only after `combine`: another identity is a conflict, not a request without a change
    if verb == Verb::Merge && !changes && violations.is_empty() {
        return Err(ChangeError::Nothing);
    }
    let stamp = Stamp::next(stored.map(|stored| &stored.head.stamp), act);
    let touched = Touched { stored, given: &given };
    let mut credential = gate::admit(kind, members, stamp, rules, touched, violations, &mut notices)?;
    if !left_out.is_empty() {
        notices.push(format!("{}: {} left out", credential.id(), left_out.join(", ")));
    }
    credential.keep_ungiven(stored, act);
    if let Some(old) = stored {
        let kept = credential.keep_counters(old, &assigned);
        notices.extend(kept.iter().map(|kept| kept.notice(credential.id())));
    }
    // an answer that was edited and sent back lacks the secrets, which must not be lost
    let is_answer = match verb {
        Verb::Create => false,
        Verb::Replace => withheld != Withheld::Nothing,
        Verb::Merge => withheld == Withheld::Surely,
    };
    if let Some(old) = stored.filter(|_| is_answer && !promotes) {
        still_there(old, &credential, &unset)?;
    }
    if verb == Verb::Replace
        && !enabled_given
        && stored.is_some_and(|old| old.head.state(act.now) == State::Disabled)
        && credential.head.envelope.enabled
    {
        notices.push(format!(
            "{} was disabled and is enabled again, because enabled was not given",
            credential.id()
        ));
    }
    let opened = stored.map(|old| opened(old, &credential)).unwrap_or_default();
    if !opened.is_empty() {
        notices.push(format!("{}: {} was secret and is public now", credential.id(), opened.join(", ")));
    }
    let changes = stored.map(|old| differences(Some(old), &credential)).unwrap_or_default();
    let same = stored.map(|old| credential.rotate(old, &changes)).unwrap_or_default();
    if !same.is_empty() {
        notices.push(format!(
            "{}: no longer marked for rotation, but {} did not change",
            credential.id(),
            same.join(", ")
        ));
    }
    let removed = match (verb, stored) {
        (Verb::Replace, Some(old)) => removed(&changes, old, &credential),
        _ => Vec::new(),
    };
    Ok(Changed { credential, notices, is_random_id, removed, changes, assigned })
}

/// Checks that each stored secret is in the result of a change by a document from which secrets were left
/// out, but for those that are unset by name.
///
/// # Errors
/// The secrets that would be lost.
pub fn still_there(old: &Credential, new: &Credential, unset: &[String]) -> Result<(), Violations> {
    let (mut violations, kept) = (Violations::default(), new.secret_names());
    let is_unset = |path: &str| unset.iter().any(|name| path::is_at(name, path));
    for path in old.secret_names().into_iter().filter(|path| !kept.contains(path) && !is_unset(path)) {
        let reason =
            "is stored, and the document was written without secrets: add it, or remove it with --unset";
        violations.add(path, reason);
    }
    violations.or(())
}

/// Changes the password and, where the type has such a flag, whether the user must change it. Nothing else
/// changes.
///
/// # Errors
/// A type without password, or a password that the gate refuses.
pub fn set_password(
    stored: &Credential,
    password: &Secret,
    must_change: Option<bool>,
    act: &Act,
    rules: &Rules<'_>,
) -> Result<Changed, ChangeError> {
    let draft = Draft::password(stored.head.kind, password, must_change)?;
    change(&Change::Merge(stored, None), draft, act, rules)
}

/// Returns the type after a change. A type that is not given stays as it is: a key type is preserved.
fn kind_after(stored: &Credential, given: Option<&'static Kind>) -> Result<&'static Kind, ChangeError> {
    match given {
        Some(kind) if !stored.head.kind.may_become(kind) => Err(ChangeError::Immutable { field: "type" }),
        given => Ok(given.unwrap_or(stored.head.kind)),
    }
}

fn is_identity(kind: &Kind, name: &str) -> bool {
    path::member(kind, name).is_some_and(|field| kind.class_of(field) == Class::Identity)
}
