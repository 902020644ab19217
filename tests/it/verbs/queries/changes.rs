//! Patching and deleting all that a filter or a filter document selects.

use serde_json::{Value, json};

use super::{filled, selects};

#[test]
fn a_patch_changes_all_that_a_filter_selects() {
    let scene = filled();
    let words = ["patch", "--filter", "labels.env in ('prod', 'dev')", "--description", "reviewed"];
    let dry = scene.refuses(0, words.into_iter().chain(["-n"]), "").json();
    assert_eq!(dry["results"].as_array().unwrap().len(), 2);
    let answer = scene.run(words).ok().hides("S-").json();
    assert_eq!(answer["results"], json!([{"id": "aws", "updated": true}, {"id": "login", "updated": true}]));
    selects(&scene, "description eq 'reviewed'", "aws login");
    // one is still several
    let one = ["patch", "--filter", "id eq 'aws'", "--description", "again"];
    assert_eq!(scene.run(one).ok().json()["results"].as_array().unwrap().len(), 1);
    // what does not fit one of the types fails there only
    let some = ["patch", "--filter", "id in ('aws', 'login')", "domain=new"];
    let results = scene.run(some).exits(8).json()["results"].clone();
    assert_eq!((&results[0]["updated"], &results[1]["updated"]), (&json!(false), &json!(true)));
    scene.refuses(8, ["patch", "--filter", "id in ('aws', 'login')", "domain=newer", "--atomic"], "");
    for words in [
        &["patch", "--filter", "id eq 'x'", "--description", "d"][..],
        &["delete", "--filter", "id eq 'x'", "-y"],
    ] {
        scene.refuses(4, words.iter().copied(), "");
    }
    scene.refuses(2, ["patch", "--filter", "password eq 'S-pw'", "--description", "d"], "");
    scene.refuses(2, ["patch", "aws", "--filter", "id eq 'x'", "--description", "d"], "");
}

#[test]
fn a_filter_document_selects_what_is_changed_or_deleted() {
    let scene = filled();
    let send = |words: &[&'static str], document: Value| {
        scene.run_with(words.iter().copied().chain(["-f", "-"]), document.to_string())
    };
    let answer = send(&["patch"], json!({"filter": {"type": "rest-api"}, "update": {"description": "new"}}));
    assert_eq!(answer.ok().json()["results"], json!([{"id": "rest", "updated": true}]));
    send(&["patch"], json!({"filter": {"ids": ["x"]}, "update": {"description": "new"}})).exits(4);
    send(&["patch"], json!({"filter": {"ids": ["rest"]}, "update": {"colour": "red"}})).exits(3);
    send(&["patch"], json!({"filter": {"ids": ["rest"]}, "update": "S-x"})).exits(3).hides("S-x");
    send(&["delete", "-y"], json!({"filter": {"throttlePolicy": "P2"}})).exits(4);
    // nothing given would be everything
    send(&["delete", "-y"], json!({"filter": {}})).exits(3);
    send(&["delete", "-y"], json!({"ids": []})).exits(3);
    send(&["delete", "-y"], json!({})).exits(3);
    // nobody to ask
    scene.refuses(2, ["delete", "-f", "-"], json!({"filter": {"throttlePolicy": "P1"}}).to_string());
    scene.refuses(2, ["delete", "--filter", "id eq 'aws'"], "");
    send(&["delete", "-y"], json!({"filter": {"throttlePolicy": "P1"}})).ok();
    assert_eq!(scene.ids(), ["aws", "hash", "login", "partner", "store"]);
    let answer = scene.run(["delete", "-y", "--filter", "id gt 'hash'"]).ok().json();
    let ids: Vec<_> =
        answer["results"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["login", "partner", "store"]);
    assert_eq!(scene.ids(), ["aws", "hash"]);
}

#[test]
fn a_filter_selects_nothing_outside_of_the_project() {
    let scene = filled();
    scene.run_with(["add", "Simple", "own", "value=-", "-p", "shop"], "S").ok();
    let answer =
        scene.run(["patch", "-p", "shop", "--filter", "id ne 'x'", "--description", "d"]).ok().json();
    assert_eq!(answer["results"], json!([{"id": "own", "updated": true}]));
    scene.refuses(4, ["delete", "-y", "-p", "other", "--filter", "id ne 'x'"], "");
    scene.refuses(6, ["delete", "-y", "--role", "operator", "--filter", "id ne 'x'"], "");
    scene.run(["delete", "-y", "-p", "shop", "--filter", "id ne 'x'"]).ok();
    assert_eq!(scene.ids().len(), 6);
}
