//! Content connectors: the free-form properties with which they reach their source.

use super::definition::{Kind, Prefixed};
use super::field::{Field, Secrecy, Shape};
use super::headline::Headline;
use super::system::System::Aspire;

/// The names of leaves that may be shown. A leaf of any other name is taken for a secret.
const PUBLIC: &[&str] = &[
    "domain",
    "user",
    "username",
    "loginAccount",
    "type",
    "method",
    "urlTemplate",
    "headerName",
    "resultField",
    "authenticationType",
    "tenantDomain",
    "clientId",
    "email",
    "url",
    "useAzureAuthentication",
    "isFormBody",
    "setExpiresField",
    "expiresType",
    "certificatePath",
    "privateKeyPath",
];

/// The properties that may name the account, or else the source.
const HEADLINE: &[&[&str]] = &[
    &["properties", "user"],
    &["properties", "username"],
    &["properties", "loginAccount"],
    &["properties", "email"],
    &["properties", "clientId"],
    &["properties", "url"],
];

/// Properties by name, nested or not; `connectorType` says what they are for.
pub const CONNECTOR: Kind = Kind {
    title: "Connector",
    keywords: "the properties that a connector needs",
    headline: Headline::Field(HEADLINE),
    systems: &[Aspire],
    prefixed: Prefixed::Open,
    password: Some("properties.password"),
    requires: &["connectorType", "description"],
    options: &["throttlePolicy"],
    ..Kind::new(
        "connector",
        "the properties that a connector of a given type needs",
        &[Field::required("properties", Shape::Tree, "properties by name")
            .prompt("Properties in JSON")
            .secrecy(Secrecy::SecretExcept(PUBLIC))],
    )
};
