//! Key stores of Astra Control: the type of a key and the metadata, when they are replaced.

use serde_json::{Value, json};

use crate::rules::seeds::scripted;
use crate::support::Scene;
use crate::support::samples::base64;

pub fn astra(name: &str, key_type: Option<&str>, store: &Value) -> Value {
    let mut document = json!({"type": "application/astra-credential", "version": "1.1", "name": name,
                              "keyStore": store});
    if let Some(key_type) = key_type {
        document["keyType"] = json!(key_type);
    }
    document
}

/// Adds an Astra document and gives its id.
#[track_caller]
pub fn add_astra(scene: &Scene, document: &Value) -> String {
    let answer = scene.run_with(["add", "-f", "-", "-o", "json"], document.to_string()).ok().json();
    answer["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_key_type_may_be_added_once_and_never_changed() {
    let bucket = json!({"accessKey": base64("A"), "accessSecret": base64("B")});
    let token = json!({"apikey": base64("S-key")});
    let (one, other) = (json!({"x": base64("1")}), json!({"y": base64("2")}));
    // stored, in the update, its store, exit status, afterwards
    for (stored, given, store, status, after) in [
        (None, None, &other, 0, "keystore"),
        (None, Some("s3"), &bucket, 0, "s3"),
        (None, Some("generic"), &other, 0, "generic"),
        (None, Some("s3"), &other, 3, "keystore"),
        (Some("s3"), None, &bucket, 0, "s3"),
        (Some("s3"), Some("s3"), &bucket, 0, "s3"),
        (Some("s3"), Some("apikey"), &token, 5, "s3"),
        (Some("s3"), Some("generic"), &other, 5, "s3"),
        (Some("generic"), Some("s3"), &bucket, 5, "generic"),
        (Some("generic"), None, &other, 0, "generic"),
        // the type that is preserved is validated too
        (Some("s3"), None, &other, 3, "s3"),
    ] {
        let scene = scripted();
        let first = if stored == Some("s3") { &bucket } else { &one };
        let id = add_astra(&scene, &astra("before", stored, first));
        let document = astra("after", given, store).to_string();
        let words = ["update", &id, "-f", "-", "-o", "json"];
        let outcome = if status == 0 {
            scene.run_with(words, document).ok()
        } else {
            scene.refuses(status, words, document)
        };
        let now = scene.get(&id);
        let case = format!("{stored:?} {given:?}: {outcome:?}");
        assert_eq!(now["type"], after, "{case}");
        assert_eq!(now["name"], if status == 0 { "after" } else { "before" }, "{case}");
        assert_eq!(&now["fields"]["keyStore"], if status == 0 { store } else { first }, "{case}");
        let shown = scene.run(["get", &id, "--format", "astra"]).ok().json();
        let key_type = if after == "keystore" { Value::Null } else { json!(after) };
        assert_eq!(shown["keyType"], key_type, "{case}");
    }
}

#[test]
fn astra_metadata_that_is_left_out_is_preserved() {
    let scene = scripted();
    let store = json!({"x": base64("1")});
    let mut document = astra("n", None, &store);
    document["metadata"] =
        json!({"labels": [{"name": "astra.netapp.io/labels/read-only/cloudName", "value": "c"}]});
    document["validUntilTimestamp"] = json!("2999-01-01T00:00:00Z");
    let id = add_astra(&scene, &document);
    let labels = document["metadata"]["labels"].clone();
    scene.run_with(["update", &id, "-f", "-"], astra("n", None, &store).to_string()).ok();
    let stored = scene.get(&id);
    assert_eq!((&stored["labels"], &stored["validUntil"]), (&labels, &Value::Null));
    let mut empty = astra("n", None, &store);
    empty["metadata"] = json!({});
    scene.run_with(["update", &id, "-f", "-"], empty.to_string()).ok();
    assert_eq!(scene.get(&id)["labels"], json!([]));
}
