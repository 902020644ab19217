//! What somebody does who can write to the folder of the vault: every use of the vault is refused, nothing of it is
//! shown, and the file stays as it is.

use std::fs;

use serde_json::{Value, json};
use uuid::Uuid;

use super::on;
use crate::support::{Run as _, Scene, lab};

/// A recipient whose identity was thrown away.
pub const FORGER: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

/// Everything that reads a value or an id of `admin`.
const READS: [&[&str]; 14] = [
    &["get", "admin"],
    &["get", "admin", "--field", "password"],
    &["list"],
    &["list", "-o", "json"],
    &["find", "--value-stdin"],
    &["export", "--format", "native"],
    &["run", "admin", "--", "env"],
    &["inject", "template"],
    &["helper", "kubernetes", "admin"],
    &["verify", "admin", "--password-stdin"],
    &["history"],
    &["check"],
    &["types", "own-type"],
    &["status"],
];
/// Everything that writes, as far as it gets to the vault.
const WRITES: [&[&str]; 9] = [
    &["add", "Simple", "more", "value=-"],
    &["patch", "admin", "--description", "x"],
    &["patch", "admin", "--description", "x", "--dry-run"],
    &["delete", "-y", "admin"],
    &["rename", "admin", "other"],
    &["undo", "-y"],
    &["rekey", "--add-recipient", FORGER],
    &["deploy"],
    &["tidy", "-y"],
];

/// Sees to it that nothing is read from the file that is in the place of the vault, and that it stays.
#[track_caller]
fn is_refused(scene: &Scene, reason: &str) {
    scene.file("template", "{{ cred://admin/password }}");
    let before = scene.bytes();
    for words in READS.into_iter().chain(WRITES) {
        let outcome = scene.run_with(words, "old-password");
        let outcome = outcome.exits(9).says("credctl trust").says(reason);
        for secret in ["old-password", "forged"] {
            assert!(!outcome.stdout().contains(secret), "{words:?}");
        }
        assert_eq!(scene.bytes(), before, "{words:?}");
    }
    // a helper of git and a completion are silent, because nobody could read what they say
    let asked = "protocol=https\nhost=example.org\n\n";
    let git = scene.run_with(["helper", "git", "get"], asked);
    assert_eq!(git.stdout(), "", "{git:?}");
    let completed = scene.run(["__complete", "fish", "credctl", "get", ""]);
    assert!(!completed.stdout().contains("admin") && completed.stderr.is_empty(), "{completed:?}");
    // the machine knows as much as before
    scene.run(["get", "admin"]).exits(9);
    let problem = scene.command(["get", "admin", "-o", "json"]).outcome("").exits(9).error();
    assert_eq!(problem["type"], "urn:credctl:problem:distrusted");
    scene.run(["doctor"]).exits(8).prints("credctl trust");
}

#[test]
fn an_older_vault_is_refused() {
    let scene = Scene::with_login();
    let older = scene.bytes();
    scene.run(["patch", "admin", "domain=a"]).ok();
    fs::write(scene.vault(), older).unwrap();
    is_refused(&scene, "an older copy");
}

/// Makes a vault that only has what is in the text: what somebody writes who knows the recipient.
pub fn forge(scene: &Scene, roster: &[&str], change: impl FnOnce(&mut Value)) {
    let mut document: Value = serde_json::from_str(&scene.text()).unwrap();
    document.as_object_mut().unwrap().remove("index");
    document["recipients"] = json!(roster);
    document["credentials"][0]["fields"]["password"] = json!("forged");
    change(&mut document);
    lab::encrypt_to(document.to_string().as_bytes(), &scene.vault(), roster);
}

/// Draws a seal that no reader of the vault has.
pub fn seal() -> String {
    let bytes: Vec<u8> = [*Uuid::new_v4().as_bytes(), *Uuid::new_v4().as_bytes()].concat();
    credctl::base64::encode(&bytes).expose().to_owned()
}

#[test]
fn a_forged_vault_is_refused() {
    let scene = Scene::with_login();
    let own = scene.own();
    // who has seen the ids in a backup of before can name the vault, and knows no seal
    forge(&scene, &[&own], |document| {
        document["seal"] = json!(seal());
        document["generation"] = json!(900);
    });
    is_refused(&scene, "has another seal");
    let scene = Scene::with_login();
    let own = scene.own();
    forge(&scene, &[&own], |document| {
        document["version"] = json!(1);
        document["generation"] = json!(900);
        for member in
            ["seal", "formerSeals", "parents", "types", "conflicts", "blobs", "rotations", "rules", "chunks"]
        {
            document.as_object_mut().unwrap().remove(member);
        }
    });
    is_refused(&scene, "has no seal");
}

#[test]
fn a_vault_that_names_its_forger_is_refused() {
    let scene = Scene::with_login();
    let own = scene.own();
    forge(&scene, &[&own, FORGER], |document| {
        document["id"] = json!(Uuid::new_v4().to_string());
        document["seal"] = json!(seal());
    });
    is_refused(&scene, "another vault at this path");
    // accepted recipients accept no other vault
    scene.refuses(9, ["add", "Simple", "more", "value=-", "--accept-recipients"], "x");
    // a machine that never saw the vault says whom it locks it to
    let mut elsewhere = on(&scene, "new", &["add", "Simple", "more", "value=-"]);
    elsewhere.outcome("x").ok().says(FORGER);
}

#[test]
fn a_vault_that_does_not_follow_from_the_known_one_is_refused() {
    let scene = Scene::with_login();
    let base = scene.bytes();
    scene.run(["patch", "admin", "domain=a"]).ok();
    let ours = scene.bytes();
    // noticed up to 8 generations later
    for changes in 1..=9 {
        // another machine goes on from the generation before
        fs::write(scene.vault(), &base).unwrap();
        for _ in 0..changes {
            on(&scene, "other", &["patch", "admin", "domain=b", "--accept-recipients"]).outcome("").ok();
        }
        scene.run(["get", "admin"]).exits(9).says("does not follow from it");
        fs::write(scene.vault(), &ours).unwrap();
        fs::remove_dir_all(scene.path("home/other")).unwrap();
    }
    scene.run(["get", "admin"]).ok();
    // beyond that, it looks like a line of which this machine missed a part
    fs::write(scene.vault(), &base).unwrap();
    for _ in 0..10 {
        on(&scene, "other", &["patch", "admin", "domain=b", "--accept-recipients"]).outcome("").ok();
    }
    fs::copy(scene.vault(), scene.path("beyond.age")).unwrap();
    let mut beyond = on(&scene, "beyond", &["get", "admin"]);
    fs::write(scene.vault(), &ours).unwrap();
    beyond.outcome("").ok();
    fs::copy(scene.path("beyond.age"), scene.vault()).unwrap();
    on(&scene, "beyond", &["get", "admin"]).outcome("").ok();
    fs::write(scene.vault(), &ours).unwrap();
    // an edited text is one that this machine has not seen
    let text = scene.text();
    lab::encrypt(text.as_bytes(), &scene.vault(), &scene.path("identity.txt"));
    is_refused(&scene, "does not follow from it");
}

#[test]
fn two_known_vaults_that_change_places_are_refused() {
    let scene = Scene::with_login();
    scene.run(["init", "--vault", "second.age", "--recipient", &scene.own()]).ok();
    let (first, second) = (scene.vault(), scene.path("second.age"));
    fs::rename(&first, scene.path("between")).unwrap();
    fs::rename(&second, &first).unwrap();
    fs::rename(scene.path("between"), &second).unwrap();
    scene.run(["list"]).exits(9).says("another vault at this path");
    scene.run(["list", "--vault", "second.age"]).exits(9).says("another vault at this path");
    // a moved vault is still the same one
    fs::copy(&second, scene.path("third.age")).unwrap();
    scene.run(["get", "admin", "--vault", "third.age"]).ok();
}

#[test]
fn a_vault_that_the_agent_opens_is_refused_too() {
    let scene = crate::agent::AgentScene::with_passphrase();
    scene.unlock(&[]);
    scene.command(&["patch", "a", "value=-"]).outcome("S-old").ok();
    let older = scene.scene.bytes();
    scene.command(&["patch", "a", "value=-"]).outcome("S-new").ok();
    fs::write(scene.scene.vault(), older).unwrap();
    let refused = scene.get().exits(9).says("an older copy");
    assert_eq!(refused.stdout(), "");
    scene.run(&["patch", "a", "--description", "x"]).exits(9);
}

#[test]
fn an_older_bundle_is_refused() {
    let scene = Scene::with_login();
    let (server, out) = (scene.recipient("server.txt"), scene.text_path("gw.age"));
    scene.run(["environment", "add", "gw", "--recipient", &server, "--out", &out, "--api-proxy", "p"]).ok();
    scene.run(["grant", "admin", "--api-proxy", "p"]).ok();
    let older = fs::read(&out).unwrap();
    let read = || {
        on(&scene, "server", &["get", "admin", "--field", "domain", "--vault", "gw.age", "-i", "server.txt"])
            .outcome("")
    };
    read().ok();
    scene.run(["patch", "admin", "domain=new"]).ok();
    assert_eq!(read().ok().stdout(), "new");
    // written again from the same generation
    scene.run(["deploy"]).ok();
    read().ok();
    // a removal of a reader gives the vault and its bundle another seal
    let friend = scene.recipient("friend.txt");
    scene.run(["rekey", "--add-recipient", &friend]).ok();
    scene.run(["rekey", "--remove-recipient", &friend]).ok();
    read().ok();
    fs::write(&out, older).unwrap();
    assert_eq!(read().exits(9).says("an older copy").stdout(), "");
    on(&scene, "server", &["trust", "-y", "--vault", "gw.age", "-i", "server.txt"]).outcome("").ok();
    read().ok();
    // the vault in the place of its bundle
    fs::copy(scene.vault(), &out).unwrap();
    on(&scene, "server", &["list", "--vault", "gw.age"]).outcome("").exits(9).says("knows a bundle");
}

/// The seal in the first line of the vault.
fn seal_of(scene: &Scene) -> String {
    let document: Value = serde_json::from_str(&scene.text()).unwrap();
    document["seal"].as_str().unwrap().to_owned()
}

#[test]
fn a_former_reader_of_a_bundle_cannot_forge_the_next_one() {
    let scene = Scene::with_login();
    let (former, server) = (scene.recipient("former.txt"), scene.recipient("server.txt"));
    let out = scene.text_path("gw.age");
    let read = || {
        on(&scene, "server", &["get", "admin", "--field", "domain", "--vault", "gw.age", "-i", "server.txt"])
            .outcome("")
    };
    scene.run(["environment", "add", "gw", "-r", &former, "-r", &server, "--out", &out]).ok();
    read().ok();
    let text = lab::decrypt(&scene.path("gw.age"), &scene.path("former.txt"));
    scene.run(["environment", "remove", "gw", "--delete-bundle", "-y"]).ok();
    scene.run(["environment", "add", "gw", "-r", &server, "--out", &out]).ok();
    // the same bundle for a machine that knew it, by its former seal
    assert_eq!(read().ok().stdout(), "test");
    let mut forged: Value = serde_json::from_slice(&text).unwrap();
    forged.as_object_mut().unwrap().remove("index");
    forged["generation"] = json!(90);
    forged["recipients"] = json!([server]);
    forged["credentials"][0]["fields"]["domain"] = json!("forged");
    lab::encrypt(forged.to_string().as_bytes(), &scene.path("gw.age"), &scene.path("server.txt"));
    read().exits(9).says("credctl trust").hides("forged");
}

#[test]
fn who_loses_a_bundle_loses_its_seal() {
    let scene = Scene::with_login();
    let (one, other) = (scene.recipient("one.txt"), scene.recipient("other.txt"));
    let add = |name: &str, reader: &str| {
        let out = scene.text_path(&format!("{name}.age"));
        scene.run(["environment", "add", name, "-r", reader, "--out", &out, "--overwrite"]).ok();
    };
    let first = seal_of(&scene);
    add("gw", &one);
    add("prod", &other);
    scene.run(["patch", "admin", "domain=new"]).ok();
    assert_eq!(seal_of(&scene), first);
    scene.run(["environment", "remove", "gw", "-y"]).ok();
    let second = seal_of(&scene);
    assert_ne!(second, first);
    // the environment is back, and no recipient is shut out
    scene.run(["undo", "-y"]).ok();
    assert_eq!(seal_of(&scene), second);
    // the undo of an addition shuts its reader out
    scene.run(["environment", "remove", "prod", "-y"]).ok();
    let third = seal_of(&scene);
    add("prod", &one);
    assert_eq!(seal_of(&scene), third);
    scene.run(["undo", "-y"]).ok();
    assert_ne!(seal_of(&scene), third);
    scene.run(["list"]).ok();
}
