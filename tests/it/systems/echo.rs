//! What a system's own answer shows, edited and sent back.

use serde_json::{Value, json};

use super::astra::{add_astra, astra};
use super::with_login;
use crate::rules::seeds::scripted;
use crate::support::invalid_fields;
use crate::support::samples::{self, base64};

#[test]
fn what_get_prints_can_be_edited_and_sent_back() {
    let scene = with_login();
    let mut citrix = scene.run(["get", "admin", "--format", "citrix"]).ok().json();
    citrix["username"] = json!("new");
    citrix["password"] = json!("S-new");
    scene.run_with(["update", "admin", "-f", "-"], citrix.to_string()).ok();
    scene.run_with(["update", "-f", "-", "--format", "citrix"], citrix.to_string()).ok();
    assert_eq!(scene.get("admin")["fields"], json!({"username": "new", "password": "S-new"}));
    // not as one of our own documents
    let error = scene.refuses(
        3,
        ["update", "admin", "-f", "-", "--format", "native", "-o", "json"],
        citrix.to_string(),
    );
    let mut names = invalid_fields(&error.error()).into_iter().map(str::to_owned).collect::<Vec<_>>();
    names.sort();
    assert_eq!(names, ["createdAt", "state", "updatedAt"]);

    let mut controller = scene.run(["get", "admin", "--format", "network-controller"]).ok().json();
    controller["properties"]["value"] = json!("S-newer");
    controller["tags"] = json!({"rack": "4"});
    scene.run_with(["update", "-f", "-"], controller.to_string()).ok();
    let stored = scene.get("admin");
    assert_eq!((&stored["fields"]["password"], &stored["tags"]["rack"]), (&json!("S-newer"), &json!("4")));

    let store = json!({"accessKey": base64("A"), "accessSecret": base64("B")});
    let id = add_astra(&scene, &astra("bucket", Some("s3"), &store));
    let mut read = scene.run(["get", &id, "--format", "astra"]).ok().json();
    read["keyStore"] = store;
    read["valid"] = json!("false");
    read["metadata"]["labels"] = json!([{"name": "env", "value": "prod"}]);
    scene.run_with(["update", &id, "-f", "-"], read.to_string()).ok();
    let stored = scene.get(&id);
    assert_eq!((&stored["enabled"], &stored["labels"]), (&json!(false), &read["metadata"]["labels"]));
    assert_eq!(stored["createdAt"], read["metadata"]["creationTimestamp"]);
    // to the credential that its id names, without the id being said again
    scene.run_with(["update", "-f", "-"], read.to_string()).ok();
    scene.refuses(5, ["update", "admin", "-f", "-"], read.to_string());
}

#[test]
fn a_password_that_apinizer_withholds_is_no_password() {
    let scene = scripted();
    scene.run_with(["add", "-f", "-"], samples::of("apiCredential").document.to_string()).ok();
    let mut read = scene.run(["get", "partner1", "--format", "apinizer"]).ok().json();
    assert_eq!(read["password"], Value::Null);
    read["fullName"] = json!("Another Name");
    let words = ["patch", "-f", "-", "--format", "apinizer"];
    scene.run_with(words, read.to_string()).ok();
    let stored = scene.get("partner1");
    assert_eq!(
        (&stored["fields"]["fullName"], &stored["fields"]["password"]),
        (&json!("Another Name"), &json!("S-partner"))
    );
    // what replaces it needs one
    let words = ["update", "-f", "-", "-o", "json"];
    let error = scene.refuses(3, words, read.to_string()).error();
    assert_eq!(invalid_fields(&error), ["password"]);
    read["password"] = json!("S-next");
    scene.run_with(words, read.to_string()).ok();
    assert_eq!(scene.get("partner1")["fields"]["password"], "S-next");
}
