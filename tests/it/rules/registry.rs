//! Tables over the catalogue: every type accepts what is complete and names what is not.

use std::collections::BTreeSet;

use credctl::kind::KINDS;
use serde_json::{Value, json};

use crate::support::lab::{Lab, fields, kind_named, wrong};
use crate::support::samples::{self, USER, base64, with, without};

#[test]
fn the_catalogue_has_exactly_these_types() {
    let names: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
    let expected: Vec<_> = samples::all().iter().map(|sample| sample.kind).collect();
    assert_eq!(names, expected);
}

#[test]
fn no_two_types_share_a_name() {
    let mut seen = BTreeSet::new();
    for kind in KINDS {
        for name in std::iter::once(&kind.name).chain(kind.aliases) {
            assert!(seen.insert(name.to_lowercase()), "{name} stands for two types");
        }
        let mut fields = BTreeSet::new();
        for field in kind.members() {
            for name in std::iter::once(&field.name).chain(field.aliases) {
                assert!(fields.insert(*name), "{}: {name} stands for two fields", kind.name);
            }
        }
    }
}

#[test]
fn a_complete_credential_is_accepted_and_kept_as_it_is() {
    for sample in samples::all() {
        let changed = Lab::new().try_create(&sample.document).unwrap();
        assert_eq!(changed.notices, Vec::<String>::new(), "{}", sample.kind);
        let credential = changed.credential;
        assert_eq!(credential.kind().name, sample.kind);
        let mut secrets = credential.secret_names();
        secrets.sort_unstable();
        assert_eq!(secrets, sample.secrets, "{}", sample.kind);
        if sample.kind != "passwordHash" {
            for (name, value) in fields(&credential).as_object().unwrap() {
                assert_eq!(*value, sample.document[name], "{}: {name}", sample.kind);
            }
        }
        let public = crate::support::lab::plain(&credential.public_fields().into()).to_string();
        assert!(!public.contains("S-") && !public.contains(&base64("S-")[..3]), "{}: {public}", sample.kind);
    }
}

#[test]
fn every_required_field_that_is_missing_is_named() {
    let lab = Lab::new();
    for sample in samples::all() {
        let mut empty = sample.document.clone();
        for path in sample.required {
            let document = without(&sample.document, path);
            // for one type the id is the user name, and given here
            let document = match *path {
                "username" if sample.kind == "apiCredential" => without(&document, "id"),
                _ => document,
            };
            assert_eq!(wrong(lab.try_create(&document)), [*path], "{}", sample.kind);
            if empty.pointer(&format!("/{}", path.replace('.', "/"))).is_some() {
                empty = without(&empty, path);
            }
        }
        empty.as_object_mut().unwrap().remove("keyStore");
        empty.as_object_mut().unwrap().remove("id");
        // all at once, in the order of the catalogue
        let names = wrong(lab.try_create(&empty));
        let mut sorted = names.clone();
        sorted.sort();
        let mut expected = sample.required.to_vec();
        expected.sort_unstable();
        assert_eq!(sorted, expected, "{}", sample.kind);
    }
}

#[test]
fn optional_fields_can_be_left_out() {
    let lab = Lab::new();
    for sample in samples::all() {
        let envelope = samples::envelope();
        let names = envelope
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .filter(|name| !sample.required.contains(name));
        for path in sample.optional.iter().copied().chain(names) {
            lab.create(&without(&sample.document, path));
        }
    }
}

#[test]
fn values_are_kept_in_their_normal_form() {
    let lab = Lab::new();
    let thumbprint = "DAE2FE6166DFA652EE64AB22261D682FE6C6690F";
    for (kind, path, given, kept) in [
        (
            "X509Certificate",
            "value",
            json!("\u{200e}da e2 fe 61 66 df a6 52 ee 64 ab 22 26 1d 68 2f e6 c6 69 0f"),
            json!(thumbprint),
        ),
        (
            "X509Certificate",
            "value",
            json!("da:e2:fe:61:66:df:a6:52:ee:64:ab:22:26:1d:68:2f:e6:c6:69:0f\u{200f}"),
            json!(thumbprint),
        ),
        ("apiCredential", "roleNameList", json!(["b", "a", "b"]), json!(["b", "a"])),
        ("apiCredential", "ipList", json!(["10.0.0.1", "10.0.0.1"]), json!(["10.0.0.1"])),
        ("connector", "properties", json!("{\"user\":\"u\"}"), json!({"user": "u"})),
        ("UsernamePassword", "username", json!("DOMAIN\\user"), json!("DOMAIN\\user")),
        ("UsernamePassword", "password", json!(" \u{0} 🙂\n"), json!(" \u{0} 🙂\n")),
    ] {
        let credential = lab.create(&with(&samples::of(kind).document, path, given));
        assert_eq!(fields(&credential)[path], kept, "{kind}");
    }
    // an optional text that is empty is not there
    let credential = lab.create(&with(&samples::of("UsernamePassword").document, "domain", json!("")));
    assert_eq!(fields(&credential).get("domain"), None);
    let credential = lab.create(&with(&samples::of("Simple").document, "description", json!("")));
    assert_eq!(credential.head().envelope.description, None);
}

#[test]
fn what_is_odd_but_valid_is_a_notice() {
    let lab = Lab::new();
    for (kind, path, value, notice) in [
        ("Aws", "secretAccessKey", json!("S-short"), "secretAccessKey"),
        ("SnmpCommunityString", "value", json!("S".repeat(33)), "value"),
        ("GroupManagedServiceAccount", "username", json!("a-very-long-name$"), "username"),
        ("apiCredential", "ipList", json!(["10.0.0.1/8"]), "ipList[0]"),
        ("X509Certificate", "userName", json!("ignored"), "username"),
        ("SnmpCommunityString", "userName", json!("ignored"), "username"),
        ("X509CertificateSubjectName", "username", json!("ignored"), "username"),
    ] {
        let changed = lab.try_create(&with(&samples::of(kind).document, path, value)).unwrap();
        assert_eq!(changed.notices.len(), 1, "{kind}: {:?}", changed.notices);
        assert!(
            changed.notices[0].starts_with(notice) && !changed.notices[0].contains("S-"),
            "{:?}",
            changed.notices
        );
        assert_eq!(fields(&changed.credential).get("userName"), None);
    }
    let temporary = with(&samples::of("Aws").document, "accessKeyId", json!("ASIAIOSFODNN7EXAMPLE"));
    assert!(lab.try_create(&temporary).unwrap().notices.is_empty());
    let notices = lab.try_create(&without(&temporary, "sessionToken")).unwrap().notices;
    assert!(notices.len() == 1 && notices[0].contains("sessionToken"), "{notices:?}");
}

#[test]
fn an_empty_password_of_a_service_account_is_accepted() {
    let lab = Lab::new();
    let document = samples::of("GroupManagedServiceAccount").document;
    for value in [json!(""), Value::Null] {
        let credential = lab.create(&with(&document, "value", value));
        assert_eq!(fields(&credential), json!({"username": "CONTOSO\\svc-nc$"}));
    }
}

#[test]
fn aliases_are_the_same_fields() {
    let lab = Lab::new();
    for (kind, alias, name) in [
        ("UsernamePassword", "userName", "username"),
        ("UsernamePassword", "user", "username"),
        ("UsernamePassword", "loginAccount", "username"),
        ("UsernamePassword", "value", "password"),
        ("UsernamePassword", "pwd", "password"),
        ("Aws", "awsKeyId", "accessKeyId"),
        ("Aws", "keyId", "accessKeyId"),
        ("Aws", "accessKeyID", "accessKeyId"),
        ("Aws", "awsKey", "secretAccessKey"),
        ("Aws", "key", "secretAccessKey"),
        ("Aws", "secretKey", "secretAccessKey"),
        ("Aws", "awsSessionToken", "sessionToken"),
        ("Azure", "azureTenantId", "tenantId"),
        ("Azure", "azureClientId", "clientId"),
        ("Azure", "azureSecret", "clientSecret"),
        ("Azure", "secret", "clientSecret"),
        ("Gcp", "gcpServiceAccountKey", "serviceAccountKey"),
        ("Gcp", "key", "serviceAccountKey"),
        ("Gcp", "credentials", "serviceAccountKey"),
        ("Simple", "secret", "value"),
        ("GroupManagedServiceAccount", "userName", "username"),
        ("Simple", "resourceId", "id"),
        ("Simple", "valid", "enabled"),
        ("Simple", "validFromTimestamp", "validFrom"),
        ("Simple", "validUntilTimestamp", "validUntil"),
        ("Simple", "expireDate", "validUntil"),
    ] {
        let document = samples::of(kind).document;
        let value = document[name].clone();
        let mut renamed = without(&document, name);
        renamed[alias] = value.clone();
        let (one, two) = (lab.create(&document), lab.create(&renamed));
        assert_eq!(
            (fields(&one), &one.head().envelope),
            (fields(&two), &two.head().envelope),
            "{kind}: {alias}"
        );
        renamed[name] = value;
        assert_eq!(wrong(lab.try_create(&renamed)), [name], "{kind}: {alias} and {name}");
    }
}

#[test]
fn a_password_is_kept_as_a_hash_only() {
    let credential = Lab::new().create(&samples::of("passwordHash").document);
    let fields = fields(&credential);
    assert_eq!(fields["keyStore"], json!({"change": "dHJ1ZQ=="}));
    assert!(fields["hash"].as_str().unwrap().starts_with("$argon2id$"));
    assert_eq!(credential.head().envelope.name, USER);
    let hash = credctl::secret::Secret::from(fields["hash"].as_str().unwrap());
    let verify = |text: &str| credctl::kind::rule::account::verify(&text.into(), &hash);
    assert!(verify("S-NetApp123") && !verify("S-NetApp124"));
    assert!(!crate::support::lab::plain(&credential.revealed_fields().into()).to_string().contains("argon2"));
}

#[test]
fn one_type_of_two_spellings_and_two_types_of_one_word() {
    assert_eq!(kind_named("usernamePassword").name, "UsernamePassword");
    assert_eq!(kind_named("nc:usernamePassword").name, kind_named("citrix:UsernamePassword").name);
    assert_eq!(kind_named("certificate").name, "certificate");
    assert_eq!(kind_named("X509Certificate").name, "X509Certificate");
    assert_eq!(kind_named("astra:CERTIFICATE").name, "certificate");
    assert!(credctl::kind::find("citrix:s3").is_none());
    assert!(credctl::kind::find("nonsense").is_none());
    assert!(credctl::kind::find("").is_none());
}
