//! The paths of a vault: a link or a folder in its place, and copies at new paths.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::{Value, json};

use super::attacks::FORGER;
use crate::support::{Scene, lab};

/// A vault in a folder of its own, and an older copy of it elsewhere.
fn in_folder() -> Scene {
    let scene = Scene::with_login();
    fs::create_dir(scene.path("team")).unwrap();
    fs::create_dir(scene.path("old")).unwrap();
    fs::rename(scene.vault(), scene.path("team/v.age")).unwrap();
    fs::copy(scene.path("team/v.age"), scene.path("old/v.age")).unwrap();
    let vault = scene.text_path("team/v.age");
    scene.run(["patch", "admin", "domain=new", "--vault", &vault]).ok();
    scene
}

#[test]
fn a_link_in_the_place_of_a_vault_is_judged_as_the_vault() {
    let scene = in_folder();
    let vault = scene.path("team/v.age");
    let get = || scene.run(["get", "admin", "--vault", vault.to_str().unwrap()]);
    fs::rename(&vault, scene.path("team/was.age")).unwrap();
    symlink("../old/v.age", &vault).unwrap();
    get().exits(9).says("an older copy");
    // another vault, which this machine knows from its own path
    scene.run(["init", "--vault", "second.age", "--recipient", &scene.own()]).ok();
    scene.run(["list", "--vault", "second.age"]).ok();
    fs::remove_file(&vault).unwrap();
    symlink(scene.path("second.age"), &vault).unwrap();
    scene.run(["list", "--vault", vault.to_str().unwrap()]).exits(9).says("another vault at this path");
    // the vault itself at another place is still the vault
    fs::remove_file(&vault).unwrap();
    symlink("was.age", &vault).unwrap();
    get().ok();
}

#[test]
fn a_folder_in_the_place_of_another_is_judged_as_that_one() {
    let scene = in_folder();
    let get = || scene.run(["get", "admin", "--vault", &scene.text_path("team/v.age")]);
    get().ok();
    fs::rename(scene.path("team"), scene.path("was")).unwrap();
    symlink("old", scene.path("team")).unwrap();
    get().exits(9).says("an older copy");
    // a folder that was moved there
    fs::remove_file(scene.path("team")).unwrap();
    fs::rename(scene.path("old"), scene.path("team")).unwrap();
    get().exits(9).says("an older copy");
    fs::rename(scene.path("team"), scene.path("old")).unwrap();
    fs::rename(scene.path("was"), scene.path("team")).unwrap();
    get().ok();
}

#[test]
fn a_vault_behind_a_link_is_the_same_one_by_both_paths() {
    let scene = in_folder();
    symlink("team/v.age", scene.path("link.age")).unwrap();
    symlink("team", scene.path("shared")).unwrap();
    let paths = ["team/v.age", "link.age", "shared/v.age", "./shared/../team/v.age"];
    for round in 0..3 {
        for path in paths {
            let text = format!("{round} {path}");
            let written = scene.run(["patch", "admin", "--description", &text, "--vault", path]).ok();
            assert!(!written.stderr.contains("warning"), "{written:?}");
            for path in paths {
                assert_eq!(scene.run(["get", "admin", "--vault", path]).ok().stderr, "", "{path}");
            }
        }
    }
    // what is accepted by one path is accepted by that one and by the path behind it
    fs::copy(scene.path("old/v.age"), scene.path("team/v.age")).unwrap();
    for path in ["link.age", "team/v.age"] {
        scene.run(["get", "admin", "--vault", path]).exits(9);
    }
    scene.run(["trust", "-y", "--vault", "link.age"]).ok();
    for path in ["link.age", "team/v.age"] {
        scene.run(["get", "admin", "--vault", path]).ok();
    }
}

#[test]
fn a_vault_at_a_new_path_is_locked_to_known_recipients_alone() {
    let scene = Scene::with_login();
    let own = scene.own();
    let mut document: Value = serde_json::from_str(&scene.text()).unwrap();
    document.as_object_mut().unwrap().remove("index");
    document["recipients"] = json!([own, FORGER]);
    lab::encrypt_to(document.to_string().as_bytes(), &scene.path("new.age"), &[&own, FORGER]);
    let before = fs::read(scene.path("new.age")).unwrap();
    scene.run(["list", "--vault", "new.age"]).ok();
    scene.run(["patch", "admin", "domain=x", "--vault", "new.age"]).exits(9).says(FORGER);
    assert!(fs::read(scene.path("new.age")).unwrap() == before);
    // one that was accepted there is known there, and the vault at its own path stays as it was
    scene.run(["patch", "admin", "domain=x", "--vault", "new.age", "--accept-recipients"]).ok();
    for domain in ["a", "b"] {
        let domain = format!("domain={domain}");
        for vault in ["new.age", "vault.age"] {
            let written = scene.run(["patch", "admin", &domain, "--vault", vault]).ok();
            assert!(!written.stderr.contains(FORGER), "{written:?}");
        }
    }
}
