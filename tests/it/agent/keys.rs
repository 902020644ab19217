//! Keys of every kind, several vaults at once, and vaults that change meanwhile.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::sync::Arc;

use credctl::vault::{
    Error, FileKey, Holder, Identities, Key, Locked, Lockset, Plugins, Recipients, Vault, WrappedKey,
};

use super::{AgentScene, fixture};
use crate::contract::prompts::asking;
use crate::support::Run as _;
use crate::support::terminal::Terminal;

#[test]
fn an_identity_with_a_passphrase_is_unlocked_once() {
    let scene = AgentScene::with_protected_identity();
    scene.is_locked();
    scene.unlock(&[]);
    scene.opens();
    scene.command(&["patch", "a", "value=-"]).outcome("S-changed").ok();
    scene.command(&["patch", "a", "value=-"]).outcome("S-fixture").ok();
    scene.opens();
    // another identity is named: it is the only one
    scene.scene.recipient("other.txt");
    scene.run(&["get", "a", "-i", "other.txt"]).exits(7);
    // the file by another path is the same identity
    fs::copy(scene.scene.path("identity.txt"), scene.scene.path("copy.txt")).unwrap();
    scene.run(&["get", "a", "-i", "copy.txt"]).ok();
    scene.run(&["lock"]).ok();
    scene.is_locked();
}

#[test]
fn an_identity_opens_every_vault_that_it_is_named_for() {
    let scene = AgentScene::with_protected_identity();
    fs::copy(scene.scene.vault(), scene.scene.path("second.age")).unwrap();
    scene.unlock(&[]);
    scene.run(&["get", "a", "--vault", "second.age"]).ok();
    // and a lock of either vault locks the identity
    scene.run(&["lock", "--vault", "second.age"]).ok();
    scene.is_locked();
}

#[test]
fn an_ssh_key_with_a_passphrase_is_unlocked_once() {
    let scene = AgentScene::bare();
    for kind in ["ed25519", "rsa"] {
        let key = scene.scene.path(kind);
        let made =
            Command::new("ssh-keygen").args(["-q", "-t", kind, "-N", "fixture", "-f"]).arg(&key).status();
        assert!(made.expect("ssh-keygen").success());
        let public = fs::read_to_string(key.with_extension("pub")).unwrap();
        for suffix in ["", ".bak", ".lock"] {
            let _ = fs::remove_file(scene.scene.path(&format!("vault.age{suffix}")));
        }
        scene.locked_to(public.trim());
        let get = ["get", "a", "--field", "value", "-i", kind];
        scene.run(&get).exits(7);
        scene.unlock(&["-i", kind]);
        assert_eq!(scene.run(&get).ok().stdout(), "S-fixture");
        scene.command(&["patch", "a", "value=-", "-i", kind]).outcome("S-changed").ok();
        assert_eq!(scene.run(&get).ok().stdout(), "S-changed");
        scene.run(&["lock", "-i", kind]).ok();
        scene.run(&get).exits(7);
    }
}

#[test]
fn two_vaults_are_unlocked_and_locked_apart() {
    let scene = AgentScene::with_passphrase();
    scene.command(&["init", "--vault", "b.age", "--passphrase-stdin"]).outcome("second one\n").ok();
    scene.unlock(&[]);
    let of_b =
        |words: &[&str], stdin: &str| scene.command(&[words, &["--vault", "b.age"]].concat()).outcome(stdin);
    of_b(&["list"], "").exits(7);
    of_b(&["unlock", "--passphrase-stdin"], "second one\n").ok();
    of_b(&["list"], "").ok();
    scene.opens();
    scene.run(&["lock"]).ok();
    scene.is_locked();
    of_b(&["list"], "").ok();
    scene.unlock(&[]);
    scene.run(&["lock", "--all"]).ok();
    of_b(&["list"], "").exits(7);
    scene.is_locked();
    scene.ends();
}

#[test]
fn a_vault_that_was_replaced_is_asked_about_like_before() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    scene.opens();
    // the same passphrase, another vault
    scene.command(&["init", "--passphrase-stdin", "--vault", "new.age"]).outcome("fixture\n").ok();
    fs::copy(scene.scene.path("new.age"), scene.scene.vault()).unwrap();
    scene.run(&["list"]).exits(9).says("another vault");
    scene.run(&["trust", "-y"]).ok();
    assert_eq!(scene.run(&["list", "-o", "name"]).ok().stdout(), "");
    // another passphrase: the old one opens nothing, and nothing wrong is said
    scene.command(&["init", "--passphrase-stdin", "--vault", "other.age"]).outcome("another one\n").ok();
    scene.scene.put(fs::read(scene.scene.path("other.age")).unwrap());
    scene.run(&["list"]).exits(7).says("a passphrase is needed").hides("wrong");
    let mut terminal = scene.terminal(&["list"]);
    terminal.answer("Passphrase for ", "another one");
    assert_eq!(terminal.end().status, 0);
    // recipients
    let recipient = scene.scene.recipient("key.txt");
    scene.run(&["init", "--recipient", &recipient, "--vault", "third.age"]).ok();
    scene.scene.put(fs::read(scene.scene.path("third.age")).unwrap());
    scene.run(&["list"]).exits(7).says("needs an identity");
    scene.run(&["list", "-i", "key.txt"]).ok();
    scene.scene.put(fs::read(fixture("passphrase.age")).unwrap());
    scene.opens();
    // one that takes its place by our own hand leaves nothing to the agent
    scene.run(&["init", "--force", "--recipient", &recipient]).ok();
    fs::copy(fixture("passphrase.age"), scene.scene.vault()).unwrap();
    scene.is_locked();
}

#[test]
fn a_change_of_the_keys_is_noticed() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    let new = scene.scene.file("new", "another one\n");
    scene.run(&["rekey", "--new-passphrase-file", &new]).ok();
    scene.is_locked();
    scene.command(&["unlock", "--passphrase-file", &new]).outcome("").ok();
    scene.opens();
    let recipient = scene.scene.recipient("key.txt");
    scene.run(&["rekey", "--recipient", &recipient, "--yes"]).ok();
    scene.is_locked();
    scene.run(&["get", "a", "-i", "key.txt"]).ok();

    let scene = AgentScene::with_protected_identity();
    scene.unlock(&[]);
    let other = scene.scene.recipient("other.txt");
    scene.run(&["rekey", "--add-recipient", &other]).ok();
    scene.opens();
    let own = fs::read_to_string(fixture("identity.pub")).unwrap();
    scene.run(&["rekey", "--remove-recipient", own.trim(), "--yes"]).ok();
    scene.is_locked();
    scene.run(&["get", "a", "-i", "other.txt"]).ok();
}

/// An age plugin that keeps file keys as they are, gives them back, and counts how often.
const PLUGIN: &str = r#"#!/bin/sh
say() { printf -- '-> %s\n%s\n' "$1" "$2"; }
while read -r line; do
    case $line in
        '-> wrap-file-key'*) read -r key ;;
        '-> recipient-stanza 0 token'*) read -r key ;;
        '-> done'*) read -r line; break ;;
    esac
done
case $1 in
    *recipient*) say 'recipient-stanza 0 token' "$key"; read -r status; read -r body ;;
    *) echo touch >> TOUCHES; say 'file-key 0' "$key"; read -r status; read -r body ;;
esac
say 'done' ''
"#;

#[test]
fn a_token_is_touched_once_a_generation() {
    let scene = AgentScene::bare();
    let touches = scene.scene.path("touches");
    let plugin = PLUGIN.replace("TOUCHES", touches.to_str().unwrap());
    let plugin = scene.scene.file("age-plugin-token", plugin);
    fs::set_permissions(&plugin, fs::Permissions::from_mode(0o755)).unwrap();
    let identity = scene.scene.file("token.txt", "AGE-PLUGIN-TOKEN-1QYPQXPQSNJ244\n");
    let path = format!("{}:/usr/bin:/bin", scene.scene.path(".").display());
    let run = |words: &[&str], stdin: &str| {
        let mut command = scene.command(words);
        command.args(["--plugin", "token"]).env("PATH", &path).env("CREDCTL_IDENTITY", &identity);
        command.outcome(stdin).ok()
    };
    let touched = || fs::read_to_string(&touches).unwrap_or_default().lines().count();
    run(&["init", "--recipient", "age1token1qypqxpqmkdl2a"], "");
    run(&["add", "Simple", "a", "value=-"], "S-fixture");
    let before = touched();
    run(&["get", "a"], "");
    assert_eq!(touched(), before + 1);
    run(&["unlock"], "");
    assert_eq!(touched(), before + 2);
    for _ in 0..3 {
        run(&["get", "a"], "");
    }
    assert_eq!(touched(), before + 2);
    run(&["patch", "a", "value=-"], "S-changed");
    let before = touched();
    for _ in 0..3 {
        run(&["get", "a"], "");
    }
    assert_eq!(touched(), before + 1);
    run(&["lock"], "");
    run(&["get", "a"], "");
    assert_eq!(touched(), before + 2);
}

/// A plugin that opens nothing.
const STRANGER: &str = r"#!/bin/sh
while read -r line; do
    case $line in '-> done'*) read -r line; break ;; esac
done
printf -- '-> done\n\n'
";

#[test]
fn what_one_token_opens_no_other_token_opens() {
    let scene = AgentScene::bare();
    let touches = scene.scene.path("touches");
    let plugin = PLUGIN.replace("TOUCHES", touches.to_str().unwrap());
    for (name, text) in [("age-plugin-token", plugin.as_str()), ("age-plugin-other", STRANGER)] {
        let file = scene.scene.file(name, text);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let token = scene.scene.file("token.txt", "AGE-PLUGIN-TOKEN-1QYPQXPQSNJ244\n");
    let other = scene.scene.file("other.txt", "AGE-PLUGIN-OTHER-1QYPQXPQQFRAYJ\n");
    let path = format!("{}:/usr/bin:/bin", scene.scene.path(".").display());
    let run = |words: &[&str], stdin: &str| {
        let mut command = scene.command(words);
        command.args(["--plugin", "token", "--plugin", "other"]).env("PATH", &path).outcome(stdin)
    };
    run(&["init", "--recipient", "age1token1qypqxpqmkdl2a"], "").ok();
    run(&["add", "Simple", "a", "value=-", "-i", &token], "S-fixture").ok();
    // the one that opens nothing comes first
    let both = ["-i", &other, "-i", &token];
    run(&[&["unlock"], &both[..]].concat(), "").ok();
    let touched = || fs::read_to_string(&touches).unwrap_or_default().lines().count();
    let before = touched();
    run(&["get", "a", "-i", &token], "").ok();
    run(&[&["get", "a"], &both[..]].concat(), "").ok();
    assert_eq!(touched(), before);
    run(&["get", "a", "-i", &other], "").exits(7);
}

#[test]
fn nobody_is_asked_for_an_identity_that_is_not_needed() {
    let scene = AgentScene::with_protected_identity();
    // an identity that opens the vault by itself
    let other = scene.scene.recipient("other.txt");
    scene.unlock(&[]);
    scene.run(&["rekey", "--add-recipient", &other]).ok();
    scene.run(&["lock"]).ok();
    let both = ["list", "-i", "identity.txt", "-i", "other.txt"];
    scene.run(&both).ok();
    scene.run(&["unlock", "-i", "identity.txt", "-i", "other.txt"]).ok().hides("agent");
    assert_eq!(scene.process(), None);
    // an SSH key that the header does not name
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "unknown", "-f"])
        .arg(scene.scene.path("ssh"))
        .status();
    assert!(made.expect("ssh-keygen").success());
    let mut unlock = asking(&scene.scene, &["unlock", "-i", "ssh", "-i", "identity.txt"]);
    unlock.env("XDG_RUNTIME_DIR", scene.scene.path("run"));
    let mut terminal = Terminal::start(&unlock, "");
    terminal.answer("Passphrase for identity.txt", "fixture");
    assert_eq!(terminal.end().status, 0);
    scene.opens();
}

/// A holder that was locked meanwhile.
struct Forgetful;

impl Holder for Forgetful {
    fn unwrap(&self, _: &WrappedKey) -> Option<FileKey> {
        None
    }

    fn wrap(&self, _: &FileKey) -> Option<WrappedKey> {
        None
    }
}

#[test]
fn a_lock_during_a_change_is_no_lock_out() {
    let (_, recipient) = credctl::vault::generate();
    let lockset = Lockset::Recipients(Recipients::parse([recipient], &Plugins::default()).unwrap());
    let held = Key::Identities(Identities::default().held_by(Arc::new(Forgetful)));
    assert!(matches!(Vault::check_opens(&lockset, &held, None), Err(Error::Locked(Locked::Held))));
    // without a holder, it is one
    let own = Key::Identities(Identities::default());
    assert!(matches!(Vault::check_opens(&lockset, &own, None), Err(Error::Roster(_))));
}
