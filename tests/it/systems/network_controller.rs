//! Resources of Network Controller: versions, conditions, and what cannot be set.

use serde_json::{Value, json};

use crate::rules::seeds::scripted;
use crate::support::invalid_fields;

fn controller(id: &str, kind: &str, value: &str) -> Value {
    json!({"resourceId": id, "properties": {"type": kind, "value": value}})
}

#[test]
fn each_version_of_network_controller_shows_what_it_knows() {
    let scene = scripted();
    let mut first = controller("a", "SnmpCommunityString", "S-public");
    first["properties"]["auditingSettings"] = json!({"outputDirectory": "C:\\audit"});
    let second = controller("b", "X509CertificateSubjectName", "host1.contoso.com");
    scene.run_with(["add", "-f", "-"], json!([first, second]).to_string()).ok();
    for (version, networks, auditing, names) in [
        ("v1", false, false, false),
        ("v2", true, false, false),
        ("v3", true, true, false),
        ("v6", true, true, false),
        ("v6.1", true, true, true),
    ] {
        let words = |id| ["get", id, "--format", "network-controller", "--nc-version", version];
        let shown = scene.run(words("a")).ok().json();
        let properties = shown["properties"].as_object().unwrap();
        assert_eq!(properties.contains_key("networks"), networks, "{version}");
        assert_eq!(properties.contains_key("auditingSettings"), auditing, "{version}");
        scene.run(words("b")).exits(if names { 0 } else { 3 });
        let list = ["list", "--format", "network-controller", "--nc-version", version];
        let outcome = scene.run(list).ok();
        assert_eq!(outcome.json()["value"].as_array().unwrap().len(), 1 + usize::from(names), "{version}");
        assert_eq!(outcome.stderr.is_empty(), names, "{version}");
    }
    for version in ["6.1", "v0", "v", "vx", "v6.x", ""] {
        scene.run(["get", "a", "--format", "network-controller", "--nc-version", version]).exits(2);
    }
}

#[test]
fn the_etag_of_a_body_is_a_condition() {
    let scene = scripted();
    scene.run_with(["add", "-f", "-"], controller("a", "SnmpCommunityString", "S-1").to_string()).ok();
    let mut read = scene.run(["get", "a", "--format", "network-controller"]).ok().json();
    read["properties"]["value"] = json!("S-2");
    scene.run_with(["update", "-f", "-"], read.to_string()).ok();
    assert_eq!(scene.get("a")["fields"]["value"], "S-2");
    read["properties"]["value"] = json!("S-3");
    let outcome = scene.refuses(5, ["update", "-f", "-", "-o", "json"], read.to_string());
    assert_eq!(outcome.error()["status"], "412");
    scene.refuses(5, ["put", "-f", "-"], read.to_string());
    // the option is asked before the body
    scene.run_with(["update", "-f", "-", "--if-match", "*"], read.to_string()).ok();
    assert_eq!(scene.get("a")["fields"]["value"], "S-3");
    scene.refuses(5, ["update", "-f", "-", "-o", "json"], json!([read]).to_string());
}

#[test]
fn the_etag_of_a_body_is_a_condition_of_a_patch_too() {
    let scene = scripted();
    scene.run_with(["add", "-f", "-"], controller("a", "SnmpCommunityString", "S-1").to_string()).ok();
    let stale = scene.run(["get", "a", "--format", "network-controller"]).ok().json();
    scene.run(["patch", "a", "--description", "changed meanwhile"]).ok();
    let document = json!({"resourceId": "a", "etag": stale["etag"], "properties": {"value": "S-2"}});
    scene.refuses(5, ["patch", "a", "-f", "-", "--format", "network-controller"], document.to_string());
}

#[test]
fn an_upsert_with_an_etag_needs_something_to_compare_it_with() {
    let scene = scripted();
    let mut document = controller("a", "SnmpCommunityString", "S-1");
    document["etag"] = json!("W/\"6b1551db-b7fa-473d-a05c-43524badb11b\"");
    let outcome = scene.run_with(["put", "-f", "-"], document.to_string());
    assert!(matches!(outcome.status(), Some(4 | 5)), "{outcome:?}");
}

#[test]
fn networks_can_be_sent_back_but_not_set() {
    let scene = scripted();
    let mut document = controller("a", "SnmpCommunityString", "S-1");
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    document["properties"]["networks"] = json!([]);
    scene.run_with(["update", "-f", "-"], document.to_string()).ok();
    document["properties"]["networks"] = json!([{"resourceRef": "/virtualNetworks/v1"}]);
    for words in [["update", "-f", "-"], ["put", "-f", "-"]] {
        let words = words.into_iter().chain(["-o", "json"]);
        let error = scene.refuses(3, words, document.to_string()).error();
        assert_eq!(invalid_fields(&error), ["networks"]);
    }
    document["resourceId"] = json!("b");
    scene.refuses(3, ["add", "-f", "-"], document.to_string()).says("networks");
}

#[test]
fn a_user_name_that_means_nothing_is_ignored_with_a_note() {
    let scene = scripted();
    for (id, kind, value) in [
        ("a", "X509Certificate", "DAE2FE6166DFA652EE64AB22261D682FE6C6690F"),
        ("b", "SnmpCommunityString", "S-public"),
        ("c", "X509CertificateSubjectName", "host1.contoso.com"),
    ] {
        let mut document = controller(id, kind, value);
        document["properties"]["userName"] = json!("nobody");
        for words in [["add", "-f", "-"], ["update", "-f", "-"]] {
            let outcome = scene.run_with(words, document.to_string()).ok();
            assert!(outcome.stderr.to_lowercase().contains("username"), "{outcome:?}");
            assert_eq!(scene.get(id)["fields"], json!({"value": value}));
        }
        let quiet = ["update", "-f", "-", "-q"];
        assert_eq!(scene.run_with(quiet, document.to_string()).ok().stderr, "");
    }
}
