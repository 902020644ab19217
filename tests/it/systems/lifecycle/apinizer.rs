//! Apinizer: accounts in projects, granted to API proxies, deployed to all environments.

use serde_json::{Value, json};

use super::Life;
use crate::rules::seeds::{APINIZER_BODY, fits, read};
use crate::support::{Outcome, Scene};

/// A published account that is valid today.
fn account(username: &str) -> Value {
    let mut body = read(APINIZER_BODY);
    body["username"] = json!(username);
    body["password"] = json!("S-consumer");
    body["expireDate"] = json!("2099-08-14T00:00:00.000Z");
    body
}

/// How it is shown: all but the password.
fn shown(username: &str) -> Value {
    let mut shown = account(username);
    shown["password"] = Value::Null;
    shown
}

/// What a gateway does with the bundle of its environment.
fn gateway(scene: &Scene, words: &[&str], stdin: &str) -> Outcome {
    scene.run_with(words.iter().chain(&["--vault", "gateway.age", "-i", "gateway.txt"]), stdin)
}

#[test]
fn the_accounts_of_api_consumers() {
    let life = Life::of("apinizer");
    let scene = &life.scene;
    let recipient = scene.recipient("gateway.txt");
    let words = ["environment", "add", "gateway", "--recipient", &recipient, "--out", "gateway.age"];
    scene.run(words.iter().chain(&["--api-proxy", "MyAPI", "--api-proxy-group", "Public"])).ok();

    // POST into a project, and globally; a user name is taken once for all projects
    fits(&life.send(&["add", "-p", "shop"], &account("user1"), &["S-consumer"]), &shown("user1"));
    fits(&life.send(&["add", "-p", "admin"], &account("user2"), &["S-consumer"]), &shown("user2"));
    life.run(&["add", "-f", "-", "-p", "bank"], &account("user1").to_string()).exits(5);

    // PUT changes it or makes it
    let mut body = account("user1");
    body["fullName"] = json!("Another Name");
    let answer = life.send(&["put", "-p", "shop"], &body, &["S-consumer"]);
    assert_eq!(answer["fullName"], "Another Name");
    life.send(&["put", "-p", "bank"], &account("user3"), &["S-consumer"]);

    // GET: those of a project, and from admin all
    let names = |project: &str| -> Vec<Value> {
        let list = life.ask(&["list", "-p", project]);
        assert_eq!(list["status"], "SUCCESS");
        list["resultList"].as_array().unwrap().iter().map(|item| item["username"].clone()).collect()
    };
    assert_eq!(names("shop"), ["user1"]);
    assert_eq!(names("bank"), ["user3"]);
    assert_eq!(names("admin"), ["user1", "user2", "user3"]);

    // nothing is granted yet, so nothing is deployed
    gateway(scene, &["get", "user1"], "").exits(4);
    let access = life.ask(&["access", "user1"]);
    assert_eq!(access, json!({"status": "SUCCESS", "resultList": []}));

    // PUT access, in both shapes
    let granted = json!([{"name": "MyAPI", "type": "API_PROXY"}]);
    scene.run_with(["grant", "user1", "-f", "-"], granted.to_string()).ok();
    let wrapped = json!({"credentialAccessList": [
        {"name": "Public", "type": "API_PROXY_GROUP", "expireTime": "2099-01-01T00:00:00.000Z"}]});
    scene.run_with(["grant", "user1", "-f", "-"], wrapped.to_string()).ok();
    scene.run_with(["grant", "user3", "-f", "-", "-p", "bank"], granted.to_string()).ok();
    let access = life.ask(&["access", "user1"]);
    let expected = json!([{"name": "MyAPI", "type": "API_PROXY"},
        {"name": "Public", "type": "API_PROXY_GROUP", "expireTime": "2099-01-01T00:00:00.000Z"}]);
    assert_eq!(access["resultList"], expected);
    let who = scene.answer(["access", "--api-proxy", "MyAPI"]);
    let who: Vec<_> = who["resultList"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
    assert_eq!(who, ["user1", "user3"]);

    // the gateway lets somebody in who comes from a listed address with the password
    let call = ["verify", "user1", "--password-stdin", "--api-proxy", "MyAPI", "--ip"];
    gateway(scene, &[&call[..], &["90.0.182.75"]].concat(), "S-consumer").ok();
    gateway(scene, &[&call[..], &["90.0.182.76"]].concat(), "S-consumer").exits(6);
    gateway(scene, &[&call[..], &["90.0.182.75"]].concat(), "wrong").exits(6);

    // PATCH of the password reaches it
    life.send(&["passwd", "user1", "-p", "shop"], &json!({"password": "S-next"}), &["S-next"]);
    gateway(scene, &[&call[..], &["90.0.182.75"]].concat(), "S-consumer").exits(6);
    gateway(scene, &[&call[..], &["90.0.182.75"]].concat(), "S-next").ok();

    // an account that is out of use is gone there, and stays here
    let mut off = body.clone();
    off["enabled"] = json!("false");
    assert_eq!(life.send(&["put"], &off, &[])["enabled"], "false");
    gateway(scene, &["verify", "user1"], "").exits(4);
    scene.run(["verify", "user1"]).exits(6);
    life.send(&["put"], &body, &[]);
    gateway(scene, &["verify", "user1"], "").ok();

    // DELETE access, one by one
    let revoke =
        |document: &Value| scene.run_with(["revoke", "user1", "-f", "-"], document.to_string()).ok().json();
    assert_eq!(revoke(&granted)["changed"], true);
    assert_eq!(revoke(&granted)["changed"], false);
    gateway(scene, &["verify", "user1", "--api-proxy", "MyAPI"], "").exits(6);
    gateway(scene, &["verify", "user1", "--api-proxy-group", "Public"], "").ok();
    revoke(&wrapped);
    gateway(scene, &["get", "user1"], "").exits(4);

    // DELETE takes it from everywhere
    gateway(scene, &["get", "user3"], "").ok();
    life.run(&["delete", "user3", "-y", "-p", "shop"], "").exits(4);
    life.ask(&["delete", "user3", "-y", "-p", "bank"]);
    gateway(scene, &["get", "user3"], "").exits(4);
    assert_eq!(names("admin"), ["user1", "user2"]);
}
