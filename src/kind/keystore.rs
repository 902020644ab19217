//! Key stores: base64 texts by name, with a key type that says which entries must be there.

use super::definition::{Content, Kind, Prefixed};
use super::fact::FactSource;
use super::field::{Class, Field, KeyStoreShape, Secrecy, Shape};
use super::headline::Headline;
use super::rule::{account, certificate, encoding, kubeconfig, private_key};
use super::system::System::Astra;

/// The field that holds the entries of a key store.
pub const ENTRIES: &str = "keyStore";

/// A key store without a key type. It is the only type that may be changed, once, into another: one with a key
/// type.
pub const KEYSTORE: Kind = Kind {
    title: "Files in base64",
    headline: Headline::None("nobody knows its entries"),
    systems: &[Astra],
    prefixed: Prefixed::Bare,
    promotable: true,
    ..Kind::new("keystore", "any base64 texts by name", &[store(&KeyStoreShape { entries: &[], open: true })])
};

/// A key store like [`KEYSTORE`] that names its key type.
pub const GENERIC: Kind = Kind {
    name: "generic",
    short: "generic",
    title: "Secrets by name",
    keywords: "any texts by name: variables, settings",
    prefixed: Prefixed::Named,
    key_type: true,
    promotable: false,
    ..KEYSTORE
};

/// A local user's password, kept as a hash.
pub const PASSWORD_HASH: Kind = Kind {
    short: "password-hash",
    title: "Password hash",
    keywords: "a local user's password, of which only the hash is kept",
    headline: Headline::Name,
    aliases: &["password-hash"],
    password: Some("keyStore.cleartext"),
    identity_name: true,
    ..typed(
        "passwordHash",
        "a local user's password, kept as a hash only",
        &[
            store(&KeyStoreShape {
                entries: &[
                    line("cleartext", &encoding::BASE64_NONEMPTY, "password, kept as a hash")
                        .prompt("Password"),
                    Field {
                        secrecy: Secrecy::Public,
                        ..line(
                            "change",
                            &encoding::BOOLEAN_BASE64,
                            "whether the user must change it: true or false",
                        )
                        .prompt("Must the user change it")
                    },
                ],
                open: true,
            }),
            Field::new("hash", Class::Computed, Shape::Line(&account::PHC), "Argon2id hash of the password")
                .secrecy(Secrecy::Sealed),
        ],
    )
};

/// An API key.
pub const APIKEY: Kind = Kind {
    title: "API key or token",
    keywords: "an API key: bearer, access token, webhook",
    token: Some("keyStore.apikey"),
    headline: Headline::None("every entry is secret"),
    aliases: &["api-key"],
    ..typed(
        "apikey",
        "an API key",
        &[store(&KeyStoreShape {
            entries: &[line("apikey", &encoding::BASE64_NONEMPTY, "API key")],
            open: true,
        })],
    )
};

/// The configuration with which one Kubernetes cluster is reached.
pub const KUBECONFIG: Kind = Kind {
    title: "Kubeconfig",
    keywords: "the way to a Kubernetes cluster: k8s, kubectl",
    headline: Headline::Fact("clusterName"),
    content: Some(Content::Kubeconfig),
    facts: Some(FactSource { path: &[ENTRIES, "base64"], encoded: false, reader: &kubeconfig::READER }),
    ..typed(
        "kubeconfig",
        "the configuration of one Kubernetes cluster",
        &[store(&KeyStoreShape {
            entries: &[entry(
                "base64",
                &kubeconfig::ENCODED_KUBECONFIG,
                "kubeconfig with one cluster, JSON or YAML",
            )
            .aliases(&["kubeconfig"])
            .file_variable("KUBECONFIG")
            .prompt("Kubeconfig")],
            open: false,
        })],
    )
};

/// Certificates in PEM.
pub const CERTIFICATE: Kind = Kind {
    title: "Certificate",
    keywords: "certificates in PEM: TLS, SSL, X.509, chain",
    headline: Headline::Fact("subject"),
    aliases: &["pem-certificate"],
    facts: Some(FactSource { path: &[ENTRIES, "certificate"], encoded: true, reader: &certificate::READER }),
    ..typed(
        "certificate",
        "certificates in PEM",
        &[store(&KeyStoreShape {
            entries: &[Field {
                secrecy: Secrecy::Public,
                ..entry("certificate", &certificate::ENCODED_CERTIFICATES, "PEM certificate, or a chain")
                    .prompt("Certificate")
            }],
            open: true,
        })],
    )
};

/// A private key in PEM.
pub const PRIVKEY: Kind = Kind {
    title: "SSH key or private key",
    keywords: "a private key in PEM: TLS, RSA, ed25519, deploy key",
    headline: Headline::Fact("algorithm"),
    aliases: &["private-key"],
    facts: Some(FactSource { path: &[ENTRIES, "privkey"], encoded: true, reader: &private_key::READER }),
    ..typed(
        "privkey",
        "a private key in PEM",
        &[store(&KeyStoreShape {
            entries: &[
                entry("privkey", &private_key::ENCODED_PRIVATE_KEY, "PEM private key").prompt("Private key")
            ],
            open: true,
        })],
    )
};

/// Keys of an object store.
pub const S3: Kind = Kind {
    title: "Object store keys",
    keywords: "keys of an S3 object store: bucket, MinIO",
    headline: Headline::None("its access key counts as secret"),
    ..typed(
        "s3",
        "keys of an S3 object store",
        &[store(&KeyStoreShape {
            entries: &[
                line("accessKey", &encoding::BASE64_NONEMPTY, "access key"),
                line("accessSecret", &encoding::BASE64_NONEMPTY, "access secret"),
            ],
            open: true,
        })],
    )
};

/// Returns the name of the entry that a path such as `keyStore.apikey` leads to, if it leads to one.
#[must_use]
pub fn entry_name(path: &str) -> Option<&str> {
    path.strip_prefix(ENTRIES)?.strip_prefix('.')
}

const fn typed(name: &'static str, summary: &'static str, fields: &'static [Field]) -> Kind {
    Kind { systems: &[Astra], key_type: true, ..Kind::new(name, summary, fields) }
}

const fn store(store: &'static KeyStoreShape) -> Field {
    Field::required(ENTRIES, Shape::Store(store), "base64 texts by name").secret()
}

const fn entry(name: &'static str, rule: &'static super::rule::Rule, help: &'static str) -> Field {
    Field::required(name, Shape::Text(rule), help).secret()
}

/// Makes an entry of one line, so that the newline at the end of a file is not part of it.
const fn line(name: &'static str, rule: &'static super::rule::Rule, help: &'static str) -> Field {
    Field::required(name, Shape::Line(rule), help).secret()
}
