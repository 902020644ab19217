//! The table of the members that every credential has, each with the way to get it from a head and to set it.
//!
//! [`ENVELOPE`](crate::kind::ENVELOPE) has their names, classes and shapes. The records of the vault have their
//! own struct, for speed; a test there compares it with this table.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::head::{Head, label_values, labels_of};
use super::member::{EnvelopeMember, Get, instant, member, text, whole};
use crate::text::PublicText;
use crate::time;
use crate::value::{Object, Value};

/// All members of the envelope, in the order of answers. Those that can be set are in the order of the
/// catalogue.
pub const MEMBERS: &[EnvelopeMember] = &[
    text("id", |head| Some(head.id.as_str().into()))
        .set(|head, value| head.id = plain(&value).unwrap_or_default())
        .composed()
        .listed(),
    // the type of a head is known before anything else
    text("type", |head| Some(head.kind.name.into())).set(|_, _| {}).closed().listed(),
    text("connectorType", |head| head.envelope.connector_type.as_deref().map(Cow::from))
        .set(|head, value| head.envelope.connector_type = plain(&value))
        .assignable()
        .listed(),
    text("keyType", |head| head.kind.key_type.then_some(head.kind.name.into())).computed().listed(),
    text("name", |head| Some(head.envelope.name.as_str().into()))
        .set(|head, value| head.envelope.name = plain(&value).unwrap_or_default())
        .composed()
        .listed(),
    text("project", |head| Some(head.envelope.project.as_str().into()))
        .set(|head, value| head.envelope.project = plain(&value).unwrap_or_default())
        .composed()
        .listed(),
    member("state", Get::Clock(|head, now| head.state(now).name())).closed().computed().listed(),
    member("secrets", Get::Elsewhere).computed(),
    whole("labels", |head| {
        let labels = &head.envelope.labels;
        (!labels.is_empty()).then(|| label_values(labels))
    })
    .set(|head, value| head.envelope.labels = labels_of(&value))
    .assignable(),
    member("enabled", Get::Flag(|head| head.envelope.enabled))
        .set(|head, value| head.envelope.enabled = !matches!(value, Value::Bool(false)))
        .assignable()
        .listed(),
    member("description", Get::Long(|head| head.envelope.description.as_ref()))
        .set(|head, value| head.envelope.description = value.as_text().cloned().map(PublicText::from))
        .assignable()
        .listed(),
    text("throttlePolicy", |head| head.envelope.throttle_policy.as_deref().map(Cow::from))
        .set(|head, value| head.envelope.throttle_policy = plain(&value))
        .composed()
        .assignable()
        .listed(),
    instant("validFrom", |head| head.envelope.valid_from)
        .set(|head, value| head.envelope.valid_from = moment(&value))
        .assignable()
        .listed(),
    instant("validUntil", |head| head.envelope.valid_until)
        .set(|head, value| head.envelope.valid_until = moment(&value))
        .assignable()
        .listed(),
    whole("tags", |head| {
        let tags = &head.envelope.tags;
        (!tags.is_empty()).then(|| tags.clone().into())
    })
    .set(|head, value| {
        if let Value::Object(tags) = value {
            head.envelope.tags = tags;
        }
    })
    .assignable(),
    member("references", Get::Elsewhere).computed(),
    member("networks", Get::Elsewhere).computed(),
    // an answer shows only the grants of its own project
    member("access", Get::Elsewhere),
    // files have a document of their own
    member("attachments", Get::Elsewhere),
    whole("resourceMetadata", |head| head.envelope.resource_metadata.clone())
        .set(|head, value| head.envelope.resource_metadata = Some(value))
        .assignable(),
    whole("auditingSettings", |head| head.envelope.auditing_settings.clone())
        .set(|head, value| head.envelope.auditing_settings = Some(value))
        .assignable(),
    instant("createdAt", |head| Some(head.stamp.created_at)).listed(),
    instant("updatedAt", |head| Some(head.stamp.updated_at)).listed(),
    text("etag", |head| Some(head.stamp.etag.to_string().into())).listed(),
    text("createdBy", |head| Some(head.stamp.created_by.to_string().into())),
    text("createdByName", |head| head.stamp.created_by_name.as_deref().map(Cow::from)),
    text("modifiedBy", |head| Some(head.stamp.modified_by.to_string().into())),
    text("modifiedByName", |head| head.stamp.modified_by_name.as_deref().map(Cow::from)),
    member("revision", Get::Number(|head| head.stamp.revision)),
    whole("instanceId", |head| Some(Value::text(head.stamp.instance_id.to_string()))),
    member("rotateRequired", Get::Mark(|head| head.stamp.rotate_required)),
    member("provisioningState", Get::Elsewhere).computed(),
];

impl EnvelopeMember {
    /// Finds the member of this name or alias.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        MEMBERS.iter().find(|member| member.field.is_called(name))
    }
}

impl Head {
    /// Returns the members that a request for the same head gives beside id and type, under canonical names.
    /// Members that are not set are left out.
    #[must_use]
    pub fn members(&self) -> Object {
        let given = MEMBERS.iter().filter(|member| member.can_be_set());
        // none of them depends on the clock
        let value = |member: &EnvelopeMember| member.value(self, DateTime::UNIX_EPOCH);
        given
            .filter(|member| !matches!(member.name(), "id" | "type"))
            .filter_map(|member| Some((member.name(), value(member)?)))
            .collect()
    }
}

fn plain(value: &Value) -> Option<String> {
    value.as_text().map(|text| text.expose().to_owned())
}

fn moment(value: &Value) -> Option<DateTime<Utc>> {
    time::parse(value.as_text()?.expose()).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{EnvelopeMember, MEMBERS};
    use crate::kind::{Class, ENVELOPE};

    #[test]
    fn the_table_has_the_members_of_the_catalogue() {
        let known: BTreeSet<_> = ENVELOPE.iter().map(|field| field.name).collect();
        let own: BTreeSet<_> = MEMBERS.iter().map(EnvelopeMember::name).collect();
        assert_eq!((own, MEMBERS.len()), (known, ENVELOPE.len()));
    }

    #[test]
    fn members_that_can_be_set_are_in_the_order_of_the_catalogue() {
        let settable = ENVELOPE.iter().filter(|field| field.class != Class::ReadOnly).map(|field| field.name);
        let own = MEMBERS.iter().filter(|member| member.can_be_set()).map(EnvelopeMember::name);
        assert!(own.eq(settable));
        assert!(MEMBERS.iter().all(|member| member.can_be_set() || !member.assignable));
    }
}
