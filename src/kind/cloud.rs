//! Keys of cloud providers, and a single secret text.

use super::definition::Kind;
use super::fact::{FactSource, FieldNotice};
use super::field::{Field, Shape};
use super::headline::Headline;
use super::rule::{cloud, encoding, text};
use super::system::System::Citrix;
use crate::value::Object;

/// An access key of Amazon Web Services.
pub const AWS: Kind = Kind {
    short: "aws",
    title: "AWS access key",
    headline: Headline::Field(&[&["accessKeyId"]]),
    systems: &[Citrix],
    notice: Some(&TEMPORARY_KEY),
    ..Kind::new(
        "Aws",
        "an access key of Amazon Web Services",
        &[
            Field::required("accessKeyId", Shape::Line(&cloud::ACCESS_KEY_ID), "access key id")
                .variable("AWS_ACCESS_KEY_ID")
                .prompt("Access key ID")
                .aliases(&["awsKeyId", "keyId", "accessKeyID"]),
            Field::required("secretAccessKey", Shape::Line(&cloud::AWS_SECRET), "secret access key")
                .variable("AWS_SECRET_ACCESS_KEY")
                .secret()
                .aliases(&["awsKey", "key", "secretKey"]),
            Field::optional("sessionToken", Shape::Line(&text::NONEMPTY), "token of a temporary key")
                .variable("AWS_SESSION_TOKEN")
                .secret()
                .aliases(&["awsSessionToken"]),
        ],
    )
};

/// A service principal of Azure.
pub const AZURE: Kind = Kind {
    short: "azure",
    title: "Azure service principal",
    keywords: "an application of Azure: Entra, Microsoft",
    headline: Headline::Field(&[&["clientId"]]),
    aliases: &["azure-spn"],
    systems: &[Citrix],
    foreign: &[
        "displayName",
        "subscriptionId",
        "activeDirectoryEndpointUrl",
        "resourceManagerEndpointUrl",
        "activeDirectoryGraphResourceId",
        "sqlManagementEndpointUrl",
        "galleryEndpointUrl",
        "managementEndpointUrl",
    ],
    ..Kind::new(
        "Azure",
        "a service principal of Azure",
        &[
            Field::required("tenantId", Shape::Line(&cloud::TENANT), "tenant")
                .variable("AZURE_TENANT_ID")
                .prompt("Tenant ID")
                .aliases(&["azureTenantId", "tenant"]),
            Field::required("clientId", Shape::Line(&encoding::UUID), "client")
                .variable("AZURE_CLIENT_ID")
                .prompt("Client ID")
                .aliases(&["azureClientId", "appId"]),
            Field::required("clientSecret", Shape::Line(&text::NONEMPTY), "client secret")
                .variable("AZURE_CLIENT_SECRET")
                .secret()
                .aliases(&["azureSecret", "secret", "password"]),
        ],
    )
};

/// A service account of Google Cloud.
pub const GCP: Kind = Kind {
    short: "gcp",
    title: "Google service account",
    keywords: "a key of Google Cloud: GCP",
    headline: Headline::Fact("clientEmail"),
    systems: &[Citrix],
    facts: Some(FactSource { path: &["serviceAccountKey"], encoded: false, reader: &cloud::SERVICE_ACCOUNT }),
    ..Kind::new(
        "Gcp",
        "the key file of a Google Cloud service account",
        &[Field::required("serviceAccountKey", Shape::JsonText(&cloud::GCP_KEY), "key file in JSON")
            .variable("GOOGLE_CREDENTIALS")
            .file_variable("GOOGLE_APPLICATION_CREDENTIALS")
            .prompt("Service account key")
            .secret()
            .aliases(&["gcpServiceAccountKey", "key", "credentials"])],
    )
};

/// One secret text.
pub const SIMPLE: Kind = Kind {
    headline: Headline::None("its only field is secret"),
    short: "secret",
    title: "Note or single secret",
    keywords: "a text: passphrase, PIN, licence, recovery codes",
    token: Some("value"),
    aliases: &["secret"],
    systems: &[Citrix],
    ..Kind::new(
        "Simple",
        "a single secret text",
        &[Field::required("value", Shape::Text(&text::NONEMPTY), "the text")
            .prompt("Secret")
            .secret()
            .aliases(&["secret"])],
    )
};

/// The check of a temporary key.
pub(super) const TEMPORARY_KEY: FieldNotice = FieldNotice {
    name: "temporary-key",
    fields: &["accessKeyId", "sessionToken"],
    check: temporary_key_without_token,
};

/// Returns a warning for a temporary key without its token, which does not work.
fn temporary_key_without_token(fields: &Object) -> Option<&'static str> {
    let temporary = fields.get("accessKeyId")?.as_text()?.expose().starts_with("ASIA");
    (temporary && fields.get("sessionToken").is_none())
        .then_some("accessKeyId: an ASIA key is temporary and needs its sessionToken")
}
