//! The heart: how what is asked for meets what is stored, one table of class × verb.
//!
//! | class     | create           | replace                | merge                | set password |
//! |-----------|------------------|------------------------|----------------------|--------------|
//! | Identity  | given or made    | kept; other → conflict | as replace           | kept         |
//! | Metadata  | given or default | given or kept          | given or kept        | kept         |
//! | Required  | given            | given                  | given or kept        | kept, the password given |
//! | Optional  | given or none    | given or none          | given, kept or unset | kept         |
//! | Defaulted | given or default | given or default       | given or kept        | kept         |
//! | Computed  | none             | none                   | kept                 | kept         |
//! | `ReadOnly`| refused          | refused                | refused              | –            |
//! | Ignored   | dropped, told    | as create              | as create            | –            |
//! | Empty     | refused unless empty | as create          | as create            | –            |
//!
//! Whatever the verb, the result passes the one gate, and nothing that is stored changes before.

use chrono::{DateTime, SubsecRound as _, Utc};
use uuid::Uuid;

use super::gate::{self, Rules};
use super::judge::MAX_DEPTH;
use super::{Credential, Draft, Stamp, State, Violations};
use crate::kind::{Class, Field, Kind, Shape};
use crate::value::{Object, Value};

/// The project whose credentials are global.
pub const ADMIN: &str = "admin";

/// What is done with a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Makes a new credential.
    Create,
    /// Replaces everything that may change; what is not given is deleted or defaulted.
    Replace,
    /// Changes what is given and nothing else.
    Merge,
}

/// A change to be made: the verb with what it acts on.
#[derive(Debug)]
pub enum Change<'a> {
    /// Makes a new credential of this type.
    Create(&'static Kind),
    /// Replaces the stored one; a key store without key type may be given one.
    Replace(&'a Credential, Option<&'static Kind>),
    /// Changes parts of the stored one.
    Merge(&'a Credential),
}

/// Who acts, when, and where.
#[derive(Debug, Clone)]
pub struct Act {
    /// The instant of the change.
    pub now: DateTime<Utc>,
    /// Who makes it.
    pub actor: Uuid,
    /// The project of a new credential that names none.
    pub project: String,
}

/// A valid credential and what the operator should know about the change.
#[derive(Debug)]
pub struct Changed {
    /// The result.
    pub credential: Credential,
    /// Warnings, one line each, without any secret.
    pub notices: Vec<String>,
}

/// Why a change cannot be made. What is stored is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// The result would not be valid.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// A part of the identity would change.
    #[error("{field} cannot be changed")]
    Immutable {
        /// The member that differs.
        field: &'static str,
    },
    /// A merge without anything to merge.
    #[error("at least one field must be given")]
    Nothing,
}

/// Makes a change, and the gate judges the result.
///
/// # Errors
/// Everything that is wrong with the result, a conflict with the identity, or nothing to do.
pub fn change(
    change: &Change<'_>,
    mut draft: Draft,
    act: &Act,
    rules: &Rules<'_>,
) -> Result<Changed, ChangeError> {
    let (verb, stored, kind) = match change {
        Change::Create(kind) => (Verb::Create, None, *kind),
        Change::Replace(stored, given) => (Verb::Replace, Some(*stored), kind_after(stored, *given)?),
        Change::Merge(stored) => (Verb::Merge, Some(*stored), stored.head.kind),
    };
    if verb == Verb::Merge && draft.is_empty() {
        return Err(ChangeError::Nothing);
    }
    // members that repeat the identity are no change
    let changes = !(draft.leaves.is_empty()
        && draft.unset.is_empty()
        && draft.members.iter().all(|(name, _)| is_identity(kind, name)));
    let enabled_given = draft.members.get("enabled").is_some();
    let mut notices = Vec::new();
    let mut violations = std::mem::take(&mut draft.violations);
    let members = combine(verb, kind, stored, draft, act, &mut violations, &mut notices)?;
    if verb == Verb::Merge && !changes && violations.is_empty() {
        return Err(ChangeError::Nothing);
    }
    let stamp = stamp(stored, act);
    let credential = gate::admit(kind, members, stamp, *rules, violations, &mut notices)?;
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
    Ok(Changed { credential, notices })
}

/// A key store without key type may be given one, once; every other type stays what it is.
fn kind_after(stored: &Credential, given: Option<&'static Kind>) -> Result<&'static Kind, ChangeError> {
    match given {
        Some(kind) if *kind != *stored.head.kind => {
            if stored.head.kind.promotable && kind.key_type {
                Ok(kind)
            } else {
                Err(ChangeError::Immutable { field: "type" })
            }
        }
        // a key type that is not given is preserved
        _ => Ok(stored.head.kind),
    }
}

fn combine(
    verb: Verb,
    kind: &Kind,
    stored: Option<&Credential>,
    mut draft: Draft,
    act: &Act,
    violations: &mut Violations,
    notices: &mut Vec<String>,
) -> Result<Object, ChangeError> {
    let mut old = stored.map(Credential::members).unwrap_or_default();
    let mut members = Object::new();
    for field in kind.members() {
        let class = kind.class_of(field);
        let given = draft.members.remove(field.name);
        let kept = old.remove(field.name);
        let unset = draft.unset.iter().any(|name| field.is_called(name));
        if unset && matches!(class, Class::Identity | Class::ReadOnly | Class::Computed) {
            violations.add(field.name, "cannot be unset");
        }
        let value = match class {
            Class::Identity => identity(verb, kind, field, given, kept, act)?,
            Class::Metadata => given.or(kept).filter(|_| !unset),
            Class::Required if verb == Verb::Merge && unset => {
                violations.add(field.name, "is required and cannot be unset");
                None
            }
            Class::Required | Class::Optional | Class::Defaulted if verb == Verb::Merge => {
                if unset || matches!(given, Some(Value::Null)) { None } else { given.or(kept) }
            }
            Class::Required | Class::Optional | Class::Defaulted => given,
            Class::Computed | Class::ReadOnly if given.is_some() => {
                violations.add(field.name, "is set by credctl and cannot be given");
                None
            }
            Class::Computed => kept.filter(|_| verb == Verb::Merge),
            Class::ReadOnly => None,
            Class::Ignored => {
                if given.is_some() {
                    notices.push(format!("{}: ignored for {}, not stored", field.name, kind.name));
                }
                None
            }
            Class::Empty => {
                if given.is_some_and(|value| !is_empty(&value)) {
                    violations.add(field.name, "must be empty for this type");
                }
                None
            }
        };
        if let Some(value) = value.filter(|value| !matches!(value, Value::Null)) {
            members.insert(field.name, value);
        }
    }
    for (name, _) in draft.members {
        violations.add(name, format!("is not a field of {}", kind.name));
    }
    set_leaves(kind, &mut members, draft.leaves, violations);
    unset(verb, &mut members, kind, &draft.unset, violations);
    Ok(members)
}

fn identity(
    verb: Verb,
    kind: &Kind,
    field: &Field,
    given: Option<Value>,
    kept: Option<Value>,
    act: &Act,
) -> Result<Option<Value>, ChangeError> {
    let same = |given: &Value| match (given, &kept) {
        (Value::Text(given), Some(Value::Text(kept))) if field.name == "type" => {
            crate::kind::find(given.expose()).is_some_and(|named| named.kind.name == kept.expose())
        }
        (given, kept) => Some(given) == kept.as_ref(),
    };
    match (verb, field.name) {
        (Verb::Create, "type") => Ok(Some(Value::text(kind.name))),
        (Verb::Create, "project") => {
            let own = Value::text(act.project.as_str());
            match given {
                // from a project, a credential can be made in that project only
                Some(given) if given != own && act.project != ADMIN => {
                    Err(ChangeError::Immutable { field: "project" })
                }
                given => Ok(given.or(Some(own))),
            }
        }
        (Verb::Create, _) => Ok(given),
        // the promotion of a key store was decided before
        (Verb::Replace, "type") => Ok(Some(Value::text(kind.name))),
        _ => match given {
            Some(given) if !matches!(given, Value::Null) && !same(&given) => {
                Err(ChangeError::Immutable { field: field.name })
            }
            _ => Ok(kept),
        },
    }
}

fn set_leaves(kind: &Kind, members: &mut Object, leaves: Vec<(String, Value)>, violations: &mut Violations) {
    for (path, value) in leaves {
        let steps = steps(kind, &path);
        if steps.len() > MAX_DEPTH {
            violations.add(shown(&path), "is nested too deeply");
        } else if let Err(member) = members.set_at(&steps, value) {
            violations.add(path, format!("{member} is not an object"));
        }
    }
}

/// A path, cut so that a message stays short.
fn shown(path: &str) -> String {
    path.chars().take(64).collect()
}

/// The members on the way to a leaf. The name of an entry or a tag is one step, whatever it is made of.
fn steps<'a>(kind: &Kind, path: &'a str) -> Vec<&'a str> {
    let flat = |field: &Field| matches!(field.shape, Shape::Store(_) | Shape::Tags);
    match path.split_once('.') {
        Some((first, rest)) if super::draft::member(kind, first).is_some_and(flat) => vec![first, rest],
        _ => path.split('.').collect(),
    }
}

fn unset(verb: Verb, members: &mut Object, kind: &Kind, names: &[String], violations: &mut Violations) {
    for path in names {
        if super::draft::member(kind, path).is_some() {
            continue;
        }
        let steps = steps(kind, path);
        let removed = steps.split_last().and_then(|(leaf, parents)| {
            let (first, parents) = parents.split_first()?;
            let first = members.get_mut(first)?;
            let parent = parents.iter().try_fold(first, |value, name| match value {
                Value::Object(object) => object.get_mut(name),
                _ => None,
            })?;
            match parent {
                Value::Object(object) => object.remove(leaf),
                _ => None,
            }
        });
        if removed.is_none() && verb == Verb::Merge {
            violations.add(path.as_str(), "there is nothing of this name to unset");
        }
    }
}

/// Times are kept in microseconds; a later change is always later than the one before.
fn stamp(stored: Option<&Credential>, act: &Act) -> Stamp {
    let now = act.now.trunc_subsecs(6);
    match stored.map(|stored| &stored.head.stamp) {
        None => Stamp {
            instance_id: Uuid::new_v4(),
            etag: Uuid::new_v4(),
            revision: 1,
            created_at: now,
            created_by: act.actor,
            updated_at: now,
            modified_by: act.actor,
        },
        Some(old) => Stamp {
            etag: Uuid::new_v4(),
            revision: old.revision + 1,
            updated_at: now.max(old.updated_at + chrono::TimeDelta::microseconds(1)),
            modified_by: act.actor,
            ..old.clone()
        },
    }
}

fn is_identity(kind: &Kind, name: &str) -> bool {
    super::draft::member(kind, name).is_some_and(|field| kind.class_of(field) == Class::Identity)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        _ => false,
    }
}
