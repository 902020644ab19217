//! The examples that the five systems publish, sent as they stand, and the answers in the shapes shown.
//!
//! What a system makes up by itself (ids, times, tokens) is compared by its form.

use serde_json::{Value, json};

use crate::support::{Scene, members, samples};

/// Whether a value has the shape of another: the same members, and at every place the same value, or
/// the form that a text in angle brackets names.
#[track_caller]
pub fn fits(actual: &Value, shape: &Value) {
    match (actual, shape) {
        (Value::Object(_), Value::Object(wanted)) => {
            assert_eq!(members(actual), members(shape), "{actual}");
            wanted.iter().for_each(|(name, wanted)| fits(&actual[name], wanted));
        }
        (Value::Array(items), Value::Array(wanted)) => {
            assert_eq!(items.len(), wanted.len(), "{actual}");
            items.iter().zip(wanted).for_each(|(item, wanted)| fits(item, wanted));
        }
        (Value::String(text), Value::String(form)) if form.starts_with('<') => {
            assert!(has_form(text, form), "{text} is no {form}");
        }
        _ => assert_eq!(actual, shape),
    }
}

fn has_form(text: &str, form: &str) -> bool {
    // digits stand for digits, letters for hexadecimal ones
    let like = |pattern: &str| {
        text.len() == pattern.len()
            && text.chars().zip(pattern.chars()).all(|(c, p)| match p {
                '0' => c.is_ascii_digit(),
                'x' => c.is_ascii_hexdigit() && !c.is_ascii_uppercase(),
                _ => c == p,
            })
    };
    match form {
        "<time>" => like("0000-00-00T00:00:00.000000Z"),
        "<uuid>" => like("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        "<etag>" => like("W/\"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx\""),
        "<text>" => !text.is_empty(),
        _ => panic!("no form {form}"),
    }
}

/// A scene in which JSON is what is printed, unless something else is asked for.
pub fn scripted() -> Scene {
    let scene = Scene::new();
    std::fs::create_dir_all(scene.path("home/config/credctl")).unwrap();
    scene.file("home/config/credctl/config.toml", "output = \"json\"\n");
    scene
}

/// Sends a document of a system and gives the answer in that system's shape.
#[track_caller]
pub fn send(scene: &Scene, system: &str, words: &[&str], document: &Value) -> Value {
    let all = words.iter().copied().chain(["-f", "-", "--format", system]);
    scene.run_with(all, document.to_string()).ok().json()
}

pub const CITRIX_POST: &str = include_str!("seeds_documents/citrix_post.json");
pub const CITRIX_PUT: &str = include_str!("seeds_documents/citrix_put.json");
pub const CITRIX_PUT_WITHOUT_DOMAIN: &str = include_str!("seeds_documents/citrix_put_without_domain.json");
pub const ASPIRE_POST: &str = include_str!("seeds_documents/aspire_post.json");
pub const ASPIRE_PUT: &str = include_str!("seeds_documents/aspire_put.json");
pub const ASPIRE_LIST: &str = include_str!("seeds_documents/aspire_list.json");
pub const APINIZER_BODY: &str = include_str!("seeds_documents/apinizer_body.json");

pub fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

pub fn metadata(id: &str, kind: &str) -> Value {
    json!({"id": id, "type": kind, "state": "Ok", "createdAt": "<time>", "updatedAt": "<time>"})
}

#[test]
fn citrix_adds_and_answers_with_metadata() {
    let scene = scripted();
    let answer = send(&scene, "citrix", &["add"], &read(CITRIX_POST));
    fits(&answer, &metadata("admin", "UsernamePassword"));
    assert_eq!(answer["createdAt"], answer["updatedAt"]);
    let expected = json!({"username": "ips", "domain": "test", "password": "password1^"});
    assert_eq!(scene.get("admin")["fields"], expected);
    // its type makes it known without being named
    let other = scripted();
    other.run_with(["add", "-f", "-"], CITRIX_POST).ok().hides("password1^");
    assert_eq!(other.get("admin")["fields"], expected);
}

#[test]
fn citrix_modifies_by_full_replacement() {
    let scene = scripted();
    let added = send(&scene, "citrix", &["add"], &read(CITRIX_POST));
    let answer = send(&scene, "citrix", &["update", "admin"], &read(CITRIX_PUT));
    fits(&answer, &metadata("admin", "UsernamePassword"));
    assert_eq!(answer["createdAt"], added["createdAt"]);
    assert!(answer["updatedAt"].as_str() > added["updatedAt"].as_str());
    let expected = json!({"username": "ips", "domain": "test", "password": "password2!"});
    assert_eq!(scene.get("admin")["fields"], expected);
    send(&scene, "citrix", &["update", "admin"], &read(CITRIX_PUT_WITHOUT_DOMAIN));
    assert_eq!(scene.get("admin")["fields"], json!({"username": "ips", "password": "password2!"}));
    // there is nothing to modify under another id
    scene.refuses(4, ["update", "root", "-f", "-", "--format", "citrix"], CITRIX_PUT);
}

#[test]
fn citrix_lists_metadata_in_pages() {
    let scene = scripted();
    send(&scene, "citrix", &["add"], &read(CITRIX_POST));
    let azure = json!({"id": "azure-spn", "type": "Azure", "tenantId": "contoso.onmicrosoft.com",
                       "clientId": "6b1551db-b7fa-473d-a05c-43524badb11b", "clientSecret": "S-client"});
    send(&scene, "citrix", &["add"], &azure);
    let words = ["list", "--limit", "10", "--format", "citrix"];
    let items = json!([metadata("admin", "UsernamePassword"), metadata("azure-spn", "Azure")]);
    let page = scene.run(words).ok().hides("password1^").hides("S-client").json();
    let whole = json!({"pageSize": 10, "items": items, "continuationToken": null, "pollingToken": null});
    fits(&page, &whole);
    let more: Vec<_> =
        (0..9).map(|n| json!({"id": format!("n{n}"), "type": "Simple", "value": "x"})).collect();
    scene.run_with(["add", "-f", "-"], Value::from(more).to_string()).ok();
    let page = scene.run(words).ok().json();
    assert_eq!((page["items"].as_array().unwrap().len(), &page["pageSize"]), (10, &json!(10)));
    let token = page["continuationToken"].as_str().unwrap();
    let rest = scene.run(words.into_iter().chain(["--continue", token])).ok().json();
    fits(
        &rest,
        &json!({"pageSize": 10, "items": [metadata("n8", "Simple")], "continuationToken": null,
                "pollingToken": null}),
    );
}

#[test]
fn citrix_deletes_by_id() {
    let scene = scripted();
    send(&scene, "citrix", &["add"], &read(CITRIX_POST));
    scene.run(["delete", "admin", "-y", "--format", "citrix"]).ok();
    assert!(scene.ids().is_empty());
}

#[test]
fn network_controller_takes_every_type_and_answers_it() {
    let scene = scripted();
    let thumbprint = "DAE2FE6166DFA652EE64AB22261D682FE6C6690F";
    for (id, kind, user, value, shows) in [
        ("up", "usernamePassword", Some("contoso\\al"), "S-pw", false),
        ("x5", "X509Certificate", None, thumbprint, true),
        ("sn", "SnmpCommunityString", None, "S-public", false),
        ("gm", "GroupManagedServiceAccount", Some("svc-nc$"), "", true),
        ("cn", "X509CertificateSubjectName", None, "host1.contoso.com", true),
    ] {
        let mut document = json!({"resourceId": id, "properties": {"type": kind, "value": value,
            "auditingSettings": {"outputDirectory": "C:\\audit"}}});
        if let Some(user) = user {
            document["properties"]["userName"] = json!(user);
        }
        let mut shape = json!({"resourceRef": format!("/credentials/{id}"), "resourceId": id,
            "etag": "<etag>", "instanceId": "<uuid>",
            "properties": {"provisioningState": "Succeeded", "type": kind, "networks": [],
                           "auditingSettings": {"outputDirectory": "C:\\audit"}}});
        if let Some(user) = user {
            shape["properties"]["userName"] = json!(user);
        }
        if shows {
            shape["properties"]["value"] = json!(value);
        }
        let words = ["put", "-f", "-", "--format", "network-controller"];
        let created = scene.run_with(words, document.to_string()).ok().hides("S-p").json();
        fits(&created, &shape);
        let one = scene.run(["get", id, "--format", "network-controller"]).ok().hides("S-p").json();
        assert_eq!(one, created);
        // the same request once more replaces it
        let replaced = scene.run_with(words, document.to_string()).ok().json();
        fits(&replaced, &shape);
        assert_ne!(replaced["etag"], created["etag"]);
        assert_eq!(replaced["instanceId"], created["instanceId"]);
    }
    let all = scene.run(["list", "--format", "network-controller"]).ok().hides("S-p").json();
    assert_eq!((members(&all), &all["nextLink"]), (vec!["nextLink", "value"], &json!("")));
    let ids: Vec<_> = all["value"].as_array().unwrap().iter().map(|item| &item["resourceId"]).collect();
    assert_eq!(ids, ["cn", "gm", "sn", "up", "x5"]);
    let shown = scene.run(["get", "sn", "--format", "network-controller", "--reveal"]).ok().json();
    assert_eq!(shown["properties"]["value"], "S-public");
    // this one not even on request
    scene.run(["get", "up", "--format", "network-controller", "--reveal"]).ok().hides("S-pw");
}

#[test]
fn astra_lists_objects_or_the_fields_asked_for() {
    let scene = scripted();
    for (name, key_type, store) in [
        ("myCert", "certificate", json!({"certificate": samples::base64(samples::CERTIFICATE)})),
        ("kubeconfig", "kubeconfig", json!({"base64": samples::base64(samples::kubeconfig())})),
        ("password", "generic", json!({"password": samples::base64("S-bind")})),
    ] {
        let document = json!({"type": "application/astra-credential", "version": "1.1", "name": name,
                              "keyType": key_type, "keyStore": store, "valid": "true"});
        let answer = send(&scene, "astra", &["add"], &document);
        let shape = json!({"type": "application/astra-credential", "version": "1.1", "id": "<uuid>",
            "name": name, "keyType": key_type, "valid": "true",
            "metadata": {"labels": [], "creationTimestamp": "<time>", "modificationTimestamp": "<time>",
                         "createdBy": "<uuid>", "modifiedBy": "<uuid>"}});
        fits(&answer, &shape);
        let id = answer["id"].as_str().unwrap();
        assert_eq!(scene.run(["get", id, "--format", "astra"]).ok().json(), answer);
    }
    let list = |words: &[&'static str]| {
        let words = ["list", "--format", "astra"].iter().chain(words).copied();
        scene.run(words).ok().hides(&samples::base64("S-bind")).json()
    };
    let mut shape = json!({"type": "application/astra-credentials", "version": "1.1",
        "items": [["<uuid>", "myCert"], ["<uuid>", "kubeconfig"], ["<uuid>", "password"]],
        "metadata": {"labels": [], "creationTimestamp": "<time>", "modificationTimestamp": "<time>",
                     "createdBy": "<uuid>"}});
    fits(&list(&["--include", "id,name", "--order-by", "createdAt"]), &shape);
    shape["items"] = json!([["password"], ["myCert"]]);
    shape["metadata"]["continue"] = json!("<text>");
    shape["metadata"]["count"] = json!(3);
    fits(&list(&["--include", "name", "--order-by", "name desc", "--limit", "2", "--count"]), &shape);
    let objects = list(&["--filter", "name eq 'myCert'"]);
    assert_eq!(objects["items"].as_array().unwrap().len(), 1);
    assert_eq!(objects["items"][0]["type"], "application/astra-credential");
}

#[test]
fn apinizer_creates_updates_and_lists() {
    let scene = scripted();
    let body = read(APINIZER_BODY);
    let mut shape = body.clone();
    shape["password"] = Value::Null;
    let answer = send(&scene, "apinizer", &["add", "-p", "admin"], &body);
    fits(&answer, &shape);
    let stored = scene.get("user1");
    assert_eq!((&stored["type"], &stored["project"]), (&json!("apiCredential"), &json!("admin")));
    assert_eq!((&stored["enabled"], &stored["fields"]["password"]), (&json!(true), &body["password"]));
    assert_eq!(stored["validUntil"], "2023-08-14T00:00:00.000000Z");
    // PUT replaces it, or makes it if it is not there
    let mut changed = body.clone();
    changed.as_object_mut().unwrap().remove("ipList");
    changed["enabled"] = json!("false");
    shape["ipList"] = json!([]);
    shape["enabled"] = json!("false");
    fits(&send(&scene, "apinizer", &["put"], &changed), &shape);
    let mut other = body.clone();
    other["username"] = json!("user2");
    send(&scene, "apinizer", &["put", "-p", "shop"], &other);
    let project = scene.run(["list", "-p", "shop", "--format", "apinizer"]).ok().json();
    let mut second = body.clone();
    (second["username"], second["password"]) = (json!("user2"), Value::Null);
    fits(&project, &json!({"status": "SUCCESS", "resultList": [second]}));
    let all = scene.run(["list", "--format", "apinizer"]).ok().hides("S-consumer").json();
    fits(&all, &json!({"status": "SUCCESS", "resultList": [shape, second]}));
    // nobody needs to say whose document it is
    let unnamed = scripted();
    unnamed.run_with(["add", "-f", "-"], APINIZER_BODY).ok();
    assert_eq!(unnamed.ids(), ["user1"]);
}

#[test]
fn apinizer_changes_the_password_alone() {
    let scene = scripted();
    send(&scene, "apinizer", &["add"], &read(APINIZER_BODY));
    let before = scene.get("user1");
    let words = ["passwd", "user1", "-f", "-", "--format", "apinizer"];
    let outcome = scene.run_with(words, json!({"password": "S-next"}).to_string()).ok().hides("S-next");
    fits(&outcome.json()["username"], &json!("user1"));
    let after = scene.get("user1");
    assert_eq!(after["fields"]["password"], "S-next");
    assert_eq!(
        (&after["fields"]["ipList"], &after["validUntil"]),
        (&before["fields"]["ipList"], &before["validUntil"])
    );
    scene.run(["delete", "user1", "-y", "--format", "apinizer"]).ok();
}
