//! `policy`: what credentials depend on.

use serde_json::{Value, json};

use crate::support::{Scene, invalid_fields, members};

const THROTTLE: [&str; 8] =
    ["--type", "throttle", "--period", "minute", "--value", "100", "--description", "EU NAS"];

fn scene() -> Scene {
    let scene = Scene::new();
    scene.run(["policy", "add", "nas"].iter().chain(&THROTTLE)).ok();
    scene
}

/// A policy without how the environments took it.
fn without_deployment(mut answer: Value) -> Value {
    answer.as_object_mut().unwrap().remove("deploymentResult");
    answer
}

#[test]
fn both_types_are_added_shown_and_listed() {
    let scene = Scene::new();
    let answer = scene.answer(["policy", "add", "nas"].iter().chain(&THROTTLE));
    assert_eq!(members(&answer), ["deploymentResult", "description", "id", "period", "type", "value"]);
    let throttle =
        json!({"id": "nas", "type": "throttle", "description": "EU NAS", "period": "minute", "value": 100});
    assert_eq!(without_deployment(answer), throttle);
    let words =
        ["policy", "add", "dr", "--type", "route", "--route-to", "dr-site", "--description", "recovery"];
    let route = json!({"id": "dr", "type": "route", "description": "recovery", "routeTo": "dr-site"});
    assert_eq!(without_deployment(scene.answer(words)), route);
    assert_eq!(scene.answer(["policy", "list"]), json!({"items": [route, throttle]}));
    let mut shown = throttle;
    shown["usedBy"] = json!([]);
    assert_eq!(scene.answer(["policy", "get", "nas"]), shown);
    let table = scene.run(["policy", "ls"]).ok();
    assert_eq!(
        table.stdout(),
        "ID   TYPE      DESCRIPTION  PERIOD  VALUE  ROUTE TO\n\
         dr   route     recovery                    dr-site\n\
         nas  throttle  EU NAS       minute  100\n"
    );
    assert_eq!(scene.run(["policy", "list", "-o", "name"]).ok().stdout(), "dr\nnas\n");
}

#[test]
fn what_is_wrong_is_named() {
    let scene = Scene::new();
    for (words, wrong) in [
        (&["--type", "throttle"][..], &["description", "period", "value"][..]),
        (&["--type", "nonsense", "--description", "d", "--period", "day", "--value", "1"], &["type"]),
        (&["--description", "d", "--period", "day", "--value", "1"], &["type"]),
        (&["--type", "throttle", "--description", "d", "--period", "week", "--value", "1"], &["period"]),
        (&["--type", "throttle", "--description", "d", "--period", "day", "--value", "0"], &["value"]),
        (&["--type", "throttle", "--description", "d", "--period", "day", "--value", "-1"], &["value"]),
        (&["--type", "throttle", "--description", "d", "--period", "day", "--value", "1.5"], &["value"]),
        (&["--type", "throttle", "--description", "", "--period", "day", "--value", "1"], &["description"]),
        (&["--type", "route", "--description", "d"], &["routeTo"]),
        (&["--type", "route", "--description", "d", "--route-to", "x", "--period", "day"], &["period"]),
        (
            &[
                "--type",
                "throttle",
                "--description",
                "d",
                "--period",
                "day",
                "--value",
                "1",
                "--route-to",
                "x",
            ],
            &["routeTo"],
        ),
    ] {
        let words = ["policy", "add", "p", "-o", "json"].iter().chain(words);
        let error = scene.refuses(3, words, "").error();
        let mut names = invalid_fields(&error);
        names.dedup();
        assert_eq!(names, wrong, "{error}");
    }
    let add =
        |id: &str| scene.refuses(3, ["policy", "add", id, "-o", "json"].iter().chain(&THROTTLE), "").error();
    assert_eq!(invalid_fields(&add("a b")), ["id"]);
    assert_eq!(invalid_fields(&add("")), ["id"]);
}

#[test]
fn an_id_is_taken_once() {
    let scene = scene();
    scene.refuses(5, ["policy", "add", "nas"].iter().chain(&THROTTLE), "").says("credctl policy update");
    scene.run(["policy", "add", "NAS"].iter().chain(&THROTTLE)).ok();
}

#[test]
fn an_update_changes_what_is_given() {
    let scene = scene();
    let answer = scene.answer(["policy", "update", "nas", "--value", "200"]);
    let expected =
        json!({"id": "nas", "type": "throttle", "description": "EU NAS", "period": "minute", "value": 200});
    assert_eq!(without_deployment(answer), expected);
    scene.run(["policy", "update", "nas", "--type", "throttle", "--description", "all"]).ok();
    assert_eq!(scene.answer(["policy", "get", "nas"])["description"], "all");
    scene.refuses(2, ["policy", "update", "nas"], "");
    scene.refuses(3, ["policy", "update", "nas", "--value", "0"], "");
    scene.refuses(3, ["policy", "update", "nas", "--route-to", "x"], "");
    scene.refuses(4, ["policy", "update", "nobody", "--value", "1"], "");
    scene.refuses(5, ["policy", "update", "nas", "--type", "route"], "");
    scene.refuses(0, ["policy", "update", "nas", "--value", "1", "-n"], "");
}

#[test]
fn one_that_is_used_is_not_deleted_by_accident() {
    let scene = scene();
    for id in ["a", "b"] {
        scene.login(id);
        scene.run(["patch", id, "--throttle-policy", "nas"]).ok().hides("no policy");
    }
    assert_eq!(scene.answer(["policy", "get", "nas"])["usedBy"], json!(["a", "b"]));
    scene.refuses(5, ["policy", "delete", "nas"], "").says("a, b").says("--force");
    let answer = scene.answer(["policy", "delete", "nas", "--force"]);
    assert_eq!(members(&answer), ["deleted", "deploymentResult", "id"]);
    assert_eq!(scene.get("a")["throttlePolicy"], "nas");
    // one that is missing may come later
    scene.run(["patch", "a", "--throttle-policy", "later"]).ok().says("no policy later");
    scene.run(["patch", "a", "--description", "d"]).ok().hides("no policy");
}

#[test]
fn one_that_another_project_uses_is_used() {
    let scene = scene();
    let words = ["add", "login", "two", "username=u", "password=-", "--throttle-policy", "nas", "-p", "p2"];
    scene.run_with(words, "S").ok();
    for words in [&["delete", "nas"][..], &["update", "nas", "--value", "1"], &["add", "x"]] {
        let words = ["policy"].iter().chain(words).chain(&["-p", "p1"]);
        scene.refuses(6, words.copied(), "").hides("two").says("whole vault");
    }
    assert_eq!(scene.answer(["policy", "get", "nas", "-p", "p1"])["usedBy"], json!([]));
    scene.refuses(5, ["policy", "delete", "nas"], "").says("two");
}

#[test]
fn deleting_one_that_nothing_uses() {
    let scene = scene();
    scene.refuses(4, ["policy", "delete", "nobody"], "").says("credctl policy list");
    scene.refuses(0, ["policy", "delete", "nas", "-n"], "");
    scene.run(["policy", "rm", "nas"]).ok();
    scene.refuses(4, ["policy", "get", "nas"], "");
    assert_eq!(scene.answer(["policy", "list"]), json!({"items": []}));
}

#[test]
fn an_operator_only_looks() {
    let scene = scene();
    for words in [
        &["policy", "add", "p", "--type", "route", "--route-to", "x", "--description", "d"][..],
        &["policy", "update", "nas", "--value", "1"],
        &["policy", "delete", "nas"],
    ] {
        scene.refuses(6, words.iter().chain(&["--role", "operator"]), "");
    }
    for words in [&["policy", "get", "nas"][..], &["policy", "list"]] {
        scene.run(words.iter().chain(&["--role", "operator"])).ok();
    }
}
