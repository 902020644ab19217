//! The examples that Aspire publishes, sent as they stand, and the answers in the shapes shown.

use serde_json::{Value, json};

use super::seeds::{ASPIRE_LIST, ASPIRE_POST, ASPIRE_PUT, fits, read, scripted, send};
use crate::support::Scene;

/// A connector in an answer of Aspire.
fn connector(id: &str) -> Value {
    json!({"id": id, "type": "filesystem", "description": "xxxx",
           "properties": {"domain": "xxxx", "user": "xxxx"}})
}

/// Takes a masked password out, which has a test of its own.
fn without_mask(mut answer: Value) -> Value {
    let drop_mask = |item: &mut Value| drop(item["properties"].as_object_mut().unwrap().remove("password"));
    match &mut answer["credential"] {
        Value::Array(items) => items.iter_mut().for_each(drop_mask),
        item => drop_mask(item),
    }
    answer
}

#[test]
fn aspire_shows_secrets_that_are_asked_for() {
    let scene = shares(&["a"]);
    let shown = scene.run(["get", "a", "--format", "aspire", "--reveal"]).ok().json();
    assert_eq!(shown["credential"]["properties"]["password"], "S-before");
}

#[test]
fn aspire_adds_and_answers_with_what_it_made() {
    let scene = scripted();
    let mut document = read(ASPIRE_POST);
    document["properties"]["password"] = json!("S-share");
    let words = ["add", "-f", "-", "--format", "aspire"];
    let answer = scene.run_with(words, document.to_string()).ok().hides("S-share").json();
    fits(&without_mask(answer.clone()), &json!({"credential": [connector("<uuid>")]}));
    let id = answer["credential"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(scene.get(&id)["fields"]["properties"], document["properties"]);
    let one = scene.run(["get", &id, "--format", "aspire"]).ok().hides("S-share").json();
    fits(&without_mask(one), &json!({"credential": connector(&id)}));
}

#[test]
fn aspire_lists_with_a_count() {
    let scene = scripted();
    let published = read(ASPIRE_LIST);
    send(&scene, "aspire", &["add"], &published["credential"][0]);
    let mut item = connector("40b305ea-77e1-4874-aa28-964b1cf4a1a8");
    item["throttlePolicy"] = json!("10653921-1b27-40b5-9d7a-f54ef1e3ad01");
    let list = scene.run(["list", "--format", "aspire"]).ok().json();
    fits(&without_mask(list), &json!({"count": {"totalItems": 1}, "credential": [item]}));
    let list = scene.run(["list", "--from", "0", "--size", "0", "--format", "aspire"]).ok().json();
    fits(&list, &json!({"count": {"from": 0, "size": 0, "totalItems": 1}, "credential": []}));
    let one = scene.run(["get", "40b305ea-77e1-4874-aa28-964b1cf4a1a8", "--format", "aspire"]).ok().json();
    fits(&without_mask(one), &json!({"credential": item}));
    // its own answers are read as well as its requests
    let other = scripted();
    send(&other, "aspire", &["add"], &published);
    send(&scripted(), "aspire", &["add"], &json!({"credential": published["credential"][0]}));
    assert_eq!(other.ids(), ["40b305ea-77e1-4874-aa28-964b1cf4a1a8"]);
}

fn shares(ids: &[&str]) -> Scene {
    let scene = scripted();
    for id in ids {
        let mut document = read(ASPIRE_POST);
        document["id"] = json!(id);
        document["properties"]["password"] = json!("S-before");
        send(&scene, "aspire", &["add"], &document);
    }
    scene
}

#[test]
fn aspire_updates_several_by_a_map() {
    let scene = shares(&["AAABcID5GBc=", "AAABcID5GBd=", "AAABcID5GBe="]);
    let outcome = scene.run_with(["patch", "-f", "-", "--format", "aspire"], ASPIRE_PUT).ok();
    let text: String = outcome.stdout().split_whitespace().collect();
    assert_eq!(
        text,
        r#"{"credential":[{"updated":true,"id":"AAABcID5GBc="},{"updated":true,"id":"AAABcID5GBd="}]}"#
    );
    let first = scene.get("AAABcID5GBc=");
    assert_eq!(first["throttlePolicy"], "10653921-1b27-40b5-9d7a-f54ef1e3ad01");
    assert_eq!(first["fields"]["properties"]["password"], "S-before");
    let second = scene.get("AAABcID5GBd=");
    let expected = json!({"domain": "xxxx", "user": "xxxx", "password": "xxxx"});
    assert_eq!((&second["fields"]["properties"], &second["throttlePolicy"]), (&expected, &Value::Null));
    // nobody needs to say whose document it is
    scene.run_with(["patch", "-f", "-"], ASPIRE_PUT).ok();
}

#[test]
fn aspire_deletes_by_ids() {
    let ids = ["AAABcID5GBc", "AAABcID5GBd", "AAABcID5GBC"];
    let words =
        |words: &[&'static str]| -> Vec<&'static str> { [words, &["-y", "--format", "aspire"]].concat() };
    let scene = shares(&ids);
    let document = json!({"ids": ["AAABcID5GBc", "AAABcID5GBd"]}).to_string();
    scene.run_with(words(&["delete", "-f", "-"]), document).ok();
    assert_eq!(scene.ids(), ["AAABcID5GBC"]);
    let scene = shares(&ids);
    let answer = scene.run(words(&["delete", "AAABcID5GBc"])).ok().json();
    fits(&answer["message"], &json!("<text>"));
    scene.run(words(&["delete", "AAABcID5GBC", "AAABcID5GBd"])).ok();
    assert!(scene.ids().is_empty());
}

#[test]
fn aspire_answers_that_several_are_deleted_with_a_message() {
    let scene = shares(&["a", "b"]);
    let answer = send(&scene, "aspire", &["delete", "-y"], &json!({"ids": ["a", "b"]}));
    fits(&answer["message"], &json!("<text>"));
}

#[test]
fn aspire_selects_by_a_filter_document() {
    let scene = shares(&["ID1", "ID2", "ID3"]);
    scene
        .run(["patch", "ID2", "--throttle-policy", "THROTTLE_POLICY_ID", "--description", "DESCRIPTION"])
        .ok();
    let whole = json!({"ids": ["ID1", "ID2", "ID4"], "type": "filesystem", "description": "DESCRIPTION",
                       "throttlePolicy": "THROTTLE_POLICY_ID"});
    let list = |filter: &Value| {
        let text = json!({"filter": filter}).to_string();
        let outcome = scene.run_with(["list", "-o", "name", "--filter-json", "-"], &text).ok();
        let names: Vec<String> = outcome.stdout().lines().map(str::to_owned).collect();
        assert_eq!(outcome.stdout, scene.run(["list", "-o", "name", "--filter-json", &text]).ok().stdout);
        names
    };
    assert_eq!(list(&whole), ["ID2"]);
    assert_eq!(list(&json!({"type": "filesystem"})), ["ID1", "ID2", "ID3"]);
    assert_eq!(list(&json!({"ids": ["ID3", "ID1"]})), ["ID1", "ID3"]);
    assert!(list(&json!({"type": "TYPE"})).is_empty());
    let update = json!({"filter": whole, "update": {"description": "changed"}});
    let answer = send(&scene, "aspire", &["patch"], &update);
    assert_eq!(answer, json!({"credential": [{"updated": true, "id": "ID2"}]}));
    assert_eq!(scene.get("ID2")["description"], "changed");
    send(&scene, "aspire", &["delete", "-y"], &json!({"filter": {"description": "changed"}}));
    assert_eq!(scene.ids(), ["ID1", "ID3"]);
}
