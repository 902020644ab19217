//! `trust` and `--accept-older`: what is shown, what is asked, and what is accepted.

use std::fs;

use serde_json::json;

use super::attacks::{FORGER, forge, seal};
use super::on;
use crate::contract::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene};

/// A vault with an older copy of it in its place; the copy and the latest one.
fn rolled_back() -> (Scene, Vec<u8>, Vec<u8>) {
    let scene = Scene::with_login();
    let older = scene.bytes();
    scene.run(["patch", "admin", "domain=new"]).ok();
    let latest = scene.bytes();
    fs::write(scene.vault(), &older).unwrap();
    (scene, older, latest)
}

#[test]
fn accept_older_reads_for_one_call_and_writes_never() {
    let (scene, older, latest) = rolled_back();
    for words in [
        &["--accept-older", "get", "admin", "--field", "domain"][..],
        &["get", "admin", "--field", "domain", "--accept-older"],
    ] {
        let read = scene.run(words).ok().says("an older copy");
        assert_eq!(read.stdout(), "test");
    }
    scene.run(["list", "--accept-older"]).ok();
    scene.run(["export", "--accept-older", "--no-secrets"]).ok();
    for words in [
        &["patch", "admin", "domain=x"][..],
        &["add", "Simple", "more", "value=-"],
        &["undo", "-y"],
        &["rekey", "--recipient", &scene.own()],
        &["deploy"],
    ] {
        scene.refuses(9, [words, &["--accept-older"]].concat(), "x");
    }
    // nothing was accepted
    scene.run(["get", "admin"]).exits(9);
    // neither the environment nor the configuration accepts one
    scene.command(["get", "admin"]).env("CREDCTL_ACCEPT_OLDER", "1").outcome("").exits(9);
    assert_eq!(scene.bytes(), older);
    fs::write(scene.vault(), latest).unwrap();
    let fine = scene.run(["get", "admin", "--accept-older"]).ok();
    assert_eq!(fine.stderr, "");
    scene.run(["patch", "admin", "domain=x", "--accept-older"]).ok();
}

#[test]
fn trust_shows_the_difference_and_accepts_it_once() {
    let (scene, older, _) = rolled_back();
    scene.run(["trust"]).exits(2).says("--yes").says("--dry-run");
    scene.run(["get", "admin"]).exits(9);
    let shown = scene.run(["trust", "--dry-run"]).ok();
    shown.prints("generation 3").prints("generation 2").prints("an older copy").prints(&scene.own());
    let shown = scene.answer(["trust", "-n"]);
    assert_eq!(shown["differs"], json!(true));
    assert_eq!(shown["accepted"], json!(false));
    assert_eq!((&shown["known"]["generation"], &shown["found"]["generation"]), (&json!(3), &json!(2)));
    assert_eq!(shown["found"]["seal"], "same");
    assert_eq!(shown["found"]["recipients"][0]["known"], json!(true));
    scene.run(["get", "admin"]).exits(9);
    let accepted = scene.answer(["trust", "-y"]);
    assert_eq!(accepted["accepted"], json!(true));
    assert_eq!(scene.bytes(), older);
    let nothing = scene.answer(["trust"]);
    assert_eq!(nothing["differs"], json!(false));
    scene.run(["get", "admin"]).ok();
    scene.run(["patch", "admin", "domain=x"]).ok();
}

#[test]
fn a_question_comes_before_the_acceptance() {
    let (scene, ..) = rolled_back();
    for (answer, status, after) in [("n", 2, 9), ("y", 0, 0)] {
        let mut terminal = Terminal::start(&asking(&scene, &["trust"]), "");
        terminal.answer("Accept this file", answer);
        assert_eq!(terminal.end().status, status);
        scene.run(["get", "admin"]).exits(after);
    }
}

#[test]
fn what_was_not_shown_is_not_accepted() {
    // an older copy is shown; then something else takes its place before the answer
    let other_vault = |scene: &Scene| {
        on(scene, "attacker", &["init", "--vault", "theirs.age", "--recipient", &scene.own()])
            .outcome("")
            .ok();
        fs::read(scene.path("theirs.age")).unwrap()
    };
    let oldest = |scene: &Scene| fs::read(scene.path("oldest.age")).unwrap();
    let forged = |scene: &Scene| {
        forge(scene, &[&scene.own(), FORGER], |document| document["seal"] = json!(seal()));
        scene.bytes()
    };
    for swap in [other_vault as fn(&Scene) -> Vec<u8>, oldest, forged] {
        let scene = Scene::with_login();
        fs::copy(scene.vault(), scene.path("oldest.age")).unwrap();
        scene.run(["patch", "admin", "domain=a"]).ok();
        let older = scene.bytes();
        scene.run(["patch", "admin", "domain=b"]).ok();
        let latest = scene.bytes();
        let swapped = swap(&scene);
        fs::write(scene.vault(), &older).unwrap();
        let mut terminal = Terminal::start(&asking(&scene, &["trust"]), "");
        terminal.expect("Accept this file");
        fs::write(scene.vault(), &swapped).unwrap();
        terminal.keys("y\n");
        let ended = terminal.end();
        assert_eq!(ended.status, 5, "{ended:?}");
        assert!(ended.shown.contains("replaced while it was shown"), "{ended:?}");
        // neither the one that was shown nor the one that is there now
        scene.run(["list"]).exits(9);
        fs::write(scene.vault(), &older).unwrap();
        scene.run(["list"]).exits(9);
        fs::write(scene.vault(), &latest).unwrap();
        scene.run(["list"]).ok();
    }
}

#[test]
fn an_accepted_vault_may_be_written_for_its_recipients() {
    let scene = Scene::with_login();
    let friend = scene.recipient("friend.txt");
    // on another machine, which makes another vault for both
    let words = ["init", "--vault", "theirs.age", "--recipient", &scene.own(), "--recipient", &friend];
    on(&scene, "other", &words).outcome("").ok();
    fs::copy(scene.path("theirs.age"), scene.vault()).unwrap();
    scene.run(["list"]).exits(9).says("another vault");
    let shown = scene.answer(["trust", "-y"]);
    assert_ne!(shown["known"]["id"], shown["found"]["id"]);
    scene.run(["list"]).ok();
    let told = scene.run_with(["add", "Simple", "a", "value=-"], "x").ok();
    assert!(!told.stderr.contains("first time"), "{}", told.stderr);
}

#[test]
fn a_read_makes_no_recipient_known() {
    let scene = Scene::with_login();
    let friend = scene.recipient("friend.txt");
    scene.run(["rekey", "--add-recipient", &friend]).ok();
    on(&scene, "other", &["get", "admin"]).outcome("").ok();
    on(&scene, "other", &["trust"]).outcome("").ok();
    let told = on(&scene, "other", &["patch", "admin", "domain=x"]).outcome("").ok();
    told.says("for the first time").says(&friend);
}
