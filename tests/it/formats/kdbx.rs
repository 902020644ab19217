//! KeePass databases themselves: made by KeePassXC where it is installed, and one that stays as it is.

use std::process::Command;

use serde_json::json;

use super::skip;
use crate::support::{Outcome, Run as _, Scene};

/// A database of KDBX 4 as KeePassXC wrote it, with AES for everything and the password `S-master`.
const FROZEN: &[u8] = include_bytes!("fixtures/keepassxc-4.kdbx");
/// The same in KDBX 3.1.
const FROZEN_3: &[u8] = include_bytes!("fixtures/keepassxc-3.kdbx");
/// A database with the same values that PyKeePass wrote: ChaCha20 and Argon2id.
const FROZEN_ARGON2: &[u8] = include_bytes!("fixtures/argon2.kdbx");

/// Runs KeePassXC, if it is installed.
fn keepassxc(scene: &Scene, words: &[&str], stdin: &str) -> Option<Outcome> {
    if Command::new("keepassxc-cli").arg("--version").output().is_err() {
        return skip("keepassxc-cli is not installed");
    }
    let mut command = Command::new("keepassxc-cli");
    command.args(words).env("QT_QPA_PLATFORM", "offscreen").env("HOME", scene.path("."));
    Some(command.outcome(stdin))
}

/// Imports a database with the password in a file.
fn import(scene: &Scene, database: &str, password: &str, words: &[&str]) -> Outcome {
    let file = scene.file("password.txt", password);
    scene.run([&["import", database, "--source-passphrase-file", &file, "-o", "json"], words].concat())
}

/// Looks for secrets in all that the vault has.
#[track_caller]
fn has_all(scene: &Scene, secrets: &[&str]) {
    let text = scene.run(["export", "--force"]).ok().stdout().to_owned();
    let decoded: String = scene
        .ids()
        .iter()
        .map(|id| scene.run(["get", id, "--reveal", "--all"]).ok().stdout().to_owned())
        .collect();
    for secret in secrets {
        assert!(text.contains(secret) || decoded.contains(secret), "{secret} is lost: {text}\n{decoded}");
    }
}

#[test]
fn a_database_that_keepassxc_makes_comes_over_with_all_its_values() {
    let scene = Scene::new();
    let database = scene.text_path("db.kdbx");
    let run = |words: &[&str], stdin: &str| keepassxc(&scene, words, stdin).map(Outcome::ok);
    if run(&["db-create", "--set-password", &database], "S-master\nS-master\n").is_none() {
        return;
    }
    run(&["mkdir", &database, "Work"], "S-master\n");
    let words = ["add", "-q", "-p", "-u", "ada", "--url", "https://db.example.org/x", "--notes", "S-n1\\nn2"];
    run(&[&words[..], &[&database, "Work/db"]].concat(), "S-master\nS-<p>&\"'é 🙂\n");
    run(&["add", "-q", "-p", &database, "token"], "S-master\nS-token\n");
    run(&["add", "-q", "-p", &database, "gone"], "S-master\nS-gone\n");
    // into the recycle bin
    run(&["rm", "-q", &database, "gone"], "S-master\n");
    run(&["edit", "-q", "-p", &database, "token"], "S-master\nS-token2\n");
    let answer = import(&scene, &database, "S-master\n", &[]).ok();
    assert_eq!(answer.json()["format"], "kdbx");
    answer.says("the recycle bin was skipped, with 1 entries").says("token: history left out");
    assert_eq!(scene.ids(), ["db", "token"]);
    let login = scene.get("db");
    assert_eq!(login["fields"]["password"], "S-<p>&\"'é 🙂");
    assert_eq!(login["labels"], json!([{"name": "group", "value": "Work"}]));
    has_all(&scene, &["S-n1", "S-token2"]);
    // the same entries as in the XML of the same database
    let xml = run(&["export", "-q", &database], "S-master\n").unwrap();
    let again =
        scene.run_with(["import", "-", "--on-conflict", "replace", "--format", "keepass-xml"], xml.stdout());
    again.ok();
    assert_eq!(scene.ids(), ["db", "token"]);
}

#[test]
fn key_files_open_databases_with_and_without_a_password() {
    let scene = Scene::new();
    let (database, key) = (scene.text_path("db.kdbx"), scene.text_path("db.keyx"));
    let create = ["db-create", "--set-password", "--set-key-file", &key, &database];
    if keepassxc(&scene, &create, "S-master\nS-master\n").is_none() {
        return;
    }
    let add = ["add", "-q", "-p", "--key-file", &key, &database, "token"];
    keepassxc(&scene, &add, "S-master\nS-token\n").unwrap().ok();
    import(&scene, &database, "S-master", &[])
        .exits(7)
        .says("the password or the key file is wrong")
        .says("--key-file");
    import(&scene, &database, "S-wrong", &["--key-file", &key]).exits(7).hides("S-wrong");
    import(&scene, &database, "S-master", &["--key-file", &key]).ok();
    assert_eq!(scene.get("token")["fields"]["value"], "S-token");
    // nobody is there to type a password, so that the key file is all there is
    let edit = ["db-edit", "-q", "--key-file", &key, "--unset-password", &database];
    keepassxc(&scene, &edit, "S-master\n").unwrap().ok();
    scene.run(["import", &database, "--key-file", &key, "--on-conflict", "replace"]).ok();
}

#[test]
fn frozen_databases_are_read() {
    for database in [FROZEN, FROZEN_3, FROZEN_ARGON2] {
        let scene = Scene::new();
        let file = scene.file("frozen.kdbx", database);
        import(&scene, &file, "S-master", &[]).ok();
        assert_eq!(scene.ids(), ["db", "token"]);
        has_all(&scene, &["S-password", "S-notes", "S-token", "S-field"]);
    }
    let scene = Scene::new();
    let file = scene.file("frozen.kdbx", FROZEN);
    import(&scene, &file, "S-master", &[]).ok();
    assert_eq!(
        scene.get("db")["fields"]["totp"],
        "otpauth://totp/db?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    );
    // from stdin as well
    let password = scene.file("password.txt", "S-master\n");
    let words = ["import", "-", "--source-passphrase-file", &password, "--on-conflict", "skip"];
    scene.run_with(words, FROZEN).ok();
    let none = scene.run_with(["import", "-"], FROZEN).exits(7);
    none.says("needs its password").says("--source-passphrase-file");
}

#[test]
fn what_cannot_be_read_is_named() {
    let scene = Scene::new();
    let refused = |bytes: &[u8], words: &[&str]| {
        scene.file("x.kdbx", bytes);
        let password = scene.file("password.txt", "S-master");
        let own = [&["import", "x.kdbx", "--source-passphrase-file", &password], words].concat();
        scene.run(own)
    };
    let mut changed = FROZEN.to_vec();
    *changed.last_mut().unwrap() ^= 1;
    refused(&changed, &[]).exits(3).says("is a damaged KeePass database").hides("S-master");
    refused(&FROZEN[..FROZEN.len() / 2], &[]).exits(3).says("ends too early");
    changed = FROZEN.to_vec();
    changed[4] = 0x65;
    refused(&changed, &[]).exits(3).says("is a database of KeePass 1").says("keepassxc-cli export");
    refused(FROZEN, &["--format", "bitwarden"]).exits(2).says("the file is a KeePass database");
    refused(b"A=b\n", &[]).exits(2).says("the file is no KeePass database");
}
