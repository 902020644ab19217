//! The effect of a change on the key type of a key store.

use credctl::credential::Credential;
use serde_json::{Value, json};

use super::truth_table::{lab, stored};
use crate::support::lab::{conflict, fields, kind_named, wrong};
use crate::support::samples;

fn keystore() -> Credential {
    lab().create(&json!({"id": "ks", "type": "keystore", "keyStore": {"apikey": "YQ=="}, "labels": [{"name": "a", "value": "b"}]}))
}

fn store(entry: &str) -> Value {
    json!({"keyStore": {entry: "YWI="}})
}

#[test]
fn absent_and_absent_stays_absent() {
    let new = lab().replace(&keystore(), &store("any")).unwrap().credential;
    assert_eq!(new.kind().name, "keystore");
    let new = lab().replace_as(&keystore(), kind_named("keystore"), &store("any")).unwrap().credential;
    assert_eq!(new.kind().name, "keystore");
}

#[test]
fn absent_and_given_is_added_and_validated() {
    let old = keystore();
    for kind in ["apikey", "generic"] {
        let new = lab().replace_as(&old, kind_named(kind), &store("apikey")).unwrap().credential;
        assert_eq!((new.kind().name, fields(&new)), (kind, store("apikey")));
        assert_eq!((new.id(), &new.head().envelope.labels), ("ks", &old.head().envelope.labels));
        assert_eq!(new.head().stamp.revision, 2);
    }
    let before = old.clone();
    assert_eq!(
        wrong(lab().replace_as(&old, kind_named("s3"), &store("apikey"))),
        ["keyStore.accessKey", "keyStore.accessSecret"]
    );
    assert_eq!(
        wrong(lab().replace_as(&old, kind_named("kubeconfig"), &store("apikey"))),
        ["keyStore.base64", "keyStore.apikey"]
    );
    assert_eq!(old, before, "a promotion that fails leaves everything");
    // to a type that is no key store
    assert_eq!(conflict(lab().replace_as(&old, kind_named("Simple"), &json!({"value": "x"}))), "type");
}

#[test]
fn given_and_absent_is_preserved_while_everything_else_is_replaced() {
    let old = lab().create(&samples::of("apikey").document);
    let new = lab().replace(&old, &store("apikey")).unwrap().credential;
    assert_eq!((new.kind().name, fields(&new)), ("apikey", store("apikey")));
    assert_eq!((new.head().envelope.description.as_ref(), new.head().envelope.tags.len()), (None, 0));
}

#[test]
fn given_and_the_same_is_preserved() {
    let old = lab().create(&samples::of("apikey").document);
    let new = lab().replace_as(&old, kind_named("astra:ApiKey"), &store("apikey")).unwrap().credential;
    assert_eq!(new.kind().name, "apikey");
}

#[test]
fn given_and_another_fails() {
    for (from, to) in [
        ("apikey", "s3"),
        ("apikey", "keystore"),
        ("generic", "apikey"),
        ("generic", "keystore"),
        ("s3", "generic"),
    ] {
        let old = lab().create(&samples::of(from).document);
        let document = json!({"keyStore": {"apikey": "YQ==", "accessKey": "YQ==", "accessSecret": "YQ=="}});
        assert_eq!(conflict(lab().replace_as(&old, kind_named(to), &document)), "type", "{from} to {to}");
    }
    assert_eq!(conflict(lab().replace_as(&stored("Simple"), kind_named("generic"), &store("a"))), "type");
}

#[test]
fn a_merge_does_not_promote_by_a_member() {
    assert_eq!(conflict(lab().merge(&keystore(), &json!({"type": "apikey"}))), "type");
}
