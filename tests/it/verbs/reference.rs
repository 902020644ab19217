//! `ref`: what uses a credential, and what becomes of it when the credential goes.

use serde_json::json;

use crate::support::{Scene, members};

/// The login `admin`, used by two servers and a network.
fn used() -> Scene {
    let scene = Scene::with_login();
    scene.run(["ref", "add", "admin", "/servers/host1", "--address", "host1", "--address", "10.0.0.1"]).ok();
    scene.run(["ref", "add", "admin", "/servers/host2"]).ok();
    scene.run(["ref", "add", "admin", "/virtualNetworks/vnet1"]).ok();
    scene
}

fn resources(scene: &Scene, words: &[&str]) -> Vec<String> {
    let answer = scene.answer(["ref", "list"].iter().chain(words));
    let of = |item: &serde_json::Value| item["resourceRef"].as_str().unwrap().to_owned();
    answer["references"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn adding_one() {
    let scene = Scene::with_login();
    let stamp = |name: &str| scene.get("admin")[name].clone();
    let (etag, revision, updated) = (stamp("etag"), stamp("revision"), stamp("updatedAt"));
    let answer = scene.answer(["ref", "add", "admin", "/servers/host1", "--address", "host1"]);
    assert_eq!(members(&answer), ["changed", "deploymentResult", "id", "networks", "references"]);
    let reference = json!({"resourceRef": "/servers/host1", "managementAddresses": ["host1"]});
    assert_eq!((&answer["references"], &answer["changed"]), (&json!([reference]), &json!(true)));
    let network = json!({"resourceRef": "/virtualNetworks/vnet1"});
    let answer = scene.answer(["ref", "add", "admin", "/virtualNetworks/vnet1"]);
    assert_eq!(answer["networks"], json!([network]));
    let shown = scene.get("admin");
    assert_eq!(shown["references"].as_array().unwrap().len(), 2);
    assert_eq!(shown["networks"], json!([network]));
    // it belongs to the resource: the credential has no new revision, but what is shown of it differs
    assert_eq!((&shown["revision"], &shown["updatedAt"]), (&revision, &updated));
    assert_ne!(shown["etag"], etag);
    let etag = shown["etag"].clone();
    scene.run(["ref", "add", "admin", "/virtualNetworks/vnet1"]).ok();
    assert_eq!(stamp("etag"), etag, "nothing changed");
    scene.run(["ref", "remove", "admin", "/virtualNetworks/vnet1"]).ok();
    assert_ne!(stamp("etag"), etag);
}

#[test]
fn adding_it_again_changes_its_addresses_or_nothing() {
    let scene = used();
    let words = ["ref", "add", "admin", "/servers/host1", "--address", "host1", "--address", "10.0.0.1"];
    let answer = scene.refuses(0, words.iter().chain(&["-o", "json"]), "").json();
    assert_eq!(answer["changed"], false);
    let answer = scene.answer(["ref", "add", "admin", "/servers/host1", "--address", "other"]);
    assert_eq!((&answer["changed"], answer["references"].as_array().unwrap().len()), (&json!(true), 3));
    assert_eq!(answer["references"][0]["managementAddresses"], json!(["other"]));
    // one resource may use several credentials
    scene.login("second");
    scene.run(["ref", "add", "second", "/servers/host1"]).ok();
    assert_eq!(resources(&scene, &["second"]), ["/servers/host1"]);
}

#[test]
fn what_is_no_resource_is_refused() {
    let scene = Scene::with_login();
    for resource in ["", "servers/host1", "/servers", "/servers/", "/servers/a b", "/1/x", "//x"] {
        let error = scene.refuses(3, ["ref", "add", "admin", resource, "-o", "json"], "").error();
        assert_eq!(crate::support::invalid_fields(&error), ["resourceRef"], "{resource:?}");
    }
    scene.refuses(3, ["ref", "add", "admin", "/servers/h", "--address", ""], "");
    scene.refuses(4, ["ref", "add", "nobody", "/servers/h"], "");
    scene.refuses(0, ["ref", "add", "admin", "/servers/h", "-n"], "");
    scene.refuses(2, ["ref", "add", "admin"], "");
}

#[test]
fn removing_one() {
    let scene = used();
    scene.refuses(4, ["ref", "remove", "admin", "/servers/host9"], "").says("credctl ref list admin");
    scene.refuses(4, ["ref", "remove", "nobody", "/servers/host1"], "");
    scene.refuses(0, ["ref", "remove", "admin", "/servers/host1", "-n"], "");
    let answer = scene.answer(["ref", "rm", "admin", "/servers/host1"]);
    assert_eq!((&answer["changed"], answer["references"].as_array().unwrap().len()), (&json!(true), 2));
    scene.refuses(4, ["ref", "remove", "admin", "/servers/host1"], "");
}

#[test]
fn the_list_answers_for_a_credential_and_for_a_resource() {
    let scene = used();
    scene.login("second");
    scene.run(["ref", "add", "second", "/servers/host2"]).ok();
    assert_eq!(resources(&scene, &[]).len(), 4);
    assert_eq!(resources(&scene, &["second"]), ["/servers/host2"]);
    let answer = scene.answer(["ref", "list", "--resource", "/servers/host1"]);
    let connection = json!({"managementAddresses": ["host1", "10.0.0.1"],
        "credential": {"resourceRef": "/credentials/admin"}, "credentialType": "usernamePassword"});
    assert_eq!(answer, json!({"resourceRef": "/servers/host1", "connections": [connection]}));
    let both = scene.answer(["ref", "list", "--resource", "/servers/host2"]);
    assert_eq!(both["connections"].as_array().unwrap().len(), 2);
    let none = scene.answer(["ref", "list", "--resource", "/servers/host9"]);
    assert_eq!(none, json!({"resourceRef": "/servers/host9", "connections": []}));
    let one = scene.answer(["ref", "list", "second", "--resource", "/servers/host2"]);
    assert_eq!(one["connections"].as_array().unwrap().len(), 1);
    scene.refuses(4, ["ref", "list", "nobody"], "");
    let table = scene.run(["ref", "ls", "admin"]).ok();
    assert_eq!(
        table.stdout(),
        "RESOURCE REF            CREDENTIAL  MANAGEMENT ADDRESSES\n\
         /servers/host1          admin       host1,10.0.0.1\n\
         /servers/host2          admin\n\
         /virtualNetworks/vnet1  admin\n"
    );
    let table = scene.run(["ref", "list", "--resource", "/servers/host1"]).ok();
    let header: Vec<_> = table.stdout().lines().next().unwrap().split_whitespace().collect();
    assert_eq!(header, ["RESOURCE", "REF", "CREDENTIAL", "MANAGEMENT", "ADDRESSES"]);
    assert!(table.stdout().contains("  admin  "), "{table:?}");
}

#[test]
fn they_outlive_every_change_of_the_credential() {
    let scene = used();
    let before = scene.get("admin")["references"].clone();
    scene.run(["patch", "admin", "domain=x"]).ok();
    scene.run_with(["update", "admin", "username=u", "password=-"], "S-1").ok();
    scene.run_with(["put", "admin", "username=u", "password=-"], "S-2").ok();
    scene.run_with(["passwd", "admin", "--password-stdin"], "S-3").ok();
    scene.run(["rollback", "admin", "--revision", "1"]).ok();
    assert_eq!(scene.get("admin")["references"], before);
}

#[test]
fn deleting_the_credential_lets_them_go_and_tells_it() {
    let scene = used();
    let expected = json!(["/servers/host1", "/servers/host2", "/virtualNetworks/vnet1"]);
    let answer = scene.refuses(0, ["delete", "admin", "-n", "-o", "json"], "").json();
    assert_eq!(answer["removedReferences"], expected);
    assert_eq!(scene.answer(["delete", "-y", "admin"])["removedReferences"], expected);
    assert!(resources(&scene, &[]).is_empty());
    let none = scene.answer(["ref", "list", "--resource", "/servers/host1"]);
    assert_eq!(none, json!({"resourceRef": "/servers/host1", "connections": []}));
    // a new one of the same id starts without
    scene.login("admin");
    assert_eq!(scene.get("admin")["references"], json!([]));
    scene.run(["check", "--only", "reference"]).ok();
}

#[test]
fn each_of_several_tells_its_own() {
    let scene = used();
    for id in ["b", "c"] {
        scene.login(id);
        scene.run(["ref", "add", id, &format!("/servers/{id}")]).ok();
    }
    let words = ["delete", "-y", "admin", "nobody", "b", "-o", "json"];
    scene.refuses(8, words.iter().chain(&["--atomic"]), "");
    assert_eq!(resources(&scene, &[]).len(), 5);
    let results = scene.run(words).exits(8).json()["results"].clone();
    assert_eq!(results[0]["removedReferences"].as_array().unwrap().len(), 3);
    assert_eq!(results[1]["removedReferences"], json!(null));
    assert_eq!(results[2]["removedReferences"], json!(["/servers/b"]));
    assert_eq!(resources(&scene, &[]), ["/servers/c"]);
    let answer = scene.answer(["delete", "-y", "--filter", "id eq 'c'"]);
    assert_eq!(answer["results"][0]["removedReferences"], json!(["/servers/c"]));
}

#[test]
fn a_project_sees_those_to_what_it_sees() {
    let scene = used();
    for project in ["p1", "p2"] {
        scene.run_with(["add", "Simple", project, "value=-", "-p", project], "S").ok();
        scene.run(["ref", "add", project, &format!("/servers/{project}"), "-p", project]).ok();
    }
    assert_eq!(resources(&scene, &["-p", "p1"]).len(), 4);
    assert_eq!(resources(&scene, &[]).len(), 5);
    scene.refuses(4, ["ref", "list", "p2", "-p", "p1"], "");
    scene.refuses(4, ["ref", "add", "p2", "/servers/x", "-p", "p1"], "");
    scene.refuses(4, ["ref", "remove", "p2", "/servers/p2", "-p", "p1"], "");
    let hidden = scene.answer(["ref", "list", "--resource", "/servers/p2", "-p", "p1"]);
    assert_eq!(hidden["connections"], json!([]));
}

#[test]
fn an_operator_only_looks() {
    let scene = used();
    scene.refuses(6, ["ref", "add", "admin", "/servers/x", "--role", "operator"], "");
    scene.refuses(6, ["ref", "remove", "admin", "/servers/host1", "--role", "operator"], "");
    scene.run(["ref", "list", "--role", "operator"]).ok();
}

#[test]
fn networks_are_shown_to_network_controllers_and_come_back_unchanged() {
    let scene = used();
    let words = ["get", "admin", "--format", "network-controller"];
    let mut document = scene.run(words).ok().json();
    assert_eq!(document["properties"]["networks"], json!([{"resourceRef": "/virtualNetworks/vnet1"}]));
    document["properties"]["value"] = json!("S-new");
    let update = ["update", "admin", "-f", "-", "--format", "network-controller", "-o", "json"];
    let mut other = document.clone();
    other["properties"]["networks"] = json!([{"resourceRef": "/virtualNetworks/vnet2"}]);
    scene.refuses(3, update, other.to_string()).hides("S-new");
    scene.run_with(update, document.to_string()).ok();
    assert_eq!(scene.get("admin")["networks"], json!([{"resourceRef": "/virtualNetworks/vnet1"}]));
    scene.refuses(3, ["patch", "admin", "-f", "-"], r#"{"networks":[]}"#);
}
