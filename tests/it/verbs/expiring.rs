//! `list --expiring`: what ends until then, by itself or by a certificate in it.

use serde_json::{Value, json};

use crate::support::samples::base64;
use crate::support::{Scene, members};

const EXPIRED: &str = include_str!("../file/fixtures/expired.crt.pem");

fn scene() -> Scene {
    let scene = Scene::new();
    for (id, until) in [("soon", "10d"), ("later", "40d"), ("over", "2020-01-01"), ("far", "2099-01-01")] {
        let words = ["add", "login", id, "username=u", "password=-", "--valid-until", until, "-q"];
        scene.run_with(words, "S-password").ok();
    }
    scene.login("never");
    let store = json!({"certificate": base64(EXPIRED)});
    let document = json!({"id": "pem", "type": "certificate", "keyStore": store, "validUntil": "2099-01-01"});
    scene.run_with(["add", "-f", "-", "-q"], document.to_string()).ok();
    scene
}

fn ids(scene: &Scene, words: &[&str]) -> Vec<String> {
    let outcome = scene.run(["list", "-o", "name", "--expiring"].iter().chain(words)).ok();
    outcome.stdout().lines().map(str::to_owned).collect()
}

#[test]
fn what_ends_first_comes_first() {
    let scene = scene();
    assert_eq!(ids(&scene, &["30d"]), ["over", "pem", "soon"]);
    assert_eq!(ids(&scene, &["60d"]), ["over", "pem", "soon", "later"]);
    assert_eq!(ids(&scene, &["2020-06-01"]), ["over"]);
    assert_eq!(ids(&scene, &["2020-01-01"]), ["over"]);
    assert!(ids(&scene, &["2019-01-01"]).is_empty());
}

#[test]
fn the_answer_is_a_list_with_the_end_of_each() {
    let scene = scene();
    let answer = scene.run(["list", "--expiring", "30d", "-o", "json"]).ok().hides("S-password").json();
    assert_eq!(members(&answer), ["continuationToken", "items", "pageSize", "totalItems"]);
    let shape = (&answer["continuationToken"], &answer["pageSize"], &answer["totalItems"]);
    assert_eq!(shape, (&Value::Null, &json!(3), &json!(3)));
    let pem = &answer["items"][1];
    assert_eq!(pem["expiresAt"], "2021-01-01T00:00:00.000000Z");
    assert_eq!(pem["validUntil"], "2099-01-01T00:00:00.000000Z");
    let table = scene.run(["list", "--expiring", "2020-06-01"]).ok();
    let lines: Vec<Vec<_>> = table.stdout().lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["ID", "TYPE", "USER", "STATE", "EXPIRES"]);
    assert_eq!([lines[1][0], lines[1][1], lines[1][3]], ["over", "login", "Expired"]);
    assert_eq!(lines.len(), 2);
}

#[test]
fn expiring_credentials_can_be_filtered_by_type_expression_and_project() {
    let scene = scene();
    assert_eq!(ids(&scene, &["30d", "--type", "certificate"]), ["pem"]);
    assert_eq!(ids(&scene, &["30d", "--filter", "state eq 'Ok'"]), ["pem", "soon"]);
    scene.run(["move", "soon", "--to", "p1"]).ok();
    assert_eq!(ids(&scene, &["30d", "-p", "p1"]), ["soon"]);
    assert_eq!(ids(&scene, &["30d", "--role", "operator"]).len(), 3);
}

#[test]
fn expiring_conflicts_with_paging_sorting_and_columns() {
    let scene = scene();
    for words in [
        &["--expiring", "soon"][..],
        &["--expiring", "30d", "--limit", "1"],
        &["--expiring", "30d", "--from", "0"],
        &["--expiring", "30d", "--size", "1"],
        &["--expiring", "30d", "--order-by", "id"],
        &["--expiring", "30d", "--sort-by", "id"],
        &["--expiring", "30d", "--include", "id"],
        &["--expiring", "30d", "--filter-json", "{}"],
    ] {
        scene.run(["list"].iter().chain(words)).exits(2);
    }
}
