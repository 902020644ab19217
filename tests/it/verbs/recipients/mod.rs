//! `recipients`: who can open the vault, by name.

mod adding;
mod removal;
mod rotation;

use serde_json::{Value, json};

use crate::support::Scene;

/// The recipients that `recipients list` answers.
#[track_caller]
fn listed(scene: &Scene) -> Vec<Value> {
    scene.answer(["recipients", "list"])["items"].as_array().unwrap().clone()
}

/// The names of the recipients, in their order; nothing for one without a name.
#[track_caller]
fn names(scene: &Scene) -> Vec<String> {
    listed(scene).iter().map(|one| one["name"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The ids that `list` finds by their mark.
#[track_caller]
fn marked(scene: &Scene) -> Vec<String> {
    let words = ["list", "--filter", "rotateRequired eq true", "-o", "name"];
    scene.run(words).ok().stdout().lines().map(str::to_owned).collect()
}

#[test]
fn a_list_has_names_beside_keys() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    scene.run(["recipients", "add", &other, "--name", "Büro Süd"]).ok();
    let all = listed(&scene);
    assert_eq!(all.len(), 2);
    assert_eq!((&all[0]["recipient"], &all[0]["kind"]), (&json!(scene.own()), &json!("age")));
    assert_eq!((&all[1]["recipient"], &all[1]["name"]), (&json!(other), &json!("Büro Süd")));
    assert!(all[1]["addedAt"].as_str().unwrap().ends_with('Z') && all[1]["addedBy"].is_string(), "{all:?}");
    let table = scene.run(["recipients", "ls"]).ok();
    assert!(table.stdout().contains("Büro Süd") && table.stdout().contains(&other), "{table:?}");
    // `status` has the names, too
    assert_eq!(scene.answer(["status"])["members"][1]["name"], "Büro Süd");
    let status = scene.run(["status"]).ok();
    assert!(status.stdout().contains(&format!("Büro Süd ({other})")), "{status:?}");
}

#[test]
fn a_vault_with_a_passphrase_has_no_recipients_and_says_how_to_get_some() {
    let scene = Scene::bare();
    let passphrase = scene.file("passphrase", "tulip gravel anvil\n");
    let with = ["--passphrase-file", &passphrase];
    scene.run([&["init"][..], &with].concat()).ok();
    let listed = scene.run([&["recipients", "list"][..], &with].concat()).ok();
    listed.says("locked with a passphrase").says("credctl rekey --recipient R");
    for words in [&["recipients", "add", "age1x"][..], &["recipients", "remove", "x"]] {
        scene.refuses(2, [words, &with].concat(), "").says("credctl rekey --recipient R");
    }
}

#[test]
fn a_name_changes_without_a_change_of_the_credentials() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    scene.run(["recipients", "add", &other]).ok();
    scene.run(["patch", "admin", "domain=new"]).ok();
    let before = scene.get("admin");
    scene.run(["recipients", "rename", &other, "Ada"]).ok();
    let answer = scene.answer(["recipients", "rename", "Ada", "Ada (laptop)"]);
    assert_eq!((&answer["name"], &answer["recipient"]), (&json!("Ada (laptop)"), &json!(other)));
    assert_eq!(names(&scene), ["", "Ada (laptop)"]);
    assert_eq!(scene.get("admin"), before);
    // the name that it has already is no change
    let same = scene.refuses(0, ["recipients", "rename", "Ada (laptop)", "Ada (laptop)"], "");
    assert_eq!(same.stdout(), "nothing to rename: the name is Ada (laptop) already\n");
    // the last change of a credential can still be undone, and the name stays
    scene.run(["undo"]).ok();
    assert_eq!(scene.get("admin")["fields"]["domain"], "test");
    assert_eq!(names(&scene), ["", "Ada (laptop)"]);
    // a dry run, and names that cannot be
    scene.refuses(0, ["recipients", "rename", "Ada (laptop)", "x", "-n"], "");
    scene.refuses(4, ["recipients", "rename", "Ada", "x"], "");
    for name in ["", " a", "a\u{202e}b", "age1abc", "ssh-rsa AAAA", "line\nbreak"] {
        scene.refuses(3, ["recipients", "rename", &other, name], "");
    }
    scene.run(["recipients", "rename", &scene.own(), "me"]).ok();
    scene.refuses(5, ["recipients", "rename", "me", "Ada (laptop)"], "");
}

#[test]
fn only_administrators_of_the_whole_vault_change_recipients() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    for scope in [&["--role", "operator"][..], &["--project", "shop"]] {
        scene.refuses(6, [scope, &["recipients", "add", &other]].concat(), "");
        scene.run([scope, &["recipients", "list"]].concat()).ok();
    }
}

#[test]
fn names_of_recipients_are_completed() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    scene.run(["recipients", "add", &other, "--name", "Ada"]).ok();
    for words in [
        &["recipients", "remove", "A"][..],
        &["recipients", "rename", "A"],
        &["rekey", "--remove-recipient", "A"],
    ] {
        let found = completed(&scene, words);
        assert!(found.lines().any(|line| line.starts_with("Ada")), "{words:?}: {found}");
    }
    let own = completed(&scene, &["recipients", "remove", "age1"]);
    assert!(own.contains(&scene.own()) && !own.contains(&other), "{own}");
}

/// The candidates for the last word.
fn completed(scene: &Scene, words: &[&str]) -> String {
    let words = ["__complete", "fish", "credctl"].iter().chain(words);
    scene.run(words).ok().stdout().to_owned()
}
