//! What a document of another system means: how it is known, what of it counts, and what is refused.

mod aspire;
mod astra;
mod echo;
mod forms;
mod network_controller;

use credctl::dialect::Dialect;
use serde_json::json;

use crate::seeds::scripted;
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
        (json!({"credctl": "export", "type": "application/astra-credential"}), Dialect::Native),
        (json!({"type": "application/astra-credential"}), Dialect::Astra),
        (json!({"type": "application/astra-credentials", "items": []}), Dialect::Astra),
        (json!({"name": "n", "keyStore": {}}), Dialect::Astra),
        (json!({"export": {"credentials": {"credential": []}}}), Dialect::Aspire),
        (json!({"credential": {"id": "a"}}), Dialect::Aspire),
        (json!({"count": {"totalItems": 0}, "credential": []}), Dialect::Aspire),
        (json!({"type": "filesystem", "properties": {"user": "u"}}), Dialect::Aspire),
        (json!({"type": "filesystem", "resourceId": "a", "properties": {}}), Dialect::NetworkController),
        (json!({"resourceId": "a"}), Dialect::NetworkController),
        (json!({"properties": {"type": "usernamepassword"}}), Dialect::NetworkController),
        (json!({"properties": {"type": "snmpCommunityString"}}), Dialect::NetworkController),
        (json!({"type": "usernamepassword", "username": "u"}), Dialect::Citrix),
        (json!({"type": "Aws"}), Dialect::Citrix),
        (json!({"type": "AZURE", "email": "x"}), Dialect::Citrix),
        (json!({"type": "Gcp"}), Dialect::Citrix),
        (json!({"type": "simple"}), Dialect::Citrix),
        (json!({"type": "s3"}), Dialect::Native),
        (json!({"type": "apiCredential", "email": "x"}), Dialect::Native),
        (json!({"type": "X509Certificate", "value": "x"}), Dialect::Native),
        (json!({"fullName": "n"}), Dialect::Apinizer),
        (json!({"email": "n"}), Dialect::Apinizer),
        (json!({"roleNameList": []}), Dialect::Apinizer),
        (json!({"ipList": []}), Dialect::Apinizer),
        (json!({"expireDate": null}), Dialect::Apinizer),
    ] {
        assert_eq!(Dialect::recognise(&object(&document), None), Some(expected), "{document}");
    }
    for document in [json!({"username": "u"}), json!({"password": "x"}), json!({"description": "d"})] {
        assert_eq!(Dialect::recognise(&object(&document), None), None, "{document}");
        let head = Some(login.head());
        assert_eq!(Dialect::recognise(&object(&document), head), Some(Dialect::Native), "{document}");
    }
}

#[test]
fn lists_and_access_documents_are_of_apinizer() {
    for document in [json!({"credentialAccessList": []}), json!({"status": "SUCCESS", "resultList": []})] {
        assert_eq!(Dialect::recognise(&object(&document), None), Some(Dialect::Apinizer), "{document}");
    }
}

#[test]
fn what_is_not_known_says_so_in_one_line() {
    let scene = Scene::new();
    for document in [json!({}), json!({"username": "u", "password": "S-x"}), json!({"type": "nonsense"})] {
        let outcome = scene.refuses(3, ["add", "-f", "-"], document.to_string()).hides("S-x");
        let errors = outcome.stderr.lines().filter(|line| line.starts_with("error:")).count();
        assert_eq!(errors, 1, "{outcome:?}");
        outcome.says("--format").says("UsernamePassword");
    }
}

#[test]
fn the_first_of_several_decides_for_all() {
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
