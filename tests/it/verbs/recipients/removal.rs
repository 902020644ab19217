//! `recipients remove`: by name and by key, oneself, the last one, and after a call that was killed.

use std::fs;

use serde_json::json;

use super::{listed, marked, names};
use crate::contract::prompts::asking;
use crate::file::fixtures::thawed;
use crate::support::terminal::Terminal;
use crate::support::{Scene, lab, texts};

/// A vault with a login for two more recipients, Ada and Bob.
fn scene_of_three() -> (Scene, String, String) {
    let scene = Scene::with_login();
    let (ada, bob) = (scene.recipient("ada.txt"), scene.recipient("bob.txt"));
    scene.run(["recipients", "add", &ada, "--name", "Ada"]).ok();
    scene.run(["recipients", "add", &bob, "--name", "Bob"]).ok();
    (scene, ada, bob)
}

fn seal(scene: &Scene) -> String {
    let text: serde_json::Value = serde_json::from_str(&scene.text()).unwrap();
    text["seal"].as_str().unwrap().to_owned()
}

#[test]
fn a_removed_recipient_is_out_and_what_was_readable_is_told() {
    let (scene, ada, bob) = scene_of_three();
    let before = seal(&scene);
    let planned = scene.refuses(0, ["recipients", "remove", "Ada", "-n"], "").hides("marked");
    planned.prints("removed Ada").prints("Ada could read the secrets of 1 credential: admin");
    let answer = scene.answer(["recipients", "remove", "Ada"]);
    assert_eq!(answer["removed"][0]["recipient"], json!(ada));
    assert_eq!(answer["rotateRequired"], true);
    let read = &answer["couldRead"];
    assert_eq!((&read["credentials"], &read["ids"]), (&json!(1), &json!(["admin"])));
    scene.run(["get", "admin", "-i", "ada.txt"]).exits(7);
    scene.run(["get", "admin", "-i", "bob.txt"]).ok();
    assert_ne!(seal(&scene), before, "who was shut out knows the seal");
    // by key, too
    let shown = scene.run(["recipients", "remove", &bob]).ok();
    assert!(shown.stdout().contains("removed Bob") && shown.stdout().contains("1 credential: admin"));
    shown.says("rotateRequired eq true").says("the old key still opens");
    assert_eq!(names(&scene), [""]);
    scene.refuses(4, ["recipients", "remove", "Ada"], "").says(&scene.own());
}

#[test]
fn nobody_is_locked_out_without_a_word() {
    let (scene, ..) = scene_of_three();
    let own = scene.own();
    scene.refuses(2, ["recipients", "remove", &own], "").says("--yes");
    scene.refuses(2, ["recipients", "remove", &own, "Ada", "Bob"], "").says("the last recipient");
    scene.refuses(2, ["recipients", "remove", &own, "Ada", "Bob", "--yes"], "");
    // on a terminal the name of the file has to be typed
    for (typed, status) in [("y", 2), ("vault.age", 0)] {
        let command = asking(&scene, &["recipients", "remove", &own]);
        let mut terminal = Terminal::start(&command, "");
        terminal.answer("type the file name of the vault, vault.age", typed);
        assert_eq!(terminal.end().status, status);
    }
    scene.run(["get", "admin"]).exits(7);
    // those who stay have to replace what the one who left could read
    let left = ["list", "--filter", "rotateRequired eq true", "-o", "name", "-i", "ada.txt"];
    assert_eq!(scene.run(left).ok().stdout(), "admin\n");
}

#[test]
fn rekey_removes_and_marks_in_the_same_way() {
    let (scene, ada, _) = scene_of_three();
    let answer = scene.answer(["rekey", "--remove-recipient", "Bob"]);
    assert_eq!(answer["removed"][0]["name"], "Bob");
    assert_eq!(texts(&answer["recipients"]), [&scene.own(), &ada]);
    assert_eq!(marked(&scene), ["admin"]);
    scene.run_with(["patch", "admin", "password=-"], "new").ok();
    // whoever is left out of a list is removed
    let answer = scene.answer(["rekey", "--recipient", &scene.own()]);
    assert_eq!(answer["removed"][0]["name"], "Ada");
    assert_eq!(marked(&scene), ["admin"]);
    scene.run_with(["patch", "admin", "password=-"], "newer").ok();
    // a new key of one's own is no reason to replace anything
    let new = scene.recipient("new.txt");
    scene.run(["rekey", "--recipient", &new, "--no-rotate", "-y"]).ok();
    let all = scene.run(["list", "--filter", "rotateRequired eq true", "-o", "name", "-i", "new.txt"]).ok();
    assert_eq!(all.stdout(), "");
}

#[test]
fn the_same_removal_once_more_finishes_one_that_was_killed() {
    let (scene, _, bob) = scene_of_three();
    scene.run(["recipients", "remove", "Bob"]).ok();
    // as after a kill behind the rename
    fs::rename(scene.path("vault.age.bak"), scene.path(".vault.age.bak.tmp")).unwrap();
    scene.run(["recipients", "remove", "Bob"]).ok().says("already").says("rotateRequired eq true");
    assert!(!scene.names().iter().any(|name| name.contains(".bak")));
    scene.refuses(4, ["recipients", "remove", &bob], "");
}

#[test]
fn a_vault_of_the_first_format_is_upgraded_by_the_first_change() {
    let scene = thawed("all-types.age");
    let other = scene.recipient("other.txt");
    scene.run(["recipients", "add", &other, "--name", "Ada"]).ok().says("upgraded the vault to format 2");
    assert_eq!(names(&scene), ["", "Ada"]);
    let scene = thawed("all-types.age");
    lab::encrypt_to(scene.text().as_bytes(), &scene.vault(), &[&scene.own()]);
    scene.run(["rekey", "--add-recipient", &other, "--accept-recipients"]).ok();
    let answer = scene.answer(["recipients", "remove", &other]);
    let count = answer["couldRead"]["credentials"].as_u64().unwrap();
    assert_eq!(marked(&scene).len() as u64, count);
    assert_eq!(count, 15, "{answer}");
    scene.run(["check", "--only", "rules"]).ok();
}

#[test]
fn one_that_is_no_recipient_can_be_removed() {
    let scene = Scene::with_login();
    scene.edit(|vault| vault["recipients"].as_array_mut().unwrap().push(json!("age1nonsense")));
    scene.refuses(2, ["recipients", "add", &scene.recipient("other.txt")], "");
    scene.run(["--accept-recipients", "recipients", "remove", "age1nonsense"]).ok();
    // nobody could read with it
    assert_eq!(marked(&scene), Vec::<String>::new());
    scene.run(["patch", "admin", "domain=x"]).ok();
}

#[test]
fn names_that_a_hand_gave_twice_are_refused_by_name_and_removed_by_key() {
    let (scene, ada, bob) = scene_of_three();
    let text = scene.text().replace("\"Bob\"", "\"Ada\"");
    lab::encrypt_to(text.as_bytes(), &scene.vault(), &[&scene.own(), &ada, &bob]);
    scene.forget();
    scene.refuses(5, ["recipients", "remove", "Ada"], "").says(&ada).says(&bob);
    scene.run(["recipients", "remove", &bob]).ok();
    assert_eq!(listed(&scene).len(), 2);
}

#[test]
fn a_bundle_that_the_removed_still_read_is_told_and_left_alone() {
    let (scene, ada, _) = scene_of_three();
    scene.run(["environment", "add", "prod", "--recipient", &ada, "--out", "prod.age"]).ok();
    let outcome = scene.run(["recipients", "remove", "Ada", "-o", "json"]).ok();
    assert_eq!(outcome.json()["couldRead"]["environments"], json!(["prod"]));
    outcome
        .says("Ada can still read the bundle of the environment prod")
        .says("credctl environment remove prod");
    scene.run(["get", "admin", "--vault", "prod.age", "-i", "ada.txt"]).ok();
}
