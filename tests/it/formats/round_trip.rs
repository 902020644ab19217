//! What is exported comes back: all of it through our own format, and what is promised through others.

use serde_json::{Value, json};

use crate::support::samples::{self, USER};
use crate::support::{Scene, lab};

/// A vault with the policy and the user that the samples depend on.
fn prepared(with_samples: bool) -> Scene {
    let scene = Scene::new();
    if with_samples {
        let words = ["policy", "add", "P1", "--type", "throttle", "--period", "minute", "--value", "100"];
        scene.run(words.into_iter().chain(["--description", "all"])).ok();
    }
    scene.run(["user", "add", "--id", USER, "--auth-provider", "local", "--email", "a@b.example"]).ok();
    if with_samples {
        let documents: Vec<Value> = samples::all().into_iter().map(|sample| sample.document).collect();
        scene.run_with(["add", "-f", "-", "--atomic"], json!(documents).to_string()).ok();
        scene.run(["grant", "partner1", "--api-proxy", "Payments", "--expires", "2099-01-01"]).ok();
        scene.run(["grant", "Aws", "--api-proxy-group", "All"]).ok();
        scene.run(["ref", "add", "s3", "/servers/host1", "--address", "h1.example"]).ok();
    }
    scene
}

/// What is kept of every credential, with secrets and hashes, and what is computed anew left out.
fn kept(scene: &Scene, id: &str) -> Value {
    let text: Value =
        serde_json::from_slice(&lab::decrypt(&scene.vault(), &scene.path("identity.txt"))).unwrap();
    let all = text["credentials"].as_array().unwrap();
    let mut credential = all.iter().find(|credential| credential["id"] == id).unwrap().clone();
    for name in ["etag", "instanceId", "revision"] {
        credential.as_object_mut().unwrap().remove(name);
    }
    credential
}

/// The message of an import of every sample.
fn all_imported() -> String {
    all_but_imported(0)
}

/// The message of an import of every sample, of which `failed` fail.
fn all_but_imported(failed: usize) -> String {
    let all = samples::all().len();
    format!("{} of {all} imported", all - failed)
}

#[test]
fn our_own_format_loses_nothing() {
    let scene = prepared(true);
    scene.run(["export", "--out", "all.json"]).ok();
    let other = Scene::new();
    let answer = other.run(["import", &scene.text_path("all.json"), "-o", "json"]).ok().json();
    assert_eq!((&answer["format"], &answer["message"]), (&json!("native"), &json!(all_imported())));
    for sample in samples::all() {
        let id = sample.document["id"].as_str().unwrap().to_owned();
        assert_eq!(kept(&other, &id), kept(&scene, &id), "{id}");
    }
    let exported = |scene: &Scene| {
        let mut document = scene.run(["export"]).ok().json();
        document.as_object_mut().unwrap().remove("exportedAt");
        document
    };
    assert_eq!(exported(&other), exported(&scene));
    let document = exported(&other);
    assert_eq!(document["policies"][0]["id"], "P1");
    assert_eq!(document["users"][0]["id"], USER);
    assert_eq!(document["references"][0]["resourceRef"], "/servers/host1");
    // the password is still the one that it was
    other.run_with(["verify", "passwordHash", "--password-stdin"], "S-NetApp123").ok();
    other.run_with(["verify", "passwordHash", "--password-stdin"], "wrong").exits(6);
}

#[test]
fn astra_brings_every_type_back_but_a_hash() {
    let scene = prepared(true);
    scene.run(["export", "--format", "astra", "--out", "all.json"]).ok().says("hash");
    let other = prepared(false);
    let answer = other.run(["import", &scene.text_path("all.json"), "-o", "json"]).exits(8).json();
    assert_eq!((&answer["format"], &answer["message"]), (&json!("astra"), &json!(all_but_imported(1))));
    for sample in samples::all().iter().filter(|sample| sample.kind != "passwordHash") {
        let id = sample.document["id"].as_str().unwrap();
        let (was, is) = (kept(&scene, id), kept(&other, id));
        let names =
            ["id", "type", "connectorType", "name", "fields", "labels", "enabled", "validFrom", "validUntil"];
        for name in names {
            assert_eq!(is[name], was[name], "{id}: {name}");
        }
    }
    assert_eq!(kept(&other, "connector")["description"], "search index");
}

#[test]
fn aspire_brings_everything_back_that_is_no_login() {
    let scene = prepared(true);
    scene.run(["export", "--format", "aspire", "--out", "all.json"]).ok();
    let other = prepared(false);
    let answer = other.run(["import", &scene.text_path("all.json"), "-o", "json"]).ok().json();
    assert_eq!((&answer["format"], &answer["message"]), (&json!("aspire"), &json!(all_imported())));
    for sample in samples::all() {
        let id = sample.document["id"].as_str().unwrap();
        let (was, is) = (kept(&scene, id), kept(&other, id));
        if sample.kind == "UsernamePassword" {
            assert_eq!(is["connectorType"], "filesystem");
            assert_eq!(is["fields"]["properties"]["password"], was["fields"]["password"]);
            continue;
        }
        for name in ["id", "type", "connectorType", "fields", "description", "throttlePolicy"] {
            assert_eq!(is[name], was[name], "{id}: {name}");
        }
    }
    assert_eq!(other.run(["policy", "get", "P1", "-o", "json"]).ok().json()["description"], "all");
    other.run_with(["verify", "passwordHash", "--password-stdin"], "S-NetApp123").ok();
}

#[test]
fn what_citrix_network_controller_and_apinizer_know_comes_back_as_it_was() {
    let scene = prepared(true);
    for (format, ids) in [
        ("citrix", &["UsernamePassword", "Aws", "Azure", "Gcp", "Simple"][..]),
        ("network-controller", &["X509Certificate", "X509CertificateSubjectName", "SnmpCommunityString"]),
        ("apinizer", &["partner1"]),
    ] {
        let words = [&["export", "--format", format, "--out", "some.json", "--overwrite"], ids].concat();
        scene.run(words).ok();
        let other = Scene::new();
        let words = ["import", &scene.text_path("some.json"), "--format", format];
        other.run(words).ok();
        for id in ids {
            let (mut was, is) = (kept(&scene, id), kept(&other, id));
            // these systems have no place for it, which the export says
            was["fields"].as_object_mut().unwrap().remove("totp");
            assert_eq!((&is["type"], &is["fields"]), (&was["type"], &was["fields"]), "{format} {id}");
        }
    }
}
