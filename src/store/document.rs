//! A credential as a document of our own: its metadata, or everything about it with its secrets or without.

use chrono::{DateTime, Utc};

use crate::credential::{Credential, Head, MEMBERS, Scalar};
use crate::value::{Object, Value};
use crate::vault::Reference;

/// Returns the members of the metadata that are set, in their order, and never a secret.
pub fn listed(head: &Head, now: DateTime<Utc>) -> impl Iterator<Item = (&'static str, Scalar<'_>)> {
    let listed = MEMBERS.iter().filter(|member| member.listed);
    listed.filter_map(move |member| Some((member.name(), member.scalar(head, now)?)))
}

/// Returns the metadata as an object.
#[must_use]
pub fn metadata(head: &Head, now: DateTime<Utc>) -> Object {
    let listed = MEMBERS.iter().filter(|member| member.listed);
    listed.filter_map(|member| Some((member.name(), member.value(head, now)?))).collect()
}

/// Returns the grants of a credential at an instant in a project, as a list.
#[must_use]
pub fn access(head: &Head, project: &str, now: DateTime<Utc>) -> Value {
    Value::List(head.envelope.granted_in(project, now).map(|grant| grant.document().into()).collect())
}

/// Returns the names and sizes of the attachments of a credential. Their digests are revealed with its secrets,
/// because that of a short content gives the content away.
fn attachments(credential: &Credential, reveal: bool) -> Value {
    let shown = credential.attachments().iter().map(|attachment| {
        let mut shown = Object::from_iter([
            ("name", Value::text(attachment.name.as_str())),
            ("size", Value::from(attachment.size)),
        ]);
        if reveal {
            shown.insert("sha256", Value::text(attachment.sha256.to_string()));
        }
        Value::from(shown)
    });
    Value::List(shown.collect())
}

/// Returns everything about a credential. Its secrets are names only, or among the fields if revealed.
#[must_use]
pub fn full(
    credential: &Credential,
    references: &[Reference],
    project: &str,
    now: DateTime<Utc>,
    reveal: bool,
) -> Object {
    let head = credential.head();
    let mut shown = metadata(head, now);
    shown.insert("fields", if reveal { credential.revealed_fields() } else { credential.public_fields() });
    for member in MEMBERS.iter().filter(|member| !member.listed) {
        let value = match member.name() {
            // revealed secrets are among the fields
            "secrets" if reveal => Some(Value::List(Vec::new())),
            "secrets" => Some(Value::texts(credential.secret_names())),
            "references" => Some(Value::List(references.iter().map(Reference::shown).collect())),
            "networks" => Some(Reference::networks(references)),
            "access" => Some(access(head, project, now)),
            "attachments" => Some(attachments(credential, reveal)),
            _ => member.value(head, now).or_else(|| member.empty()),
        };
        if let Some(value) = value {
            shown.insert(member.name(), value);
        }
    }
    shown
}
