//! `project` and `move`.

use serde_json::json;

use crate::support::{Scene, members};

#[test]
fn the_list_counts_what_a_project_sees() {
    let scene = Scene::new();
    assert_eq!(scene.answer(["project", "list"]), json!({"items": [{"name": "admin", "credentials": 0}]}));
    for (id, project) in [("a", "admin"), ("b", "shop"), ("c", "shop"), ("d", "bank")] {
        scene.run_with(["add", "Simple", id, "value=-", "-p", project], "S").ok();
    }
    let all = json!([{"name": "admin", "credentials": 1}, {"name": "bank", "credentials": 1},
                     {"name": "shop", "credentials": 2}]);
    assert_eq!(scene.answer(["project", "list"])["items"], all);
    let seen = json!([{"name": "admin", "credentials": 1}, {"name": "shop", "credentials": 2}]);
    assert_eq!(scene.answer(["project", "list", "-p", "shop"])["items"], seen);
    assert_eq!(
        scene.run(["project", "ls"]).ok().stdout(),
        "NAME   CREDENTIALS\nadmin  1\nbank   1\nshop   2\n"
    );
    assert_eq!(scene.run(["project", "list", "-o", "name"]).ok().stdout(), "admin\nbank\nshop\n");
    scene.run(["project", "list", "--role", "operator"]).ok();
    scene.run(["delete", "-y", "d"]).ok();
    assert_eq!(scene.run(["project", "list", "-o", "name"]).ok().stdout(), "admin\nshop\n");
}

#[test]
fn moving_takes_everything_along() {
    let scene = Scene::with_login();
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    scene.run(["ref", "add", "admin", "/servers/host1"]).ok();
    let before = scene.get("admin");
    let answer = scene.answer(["move", "admin", "--to", "shop"]);
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
    assert_eq!(answer["project"], "shop");
    let after = scene.get("admin");
    for name in ["fields", "access", "references", "createdAt", "instanceId", "name"] {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert_eq!(after["revision"], 2);
    assert_eq!(scene.run(["list", "-o", "name", "-p", "shop"]).ok().stdout(), "admin\n");
    scene.run(["get", "admin", "-p", "bank"]).exits(4);
    // and back to where everybody sees it
    scene.run(["move", "admin", "--to", "admin"]).ok();
    scene.run(["get", "admin", "-p", "bank"]).ok();
}

#[test]
fn where_it_is_already_nothing_changes() {
    let scene = Scene::with_login();
    let answer = scene.refuses(0, ["move", "admin", "--to", "admin", "-o", "json"], "").json();
    assert_eq!(answer["project"], "admin");
    assert_eq!(scene.get("admin")["revision"], 1);
}

#[test]
fn what_cannot_be_moved() {
    let scene = Scene::with_login();
    scene.run_with(["add", "Simple", "one", "value=-", "-p", "p1"], "S").ok();
    scene.refuses(4, ["move", "nobody", "--to", "p1"], "");
    scene.refuses(2, ["move", "admin"], "");
    for project in ["", "a\nb"] {
        let error = scene.refuses(3, ["move", "admin", "--to", project, "-o", "json"], "").error();
        assert_eq!(crate::support::invalid_fields(&error), ["to"], "{project:?}");
    }
    scene.refuses(6, ["move", "admin", "--to", "p1", "-p", "p1"], "");
    scene.refuses(4, ["move", "one", "--to", "p2", "-p", "p2"], "");
    scene.refuses(6, ["move", "admin", "--to", "p1", "--role", "operator"], "");
    let answer = scene.refuses(0, ["move", "admin", "--to", "p1", "-n", "-o", "json"], "").json();
    assert_eq!((&answer["dryRun"], &answer["project"]), (&json!(true), &json!("p1")));
    scene.run(["move", "one", "--to", "p2", "-p", "p1"]).ok();
    assert_eq!(scene.get("one")["project"], "p2");
}

#[test]
fn other_systems_are_answered_in_their_shapes() {
    let scene = Scene::with_login();
    let citrix = scene.run(["move", "admin", "--to", "shop", "--format", "citrix"]).ok().json();
    assert_eq!(members(&citrix), ["createdAt", "id", "state", "type", "updatedAt"]);
}
