//! `undo`: the whole vault as it was before the last change.

use std::fs;

use serde_json::{Value, json};

use super::{password, revisions, thrice};
use crate::support::{Scene, lab, members};

#[test]
fn it_takes_back_the_last_change_of_any_kind() {
    let scene = Scene::with_login();
    for (words, results) in [
        (&["add", "Simple", "s", "value=-"][..], json!([{"id": "s", "change": "removed"}])),
        (&["patch", "admin", "domain=x"], json!([{"id": "admin", "change": "changed back"}])),
        (&["passwd", "admin", "--password-stdin"], json!([{"id": "admin", "change": "changed back"}])),
        (&["delete", "-y", "admin"], json!([{"id": "admin", "change": "restored"}])),
        (&["grant", "admin", "--api-proxy", "Payments"], json!([{"id": "admin", "change": "changed back"}])),
        (&["move", "admin", "--to", "p1"], json!([{"id": "admin", "change": "changed back"}])),
        (&["ref", "add", "admin", "/servers/host1"], json!([{"id": "admin", "change": "changed back"}])),
        (&["user", "add", "--auth-provider", "local", "--email", "a@example.org"], json!([])),
    ] {
        let before = scene.run(["list", "-o", "json"]).ok().stdout;
        let one = scene.get("admin");
        scene.run_with(words, "S-new").ok();
        let answer = scene.answer(["undo"]);
        assert_eq!(members(&answer), ["deploymentResult", "message", "results"]);
        assert_eq!(answer["results"], results, "{words:?}");
        assert_eq!(scene.run(["list", "-o", "json"]).ok().stdout, before, "{words:?}");
        assert_eq!(scene.get("admin"), one, "{words:?}");
    }
    assert_eq!(scene.answer(["user", "list"])["items"], json!([]));
}

#[test]
fn twice_is_to_do_it_again() {
    let scene = thrice();
    for expected in ["S-2", "S-3", "S-2", "S-3"] {
        scene.run(["undo"]).ok();
        assert_eq!(password(&scene, "db"), expected);
    }
    assert_eq!(revisions(&scene, "db"), [3, 2, 1]);
    scene.run(["undo"]).ok();
    assert_eq!(revisions(&scene, "db"), [2, 1]);
    // what comes after it is undone by itself
    scene.run(["patch", "db", "domain=x"]).ok();
    scene.run(["undo"]).ok();
    assert_eq!(password(&scene, "db"), "S-2");
}

#[test]
fn a_call_about_many_is_one_change() {
    let scene = Scene::new();
    for id in ["a", "b", "c", "d", "e", "f", "g"] {
        scene.login(id);
    }
    scene.run(["delete", "-y", "--filter", "id ne 'x'"]).ok();
    let outcome = scene.run(["undo"]).ok();
    assert_eq!(
        outcome.stdout(),
        "undone: a restored, b restored, c restored, d restored, e restored, and 2 more\n"
    );
    assert_eq!(scene.ids().len(), 7);
}

#[test]
fn a_dry_run_of_undo_shows_the_changes_and_writes_nothing() {
    let scene = thrice();
    let bak = fs::read(scene.path("vault.age.bak")).unwrap();
    let answer = scene.refuses(0, ["undo", "-n", "-o", "json"], "").json();
    assert_eq!((&answer["dryRun"], &answer["results"][0]["id"]), (&json!(true), &json!("db")));
    assert_eq!(fs::read(scene.path("vault.age.bak")).unwrap(), bak);
    assert_eq!(password(&scene, "db"), "S-3");
}

#[test]
fn generations_go_on_rising() {
    let scene = thrice();
    let generation = || serde_json::from_str::<Value>(&scene.text()).unwrap()["generation"].as_u64().unwrap();
    let before = generation();
    scene.run(["undo"]).ok();
    assert_eq!(generation(), before + 1);
    scene.run(["undo"]).ok();
    assert_eq!(generation(), before + 2);
}

#[test]
fn there_may_be_nothing_to_undo() {
    let scene = Scene::new();
    scene.refuses(4, ["undo"], "").says("nothing to undo");
    let scene = thrice();
    let recipient = lab::recipient(&scene.path("identity.txt"));
    scene.run(["rekey", "--recipient", &recipient]).ok();
    scene.refuses(4, ["undo"], "").says("credctl history");
    scene.run(["patch", "db", "domain=x"]).ok();
    scene.run(["undo"]).ok();
    scene.refuses(0, ["revoke", "db", "--api-proxy", "Payments"], "");
    // nothing changed since, so this does it again
    scene.run(["undo"]).ok();
    assert_eq!(scene.get("db")["fields"]["domain"], "x");
}

#[test]
fn only_the_generation_before_of_this_vault_counts() {
    let scene = thrice();
    let other = Scene::with_login();
    other.run(["patch", "admin", "domain=x"]).ok();
    let foreign = lab::decrypt(&other.path("vault.age.bak"), &other.path("identity.txt"));
    lab::encrypt(&foreign, &scene.path("vault.age.bak"), &scene.path("identity.txt"));
    scene.refuses(4, ["undo"], "");
    // nor does a copy of the current one, or a later one
    fs::copy(scene.vault(), scene.path("vault.age.bak")).unwrap();
    scene.refuses(4, ["undo"], "");
    fs::copy(other.path("vault.age.bak"), scene.path("vault.age.bak")).unwrap();
    scene.refuses(7, ["undo"], "");
    scene.file("vault.age.bak", "junk");
    scene.refuses(9, ["undo"], "");
}

#[test]
fn only_an_administrator_undoes_and_only_everything() {
    let scene = thrice();
    scene.refuses(6, ["undo", "-p", "p1"], "").says("credctl rollback");
    scene.refuses(6, ["undo", "--role", "operator"], "");
    scene.refuses(6, ["undo", "-n", "--role", "operator"], "");
    assert_eq!(password(&scene, "db"), "S-3");
}

#[test]
fn an_edit_by_hand_before_it_is_no_hindrance() {
    let scene = thrice();
    scene.edit(|vault| vault["credentials"][0]["fields"]["domain"] = json!("edited"));
    scene.run(["undo"]).ok();
    assert_eq!(password(&scene, "db"), "S-2");
}
