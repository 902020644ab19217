//! The files that are not merged, the recipients of both sides, and the attachments.

use std::fs;

use serde_json::json;

use super::TwoMachines;
use crate::support::{Run as _, Scene};

#[test]
fn another_vault_is_refused() {
    let two = TwoMachines::new();
    let other = Scene::with_login();
    let before = two.scene.bytes();
    let copy = two.scene.path("other.age");
    fs::copy(other.vault(), &copy).unwrap();
    // with a key for each of them
    let keys = [two.scene.text_path("identity.txt"), other.text_path("identity.txt")];
    let words = ["merge", copy.to_str().unwrap(), "-i", &keys[0], "-i", &keys[1]];
    two.scene.run(words).exits(5).says("the files are two vaults");
    assert_eq!(two.scene.bytes(), before);
    two.scene.run(["merge", "missing.age"]).exits(10);
    fs::write(two.scene.path("junk.age"), "junk").unwrap();
    two.scene.run(["merge", &two.scene.text_path("junk.age")]).exits(9);
    assert_eq!(two.scene.bytes(), before);
}

#[test]
fn two_older_copies_do_not_replace_what_this_machine_has_seen() {
    let two = TwoMachines::new();
    let older = two.scene.bytes();
    two.change_there(&["add", "Simple", "there", "value=-"]);
    two.scene.run(["patch", "admin", "domain=here"]).ok();
    two.scene.run(["patch", "admin", "domain=later"]).ok();
    fs::write(two.scene.vault(), &older).unwrap();
    two.scene.run(["merge", two.copy()]).exits(9).says("generation");
    assert_eq!(two.scene.bytes(), older);
}

#[test]
fn a_removed_recipient_stays_removed_and_what_it_could_read_is_marked() {
    let two = TwoMachines::new();
    let friend = two.scene.recipient("friend.txt");
    two.scene.run(["recipients", "add", &friend, "--name", "Friend"]).ok();
    fs::copy(two.scene.vault(), &two.copy).unwrap();
    two.change_there(&["add", "Simple", "there", "value=-"]);
    two.scene.run(["recipients", "remove", "Friend", "-y"]).ok();
    // the removed person knows the seal of this file, and may have made it
    two.scene.run(["merge", two.copy()]).exits(9).says("shut out");
    let merged = two.scene.answer(["merge", two.copy(), "--accept-older"]);
    assert_eq!(merged["keptOutRecipients"], json!(["Friend"]));
    assert_eq!(merged["rotateRequired"], json!(["there"]));
    assert_eq!(two.scene.answer(["recipients", "list"])["items"].as_array().unwrap().len(), 1);
    // the other machine follows
    fs::copy(two.scene.vault(), &two.copy).unwrap();
    two.there(&["get", "there"]).outcome("").ok();
}

#[test]
fn a_new_recipient_of_their_side_is_accepted_by_name() {
    let two = TwoMachines::new();
    let friend = two.scene.recipient("friend.txt");
    two.there(&["recipients", "add", &friend, "--name", "Friend", "--accept-recipients"]).outcome("").ok();
    two.scene.run(["patch", "admin", "domain=here"]).ok();
    let before = two.scene.bytes();
    two.scene.run(["merge", two.copy()]).exits(9).says(&friend);
    assert_eq!(two.scene.bytes(), before);
    let merged = two.scene.answer(["merge", two.copy(), "--accept-recipients"]);
    assert_eq!(merged["addedRecipients"], json!(["Friend"]));
    let members = two.scene.answer(["recipients", "list"]);
    assert!(members["items"].as_array().unwrap().iter().any(|one| one["name"] == "Friend"), "{members}");
}

#[test]
fn attachments_come_along_and_missing_ones_are_named() {
    let two = TwoMachines::new();
    let content = vec![7_u8; 100_000];
    fs::write(two.scene.path("big.bin"), &content).unwrap();
    two.change_there(&["attach", "admin", &two.scene.text_path("big.bin")]);
    two.scene.run(["patch", "admin", "domain=here"]).ok();
    let folder = two.scene.path("copy.age.d");
    assert!(folder.exists());
    let away = two.scene.path("away.d");
    fs::rename(&folder, &away).unwrap();
    let tried = two.scene.run(["merge", two.copy()]).ok();
    tried.says("is missing");
    fs::rename(&away, &folder).unwrap();
    two.scene.run(["undo"]).ok();
    let again = TwoMachines::new();
    fs::write(again.scene.path("big.bin"), &content).unwrap();
    again.change_there(&["attach", "admin", &again.scene.text_path("big.bin")]);
    again.scene.run(["patch", "admin", "domain=here"]).ok();
    let merged = again.scene.run(["merge", again.copy()]).ok();
    assert_eq!(merged.stderr, "");
    let out = again.scene.path("out.bin");
    again.scene.run(["get", "admin", "--attachment", "big.bin", "--out", out.to_str().unwrap()]).ok();
    assert_eq!(fs::read(out).unwrap(), content);
    assert_eq!(again.scene.get("admin")["fields"]["domain"], "here");
}

#[test]
fn a_result_of_its_own_has_the_attachments_of_both_sides() {
    let two = TwoMachines::new();
    let sides = [("here.bin", 8_u8), ("there.bin", 9)];
    for (name, byte) in sides {
        fs::write(two.scene.path(name), vec![byte; 100_000]).unwrap();
    }
    two.change_there(&["add", "Simple", "there", "value=-"]);
    two.change_there(&["attach", "there", &two.scene.text_path("there.bin")]);
    two.scene.run(["attach", "admin", &two.scene.text_path("here.bin")]).ok();
    let vault = two.scene.vault();
    let out = two.scene.text_path("merged.age");
    let merged = two.scene.run(["merge", vault.to_str().unwrap(), two.copy(), "--out", &out]).ok();
    assert_eq!(merged.stderr, "");
    for ((name, byte), id) in sides.into_iter().zip(["admin", "there"]) {
        let file = two.scene.text_path(&format!("out-{name}"));
        let words = ["--vault", &out, "get", id, "--attachment", name, "--out", &file];
        two.scene.run(words).ok();
        assert_eq!(fs::read(file).unwrap(), vec![byte; 100_000]);
    }
}
