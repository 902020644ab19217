//! The program with changes that wait for the server of a vault.
#![cfg(feature = "remote-git")]

use std::fs;

use crate::support::{Outcome, Run as _, Scene, members};

use super::program::with_git::{repository, run};
use super::program::{at, with_identity};

/// A scene with a vault at an address that has a login `db`.
fn shared() -> (Scene, String) {
    let scene = with_identity();
    let address = repository(&scene);
    run(&scene, &address, "one", &["init", "--recipient", &scene.own()]).ok();
    run(&scene, &address, "one", &["add", "login", "db", "username=app", "password=-"]).ok();
    (scene, address)
}

/// A command of the first machine that keeps its change, because it asks no server.
fn queue(scene: &Scene, address: &str, words: &[&str]) -> Outcome {
    run(scene, address, "one", &[&["--offline", "--queue"], words].concat())
}

fn is_queued(scene: &Scene, address: &str) -> bool {
    members(&run(scene, address, "one", &["status", "-o", "json"]).json()).contains(&"queued")
}

#[test]
fn a_change_is_kept_and_stored_at_the_next_contact() {
    let (scene, address) = shared();
    run(&scene, &address, "one", &["--offline", "patch", "db", "username=root"])
        .exits(10)
        .says("needs the engine")
        .says("--queue keeps a change");
    queue(&scene, &address, &["patch", "db", "username=root", "--dry-run"]).ok();
    assert!(!is_queued(&scene, &address));
    queue(&scene, &address, &["patch", "db", "username=root"]).ok().says("kept on this machine");
    let get = ["get", "db", "--field", "username"];
    run(&scene, &address, "one", &["--offline", "get", "db", "--field", "username"])
        .ok()
        .prints("root")
        .says("with the changes that are queued since");
    run(&scene, &address, "two", &get).ok().prints("app");
    let status = run(&scene, &address, "one", &["status"]).ok().prints("1 generation of this machine");
    assert!(status.stdout().contains("queued.age"), "{status:?}");
    let answer = run(&scene, &address, "one", &["status", "-o", "json"]).json();
    assert_eq!(answer["queued"]["generations"], 1);
    assert!(answer["queued"]["since"].is_string() && answer["generation"] == 2, "{answer}");
    run(&scene, &address, "one", &["doctor", "--only", "queue"]).exits(8).prints("list --fresh --count");
    // the next one that the server answers
    run(&scene, &address, "one", &get).ok().prints("root").says("stored the queued changes").says("1 record");
    assert!(!is_queued(&scene, &address));
    run(&scene, &address, "one", &["doctor", "--only", "queue"]).ok();
    run(&scene, &address, "two", &get).ok().prints("root");
    let again = run(&scene, &address, "one", &get).ok().prints("root");
    assert!(!format!("{again:?}").contains("stored the queued"), "{again:?}");
    // a server that answers gets a change at once
    run(&scene, &address, "one", &["--queue", "patch", "db", "username=ada"]).ok();
    run(&scene, &address, "two", &get).ok().prints("ada");
    let mut variable = at(&scene, &address, "one", &["--offline", "patch", "db", "username=eve"]);
    variable.env("CREDCTL_QUEUE", "1").outcome("").ok().says("kept on this machine");
    run(&scene, &address, "one", &["--fresh", "--queue", "list"]).exits(2);
    // an error after the merge is not one after a change
    let missing = run(&scene, &address, "one", &["get", "nosuch"]).exits(4).says("stored the queued changes");
    assert!(!format!("{missing:?}").contains("the change was saved before"), "{missing:?}");
}

#[test]
fn what_others_changed_meanwhile_becomes_a_conflict() {
    let (scene, address) = shared();
    queue(&scene, &address, &["patch", "db", "username=mine"]).ok();
    queue(&scene, &address, &["add", "login", "own", "username=app", "password=-"]).ok();
    let patch = ["patch", "db", "username=theirs", "--accept-recipients"];
    run(&scene, &address, "two", &patch).ok();
    run(&scene, &address, "one", &["list"]).ok().prints("own").says("1 conflict of a merge is open");
    run(&scene, &address, "two", &["conflicts"]).ok().prints("db").prints("username");
    run(&scene, &address, "two", &["get", "db", "--field", "username"]).ok().prints("theirs");
}

#[test]
fn keys_and_files_need_the_server() {
    let (scene, address) = shared();
    scene.ssh_key("ed25519", "ops", "ops", "");
    let (own, other) = (scene.own(), scene.recipient("other"));
    let bundle = scene.text_path("bundle.age");
    let long = scene.file("long", vec![7; 20_000]);
    queue(&scene, &address, &["patch", "db", "username=root"]).ok();
    let before = run(&scene, &address, "one", &["status", "-o", "json"]).json();
    let refused: [&[&str]; 8] = [
        &["rekey", "--recipient", &own, "--recipient", &other, "--yes"],
        &["recipients", "add", &other],
        &["sign", "--with", "ops", "--yes"],
        &["undo"],
        &["merge", &scene.text_path("nosuch.age")],
        &["purge", "--all", "--yes"],
        &["deploy"],
        &["environment", "add", "prod", "--recipient", &own, "--api-proxy", "web", "--out", &bundle],
    ];
    for words in refused {
        queue(&scene, &address, words).exits(10).says("cannot be queued");
    }
    let elsewhere = address.replace("team.age", "other.age");
    queue(&scene, &elsewhere, &["init", "--recipient", &own]).exits(10).says("cannot be queued");
    queue(&scene, &address, &["attach", "db", &long]).exits(10).says("more than 16 KiB");
    assert_eq!(run(&scene, &address, "one", &["status", "-o", "json"]).json(), before);
    assert!(!scene.path("bundle.age").exists());
}

#[test]
fn a_signed_vault_needs_its_key_to_queue() {
    let (scene, address) = shared();
    scene.ssh_key("ed25519", "ops", "ops", "");
    run(&scene, &address, "one", &["sign", "--with", "ops", "--yes"]).ok();
    queue(&scene, &address, &["patch", "db", "username=root"]).exits(6).says("sign");
    assert!(!is_queued(&scene, &address));
    let with_key = |words: &[&str]| {
        run(&scene, &address, "one", &[&["--signing-key", &scene.text_path("ops")], words].concat())
    };
    with_key(&["--offline", "--queue", "patch", "db", "username=root"]).ok();
    // without the key, a read uses what the server has, and nothing is lost
    let get = ["get", "db", "--field", "username"];
    run(&scene, &address, "one", &get).ok().prints("app").says("are not stored at");
    run(&scene, &address, "one", &["patch", "db", "username=eve"]).exits(6).says("sign");
    assert!(is_queued(&scene, &address));
    with_key(&get).ok().prints("root").says("stored the queued changes");
    run(&scene, &address, "two", &get).ok().prints("root");
}

#[test]
fn bundles_follow_when_the_queue_is_stored() {
    let (scene, address) = shared();
    let (bundle, own) = (scene.text_path("bundle.age"), scene.own());
    run(&scene, &address, "one", &["grant", "db", "--api-proxy", "web"]).ok();
    let add = ["environment", "add", "prod", "--recipient", &own, "--api-proxy", "web", "--out", &bundle];
    run(&scene, &address, "one", &add).ok();
    let get = ["get", "db", "--field", "username"];
    let deployed = || run(&scene, &bundle, "server", &get).ok();
    queue(&scene, &address, &["patch", "db", "username=root"]).ok();
    // also a change that comes to nothing writes none
    queue(&scene, &address, &["patch", "db", "username=root"]).ok();
    deployed().prints("app");
    run(&scene, &address, "one", &get).ok().prints("root");
    deployed().prints("root");
}

#[test]
fn processes_that_queue_at_once_lose_nothing() {
    let (scene, address) = shared();
    let password = scene.file("password", "new-password");
    let add = |id: &str, options: &[&str]| {
        let words = [options, &["add", "login", id, "username=app", "password=-"]].concat();
        at(&scene, &address, "one", &words).stdin(fs::File::open(&password).unwrap()).spawn().unwrap()
    };
    let ids = ["a", "b", "c", "d", "e", "f"];
    for mut child in ids.map(|id| add(id, &["--offline", "--queue", "-q"])) {
        assert!(child.wait().unwrap().success());
    }
    // one process stores the queue while others add to it
    let readers = [(); 2].map(|()| at(&scene, &address, "one", &["list", "-q"]).spawn().unwrap());
    let writers = ["g", "h", "i"].map(|id| add(id, &["--offline", "--queue", "-q"]));
    for mut child in readers.into_iter().chain(writers) {
        assert!(child.wait().unwrap().success());
    }
    let list = run(&scene, &address, "one", &["list", "-o", "name"]).ok();
    let mut found: Vec<_> = list.stdout().lines().collect();
    found.sort_unstable();
    assert_eq!(found, ["a", "b", "c", "d", "db", "e", "f", "g", "h", "i"], "{list:?}");
    let two = run(&scene, &address, "two", &["list", "-o", "name"]).ok();
    assert_eq!(two.stdout().lines().count(), found.len());
}
