//! Credentials with which network devices and their controllers are reached.

use super::definition::Kind;
use super::field::{Class, Field, Shape};
use super::headline::Headline;
use super::rule::{network, subject, text};
use super::system::System::NetworkController;

/// The spellings of an account name in documents of all kinds.
const USER_NAMES: &[&str] = &["userName", "user", "loginAccount"];

const IGNORED_USER: Field =
    Field::new("username", Class::Ignored, Shape::Line(&text::NONEMPTY), "ignored").aliases(USER_NAMES);

/// A certificate known by its thumbprint.
pub const X509_CERTIFICATE: Kind = Kind {
    short: "thumbprint",
    title: "Certificate thumbprint",
    keywords: "a certificate of a network controller, by its thumbprint",
    headline: Headline::Field(&[&["value"]]),
    aliases: &["x509-certificate", "thumbprint"],
    systems: &[NetworkController],
    ..Kind::new(
        "X509Certificate",
        "a certificate, by its thumbprint",
        &[Field::required("value", Shape::Line(&network::THUMBPRINT), "thumbprint"), IGNORED_USER],
    )
};

/// A certificate known by its subject.
pub const X509_SUBJECT_NAME: Kind = Kind {
    short: "subject-name",
    title: "Certificate subject",
    keywords: "a certificate of a network controller, by its name",
    headline: Headline::Field(&[&["value"]]),
    aliases: &["x509-certificate-subject-name", "x509-subject-name", "subject-name"],
    systems: &[NetworkController],
    ..Kind::new(
        "X509CertificateSubjectName",
        "a certificate, by its subject name",
        &[Field::required("value", Shape::Line(&subject::CN), "common name or subject"), IGNORED_USER],
    )
};

/// A community string.
pub const SNMP_COMMUNITY: Kind = Kind {
    headline: Headline::None("its only field is secret"),
    short: "snmp",
    title: "SNMP community",
    keywords: "a community string of network devices",
    aliases: &["snmp-community-string", "snmp-community", "snmp"],
    systems: &[NetworkController],
    ..Kind::new(
        "SnmpCommunityString",
        "an SNMP community string",
        &[Field::required("value", Shape::Line(&text::SNMP), "community string").secret(), IGNORED_USER],
    )
};

/// An account whose password the domain manages.
pub const GMSA: Kind = Kind {
    short: "gmsa",
    title: "Managed service account",
    keywords: "a group managed service account of Windows",
    headline: Headline::Field(&[&["username"]]),
    aliases: &["group-managed-service-account", "gmsa"],
    systems: &[NetworkController],
    ..Kind::new(
        "GroupManagedServiceAccount",
        "a group managed service account, which has no password",
        &[
            Field::required("username", Shape::Line(&network::GMSA), "account name").aliases(USER_NAMES),
            Field::new("value", Class::Empty, Shape::Line(&text::NONEMPTY), "must be empty")
                .secret()
                .aliases(&["password"]),
        ],
    )
};
