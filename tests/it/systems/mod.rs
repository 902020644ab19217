//! What a document of another system means: how it is known, what of it counts, and what is refused.

mod aspire;
mod astra;
mod echo;
mod forms;
mod lifecycle;
mod network_controller;
mod settled;
mod sixth;

use credctl::dialect::Dialect::{self, Foreign, Native};
use credctl::kind::System::{Apinizer, Aspire, Astra, Citrix, NetworkController};
use serde_json::json;

use crate::rules::seeds::scripted;
use crate::support::lab::{Lab, object};
use crate::support::samples::{self, base64};
use crate::support::{Run as _, Scene, invalid_fields};

/// The same as [`scripted`], with a login `admin`.
fn with_login() -> Scene {
    let scene = scripted();
    scene.login("admin");
    scene
}

#[test]
fn a_document_is_known_by_its_members() {
    let lab = Lab::new();
    let login = lab.create(&samples::of("UsernamePassword").document);
    for (document, expected) in [
        (json!({"credctl": "export", "type": "application/astra-credential"}), Native),
        (json!({"type": "application/astra-credential"}), Foreign(Astra)),
        (json!({"type": "application/astra-credentials", "items": []}), Foreign(Astra)),
        (json!({"name": "n", "keyStore": {}}), Foreign(Astra)),
        (json!({"export": {"credentials": {"credential": []}}}), Foreign(Aspire)),
        (json!({"credential": {"id": "a"}}), Foreign(Aspire)),
        (json!({"count": {"totalItems": 0}, "credential": []}), Foreign(Aspire)),
        (json!({"type": "filesystem", "properties": {"user": "u"}}), Foreign(Aspire)),
        (json!({"type": "filesystem", "resourceId": "a", "properties": {}}), Foreign(NetworkController)),
        (json!({"resourceId": "a"}), Foreign(NetworkController)),
        (json!({"properties": {"type": "usernamepassword"}}), Foreign(NetworkController)),
        (json!({"properties": {"type": "snmpCommunityString"}}), Foreign(NetworkController)),
        (json!({"type": "usernamepassword", "username": "u"}), Foreign(Citrix)),
        (json!({"type": "Aws"}), Foreign(Citrix)),
        (json!({"type": "AZURE", "email": "x"}), Foreign(Citrix)),
        (json!({"type": "Gcp"}), Foreign(Citrix)),
        (json!({"type": "simple"}), Foreign(Citrix)),
        (json!({"type": "s3"}), Native),
        (json!({"type": "apiCredential", "email": "x"}), Native),
        (json!({"type": "X509Certificate", "value": "x"}), Native),
        (json!({"fullName": "n"}), Foreign(Apinizer)),
        (json!({"email": "n"}), Foreign(Apinizer)),
        (json!({"roleNameList": []}), Foreign(Apinizer)),
        (json!({"ipList": []}), Foreign(Apinizer)),
        (json!({"expireDate": null}), Foreign(Apinizer)),
    ] {
        assert_eq!(Dialect::recognise(&object(&document), None), Some(expected), "{document}");
    }
    for document in [json!({"username": "u"}), json!({"password": "x"}), json!({"description": "d"})] {
        assert_eq!(Dialect::recognise(&object(&document), None), None, "{document}");
        let head = Some(login.head());
        assert_eq!(Dialect::recognise(&object(&document), head), Some(Native), "{document}");
    }
}

#[test]
fn lists_and_access_documents_are_of_apinizer() {
    for document in [json!({"credentialAccessList": []}), json!({"status": "SUCCESS", "resultList": []})] {
        assert_eq!(Dialect::recognise(&object(&document), None), Some(Foreign(Apinizer)), "{document}");
    }
}

#[test]
fn a_document_of_no_known_system_is_refused_with_one_error() {
    let scene = Scene::new();
    for document in [json!({}), json!({"username": "u", "password": "S-x"}), json!({"type": "nonsense"})] {
        let outcome = scene.refuses(3, ["add", "-f", "-"], document.to_string()).hides("S-x");
        let errors = outcome.stderr.lines().filter(|line| line.starts_with("error:")).count();
        assert_eq!(errors, 1, "{outcome:?}");
        outcome.says("--format").says("UsernamePassword");
    }
}

#[test]
fn the_first_document_decides_the_system_of_all() {
    let scene = scripted();
    let documents = json!([
        {"resourceId": "a", "properties": {"type": "SnmpCommunityString", "value": "S-public"}},
        {"id": "b", "type": "Simple", "value": "S-simple"},
    ]);
    let answer = scene.run_with(["add", "-f", "-", "-o", "json"], documents.to_string()).exits(8).json();
    assert_eq!(
        (&answer["results"][0]["added"], &answer["results"][1]["added"]),
        (&json!(true), &json!(false))
    );
}

#[test]
fn a_system_refuses_what_is_not_its_own() {
    let scene = with_login();
    for (format, document, name) in [
        ("network-controller", json!({"resourceId": "a", "properties": {"type": "Aws"}}), "type"),
        ("network-controller", json!({"resourceId": "a"}), "properties"),
        ("network-controller", json!({"resourceId": "a", "properties": []}), "properties"),
        (
            "astra",
            json!({"type": "application/astra-bucket", "name": "n", "keyStore": {"a": "QQ=="}}),
            "type",
        ),
        ("astra", json!({"version": "2.0", "name": "n", "keyStore": {"a": "QQ=="}}), "version"),
        ("astra", json!({"keyType": "Aws", "name": "n", "keyStore": {"a": "QQ=="}}), "keyType"),
        (
            "astra",
            json!({"metadata": {"colour": 1}, "name": "n", "keyStore": {"a": "QQ=="}}),
            "metadata.colour",
        ),
        ("astra", json!({"metadata": [], "name": "n", "keyStore": {"a": "QQ=="}}), "metadata"),
        ("aspire", json!({"credential": "x"}), "credential"),
        ("aspire", json!({"type": 1, "description": "d", "properties": {"a": "b"}}), "type"),
        ("citrix", json!({"id": "a", "type": "Simple", "value": "S-x", "colour": "red"}), "colour"),
    ] {
        let words = ["add", "-f", "-", "--format", format, "-o", "json"];
        let error = scene.refuses(3, words, document.to_string()).hides("S-x").error();
        assert!(invalid_fields(&error).contains(&name), "{document}: {error}");
    }
    // and shows nothing of it
    scene.run(["get", "admin", "--format", "apinizer"]).exits(3);
    scene.run_with(["add", "Simple", "s", "value=-"], "S").ok();
    scene.run(["get", "s", "--format", "network-controller"]).exits(3);
}

#[test]
fn no_shape_shows_a_secret() {
    let scene = scripted();
    let all: Vec<_> = samples::all().into_iter().filter(|sample| sample.kind != "passwordHash").collect();
    let encoded = ["S-cn", "S-bind", "S-apikey", "S-access", "S-secret", "S-extra"].map(base64);
    for format in ["citrix", "aspire", "network-controller", "astra", "apinizer", "native"] {
        let outside = |outcome: crate::support::Outcome| {
            encoded.iter().fold(outcome.hides("S-").hides("PRIVATE KEY"), |outcome, text| outcome.hides(text))
        };
        for sample in &all {
            let id = sample.document["id"].as_str().unwrap();
            let mut add = scene.command(["put", "-f", "-", "-o", "json"]);
            outside(add.outcome(sample.document.to_string()).ok());
            outside(scene.run(["get", id, "--format", format]));
            outside(scene.run(["patch", id, "--description", format, "--format", format]));
        }
        outside(scene.run(["list", "--format", format]).ok());
        outside(scene.run(["list", "--format", format, "--include", "id,type,description"]).ok());
    }
}
