//! `rollback`: an earlier version as a new revision.

use serde_json::json;

use super::{password, revisions, thrice};
use crate::support::samples::base64;
use crate::support::{Scene, invalid_fields, members};

#[test]
fn it_makes_a_new_revision_of_an_old_version() {
    let scene = thrice();
    let before = scene.get("db");
    let answer = scene.run(["rollback", "db", "--revision", "1", "-o", "json"]).ok().hides("S-").json();
    assert_eq!(
        members(&answer),
        [
            "createdAt",
            "deploymentResult",
            "enabled",
            "etag",
            "id",
            "name",
            "project",
            "state",
            "type",
            "updatedAt"
        ]
    );
    let after = scene.get("db");
    assert_eq!((&after["fields"]["password"], &after["revision"]), (&json!("S-1"), &json!(4)));
    assert_eq!((&after["createdAt"], &after["instanceId"]), (&before["createdAt"], &before["instanceId"]));
    assert_ne!(after["etag"], before["etag"]);
    assert!(after["updatedAt"].as_str() > before["updatedAt"].as_str());
    assert_eq!(revisions(&scene, "db"), [4, 3, 2, 1]);
    // and there is a way forward again
    scene.run(["rollback", "db", "--revision", "3"]).ok();
    assert_eq!(password(&scene, "db"), "S-3");
}

#[test]
fn it_brings_the_whole_version_back() {
    let scene = Scene::new();
    let words = [
        "add",
        "login",
        "db",
        "username=u",
        "domain=d",
        "password=-",
        "--name",
        "Base",
        "--description",
        "first",
        "--label",
        "env=prod",
        "--tag",
        "rack=4",
        "--valid-until",
        "2099-01-01",
        "--throttle-policy",
        "P1",
    ];
    scene.run_with(words, "S-1").ok();
    let first = scene.get("db");
    scene
        .run_with(["update", "db", "username=v", "password=-", "--enabled", "false", "--name", "x"], "S-2")
        .ok();
    scene.run(["patch", "db", "--label", "env=test"]).ok();
    scene.run(["rollback", "db", "--revision", "1"]).ok();
    let mut after = scene.get("db");
    for stamp in ["etag", "updatedAt", "revision", "modifiedBy"] {
        after[stamp] = first[stamp].clone();
    }
    assert_eq!(after, first);
}

#[test]
fn it_keeps_where_it_is_and_who_may_use_it() {
    let scene = thrice();
    scene.run(["grant", "db", "--api-proxy", "Old"]).ok();
    scene.run_with(["passwd", "db", "--password-stdin"], "S-4").ok();
    scene.run(["revoke", "db", "--api-proxy", "Old"]).ok();
    scene.run(["grant", "db", "--api-proxy", "New"]).ok();
    scene.run(["ref", "add", "db", "/servers/host1"]).ok();
    scene.run(["move", "db", "--to", "shop"]).ok();
    let before = scene.get("db");
    scene.run(["rollback", "db", "--revision", "3"]).ok();
    let after = scene.get("db");
    for name in ["access", "references", "project"] {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert_eq!((&after["access"][0]["name"], &after["project"]), (&json!("New"), &json!("shop")));
    assert_eq!(password(&scene, "db"), "S-3");
}

#[test]
fn what_cannot_be_rolled_back() {
    let scene = thrice();
    scene.refuses(4, ["rollback", "db", "--revision", "9"], "").says("credctl history db");
    scene.refuses(4, ["rollback", "nobody", "--revision", "1"], "");
    scene.refuses(2, ["rollback", "db"], "");
    scene.refuses(6, ["rollback", "db", "--revision", "1", "--role", "operator"], "");
    scene.refuses(6, ["rollback", "db", "--revision", "1", "-p", "p1"], "");
    scene.run(["move", "db", "--to", "p2"]).ok();
    scene.refuses(4, ["rollback", "db", "--revision", "1", "-p", "p1"], "");
    let answer = scene.refuses(0, ["rollback", "db", "--revision", "1", "-n", "-o", "json"], "").json();
    assert_eq!(answer["dryRun"], true);
    scene.run(["delete", "-y", "db"]).ok();
    scene.refuses(4, ["rollback", "db", "--revision", "1"], "");
}

#[test]
fn its_type_stays_what_it_is() {
    let scene = Scene::new();
    let store = json!({"id": "k", "type": "keystore", "keyStore": {"apikey": base64("S-key")}});
    scene.run_with(["add", "-f", "-"], store.to_string()).ok();
    let document = json!({"keyType": "apikey", "name": "k", "keyStore": {"apikey": base64("S-key")}});
    scene.run_with(["update", "k", "-f", "-", "--format", "astra"], document.to_string()).ok();
    assert_eq!(scene.get("k")["type"], "apikey");
    scene.refuses(5, ["rollback", "k", "--revision", "1"], "").says("type");
}

#[test]
fn todays_rules_judge_it() {
    let scene = thrice();
    scene.edit(|vault| vault["history"][0]["credential"]["fields"]["username"] = json!(""));
    let error = scene.refuses(3, ["rollback", "db", "--revision", "1", "-o", "json"], "").error();
    assert_eq!(invalid_fields(&error), ["username"]);
    // it can be looked at all the same
    scene.run(["get", "db", "--revision", "1"]).ok();
}

#[test]
fn a_policy_that_is_gone_is_told() {
    let scene = thrice();
    let policy = ["--type", "route", "--route-to", "x", "--description", "d"];
    scene.run(["policy", "add", "P1"].iter().chain(&policy)).ok();
    scene.run(["patch", "db", "--throttle-policy", "P1"]).ok().hides("no policy");
    scene.run(["patch", "db", "--unset", "throttlePolicy"]).ok();
    scene.run(["policy", "delete", "P1"]).ok();
    scene.run(["rollback", "db", "--revision", "4"]).ok().says("no policy P1");
}

#[test]
fn other_systems_are_answered_in_their_shapes() {
    let scene = thrice();
    let words = ["rollback", "db", "--revision", "1", "--format"];
    let citrix = scene.run(words.iter().chain(&["citrix"])).ok().json();
    assert_eq!(members(&citrix), ["createdAt", "id", "state", "type", "updatedAt"]);
    let aspire = scene.run(words.iter().chain(&["aspire"])).ok().hides("S-").json();
    assert_eq!(aspire["credential"][0]["id"], "db");
}
