//! Astra Control: key stores, their key types, and the passwords of local users.

use serde_json::{Value, json};

use super::Life;
use crate::rules::seeds::fits;
use crate::support::samples::{self, USER, base64};

fn body(name: &str, key_type: Option<&str>, store: &Value) -> Value {
    let mut document = json!({"type": "application/astra-credential", "version": "1.1", "name": name,
                              "keyStore": store, "valid": "true"});
    if let Some(key_type) = key_type {
        document["keyType"] = json!(key_type);
    }
    document
}

fn shape(name: &str, key_type: Option<&str>) -> Value {
    let mut shape = json!({"type": "application/astra-credential", "version": "1.1", "id": "<uuid>", "name": name,
        "valid": "true", "metadata": {"labels": [], "creationTimestamp": "<time>",
        "modificationTimestamp": "<time>", "createdBy": "<uuid>", "modifiedBy": "<uuid>"}});
    if let Some(key_type) = key_type {
        shape["keyType"] = json!(key_type);
    }
    shape
}

#[test]
fn the_credentials_of_an_account() {
    let life = Life::of("astra");
    let scene = &life.scene;

    // POST, once of each key type
    for (name, key_type, store) in [
        ("bind", Some("generic"), json!({"bindDn": base64("S-cn"), "password": base64("S-bind")})),
        ("key", Some("apikey"), json!({"apikey": base64("S-apikey")})),
        ("api-x-aroapp-io:6443", Some("kubeconfig"), json!({"base64": base64(samples::kubeconfig())})),
        ("cert", Some("certificate"), json!({"certificate": base64(samples::CERTIFICATE)})),
        ("tls", Some("privkey"), json!({"privkey": base64(samples::PRIVATE_KEY)})),
        ("bucket", Some("s3"), json!({"accessKey": base64("S-access"), "accessSecret": base64("S-secret")})),
    ] {
        let added = life.send(&["add"], &body(name, key_type, &store), &["S-", &base64("S-bind")]);
        fits(&added, &shape(name, key_type));
    }

    // a key store without key type is given one once
    let store = body("later", None, &json!({"apikey": base64("S-later")}));
    let added = life.send(&["add"], &store, &[]);
    fits(&added, &shape("later", None));
    let id = added["id"].as_str().unwrap();
    let put = |key_type: Option<&str>, status: i32| {
        let document = body("later", key_type, &json!({"apikey": base64("S-later")}));
        life.run(&["update", id, "-f", "-"], &document.to_string()).exits(status)
    };
    fits(&put(None, 0).json(), &shape("later", None));
    put(Some("kubeconfig"), 3);
    fits(&life.ask(&["get", id]), &shape("later", None));
    fits(&put(Some("apikey"), 0).json(), &shape("later", Some("apikey")));
    fits(&put(None, 0).json(), &shape("later", Some("apikey")));
    put(Some("generic"), 5);

    // the password of a user
    let hash =
        body(USER, Some("passwordHash"), &json!({"cleartext": base64("S-NetApp123"), "change": "dHJ1ZQ=="}));
    life.run(&["add", "-f", "-"], &hash.to_string()).exits(3).hides("S-NetApp");
    let user = ["--id", USER, "--auth-provider", "local", "--email", "ada@example.org"];
    scene.run(["user", "add"].iter().chain(&user)).ok();
    let added = life.send(&["add"], &hash, &[&base64("S-NetApp123")]);
    fits(&added, &shape(USER, Some("passwordHash")));
    life.run(&["add", "-f", "-"], &hash.to_string()).exits(5);
    let hash_id = added["id"].as_str().unwrap();
    scene.run_with(["verify", hash_id, "--password-stdin"], "S-NetApp123").ok();
    life.run(&["delete", "-y", hash_id], "").exits(5);

    // rotation: valid from, valid until, and out of use
    let mut rotated = body("key", Some("apikey"), &json!({"apikey": base64("S-rotated")}));
    rotated["validFromTimestamp"] = json!("2026-01-01T00:00:00Z");
    rotated["validUntilTimestamp"] = json!("2099-01-01T00:00:00Z");
    rotated["metadata"] =
        json!({"labels": [{"name": "astra.netapp.io/labels/read-only/credType", "value": "x"}]});
    let found = life.ask(&["list", "--filter", "name eq 'key'", "--include", "id"]);
    let key = found["items"][0][0].as_str().unwrap().to_owned();
    let answer = life.send(&["update", &key], &rotated, &["S-rotated"]);
    assert_eq!(answer["validUntilTimestamp"], "2099-01-01T00:00:00.000000Z");
    rotated["valid"] = json!("false");
    rotated.as_object_mut().unwrap().remove("metadata");
    let answer = life.send(&["update", &key], &rotated, &[]);
    assert_eq!((&answer["valid"], &answer["metadata"]["labels"][0]["value"]), (&json!("false"), &json!("x")));
    scene.run(["get", &key, "--reveal"]).exits(6);
    scene.run(["verify", &key]).exits(6);

    // GET of many, as objects or as the fields asked for
    let list = life.ask(&[
        "list",
        "--include",
        "name,keyType",
        "--order-by",
        "name desc",
        "--limit",
        "2",
        "--count",
    ]);
    assert_eq!((&list["items"][0][0], list["items"].as_array().unwrap().len()), (&json!("tls"), 2));
    assert_eq!(
        (&list["metadata"]["count"], &list["type"]),
        (&json!(8), &json!("application/astra-credentials"))
    );
    let token = list["metadata"]["continue"].as_str().unwrap();
    let words =
        ["list", "--include", "name,keyType", "--order-by", "name desc", "--limit", "9", "--continue", token];
    assert_eq!(life.ask(&words)["items"].as_array().unwrap().len(), 6);

    // DELETE, of the hash only when its user is gone
    scene.run(["user", "delete", USER]).ok();
    scene.run(["delete", "-y", hash_id, &key, id]).ok();
    assert_eq!(life.ask(&["list", "--count"])["metadata"]["count"], 5);
}
