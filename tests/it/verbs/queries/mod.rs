//! Which credentials a list, a patch or a delete is about, in which order, and which part of them.

mod changes;
mod filters;
mod paging;

use serde_json::json;

use crate::rules::seeds::scripted;
use crate::support::samples::base64;
use crate::support::{Outcome, Scene};

/// Credentials of several types whose members differ.
fn filled() -> Scene {
    let scene = scripted();
    let documents = json!([
        {"id": "aws", "type": "Aws", "accessKeyId": "AKIAIOSFODNN7EXAMPLE", "name": "Build",
         "secretAccessKey": "S-JalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE", "description": "builds it's own",
         "validUntil": "2098-06-01T00:00:00Z", "tags": {"rack": "4", "cost centre": "a"},
         "labels": [{"name": "env", "value": "prod"}, {"name": "env", "value": "eu"}]},
        {"id": "hash", "type": "certificate", "keyStore": {"certificate": base64(crate::support::samples::CERTIFICATE)}},
        {"id": "login", "type": "UsernamePassword", "username": "svc-web", "password": "S-pw", "domain": "corp",
         "enabled": false, "labels": [{"name": "env", "value": "dev"}]},
        {"id": "partner", "type": "apiCredential", "username": "partner", "password": "S-partner",
         "email": "ops@example.org", "fullName": "Partner", "roleNameList": ["reader", "writer"],
         "ipList": ["10.0.0.0/8"], "validFrom": "2097-01-01T00:00:00Z"},
        {"id": "rest", "type": "connector", "connectorType": "rest-api", "description": "index",
         "throttlePolicy": "P1", "properties": {"user": "svc-rest", "password": "S-rest", "isFormBody": true}},
        {"id": "store", "type": "s3", "validUntil": "2001-01-01T00:00:00Z",
         "keyStore": {"accessKey": base64("S-a"), "accessSecret": base64("S-b")}},
    ]);
    scene.run_with(["add", "-f", "-", "--format", "native"], documents.to_string()).ok();
    scene.run(["patch", "rest", "--tag", "rack=5"]).ok();
    scene
}

fn names(outcome: &Outcome) -> Vec<String> {
    outcome.stdout().lines().map(str::to_owned).collect()
}

#[track_caller]
fn selects(scene: &Scene, filter: &str, expected: &str) {
    let outcome = scene.run(["list", "-o", "name", "--filter", filter]).ok();
    assert_eq!(names(&outcome).join(" "), expected, "{filter}");
}

/// Sees to it that a call is wrong usage because of a parameter, and gives the reason.
#[track_caller]
fn refuses(scene: &Scene, words: &[&str], parameter: &str) -> String {
    let error = scene.run(words.iter().copied().chain(["-o", "json"])).exits(2).hides("S-").error();
    assert_eq!(error["invalidParams"][0]["name"], parameter, "{words:?}: {error}");
    error["invalidParams"][0]["reason"].as_str().unwrap().to_owned()
}
