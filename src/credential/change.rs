//! What can be done with a credential. How what is asked for meets what is stored is in `combine.rs`.
//!
//! Whatever the verb, the result passes the one gate, and nothing that is stored changes before.

use chrono::{DateTime, Datelike as _, SubsecRound as _, TimeDelta, Utc};
use uuid::Uuid;

use super::combine::combine;
use super::gate::{self, Rules};
use super::removed;
use super::{Credential, Draft, Stamp, State, Violations, Withheld};
use crate::kind::{Class, Kind};
use crate::secret::Secret;
use crate::value::Value;

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
    /// Changes parts of the stored one; a key store without key type may be given one.
    Merge(&'a Credential, Option<&'static Kind>),
}

impl<'a> Change<'a> {
    /// Replaces what is stored, or creates one of a type where nothing is.
    ///
    /// # Errors
    /// That a new one needs a type.
    pub fn upsert(stored: Option<&'a Credential>, kind: Option<&'static Kind>) -> Result<Self, Violations> {
        match (stored, kind) {
            (Some(stored), given) => Ok(Self::Replace(stored, given)),
            (None, Some(kind)) => Ok(Self::Create(kind)),
            (None, None) => Err(Violations::one("type", "is required: one of `credctl types`")),
        }
    }
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
    /// Whether the id was made at random, so that nothing else can have it.
    pub is_random_id: bool,
    /// Paths of what a replacement dropped, because nothing was given for them: `description`, `tags.url`.
    pub removed: Vec<String>,
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
    let members = combine(verb, kind, stored, draft, act, &mut violations, &mut notices)?;
    if verb == Verb::Merge && !changes && violations.is_empty() {
        return Err(ChangeError::Nothing);
    }
    let stamp = stamp(stored, act);
    let mut credential = gate::admit(kind, members, stamp, rules, violations, &mut notices)?;
    if !left_out.is_empty() {
        notices.push(format!("{}: {} left out", credential.id(), left_out.join(", ")));
    }
    keep_access(&mut credential, stored, act);
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
    let removed = match (verb, stored) {
        (Verb::Replace, Some(old)) => removed::paths(old, &credential),
        _ => Vec::new(),
    };
    Ok(Changed { credential, notices, is_random_id, removed })
}

/// Checks that each stored secret is in the result of a change by a document from which secrets were left
/// out, but for those that are unset by name.
///
/// # Errors
/// The secrets that would be lost.
pub fn still_there(old: &Credential, new: &Credential, unset: &[String]) -> Result<(), Violations> {
    let (mut violations, kept) = (Violations::default(), new.secret_names());
    let is_unset = |path: &str| {
        let inside = |name: &str| path.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', '[']));
        unset.iter().any(|name| name == path || inside(name))
    };
    for path in old.secret_names().into_iter().filter(|path| !kept.contains(path) && !is_unset(path)) {
        let reason =
            "is stored, and the document was written without secrets: add it, or remove it with --unset";
        violations.add(path, reason);
    }
    violations.or(())
}

/// Changes the password and nothing else, and whether the user must change it, where the type has
/// such a flag.
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

/// Makes an earlier version the current one again. Where it is, and what it was granted to, stays as
/// it is now; so does its type.
///
/// # Errors
/// A version that today's rules refuse, or of another type.
pub fn restore(
    version: &Credential,
    current: Option<&Credential>,
    act: &Act,
    rules: &Rules<'_>,
) -> Result<Changed, ChangeError> {
    let kind = version.head.kind;
    if current.is_some_and(|current| *current.head.kind != *kind) {
        return Err(ChangeError::Immutable { field: "type" });
    }
    let mut members = version.members();
    if let Some(current) = current {
        members.insert("project", Value::text(current.head.envelope.project.as_str()));
    }
    let stamp = stamp(Some(current.unwrap_or(version)), act);
    let mut notices = Vec::new();
    let mut credential = gate::admit(kind, members, stamp, *rules, Violations::default(), &mut notices)?;
    keep_access(&mut credential, current, act);
    Ok(Changed { credential, notices, is_random_id: false, removed: Vec::new() })
}

/// When a credential was made and last changed, and by whom, before it came here.
#[derive(Debug, Clone, Copy, Default)]
pub struct Made {
    /// When it was created.
    pub created_at: Option<DateTime<Utc>>,
    /// Who created it.
    pub created_by: Option<Uuid>,
    /// When it was last changed.
    pub updated_at: Option<DateTime<Utc>>,
    /// Who last changed it.
    pub modified_by: Option<Uuid>,
}

/// Takes a credential over that was exported as a whole: with what was computed for it, such as a
/// password hash, and with its own dates.
///
/// # Errors
/// Everything that is wrong with it, or a project that this one may not write into.
pub fn adopt(
    kind: &'static Kind,
    mut draft: Draft,
    made: &Made,
    act: &Act,
    rules: &Rules<'_>,
) -> Result<Changed, ChangeError> {
    // what was computed is a part of it; the rest is judged as that of a new one is
    let computed = kind.members().filter(|field| kind.class_of(field) == Class::Computed);
    let computed: Vec<_> =
        computed.filter_map(|field| Some((field.name, draft.members.remove(field.name)?))).collect();
    let (mut notices, mut violations) = (Vec::new(), std::mem::take(&mut draft.violations));
    let mut members = combine(Verb::Create, kind, None, draft, act, &mut violations, &mut notices)?;
    for (name, value) in computed {
        members.insert(name, value);
    }
    let mut stamp = stamp(None, act);
    stamp.created_at = made.created_at.unwrap_or(stamp.created_at).min(act.now);
    stamp.created_by = made.created_by.unwrap_or(stamp.created_by);
    stamp.updated_at = made.updated_at.unwrap_or(stamp.updated_at).clamp(stamp.created_at, act.now);
    stamp.modified_by = made.modified_by.unwrap_or(stamp.modified_by);
    let credential = gate::admit(kind, members, stamp, *rules, violations, &mut notices)?;
    Ok(Changed { credential, notices, is_random_id: false, removed: Vec::new() })
}

/// A credential in another project.
#[must_use]
pub fn moved(stored: &Credential, project: String, act: &Act) -> Credential {
    let mut credential = stored.clone();
    credential.head.envelope.project = project;
    credential.head.stamp = stamp(Some(stored), act);
    keep_access(&mut credential, Some(stored), act);
    credential
}

/// What a credential was granted to is no part of what is given; what has expired falls away.
fn keep_access(credential: &mut Credential, stored: Option<&Credential>, act: &Act) {
    let granted = stored.map(|stored| stored.head.envelope.granted(act.now).cloned().collect());
    credential.head.envelope.access = granted.unwrap_or_default();
}

/// A type that is not given stays what it is: a key type is preserved.
fn kind_after(stored: &Credential, given: Option<&'static Kind>) -> Result<&'static Kind, ChangeError> {
    match given {
        Some(kind) if !stored.head.kind.may_become(kind) => Err(ChangeError::Immutable { field: "type" }),
        given => Ok(given.unwrap_or(stored.head.kind)),
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
            // what a vault holds may be the last number, and the last instant, that can be written
            revision: old.revision.saturating_add(1).min(super::MAX_COUNT),
            updated_at: now.max(after(old.updated_at)),
            modified_by: act.actor,
            ..old.clone()
        },
    }
}

/// The next instant that four digits of a year can write.
fn after(instant: DateTime<Utc>) -> DateTime<Utc> {
    let next = instant + TimeDelta::microseconds(1);
    if next.year() > 9999 { instant } else { next }
}

fn is_identity(kind: &Kind, name: &str) -> bool {
    super::draft::member(kind, name).is_some_and(|field| kind.class_of(field) == Class::Identity)
}
