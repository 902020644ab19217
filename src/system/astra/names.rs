//! The names that the documents of Astra have, and the labels that bring back what Astra does not know.

/// The type of a body; that of a list has an `s` behind it.
pub(super) const MEDIA_TYPE: &str = "application/astra-credential";
/// The newest version of its documents.
pub(super) const VERSION: &str = "1.1";
/// The label for the type of a credential that Astra does not know. It brings the credential back.
pub(super) const TYPE: &str = "credctl.io/type";
/// The label for the connector type of such a credential; see [`TYPE`].
pub(super) const CONNECTOR_TYPE: &str = "credctl.io/connectorType";
/// The label for an id that is no id of Astra, which takes UUIDs only; see [`TYPE`].
pub(super) const ID: &str = "credctl.io/id";
/// The members of Astra's items.
pub(super) const MEMBERS: &[&str] = &[
    "type",
    "version",
    "id",
    "name",
    "keyType",
    "valid",
    "validFromTimestamp",
    "validUntilTimestamp",
    "metadata",
];
