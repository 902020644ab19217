//! The line of a vault's generations: each names the one before it, and the seal stays until somebody is shut out.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Run as _, Scene, lab};

fn document(scene: &Scene) -> Value {
    serde_json::from_str(&scene.text()).unwrap()
}

/// The SHA-256 of the age header, as a parent has it.
fn digest(file: &[u8]) -> String {
    let begin = file.windows(4).position(|window| window == b"\n---").unwrap() + 1;
    let end = begin + file[begin..].iter().position(|&byte| byte == b'\n').unwrap() + 1;
    credctl::digest::ContentDigest::of(&file[..end]).to_string()
}

#[test]
fn each_generation_names_the_file_that_it_replaced() {
    let scene = Scene::new();
    let first = document(&scene);
    assert_eq!(first.get("parents"), None);
    let seal = first["seal"].as_str().unwrap().to_owned();
    assert_eq!(seal.len(), 44);
    let friend = scene.recipient("friend.txt");
    let mut line = Vec::new();
    let steps: [&[&str]; 7] = [
        &["add", "Simple", "a", "value=-"],
        &["patch", "a", "value=-"],
        &["undo", "-y"],
        &["undo", "-y"],
        &["rollback", "a", "--revision", "1"],
        &["rekey", "--add-recipient", &friend],
        &["purge", "-y", "--all"],
    ];
    for words in steps {
        let before = scene.bytes();
        scene.run_with(words, words.len().to_string()).ok();
        let now = document(&scene);
        line.insert(0, digest(&before));
        assert_eq!(now["parents"], json!(line), "{words:?}");
        assert_eq!(now["seal"], json!(seal), "{words:?}");
    }
    // nobody is shut out until here
    scene.run(["rekey", "--remove-recipient", &friend]).ok();
    let first = document(&scene);
    let renewed = first["seal"].clone();
    assert_ne!(renewed, json!(seal));
    let vault = lab::open(&scene.vault(), &scene.path("identity.txt")).unwrap();
    assert_ne!(first["formerSeals"][0], json!(vault.lineage().seal.unwrap().digest()));
    let seal = serde_json::from_value::<credctl::vault::Seal>(json!(seal)).unwrap();
    assert_eq!(first["formerSeals"], json!([seal.digest()]));
    scene.run(["patch", "a", "--description", "x"]).ok();
    assert_eq!(document(&scene)["seal"], renewed);
    assert_eq!(document(&scene)["formerSeals"], first["formerSeals"]);
    // a list of ancestors, which grows to 16
    for _ in 0..9 {
        scene.run(["patch", "a", "--description", "x"]).ok();
    }
    assert_eq!(document(&scene)["parents"].as_array().unwrap().len(), 16);
    // the library tells the same line
    let vault = lab::open(&scene.vault(), &scene.path("identity.txt")).unwrap();
    let lineage = vault.lineage();
    assert_eq!(lineage.digest.unwrap().to_string(), digest(&scene.bytes()));
    assert_eq!(
        json!(lineage.parents.iter().map(ToString::to_string).collect::<Vec<_>>()),
        document(&scene)["parents"]
    );
    assert!(lineage.seal.is_some() && lineage.signers.is_empty());
}

#[test]
fn another_passphrase_renews_the_seal() {
    let scene = Scene::bare();
    let with =
        |words: &[&str], old: &str| scene.command(words).env("CREDCTL_PASSPHRASE", old).outcome("x").ok();
    with(&["init"], "one");
    with(&["add", "Simple", "a", "value=-"], "one");
    let key = |word: &str| credctl::vault::Key::Passphrase(word.into());
    let of = |word: &str| {
        let file = fs::File::open(scene.vault()).unwrap();
        let sealed = credctl::vault::Sealed::inspect(file).unwrap();
        let vault = credctl::vault::Vault::open(sealed, &key(word)).unwrap();
        vault.lineage().seal.unwrap().digest()
    };
    let before = of("one");
    let new = scene.file("new.txt", "two");
    with(&["rekey", "--new-passphrase-file", &new], "one");
    assert_ne!(of("two"), before);
}

#[test]
fn an_undo_brings_back_neither_the_seal_nor_the_recipients_of_before() {
    let scene = Scene::with_login();
    let friend = scene.recipient("friend.txt");
    scene.run(["rekey", "--add-recipient", &friend]).ok();
    let before = scene.bytes();
    scene.run(["patch", "admin", "--description", "x"]).ok();
    // a copy of the state with the friend, in the place of the backup
    scene.run(["rekey", "--remove-recipient", &friend]).ok();
    let renewed = document(&scene)["seal"].clone();
    scene.run(["list"]).ok();
    fs::write(scene.path("vault.age.bak"), before).unwrap();
    scene.run(["undo", "-y"]).ok();
    let undone = document(&scene);
    assert_eq!(undone["seal"], renewed);
    let own = scene.own();
    assert_eq!(undone["recipients"].as_array().unwrap().len(), 1);
    assert_eq!(undone["recipients"][0]["recipient"], json!(own));
}

#[test]
fn a_vault_at_a_new_path_must_have_a_known_seal() {
    let scene = Scene::with_login();
    let friend = scene.recipient("friend.txt");
    let before = scene.bytes();
    scene.run(["rekey", "--add-recipient", &friend]).ok();
    scene.run(["rekey", "--remove-recipient", &friend]).ok();
    let forged = {
        let mut document = document(&scene);
        document.as_object_mut().unwrap().remove("index");
        let seal = serde_json::to_value(credctl::vault::Seal::new().unwrap()).unwrap();
        document["seal"] = seal;
        document["formerSeals"] = json!([]);
        document.to_string()
    };
    lab::encrypt(forged.as_bytes(), &scene.path("forged.age"), &scene.path("identity.txt"));
    let words = ["get", "admin", "--vault", "forged.age"];
    scene.run(words).exits(9).says("knows the vault").says("at another path").says("another seal");
    scene.run(["get", "admin"]).ok();
    // a copy of the vault, and one from before the seal was renewed
    for (name, bytes) in [("copy.age", scene.bytes()), ("older.age", before)] {
        fs::write(scene.path(name), bytes).unwrap();
        scene.run(["get", "admin", "--vault", name]).ok();
    }
}
