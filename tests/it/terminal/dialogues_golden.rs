//! The screens of questions: the first run, the dialogue of `add`, choices, and confirmations.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::{command, is_screen, is_screen_before, start};
use crate::support::{PROGRAM, Scene};

/// The escape that leaves the screen of a list.
const LEAVES: &str = "\u{1b}[?1049l";

#[test]
fn the_first_run() {
    let scene = Scene::bare();
    fs::write(scene.path("home/.netrc"), "machine example.org login ada password p\n").unwrap();
    let mut alone = Command::new(PROGRAM);
    alone.current_dir(scene.path("."));
    scene.environment(&mut alone);
    alone.env_remove("CREDCTL_VAULT").env("SHELL", "/bin/bash").env("TERM", "xterm-256color");
    let mut terminal = start(&alone);
    for prompt in ["> 1. ", "2/4", "3/4", "4/4"] {
        terminal.answer(prompt, "");
    }
    let ended = terminal.end();
    is_screen_before("first_run_ways", &ended, LEAVES);
    is_screen("first_run_end", &ended.shown);
}

#[test]
fn the_dialogue_of_add() {
    let scene = Scene::new();
    let mut terminal = start(&command(&scene, &["add"]));
    terminal.expect("> ").keys("key").expect(" of ").keys(" ssh\r");
    terminal.control("Name, such as team/wiki: ", "", 'c');
    let ended = terminal.end();
    is_screen_before("add_types", &ended, LEAVES);
    let mut terminal = start(&command(&scene, &["add", "login"]));
    terminal.answer("Name, such as team/wiki: ", "a b").answer("wiki: ", "team/wiki");
    terminal.answer("User name: ", "ada").answer("Password (g or Enter generates one): ", "g");
    terminal.answer("[Y/n/e] ", "");
    let ended = terminal.end();
    is_screen_before("add_review", &ended, "\r\nadded ");
    is_screen("add_end", &ended.shown);
}

#[test]
fn the_choice_of_a_credential() {
    let scene = Scene::new();
    let documents: Vec<_> = (0..40)
        .map(|number| {
            let description = if number % 3 == 0 {
                "a database of the shop, データベース, with a long description"
            } else {
                ""
            };
            serde_json::json!({"id": format!("prod/db/{number:02}"), "type": "login", "username": "app",
                "password": "S-x", "description": description})
        })
        .collect();
    scene.run_with(["add", "-q", "-f", "-"], serde_json::json!(documents).to_string()).ok();
    for (name, keys) in [("choice", ""), ("choice_filtered", "shop 3"), ("choice_without_match", "zzz")] {
        let mut terminal = start(&command(&scene, &["get"]));
        terminal.expect("> prod/db/00").keys(keys);
        if !keys.is_empty() {
            terminal.expect(" of 40");
        }
        terminal.keys("\u{1b}");
        is_screen_before(name, &terminal.end(), LEAVES);
    }
}

#[test]
fn the_question_before_a_deletion() {
    let scene = Scene::with_login();
    for number in 0..7 {
        scene.run(["ref", "add", "admin", &format!("/servers/host{number}")]).ok();
    }
    scene.run(["grant", "admin", "--api-proxy", "Payments"]).ok();
    let mut terminal = start(&command(&scene, &["delete", "admin"]));
    terminal.answer("[y/N] ", "y");
    is_screen("delete", &terminal.end().shown);
}

#[test]
fn the_question_before_a_replacement_and_the_answers_to_changes() {
    let scene = Scene::with_login();
    let changes = ["patch", "admin", "username=ops", "--description", "rack 4", "--label", "env=prod"];
    is_screen("patch", &start(&command(&scene, &changes)).end().shown);
    let mut terminal = start(&command(&scene, &["update", "admin", "username=ops"]));
    terminal.answer("Password: ", "S-new").answer("(again): ", "S-new").answer("[y/N] ", "y");
    is_screen("update", &terminal.end().shown);
}

#[test]
fn the_question_of_an_edit_that_somebody_else_overtook() {
    let scene = Scene::with_login();
    let theirs = format!("[ -e seen ] || {PROGRAM} patch admin username=theirs -q >/dev/null; touch seen");
    let mine = "sed -i 's/^#description:/description: mine/' \"$1\"";
    scene.file("ed", format!("#!/bin/sh\n{theirs}\n{mine}\n"));
    fs::set_permissions(scene.path("ed"), fs::Permissions::from_mode(0o755)).unwrap();
    let mut edit = command(&scene, &["edit", "admin"]);
    edit.env("EDITOR", scene.path("ed"));
    let mut terminal = start(&edit);
    terminal.answer("[y/N] ", "y");
    is_screen("edit_overtaken", &terminal.end().shown);
    // an unknown field is refused, and the second text is as it was: nothing changes
    scene.file("ed", "#!/bin/sh\n[ -e again ] || echo 'usrname: x' >> \"$1\"; touch again\n");
    is_screen("edit_refused", &start(&edit).end().shown);
}
