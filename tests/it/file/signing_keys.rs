//! The key that signs: which calls need one, and an ssh-agent that has it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::signatures::signed;
use crate::support::terminal::Terminal;
use crate::support::{self, Outcome, Run as _, Scene};

/// A run on a machine, with a key that signs or without one.
fn on(scene: &Scene, machine: &str, key: Option<&str>, words: &[&str]) -> Outcome {
    let mut command = support::on(scene, machine, words);
    if let Some(key) = key {
        command.env("CREDCTL_SIGNING_KEY", scene.path(key));
    }
    command.outcome("x")
}

/// A text with its length, as SSH writes it.
fn string(bytes: &[u8]) -> Vec<u8> {
    [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[..], bytes].concat()
}

/// The bytes of a security key that has the key pair in a `.pub` file.
fn security_key(scene: &Scene, file: &str) -> Vec<u8> {
    let text = fs::read_to_string(scene.path(file)).unwrap();
    let bytes = credctl::base64::decode(text.split(' ').nth(1).unwrap()).unwrap();
    [string(b"sk-ssh-ed25519@openssh.com"), bytes[bytes.len() - 36..].to_vec(), string(b"ssh:")].concat()
}

/// An agent that has one key and refuses to sign with it.
fn refusing_agent(socket: &Path, key: &[u8]) {
    let listener = UnixListener::bind(socket).unwrap();
    let list = [&[12, 0, 0, 0, 1][..], &string(key), &string(b"comment")].concat();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 5];
            if stream.read_exact(&mut request).is_ok() {
                let answer = if request[4] == 11 { string(&list) } else { string(&[5]) };
                let _ = stream.write_all(&answer);
            }
        }
    });
}

#[test]
fn a_security_key_that_waits_for_a_touch_is_named_on_a_terminal() {
    let scene = signed();
    let socket = scene.path("agent");
    let key = security_key(&scene, "audit.pub");
    refusing_agent(&socket, &key);
    let text = format!("sk-ssh-ed25519@openssh.com {}", credctl::base64::encode(&key).expose());
    scene.run(["--signing-key", "ops", "sign", "--add", &text, "--name", "Token"]).ok();
    let run = |words: &[&str], redirections: &str| {
        let mut command = Command::new(support::PROGRAM);
        scene.environment(&mut command);
        command.args(words).current_dir(scene.path("")).env("SSH_AUTH_SOCK", &socket);
        let ended = Terminal::start(&command, redirections).end();
        assert_ne!(ended.status, 0, "{}", ended.shown);
        ended.shown
    };
    let patch = ["patch", "admin", "--description", "x"];
    let shown = run(&patch, "");
    assert!(shown.contains("note: touch the security key to sign the change"), "{shown}");
    assert!(!run(&[&["-q"][..], &patch].concat(), "").contains("touch"));
    run(&patch, "2>err");
    assert!(!fs::read_to_string(scene.path("err")).unwrap().contains("touch"));
}

#[test]
fn what_is_not_saved_needs_no_key_of_a_signer() {
    let scene = Scene::with_login();
    scene.ssh_key("ed25519", "ops", "Operations", "");
    let seed = "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    scene.run_with(["add", "otp", "site", "totp=-"], format!("otpauth://totp/site?{seed}")).ok();
    scene.run_with(["add", "otp", "vpn", "totp=-"], format!("otpauth://hotp/vpn?{seed}&counter=0")).ok();
    let login = "protocol=https\nhost=git.example.org\nusername=me\npassword=S-git\n\n";
    scene.run_with(["helper", "git", "store"], login).ok();
    scene.run(["sign", "--with", "ops"]).ok();
    scene.run(["--signing-key", "ops", "patch", "admin", "--description", "signed"]).ok();
    let before = scene.bytes();
    let friend = scene.recipient("friend.txt");
    // a code by time, which writes nothing; a key that cannot be used is not even looked at
    scene.run(["otp", "site"]).ok();
    scene.command(["otp", "site"]).env("CREDCTL_SIGNING_KEY", scene.path("missing")).outcome("").ok();
    // what is in the vault already
    scene.run_with(["helper", "git", "store"], login).ok();
    scene.run_with(["helper", "git", "erase"], login.replace("S-git", "S-other")).ok();
    scene.run(["tidy", "-y"]).ok();
    // dry runs, also of what reads the vault before
    let file = scene.file("note.txt", "x");
    let dry: [&[&str]; 6] = [
        &["attach", "admin", &file, "-n"],
        &["patch", "admin", "--description", "x", "-n"],
        &["rekey", "--add-recipient", &friend, "-n"],
        &["recipients", "add", &friend, "-n"],
        &["delete", "admin", "-n"],
        &["undo", "-n"],
    ];
    for words in dry {
        scene.run(words).ok();
    }
    assert!(scene.bytes() == before);
    // a code by a counter is given only after it was saved
    scene.refuses(6, ["otp", "vpn"], "").says("Operations").hides("755224");
    scene.run(["--signing-key", "ops", "otp", "vpn"]).ok().prints("755224");
}

#[test]
fn a_bundle_is_not_deleted_for_who_is_no_signer() {
    let scene = signed();
    let server = scene.recipient("server.txt");
    let words = ["environment", "add", "gw", "--recipient", &server, "--out", "gw.age"];
    on(&scene, "first", Some("ops"), &words).ok();
    let remove = ["environment", "remove", "gw", "--delete-bundle", "-y"];
    on(&scene, "first", None, &remove).exits(6).says("Operations");
    assert!(scene.path("gw.age").exists());
    on(&scene, "first", Some("ops"), &remove).ok();
    assert!(!scene.path("gw.age").exists());
}

#[test]
fn no_changed_block_makes_a_credential_look_missing() {
    let scene = signed();
    let notes = "n".repeat(1000);
    let lines = (100..400).map(|at| {
        json!({"id": format!("c-{at}"), "type": "UsernamePassword", "username": "u", "password": "p", "notes": notes})
    });
    let lines: Vec<_> = lines.map(|line| line.to_string()).collect();
    scene.run_with(["--signing-key", "ops", "add", "-f", "-"], lines.join("\n")).ok();
    let genuine = scene.text();
    // the lines that a search passes lead it past the one that it looks for
    let changed: String = genuine
        .split_inclusive('\n')
        .map(|line| {
            let is_last = line.starts_with("{\"id\":\"c-39");
            if is_last { line.to_owned() } else { line.replace("{\"id\":\"c-", "{\"id\":\"z-") }
        })
        .collect();
    assert!(changed.contains("\"z-250\""));
    scene.set_text(changed);
    scene.refuses(9, ["get", "c-399", "--field", "username"], "").says("not the one that was signed");
    scene.set_text(genuine);
    scene.run(["get", "c-399", "--field", "username"]).ok();
    scene.run(["get", "c-999"]).exits(4);
}
