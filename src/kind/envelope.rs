//! The members that every credential has, whatever its type.

use super::field::{Class, Field, Shape};
use super::rule::{encoding, text};

/// Members of every credential, in the order in which they are asked for and judged.
///
/// [`crate::credential::MEMBERS`] says where each is in a credential, and which answers show it.
pub const ENVELOPE: &[Field] = &[
    Field::new("id", Class::Identity, Shape::Line(&text::ID), "the key of the credential")
        .aliases(&["resourceId"]),
    Field::new("type", Class::Identity, Shape::Line(&text::LINE), "the type, one of `credctl types`"),
    Field::new("connectorType", Class::Identity, Shape::Line(&text::LINE), "what a connector connects to")
        .prompt("Connector type"),
    Field::new("name", Class::Metadata, Shape::Line(&text::NAME), "a name for people, 1 to 127 characters")
        .prompt("Name"),
    Field::new("project", Class::Identity, Shape::Line(&text::PROJECT), "the project; `admin` is global"),
    Field::new("labels", Class::Metadata, Shape::Labels, "pairs of name and value"),
    Field::new("enabled", Class::Defaulted, Shape::Flag, "whether it may be used")
        .prompt("May it be used")
        .aliases(&["valid"]),
    Field::optional("description", Shape::Text(&text::TEXT), "what it is for").prompt("Description"),
    Field::optional("throttlePolicy", Shape::Line(&text::ID), "id of a throttle policy")
        .prompt("Throttle policy"),
    Field::optional("validFrom", Shape::Time, "may be used from this instant on")
        .prompt("Valid from")
        .aliases(&["validFromTimestamp"]),
    Field::optional("validUntil", Shape::Time, "may no longer be used at this instant")
        .prompt("Valid until")
        .aliases(&["validUntilTimestamp", "expireDate"]),
    Field::optional("tags", Shape::Tags, "names with a text each"),
    Field::optional("resourceMetadata", Shape::Open(&[]), "what another system keeps about it"),
    Field::optional("auditingSettings", Shape::Open(AUDITING), "where servers log firewall auditing"),
    read_only("createdAt", "when it was created"),
    read_only("createdBy", "who created it"),
    read_only("updatedAt", "when it was last changed"),
    read_only("modifiedBy", "who last changed it"),
    read_only("etag", "changes with every change"),
    read_only("revision", "number of changes, 1 after creation"),
    read_only("instanceId", "UUID of this credential, never used again"),
    read_only("state", "Ok, Disabled, NotYetValid or Expired"),
    read_only("provisioningState", "Succeeded"),
    read_only("attachments", "files that belong to it"),
    read_only("createdByName", "name of who created it"),
    read_only("modifiedByName", "name of who last changed it"),
    read_only("rotateRequired", "true if somebody who was shut out could read it"),
    read_only("access", "what it was granted to"),
    read_only("references", "what refers to it"),
    read_only("networks", "virtual networks that refer to it"),
    read_only("secrets", "names of the secret fields that are set"),
    read_only("keyType", "the type, for key stores"),
];

const AUDITING: &[Field] =
    &[Field::required("outputDirectory", Shape::Line(&text::NONEMPTY), "folder of the audit log")];

const fn read_only(name: &'static str, help: &'static str) -> Field {
    Field::new(name, Class::ReadOnly, Shape::Line(&encoding::UUID), help)
}
