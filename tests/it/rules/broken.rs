//! The rules of the catalogue, each of them broken.

use credctl::kind::{KINDS, Shape};
use serde_json::{Value, json};

use crate::support::lab::{Lab, violations, wrong};
use crate::support::samples::{self, base64, with};

/// A value that breaks the rule of every field, for every type.
#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "a table")]
fn broken() -> Vec<(&'static str, &'static str, Value)> {
    let gcp = |member: &str, value: Value| json!(with(&samples::service_account(), member, value).to_string());
    let pem = |text: &str| json!(base64(text));
    let two_clusters = json!({"clusters": [{"name": "a", "cluster": {}}, {"name": "b", "cluster": {}}]}).to_string();
    vec![
        ("UsernamePassword", "username", json!("")),
        ("UsernamePassword", "username", json!(5)),
        ("UsernamePassword", "password", json!("")),
        ("UsernamePassword", "password", json!(["S-x"])),
        ("UsernamePassword", "domain", json!({"a": 1})),
        ("UsernamePassword", "url", json!(5)),
        ("UsernamePassword", "url", json!({"a": "https://S-u:p@a.example"})),
        ("UsernamePassword", "totp", json!(["S-x"])),
        ("UsernamePassword", "notes", json!(["S-x"])),
        ("Aws", "accessKeyId", json!("akiaiosfodnn7example")),
        ("Aws", "accessKeyId", json!("AKIA")),
        ("Aws", "secretAccessKey", json!("S with blanks")),
        ("Aws", "sessionToken", json!(true)),
        ("Azure", "tenantId", json!("no tenant")),
        ("Azure", "clientId", json!("6b1551db")),
        ("Azure", "clientSecret", json!("")),
        ("Gcp", "serviceAccountKey", json!("S-not json")),
        ("Gcp", "serviceAccountKey", json!("[]")),
        ("Gcp", "serviceAccountKey", gcp("type", json!("authorized_user"))),
        ("Gcp", "serviceAccountKey", gcp("project_id", json!(""))),
        ("Gcp", "serviceAccountKey", gcp("private_key", json!("S-nope"))),
        ("Gcp", "serviceAccountKey", gcp("client_email", json!("nobody"))),
        ("Simple", "value", json!("")),
        ("env", "variables", json!({})),
        ("env", "variables", json!(["S-x"])),
        ("X509Certificate", "value", json!("DAE2FE6166DFA652EE64AB22261D682FE6C669")),
        ("X509Certificate", "value", json!("ZAE2FE6166DFA652EE64AB22261D682FE6C6690F")),
        ("X509CertificateSubjectName", "value", json!("")),
        ("X509CertificateSubjectName", "value", json!(" host")),
        ("X509CertificateSubjectName", "value", json!("O=Fabrikam")),
        ("X509CertificateSubjectName", "value", json!("x".repeat(254))),
        ("UsernamePassword", "totp", json!("GEZD1NBVGY3TQOJQ")),
        ("otp", "totp", json!("otpauth://totp/x?secret=GEZDGNBV&digits=9")),
        ("otp", "username", json!({"a": 1})),
        ("otp", "issuer", json!({"a": 1})),
        ("otp", "notes", json!({"a": 1})),
        ("SnmpCommunityString", "value", json!("S public")),
        ("SnmpCommunityString", "value", json!("é")),
        ("SnmpCommunityString", "value", json!("c".repeat(256))),
        ("GroupManagedServiceAccount", "username", json!("")),
        ("GroupManagedServiceAccount", "username", json!("a b$")),
        ("GroupManagedServiceAccount", "value", json!("S-secret")),
        ("keystore", "keyStore", json!({})),
        ("keystore", "keyStore", json!("S-text")),
        ("keystore", "keyStore.password", json!("S-not-base64")),
        ("keystore", "keyStore.password", json!("YQ")),
        ("keystore", "keyStore.password", json!("_-==")),
        ("keystore", "keyStore.password", json!(5)),
        ("generic", "keyStore", json!({})),
        ("generic", "keyStore.base64", json!("YQ==\n")),
        ("passwordHash", "keyStore.cleartext", json!("S-plain!")),
        ("passwordHash", "keyStore.cleartext", json!(base64("short"))),
        ("passwordHash", "keyStore.cleartext", json!(base64("x".repeat(129)))),
        ("passwordHash", "keyStore.change", json!("true")),
        ("passwordHash", "keyStore.change", json!(base64("yes"))),
        ("passwordHash", "hash", json!("S-hash")),
        ("apikey", "keyStore.apikey", json!("")),
        ("apikey", "keyStore.apikey", json!("a b")),
        ("kubeconfig", "keyStore.base64", json!(base64("kind: Config"))),
        ("kubeconfig", "keyStore.base64", json!(base64(two_clusters))),
        ("kubeconfig", "keyStore.base64", json!(base64("{\"clusters\":[]}"))),
        ("kubeconfig", "keyStore.base64", json!("S-x")),
        ("kubeconfig", "keyStore.other", json!("YQ==")),
        ("certificate", "keyStore.certificate", pem("S-nope")),
        ("certificate", "keyStore.certificate", pem(samples::PRIVATE_KEY)),
        ("certificate", "keyStore.certificate", pem(&samples::CERTIFICATE[..200])),
        ("privkey", "keyStore.privkey", pem("S-nope")),
        ("privkey", "keyStore.privkey", pem(samples::CERTIFICATE)),
        ("privkey", "keyStore.privkey", pem(&[samples::PRIVATE_KEY, samples::RSA_KEY].concat())),
        ("s3", "keyStore.accessKey", json!("")),
        ("s3", "keyStore.accessSecret", json!("#")),
        ("s3", "keyStore.extra", json!("#")),
        ("connector", "connectorType", json!("a\nb")),
        ("connector", "connectorType", json!("")),
        ("connector", "description", json!("")),
        ("connector", "properties", json!({})),
        ("connector", "properties", json!("S-text")),
        ("connector", "properties", json!([1])),
        ("apiCredential", "password", json!("")),
        ("apiCredential", "email", json!("nobody")),
        ("apiCredential", "email", json!("a@b@c.org")),
        ("apiCredential", "fullName", json!("")),
        ("apiCredential", "roleNameList", json!("S-text")),
        ("apiCredential", "ipList", json!("10.0.0.1")),
        // the envelope, with one type in the place of all
        ("Simple", "id", json!("")),
        ("Simple", "id", json!("-x")),
        ("Simple", "id", json!("a b")),
        ("Simple", "name", json!("")),
        ("Simple", "name", json!("n".repeat(128))),
        ("Simple", "project", json!("")),
        ("Simple", "labels", json!({})),
        ("Simple", "enabled", json!("True")),
        ("Simple", "enabled", json!(1)),
        ("Simple", "description", json!("\u{1b}[31m")),
        ("Simple", "throttlePolicy", json!("a b")),
        ("Simple", "custom", json!("S-text")),
        ("Simple", "custom", json!(5)),
        ("Simple", "validFrom", json!("2021-02-30")),
        ("Simple", "validUntil", json!("2025-01-01")),
        ("Simple", "tags", json!([])),
        ("Simple", "resourceMetadata", json!("x")),
        ("Simple", "auditingSettings", json!([])),
        ("Simple", "connectorType", json!("rest-api")),
    ]
}

#[test]
fn every_rule_that_is_broken_is_told_with_its_field_and_without_the_value() {
    let lab = Lab::new();
    let mut accepted = Vec::new();
    for (kind, path, value) in broken() {
        let document = with(&samples::of(kind).document, path, value.clone());
        let result = lab.try_create(&document);
        if result.is_ok() {
            accepted.push(format!("{kind} {path}: {value}"));
            continue;
        }
        let told = violations(result);
        let mut names: Vec<_> = told.iter().map(|violation| violation.name.as_str()).collect();
        names.dedup();
        assert_eq!(names, [path], "{kind} {value}");
        let text = told.to_string();
        if let Some(given) = value.as_str().filter(|text| text.len() > 8) {
            assert!(!text.contains(given), "{kind}: the value is quoted in {text}");
        }
        assert!(!text.contains("S-"), "{kind}: {text}");
    }
    assert!(accepted.is_empty(), "{accepted:#?}");
}

#[test]
fn every_field_has_a_rule_that_is_broken_above() {
    let broken = broken();
    let tried = |kind: &str, path: &str| broken.iter().any(|(k, p, _)| *k == kind && *p == path);
    for kind in KINDS {
        for field in kind.fields {
            match field.shape {
                Shape::Store(store) => {
                    for entry in store.entries {
                        let path = format!("keyStore.{}", entry.name);
                        assert!(tried(kind.name, &path), "{}: {path}", kind.name);
                    }
                }
                // the user name of an API credential is its id
                _ if kind.id_field == Some(field.name) => {}
                _ if field.class == credctl::kind::Class::Ignored => {}
                _ => assert!(tried(kind.name, field.name), "{}: {}", kind.name, field.name),
            }
        }
    }
    for field in credctl::kind::ENVELOPE.iter().filter(|field| field.class != credctl::kind::Class::ReadOnly)
    {
        assert!(
            field.name == "type" || broken.iter().any(|(_, path, _)| *path == field.name),
            "{}",
            field.name
        );
    }
}

#[test]
fn members_of_lists_and_objects_are_named_by_their_place() {
    let lab = Lab::new();
    for (kind, path, value, names) in [
        ("apiCredential", "ipList", json!(["10.0.0.1", "x", "10.0.0.0/33"]), vec!["ipList[1]", "ipList[2]"]),
        ("apiCredential", "roleNameList", json!(["a", "", 5]), vec!["roleNameList[1]", "roleNameList[2]"]),
        ("Simple", "labels", json!([{"name": "", "value": "x"}]), vec!["labels[0].name"]),
        ("Simple", "labels", json!([{"name": "a"}, 5]), vec!["labels[0].value", "labels[1]"]),
        ("Simple", "labels", json!([{"name": "a", "value": "b", "more": 1}]), vec!["labels[0]"]),
        ("Simple", "tags", json!({"a": 5}), vec!["tags.a"]),
        ("Simple", "auditingSettings", json!({"other": 5}), vec!["auditingSettings.outputDirectory"]),
        (
            "Simple",
            "auditingSettings",
            json!({"outputDirectory": ""}),
            vec!["auditingSettings.outputDirectory"],
        ),
        (
            "env",
            "variables",
            json!({"A": "x", "A-B": "S-x", "1A": "S-x", "B": 5, "C": "a\0"}),
            vec!["variables.1A", "variables.A-B", "variables.B", "variables.C"],
        ),
        ("s3", "keyStore", json!({"x": "YQ=="}), vec!["keyStore.accessKey", "keyStore.accessSecret"]),
    ] {
        let document = with(&samples::of(kind).document, path, value);
        assert_eq!(wrong(lab.try_create(&document)), names);
    }
}
