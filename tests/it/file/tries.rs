//! Three tries for every passphrase that is typed on a terminal.

use std::fs;

use crate::contract::prompts::asking;
use crate::support::Scene;
use crate::support::terminal::Terminal;

fn fixture(name: &str) -> String {
    format!("{}/tests/it/file/fixtures/v1/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A vault that `locked.age`, an identity with the passphrase `fixture`, opens too. Gives its recipient.
fn with_encrypted_identity(scene: &Scene) -> String {
    fs::copy(fixture("identity.txt.age"), scene.path("locked.age")).unwrap();
    let recipient = fs::read_to_string(fixture("identity.pub")).unwrap().trim().to_owned();
    scene.run(["rekey", "--add-recipient", &recipient]).ok();
    recipient
}

#[test]
fn the_passphrase_of_an_identity_is_asked_for_three_times() {
    let scene = Scene::with_login();
    with_encrypted_identity(&scene);
    let get = asking(&scene, &["get", "admin", "--field", "username", "-i", "locked.age"]);
    let mut terminal = Terminal::start(&get, "");
    for typed in ["wrong", "wrong too", "fixture"] {
        terminal.answer("Passphrase for locked.age", typed);
    }
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored && ended.shown.contains("ips"), "{ended:?}");
    assert_eq!(ended.shown.matches("the passphrase is wrong").count(), 2, "{ended:?}");
    let mut terminal = Terminal::start(&get, "");
    for typed in ["1", "2", "3"] {
        terminal.answer("Passphrase for locked.age", typed);
    }
    let ended = terminal.end();
    assert!(ended.status == 7 && ended.restored, "{ended:?}");
}

#[test]
fn the_old_passphrase_of_a_rekey_is_asked_for_three_times() {
    let scene = Scene::bare();
    fs::copy(fixture("passphrase.age"), scene.vault()).unwrap();
    let new = scene.file("new", "another horse entirely 94");
    let rekey = asking(&scene, &["rekey", "--new-passphrase-file", &new, "-q"]);
    let mut terminal = Terminal::start(&rekey, "");
    for typed in ["wrong", "wrong too", "fixture"] {
        terminal.answer("Passphrase for ", typed);
    }
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    let mut terminal = Terminal::start(&rekey, "");
    for typed in ["1", "2", "fixture"] {
        terminal.answer("Passphrase for ", typed);
    }
    assert_eq!(terminal.end().status, 7, "the old passphrase opens it no more");
}

#[test]
fn an_identity_that_is_to_open_the_new_vault_gets_three_tries_and_ctrl_c_ends_the_rekey() {
    let scene = Scene::with_login();
    let recipient = with_encrypted_identity(&scene);
    scene.configure(&format!("identity = '{}'\n", scene.text_path("locked.age")));
    let rekey = asking(&scene, &["rekey", "--recipient", &recipient]);
    let before = scene.bytes();
    let mut terminal = Terminal::start(&rekey, "");
    terminal.control("locked.age", "abc", 'c');
    let ended = terminal.end();
    assert!(ended.status == 130 && ended.restored && before == scene.bytes(), "{ended:?}");
    let mut terminal = Terminal::start(&rekey, "");
    terminal.answer("locked.age", "wrong");
    terminal.answer("locked.age", "fixture");
    let ended = terminal.end();
    assert!(ended.status == 0 && !ended.shown.contains("type the file name"), "{ended:?}");
}
