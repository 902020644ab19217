//! `recipients add`: keys of every kind, from the command line and from files.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::json;

use super::{listed, names};
use crate::support::{Run as _, Scene, texts};

/// An age plugin that keeps file keys as they are.
const PLUGIN: &str = r#"#!/bin/sh
while read -r line; do
    case $line in
        '-> wrap-file-key'*) read -r key ;;
        '-> done'*) read -r line; break ;;
    esac
done
printf -- '-> recipient-stanza 0 token\n%s\n' "$key"; read -r status; read -r body
printf -- '-> done\n\n'
"#;

#[test]
fn ssh_keys_open_the_vault_and_their_comments_are_names() {
    let scene = Scene::with_login();
    let public = scene.ssh_key("ed25519", "ed25519-key", "ada@laptop", "");
    scene.run(["recipients", "add", &public]).ok();
    let public = scene.ssh_key("rsa", "rsa-key", "Bob, of the Büro", "");
    scene.run(["recipients", "add", &public, "--name", "Bob"]).ok();
    assert_eq!(names(&scene), ["", "ada@laptop", "Bob"]);
    let kinds: Vec<_> = listed(&scene).iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds, ["age", "ssh-ed25519", "ssh-rsa"]);
    for key in ["ed25519-key", "rsa-key"] {
        scene.run(["get", "admin", "-i", key]).ok();
    }
    // the table has the ends of a long key, the wide one all of it
    let whole = listed(&scene)[2]["recipient"].as_str().unwrap().to_owned();
    assert!(!scene.run(["recipients", "list"]).ok().stdout().contains(&whole));
    assert!(scene.run(["recipients", "list", "-o", "wide"]).ok().stdout().contains(&whole));
    // by the key with any comment
    scene.run(["recipients", "remove", &format!("{whole} other comment")]).ok();
    scene.run(["get", "admin", "-i", "rsa-key"]).exits(7);
}

#[test]
fn a_file_has_recipients_and_names_as_other_programs_write_them() {
    let scene = Scene::with_login();
    let (one, two, three) = (scene.recipient("1.txt"), scene.recipient("2.txt"), scene.recipient("3.txt"));
    let ssh = scene.ssh_key("ed25519", "ada", "ada@laptop", "");
    let list = format!(
        "# Carol\n{one}\n\n# created: 2026-01-01\n{two}\r\n# apart\n\n{three}\n\
         command=\"echo ssh-rsa AAAA\",no-pty {ssh}\n\
         ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY= eve\n{one}\n"
    );
    let file = scene.file("team.txt", list);
    let outcome = scene.run(["recipients", "add", "--file", &file, "-o", "json"]).ok();
    assert_eq!(outcome.json()["added"].as_array().unwrap().len(), 4);
    outcome.says("1 SSH key left out").says("already");
    assert_eq!(names(&scene), ["", "Carol", "", "", "ada@laptop"]);
    for identity in ["1.txt", "2.txt", "3.txt"] {
        scene.run(["get", "admin", "-i", identity]).ok();
    }
    // nothing is new the second time
    scene.refuses(0, ["recipients", "add", "--file", &file], "");
    // a line that is wrong may be a secret, and is not repeated
    let identity = scene.path("1.txt");
    let wrong = scene.refuses(2, ["recipients", "add", "--file", identity.to_str().unwrap()], "");
    wrong.says("line").hides("AGE-SECRET-KEY");
    let empty = scene.file("empty", "# nobody\n");
    scene.refuses(2, ["recipients", "add", "--file", &empty], "");
    scene.refuses(2, ["recipients", "add", &file], "").says("credctl recipients add --file");
    // `rekey` reads the same lists
    let answer = scene.answer(["rekey", "--recipients-file", &file, "-r", &scene.own(), "--no-rotate"]);
    assert_eq!(texts(&answer["recipients"]).len(), 5);
    let mut after = names(&scene);
    after.sort();
    assert_eq!(after, ["", "", "", "Carol", "ada@laptop"]);
}

#[test]
fn a_name_is_given_once() {
    let scene = Scene::with_login();
    let (one, two) = (scene.recipient("1.txt"), scene.recipient("2.txt"));
    scene.run(["recipients", "add", &one, "--name", "Ada"]).ok();
    scene.refuses(5, ["recipients", "add", &two, "--name", "Ada"], "");
    // the same once more is no change, and another name is `rename`
    scene.refuses(0, ["recipients", "add", &one, "--name", "Ada"], "").says("already");
    scene.refuses(0, ["recipients", "add", &one], "").says("already");
    scene.refuses(5, ["recipients", "add", &one, "--name", "Eve"], "").says("recipients rename");
    // one that has none gets one
    scene.run(["recipients", "add", &two]).ok();
    scene.run(["recipients", "add", &two, "--name", "Bob"]).ok();
    assert_eq!(names(&scene), ["", "Ada", "Bob"]);
    // a comment that is taken names nobody
    let ssh = scene.ssh_key("ed25519", "ada", "Ada", "");
    scene.run(["recipients", "add", &ssh]).ok().says("so this one has no name");
    assert_eq!(names(&scene), ["", "Ada", "Bob", ""]);
    scene.refuses(2, ["recipients", "add", &one, &two, "--name", "x"], "");
    scene.refuses(3, ["recipients", "add", &scene.recipient("3.txt"), "--name", "a\u{7}"], "");
}

#[test]
fn what_is_no_recipient_is_refused_and_a_secret_never_repeated() {
    let scene = Scene::with_login();
    let identity = fs::read_to_string(scene.path("identity.txt")).unwrap();
    let secret = identity.lines().find(|line| line.starts_with("AGE-SECRET-KEY")).unwrap();
    for verb in ["add", "remove"] {
        let status = if verb == "add" { 2 } else { 4 };
        scene.refuses(status, ["recipients", verb, secret], "").hides(&secret[..24]);
    }
    for text in ["nonsense", "age1nonsense", "ssh-ed25519 AAAA", "ssh-dss AAAA", "github:ada", ""] {
        scene.refuses(2, ["recipients", "add", text], "");
    }
    // a shell makes several words of a key without quotes
    scene.refuses(2, ["recipients", "add", "ssh-ed25519", "AAAA", "me"], "").says("put it into quotes");
    scene.refuses(2, ["recipients", "add"], "");
}

#[test]
fn a_plugin_that_is_allowed_makes_recipients() {
    let scene = Scene::with_login();
    let plugin = scene.file("age-plugin-token", PLUGIN);
    fs::set_permissions(&plugin, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", scene.path(".").display());
    let token = "age1token1qypqxpqmkdl2a";
    scene.refuses(2, ["recipients", "add", token], "").says("--plugin token");
    let run = |words: &[&str]| {
        let mut command = scene.command(words);
        command.args(["--plugin", "token"]).env("PATH", &path).outcome("")
    };
    run(&["recipients", "add", token, "--name", "Token"]).ok();
    assert_eq!(listed(&scene)[1]["kind"], json!("plugin token"));
    run(&["recipients", "remove", "Token"]).ok();
    assert_eq!(names(&scene), [""]);
}
