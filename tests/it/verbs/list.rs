//! `list`: metadata of all credentials.

use serde_json::{Value, json};

use crate::support::{Scene, members, samples};

fn full() -> Scene {
    let scene = Scene::new();
    let documents: Vec<Value> = samples::all()
        .into_iter()
        .filter(|sample| sample.kind != "passwordHash")
        .map(|sample| sample.document)
        .collect();
    scene.run_with(["add", "-f", "-"], Value::Array(documents).to_string()).ok();
    scene
}

#[test]
fn items_are_metadata_without_any_secret() {
    let scene = full();
    for form in ["table", "wide", "json", "jsonl", "yaml", "csv", "tsv", "name"] {
        let outcome = scene.run(["list", "-o", form]).ok().hides("S-").hides(&samples::base64("S-apikey"));
        assert_eq!(outcome.stderr, "");
    }
    let page = scene.run(["list", "-o", "json"]).ok().json();
    assert_eq!(members(&page), ["continuationToken", "items", "pageSize", "totalItems"]);
    assert_eq!((&page["totalItems"], &page["continuationToken"]), (&json!(18), &Value::Null));
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 18);
    for item in items {
        let mut expected = vec![
            "createdAt",
            "description",
            "enabled",
            "etag",
            "id",
            "name",
            "project",
            "state",
            "throttlePolicy",
            "type",
            "updatedAt",
            "validFrom",
            "validUntil",
        ];
        let kind = item["type"].as_str().unwrap();
        let key_types = ["generic", "apikey", "kubeconfig", "certificate", "privkey", "s3"];
        if key_types.contains(&kind) {
            expected.push("keyType");
            assert_eq!(item["keyType"], kind);
        }
        if kind == "connector" {
            expected.push("connectorType");
        }
        expected.sort_unstable();
        assert_eq!(members(item), expected);
    }
}

#[test]
fn ids_come_in_order() {
    let scene = full();
    let ids = scene.ids();
    let mut sorted = ids.clone();
    sorted.sort();
    assert_eq!(ids, sorted);
    assert_eq!(ids.len(), 18);
}

#[test]
fn one_type_only() {
    let scene = full();
    let of = |kind: &str| {
        let outcome = scene.run(["ls", "--type", kind, "-o", "name"]).ok();
        outcome.stdout().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(of("Aws"), ["Aws"]);
    assert_eq!(of("login"), ["UsernamePassword"]);
    assert_eq!(of("certificate"), ["certificate"]);
    assert_eq!(of("x509certificate"), ["X509Certificate"]);
    assert_eq!(of("aspire:rest-api"), ["connector"]);
    assert!(of("aspire:filesystem").is_empty());
    // a bad option, not a bad document; fails with 3
    scene.run(["list", "--type", "nonsense"]).exits(2);
}

#[test]
fn an_empty_vault_is_an_empty_list() {
    let scene = Scene::new();
    let page = scene.run(["list", "-o", "json"]).ok().json();
    assert_eq!((&page["items"], &page["totalItems"]), (&json!([]), &json!(0)));
    assert_eq!(scene.run(["list", "-o", "jsonl"]).ok().stdout(), "");
    assert_eq!(scene.run(["list", "-o", "name"]).ok().stdout(), "");
}
