//! The identity in the configuration folder, which needs no name.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::contract::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene, lab};

const PLACE: &str = "home/config/credctl/identity.txt";

/// A vault that the identity in its default place opens.
fn scene() -> Scene {
    let scene = Scene::bare();
    let notice = scene.run(["init", "--generate-identity"]).ok();
    assert!(notice.stderr.contains("credctl finds it there"), "{notice:?}");
    scene
}

#[test]
fn the_default_identity_is_found_without_a_name() {
    let scene = scene();
    assert_eq!(scene.mode(PLACE), 0o600);
    scene.run(["add", "Simple", "a", "value=env:HOME"]).ok();
    assert_eq!(scene.ids(), ["a"]);
    fs::set_permissions(scene.path(PLACE), fs::Permissions::from_mode(0o644)).unwrap();
    scene.run(["list"]).ok().says("by others");
}

#[test]
fn a_named_identity_is_the_only_one() {
    let scene = scene();
    scene.recipient("other.txt");
    scene.run(["list", "-i", "other.txt"]).exits(7);
    scene.command(["list"]).env("CREDCTL_IDENTITY", "other.txt").outcome("").exits(7);
    scene.configure(&format!("identity = \"{}\"\n", scene.text_path("other.txt")));
    scene.run(["list"]).exits(7);
}

#[test]
fn a_vault_that_opens_by_another_way_than_the_one_asked_for_is_refused() {
    let scene = scene();
    let file = scene.file("passphrase", "correct horse battery staple");
    scene.run(["list", "--passphrase-file", &file]).exits(7).says("locked to recipients");
    scene.run(["list"]).ok();
}

#[test]
fn the_error_about_a_missing_identity_names_the_default_place() {
    let scene = scene();
    fs::rename(scene.path(PLACE), scene.path("moved.txt")).unwrap();
    scene.run(["list"]).exits(7).says("needs an identity").says(&scene.text_path(PLACE));
    scene.run(["list", "-i", "moved.txt"]).ok();
}

#[test]
fn an_identity_in_the_default_place_is_never_overwritten() {
    let scene = scene();
    let before = fs::read(scene.path(PLACE)).unwrap();
    let own = lab::recipient(&scene.path(PLACE));
    let words = ["init", "--vault", "other.age", "--generate-identity"];
    scene.run(words).exits(5).says(&format!("credctl init --recipient {own}"));
    assert_eq!(fs::read(scene.path(PLACE)).unwrap(), before);
    assert!(!scene.path("other.age").exists());
}

#[test]
fn a_rekey_counts_the_default_identity_as_at_hand() {
    let scene = scene();
    let own = lab::recipient(&scene.path(PLACE));
    let other = scene.recipient("other.txt");
    scene.run(["rekey", "--recipient", &own, "--recipient", &other]).ok();
    // named in this call, the other one opens the vault; the default one still counts
    scene.run(["rekey", "--recipient", &own, "-i", "other.txt"]).ok();
    scene.run(["rekey", "--recipient", &other]).exits(2).says("none of your identities");
    scene.run(["list"]).ok();
}

#[test]
fn an_init_with_a_passphrase_tells_that_the_identity_does_not_open_the_vault() {
    let scene = scene();
    let own = lab::recipient(&scene.path(PLACE));
    let mut terminal = Terminal::start(&asking(&scene, &["init", "--vault", "second.age"]), "");
    terminal.expect(&format!("credctl init --recipient {own}"));
    terminal.answer("New passphrase for ", "abc").answer("(again): ", "abc");
    terminal.answer("Use it anyway? [y/N] ", "y");
    assert_eq!(terminal.end().status, 0);
}
