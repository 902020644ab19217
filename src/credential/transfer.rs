//! Credentials that exist already: an earlier version, an exported one, one that goes to another project.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::act::Act;
use super::combine::combine;
use super::draft::Draft;
use super::gate::{self, Rules};
use super::stamp::Stamp;
use super::touched::Touched;
use super::verb::{ChangeError, Changed, Verb};
use super::violation::Violations;
use super::whole::Credential;
use crate::kind::{Class, Kind};
use crate::value::Value;

/// The dates and authors of a credential before it came here.
#[derive(Debug, Clone, Default)]
pub struct Provenance {
    /// The instant of the creation.
    pub created_at: Option<DateTime<Utc>>,
    /// The id of the operator who created the credential.
    pub created_by: Option<Uuid>,
    /// The name of that operator.
    pub created_by_name: Option<String>,
    /// The instant of the last change.
    pub updated_at: Option<DateTime<Utc>>,
    /// The id of the operator who made the last change.
    pub modified_by: Option<Uuid>,
    /// The name of that operator.
    pub modified_by_name: Option<String>,
    /// True if its secrets were to be replaced.
    pub rotate_required: bool,
}

/// Makes an earlier version the current one again. Its project, its grants, its type and the counters of its
/// one-time passwords stay as they are now.
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
    let stamp = Stamp::next(Some(&current.unwrap_or(version).head.stamp), act);
    let mut notices = Vec::new();
    let touched = Touched { stored: current, given: &[] };
    let mut credential =
        gate::admit(kind, members, stamp, *rules, touched, Violations::default(), &mut notices)?;
    // never the grants of the version: they may have been revoked since
    credential.keep_ungiven(current, act);
    if let Some(current) = current {
        let kept = credential.keep_counters(current, &[]);
        notices.extend(kept.iter().map(|kept| kept.notice(credential.id())));
    }
    credential.attachments.clone_from(&version.attachments);
    // the secrets that come back are no newer than those that were to be replaced
    credential.head.stamp.rotate_required |= version.head.stamp.rotate_required;
    Ok(Changed::between(current, credential, notices))
}

/// Takes over a credential that was exported as a whole. It keeps what was computed for it, such as a
/// password hash, and its own dates.
///
/// # Errors
/// Everything that is wrong with it, or a project that this one may not write into.
pub fn adopt(
    kind: &'static Kind,
    mut draft: Draft,
    made: &Provenance,
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
    let mut stamp = Stamp::next(None, act);
    // another machine's clock may be ahead, but nothing was made in the future
    stamp.created_at = made.created_at.unwrap_or(stamp.created_at).min(act.now);
    if let Some(by) = made.created_by {
        (stamp.created_by, stamp.created_by_name) = (by, made.created_by_name.clone());
    }
    stamp.updated_at = made.updated_at.unwrap_or(stamp.updated_at).clamp(stamp.created_at, act.now);
    if let Some(by) = made.modified_by {
        (stamp.modified_by, stamp.modified_by_name) = (by, made.modified_by_name.clone());
    }
    stamp.rotate_required = made.rotate_required;
    let credential = gate::admit(kind, members, stamp, *rules, Touched::ALL, violations, &mut notices)?;
    Ok(Changed::between(None, credential, notices))
}

/// Returns the credential under another id. A name that was the id becomes the new id, as that of a new
/// credential without a name would.
#[must_use]
pub fn renamed(stored: &Credential, id: String, act: &Act) -> Credential {
    let mut credential = stored.clone();
    if credential.head.envelope.name == stored.head.id {
        credential.head.envelope.name.clone_from(&id);
    }
    credential.head.id = id;
    credential.head.stamp = Stamp::next(Some(&stored.head.stamp), act);
    credential.keep_ungiven(Some(stored), act);
    credential
}

/// Returns the draft of a new credential that is like a stored one, under another id.
#[must_use]
pub fn copied(stored: &Credential, id: &str) -> Draft {
    let kind = stored.head.kind;
    let mut draft = Draft::default();
    let mut members = stored.members();
    for field in kind.members() {
        let is_given = matches!(
            kind.class_of(field),
            Class::Metadata | Class::Required | Class::Optional | Class::Defaulted
        );
        if is_given && let Some(value) = members.remove(field.name) {
            draft.members.insert(field.name, value);
        }
    }
    for name in ["project", "connectorType"] {
        if let Some(value) = members.remove(name) {
            draft.members.insert(name, value);
        }
    }
    // a name that is the id means that there is none
    if stored.head.envelope.name == stored.head.id {
        draft.members.remove("name");
    }
    draft.members.insert(kind.id_field.unwrap_or("id"), Value::text(id));
    draft
}

/// Returns a credential that somebody has put together of a stored one and another branch, as a new version.
#[must_use]
pub(crate) fn united(stored: &Credential, mut taken: Credential, act: &Act) -> Credential {
    let rotate_required = taken.head.stamp.rotate_required;
    taken.head.stamp = Stamp { rotate_required, ..Stamp::next(Some(&stored.head.stamp), act) };
    taken
}

/// Returns the credential, moved to another project.
#[must_use]
pub fn moved(stored: &Credential, project: String, act: &Act) -> Credential {
    let mut credential = stored.clone();
    credential.head.envelope.project = project;
    credential.head.stamp = Stamp::next(Some(&stored.head.stamp), act);
    credential.keep_ungiven(Some(stored), act);
    credential
}
