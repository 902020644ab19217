//! Signed vaults: who may change one, what every other machine refuses, and the tools of OpenSSH beside it.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::programs::skipped;
use crate::support::{Outcome, Run as _, Scene};

const KEYGEN: &str = "/usr/bin/ssh-keygen";
const AGENT: &str = "/usr/bin/ssh-agent";
const ADD: &str = "/usr/bin/ssh-add";

/// A login, two key pairs of OpenSSH, and the vault signed with the first; nothing where the tools are missing.
fn signed() -> Option<Scene> {
    let scene = Scene::with_login();
    for (name, comment) in [("ops", "Operations"), ("audit", "Audit"), ("other", "Other")] {
        key(&scene, name, comment, "")?;
    }
    scene.run(["sign", "--with", "ops"]).ok();
    Some(scene)
}

fn key(scene: &Scene, name: &str, comment: &str, passphrase: &str) -> Option<()> {
    if !Path::new(KEYGEN).exists() {
        skipped("ssh-keygen is not installed");
        return None;
    }
    let words = ["-q", "-t", "ed25519", "-N", passphrase, "-C", comment, "-f", &scene.text_path(name)];
    assert!(Command::new(KEYGEN).args(words).status().unwrap().success());
    Some(())
}

/// A run of a machine with its own memory, and a key that signs.
fn on(scene: &Scene, machine: &str, key: Option<&str>, words: &[&str]) -> Outcome {
    let mut command = scene.command(words);
    command.env("XDG_STATE_HOME", scene.path(machine));
    if let Some(key) = key {
        command.env("CREDCTL_SIGNING_KEY", scene.path(key));
    }
    command.outcome("x")
}

const ADD_ONE: [&str; 4] = ["add", "Simple", "one", "value=-"];

#[test]
fn only_a_signer_changes_a_signed_vault() {
    let Some(scene) = signed() else { return };
    let shown = scene.answer(["sign"]);
    assert_eq!(shown["signed"], json!(true));
    assert_eq!(shown["signedBy"]["name"], json!("Operations"));
    assert_eq!(shown["signers"].as_array().unwrap().len(), 1);
    // reading needs no key
    scene.run(["get", "admin", "--field", "password"]).ok();
    scene.run(["list"]).ok();
    let friend = scene.recipient("friend.txt");
    let writes: [&[&str]; 9] = [
        &ADD_ONE,
        &["patch", "admin", "--description", "x"],
        &["passwd", "admin", "--password-stdin"],
        &["delete", "-y", "admin"],
        &["undo", "-y"],
        &["purge", "-y", "--all"],
        &["rekey", "--add-recipient", &friend],
        &["sign", "--add", "audit.pub"],
        &["sign", "--off", "-y"],
    ];
    for words in writes {
        scene.refuses(6, words, "x").says("Operations").says("--signing-key");
        let stranger = [&["--signing-key", "other"], words].concat();
        scene.refuses(6, stranger, "x").says("Operations");
    }
    for words in writes[..7].iter().filter(|words| words[0] != "delete") {
        let words = [&["--signing-key", "ops"], *words].concat();
        scene.run_with(&words, "x").ok();
        assert_eq!(scene.answer(["sign"])["signedBy"]["name"], json!("Operations"), "{words:?}");
    }
    // a key in its usual place, and one of the configuration
    fs::create_dir(scene.path("home/.ssh")).unwrap();
    fs::copy(scene.path("ops"), scene.path("home/.ssh/id_ed25519")).unwrap();
    scene.run(["patch", "admin", "--description", "y"]).ok();
    fs::remove_file(scene.path("home/.ssh/id_ed25519")).unwrap();
    scene.configure(&format!("signing-key = {:?}\n", scene.text_path("ops")));
    scene.run(["patch", "admin", "--description", "z"]).ok();
}

#[test]
fn two_signers_change_it_in_turn_on_two_machines() {
    let Some(scene) = signed() else { return };
    // the second machine knew it signed by the first signer alone
    on(&scene, "second", None, &["list"]).ok();
    on(&scene, "first", Some("ops"), &["sign", "--add", "audit.pub"]).ok();
    on(&scene, "second", Some("audit"), &ADD_ONE).ok();
    on(&scene, "first", Some("ops"), &["patch", "one", "--description", "x"]).ok();
    on(&scene, "second", Some("audit"), &["patch", "one", "--description", "y"]).ok();
    // a third one that knows only the first signer follows the proof; one that knows nothing believes it
    let shown = on(&scene, "home/state", None, &["sign", "-o", "json"]).ok().json();
    assert_eq!(shown["signedBy"]["name"], json!("Audit"));
    assert_eq!(shown["signers"][1]["by"], json!("Operations"));
    on(&scene, "fresh", None, &["list"]).ok();
    // nobody removes himself or the last one
    on(&scene, "second", Some("audit"), &["sign", "--remove", "Audit", "-y"]).exits(5).says("another signer");
    on(&scene, "first", Some("ops"), &["sign", "--remove", "Audit"]).exits(2).says("--yes");
    on(&scene, "first", Some("ops"), &["sign", "--remove", "Nobody", "-y"]).exits(4);
    on(&scene, "first", Some("ops"), &["sign", "--add", "audit.pub"]).exits(5);
    on(&scene, "first", Some("ops"), &["sign", "--remove", "Audit", "-y"]).ok();
    on(&scene, "first", Some("ops"), &["sign", "--remove", "Operations", "-y"]).exits(5).says("last");
    on(&scene, "second", Some("audit"), &["patch", "one", "--description", "z"]).exits(6);
    on(&scene, "second", Some("ops"), &["patch", "one", "--description", "z"]).ok();
}

#[test]
fn a_signer_who_was_removed_cannot_come_back() {
    let Some(scene) = signed() else { return };
    on(&scene, "first", Some("ops"), &["sign", "--add", "audit.pub"]).ok();
    let before = scene.bytes();
    on(&scene, "first", Some("ops"), &["sign", "--remove", "Audit", "-y"]).ok();
    // goes on from the generation in which he was a signer, on a machine that did not see the others
    let current = scene.bytes();
    fs::write(scene.vault(), before).unwrap();
    for at in ["1", "2", "3", "4", "5", "6"] {
        on(&scene, "removed", Some("audit"), &["patch", "admin", "--description", at]).ok();
    }
    for words in [&["list"][..], &["get", "admin"], &["sign"]] {
        on(&scene, "first", None, words).exits(9).says("credctl trust");
    }
    on(&scene, "first", Some("ops"), &ADD_ONE).exits(9);
    fs::write(scene.vault(), current).unwrap();
    on(&scene, "first", Some("ops"), &ADD_ONE).ok();
}

#[test]
fn a_vault_that_was_stripped_or_edited_is_refused() {
    let Some(scene) = signed() else { return };
    let genuine = scene.bytes();
    let text = scene.text();
    // a machine that the edits below do not make forget
    on(&scene, "first", None, &["list"]).ok();
    // edited by hand, with the signers in it and without
    scene.edit(|document| document["generation"] = json!(90));
    scene.refuses(9, ["list"], "").says("edited by hand");
    scene.edit(|document| {
        let document = document.as_object_mut().unwrap();
        document.remove("signers");
        document.remove("chunks");
        document.insert("generation".to_owned(), json!(91));
    });
    let stripped = on(&scene, "first", None, &["get", "admin"]);
    stripped.exits(9).says("not signed").says("credctl trust");
    // whoever does not know the vault reads it, and is told of nothing
    on(&scene, "fresh", None, &["list"]).ok();
    // one byte of a secret, in the layout as it was
    scene.set_text(text.replacen("old-password", "new-password", 1));
    for words in [&["get", "admin", "--reveal"][..], &["list"], &["check"], &["export", "--no-secrets"]] {
        scene.refuses(9, words, "").hides("new-password");
    }
    let unknown = on(&scene, "new", None, &["get", "admin", "--reveal"]);
    unknown.exits(9).says("not the one that was signed").hides("new-password");
    // by hand means not at all: --accept-older does not help against a wrong signature
    scene.refuses(9, ["--accept-older", "get", "admin", "--reveal"], "").hides("new-password");
    fs::write(scene.vault(), genuine).unwrap();
    on(&scene, "first", None, &["list"]).ok();
}

#[test]
fn signatures_are_turned_off_by_a_signer() {
    let Some(scene) = signed() else { return };
    on(&scene, "second", None, &["list"]).ok();
    on(&scene, "late", None, &["list"]).ok();
    on(&scene, "first", Some("ops"), &["sign", "--off"]).exits(2);
    on(&scene, "first", Some("ops"), &["sign", "--off", "-y"]).ok();
    on(&scene, "second", None, &["list"]).ok();
    on(&scene, "first", None, &ADD_ONE).ok();
    on(&scene, "second", None, &["list"]).ok();
    on(&scene, "second", None, &["sign", "--off", "-y"]).exits(2);
    // a machine that missed the step
    on(&scene, "late", None, &["list"]).exits(9).says("credctl trust");
    on(&scene, "late", None, &["trust", "-y"]).ok();
    on(&scene, "late", None, &["list"]).ok();
    // and on again: whoever knew it unsigned is told once
    on(&scene, "first", None, &["sign", "--with", "audit"]).ok();
    on(&scene, "second", None, &["list"]).ok().says("only these signers can change it: Audit");
    assert!(!on(&scene, "second", None, &["list"]).ok().stderr.contains("only these"));
}

#[test]
fn a_dry_run_changes_no_signers() {
    let Some(scene) = signed() else { return };
    let before = scene.bytes();
    for words in [&["sign", "--add", "audit.pub", "-n"][..], &["sign", "--off", "-n"]] {
        on(&scene, "first", Some("ops"), words).ok();
        assert!(scene.bytes() == before, "{words:?}");
    }
    on(&scene, "first", Some("ops"), &["sign", "--with", "audit"]).exits(5);
    on(&scene, "first", None, &["sign", "--add", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAQM="]).exits(3);
    on(&scene, "first", None, &["sign", "--name", "x"]).exits(2);
    on(&scene, "first", None, &["sign", "--with", "missing"]).exits(7);
}

#[test]
fn ssh_keygen_verifies_a_statement() {
    let Some(scene) = signed() else { return };
    let answer = scene.answer(["sign", "--statement", "generation.txt"]);
    scene.file("allowed_signers", format!("{}\n", answer["allowedSigner"].as_str().unwrap()));
    let verify = || {
        let script = format!("cd {} && {}", scene.text_path(""), answer["command"].as_str().unwrap());
        Command::new("/bin/sh").args(["-c", &script]).output().unwrap().status.success()
    };
    assert!(verify());
    let statement = fs::read_to_string(scene.path("generation.txt")).unwrap();
    assert!(statement.starts_with("kind: generation\nvault: "), "{statement}");
    fs::write(scene.path("generation.txt"), statement.replace("generation: ", "generation: 1")).unwrap();
    assert!(!verify());
    scene.run(["sign", "--statement", "generation.txt"]).exits(5);
    scene.run(["sign", "--statement", "generation.txt", "--overwrite"]).ok();
    assert!(verify());
}

#[test]
fn a_signature_of_ssh_keygen_is_read_and_ours_is_read_by_it() {
    use credctl::signature::{NAMESPACE, SignatureKeyFile, SigningKey as _, SshSignature};
    let Some(scene) = signed() else { return };
    let message = scene.file("message", "a message\n");
    let words = ["-q", "-Y", "sign", "-n", NAMESPACE, "-f", &scene.text_path("audit"), &message];
    assert!(Command::new(KEYGEN).args(words).stderr(Stdio::null()).status().unwrap().success());
    let theirs = fs::read_to_string(scene.path("message.sig")).unwrap();
    let theirs = SshSignature::from_pem(&theirs).unwrap();
    assert_eq!(theirs.verify(b"a message\n"), Ok(()));
    let text = fs::read(scene.path("audit")).unwrap();
    let SignatureKeyFile::Private(key) = SignatureKeyFile::parse(&text).unwrap() else { panic!() };
    // signatures of Ed25519 are the same every time
    assert_eq!(key.sign(b"a message\n").unwrap().to_pem(), theirs.to_pem());
}

/// An ssh-agent that ends with the test.
struct Agent(Child);

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Agent {
    fn start(socket: &Path) -> Option<Self> {
        if !Path::new(AGENT).exists() || !Path::new(ADD).exists() {
            skipped("ssh-agent is not installed");
            return None;
        }
        let child =
            Command::new(AGENT).arg("-D").arg("-a").arg(socket).stdout(Stdio::null()).spawn().unwrap();
        for _ in 0..200 {
            if socket.exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Some(Self(child))
    }
}

#[test]
fn an_ssh_agent_signs() {
    let Some(scene) = signed() else { return };
    let socket = scene.path("agent");
    let Some(_agent) = Agent::start(&socket) else { return };
    let with_agent = |words: &[&str]| scene.command(words).env("SSH_AUTH_SOCK", &socket).outcome("x");
    with_agent(&ADD_ONE).exits(6);
    with_agent(&["--signing-key", "ops.pub", "add", "Simple", "one", "value=-"]).exits(7).says("ssh-add");
    for key in ["other", "ops"] {
        let mut add = Command::new(ADD);
        add.arg("-q").arg(scene.path(key)).env("SSH_AUTH_SOCK", &socket).stderr(Stdio::null());
        assert!(add.status().unwrap().success());
    }
    // the public key is enough from here on
    fs::remove_file(scene.path("ops")).unwrap();
    with_agent(&ADD_ONE).ok();
    with_agent(&["--signing-key", "ops.pub", "patch", "one", "--description", "x"]).ok();
    with_agent(&["--signing-key", "other.pub", "patch", "one", "--description", "x"]).exits(6);
    assert_eq!(scene.answer(["sign"])["signedBy"]["name"], json!("Operations"));
}

#[test]
fn a_key_with_a_passphrase_needs_a_terminal_or_an_agent() {
    let Some(scene) = signed() else { return };
    key(&scene, "locked", "Locked", "secret words").unwrap();
    on(&scene, "first", Some("ops"), &["sign", "--add", "locked.pub"]).ok();
    on(&scene, "first", Some("locked"), &ADD_ONE).exits(7).says("ssh-add");
    on(&scene, "first", Some("ops"), &ADD_ONE).ok();
}

#[test]
fn bundles_of_a_signed_vault_are_signed() {
    let Some(scene) = signed() else { return };
    let server = scene.recipient("server.txt");
    let words = ["environment", "add", "gw", "--recipient", &server, "--out", "gw.age"];
    on(&scene, "first", Some("ops"), &words).ok();
    let read = |words: &[&str]| {
        let mut command = scene.command(words);
        command.env("CREDCTL_VAULT", scene.path("gw.age")).env("CREDCTL_IDENTITY", scene.path("server.txt"));
        command.env("XDG_STATE_HOME", scene.path("server-state")).outcome("")
    };
    let shown = read(&["sign", "-o", "json"]).ok().json();
    assert_eq!((&shown["signed"], &shown["signedBy"]["name"]), (&json!(true), &json!("Operations")));
    on(&scene, "first", Some("ops"), &["patch", "admin", "--description", "x"]).ok();
    read(&["list"]).ok();
    on(&scene, "first", Some("ops"), &["sign", "--off", "-y"]).ok();
    read(&["list"]).ok();
}
