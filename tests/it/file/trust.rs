//! Whom a write locks the vault to: the roster and the environments are no orders until this machine knows
//! their recipients, or the operator agrees.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use crate::support::{Run as _, Scene, lab};

/// A recipient whose identity nobody has.
const STRANGER: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

/// Locks the vault as it is to more recipients, and names them inside: what a colleague does, or a forger.
fn forge(scene: &Scene, roster: &[&str], to: &[&str]) {
    let mut document: serde_json::Value = serde_json::from_str(&scene.text()).unwrap();
    document.as_object_mut().unwrap().remove("index");
    document["recipients"] = json!(roster);
    lab::encrypt_to(document.to_string().as_bytes(), &scene.vault(), to);
    // judged by its roster alone
    scene.forget();
}

fn add(scene: &Scene, words: &[&str]) -> crate::support::Outcome {
    scene.run_with([&["add", "Simple", "new", "value=-"], words].concat(), "x")
}

#[test]
fn a_recipient_that_is_new_to_this_machine_is_refused_until_it_is_accepted() {
    let scene = Scene::with_login();
    let own = scene.own();
    forge(&scene, &[&own, STRANGER], &[&own, STRANGER]);
    let before = scene.bytes();
    for words in [
        &["add", "Simple", "new", "value=-"][..],
        &["patch", "admin", "--description", "x"],
        &["delete", "-y", "admin"],
        &["rekey", "--add-recipient", &scene.recipient("friend.txt")],
    ] {
        let outcome = scene.run_with(words, "x").exits(9);
        outcome.says(STRANGER).says("--accept-recipients");
        assert_eq!(scene.bytes(), before, "{words:?}");
    }
    // reading needs no agreement
    scene.run(["list"]).ok();
    add(&scene, &["--accept-recipients"]).ok();
    // from now on they are known
    scene.run(["delete", "-y", "new"]).ok();
    // and one that was removed is not
    scene.run(["rekey", "--remove-recipient", STRANGER]).ok();
    forge(&scene, &[&own, STRANGER], &[&own, STRANGER]);
    add(&scene, &[]).exits(9);
    scene.run(["rekey", "--remove-recipient", STRANGER]).ok();
    add(&scene, &[]).ok();
}

#[test]
fn another_vault_in_the_place_of_a_known_one_is_not_written() {
    let scene = Scene::with_login();
    let own = scene.own();
    let mut document: serde_json::Value = serde_json::from_str(&scene.text()).unwrap();
    document["id"] = json!("6b1551db-b7fa-473d-a05c-43524badb11b");
    document["recipients"] = json!([own, STRANGER]);
    lab::encrypt_to(document.to_string().as_bytes(), &scene.vault(), &[&own, STRANGER]);
    let before = scene.bytes();
    for words in
        [&["patch", "admin", "--description", "x"][..], &["--accept-recipients", "delete", "-y", "admin"]]
    {
        scene.run(words).exits(9).says("credctl trust");
        assert_eq!(scene.bytes(), before);
    }
}

#[test]
fn the_first_write_of_a_machine_lists_the_recipients_once() {
    let scene = Scene::with_login();
    let own = scene.own();
    forge(&scene, &[&own, STRANGER], &[&own, STRANGER]);
    let new_machine = |words: &[&str]| {
        scene
            .command([&["add", "Simple", "new", "value=-", "-q"], words].concat())
            .env("XDG_STATE_HOME", scene.path("home/other"))
            .outcome("x")
    };
    new_machine(&[]).ok().says(STRANGER).says(&own);
    // once
    scene.run(["delete", "-y", "new", "--accept-recipients"]).ok();
    let told = new_machine(&[]).ok();
    assert_eq!(told.stderr, "");
}

#[test]
fn a_file_that_is_locked_to_others_than_its_roster_is_not_written() {
    let scene = Scene::with_login();
    let own = scene.own();
    for (number, (roster, to)) in [
        (&[STRANGER][..], &[own.as_str()][..]),
        (&[own.as_str()], &[own.as_str(), STRANGER]),
        (&[own.as_str(), STRANGER], &[own.as_str()]),
        (&[], &[own.as_str()]),
        (
            &["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN"],
            &[own.as_str()],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        forge(&scene, roster, to);
        let before = scene.bytes();
        let state = scene.path(&format!("home/never-{number}"));
        let outcome =
            scene.command(["add", "Simple", "new", "value=-"]).env("XDG_STATE_HOME", state).outcome("x");
        outcome.exits(9).says("--accept-recipients");
        assert_eq!(scene.bytes(), before, "{roster:?}");
        scene.run(["list"]).ok();
    }
}

#[test]
fn a_bundle_for_an_unknown_recipient_is_refused_until_it_is_accepted() {
    let scene = Scene::with_login();
    let friend = scene.recipient("friend.txt");
    let out = scene.text_path("gw.age");
    let environment =
        |recipient: &str| json!([{"name": "gw", "project": "admin", "recipients": [recipient], "out": out}]);
    scene.edit(|document| document["environments"] = environment(STRANGER));
    add(&scene, &[]).exits(9).says(STRANGER).says("gw");
    scene.run(["deploy"]).exits(9);
    assert!(!scene.path("gw.age").exists());
    scene.run(["environment", "remove", "gw"]).ok();
    // what the operator names is known, also after it was taken back
    scene.run(["environment", "add", "gw", "--recipient", &friend, "--out", &out]).ok();
    add(&scene, &[]).ok();
    scene.run(["environment", "remove", "gw"]).ok();
    scene.run(["undo"]).ok();
    scene.run(["deploy"]).ok();
    scene.edit(|document| document["environments"] = environment(STRANGER));
    scene.run(["rekey", "--recipient", &scene.own()]).exits(9).says(STRANGER);
    scene.run(["deploy", "--accept-recipients"]).ok();
    scene.run(["delete", "-y", "new"]).ok();
}

#[test]
fn a_write_without_a_state_folder_succeeds_with_one_warning() {
    let scene = Scene::with_login();
    for (what, mode) in [("closed", 0o500), ("open to others", 0o777)] {
        let state = scene.path(&format!("home/{mode:o}"));
        fs::create_dir_all(state.join("credctl/pins")).unwrap();
        let modes = |mode| {
            for folder in [state.join("credctl/pins"), state.join("credctl")] {
                fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
            }
        };
        modes(mode);
        let words = ["patch", "admin", "--description", what];
        let outcome = scene.command(words).env("XDG_STATE_HOME", &state).outcome("").ok();
        // root writes where it may not
        if mode == 0o777 || !rustix::process::geteuid().is_root() {
            assert_eq!(outcome.stderr.matches("cannot remember").count(), 1, "{}", outcome.stderr);
        }
        modes(0o700);
    }
    let file = scene.file("a-file", "");
    let outcome =
        scene.command(["patch", "admin", "--description", "z"]).env("XDG_STATE_HOME", file).outcome("");
    assert_eq!(outcome.ok().stderr.matches("cannot remember").count(), 1);
}

#[test]
fn an_undone_or_rekeyed_vault_is_known() {
    let scene = Scene::with_login();
    let own = scene.own();
    let friend = scene.recipient("friend.txt");
    scene.run(["rekey", "--recipient", &own, "--recipient", &friend]).ok();
    let quiet = |words: &[&str]| assert!(!scene.run(words).ok().stderr.contains("warning"), "{words:?}");
    quiet(&["patch", "admin", "--description", "x"]);
    quiet(&["undo"]);
    quiet(&["undo"]);
    quiet(&["rekey", "--remove-recipient", &friend]);
    quiet(&["init", "--force", "--recipient", &own, "--recipient", &friend]);
    quiet(&["policy", "add", "P1", "--type", "route", "--route-to", "x", "--description", "d"]);
}

#[test]
fn a_passphrase_file_for_a_vault_with_recipients_is_refused() {
    let scene = Scene::with_login();
    let passphrase = scene.file("pass.txt", "correct horse battery\n");
    for words in [&["list"][..], &["patch", "admin", "--description", "x"], &["rekey", "-n"]] {
        let outcome = scene.run([&["--passphrase-file", &passphrase], words].concat());
        outcome.exits(7).says("locked to recipients");
    }
    // in the environment it may be meant for another vault
    scene.command(["list"]).env("CREDCTL_PASSPHRASE", "x").outcome("").ok();
}
