//! `history`, and `get --revision`.

use serde_json::{Value, json};

use super::{history, revisions, thrice};
use crate::support::{Scene, members, samples};

#[test]
fn the_newest_comes_first_and_each_tells_when_it_ended() {
    let scene = thrice();
    let items = history(&scene, &["db"]);
    assert_eq!(
        members(&items[0]),
        ["changed", "current", "deleted", "id", "modifiedBy", "revision", "type", "updatedAt"]
    );
    assert_eq!(revisions(&scene, "db"), [3, 2, 1]);
    assert_eq!((&items[0]["current"], &items[1]["current"]), (&json!(true), &json!(false)));
    assert_eq!(items[1]["deleted"], false);
    // one ends when the next begins
    assert_eq!(items[1]["replacedAt"], items[0]["updatedAt"]);
    assert_eq!(items[2]["replacedAt"], items[1]["updatedAt"]);
    assert_eq!(items[1]["replacedBy"], items[0]["modifiedBy"]);
}

#[test]
fn it_names_what_changed_and_never_a_value() {
    let scene = Scene::new();
    scene.run_with(["add", "login", "db", "username=u", "password=-", "domain=S-old"], "S-1").ok();
    scene.run_with(["passwd", "db", "--password-stdin"], "S-2").ok();
    scene.run(["patch", "db", "domain=S-new", "--description", "S-text", "--label", "a=b"]).ok();
    scene.run(["patch", "db", "--unset", "domain", "--enabled", "false"]).ok();
    scene.run(["move", "db", "--to", "shop"]).ok();
    scene.run_with(["passwd", "db", "--password-stdin"], "S-2").ok();
    let changed: Vec<_> =
        history(&scene, &["db"]).into_iter().map(|mut item| item["changed"].take()).collect();
    let expected = [
        json!([]),
        json!(["project"]),
        json!(["enabled", "domain"]),
        json!(["labels", "description", "domain"]),
        json!(["password"]),
        Value::Null,
    ];
    let sorted = |value: &Value| {
        let mut names: Vec<String> = serde_json::from_value(value.clone()).unwrap_or_default();
        names.sort();
        names
    };
    assert_eq!(
        changed.iter().map(sorted).collect::<Vec<_>>(),
        expected.iter().map(sorted).collect::<Vec<_>>()
    );
    for form in ["table", "wide", "json", "jsonl", "yaml", "csv", "tsv", "name"] {
        scene.run(["history", "db", "-o", form]).ok().hides("S-");
    }
}

#[test]
fn a_diff_shows_what_each_version_changed_and_no_secret() {
    let scene = Scene::new();
    scene.run_with(["add", "login", "db", "username=u", "password=-", "domain=old"], "S-1").ok();
    scene.run_with(["passwd", "db", "--password-stdin"], "S-2").ok();
    scene.run(["patch", "db", "domain=new", "--label", "a=b"]).ok();
    scene.run(["patch", "db", "--unset", "domain"]).ok();
    let shown = scene.run(["history", "db", "--diff"]).ok().hides("S-");
    let lines: Vec<&str> = shown.stdout().lines().filter(|line| line.starts_with("  ")).collect();
    let expected = [
        "  domain (removed)",
        "  labels.a: b (added)",
        "  domain: old → new",
        "  password (changed)",
        "  username: u (added)",
        "  password (added)",
        "  domain: old (added)",
    ];
    assert_eq!(lines, expected);
    let titles = shown.stdout().lines().filter(|line| line.starts_with("revision "));
    assert_eq!(
        titles.map(|title| &title[..10]).collect::<String>(),
        "revision 4revision 3revision 2revision 1"
    );
    let items = history(&scene, &["db", "--diff"]);
    assert_eq!(items[0]["changes"], json!([{"path": "domain", "before": "new", "after": null}]));
    assert_eq!(items[2]["changes"], json!([{"path": "password", "before": "••••••", "after": "••••••"}]));
    for form in ["table", "wide", "json", "jsonl", "yaml"] {
        scene.run(["history", "db", "--diff", "-o", form]).ok().hides("S-");
    }
    for form in ["csv", "tsv", "name"] {
        scene.run(["history", "db", "--diff", "-o", form]).exits(2);
    }
    // of a version whose predecessor is gone, nothing is claimed
    for number in 0..12 {
        scene.run(["patch", "db", "--description", &format!("d{number}")]).ok();
    }
    let shown = scene.run(["history", "db", "--diff"]).ok();
    assert!(shown.stdout().ends_with("  (the version before is no longer kept)\n"), "{shown:?}");
    assert!(history(&scene, &["db", "--diff"]).last().unwrap().get("changes").is_none());
    scene.run(["delete", "db", "--yes"]).ok();
    let shown = scene.run(["history", "db", "--diff"]).ok();
    assert!(shown.stdout().lines().next().unwrap().ends_with(", deleted afterwards"), "{shown:?}");
    scene.run(["history", "--diff"]).exits(2);
}

#[test]
fn ten_are_kept_beside_the_current_one() {
    let scene = Scene::with_login();
    scene.login("other");
    for number in 0..14 {
        scene.run(["patch", "admin", "other", "--description", &number.to_string()]).ok();
    }
    assert_eq!(revisions(&scene, "admin"), (5..=15).rev().collect::<Vec<_>>());
    assert_eq!(revisions(&scene, "other").len(), 11);
    scene.refuses(4, ["get", "admin", "--revision", "4"], "");
    scene.refuses(0, ["get", "admin", "--revision", "5"], "");
}

#[test]
fn the_configuration_says_how_many_are_kept() {
    let scene = thrice();
    scene.configure("history = 2\n");
    scene.run_with(["passwd", "db", "--password-stdin"], "S-4").ok();
    assert_eq!(revisions(&scene, "db"), [4, 3, 2]);
    assert!(!scene.text().contains("S-1"));
    scene.run(["delete", "-y", "db"]).ok();
    assert_eq!(revisions(&scene, "db"), [4, 3]);
    scene.configure("history = \"many\"\n");
    scene.refuses(2, ["history", "db"], "");
}

#[test]
fn none_are_kept_if_the_configuration_says_so() {
    let scene = thrice();
    scene.configure("history = 0\n");
    scene.run_with(["passwd", "db", "--password-stdin"], "S-4").ok();
    assert_eq!(revisions(&scene, "db"), [4]);
    scene.run(["delete", "-y", "db"]).ok();
    scene.refuses(4, ["history", "db"], "");
    scene.refuses(4, ["restore", "db"], "");
    let text = scene.text();
    assert!(!text.contains("S-3") && !text.contains("S-4"));
}

#[test]
fn a_version_is_shown_like_the_current_one() {
    let scene = thrice();
    let shown = scene.run(["get", "db", "--revision", "1", "-o", "json"]).ok().hides("S-").json();
    assert_eq!((&shown["revision"], &shown["secrets"]), (&json!(1), &json!(["password"])));
    assert_eq!(shown["instanceId"], scene.get("db")["instanceId"]);
    for (revision, expected) in [("1", "S-1"), ("2", "S-2"), ("3", "S-3")] {
        let words = ["get", "db", "--revision", revision];
        let all = scene.answer(words.iter().chain(&["--reveal"]));
        assert_eq!(all["fields"]["password"], expected);
        let one = scene.run(words.iter().chain(&["--field", "password"])).ok();
        assert_eq!(one.stdout(), expected);
        let citrix = scene.run(words.iter().chain(&["--format", "citrix"])).ok().hides("S-").json();
        assert_eq!(citrix["id"], "db");
    }
    for revision in ["0", "4", "99"] {
        scene.refuses(4, ["get", "db", "--revision", revision], "").says("credctl history db");
    }
    scene.refuses(2, ["get", "db", "--revision", "first"], "");
    scene.refuses(4, ["get", "nobody", "--revision", "1"], "");
}

#[test]
fn a_version_that_was_switched_off_reveals_nothing_without_force() {
    let scene = thrice();
    scene.run(["patch", "db", "--enabled", "false"]).ok();
    scene.run(["patch", "db", "--enabled", "true"]).ok();
    scene.run(["get", "db", "--revision", "4", "--reveal"]).exits(6).hides("S-3");
    scene.run(["get", "db", "--revision", "4", "--reveal", "--force"]).ok();
}

#[test]
fn what_was_deleted_is_listed_until_it_is_there_again() {
    let scene = thrice();
    scene.login("stays");
    assert!(history(&scene, &[]).is_empty());
    scene.run(["delete", "-y", "db"]).ok();
    let items = history(&scene, &[]);
    assert_eq!(items.len(), 1);
    let shown = (&items[0]["id"], &items[0]["revision"], &items[0]["deleted"], &items[0]["current"]);
    assert_eq!(shown, (&json!("db"), &json!(3), &json!(true), &json!(false)));
    assert_eq!(revisions(&scene, "db"), [3, 2, 1]);
    assert_eq!(scene.run(["get", "db", "--revision", "2", "--field", "password"]).ok().stdout(), "S-2");
    scene.refuses(4, ["get", "db"], "");
    scene.run_with(["add", "login", "db", "username=u", "password=-"], "S-new").ok();
    assert!(history(&scene, &[]).is_empty());
}

#[test]
fn one_that_takes_the_id_of_a_deleted_one_is_another() {
    let scene = thrice();
    scene.run(["delete", "-y", "db"]).ok();
    scene.run_with(["add", "login", "db", "username=u", "password=-"], "S-new").ok();
    scene.run_with(["passwd", "db", "--password-stdin"], "S-newer").ok();
    let items = history(&scene, &["db"]);
    assert_eq!(revisions(&scene, "db"), [2, 1, 3, 2, 1]);
    let deleted: Vec<_> = items.iter().map(|item| item["deleted"] == true).collect();
    assert_eq!(deleted, [false, false, true, false, false]);
    // the first of a new life changed nothing of another one
    assert_eq!((&items[0]["changed"], &items[1]["changed"]), (&json!(["password"]), &Value::Null));
    for (revision, expected) in [("1", "S-new"), ("2", "S-newer")] {
        let outcome = scene.run(["get", "db", "--revision", revision, "--field", "password"]).ok();
        assert_eq!(outcome.stdout(), expected);
    }
    scene.refuses(4, ["get", "db", "--revision", "3"], "");
    scene.refuses(4, ["rollback", "db", "--revision", "3"], "");
}

#[test]
fn grants_and_references_make_no_version() {
    let scene = thrice();
    scene.run(["grant", "db", "--api-proxy", "Payments"]).ok();
    scene.run(["ref", "add", "db", "/servers/host1"]).ok();
    scene.run(["revoke", "db", "--api-proxy", "Payments"]).ok();
    assert_eq!(revisions(&scene, "db"), [3, 2, 1]);
    assert_eq!(scene.get("db")["revision"], 3);
}

#[test]
fn a_call_about_many_makes_a_version_of_each() {
    let scene = Scene::new();
    for id in ["c", "a", "b"] {
        scene.login(id);
    }
    scene.run(["patch", "a", "b", "c", "domain=x"]).ok();
    scene.run(["delete", "-y", "--filter", "id ne 'b'"]).ok();
    scene.run(["patch", "b", "domain=y"]).ok();
    for (id, expected) in [("a", &[2, 1][..]), ("b", &[3, 2, 1]), ("c", &[2, 1])] {
        assert_eq!(revisions(&scene, id), expected, "{id}");
    }
    let ids: Vec<_> = history(&scene, &[]).iter().map(|item| item["id"].clone()).collect();
    assert_eq!(ids, ["a", "c"]);
}

#[test]
fn another_projects_versions_are_not_found() {
    let scene = thrice();
    scene.run(["move", "db", "--to", "p1"]).ok();
    scene.run(["patch", "db", "--name", "Base"]).ok();
    let unseen = |project: &str| {
        scene.run(["history", "db", "-p", project]).exits(4);
        // not even those of the time when it was global
        scene.run(["get", "db", "--revision", "1", "--reveal", "-p", project]).exits(4).hides("S-");
        assert!(history(&scene, &["-p", project]).is_empty());
    };
    unseen("p2");
    assert_eq!(history(&scene, &["db", "-p", "p1"]).len(), 5);
    assert_eq!(history(&scene, &["Base", "-p", "p1"]).len(), 5);
    scene.run(["move", "db", "--to", "p2"]).ok();
    unseen("p1");
    scene.run(["delete", "-y", "db"]).ok();
    unseen("p1");
    assert_eq!(history(&scene, &["-p", "p2"]).len(), 1);
    scene.run(["get", "db", "--revision", "6", "-p", "p2"]).ok();
}

#[test]
fn an_operator_may_look() {
    let scene = thrice();
    for words in [&["history"][..], &["history", "db"], &["get", "db", "--revision", "1", "--reveal"]] {
        scene.run(words.iter().chain(&["--role", "operator"])).ok();
    }
}

#[test]
fn the_table_has_a_line_for_each() {
    let scene = thrice();
    let table = scene.run(["history", "db"]).ok();
    let lines: Vec<_> =
        table.stdout().lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).collect();
    assert_eq!(lines[0], ["ID", "REVISION", "DELETED", "UPDATED", "BY", "CHANGED", "REPLACED"]);
    assert_eq!(lines.len(), 4);
    assert_eq!((lines[1][..3].to_vec(), lines[1].last()), (vec!["db", "3", "no"], Some(&"password")));
    assert_eq!(scene.run(["history", "db", "-o", "name"]).ok().stdout(), "db\ndb\ndb\n");
    scene.run(["history", "nobody"]).exits(4);
}

#[test]
fn it_survives_an_edit_by_hand() {
    let scene = thrice();
    scene.login("a");
    scene.run(["patch", "a", "domain=x"]).ok();
    scene.login("z");
    scene.run(["delete", "-y", "z"]).ok();
    let before: Vec<_> = ["a", "db", "z"].map(|id| history(&scene, &[id])).to_vec();
    for edit in [
        |vault: &mut Value| vault["credentials"].as_array_mut().unwrap().reverse(),
        // the order within an id tells the age, that of the ids is ours
        |vault: &mut Value| {
            vault["history"]
                .as_array_mut()
                .unwrap()
                .sort_by_key(|version| std::cmp::Reverse(version["id"].as_str().unwrap().to_owned()));
        },
    ] {
        scene.edit(edit);
        for _ in 0..2 {
            let after: Vec<_> = ["a", "db", "z"].map(|id| history(&scene, &[id])).to_vec();
            assert_eq!(after, before);
            assert_eq!(history(&scene, &[]).len(), 1);
            // what is written next is laid out again
            scene.run(["ref", "add", "a", "/servers/h"]).ok();
        }
        scene.run(["ref", "remove", "a", "/servers/h"]).ok();
    }
    scene.run_with(["passwd", "db", "--password-stdin"], "S-4").ok();
    assert_eq!(revisions(&scene, "db"), [4, 3, 2, 1]);
}

#[test]
fn a_version_that_was_damaged_is_refused() {
    let scene = thrice();
    let whole = scene.text();
    for damage in [
        |version: &mut Value| version["id"] = json!("other"),
        |version: &mut Value| version["extra"] = json!(1),
        |version: &mut Value| version["replacedAt"] = json!("yesterday"),
        |version: &mut Value| version["credential"]["type"] = json!("no type"),
        |version: &mut Value| version["credential"] = json!(null),
        |version: &mut Value| *version = json!(5),
    ] {
        scene.set_text(&whole);
        scene.edit(|vault| damage(&mut vault["history"][0]));
        for words in [&["history", "db"][..], &["list"], &["patch", "db", "domain=x"]] {
            scene.refuses(9, words, "").hides("S-");
        }
    }
}

#[test]
fn every_type_has_versions() {
    let scene = Scene::new();
    let user = ["--id", samples::USER, "--auth-provider", "local", "--email", "a@example.org"];
    scene.run(["user", "add"].iter().chain(&user)).ok();
    for sample in samples::all() {
        let id = sample.document["id"].as_str().unwrap();
        scene.run_with(["add", "-f", "-", "-q"], sample.document.to_string()).ok();
        let first = scene.get(id);
        scene.run(["patch", id, "--description", "another", "-q"]).ok();
        let words = ["get", id, "--revision", "1", "--reveal", "-o", "json"];
        assert_eq!(scene.run(words).ok().json(), first, "{id}");
        scene.run(["rollback", id, "--revision", "1", "-q"]).ok();
        let after = scene.get(id);
        assert_eq!(
            (&after["fields"], &after["description"]),
            (&first["fields"], &first["description"]),
            "{id}"
        );
    }
}
