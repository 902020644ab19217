//! The conflicts that a merge leaves open, and the choice of a side.

use serde_json::{Value, json};

use super::TwoMachines;
use crate::contract::prompts::asking;
use crate::support::Run as _;
use crate::support::terminal::Terminal;

/// Two machines that have set one password to different values, after a merge.
fn conflicted() -> TwoMachines {
    let two = TwoMachines::new();
    two.scene.run_with(["patch", "admin", "password=-", "domain=here"], "mine-3141").ok();
    two.there(&["patch", "admin", "password=-", "--accept-recipients"]).outcome("yours-2718").ok();
    let merged = two.scene.run(["merge", two.copy()]).exits(8);
    merged.prints("1 conflict").prints("password").says("conflict").hides("2718").hides("3141");
    two
}

#[test]
fn ours_stays_and_theirs_is_one_command_away() {
    let two = conflicted();
    let password = || two.scene.run(["get", "admin", "--field", "password"]).ok().stdout().to_owned();
    assert_eq!(password(), "mine-3141");
    let listed = two.scene.answer(["conflicts"]);
    let [conflict] = &listed["items"].as_array().unwrap()[..] else { panic!("{listed}") };
    assert_eq!((&conflict["id"], &conflict["fields"]), (&json!("admin"), &json!(["password"])));
    assert_eq!((&conflict["kind"], &conflict["record"]), (&json!("changed"), &json!("credential")));
    assert!(!listed.to_string().contains("2718"));
    two.scene.run(["conflicts"]).ok().prints("password changed on both sides");
    // `status` and `doctor` mention the conflict, and exports do not contain it
    two.scene.run(["status"]).ok().prints("1 conflict of a merge is open");
    assert_eq!(two.scene.answer(["status"])["conflicts"], json!(1));
    two.scene.run(["doctor", "--only", "conflicts"]).exits(8).prints("credctl");
    assert!(!two.scene.run(["export"]).ok().stdout().contains("2718"));
    // nothing changes before the choice
    two.scene.run(["resolve", "admin", "--theirs", "--dry-run"]).ok();
    assert_eq!(password(), "mine-3141");
    two.scene.run(["resolve", "admin", "--theirs"]).ok();
    assert_eq!(password(), "yours-2718");
    assert_eq!(two.scene.get("admin")["fields"]["domain"], "here");
    two.scene.run(["conflicts"]).ok().says("no conflicts are open");
    two.scene.run(["resolve", "admin", "--theirs"]).exits(4).says("credctl conflicts");
    // both values are in the history, and the merge of the same file asks nothing again
    two.scene.run(["merge", two.copy()]).ok().prints("nothing to merge");
    two.scene.run(["doctor", "--only", "conflicts"]).ok();
}

#[test]
fn fields_are_resolved_one_by_one() {
    let two = conflicted();
    two.scene.run(["resolve", "admin", "domain=ours"]).exits(4).says("password");
    two.scene.run(["resolve", "admin", "password"]).exits(2).says("FIELD=ours");
    two.scene.run(["resolve", "admin"]).exits(2).says("--theirs");
    two.scene.run(["resolve", "admin", "password=ours"]).ok();
    assert_eq!(two.scene.run(["get", "admin", "--field", "password"]).ok().stdout(), "mine-3141");
    assert_eq!(two.scene.answer(["conflicts"])["items"], json!([]));
}

#[test]
fn a_terminal_asks_and_shows_values_only_if_they_are_wanted() {
    let two = conflicted();
    let mut terminal = Terminal::start(&asking(&two.scene, &["resolve", "admin", "-n"]), "");
    terminal.answer("Keep password of ours or theirs?", "t");
    let end = terminal.end();
    assert_eq!(end.status, 0);
    assert!(!end.shown.contains("2718"), "{}", end.shown);
    let mut terminal = Terminal::start(&asking(&two.scene, &["resolve", "admin", "--reveal"]), "");
    terminal.answer("Keep password of ours or theirs?", "t");
    let end = terminal.end();
    assert!(end.shown.contains("yours-2718") && end.shown.contains("mine-3141"), "{}", end.shown);
    assert_eq!(two.scene.run(["get", "admin", "--field", "password"]).ok().stdout(), "yours-2718");
}

#[test]
fn a_deletion_takes_its_conflict_along_and_a_rename_keeps_it() {
    let two = conflicted();
    two.scene.run(["rename", "admin", "root"]).ok();
    assert_eq!(two.scene.answer(["conflicts"])["items"][0]["id"], "root");
    two.scene.run(["delete", "root", "-y"]).ok();
    assert_eq!(two.scene.answer(["conflicts"])["items"], json!([]));
}

#[test]
fn a_conflict_that_cannot_be_read_is_kept_and_named() {
    let scene = conflicted().scene;
    scene.login("other");
    let odd = json!({"id": "Simple", "since": "2027-01-01T00:00:00.000000Z"});
    scene.edit(|document| document["conflicts"].as_array_mut().unwrap().push(odd.clone()));
    scene.run(["conflicts"]).exits(9).says("section conflicts");
    // a change of something else does not look at conflicts, and a deletion forgets its own alone
    scene.run(["patch", "other", "--description", "x"]).ok();
    scene.run(["delete", "other", "-y"]).ok();
    let kept: Value = serde_json::from_str(&scene.text()).unwrap();
    assert_eq!(kept["conflicts"].as_array().unwrap().len(), 2);
    scene.run(["delete", "admin", "-y"]).ok();
    let kept: Value = serde_json::from_str(&scene.text()).unwrap();
    assert_eq!(kept["conflicts"], json!([odd]));
}

#[test]
fn a_record_of_one_side_stays_or_goes() {
    for (side, status) in [("--ours", 4), ("--theirs", 0)] {
        let two = TwoMachines::new();
        two.scene.run(["delete", "admin", "-y"]).ok();
        two.change_there(&["patch", "admin", "domain=there"]);
        two.scene.run(["merge", two.copy()]).exits(8);
        assert_eq!(two.scene.answer(["conflicts"])["items"][0]["kind"], "theirsOnly");
        two.scene.run(["get", "admin"]).ok();
        two.scene.run(["resolve", "admin", side]).ok();
        two.scene.run(["get", "admin"]).exits(status);
    }
}

#[test]
fn of_two_credentials_with_one_id_either_may_have_it() {
    for (side, value, others) in [("--ours", "mine", 0), ("--theirs", "x", 0)] {
        let two = TwoMachines::new();
        two.scene.run_with(["add", "Simple", "new", "value=-"], "mine").ok();
        two.change_there(&["add", "Simple", "new", "value=-"]);
        two.scene.run(["merge", two.copy()]).exits(8).prints("added on both sides");
        assert_eq!(two.scene.run(["get", "new~theirs", "--field", "value"]).ok().stdout(), "x");
        two.scene.run(["resolve", "new~theirs", side]).ok();
        assert_eq!(two.scene.run(["get", "new", "--field", "value"]).ok().stdout(), value);
        two.scene.run(["get", "new~theirs"]).exits(4);
        assert_eq!(two.scene.answer(["conflicts"])["items"].as_array().unwrap().len(), others);
    }
}
