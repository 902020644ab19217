//! Several documents in one call.

use serde_json::{Value, json};

use crate::support::{Scene, members};

fn simple(id: &str) -> Value {
    json!({"id": id, "type": "Simple", "value": format!("S-{id}")})
}

#[test]
fn an_array_and_json_lines_are_the_same() {
    let scene = Scene::new();
    let array = json!([simple("b"), simple("a")]).to_string();
    let lines = format!("{}\n\n{}\n", simple("d"), simple("c"));
    for (document, ids) in [(array, ["b", "a"]), (lines, ["d", "c"])] {
        let answer = scene.run_with(["add", "-f", "-", "-o", "json"], document).ok().hides("S-").json();
        assert_eq!(members(&answer), ["deploymentResult", "message", "results"]);
        let results = answer["results"].as_array().unwrap();
        for (result, id) in results.iter().zip(ids) {
            assert_eq!(*result, json!({"id": id, "added": true}));
        }
        assert_eq!(results.len(), 2);
    }
    assert_eq!(scene.ids(), ["a", "b", "c", "d"]);
}

#[test]
fn every_item_has_its_own_result() {
    let scene = Scene::new();
    scene.run_with(["add", "-f", "-"], simple("there").to_string()).ok();
    let documents = json!([
        simple("a"),
        {"id": "bad", "type": "Simple"},
        simple("there"),
        {"id": "odd", "type": "nonsense"},
        simple("a"),
        simple("b")
    ]);
    let answer =
        scene.run_with(["add", "-f", "-", "-o", "json"], documents.to_string()).exits(8).hides("S-").json();
    let results = answer["results"].as_array().unwrap();
    let added: Vec<_> = results.iter().map(|result| result["added"].as_bool().unwrap()).collect();
    assert_eq!(added, [true, false, false, false, false, true]);
    let statuses: Vec<_> = results.iter().filter_map(|result| result["error"]["status"].as_str()).collect();
    assert_eq!(statuses, ["400", "409", "400", "409"]);
    assert_eq!(results[1]["error"]["invalidFields"][0]["name"], "value");
    assert_eq!(results[1]["id"], "bad");
    assert_eq!(scene.ids(), ["a", "b", "there"]);
}

#[test]
fn an_item_that_is_no_object_is_refused() {
    let scene = Scene::new();
    for documents in [json!([simple("a"), 5]), json!([simple("b"), ["S-x"]]), json!([simple("c"), "S-x"])] {
        let outcome = scene.run_with(["add", "-f", "-", "-o", "json"], documents.to_string()).hides("S-x");
        assert!(matches!(outcome.status(), Some(3 | 8)), "{outcome:?}");
    }
}

#[test]
fn a_bulk_of_one_has_the_status_of_its_item() {
    let scene = Scene::with_login();
    for (document, status) in [
        (json!([simple("a")]), 0),
        (json!([{"id": "x", "type": "Simple"}]), 3),
        (json!([{"id": "admin", "type": "Simple", "value": "x"}]), 5),
    ] {
        let answer =
            scene.run_with(["add", "-f", "-", "-o", "json"], document.to_string()).exits(status).json();
        assert_eq!(answer["results"].as_array().unwrap().len(), 1, "{answer}");
        assert_eq!(answer["results"][0]["added"], status == 0);
    }
}

#[test]
fn all_items_that_fail_are_a_partial_failure_too() {
    let scene = Scene::new();
    let documents = json!([{"id": "x", "type": "Simple"}, {"id": "y", "type": "Simple"}]);
    scene.refuses(8, ["add", "-f", "-"], documents.to_string());
}

#[test]
fn atomic_is_all_or_nothing() {
    let scene = Scene::with_login();
    for other in
        [json!({"id": "bad", "type": "Simple"}), json!({"id": "admin", "type": "Simple", "value": "x"})]
    {
        let documents = json!([simple("a"), other, simple("b")]).to_string();
        let answer = scene.refuses(8, ["add", "-f", "-", "--atomic", "-o", "json"], documents).json();
        let results = answer["results"].as_array().unwrap();
        assert!(results.iter().all(|result| result["added"] == false), "{answer}");
        assert!(results[1]["error"].is_object());
    }
    let documents = json!([simple("a"), simple("b")]).to_string();
    scene.run_with(["add", "-f", "-", "--atomic"], documents).ok();
    assert_eq!(scene.ids(), ["a", "admin", "b"]);
}

#[test]
fn updates_and_upserts_of_several() {
    let scene = Scene::new();
    scene.run_with(["add", "-f", "-"], simple("a").to_string()).ok();
    let documents =
        json!([{"id": "a", "value": "new"}, {"id": "b", "type": "Simple", "value": "x"}, {"value": "x"}])
            .to_string();
    let answer = scene.run_with(["update", "-f", "-", "-o", "json"], &documents).exits(8).json();
    let updated: Vec<_> =
        answer["results"].as_array().unwrap().iter().map(|r| r["updated"].as_bool().unwrap()).collect();
    assert_eq!(updated, [true, false, false]);
    assert_eq!(answer["results"][1]["error"]["status"], "404");
    let answer = scene.run_with(["put", "-f", "-", "-o", "json"], &documents).exits(8).json();
    assert_eq!(
        (&answer["results"][0]["created"], &answer["results"][1]["created"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(scene.ids(), ["a", "b"]);
    scene.refuses(8, ["put", "-f", "-", "--atomic"], &documents);
    scene.refuses(2, ["update", "a", "-f", "-"], &documents);
}

#[test]
fn a_dry_run_of_several_writes_nothing() {
    let scene = Scene::with_login();
    let documents = json!([simple("a"), simple("admin")]).to_string();
    let answer = scene.refuses(8, ["add", "-f", "-", "-n", "-o", "json"], documents).json();
    assert_eq!(answer["dryRun"], true);
    assert_eq!(answer["results"][0]["added"], true);
}

#[test]
fn a_thousand_items_are_one_write() {
    let scene = Scene::new();
    let lines: String = (0..1000).map(|number| format!("{}\n", simple(&format!("id{number:04}")))).collect();
    scene.run_with(["add", "-f", "-", "-v"], lines).ok().says("wrote generation 2");
    assert_eq!(scene.ids().len(), 1000);
    assert_eq!(scene.run(["get", "id0777", "--field", "value"]).ok().stdout(), "S-id0777");
}

#[test]
fn the_passphrase_line_comes_before_the_documents() {
    let scene = Scene::bare();
    scene.run_with(["init", "--passphrase-stdin"], "correct horse battery staple\n").ok();
    let documents = format!("correct horse battery staple\n{}\n{}\n", simple("a"), simple("b"));
    scene.run_with(["add", "-f", "-", "--passphrase-stdin"], documents).ok();
    let words = ["list", "-o", "name", "--passphrase-stdin"];
    assert_eq!(scene.run_with(words, "correct horse battery staple\n").ok().stdout(), "a\nb\n");
}
