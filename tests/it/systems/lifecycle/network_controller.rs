//! Network Controller: PUT creates and replaces, devices refer, DELETE lets them go.

use serde_json::{Value, json};

use super::Life;
use crate::rules::seeds::fits;
use crate::support::members;

fn body(id: &str, kind: &str, user: Option<&str>, value: &str) -> Value {
    let mut properties = json!({"type": kind, "value": value});
    if let Some(user) = user {
        properties["userName"] = json!(user);
    }
    json!({"resourceId": id, "properties": properties})
}

#[test]
fn the_credentials_of_southbound_devices() {
    let life = Life::of("network-controller");
    let scene = &life.scene;

    // PUT makes it, and makes it anew
    let document = body("host-login", "usernamePassword", Some("contoso\\alyoung"), "S-host");
    let made = life.send(&["put"], &document, &["S-host"]);
    assert_eq!(members(&made), ["etag", "instanceId", "properties", "resourceId", "resourceRef"]);
    assert_eq!(made["resourceRef"], "/credentials/host-login");
    let again = life.send(&["put"], &document, &["S-host"]);
    assert_eq!(again["instanceId"], made["instanceId"]);
    assert_ne!(again["etag"], made["etag"]);
    for (id, kind, user, value) in [
        ("snmp", "SnmpCommunityString", None, "S-community"),
        ("host-cert", "X509Certificate", None, "DAE2FE6166DFA652EE64AB22261D682FE6C6690F"),
        ("gmsa", "GroupManagedServiceAccount", Some("svc-nc$"), ""),
        ("subject", "X509CertificateSubjectName", None, "host1.contoso.com"),
    ] {
        life.send(&["put"], &body(id, kind, user, value), &["S-community"]);
    }

    // devices and virtual networks refer to them
    for (id, resource) in
        [("host-login", "/servers/host1"), ("host-login", "/servers/host2"), ("snmp", "/servers/host1")]
    {
        scene.run(["ref", "add", id, resource, "--address", "host.contoso.com"]).ok();
    }
    scene.run(["ref", "add", "host-cert", "/virtualNetworks/blue"]).ok();
    let connection = |id: &str, kind: &str| {
        json!({"managementAddresses": ["host.contoso.com"], "credentialType": kind,
               "credential": {"resourceRef": format!("/credentials/{id}")}})
    };
    let host = scene.answer(["ref", "list", "--resource", "/servers/host1"]);
    let both = [connection("host-login", "usernamePassword"), connection("snmp", "SnmpCommunityString")];
    assert_eq!(host["connections"], json!(both));

    // GET, without a password; a copy with another password may come back
    let certificate = life.ask(&["get", "host-cert"]);
    assert_eq!(certificate["properties"]["networks"], json!([{"resourceRef": "/virtualNetworks/blue"}]));
    assert!(life.ask(&["get", "host-cert", "--nc-version", "v1"])["properties"].get("networks").is_none());
    let mut copy = life.run(&["get", "host-login"], "").ok().hides("S-host").json();
    let old = copy.clone();
    copy["properties"]["value"] = json!("S-next");
    let changed = life.send(&["update", "host-login"], &copy, &["S-next"]);
    assert_eq!(life.field("host-login", "password"), "S-next");
    // the copy of before is of no use any more
    life.run(&["update", "host-login", "-f", "-"], &copy.to_string()).exits(5).hides("S-next");
    let mut listed = life.run(&["list"], "").ok().hides("S-").json();
    let ids: Vec<_> =
        listed["value"].as_array().unwrap().iter().map(|item| item["resourceId"].clone()).collect();
    assert_eq!(ids, ["gmsa", "host-cert", "host-login", "snmp", "subject"]);
    assert_eq!(listed["value"][2].take(), changed);
    assert_eq!(listed["nextLink"], "");

    // DELETE removes the references from all devices
    assert_eq!(old["properties"]["type"], "usernamePassword");
    let answer = scene.answer(["delete", "-y", "host-login"]);
    assert_eq!(answer["removedReferences"], json!(["/servers/host1", "/servers/host2"]));
    let host = scene.answer(["ref", "list", "--resource", "/servers/host1"]);
    assert_eq!(host["connections"], json!([connection("snmp", "SnmpCommunityString")]));
    let host = scene.answer(["ref", "list", "--resource", "/servers/host2"]);
    fits(&host, &json!({"resourceRef": "/servers/host2", "connections": []}));
    life.run(&["delete", "-y", "host-login"], "").exits(4);
    life.run(&["delete", "-y", "host-login", "--ignore-missing"], "").ok();
}
