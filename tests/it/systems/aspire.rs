//! Connectors of Aspire, and what is none there.

use serde_json::json;

use super::with_login;
use crate::rules::seeds::scripted;
use crate::support::samples;

#[test]
fn a_checksum_of_aspire_is_ignored() {
    let scene = scripted();
    let document = json!({"id": "a", "type": "filesystem", "description": "d", "checksum": "12",
                          "properties": {"user": "u"}});
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    scene.run_with(["update", "a", "-f", "-"], document.to_string()).ok();
}

#[test]
fn a_connector_type_may_look_like_the_name_of_an_own_type() {
    let scene = scripted();
    let document =
        json!({"id": "a", "type": "sharepoint-online", "description": "d", "properties": {"user": "u"}});
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    assert_eq!(scene.get("a")["connectorType"], "sharepoint-online");
    scene.refuses(5, ["patch", "a", "-f", "-"], json!({"type": "file-system"}).to_string()).says("type");
}

#[test]
fn other_types_go_through_aspire_under_our_own_prefix() {
    let scene = scripted();
    let azure = samples::of("Azure").document;
    let mut properties = json!({});
    for name in ["tenantId", "clientId", "clientSecret"] {
        properties[name] = azure[name].clone();
    }
    let document = json!({"id": "a", "type": "credctl/Azure", "description": "d", "properties": properties});
    for words in [&["add", "-f", "-"][..], &["put", "-f", "-", "--format", "aspire"]] {
        scene.run_with(words, document.to_string()).ok().hides("S-client");
        let stored = scene.get("a");
        assert_eq!((&stored["type"], &stored["fields"]), (&json!("Azure"), &properties));
        assert_eq!(stored["description"], "d");
    }
    let shown = scene.run(["get", "a", "--format", "aspire"]).ok().hides("S-client").json();
    assert_eq!(shown["credential"]["type"], "credctl/Azure");
    assert_eq!(shown["credential"]["properties"]["tenantId"], properties["tenantId"]);
    let unknown =
        json!({"id": "b", "type": "credctl/nonsense", "description": "d", "properties": {"a": "b"}});
    scene.refuses(3, ["add", "-f", "-"], unknown.to_string()).says("type");
}

#[test]
fn a_login_is_a_file_system_for_aspire() {
    let scene = with_login();
    let shown = scene.run(["get", "admin", "--format", "aspire"]).ok().hides("old-password").json();
    assert_eq!(shown["credential"]["type"], "filesystem");
    assert_eq!(shown["credential"]["properties"]["user"], "ips");
    assert_eq!(shown["credential"]["properties"]["domain"], "test");
}

#[test]
fn a_validation_that_fails_is_406_for_aspire() {
    let scene = scripted();
    let good = json!({"id": "a", "type": "filesystem", "description": "d", "properties": {"user": "u"}});
    let bad = json!({"id": "b", "type": "filesystem", "properties": {"user": "u"}});
    let documents = json!([good, bad, good]).to_string();
    let answer = scene.run_with(["add", "-f", "-", "--format", "aspire"], documents).exits(8).json();
    let items = answer["credential"].as_array().unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!((&items[1]["error"]["status"], &items[2]["error"]["status"]), (&json!("406"), &json!("409")));
    let map = json!({"a": {"id": "a", "colour": "red"}, "c": {"id": "c", "description": "x"}}).to_string();
    let answer = scene.run_with(["patch", "-f", "-", "--format", "aspire"], &map).exits(8).json();
    let items = answer["credential"].as_array().unwrap();
    assert_eq!((&items[0]["updated"], &items[0]["error"]["status"]), (&json!(false), &json!("406")));
    assert_eq!(items[1]["error"]["status"], "404");
    // everywhere else it is 400
    let answer = scene.run_with(["patch", "-f", "-", "-o", "json"], &map).exits(8).json();
    assert_eq!(answer["results"][0]["error"]["status"], "400");
}

#[test]
fn an_update_in_aspire_needs_a_field() {
    let scene = scripted();
    let good = json!({"id": "a", "type": "filesystem", "description": "d", "properties": {"user": "u"}});
    scene.run_with(["add", "-f", "-"], good.to_string()).ok();
    scene.refuses(2, ["patch", "-f", "-"], json!({"id": "a"}).to_string());
    scene.refuses(2, ["patch", "-f", "-"], json!({"a": {"id": "a"}}).to_string());
}
