//! The traps of creating, replacing and merging.

use credctl::credential::{Change, Draft, State};
use credctl::time;
use serde_json::{Value, json};

use super::truth_table::{lab, login, stored};
use crate::support::lab::{conflict, fields, wrong};
use crate::support::samples::{self, with, without};

#[test]
fn a_replacement_that_enables_says_so() {
    let lab = lab();
    let off = lab.create(&with(&samples::of("UsernamePassword").document, "enabled", json!(false)));
    let notices = lab.replace(&off, &login()).unwrap().notices;
    assert!(notices.len() == 1 && notices[0].contains("enabled again"), "{notices:?}");
    let on = stored("UsernamePassword");
    assert!(lab.replace(&on, &login()).unwrap().notices.is_empty());
    assert!(lab.merge(&off, &json!({"enabled": true})).unwrap().notices.is_empty());
    let on_purpose = lab.replace(&off, &with(&login(), "enabled", json!(true))).unwrap();
    assert!(on_purpose.notices.is_empty(), "it was given: {:?}", on_purpose.notices);
}

#[test]
fn valid_until_is_exclusive_and_valid_from_inclusive() {
    let lab = lab();
    let credential = lab.create(&json!({"id": "a", "type": "Simple", "value": "v",
        "validFrom": "2027-01-01T12:00:00Z", "validUntil": "2027-01-31"}));
    for (at, state) in [
        ("2027-01-01T11:59:59.999999Z", State::NotYetValid),
        ("2027-01-01T12:00:00Z", State::Ok),
        ("2027-01-30T23:59:59.999999Z", State::Ok),
        ("2027-01-31T00:00:00Z", State::Expired),
    ] {
        assert_eq!(credential.head().state(time::parse(at).unwrap()), state, "{at}");
    }
    let off = lab.merge(&credential, &json!({"enabled": false})).unwrap().credential;
    assert_eq!(off.head().state(time::parse("2030-01-01").unwrap()), State::Disabled);
    for (from, until) in [("2027-01-02", "2027-01-02"), ("2027-01-03", "2027-01-02")] {
        assert_eq!(
            wrong(lab.merge(&credential, &json!({"validFrom": from, "validUntil": until}))),
            ["validUntil"]
        );
    }
    // one of the two against the stored other
    assert_eq!(wrong(lab.merge(&credential, &json!({"validUntil": "2026-01-01"}))), ["validUntil"]);
    lab.merge(&credential, &json!({"validUntil": "2026-01-01", "validFrom": null})).unwrap();
}

#[test]
fn ids_that_differ_only_in_case_are_two() {
    let lab = lab();
    let make = |id: &str| lab.create(&json!({"id": id, "type": "Simple", "value": "v"}));
    assert_eq!(make("AAABcID5GBc=").id(), "AAABcID5GBc=");
    assert_eq!(conflict(lab.merge(&make("abc="), &json!({"id": "ABC="}))), "id");
}

#[test]
fn leaves_are_merged_and_objects_replaced() {
    let lab = lab();
    let old = stored("connector");
    let leaf = |path: &str, value: &str| {
        let leaves = vec![(path.to_owned(), credctl::value::Value::text(value))];
        lab.make(&Change::Merge(&old, None), Draft { leaves, ..Draft::default() })
    };
    let new = leaf("properties.query.method", "GET").unwrap().credential;
    assert_eq!(
        fields(&new)["properties"],
        json!({"user": "svc", "password": "S-rest", "query": {"method": "GET", "body": "S-body"}})
    );
    let new = leaf("properties.new.deep", "x").unwrap().credential;
    assert_eq!(fields(&new)["properties"]["new"], json!({"deep": "x"}));
    assert_eq!(wrong(leaf("properties.user.deep", "x")), ["properties.user.deep"]);
    let new = lab.merge(&old, &json!({"properties": {"user": "v"}})).unwrap().credential;
    assert_eq!(fields(&new)["properties"], json!({"user": "v"}));
    let new = lab.unset(&old, &["properties.query.body"]).unwrap().credential;
    assert_eq!(fields(&new)["properties"]["query"], json!({"method": "POST"}));
    assert_eq!(wrong(lab.unset(&old, &["properties.nothing"])), ["properties.nothing"]);
}

#[test]
fn identity_and_computed_members_cannot_be_unset() {
    let lab = lab();
    let mut accepted = Vec::new();
    for (kind, names) in [
        ("Simple", &["id", "type", "project", "etag", "createdAt"][..]),
        ("connector", &["connectorType"]),
        ("apiCredential", &["username"]),
        ("passwordHash", &["name", "hash"]),
    ] {
        for name in names {
            if lab.unset(&stored(kind), &[name]).is_ok() {
                accepted.push(format!("{kind} {name}"));
            }
        }
    }
    // each of these calls succeeded although it changed nothing
    assert!(accepted.is_empty(), "{accepted:?}");
}

#[test]
fn no_error_tells_a_secret() {
    let lab = lab();
    for sample in samples::all() {
        let old = lab.create(&sample.document);
        let everything_wrong: Value = sample
            .document
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| *name != "type")
            .map(|(name, value)| {
                (name.clone(), if value.is_object() { json!({"S-name": 5}) } else { json!({"S": "S-value"}) })
            })
            .collect();
        for result in [
            lab.make(&Change::Create(old.kind()), crate::support::lab::draft(old.kind(), &everything_wrong)),
            lab.replace(&old, &without(&everything_wrong, "id")),
            lab.merge(&old, &without(&everything_wrong, "id")),
        ] {
            let error = result.map(|changed| changed.notices).unwrap_err();
            assert!(!error.to_string().contains("S-value"), "{}: {error}", sample.kind);
            assert!(!format!("{error:?}").contains("S-value"), "{}: {error:?}", sample.kind);
        }
        let debug = format!("{old:?}");
        for path in sample.secrets {
            let secret =
                sample.document.pointer(&format!("/{}", path.replace('.', "/"))).unwrap().as_str().unwrap();
            assert!(!debug.contains(secret), "{}: {path}", sample.kind);
        }
    }
}
