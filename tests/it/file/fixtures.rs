//! Vaults of format version 1 that were written once and must be readable for ever.
//!
//! `CREDCTL_WRITE_FIXTURES=1 cargo test --test it write_fixtures -- --ignored` makes them anew, which is right
//! only before the first release.

use std::fs;
use std::path::{Path, PathBuf};

use credctl::vault::{Unchecked as _, Vault};
use serde_json::{Value, json};

use crate::support::lab::{self, Lab};
use crate::support::{Run as _, Scene, samples};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/file/fixtures/v1")
}

/// The name of each vault with what makes it special.
const VAULTS: [&str; 3] = ["all-types.age", "many.age", "empty.age"];

/// The types that are younger than the frozen vaults.
const YOUNGER: [&str; 1] = ["env"];

/// The samples that the frozen vault of all types has.
fn frozen() -> impl Iterator<Item = samples::Sample> {
    samples::all().into_iter().filter(|sample| !YOUNGER.contains(&sample.kind))
}

/// Credentials in the one with many.
const MANY: usize = 220;

/// Everything of every credential, as the library reads it.
fn content(vault: &mut Vault) -> Value {
    let mut ids = Vec::new();
    vault.ids(|id| ids.push(id.to_owned())).unwrap();
    let credentials: Vec<_> = ids
        .iter()
        .map(|id| {
            let credential = vault.find(id).unwrap().unwrap();
            let head = credential.head();
            json!({
                "id": head.id, "type": head.kind.name, "envelope": lab::envelope(&credential), "fields": lab::fields(&credential),
                "stamp": {
                    "createdAt": credctl::time::format(head.stamp.created_at),
                    "updatedAt": credctl::time::format(head.stamp.updated_at),
                    "createdBy": head.stamp.created_by.to_string(), "modifiedBy": head.stamp.modified_by.to_string(),
                    "etag": head.stamp.etag.to_string(), "instanceId": head.stamp.instance_id.to_string(),
                    "revision": head.stamp.revision,
                },
            })
        })
        .collect();
    json!({"id": vault.id().to_string(), "generation": vault.generation(), "recipients": vault.recipients().unwrap(), "credentials": credentials})
}

#[test]
fn frozen_vaults_read_as_they_always_did() {
    for name in VAULTS.into_iter().filter(|name| *name != "many.age") {
        let mut vault = lab::open(&folder().join(name), &folder().join("identity.txt")).unwrap();
        let expected = fs::read(folder().join(name).with_extension("json")).unwrap();
        let expected: Value = serde_json::from_slice(&expected).unwrap();
        assert_eq!(content(&mut vault), expected, "{name}");
    }
}

/// A credential of the vault with many: nothing that could not be said by a rule.
fn one_of_many(number: usize) -> (String, String) {
    (format!("id-{number:03}-é名"), "\u{0}\"\\\n🙂".repeat(number % 37 + 1))
}

#[test]
fn a_frozen_vault_of_several_chunks_is_searched() {
    let mut vault = lab::open(&folder().join("many.age"), &folder().join("identity.txt")).unwrap();
    for number in 0..MANY {
        let (id, value) = one_of_many(number);
        assert_eq!(lab::fields(&vault.find(&id).unwrap().unwrap()), json!({"value": value}));
    }
    assert!(vault.find("id-000").unwrap().is_none());
}

#[test]
fn a_frozen_vault_holds_every_type() {
    let vault = lab::open(&folder().join("all-types.age"), &folder().join("identity.txt"));
    let mut kinds = Vec::new();
    vault.unwrap().heads(|head| kinds.push(head.kind.name)).unwrap();
    kinds.sort_unstable();
    let mut expected: Vec<_> = frozen().map(|sample| sample.kind).collect();
    expected.sort_unstable();
    assert_eq!(kinds, expected);
}

/// A scene whose vault is a copy of a frozen one.
pub fn thawed(name: &str) -> Scene {
    let scene = Scene::bare();
    fs::copy(folder().join(name), scene.vault()).unwrap();
    fs::copy(folder().join("identity.txt"), scene.path("identity.txt")).unwrap();
    scene
}

#[test]
fn the_program_reads_and_changes_a_frozen_vault() {
    let scene = thawed("all-types.age");
    assert_eq!(scene.ids().len(), 19);
    for sample in frozen() {
        let id = sample.document["id"].as_str().unwrap();
        assert_eq!(scene.get(id)["type"], sample.kind);
    }
    let before = lab::decrypt(&scene.vault(), &scene.path("identity.txt"));
    scene.run(["patch", "Simple", "--description", "changed"]).ok();
    let after = lab::decrypt(&scene.vault(), &scene.path("identity.txt"));
    // lines that did not change are the same to the byte
    let lines = |text: &[u8]| {
        String::from_utf8(text.to_vec())
            .unwrap()
            .lines()
            .filter(|line| line.starts_with("{\"id\":") && !line.contains("\"id\":\"Simple\""))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(&before), lines(&after));
    assert_eq!(lines(&before).len(), 18);
}

#[test]
fn a_frozen_vault_with_a_passphrase_opens() {
    let scene = Scene::bare();
    fs::copy(folder().join("passphrase.age"), scene.vault()).unwrap();
    let mut command = scene.command(["get", "a", "--field", "value"]);
    assert_eq!(command.env("CREDCTL_PASSPHRASE", "fixture").outcome("").ok().stdout(), "S-fixture");
}

#[test]
#[ignore = "makes the fixtures anew"]
fn write_fixtures() {
    assert!(std::env::var_os("CREDCTL_WRITE_FIXTURES").is_some(), "set CREDCTL_WRITE_FIXTURES to write them");
    fs::create_dir_all(folder()).unwrap();
    for name in VAULTS {
        let scene = Scene::new();
        if folder().join("identity.txt").exists() {
            fs::copy(folder().join("identity.txt"), scene.path("identity.txt")).unwrap();
            fs::remove_file(scene.vault()).unwrap();
            scene.run(["init", "--recipient", &lab::recipient(&scene.path("identity.txt"))]).ok();
        } else {
            fs::copy(scene.path("identity.txt"), folder().join("identity.txt")).unwrap();
        }
        let documents: Vec<Value> = match name {
            "all-types.age" => frozen()
                .filter(|sample| sample.kind != "passwordHash")
                .map(|sample| sample.document)
                .collect(),
            "many.age" => (0..MANY)
                .map(one_of_many)
                .map(|(id, value)| json!({"id": id, "type": "Simple", "value": value}))
                .collect(),
            _ => Vec::new(),
        };
        if !documents.is_empty() {
            scene.run_with(["add", "-f", "-"], Value::from(documents).to_string()).ok();
        }
        if name == "all-types.age" {
            // a user's hash cannot be added by the program yet without users: the library puts it in
            let mut vault = lab::open(&scene.vault(), &scene.path("identity.txt")).unwrap();
            vault.put_unchecked(&Lab::new().create(&samples::of("passwordHash").document)).unwrap();
            let lock = credctl::disk::Location::resolve(&scene.vault())
                .unwrap()
                .lock(std::time::Duration::from_secs(9))
                .unwrap();
            let lockset = lab::lockset(&scene.path("identity.txt"));
            vault
                .save(
                    &lock,
                    &lockset,
                    credctl::vault::Sealer::new(&lockset).unwrap(),
                    credctl::disk::Backup::Keep,
                    &credctl::vault::Remember::nothing(),
                )
                .unwrap();
        }
        fs::copy(scene.vault(), folder().join(name)).unwrap();
        if name == "many.age" {
            continue;
        }
        let mut vault = lab::open(&scene.vault(), &scene.path("identity.txt")).unwrap();
        let text = serde_json::to_string_pretty(&content(&mut vault)).unwrap() + "\n";
        fs::write(folder().join(name).with_extension("json"), text).unwrap();
    }
    // an identity that a passphrase protects, and its recipient
    let (identity, recipient) = credctl::vault::generate();
    let lockset = credctl::vault::Lockset::Passphrase("fixture".into());
    let mut sealed = Vec::new();
    let text = format!("# public key: {recipient}\n{}\n", identity.expose());
    let write =
        |out: &mut dyn std::io::Write| out.write_all(text.as_bytes()).map_err(credctl::vault::Error::Write);
    credctl::vault::Sealer::new(&lockset).unwrap().seal(&mut sealed, write).unwrap();
    fs::write(folder().join("identity.txt.age"), sealed).unwrap();
    fs::write(folder().join("identity.pub"), recipient + "\n").unwrap();

    let scene = Scene::bare();
    let mut command = scene.command(["init"]);
    command.env("CREDCTL_PASSPHRASE", "fixture").outcome("").ok();
    let mut command = scene.command(["add", "Simple", "a", "value=-"]);
    command.env("CREDCTL_PASSPHRASE", "fixture").outcome("S-fixture").ok();
    fs::copy(scene.vault(), folder().join("passphrase.age")).unwrap();
}
