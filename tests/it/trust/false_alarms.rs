//! What is no attack: it is silent, or the one command that the message names goes on.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::on;
use crate::file::sweep::{strace, traced, was_reached};
use crate::support::{Run as _, Scene};

#[test]
fn a_restored_backup_is_accepted_with_one_command() {
    let scene = Scene::with_login();
    let backup = scene.bytes();
    scene.run(["patch", "admin", "domain=a"]).ok();
    scene.run(["patch", "admin", "domain=b"]).ok();
    fs::write(scene.vault(), backup).unwrap();
    scene.run(["get", "admin"]).exits(9).says("credctl trust");
    scene.run(["trust", "--yes"]).ok();
    assert_eq!(scene.get("admin")["fields"]["domain"], "test");
    scene.run(["patch", "admin", "domain=c"]).ok();
    scene.run(["trust"]).ok().prints("nothing to accept");
}

#[test]
fn a_write_that_failed_leaves_no_memory_ahead_of_the_vault() {
    if !strace() {
        return;
    }
    let scene = Scene::with_login();
    let mut reached = 0;
    for what in ["error=EIO", "signal=KILL"] {
        for call in ["renameat", "renameat2", "fsync", "linkat", "openat"] {
            for number in 1..40 {
                let words = ["patch", "admin", "--description", &format!("{what} {call} {number}")];
                let mut command = traced(&scene, &format!("{call}:{what}:when={number}"), &words);
                command.env("XDG_STATE_HOME", scene.path("home/state"));
                command.outcome("");
                let injected = was_reached(&scene);
                // whichever vault is there, it is one that this machine knows or that follows from it
                scene.run(["get", "admin"]).ok();
                if !injected {
                    break;
                }
                reached += 1;
            }
        }
    }
    scene.run(["patch", "admin", "--description", "later"]).ok();
    assert!(reached > 10, "only {reached} calls were reached");
}

#[test]
fn two_machines_in_turn_are_silent() {
    let scene = Scene::with_login();
    let friend = scene.recipient("friend.txt");
    let accepted = |machine: &str, words: &[&str]| {
        on(&scene, machine, &[words, &["--accept-recipients"]].concat()).outcome("").ok();
    };
    on(&scene, "laptop", &["get", "admin"]).outcome("").ok();
    // up to the longest list of ancestors, and beyond
    for gap in [1, 2, 4, 5, 15, 16, 17, 20] {
        for number in 0..gap {
            scene.run(["patch", "admin", "--description", &format!("{gap}-{number}")]).ok();
        }
        let read = on(&scene, "laptop", &["get", "admin"]).outcome("").ok();
        assert_eq!(read.stderr, "", "{gap}");
        accepted("laptop", &["patch", "admin", "domain=laptop"]);
        scene.run(["get", "admin"]).ok();
    }
    // another machine shuts somebody out, more than once, and takes changes back
    scene.run(["rekey", "--add-recipient", &friend]).ok();
    on(&scene, "laptop", &["get", "admin"]).outcome("").ok();
    for _ in 0..3 {
        scene.run(["rekey", "--remove-recipient", &friend]).ok();
        scene.run(["rekey", "--add-recipient", &friend]).ok();
    }
    scene.run(["rekey", "--remove-recipient", &friend]).ok();
    let read = on(&scene, "laptop", &["get", "admin"]).outcome("").ok();
    assert_eq!(read.stderr, "");
    scene.run(["patch", "admin", "domain=x"]).ok();
    scene.run(["undo", "-y"]).ok();
    on(&scene, "laptop", &["get", "admin"]).outcome("").ok();
    accepted("laptop", &["patch", "admin", "domain=laptop"]);
    scene.run(["get", "admin"]).ok();
}

#[test]
fn a_reader_without_a_memory_goes_on_in_silence() {
    let scene = Scene::with_login();
    // a fresh state folder
    let fresh = on(&scene, "fresh", &["get", "admin"]).outcome("").ok();
    assert_eq!(fresh.stderr, "");
    // none that can be made
    let read_only = scene.path("home/read-only");
    fs::create_dir_all(&read_only).unwrap();
    fs::set_permissions(&read_only, fs::Permissions::from_mode(0o500)).unwrap();
    fs::write(scene.path("home/file"), "").unwrap();
    for machine in ["read-only", "file"] {
        let read = on(&scene, machine, &["get", "admin"]).outcome("").ok();
        assert_eq!(read.stderr, "", "{machine}");
    }
    fs::set_permissions(&read_only, fs::Permissions::from_mode(0o700)).unwrap();
    let status = on(&scene, "file", &["status", "-o", "json"]).outcome("").ok().json();
    assert_eq!(status["memory"]["state"], "nothing", "{status}");
    on(&scene, "file", &["doctor"]).outcome("").exits(8).prints("would not notice an older copy");
    let status = scene.answer(["status"]);
    assert_eq!(status["memory"]["generation"], status["generation"]);
    scene.run(["doctor"]).ok();
    // one that others can write is not used, and that is said once
    let open = scene.path("home/open/credctl/pins");
    fs::create_dir_all(&open).unwrap();
    fs::set_permissions(&open, fs::Permissions::from_mode(0o777)).unwrap();
    let read = on(&scene, "open", &["get", "admin"]).outcome("").ok();
    assert_eq!(read.stderr.matches("cannot remember").count(), 1, "{}", read.stderr);
}

#[test]
fn verbs_that_bring_an_earlier_state_back_are_silent() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "domain=a"]).ok();
    for words in [
        &["undo", "-y"][..],
        &["undo", "-y"],
        &["rollback", "admin", "--revision", "1"],
        &["delete", "-y", "admin"],
        &["restore", "admin"],
        &["rekey", "--recipient", &scene.own()],
        &["purge", "-y", "--all"],
    ] {
        let outcome = scene.run(words).ok();
        assert!(!outcome.stderr.contains("trust"), "{words:?}: {}", outcome.stderr);
        let is_deleted = words[0] == "delete";
        scene.run(["get", "admin"]).exits(if is_deleted { 4 } else { 0 });
        scene.run(["list"]).ok();
    }
}

#[test]
fn copies_of_a_vault_live_on_at_several_paths() {
    let scene = Scene::with_login();
    fs::copy(scene.vault(), scene.path("copy.age")).unwrap();
    let older = scene.bytes();
    for domain in ["a", "b"] {
        scene.run(["patch", "admin", "domain=x", "--description", domain]).ok();
        scene.run(["patch", "admin", "--description", domain, "--vault", "copy.age"]).ok();
        scene.run(["get", "admin", "--vault", "copy.age"]).ok();
        scene.run(["get", "admin"]).ok();
    }
    // at each path an older one is refused
    fs::write(scene.path("copy.age"), &older).unwrap();
    scene.run(["get", "admin", "--vault", "copy.age"]).exits(9).says("an older copy");
    scene.run(["get", "admin"]).ok();
}

#[test]
fn a_new_vault_at_the_place_of_another_needs_no_question() {
    let scene = Scene::with_login();
    let own = scene.own();
    for name in scene.names().iter().filter(|name| name.starts_with("vault.age")) {
        fs::remove_file(scene.path(name)).unwrap();
    }
    scene.run(["init", "--recipient", &own]).ok();
    scene.login("again");
    scene.run(["get", "again"]).ok();
    scene.run(["init", "--force", "-y", "--recipient", &own]).ok();
    scene.login("third");
    scene.run(["get", "third"]).ok();
}
