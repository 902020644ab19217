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
    assert_eq!(
        (&page["totalItems"], &page["continuationToken"]),
        (&json!(samples::all().len() - 1), &Value::Null)
    );
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), samples::all().len() - 1);
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
    assert_eq!(ids.len(), samples::all().len() - 1);
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

#[test]
fn a_column_asked_for_twice_is_there_twice() {
    let scene = Scene::with_login();
    let list = scene.answer(["list", "--include", "id,name,id"]);
    assert_eq!(list["items"], serde_json::json!([["admin", "admin", "admin"]]));
    let csv = scene.run(["list", "--include", "id,id", "-o", "csv"]).ok();
    assert_eq!(csv.stdout(), "id,id\nadmin,admin\n");
    // under the names, and with the values, of the system whose answer it is
    let astra =
        scene.run(["list", "--format", "astra", "--include", "type,valid,keyType,version,id"]).ok().json();
    let row = serde_json::json!(["application/astra-credential", "true", "generic", "1.1", "admin"]);
    assert_eq!(astra["items"][0], row);
}

#[test]
fn pages_of_a_system_are_cut_of_what_it_knows() {
    let scene = Scene::with_login();
    for id in ["a", "b", "z"] {
        scene.run_with(["add", "Simple", id, "value=-"], "v").ok();
    }
    scene.login("zz");
    let list = |words: &[&str]| {
        let words = [&["list", "--format", "network-controller"], words].concat();
        scene.run(words).ok().json()
    };
    let first = list(&["--limit", "1"]);
    assert_eq!(first["value"][0]["resourceId"], "admin");
    let rest = list(&["--limit", "1", "--continue", first["nextLink"].as_str().unwrap()]);
    assert_eq!(
        (&rest["value"][0]["resourceId"], &rest["nextLink"]),
        (&serde_json::json!("zz"), &serde_json::json!(""))
    );
}
