//! Signed vaults: who may change one, what every other machine refuses, and the tools of OpenSSH beside it.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::openssh::SshAgent;
use crate::support::{Outcome, Run as _, Scene, lab, on};

/// A login, key pairs of OpenSSH, and the vault signed with the first.
pub(super) fn signed() -> Scene {
    let scene = Scene::with_login();
    for (name, comment) in [("ops", "Operations"), ("audit", "Audit"), ("other", "Other")] {
        scene.ssh_key("ed25519", name, comment, "");
    }
    scene.run(["sign", "--with", "ops"]).ok();
    scene
}

/// A run on a machine with a key that signs.
fn signing(scene: &Scene, machine: &str, key: &str, words: &[&str]) -> Outcome {
    on(scene, machine, words).env("CREDCTL_SIGNING_KEY", scene.path(key)).outcome("x")
}

/// A run on a machine without a key that signs.
fn reading(scene: &Scene, machine: &str, words: &[&str]) -> Outcome {
    on(scene, machine, words).outcome("x")
}

const ADD_ONE: [&str; 4] = ["add", "Simple", "one", "value=-"];

#[test]
fn only_a_signer_changes_a_signed_vault() {
    let scene = signed();
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
    let scene = signed();
    // the second machine knew it signed by the first signer alone
    reading(&scene, "second", &["list"]).ok();
    signing(&scene, "first", "ops", &["sign", "--add", "audit.pub"]).ok();
    signing(&scene, "second", "audit", &ADD_ONE).ok();
    signing(&scene, "first", "ops", &["patch", "one", "--description", "x"]).ok();
    signing(&scene, "second", "audit", &["patch", "one", "--description", "y"]).ok();
    // a third one that knows only the first signer follows the proof; one that knows nothing believes it
    let shown = reading(&scene, "state", &["sign", "-o", "json"]).ok().json();
    assert_eq!(shown["signedBy"]["name"], json!("Audit"));
    assert_eq!(shown["signers"][1]["by"], json!("Operations"));
    reading(&scene, "fresh", &["list"]).ok();
    // no signer removes itself, and the last one stays
    signing(&scene, "second", "audit", &["sign", "--remove", "Audit", "-y"]).exits(5).says("another signer");
    signing(&scene, "first", "ops", &["sign", "--remove", "Audit"]).exits(2).says("--yes");
    signing(&scene, "first", "ops", &["sign", "--remove", "Nobody", "-y"]).exits(4);
    signing(&scene, "first", "ops", &["sign", "--add", "audit.pub"]).exits(5);
    signing(&scene, "first", "ops", &["sign", "--remove", "Audit", "-y"]).ok();
    signing(&scene, "first", "ops", &["sign", "--remove", "Operations", "-y"]).exits(5).says("last");
    signing(&scene, "second", "audit", &["patch", "one", "--description", "z"]).exits(6);
    signing(&scene, "second", "ops", &["patch", "one", "--description", "z"]).ok();
}

#[test]
fn a_signer_who_was_removed_cannot_come_back() {
    let scene = signed();
    signing(&scene, "first", "ops", &["sign", "--add", "audit.pub"]).ok();
    let before = scene.bytes();
    signing(&scene, "first", "ops", &["sign", "--remove", "Audit", "-y"]).ok();
    // the removed signer continues from an earlier generation, on a machine that did not see the others
    let current = scene.bytes();
    fs::write(scene.vault(), before).unwrap();
    for at in ["1", "2", "3", "4", "5", "6"] {
        signing(&scene, "removed", "audit", &["patch", "admin", "--description", at]).ok();
    }
    for words in [&["list"][..], &["get", "admin"], &["sign"]] {
        reading(&scene, "first", words).exits(9).says("credctl trust");
    }
    signing(&scene, "first", "ops", &ADD_ONE).exits(9);
    fs::write(scene.vault(), current).unwrap();
    signing(&scene, "first", "ops", &ADD_ONE).ok();
}

#[test]
fn a_vault_that_was_stripped_or_edited_is_refused() {
    let scene = signed();
    let genuine = scene.bytes();
    let text = scene.text();
    // a machine that the edits below do not make forget
    reading(&scene, "first", &["list"]).ok();
    // edited by hand, with the signers in it and without
    scene.edit(|document| document["generation"] = json!(90));
    scene.refuses(9, ["list"], "").says("edited by hand");
    scene.edit(|document| {
        let document = document.as_object_mut().unwrap();
        document.remove("signers");
        document.remove("chunks");
        document.insert("generation".to_owned(), json!(91));
    });
    let stripped = reading(&scene, "first", &["get", "admin"]);
    stripped.exits(9).says("not signed").says("credctl trust");
    // a machine that does not know the vault reads it without a warning
    reading(&scene, "fresh", &["list"]).ok();
    // one byte of a secret, in the layout as it was
    scene.set_text(text.replacen("old-password", "new-password", 1));
    for words in [&["get", "admin", "--reveal"][..], &["list"], &["check"], &["export", "--no-secrets"]] {
        scene.refuses(9, words, "").hides("new-password");
    }
    let unknown = reading(&scene, "new", &["get", "admin", "--reveal"]);
    unknown.exits(9).says("not the one that was signed").hides("new-password");
    // --accept-older does not accept a wrong signature
    scene.refuses(9, ["--accept-older", "get", "admin", "--reveal"], "").hides("new-password");
    fs::write(scene.vault(), genuine).unwrap();
    reading(&scene, "first", &["list"]).ok();
}

#[test]
fn signatures_are_turned_off_by_a_signer() {
    let scene = signed();
    reading(&scene, "second", &["list"]).ok();
    reading(&scene, "late", &["list"]).ok();
    signing(&scene, "first", "ops", &["sign", "--off"]).exits(2);
    signing(&scene, "first", "ops", &["sign", "--off", "-y"]).ok();
    reading(&scene, "second", &["list"]).ok();
    reading(&scene, "first", &ADD_ONE).ok();
    reading(&scene, "second", &["list"]).ok();
    reading(&scene, "second", &["sign", "--off", "-y"]).exits(2);
    // a machine that missed the step
    reading(&scene, "late", &["list"]).exits(9).says("credctl trust");
    reading(&scene, "late", &["trust", "-y"]).ok();
    reading(&scene, "late", &["list"]).ok();
    // and on again: a machine that knew it unsigned prints one notice
    reading(&scene, "first", &["sign", "--with", "audit"]).ok();
    reading(&scene, "second", &["list"]).ok().says("only these signers can change it: Audit");
    assert!(!reading(&scene, "second", &["list"]).ok().stderr.contains("only these"));
}

#[test]
fn a_dry_run_changes_no_signers() {
    let scene = signed();
    let before = scene.bytes();
    for words in [&["sign", "--add", "audit.pub", "-n"][..], &["sign", "--off", "-n"]] {
        signing(&scene, "first", "ops", words).ok();
        assert!(scene.bytes() == before, "{words:?}");
    }
    signing(&scene, "first", "ops", &["sign", "--with", "audit"]).exits(5);
    reading(&scene, "first", &["sign", "--add", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAQM="]).exits(3);
    reading(&scene, "first", &["sign", "--name", "x"]).exits(2);
    reading(&scene, "first", &["sign", "--with", "missing"]).exits(7);
}

#[test]
fn ssh_keygen_verifies_a_statement() {
    let scene = signed();
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
    let scene = signed();
    let message = scene.file("message", "a message\n");
    let words = ["-q", "-Y", "sign", "-n", NAMESPACE, "-f", &scene.text_path("audit"), &message];
    assert!(Command::new("ssh-keygen").args(words).stderr(Stdio::null()).status().unwrap().success());
    let theirs = fs::read_to_string(scene.path("message.sig")).unwrap();
    let armored: String = theirs.lines().filter(|line| !line.starts_with("-----")).collect();
    let theirs = SshSignature::parse(&armored).unwrap();
    assert_eq!(theirs.verify(b"a message\n"), Ok(()));
    let text = fs::read(scene.path("audit")).unwrap();
    let (SignatureKeyFile::Private(key), Some(comment)) = SignatureKeyFile::parse(&text).unwrap() else {
        panic!()
    };
    assert_eq!(comment, "Audit");
    // signatures of Ed25519 are the same every time
    assert_eq!(key.sign(b"a message\n").unwrap().to_pem(), theirs.to_pem());
}

#[test]
fn an_ssh_agent_signs() {
    let scene = signed();
    let socket = scene.path("agent");
    let agent = SshAgent::start(socket.clone());
    let with_agent = |words: &[&str]| scene.command(words).env("SSH_AUTH_SOCK", &socket).outcome("x");
    with_agent(&ADD_ONE).exits(6);
    with_agent(&["--signing-key", "ops.pub", "add", "Simple", "one", "value=-"]).exits(7).says("ssh-add");
    for key in ["other", "ops"] {
        agent.add(&scene.path(key));
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
    let scene = signed();
    scene.ssh_key("ed25519", "locked", "Locked", "secret words");
    signing(&scene, "first", "ops", &["sign", "--add", "locked.pub"]).ok();
    signing(&scene, "first", "locked", &ADD_ONE).exits(7).says("ssh-add");
    signing(&scene, "first", "ops", &ADD_ONE).ok();
}

#[test]
fn bundles_of_a_signed_vault_are_signed() {
    let scene = signed();
    let server = scene.recipient("server.txt");
    let words = ["environment", "add", "gw", "--recipient", &server, "--out", "gw.age"];
    signing(&scene, "first", "ops", &words).ok();
    let read = |words: &[&str]| {
        let mut command = scene.command(words);
        command.env("CREDCTL_VAULT", scene.path("gw.age")).env("CREDCTL_IDENTITY", scene.path("server.txt"));
        command.env("XDG_STATE_HOME", scene.path("server-state")).outcome("")
    };
    let shown = read(&["sign", "-o", "json"]).ok().json();
    assert_eq!((&shown["signed"], &shown["signedBy"]["name"]), (&json!(true), &json!("Operations")));
    signing(&scene, "first", "ops", &["patch", "admin", "--description", "x"]).ok();
    read(&["list"]).ok();
    signing(&scene, "first", "ops", &["sign", "--off", "-y"]).ok();
    read(&["list"]).ok();
}

/// The public key of a security key whose application has a name of this length.
fn security_key(application: usize) -> String {
    const KIND: &str = "sk-ssh-ed25519@openssh.com";
    let string = |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[..], bytes].concat();
    let parts = [string(KIND.as_bytes()), string(&[7; 32]), string("a".repeat(application).as_bytes())];
    format!("{KIND} {}", credctl::base64::encode(&parts.concat()).expose())
}

#[test]
fn a_signer_that_no_reader_would_accept_is_not_written() {
    let scene = signed();
    let add =
        |key: &str, name: &str| signing(&scene, "first", "ops", &["sign", "--add", key, "--name", name]);
    let before = scene.bytes();
    for application in [680, 2000, 2900] {
        add(&security_key(application), "Long").exits(3).says("more than 1024 bytes");
    }
    let audit = fs::read_to_string(scene.path("audit.pub")).unwrap();
    for name in ["x".repeat(128), "a\nb".to_owned(), audit.trim().to_owned()] {
        add(&audit, &name).exits(3);
    }
    assert!(scene.bytes() == before);
    // the longest key, and a long comment, which is not kept
    add(&security_key(677), "Long").ok();
    add(&format!("{} {}", audit.trim(), "c".repeat(3000)), "Audit").ok();
    for machine in ["first", "fresh"] {
        reading(&scene, machine, &["get", "admin"]).ok();
    }
    signing(&scene, "first", "audit", &ADD_ONE).ok();
}

#[test]
fn a_later_bundle_of_a_signed_vault_must_be_signed() {
    let scene = signed();
    let server = scene.recipient("server.txt");
    let words = ["environment", "add", "gw", "--recipient", &server, "--out", "gw.age"];
    signing(&scene, "first", "ops", &words).ok();
    signing(&scene, "first", "ops", &["grant", "admin", "--api-proxy", "p"]).ok();
    let read = || reading(&scene, "server", &["get", "admin", "--vault", "gw.age", "-i", "server.txt"]);
    read().ok();
    // the server itself can make a bundle with the right seal: it can read one
    let text = lab::decrypt(&scene.path("gw.age"), &scene.path("server.txt"));
    let mut bundle: Value = serde_json::from_slice(&text).unwrap();
    let members = bundle.as_object_mut().unwrap();
    for member in ["signers", "chunks", "index"] {
        assert!(members.remove(member).is_some(), "{member}");
    }
    bundle["generation"] = json!(bundle["generation"].as_u64().unwrap() + 1);
    let genuine = fs::read(scene.path("gw.age")).unwrap();
    lab::encrypt(bundle.to_string().as_bytes(), &scene.path("gw.age"), &scene.path("server.txt"));
    read().exits(9).says("is not signed");
    fs::write(scene.path("gw.age"), genuine).unwrap();
    read().ok();
}
