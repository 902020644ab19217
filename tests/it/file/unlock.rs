//! Where keys come from: identities of every kind, and the sources of a passphrase in their order.
//!
//! Every use of a vault's passphrase costs half a second: there is one vault with a passphrase here,
//! and the sources are told apart by which of them is wrong.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::support::{Run as _, Scene, lab};

#[test]
fn sources_of_a_passphrase_and_their_order() {
    let scene = Scene::bare();
    let right = scene.file("right", "correct horse\n");
    let wrong = scene.file("wrong", "incorrect horse\n");
    let right_command = format!("cat {right}");
    let config = scene.file("config.toml", format!("passphrase-file = \"{right}\"\n"));
    let broken = scene.file("broken.toml", format!("passphrase-file = \"{wrong}\"\n"));
    scene.run(["init", "--passphrase-file", &right]).ok();

    // stdin: the first line, and what follows is data
    scene
        .run_with(
            ["add", "login", "a", "username=u", "password=-", "--passphrase-stdin"],
            "correct horse\nS-data\n",
        )
        .ok();
    // one newline of the file is dropped, and so is a carriage return before it
    let windows = scene.file("windows", "correct horse\r\n");
    let shown = scene.run(["get", "a", "--field", "password", "--passphrase-file", &windows]).ok();
    assert_eq!(shown.stdout(), "S-data");

    // a flag before the environment, the environment before the configuration
    let mut command = scene.command(["list", "--passphrase-command", &right_command, "--config", &broken]);
    command.env("CREDCTL_PASSPHRASE_FILE", &wrong).env("CREDCTL_PASSPHRASE", "wrong").outcome("").ok();
    let mut command = scene.command(["list", "--config", &broken]);
    let environment = [("CREDCTL_PASSPHRASE_COMMAND", "exit 3"), ("CREDCTL_PASSPHRASE", "wrong")];
    command.env("CREDCTL_PASSPHRASE_FILE", &right).envs(environment).outcome("").ok();
    scene.command(["list", "--config", &broken]).env("CREDCTL_PASSPHRASE", "correct horse").outcome("").ok();
    scene.run(["list", "--config", &config]).ok();

    // a descriptor to its end; the shell opens it
    let script = format!("exec {} list -o name --passphrase-fd 7 7<{right}", env!("CARGO_BIN_EXE_credctl"));
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &script]);
    scene.environment(&mut shell);
    assert_eq!(shell.outcome("").ok().stdout(), "a\n");

    // the wrong one, and none
    let error =
        scene.run(["list", "--passphrase-file", &wrong, "-o", "json"]).exits(7).hides("horse").error();
    assert_eq!(error["status"], "401");
    let outcome = scene.run(["list"]).exits(7);
    for source in [
        "--passphrase-stdin",
        "--passphrase-fd",
        "--passphrase-file",
        "--passphrase-command",
        "CREDCTL_PASSPHRASE_FILE",
        "CREDCTL_PASSPHRASE_COMMAND",
        "CREDCTL_PASSPHRASE",
    ] {
        assert!(outcome.stderr.contains(source), "{source}: {outcome:?}");
    }
    // an identity is no key to it
    scene.run(["init", "--vault", "other.age", "--generate-identity", "identity.txt"]).ok();
    scene.run(["list", "-i", "identity.txt"]).exits(7);
}

/// The logarithm of scrypt's work, as the header of the vault has it.
fn work_factor(scene: &Scene) -> String {
    let bytes = scene.bytes();
    let stanza = bytes.split(|byte| *byte == b'\n').nth(1).unwrap();
    let stanza = String::from_utf8(stanza.to_vec()).unwrap();
    assert!(stanza.starts_with("-> scrypt "), "{stanza}");
    stanza.rsplit(' ').next().unwrap().to_owned()
}

#[test]
fn a_new_passphrase_vault_has_the_work_factor_that_is_told() {
    let scene = Scene::bare();
    let path = scene.file("passphrase", "tulip gravel anvil 94");
    scene.run(["init", "--passphrase-file", &path]).ok();
    assert_eq!(work_factor(&scene), "18");
}

#[test]
fn no_more_of_stdin_is_taken_than_the_first_line() {
    let scene = Scene::bare();
    let long = "x".repeat(5000);
    let file = scene.file("long", &long);
    let script = format!("{} init --passphrase-stdin >&2; cat", env!("CARGO_BIN_EXE_credctl"));
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &script]);
    scene.environment(&mut shell);
    let rest = shell.outcome(format!("{long}\nthe rest\n")).ok();
    assert_eq!(rest.stdout(), "the rest\n");
    scene.run(["list", "--passphrase-file", &file]).ok();
    let too_long = "x".repeat(64 * 1024 + 1);
    scene.run_with(["list", "--passphrase-stdin"], too_long).exits(2).says("too long");
}

#[test]
fn sources_that_fail_are_told() {
    let scene = Scene::with_login();
    // a vault that never gets to be unlocked, so that no time is lost
    fs::copy(fixture("passphrase.age"), scene.path("p.age")).unwrap();
    let list = |words: &[&str]| scene.run(["list", "--vault", "p.age"].iter().chain(words));
    for words in [
        &["--passphrase-file", "missing"][..],
        &["--passphrase-command", "echo x; exit 3"],
        &["--passphrase-command", "/nowhere"],
        &["--passphrase-fd", "9"],
        &["--passphrase-file", "/"],
    ] {
        list(words).exits(7);
    }
    list(&["--passphrase-command", "echo x; exit 3"]).says("exit status: 3");
    for endless in ["head -c 1048577 /dev/zero", "exec yes"] {
        list(&["--passphrase-command", endless]).exits(7).says("printed more than 1 MiB");
    }
    for words in [
        &["--passphrase-stdin", "--passphrase-fd", "3"][..],
        &["--passphrase-file", "x", "--passphrase-command", "y"],
        &["--passphrase-stdin", "--passphrase-file", "x"],
    ] {
        list(words).exits(2).says("two sources");
    }
    let binary = scene.file("binary", b"\xff\xfe");
    list(&["--passphrase-file", &binary]).exits(7);
}

/// A vault locked with a passphrase, made by the program.
fn fixture(name: &str) -> String {
    format!("{}/tests/it/file/fixtures/v1/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_passphrase_command_sees_no_passphrase_and_no_data() {
    let scene = Scene::with_login();
    fs::copy(fixture("passphrase.age"), scene.path("p.age")).unwrap();
    let script = "env > seen; cat >> seen; exit 1";
    let mut command = scene.command([
        "add",
        "login",
        "x",
        "username=u",
        "password=-",
        "--vault",
        "p.age",
        "--passphrase-command",
        script,
    ]);
    command.env("CREDCTL_PASSPHRASE", "S-environment").outcome("S-data").exits(7);
    let seen = fs::read_to_string(scene.path("seen")).unwrap();
    assert!(!seen.contains("S-"), "{seen}");
}

#[test]
fn ssh_keys_are_identities() {
    let scene = Scene::with_login();
    for kind in ["ed25519", "rsa"] {
        let public = scene.ssh_key(kind, kind, "somebody@somewhere", "");
        scene.run(["rekey", "--add-recipient", &public]).ok();
        let shown = scene.run(["get", "admin", "--field", "password", "-i", kind]).ok();
        assert_eq!(shown.stdout(), "old-password");
        // the comment is no part of the recipient
        scene.run(["rekey", "--remove-recipient", public.rsplit_once(' ').unwrap().0]).ok();
        scene.run(["list", "-i", kind]).exits(7);
    }
    // a kind that age does not know
    scene.ssh_key("ecdsa", "ecdsa", "", "");
    scene.run(["list", "-i", "ecdsa"]).exits(7).says("ed25519 and RSA");
}

#[test]
fn an_encrypted_ssh_key_asks_for_its_own_passphrase() {
    let scene = Scene::with_login();
    let public = scene.ssh_key("ed25519", "key", "somebody@somewhere", "ssh passphrase");
    scene.run(["rekey", "--add-recipient", &public]).ok();
    let right = scene.file("right", "ssh passphrase\n");
    let wrong = scene.file("wrong", "another\n");
    scene.run(["get", "admin", "-i", "key", "--passphrase-file", &right]).ok();
    scene
        .run(["get", "admin", "-i", "key", "--passphrase-file", &wrong])
        .exits(7)
        .says("passphrase of the identity");
    scene.run(["get", "admin", "-i", "key"]).exits(7).says("--passphrase-stdin");
}

#[test]
fn an_identity_file_that_a_passphrase_protects() {
    let scene = Scene::with_login();
    fs::copy(fixture("identity.txt.age"), scene.path("locked.age")).unwrap();
    let recipient = fs::read_to_string(fixture("identity.pub")).unwrap();
    scene.run(["rekey", "--add-recipient", recipient.trim()]).ok();
    let right = scene.file("right", "fixture\n");
    let wrong = scene.file("wrong", "another\n");
    scene.run(["get", "admin", "-i", "locked.age", "--passphrase-file", &right]).ok();
    scene.run(["get", "admin", "-i", "locked.age", "--passphrase-file", &wrong]).exits(7);
}

#[test]
fn several_identities_are_tried() {
    let scene = Scene::with_login();
    scene.run(["init", "--vault", "other.age", "--generate-identity", "other.txt"]).ok();
    scene.run(["list", "-i", "other.txt"]).exits(7);
    scene.run(["list", "-i", "other.txt", "-i", "identity.txt"]).ok();
    let both = fs::read_to_string(scene.path("other.txt")).unwrap()
        + &fs::read_to_string(scene.path("identity.txt")).unwrap();
    let both = scene.file("both.txt", both);
    scene.run(["list", "-i", &both]).ok();
}

#[test]
fn files_that_are_no_identity_are_told_without_their_content() {
    let scene = Scene::with_login();
    for (name, text) in [
        ("empty", ""),
        ("junk", "S-hunter2\n"),
        ("broken", "AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L\n"),
        ("pem", "-----BEGIN OPENSSH PRIVATE KEY-----\nS-hunter2\n-----END OPENSSH PRIVATE KEY-----\n"),
        ("age", "age-encryption.org/v1\nS-hunter2\n"),
    ] {
        let path = scene.file(name, text);
        let right = scene.file("right", "x");
        let outcome = scene.run(["list", "-i", &path, "--passphrase-file", &right]);
        assert!(matches!(outcome.status(), Some(7 | 9)), "{name}: {outcome:?}");
        outcome.hides("hunter2").hides("QQPZRY");
    }
}

#[test]
fn an_identity_may_come_from_a_pipe() {
    let scene = Scene::with_login();
    let identity = File::open(scene.path("identity.txt")).unwrap();
    let output = scene.command(["list", "-o", "name", "-i", "/dev/stdin"]).stdin(identity).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), &b"admin\n"[..]));
}

#[test]
fn plugins_are_programs_and_not_run_unless_allowed() {
    let scene = Scene::with_login();
    let plugin = "AGE-PLUGIN-TOKEN-1QYPQXPQSNJ244";
    let path = scene.file("plugin.txt", format!("{plugin}\n"));
    let program = scene.file("age-plugin-token", format!("#!/bin/sh\ntouch {}\n", scene.text_path("ran")));
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let list = |words: &[&str]| {
        let mut command = scene.command([&["list", "-i", &path], words].concat());
        command.env("PATH", format!("{}:/usr/bin:/bin", scene.text_path(".")));
        command.outcome("")
    };
    list(&[]).exits(2).says("--plugin token");
    list(&["--plugin", "another"]).exits(2);
    assert!(!scene.path("ran").exists());
    list(&["--plugin", "token"]).exits(7);
    assert!(scene.path("ran").exists());
}

#[test]
fn the_recipients_inside_agree_with_the_key_outside() {
    let scene = Scene::with_login();
    let text = lab::decrypt(&scene.vault(), &scene.path("identity.txt"));
    let text: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(text["recipients"].as_array().unwrap().len(), 1);
    assert_eq!(text["recipients"][0]["recipient"], lab::recipient(&scene.path("identity.txt")));
}
