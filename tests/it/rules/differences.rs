//! The differences between two versions of a credential: what is compared by name, and what is never shown.

use credctl::credential::{Changed, FieldChange, Part, SecretEntry, differences};
use serde_json::json;

use crate::support::lab::Lab;
use crate::support::samples;

/// The differences as `path before>after`, with `•` for a secret and `-` for nothing.
fn shown(changes: &[FieldChange]) -> Vec<String> {
    let side = |part: &Option<Part>| match part {
        None => "-".to_owned(),
        Some(Part::Secret) => "•".to_owned(),
        Some(Part::Public(text)) => text.to_string(),
    };
    changes.iter().map(|one| format!("{} {}>{}", one.path, side(&one.before), side(&one.after))).collect()
}

#[test]
fn labels_and_tags_are_compared_by_name_in_the_order_of_the_catalogue() {
    let lab = Lab::new();
    let stored = lab.create(&json!({
        "id": "a", "type": "login", "username": "u", "password": "S-1", "description": "d",
        "labels": [{"name": "x", "value": "1"}, {"name": "y", "value": "1"}], "tags": {"gone": "1", "kept": "1"},
    }));
    let document = json!({
        "username": "v", "password": "S-2",
        "labels": [{"name": "y", "value": "2"}, {"name": "z.z", "value": "1"}], "tags": {"kept": "1"},
    });
    let Changed { changes, removed, .. } = lab.replace(&stored, &document).unwrap();
    let wanted = [
        "labels.x 1>-",
        "labels.y 1>2",
        "labels.z.z ->1",
        "description d>-",
        "tags.gone 1>-",
        "username u>v",
        "password •>•",
    ];
    assert_eq!(shown(&changes), wanted);
    assert_eq!(removed, ["labels.x", "description", "tags.gone"]);
    // a change of a part is no loss by a replacement
    let merged = lab.merge(&stored, &json!({"username": "w"})).unwrap();
    assert_eq!((shown(&merged.changes), merged.removed), (vec!["username u>w".to_owned()], vec![]));
}

#[test]
fn leaves_that_are_secret_have_no_text_however_deep() {
    let lab = Lab::new();
    let connector = json!({
        "id": "c", "type": "connector", "connectorType": "x", "description": "d",
        "properties": {"query": {"method": "GET"}, "pin": "S-u", "list": ["S-a"]},
    });
    let stored = lab.create(&connector);
    let document = json!({"properties": {"query": {"method": "POST"}, "pin": "S-v", "list": ["S-b"]}});
    let changes = lab.merge(&stored, &document).unwrap().changes;
    assert!(!changes.is_empty() && !format!("{changes:?}").contains("S-"), "{changes:?}");
    assert!(shown(&changes).contains(&"properties.pin •>•".to_owned()), "{changes:?}");
    // a key store is compared by its entries, whose public ones are decoded
    let stored =
        lab.create(&json!({"id": "k", "type": "generic", "keyStore": {"a": samples::base64("S-1")}}));
    let document = json!({"keyStore": {"a": samples::base64("S-2"), "b": samples::base64("S-3")}});
    let changes = lab.merge(&stored, &document).unwrap().changes;
    assert_eq!(shown(&changes), ["keyStore.a •>•", "keyStore.b ->•"]);
}

#[test]
fn every_type_shows_no_secret_when_it_is_new_or_changes() {
    let lab = Lab::new();
    for sample in samples::all() {
        let mut document = sample.document.clone();
        document["id"] = json!("x");
        let Ok(changed) = lab.try_create(&document) else { continue };
        let secrets = changed.credential.secrets();
        let told = format!("{:?}", differences(None, &changed.credential));
        for secret in secrets.iter().map(SecretEntry::stored).filter(|text| text.expose().len() > 5) {
            assert!(!told.contains(secret.expose()), "{told}");
        }
        assert!(differences(Some(&changed.credential), &changed.credential).is_empty());
    }
}

#[test]
fn what_a_value_tells_by_itself_is_compared_too() {
    let lab = Lab::new();
    let config = samples::kubeconfig();
    let stored = lab
        .create(&json!({"id": "k", "type": "kubeconfig", "keyStore": {"base64": samples::base64(&config)}}));
    let other = config.replace("k8s.example", "test.example");
    let changed = lab.merge(&stored, &json!({"keyStore": {"base64": samples::base64(other)}})).unwrap();
    let shown = shown(&changed.changes);
    assert_eq!(shown[0], "keyStore.base64 •>•");
    assert!(
        shown.iter().any(|line| line.contains("k8s.example") && line.contains("test.example")),
        "{shown:?}"
    );
    assert_eq!(changed.removed, Vec::<String>::new());
}
