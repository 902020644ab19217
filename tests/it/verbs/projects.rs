//! What a project sees and may change.

use serde_json::json;

use crate::support::Scene;

/// `global`, and `one` and `two` in projects of these names.
fn scene() -> Scene {
    let scene = Scene::new();
    for (id, project) in [("global", "admin"), ("one", "p1"), ("two", "p2")] {
        scene.run_with(["add", "login", id, "username=u", "password=-", "-p", project], "S-p").ok();
    }
    scene
}

#[test]
fn admin_lists_all_and_a_project_only_its_own() {
    let scene = scene();
    let of = |project: &str| scene.run(["list", "-o", "name", "-p", project]).ok().stdout().to_owned();
    assert_eq!(of("admin"), "global\none\ntwo\n");
    assert_eq!(of("p1"), "one\n");
    assert_eq!(of("p2"), "two\n");
    assert_eq!(of("p3"), "");
    let page = scene.run(["list", "-o", "json", "-p", "p1"]).ok().json();
    assert_eq!((&page["totalItems"], &page["items"][0]["project"]), (&json!(1), &json!("p1")));
}

#[test]
fn a_project_reads_its_own_and_the_global_ones() {
    let scene = scene();
    scene.run(["get", "one", "-p", "p1"]).ok();
    scene.run(["get", "global", "-p", "p1", "--reveal"]).ok();
    let error = scene.run(["get", "two", "-p", "p1", "-o", "json"]).exits(4).error();
    // no word that it exists elsewhere
    let nobody = scene.run(["get", "nobody", "-p", "p1", "-o", "json"]).exits(4).error();
    assert_eq!(
        error["detail"].as_str().unwrap().replace("two", "nobody"),
        nobody["detail"].as_str().unwrap()
    );
    scene.run(["get", "two", "-p", "admin"]).ok();
    scene.run(["patch", "two", "--name", "Nice"]).ok();
    scene.run(["get", "Nice", "-p", "p1"]).exits(4);
    scene.run(["get", "Nice", "-p", "p2"]).ok();
}

#[test]
fn changing_needs_the_own_project() {
    let scene = scene();
    for (id, status) in [("two", 4), ("global", 6)] {
        for words in [
            &["update", id, "username=v", "password=-"][..],
            &["patch", id, "username=v"],
            &["passwd", id, "--password-stdin"],
            &["delete", "-y", id],
            &["rm", "-y", id, "-n"],
        ] {
            let words = words.iter().chain(&["-p", "p1"]);
            scene.refuses(status, words, "S-new");
        }
    }
    // an id that is taken anywhere is taken
    scene.refuses(5, ["add", "Simple", "two", "value=-", "-p", "p1"], "x");
    scene.refuses(6, ["put", "global", "username=v", "password=-", "-p", "p1"], "x");
    scene.run(["patch", "one", "username=v", "-p", "p1"]).ok();
    assert_eq!(scene.get("one")["project"], "p1");
}

#[test]
fn changing_through_admin_moves_nothing() {
    let scene = scene();
    scene.run_with(["update", "one", "username=v", "password=-"], "p").ok();
    assert_eq!(scene.get("one")["project"], "p1");
    scene.run(["patch", "one", "username=w"]).ok();
    assert_eq!(scene.get("one")["project"], "p1");
    scene.refuses(5, ["patch", "one", "-f", "-"], r#"{"project":"admin"}"#);
}

#[test]
fn a_document_cannot_leave_the_project_it_is_added_from() {
    let scene = scene();
    let document =
        |project: &str| json!({"id": "x", "type": "Simple", "value": "v", "project": project}).to_string();
    for project in ["admin", "p2"] {
        let outcome = scene.run_with(["add", "-f", "-", "-p", "p1"], document(project));
        assert_ne!(outcome.status(), Some(0), "p1 wrote into {project}");
    }
    let answer = scene.run_with(["add", "-f", "-", "-p", "admin", "-o", "json"], document("p2")).ok().json();
    assert_eq!(answer["project"], "p2");
}

#[test]
fn a_bulk_call_meets_the_same_walls() {
    let scene = scene();
    let answer =
        scene.run(["patch", "one", "two", "global", "domain=d", "-p", "p1", "-o", "json"]).exits(8).json();
    let statuses: Vec<_> =
        answer["results"].as_array().unwrap().iter().map(|r| r["error"]["status"].as_str()).collect();
    assert_eq!(statuses, [None, Some("404"), Some("403")]);
    scene.refuses(8, ["delete", "-y", "two", "global", "-p", "p1"], "");
}

#[test]
fn a_name_is_found_although_another_project_has_it_as_an_id() {
    let scene = scene();
    scene.run(["patch", "one", "--name", "two"]).ok();
    assert_eq!(scene.run(["get", "two", "-p", "p1", "--field", "id"]).ok().stdout(), "one");
}

#[test]
fn an_import_from_a_project_changes_nothing_that_all_projects_share() {
    let scene = Scene::new();
    let document = |route: &str| {
        json!({
            "credctl": "export", "version": 1,
            "credentials": [{"id": "x", "type": "Simple", "fields": {"value": "S"}, "throttlePolicy": "P1"}],
            "policies": [{"id": "P1", "type": "route", "description": "d", "routeTo": route}],
        })
        .to_string()
    };
    let import = |project: &str, route: &str| {
        scene.run_with(["import", "-", "-p", project, "--on-conflict", "replace"], document(route)).ok()
    };
    import("shop", "dr").says("policy P1 is left out, because only admin can add it").says("no policy");
    assert_eq!(scene.answer(["policy", "list"])["items"], json!([]));
    scene.run(["delete", "-y", "x"]).ok();
    import("admin", "dr");
    scene.run(["delete", "-y", "x"]).ok();
    import("shop", "other").says("policy P1 exists already and is not changed");
    assert_eq!(scene.answer(["policy", "list"])["items"][0]["routeTo"], "dr");
}
