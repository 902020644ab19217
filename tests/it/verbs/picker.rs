//! The choice of a credential on a terminal, and the errors that a script gets in its place.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use serde_json::json;

use crate::contract::prompts::asking;
use crate::support::terminal::{Ended, Terminal, emulator};
use crate::support::{Scene, samples};

const ENTER: &str = "\r";
const DOWN: &str = "\u{1b}[B";
const PAGE_DOWN: &str = "\u{1b}[6~";
const END: &str = "\u{1b}[F";
const SECRET: &str = "C4n4ry-p1ck3r";

fn scene(ids: &[String]) -> Scene {
    let scene = Scene::new();
    let document = |id: &String| {
        json!({"id": id, "type": "login", "username": format!("user-of-{id}"), "password": SECRET,
            "description": "a site of many"})
    };
    let documents: Vec<_> = ids.iter().map(document).collect();
    scene.run_with(["add", "-q", "-f", "-"], json!(documents).to_string()).ok();
    scene
}

fn orders() -> Scene {
    scene(&["prod/db/orders-rw", "prod/queue/orders-rw", "prod/db/users-ro"].map(str::to_owned))
}

fn on_terminal(scene: &Scene, words: &[&str]) -> Command {
    let mut command = asking(scene, words);
    command.env("TERM", "xterm-256color");
    command
}

/// Replays what the terminal got, and returns the rows of its screen and the number of rows above them.
fn screen(shown: &str, columns: u16) -> (Vec<String>, usize) {
    let mut parser = emulator(50, columns, 1000);
    parser.process(shown.as_bytes());
    let rows = parser.screen().rows(0, columns).map(|row| row.trim_end().to_owned()).collect();
    (rows, parser.screen().scrollback_len())
}

/// Returns the rows as they were when the list was left.
fn list(ended: &Ended, columns: u16) -> Vec<String> {
    screen(ended.shown.split("\u{1b}[?1049l").next().unwrap(), columns).0
}

#[test]
fn words_are_offered_typing_narrows_them_down_and_enter_takes_one() {
    let scene = orders();
    let mut terminal = Terminal::sized(&on_terminal(&scene, &["get", "orders", "--field", "username"]), 80);
    terminal.expect("2 of 2").expect("> prod/db/orders-rw").keys("QUEUE").expect("1 of 2").keys(ENTER);
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    assert!(!ended.shown.contains("users-ro") && !ended.shown.contains(SECRET), "{ended:?}");
    let (rows, above) = screen(&ended.shown, 80);
    assert!(rows[0].starts_with("Credential: prod/queue/orders-rw"), "{rows:?}");
    assert_eq!((rows[1].as_str(), above), ("user-of-prod/queue/orders-rw", 0), "{rows:?}");
}

#[test]
fn arrows_and_page_keys_move_in_a_list_of_300() {
    let scene = scene(&(0..300).map(|number| format!("site-{number:03}")).collect::<Vec<_>>());
    for (keys, id) in [(&[DOWN][..], "site-001"), (&[PAGE_DOWN], "site-048"), (&[END], "site-299")] {
        let mut terminal = Terminal::sized(&on_terminal(&scene, &["get", "--field", "id"]), 80);
        terminal.expect("300 of 300").expect("> site-000");
        for key in keys {
            terminal.keys(key);
        }
        terminal.expect(&format!("> {id}")).keys(ENTER);
        let ended = terminal.end();
        assert!(ended.status == 0 && screen(&ended.shown, 80).0[1] == id, "{ended:?}");
    }
}

#[test]
fn a_list_at_20_columns_wraps_no_line_and_leaves_nothing() {
    let ids: Vec<_> = (0..300).map(|number| format!("production/europe/west/site-{number:03}")).collect();
    let scene = scene(&ids);
    let mut terminal = Terminal::sized(&on_terminal(&scene, &["get", "--field", "id"]), 20);
    terminal.expect("300 of 300").expect("> production/europe");
    terminal.keys("site-29").expect("10 of 300").keys(ENTER);
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    let rows = list(&ended, 20);
    assert_eq!(rows[0], "Credential: site-29");
    assert_eq!(rows.iter().filter(|row| row.contains("production/europe")).count(), 10, "{rows:?}");
    assert_eq!(screen(&ended.shown, 20).1, 0);
}

#[test]
fn every_key_that_cancels_ends_the_program_and_nothing_stays() {
    let scene = orders();
    let before = scene.bytes();
    for words in [
        &["get", "orders", "--field", "password"][..],
        &["get"],
        &["passwd", "orders", "--generate"],
        &["passwd", "--generate"],
        &["rename", "orders", "other"],
        &["copy", "orders", "other"],
        &["history", "orders"],
        &["access"],
        &["edit"],
        &["edit", "orders"],
        &["delete"],
        &["delete", "orders"],
        &["patch", "orders", "username=x"],
        &["patch", "username=x"],
        &["update", "orders", "username=x"],
        &["run", "orders", "--", "true"],
        &["grant", "orders", "--api-proxy", "P"],
        &["revoke", "orders", "--api-proxy", "P"],
        &["move", "orders", "--to", "shop"],
    ] {
        for (letter, status) in [('[', 130), ('c', 130), ('\\', 130), ('d', 2)] {
            let mut terminal = Terminal::sized(&on_terminal(&scene, words), 80);
            terminal.expect("> prod/db/orders-rw");
            terminal.control(" ", "", letter);
            let ended = terminal.end();
            assert!(ended.status == status && ended.restored, "{words:?} {letter}: {ended:?}");
            assert!(!ended.shown.contains(SECRET), "{ended:?}");
            let rows = screen(&ended.shown, 80).0;
            assert!(!rows.iter().any(|row| row.contains("orders-rw")), "{rows:?}");
        }
    }
    assert_eq!(scene.bytes(), before);
}

#[test]
fn a_choice_to_change_something_stays_visible() {
    let scene = orders();
    let mut terminal = Terminal::sized(&on_terminal(&scene, &["rename", "users", "prod/db/users"]), 80);
    terminal.expect("> prod/db/users-ro").keys(ENTER);
    let ended = terminal.end();
    assert_eq!(ended.status, 0, "{ended:?}");
    assert!(screen(&ended.shown, 80).0[0].starts_with("Credential: prod/db/users-ro"), "{ended:?}");
    assert!(scene.ids().contains(&"prod/db/users".to_owned()));
}

#[test]
fn an_exact_id_or_only_name_opens_no_list() {
    let scene = orders();
    scene.run(["patch", "prod/db/users-ro", "--name", "orders"]).ok();
    for words in [&["get", "prod/db/orders-rw", "--field", "id"][..], &["get", "orders", "--field", "name"]] {
        let ended = Terminal::sized(&on_terminal(&scene, words), 80).end();
        assert!(ended.status == 0 && !ended.shown.contains("1049"), "{ended:?}");
    }
}

#[test]
fn a_script_never_gets_a_guess() {
    let scene = orders();
    scene.run(["get", "users", "--field", "username"]).exits(4).says("prod/db/users-ro");
    scene.run(["get", "prod/db/orders-rv"]).exits(4).says("prod/db/orders-rw");
    for id in ["prod/db/orders-rw", "prod/queue/orders-rw"] {
        scene.run(["patch", id, "--name", "Orders"]).ok();
    }
    scene.run(["get", "Orders"]).exits(5).says("prod/db/orders-rw, prod/queue/orders-rw");
    for words in [
        &["get"][..],
        &["get", "orders", "rw"],
        &["passwd"],
        &["access"],
        &["edit"],
        &["delete"],
        &["delete", "-y"],
    ] {
        scene.run(words).exits(2).says("the id of one credential is needed");
    }
    for words in [
        &["edit", "users"][..],
        &["delete", "-y", "users"],
        &["patch", "users", "username=x"],
        &["run", "users", "--", "true"],
        &["grant", "users", "--api-proxy", "P"],
        &["move", "users", "--to", "shop"],
    ] {
        scene.run(words).exits(4).says("there is no credential `users`");
    }
    // the answer is for a program although the keys could come from a terminal
    let terminal = Terminal::start(&on_terminal(&scene, &["get", "users"]), ">out");
    assert_eq!(terminal.end().status, 4);
}

#[test]
fn every_verb_acts_on_the_credential_that_was_chosen() {
    let scene = orders();
    fs::write(scene.path("ed"), "#!/bin/sh\nsed -i 's/^username: .*/username: edited/' \"$1\"\n").unwrap();
    fs::set_permissions(scene.path("ed"), fs::Permissions::from_mode(0o755)).unwrap();
    let choose = |words: &[&str], keys: &str| {
        let mut command = on_terminal(&scene, words);
        command.env("EDITOR", scene.path("ed"));
        let mut terminal = Terminal::sized(&command, 80);
        terminal.expect("> prod/db/orders-rw").keys(keys).expect("1 of ").keys(ENTER);
        terminal
    };
    let user = || scene.get("prod/queue/orders-rw")["fields"]["username"].clone();
    assert_eq!(choose(&["edit"], "queue").end().status, 0);
    assert_eq!(user(), "edited");
    assert_eq!(choose(&["patch", "orders", "username=patched"], "queue").end().status, 0);
    assert_eq!(user(), "patched");
    assert_eq!(choose(&["patch", "username=again"], "queue").end().status, 0);
    assert_eq!(user(), "again");
    let mut terminal = choose(&["update", "orders", "username=whole"], "queue");
    terminal.answer("Password: ", SECRET).answer("(again): ", SECRET).answer("Replace anyway? [y/N] ", "y");
    assert_eq!(terminal.end().status, 0);
    assert_eq!(user(), "whole");
    let ended = choose(&["run", "orders", "--", "sh", "-c", "env | grep whole"], "queue").end();
    assert!(ended.status == 0 && ended.shown.contains("USERNAME=whole"), "{ended:?}");
    assert_eq!(choose(&["grant", "orders", "--api-proxy", "P"], "queue").end().status, 0);
    assert_eq!(scene.get("prod/queue/orders-rw")["access"].as_array().unwrap().len(), 1);
    assert_eq!(choose(&["move", "orders", "--to", "shop"], "queue").end().status, 0);
    let mut terminal = choose(&["delete", "orders"], "queue");
    terminal.answer("Delete prod/queue/orders-rw? [y/N] ", "y");
    assert_eq!(terminal.end().status, 0);
    assert_eq!(scene.ids(), ["prod/db/orders-rw", "prod/db/users-ro"]);
}

/// Five keys a second for five seconds are 25 keys.
#[test]
fn a_password_of_which_half_the_name_is_known_is_copied_in_five_seconds() {
    let scene = scene(&(0..300).map(|number| format!("site-{number:03}/login")).collect::<Vec<_>>());
    let words = ["get", "-c", "e-217"];
    let mut terminal = Terminal::sized(on_terminal(&scene, &words).arg("--osc52"), 80);
    terminal.expect("> site-217").keys(ENTER);
    let ended = terminal.end();
    let keys = "credctl ".len() + words.join(" ").len() + 2;
    assert!(keys <= 25, "{keys} keys");
    let escape = format!("\u{1b}]52;c;{}\u{7}", samples::base64(SECRET));
    assert!(ended.status == 0 && ended.shown.contains(&escape), "{ended:?}");
    assert!(!ended.shown.contains(SECRET), "{ended:?}");
}
