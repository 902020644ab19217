//! One complete credential of every type, with what the catalogue must say about the type.
//!
//! Written down once more on purpose: the catalogue is compared with this, not with itself.

use credctl::base64;
use serde_json::{Value, json};

pub const CERTIFICATE: &str = include_str!("../../../src/kind/rule/testdata/certificate.pem");
pub const PRIVATE_KEY: &str = include_str!("../../../src/kind/rule/testdata/ec_pkcs8.pem");
pub const RSA_KEY: &str = include_str!("../../../src/kind/rule/testdata/rsa_pkcs8.pem");

/// One credential of a type.
pub struct Sample {
    pub kind: &'static str,
    /// A whole document; its id is the type's name, or the user name where that is the id.
    pub document: Value,
    /// Paths of what cannot be left out.
    pub required: &'static [&'static str],
    /// Paths of what can be left out, beside the envelope.
    pub optional: &'static [&'static str],
    /// Paths of what is secret, as `secrets` names them.
    pub secrets: &'static [&'static str],
}

pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    base64::encode(bytes.as_ref()).expose().to_owned()
}

pub fn kubeconfig() -> String {
    json!({"apiVersion": "v1", "kind": "Config",
           "clusters": [{"name": "c1", "cluster": {"server": "https://k8s.example:6443"}}],
           "users": [{"name": "u1", "user": {"token": "S-kube-token"}}]})
    .to_string()
}

pub fn service_account() -> Value {
    json!({"type": "service_account", "project_id": "proj", "private_key_id": "0123abcd",
           "private_key": RSA_KEY, "client_email": "svc@proj.iam.gserviceaccount.com"})
}

/// The seed of the examples of RFC 4226 and 6238.
pub const SEED: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// The id of a user, which is the name of its password hash.
pub const USER: &str = "5f3d0e4b-4f43-4b5f-9c5a-0d7a0c1b2c3d";

/// The sample of a type.
pub fn of(kind: &str) -> Sample {
    all().into_iter().find(|sample| sample.kind == kind).unwrap()
}

/// All of them, in the order of the catalogue.
#[rustfmt::skip]
pub fn all() -> Vec<Sample> {
    let thumbprint = "DAE2FE6166DFA652EE64AB22261D682FE6C6690F";
    let mut samples = vec![
        sample("UsernamePassword", json!({"username": "ips", "password": "S-password1^", "domain": "test",
                                          "totp": SEED}),
               &["username", "password"], &["domain", "totp"], &["password", "totp"]),
        sample("Aws", json!({"accessKeyId": "AKIAIOSFODNN7EXAMPLE",
                             "secretAccessKey": "S-JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE", "sessionToken": "S-token"}),
               &["accessKeyId", "secretAccessKey"], &["sessionToken"], &["secretAccessKey", "sessionToken"]),
        sample("Azure", json!({"tenantId": "contoso.onmicrosoft.com",
                               "clientId": "6b1551db-b7fa-473d-a05c-43524badb11b", "clientSecret": "S-client"}),
               &["tenantId", "clientId", "clientSecret"], &[], &["clientSecret"]),
        sample("Gcp", json!({"serviceAccountKey": service_account().to_string()}),
               &["serviceAccountKey"], &[], &["serviceAccountKey"]),
        sample("Simple", json!({"value": "S-one\nS-two\n"}), &["value"], &[], &["value"]),
        sample("X509Certificate", json!({"value": thumbprint}), &["value"], &[], &[]),
        sample("X509CertificateSubjectName", json!({"value": "host1.contoso.com"}), &["value"], &[], &[]),
        sample("SnmpCommunityString", json!({"value": "S-public"}), &["value"], &[], &["value"]),
        sample("GroupManagedServiceAccount", json!({"username": "CONTOSO\\svc-nc$"}), &["username"], &[], &[]),
        sample("keystore", json!({"keyStore": {"bindDn": base64("S-cn"), "password": base64("S-bind")}}),
               &["keyStore"], &[], &["keyStore.bindDn", "keyStore.password"]),
        sample("generic", json!({"keyStore": {"base64": base64("S-generic")}}),
               &["keyStore"], &[], &["keyStore.base64"]),
        sample("passwordHash", json!({"name": USER,
                   "keyStore": {"cleartext": base64("S-NetApp123"), "change": base64("true")}}),
               &["name", "keyStore.cleartext", "keyStore.change"], &[], &[]),
        sample("apikey", json!({"keyStore": {"apikey": base64("S-apikey")}}),
               &["keyStore.apikey"], &[], &["keyStore.apikey"]),
        sample("kubeconfig", json!({"keyStore": {"base64": base64(kubeconfig())}}),
               &["keyStore.base64"], &[], &["keyStore.base64"]),
        sample("certificate", json!({"keyStore": {"certificate": base64(CERTIFICATE), "passphrase": base64("S-extra")}}),
               &["keyStore.certificate"], &[], &["keyStore.passphrase"]),
        sample("privkey", json!({"keyStore": {"privkey": base64(PRIVATE_KEY)}}),
               &["keyStore.privkey"], &[], &["keyStore.privkey"]),
        sample("s3", json!({"keyStore": {"accessKey": base64("S-access"), "accessSecret": base64("S-secret")}}),
               &["keyStore.accessKey", "keyStore.accessSecret"], &[], &["keyStore.accessKey", "keyStore.accessSecret"]),
        sample("connector", json!({"connectorType": "rest-api", "description": "search index",
                   "properties": {"user": "svc", "password": "S-rest", "query": {"method": "POST", "body": "S-body"}}}),
               &["connectorType", "description", "properties"], &[],
               &["properties.password", "properties.query.body"]),
        sample("apiCredential", json!({"username": "partner1", "password": "S-partner", "email": "ops@example.org",
                   "fullName": "Partner One", "roleNameList": ["b", "a"], "ipList": ["10.0.0.0/8", "2001:db8::1"]}),
               &["username", "password", "email", "fullName"], &["roleNameList", "ipList"], &["password"]),
        sample("otp", json!({"totp": format!("otpauth://totp/ACME:me?secret={SEED}"), "username": "me", "issuer": "ACME",
                             "notes": "S-codes"}),
               &["totp"], &["username", "issuer", "notes"], &["notes", "totp"]),
    ];
    for sample in &mut samples {
        let id = sample.document.get("username").filter(|_| sample.kind == "apiCredential").cloned();
        sample.document["id"] = id.unwrap_or_else(|| json!(sample.kind));
        sample.document["type"] = json!(sample.kind);
        for (name, value) in envelope().as_object().unwrap() {
            if sample.document.get(name).is_none() {
                sample.document[name] = value.clone();
            }
        }
    }
    samples
}

/// Every member of the envelope that can be given.
pub fn envelope() -> Value {
    json!({
        "name": "A name, 名前",
        "labels": [{"name": "env", "value": "prod"}],
        "enabled": true,
        "description": "what it is for\nand more",
        "throttlePolicy": "P1",
        "validFrom": "2026-01-01T00:00:00.000000Z",
        "validUntil": "2099-01-01T00:00:00.000000Z",
        "tags": {"rack": "4"},
        "resourceMetadata": {"client": "scvmm", "nested": {"n": 1}},
        "auditingSettings": {"outputDirectory": "C:\\audit", "more": true}
    })
}

fn sample(
    kind: &'static str,
    document: Value,
    required: &'static [&'static str],
    optional: &'static [&'static str],
    secrets: &'static [&'static str],
) -> Sample {
    Sample { kind, document, required, optional, secrets }
}

/// A document without what stands at a path.
pub fn without(document: &Value, path: &str) -> Value {
    let mut document = document.clone();
    let (parent, leaf) = path.rsplit_once('.').unwrap_or(("", path));
    let at = if parent.is_empty() { &mut document } else { &mut document[parent] };
    assert!(at.as_object_mut().unwrap().remove(leaf).is_some(), "{path} is not there");
    document
}

/// A document with another value at a path.
pub fn with(document: &Value, path: &str, value: Value) -> Value {
    let mut document = document.clone();
    *path.split('.').fold(&mut document, |at, name| &mut at[name]) = value;
    document
}
