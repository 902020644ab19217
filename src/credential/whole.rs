//! A credential as a whole: its head, and the fields of its type.
//!
//! Only the gate makes one from a request.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::attachment::Attachment;
use super::head::Head;
use crate::kind::rule::Fact;
use crate::kind::{Class, Field, Kind, Secrecy, Shape, TypeOrigin};
use crate::time;
use crate::value::{Object, Value};

/// A field that no definition describes. Nobody knows whether its value is a secret.
const UNDEFINED: Field = Field::new("", Class::Optional, Shape::Tree, "a field without a definition")
    .secrecy(Secrecy::SecretExcept(&[]));

/// A valid credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    pub(crate) head: Head,
    pub(crate) fields: Object,
    pub(crate) attachments: Vec<Attachment>,
}

impl Credential {
    /// Returns everything but the fields of the type.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Returns the key: 1 to 127 visible characters.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.head.id
    }

    /// Returns the type.
    #[must_use]
    pub fn kind(&self) -> &'static Kind {
        self.head.kind
    }

    /// Renews the etag after a change that makes no new revision: of a grant or a reference.
    pub fn renew_etag(&mut self) {
        self.head.stamp.etag = Uuid::new_v4();
    }

    /// Returns the time when the credential expires: its own end or that of a certificate in it, the earliest
    /// of them.
    #[must_use]
    pub fn expiry(&self) -> Option<DateTime<Utc>> {
        self.expiring_member().map(|(_, end)| end)
    }

    /// Finds the member that ends first, a fact or `validUntil`, and its end.
    pub(crate) fn expiring_member(&self) -> Option<(&'static str, DateTime<Utc>)> {
        let own = self.head.envelope.valid_until.map(|end| ("validUntil", end));
        // `notAfter`, and of chains and kubeconfigs `chainNotAfter` and `certificateNotAfter`
        let ends = self.facts().into_iter().filter(|fact| fact.name.to_lowercase().ends_with("notafter"));
        let ends = ends.filter_map(|fact| Some((fact.name, time::parse(&fact.text).ok()?)));
        own.into_iter().chain(ends).min_by_key(|(_, end)| *end)
    }

    /// Returns the fields of the type under their canonical names, secrets among them.
    #[must_use]
    pub fn fields(&self) -> &Object {
        &self.fields
    }

    /// Returns the fields that are set, as [`described`] does.
    pub(super) fn described(&self) -> impl Iterator<Item = (&str, &'static Field, &Value)> {
        described(self.head.kind, &self.fields)
    }

    /// Returns the fields that the type does not have: those of a type without a definition, and those that an
    /// earlier definition had.
    pub(super) fn undefined(&self) -> impl Iterator<Item = (&str, &Value)> {
        undefined(self.head.kind, &self.fields)
    }

    /// Returns the facts that the fields tell by themselves: the subject of a certificate, the cluster of a
    /// kubeconfig.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        self.head.kind.facts.map(|source| source.facts(&self.fields)).unwrap_or_default()
    }

    /// Returns true if the facts say only what the names in a field say, so that beside the field they are no news.
    #[must_use]
    pub fn facts_repeat_field(&self) -> bool {
        self.head.kind.facts.is_some_and(|source| source.reader.repeats_field)
    }

    /// Returns what people want to know of the fields beside the facts: the contexts of a kubeconfig. No field
    /// goes by these names.
    #[must_use]
    pub fn details(&self) -> Vec<Fact> {
        self.head.kind.facts.map(|source| source.details(&self.fields)).unwrap_or_default()
    }

    /// Returns the credential as members of a draft, under canonical names.
    pub(super) fn members(&self) -> Object {
        let mut members = self.head.members();
        members.insert("id", Value::text(self.head.id.as_str()));
        members.insert("type", Value::text(self.head.kind.name));
        for (name, value) in self.fields.iter() {
            members.insert(name, value.clone());
        }
        members
    }
}

/// Returns the fields that are set, each with its name and what the type says of it, in the order of the type.
/// Those that the type does not have come last: they are secret.
pub(super) fn described<'a>(
    kind: &'static Kind,
    fields: &'a Object,
) -> impl Iterator<Item = (&'a str, &'static Field, &'a Value)> {
    let own = kind.every_field().filter_map(|field| Some((field.name, field, fields.get(field.name)?)));
    own.chain(undefined(kind, fields).map(|(name, value)| (name, &UNDEFINED, value)))
}

fn undefined<'a>(kind: &'static Kind, fields: &'a Object) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let is_defined = |name: &str| kind.every_field().any(|field| field.name == name);
    let may_have_some = kind.origin != TypeOrigin::BuiltIn;
    fields.iter().filter(move |(name, _)| may_have_some && !is_defined(name))
}
