//! `status`: which vault, what opens it, and where each setting comes from.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use serde_json::{Value, json};

use crate::contract::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene, lab, members};

fn fixture(scene: &Scene, name: &str, to: &str) {
    let path = format!("{}/tests/it/file/fixtures/v1/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::copy(path, scene.path(to)).unwrap();
}

/// The answer of a call with a status.
#[track_caller]
fn status(command: &mut Command, exit: i32) -> Value {
    command.args(["-o", "json"]).outcome("").exits(exit).hides("AGE-SECRET-KEY").json()
}

#[test]
fn an_open_vault_tells_all_about_itself() {
    let scene = Scene::with_login();
    let answer = status(&mut scene.command(["status"]), 0);
    let expected = [
        "agent",
        "conflicts",
        "credentials",
        "findings",
        "format",
        "generation",
        "id",
        "identities",
        "keys",
        "lockedWith",
        "members",
        "memory",
        "modifiedAt",
        "openedBy",
        "origins",
        "project",
        "recipients",
        "role",
        "rotateRequired",
        "size",
        "state",
        "vault",
    ];
    assert_eq!(members(&answer), expected);
    assert_eq!(answer["state"], "open");
    assert_eq!(answer["vault"], json!(scene.text_path("vault.age")));
    assert_eq!(answer["size"], json!(scene.bytes().len()));
    assert_eq!((&answer["credentials"], &answer["format"]), (&json!(1), &json!(2)));
    assert_eq!(answer["recipients"], json!([scene.own()]));
    assert_eq!(answer["members"][0]["recipient"], json!(scene.own()));
    assert_eq!((&answer["openedBy"], &answer["findings"]), (&json!("identity"), &json!(0)));
    assert_eq!(answer["agent"], json!({"state": "absent"}));
    let identity = json!([{"path": scene.text_path("identity.txt"), "state": "opens"}]);
    assert_eq!(answer["identities"], identity);
    let before = answer["generation"].as_u64().unwrap();
    scene.login("second");
    let answer = status(&mut scene.command(["status"]), 0);
    assert_eq!((&answer["credentials"], answer["generation"].as_u64()), (&json!(2), Some(before + 1)));
    // a project sees its own credentials and the global ones
    let one = ["add", "Simple", "one", "value=-", "-p", "p1"];
    scene.run_with(one, "v").ok();
    for (project, count) in [("admin", 3), ("p1", 3), ("p2", 2)] {
        assert_eq!(status(&mut scene.command(["status", "-p", project]), 0)["credentials"], json!(count));
    }
    let table = scene.run(["status"]).ok();
    assert!(table.stdout().contains("open: an identity opens it\n"), "{}", table.stdout());
    assert!(table.stdout().contains(&format!("unlocked by  {}\n", scene.own())), "{}", table.stdout());
}

#[test]
fn each_setting_says_where_it_comes_from() {
    let scene = Scene::with_login();
    scene.configure("project = 'p'\nrole = 'operator'\n");
    let config = scene.text_path("home/config/credctl/config.toml");
    let answer = status(scene.command(["status", "--vault", "vault.age"]).env("CREDCTL_ROLE", "admin"), 0);
    let origins = &answer["origins"];
    assert_eq!(origins["vault"], json!({"from": "flag", "name": "--vault"}));
    assert_eq!(origins["identities"], json!({"from": "variable", "name": "CREDCTL_IDENTITY"}));
    assert_eq!(origins["project"], json!({"from": "configuration", "name": config}));
    assert_eq!(origins["role"], json!({"from": "variable", "name": "CREDCTL_ROLE"}));
    assert_eq!(origins["passphrase"], json!({"from": "default"}));
    assert_eq!((&answer["role"], &answer["configuration"]), (&json!("administrator"), &json!(config)));
    let table =
        scene.command(["status", "--config", &config]).env("CREDCTL_ROLE", "operator").outcome("").ok();
    for row in [
        format!("vault        {} (CREDCTL_VAULT)\n", scene.text_path("vault.age")),
        "project      p (~/config/credctl/config.toml)\n".to_owned(),
        "role         operator (CREDCTL_ROLE)\n".to_owned(),
    ] {
        assert!(table.stdout().contains(&row), "{row}{}", table.stdout());
    }
    // the default places
    let folder = scene.path("home/data/credctl");
    fs::create_dir_all(&folder).unwrap();
    fs::rename(scene.vault(), folder.join("vault.age")).unwrap();
    fs::rename(scene.path("identity.txt"), scene.path("home/config/credctl/identity.txt")).unwrap();
    let mut command = scene.command(["status"]);
    command.env_remove("CREDCTL_VAULT").env_remove("CREDCTL_IDENTITY");
    let origins = status(&mut command, 0)["origins"].clone();
    assert_eq!(
        (&origins["vault"], &origins["identities"]),
        (&json!({"from": "default"}), &json!({"from": "default"}))
    );
}

#[test]
fn a_locked_vault_is_7_and_nobody_is_asked() {
    let scene = Scene::bare();
    fixture(&scene, "passphrase.age", "vault.age");
    let answer = status(&mut scene.command(["status"]), 7);
    assert_eq!((&answer["state"], &answer["lockedWith"]), (&json!("locked"), &json!("passphrase")));
    assert!(answer.get("credentials").is_none() && answer.get("openedBy").is_none(), "{answer}");
    assert_eq!(scene.run(["status", "-o", "json"]).exits(7).error()["error"], "locked");
    scene.run(["status"]).exits(7).says("the vault is locked: credctl would ask for the passphrase");
    // not even on a terminal
    let ended = Terminal::start(&asking(&scene, &["status"]), "").end();
    assert!(ended.status == 7 && !ended.shown.contains("Passphrase for"), "{ended:?}");
    // a source that is set opens it without a question, and is not used for that
    let mut command = scene.command(["status", "--passphrase-command", "touch ran; echo fixture"]);
    let answer = status(&mut command, 0);
    assert_eq!((&answer["state"], &answer["openedBy"]), (&json!("open"), &json!("passphrase")));
    assert_eq!(answer["origins"]["passphrase"], json!({"from": "flag", "name": "--passphrase-command"}));
    assert!(!scene.path("ran").exists());
}

#[test]
fn identities_that_need_something_do_not_open_the_vault_by_themselves() {
    let scene = Scene::with_login();
    fixture(&scene, "identity.txt.age", "locked.age");
    let state = |identity: &str, exit: i32| {
        let mut command = scene.command(["status", "-i", identity, "--plugin", "token"]);
        command.env("PATH", format!("{}:/usr/bin:/bin", scene.text_path(".")));
        let answer = status(&mut command, exit);
        answer["identities"][0]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state("locked.age", 7), "needs-passphrase");
    assert_eq!(state("missing.txt", 7), "missing");
    scene.recipient("other.txt");
    assert_eq!(state("other.txt", 7), "other");
    scene.file("junk.txt", "S-hunter2");
    assert_eq!(state("junk.txt", 7), "unusable");
    scene.file("token.txt", "AGE-PLUGIN-TOKEN-1QYPQXPQSNJ244\n");
    let program = scene.file("age-plugin-token", format!("#!/bin/sh\ntouch {}\n", scene.text_path("ran")));
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(state("token.txt", 7), "needs-plugin");
    assert!(!scene.path("ran").exists(), "no plugin is run");
    scene.run(["status", "-i", "other.txt"]).exits(7).says("none of the identities opens the vault");
    // as with every verb, one that cannot be read keeps the others from opening it
    scene.run(["status", "-i", "missing.txt", "-i", "identity.txt"]).exits(7);
    scene.run(["list", "-i", "missing.txt", "-i", "identity.txt"]).exits(7);
    scene.run(["status", "-i", "other.txt", "-i", "identity.txt"]).ok();
}

#[test]
fn without_a_vault_it_is_4_and_with_a_damaged_one_9() {
    let scene = Scene::with_login();
    let answer = status(&mut scene.command(["status", "--vault", "none.age"]), 4);
    assert_eq!((&answer["state"], &answer["findings"]), (&json!("missing"), &json!(1)));
    scene.run(["status", "--vault", "no folder/none.age"]).exits(4).says("`credctl init`");
    let whole = scene.bytes();
    fs::write(scene.vault(), &whole[..whole.len() - 40]).unwrap();
    assert_eq!(status(&mut scene.command(["status"]), 9)["state"], "unusable");
    fs::write(scene.vault(), "no vault").unwrap();
    scene.run(["status"]).exits(9);
}

#[test]
fn what_needs_attention_is_counted() {
    let scene = Scene::with_login();
    scene.run(["status"]).ok();
    fs::set_permissions(scene.path("identity.txt"), fs::Permissions::from_mode(0o644)).unwrap();
    let table = scene.run(["status"]).ok();
    assert!(table.stdout().contains("1 finding; `credctl doctor` shows it\n"), "{}", table.stdout());
    fs::set_permissions(scene.vault(), fs::Permissions::from_mode(0o666)).unwrap();
    assert_eq!(status(&mut scene.command(["status"]), 0)["findings"], json!(2));
    // completions are no matter of the vault
    assert_eq!(status(scene.command(["status"]).env("SHELL", "/bin/bash"), 0)["findings"], json!(2));
    let before = (scene.bytes(), scene.names());
    scene.run(["status"]).ok();
    assert!(before == (scene.bytes(), scene.names()), "nothing is changed");
}

#[test]
fn a_terminal_of_80_columns_shows_no_broken_line() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    scene.run(["rekey", "--add-recipient", &other]).ok();
    fs::create_dir_all(scene.path("home/config/credctl")).unwrap();
    fs::copy(scene.path("identity.txt"), scene.path("home/config/credctl/identity.txt")).unwrap();
    fs::copy(scene.vault(), scene.path("home/v.age")).unwrap();
    let mut command = asking(&scene, &["status"]);
    command.env("CREDCTL_VAULT", scene.path("home/v.age")).env_remove("CREDCTL_IDENTITY");
    let ended = Terminal::sized(&command, 80).end();
    assert_eq!(ended.status, 0, "{ended:?}");
    assert!(ended.shown.contains("~/config/credctl/identity.txt (default)"), "{}", ended.shown);
    assert!(ended.shown.contains(&other) && ended.shown.contains("changed just now"), "{}", ended.shown);
    for line in ended.shown.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_bundle_says_whose_it_is() {
    let scene = Scene::with_login();
    let other = scene.recipient("other.txt");
    scene.run(["environment", "add", "gw", "--recipient", &other, "--out", "gw.age"]).ok();
    let answer = status(&mut scene.command(["status", "--vault", "gw.age", "-i", "other.txt"]), 0);
    assert_eq!(answer["bundle"], "gw");
    assert_eq!(lab::recipient(&scene.path("other.txt")), other);
}
