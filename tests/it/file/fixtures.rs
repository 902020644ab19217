//! Vaults of each format version that were written once and must be readable for ever.
//!
//! `CREDCTL_WRITE_FIXTURES=1 cargo test --test it write_fixtures -- --ignored` makes those of the newest version
//! anew, which is right only before its first release.

use std::fs;
use std::path::{Path, PathBuf};

use credctl::vault::{Unchecked as _, Vault};
use serde_json::{Value, json};

use crate::support::lab::{self, Lab};
use crate::support::{Run as _, Scene, samples};

/// The versions of the format.
const VERSIONS: [u64; 2] = [1, 2];

pub(super) fn folder(version: u64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/file/fixtures/v{version}"))
}

pub(super) fn identity() -> PathBuf {
    folder(1).join("identity.txt")
}

/// The name of each vault with what makes it special.
const VAULTS: [&str; 3] = ["all-types.age", "many.age", "empty.age"];

/// The types that are younger than the frozen vaults.
const YOUNGER: [&str; 2] = ["env", "otp"];

/// The samples that the frozen vault of all types has.
fn frozen() -> impl Iterator<Item = samples::Sample> {
    samples::all().into_iter().filter(|sample| !YOUNGER.contains(&sample.kind))
}

/// Credentials in the one with many.
const MANY: usize = 220;

/// Everything of every credential, as the library reads it.
pub(super) fn content(vault: &mut Vault) -> Value {
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
    for (version, name) in each().filter(|(_, name)| *name != "many.age") {
        let mut vault = lab::open(&folder(version).join(name), &identity()).unwrap();
        let expected = fs::read(folder(version).join(name).with_extension("json")).unwrap();
        let expected: Value = serde_json::from_slice(&expected).unwrap();
        assert_eq!(vault.format(), version);
        assert_eq!(content(&mut vault), expected, "{name} of version {version}");
    }
}

/// Each version with the name of each of its vaults.
fn each() -> impl Iterator<Item = (u64, &'static str)> {
    VERSIONS.into_iter().flat_map(|version| VAULTS.into_iter().map(move |name| (version, name)))
}

/// A credential of the vault with many: nothing that could not be said by a rule.
fn one_of_many(number: usize) -> (String, String) {
    (format!("id-{number:03}-é名"), "\u{0}\"\\\n🙂".repeat(number % 37 + 1))
}

#[test]
fn a_frozen_vault_of_several_chunks_is_searched() {
    for version in VERSIONS {
        let mut vault = lab::open(&folder(version).join("many.age"), &identity()).unwrap();
        for number in 0..MANY {
            let (id, value) = one_of_many(number);
            assert_eq!(lab::fields(&vault.find(&id).unwrap().unwrap()), json!({"value": value}));
        }
        assert!(vault.find("id-000").unwrap().is_none());
    }
}

#[test]
fn a_frozen_vault_holds_every_type() {
    for version in VERSIONS {
        let vault = lab::open(&folder(version).join("all-types.age"), &identity());
        let mut kinds = Vec::new();
        vault.unwrap().heads(|head| kinds.push(head.kind.name)).unwrap();
        kinds.sort_unstable();
        let mut expected: Vec<_> = frozen().map(|sample| sample.kind).collect();
        expected.sort_unstable();
        assert_eq!(kinds, expected, "version {version}");
    }
}

/// A scene whose vault is a copy of a frozen one of version 1.
pub fn thawed(name: &str) -> Scene {
    thawed_of(1, name)
}

/// A scene whose vault is a copy of a frozen one.
pub fn thawed_of(version: u64, name: &str) -> Scene {
    let scene = Scene::bare();
    fs::copy(folder(version).join(name), scene.vault()).unwrap();
    fs::copy(identity(), scene.path("identity.txt")).unwrap();
    scene
}

#[test]
fn the_program_reads_and_changes_a_frozen_vault() {
    for version in VERSIONS {
        reads_and_changes(&thawed_of(version, "all-types.age"));
    }
}

fn reads_and_changes(scene: &Scene) {
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
    for version in VERSIONS {
        let scene = Scene::bare();
        fs::copy(folder(version).join("passphrase.age"), scene.vault()).unwrap();
        let mut command = scene.command(["get", "a", "--field", "value"]);
        assert_eq!(command.env("CREDCTL_PASSPHRASE", "fixture").outcome("").ok().stdout(), "S-fixture");
    }
}

/// The records of the frozen vault that has something in every place of version 2.
fn everything() -> Value {
    let identity = format!("AGE-SECRET-KEY-1{}", "Q".repeat(58));
    let sha256 = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    json!({
        "attachments": [
            {"name": "a.txt", "size": 1, "sha256": sha256, "value": "YQ=="},
            {"name": "b.pem", "size": 70_000, "sha256": sha256,
             "blob": "7d1f1b0e-5a86-4b0e-9d0e-0c1f0e6f6a01", "identity": identity},
        ],
        "types": [{"name": "acme.api", "definition": {"name": "acme.api", "summary": "s",
            "field": [{"name": "a", "kind": "text", "help": "h"}]}}],
        "conflicts": [{"id": "Simple", "since": "2027-01-01T00:00:00.000000Z"}],
        "blobs": [{"id": "7d1f1b0e-5a86-4b0e-9d0e-0c1f0e6f6a01"}],
        "rotations": [{"credential": "Simple", "step": 1.50, "é": ["x", null]}, {"credential": "other"}],
        "rules": [{"name": "short", "text": "a b"}],
    })
}

/// The sections of [`everything`].
const OTHERS: [&str; 5] = ["types", "conflicts", "blobs", "rotations", "rules"];

#[test]
fn a_frozen_vault_keeps_what_it_has_in_every_place() {
    let scene = thawed_of(2, "everything.age");
    let expected = everything();
    let before: Value = serde_json::from_str(&scene.text()).unwrap();
    scene.run(["patch", "other", "--description", "x"]).ok();
    let after: Value = serde_json::from_str(&scene.text()).unwrap();
    for text in [&before, &after] {
        for section in OTHERS {
            assert_eq!(text[section], expected[section], "{section}");
        }
        let record = &text["credentials"][0];
        assert_eq!(record["attachments"], expected["attachments"]);
        assert_eq!((&record["createdByName"], &record["modifiedByName"]), (&json!("One"), &json!("Two")));
        assert_eq!(record["rotateRequired"], json!(true));
        assert_eq!(text["recipients"], before["recipients"]);
        assert_eq!(text["seal"], before["seal"]);
    }
    assert_eq!(before["recipients"][0]["name"], "Operations");
    // what no program of today reads is copied as it is
    let lines = |text: &str| -> Vec<String> {
        let rotations = text.split_once("\"rotations\":[\n").unwrap().1.split_once("],\n").unwrap().0;
        rotations.lines().map(str::to_owned).collect()
    };
    let scene = thawed_of(2, "everything.age");
    let before = lines(&scene.text());
    assert_eq!(before.len(), 2);
    scene.run(["delete", "-y", "other"]).ok();
    assert_eq!(lines(&scene.text()), before);
}

#[test]
#[ignore = "makes the fixtures anew"]
fn write_fixtures() {
    assert!(std::env::var_os("CREDCTL_WRITE_FIXTURES").is_some(), "set CREDCTL_WRITE_FIXTURES to write them");
    let folder = folder(2);
    fs::create_dir_all(&folder).unwrap();
    for name in VAULTS {
        let scene = fresh();
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
        fs::copy(scene.vault(), folder.join(name)).unwrap();
        if name == "many.age" {
            continue;
        }
        let mut vault = lab::open(&scene.vault(), &scene.path("identity.txt")).unwrap();
        let text = serde_json::to_string_pretty(&content(&mut vault)).unwrap() + "\n";
        fs::write(folder.join(name).with_extension("json"), text).unwrap();
    }
    let scene = fresh();
    scene.login("other");
    scene.run_with(["add", "Simple", "Simple", "value=-"], "x").ok();
    scene.edit(|document| {
        let everything = everything();
        for section in OTHERS {
            document[section] = everything[section].clone();
        }
        let record = &mut document["credentials"][0];
        record["attachments"] = everything["attachments"].clone();
        record["createdByName"] = json!("One");
        record["modifiedByName"] = json!("Two");
        record["rotateRequired"] = json!(true);
        document["recipients"][0]["name"] = json!("Operations");
    });
    scene.run(["patch", "other", "--description", "d"]).ok();
    fs::copy(scene.vault(), folder.join("everything.age")).unwrap();

    let scene = Scene::bare();
    let mut command = scene.command(["init"]);
    command.env("CREDCTL_PASSPHRASE", "fixture").outcome("").ok();
    let mut command = scene.command(["add", "Simple", "a", "value=-"]);
    command.env("CREDCTL_PASSPHRASE", "fixture").outcome("S-fixture").ok();
    fs::copy(scene.vault(), folder.join("passphrase.age")).unwrap();
}

/// A scene with an empty vault for the identity of the fixtures.
pub(super) fn fresh() -> Scene {
    let scene = Scene::new();
    fs::copy(identity(), scene.path("identity.txt")).unwrap();
    fs::remove_file(scene.vault()).unwrap();
    scene.run(["init", "--recipient", &lab::recipient(&scene.path("identity.txt"))]).ok();
    scene
}
