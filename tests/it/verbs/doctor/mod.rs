//! `doctor`: every finding is planted here, and its command mends it.

mod files;
mod keys;
mod machine;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use serde_json::{Value, json};

use crate::programs::search_path;
use crate::support::{Run as _, Scene, members};

/// The findings of an answer: the check, the detail, and the command.
type Found = Vec<(String, String, String)>;

#[track_caller]
fn found_by(command: &mut Command) -> Found {
    let outcome = command.args(["-o", "json"]).outcome("").hides("AGE-SECRET-KEY");
    let answer = outcome.json();
    let findings = answer["findings"].as_array().unwrap();
    outcome.exits(if findings.is_empty() { 0 } else { 8 });
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let all = findings.iter();
    all.map(|one| (text(one, "check"), text(one, "detail"), text(one, "command"))).collect()
}

#[track_caller]
fn found(scene: &Scene) -> Found {
    found_by(&mut scene.command(["doctor"]))
}

/// The only finding, which must be of a check and say something. Gives its command.
#[track_caller]
fn only(found: Found, check: &str, said: &str) -> String {
    let [(of, detail, command)] = <[_; 1]>::try_from(found).unwrap();
    assert!(of == check && detail.contains(said), "{of}: {detail}");
    command
}

/// Types a command into a shell.
#[track_caller]
fn paste(scene: &Scene, command: &str) {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", command]).current_dir(scene.path("."));
    scene.environment(&mut shell);
    shell.env("PATH", search_path()).env("CREDCTL_NON_INTERACTIVE", "1").outcome("").ok();
}

/// Sees to it that there is one finding, and that its command mends it.
#[track_caller]
fn mends(scene: &Scene, check: &str, said: &str) -> String {
    let command = only(found(scene), check, said);
    paste(scene, &command);
    assert_eq!(found(scene), [], "after {command}");
    command
}

/// Restores the backup, which this machine knows as an older copy, and accepts it.
fn restores(scene: &Scene, said: &str) {
    let command = only(found(scene), "vault", said);
    paste(scene, &command);
    assert_eq!(only(found(scene), "vault", "an older copy"), "credctl trust");
    scene.run(["trust", "-y"]).ok();
    assert_eq!(found(scene), [], "after {command}");
}

fn set_mode(scene: &Scene, name: &str, mode: u32) {
    fs::set_permissions(scene.path(name), Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_healthy_vault_has_no_finding() {
    let scene = Scene::with_login();
    assert_eq!(scene.run(["doctor"]).ok().stdout(), "18 checks made, no problems were found\n");
    let answer = scene.answer(["doctor"]);
    assert_eq!(members(&answer), ["checked", "findings", "opened"]);
    assert_eq!((&answer["findings"], &answer["opened"]), (&json!([]), &json!(true)));
    // a vault as git leaves it, with its history, several readers and a bundle
    set_mode(&scene, "vault.age", 0o644);
    scene.run(["passwd", "admin", "--generate"]).ok();
    let other = scene.recipient("other.txt");
    scene.run(["rekey", "--add-recipient", &other]).ok();
    scene.run(["environment", "add", "gw", "--recipient", &other, "--out", "gw.age"]).ok();
    assert_eq!(found(&scene), []);
    assert_eq!(found_by(&mut scene.command(["doctor", "--vault", "gw.age", "-i", "other.txt"])), []);
}

#[test]
fn a_closed_vault_is_not_looked_into_and_nobody_is_asked() {
    let scene = Scene::bare();
    let fixture = "tests/it/file/fixtures/v1/passphrase.age";
    fs::copy(format!("{}/{fixture}", env!("CARGO_MANIFEST_DIR")), scene.vault()).unwrap();
    let answer = scene.answer(["doctor"]);
    assert_eq!((&answer["opened"], &answer["findings"]), (&json!(false), &json!([])));
    scene.run(["doctor"]).ok().says("did not look into the vault");
    // a source that is set is used
    let answer = |passphrase: &str| {
        let mut command = scene.command(["doctor", "-o", "json"]);
        command.env("CREDCTL_PASSPHRASE", passphrase).outcome("").json()
    };
    assert_eq!(answer("fixture")["opened"], json!(true));
    let wrong = answer("wrong");
    let expected = json!([{
        "check": "identity", "detail": "the passphrase is wrong", "command": "unset CREDCTL_PASSPHRASE"
    }]);
    assert_eq!((&wrong["findings"], &wrong["opened"]), (&expected, &json!(false)));
}

#[test]
fn checks_are_chosen_and_every_form_has_the_command() {
    let scene = Scene::with_login();
    set_mode(&scene, "identity.txt", 0o644);
    scene.file(&format!(".vault.age.{}.tmp", "0".repeat(32)), "part");
    let checks = |words: &[&str]| {
        let all = found_by(scene.command(["doctor"]).args(words));
        all.into_iter().map(|(check, ..)| check).collect::<Vec<_>>()
    };
    assert_eq!(checks(&[]), ["permissions", "draft"]);
    assert_eq!(checks(&["--only", "draft"]), ["draft"]);
    assert_eq!(checks(&["--skip", "draft", "--skip", "permissions"]), Vec::<String>::new());
    scene.run(["doctor", "--only", "nonsense"]).exits(2).says("permissions");
    scene.run(["doctor", "--only", "git", "--skip", "git"]).exits(2);
    let command = format!("chmod go-rwx {}", scene.text_path("identity.txt"));
    for form in ["table", "wide", "json", "jsonl", "yaml", "csv", "tsv"] {
        let outcome = scene.run(["doctor", "-o", form]).exits(8).says("2 problems were found");
        assert!(outcome.stdout().contains(&command), "{form}: {outcome:?}");
    }
    let outcome = scene.run(["doctor"]).exits(8);
    assert_eq!(outcome.stdout().lines().nth(1).unwrap(), format!("  {command}"), "alone on its line");
    assert_eq!(scene.run(["doctor", "-o", "json"]).error()["error"], "partial");
    let before = (scene.bytes(), scene.names());
    scene.run(["doctor"]).exits(8);
    assert!(before == (scene.bytes(), scene.names()), "nothing is changed");
}
