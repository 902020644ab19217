//! What holds for every credential, whatever is in it.

use std::collections::BTreeSet;
use std::fs::File;

use credctl::credential::ChangeError;
use credctl::value::json;
use credctl::vault::file::{Backup, Location};
use credctl::vault::{Remember, Sealed, Sealer, Vault};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use serde_json::{Value, json as document};

use crate::support::Scene;
use crate::support::lab::{self, Lab, envelope, fields, plain};

/// Text of any characters, with those that writers of formats get wrong among them.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        '"',
        '\\',
        '\n',
        '\r',
        '\t',
        '\0',
        '\u{1b}',
        '\u{7f}',
        '\u{2028}',
        '\u{feff}',
        '🙂',
        '\u{10ffff}',
        'é',
    ]);
    vec(prop_oneof![3 => any::<char>(), 1 => odd], 1..40).prop_map(String::from_iter)
}

fn id() -> impl Strategy<Value = String> {
    "[!-,.-~é名][!-~é名]{0,30}"
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (-1e15..1e15_f64).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map("[a-zA-Z\" \\\\é]{1,8}", inner, 0..5).prop_map(Value::from_iter),
        ]
    })
}

/// A login or a connector with anything in it.
fn credential() -> impl Strategy<Value = Value> {
    let names = "[a-z\"\\\\é]{1,8}";
    let login = (id(), text(), text(), proptest::option::of(text()), btree_map(names, "[ -~é🙂]{0,9}", 0..4), any::<bool>()).prop_map(
        |(id, username, password, domain, tags, enabled)| {
            let mut login = document!({"id": id, "type": "UsernamePassword", "username": username, "password": password,
                                       "enabled": enabled, "tags": tags});
            if let Some(domain) = domain {
                login["domain"] = domain.into();
            }
            login
        },
    );
    let connector = (id(), btree_map(names, tree(), 1..6), tree()).prop_map(|(id, properties, metadata)| {
        document!({"id": id, "type": "connector", "connectorType": "x", "description": "a\n\t\"é🙂\"", "properties": properties,
                   "resourceMetadata": {"any": metadata}})
    });
    prop_oneof![login, connector]
}

fn save(scene: &Scene, mut vault: Vault) {
    let identity = scene.path("identity.txt");
    let lockset = lab::lockset(&identity);
    let lock = Location::resolve(&scene.vault()).unwrap().lock(std::time::Duration::from_secs(9)).unwrap();
    vault.save(&lock, &lockset, Sealer::new(&lockset).unwrap(), Backup::Drop, &Remember::nothing()).unwrap();
}

fn open(scene: &Scene) -> Vault {
    let sealed = Sealed::inspect(File::open(scene.vault()).unwrap()).unwrap();
    Vault::open(sealed, &lab::key(&scene.path("identity.txt"))).unwrap()
}

#[test]
fn what_is_written_is_what_is_read() {
    let scene = Scene::new();
    proptest!(ProptestConfig::with_cases(48), |(documents in vec(credential(), 1..8))| {
        let lab = Lab::new();
        let mut vault = Vault::new().unwrap();
        let mut expected = std::collections::BTreeMap::new();
        for document in &documents {
            let credential = lab.create(document);
            vault.put(&credential).unwrap();
            expected.insert(credential.id().to_owned(), credential);
        }
        save(&scene, vault);
        let mut vault = open(&scene);
        for (id, credential) in &expected {
            let found = vault.find(id).unwrap().unwrap();
            prop_assert_eq!(&found, credential);
        }
        let mut heads = Vec::new();
        vault.heads(|head| heads.push(head)).unwrap();
        prop_assert_eq!(heads, expected.values().map(|credential| credential.head().clone()).collect::<Vec<_>>());
        // whatever is in it, the text is JSON as a whole
        let text = lab::decrypt(&scene.vault(), &scene.path("identity.txt"));
        let text: Value = serde_json::from_slice(&text).unwrap();
        prop_assert_eq!(text["credentials"].as_array().unwrap().len(), expected.len());
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn merging_what_is_stored_changes_the_stamp_only(document in credential()) {
        let lab = Lab::new();
        let old = lab.create(&document);
        let new = lab.merge(&old, &document).unwrap().credential;
        prop_assert_eq!(fields(&old), fields(&new));
        prop_assert_eq!(&old.head().envelope, &new.head().envelope);
        prop_assert_eq!(new.head().stamp.revision, 2);
        // one member at a time as well
        for (name, value) in document.as_object().unwrap() {
            match lab.merge(&old, &document!({name: value})) {
                Ok(new) => {
                    let new = new.credential;
                    prop_assert_eq!((fields(&old), &old.head().envelope), (fields(&new), &new.head().envelope));
                }
                // the identity alone is no change
                Err(ChangeError::Nothing) => prop_assert!(value.is_string(), "{}", name),
                Err(error) => prop_assert!(false, "{}: {}", name, error),
            }
        }
    }

    #[test]
    fn replacing_twice_is_replacing_once(first in credential(), second in credential()) {
        prop_assume!(first["type"] == second["type"]);
        let lab = Lab::new();
        let mut second = second;
        second["id"] = first["id"].clone();
        let old = lab.create(&first);
        let once = lab.replace(&old, &second).unwrap().credential;
        let twice = lab.replace(&once, &second).unwrap().credential;
        prop_assert_eq!(fields(&once), fields(&twice));
        prop_assert_eq!(&once.head().envelope, &twice.head().envelope);
        // and leaves nothing of what was there but the name
        let new = lab.create(&second);
        prop_assert_eq!(fields(&new), fields(&once));
        prop_assert_eq!(envelope(&new), envelope(&once));
    }

    #[test]
    fn json_survives_the_way_there_and_back(value in tree()) {
        let text = value.to_string();
        let read = json::parse(text.as_bytes()).unwrap();
        prop_assert_eq!(plain(&read), value);
        let mut pretty = Vec::new();
        json::write_pretty(&read, &mut pretty).unwrap();
        prop_assert_eq!(json::parse(&pretty).unwrap(), read);
    }

    #[test]
    fn no_bytes_make_the_reader_fail_in_another_way(bytes in vec(any::<u8>(), 0..200), text in text()) {
        let _ = json::parse(&bytes);
        let _ = json::parse(text.as_bytes());
        let _ = json::parse(format!("{{\"a\":{text}}}").as_bytes());
    }
}

#[test]
fn halving_finds_every_id_and_no_other() {
    let scene = Scene::new();
    proptest!(ProptestConfig::with_cases(12), |(ids in btree_set(id(), 1..300), others in btree_set(id(), 1..50), long in 0..3_usize)| {
        let lab = Lab::new();
        let mut vault = Vault::new().unwrap();
        for (number, id) in ids.iter().enumerate() {
            // some lines longer than a chunk of the file
            let length = if number % 50 < long { 70_000 } else { number % 700 + 1 };
            vault.put(&lab.create(&document!({"id": id, "type": "Simple", "value": "v".repeat(length)}))).unwrap();
        }
        save(&scene, vault);
        let mut vault = open(&scene);
        let mut listed = Vec::new();
        vault.ids(|id| listed.push(id.to_owned())).unwrap();
        prop_assert_eq!(&listed.iter().cloned().collect::<BTreeSet<_>>(), &ids);
        prop_assert!(listed.is_sorted());
        for id in &ids {
            let found = vault.find(id).unwrap();
            prop_assert_eq!(found.as_ref().map(credctl::credential::Credential::id), Some(id.as_str()));
        }
        for id in others.difference(&ids) {
            prop_assert!(vault.find(id).unwrap().is_none());
            prop_assert!(!vault.contains(id).unwrap());
        }
    });
}
