//! Aspire: one and many, by map, by filter, by ids, with the policies that they depend on.

use serde_json::{Value, json};

use super::Life;
use crate::rules::seeds::{ASPIRE_LIST, ASPIRE_POST, ASPIRE_PUT, fits, read};

const FILTER: &str = include_str!("../../rules/seeds_documents/aspire_filter.json");
const POLICY: &str = "10653921-1b27-40b5-9d7a-f54ef1e3ad01";

/// A connector as its answers show it, without the password.
fn connector(id: &str) -> Value {
    json!({"id": id, "type": "filesystem", "description": "xxxx", "properties": {"domain": "xxxx", "user": "xxxx"}})
}

#[test]
fn the_credentials_of_connectors() {
    let life = Life::of("aspire");
    let scene = &life.scene;

    // the policy they depend on; one that is not there yet is told
    let published = read(ASPIRE_LIST);
    life.run(&["add", "-f", "-"], &published["credential"][0].to_string()).ok().says(POLICY);
    let words = ["policy", "add", POLICY, "--type", "throttle", "--period", "minute", "--value", "100"];
    scene.run(words.iter().chain(&["--description", "EU NAS"])).ok();

    // POST of one, which gets an id, and of several, one of which is wrong
    let mut post = read(ASPIRE_POST);
    post["properties"]["password"] = json!("S-share");
    let added = life.send(&["add"], &post, &["S-share"]);
    fits(&added, &json!({"credential": [connector("<uuid>")]}));
    let mut several: Vec<Value> = ["AAABcID5GBc=", "AAABcID5GBd=", "AAABcID5GBC="]
        .iter()
        .map(|id| {
            let mut document = post.clone();
            document["id"] = json!(id);
            document
        })
        .collect();
    several.push(json!({"id": "wrong", "type": "filesystem", "properties": {"user": "u"}}));
    let outcome = life.run(&["add", "-f", "-"], &Value::from(several).to_string()).exits(8).hides("S-share");
    let results = outcome.json()["credential"].clone();
    assert_eq!(results[3]["error"]["status"], "406");

    // GET one, GET all with a count, GET all by a filter
    fits(&life.ask(&["get", "AAABcID5GBc="]), &json!({"credential": connector("AAABcID5GBc=")}));
    life.run(&["get", "AAABcID5GBX="], "").exits(4);
    assert_eq!(life.ask(&["list"])["count"], json!({"totalItems": 5}));
    let page = life.ask(&["list", "--from", "1", "--size", "2", "--sort-by", "id", "--sort-mode", "desc"]);
    assert_eq!(page["count"], json!({"from": 1, "size": 2, "totalItems": 5}));

    // PUT by a map, after which both depend on the policy or have new properties
    let answer = life.send(&["patch"], &read(ASPIRE_PUT), &[]);
    let done = |id: &str| json!({"updated": true, "id": id});
    assert_eq!(answer, json!({"credential": [done("AAABcID5GBc="), done("AAABcID5GBd=")]}));
    assert_eq!(life.field("AAABcID5GBd=", "properties.password"), "xxxx");
    assert_eq!(life.field("AAABcID5GBc=", "properties.password"), "S-share");
    let policy = scene.answer(["policy", "get", POLICY]);
    assert_eq!(policy["usedBy"], json!(["40b305ea-77e1-4874-aa28-964b1cf4a1a8", "AAABcID5GBc="]));
    scene.refuses(5, ["policy", "delete", POLICY], "");

    // PUT by a filter
    let filter = read(FILTER);
    let update = json!({"filter": filter["filter"], "update": {"description": "changed"}});
    assert_eq!(life.send(&["patch"], &update, &[]), json!({"credential": [done("AAABcID5GBc=")]}));
    life.run(&["patch", "-f", "-"], &update.to_string()).exits(4);
    assert_eq!(life.field("AAABcID5GBc=", "description"), "changed");

    // one too many is undone
    scene.run(["undo"]).ok();
    assert_eq!(life.field("AAABcID5GBc=", "description"), "xxxx");

    // DELETE by id, by ids, by filter
    fits(&life.ask(&["delete", "AAABcID5GBC=", "-y"])["message"], &json!("<text>"));
    let answer = life.send(&["delete", "-y"], &json!({"ids": ["AAABcID5GBd="]}), &[]);
    fits(&answer, &json!({"message": "<text>"}));
    fits(&life.send(&["delete", "-y"], &filter, &[]), &json!({"message": "<text>"}));
    life.run(&["delete", "-y", "-f", "-"], FILTER).exits(4);
    assert_eq!(scene.answer(["history"])["items"].as_array().unwrap().len(), 3);
    assert_eq!(scene.ids().len(), 2);

    // an operator lists and gets, and no more
    for words in [&["list"][..], &["get", "40b305ea-77e1-4874-aa28-964b1cf4a1a8"]] {
        life.run(&[words, &["--role", "OPERATOR"]].concat(), "").ok();
    }
    life.run(&["delete", "x", "-y", "--role", "OPERATOR"], "").exits(6);
}
