//! What holds for every credential, whatever is in it.

use std::collections::BTreeSet;
use std::fs::File;

use chrono::{DateTime, Utc};
use credctl::credential::{ChangeError, Credential, Grantee, GranteeKind};
use credctl::disk::{Backup, Location};
use credctl::value::json;
use credctl::vault::{
    AuthProvider, Environment, Period, Policy, PolicyRule, Reference, Remember, Resident, Sealed, Sealer,
    Unchecked as _, User, Vault,
};
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

fn name() -> impl Strategy<Value = String> {
    "[!-~é名][ -~é名]{0,20}[!-~é名]"
}

/// An instant of a microsecond, as they are kept.
fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0..4_000_000_000_000_000_i64).prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap())
}

fn grantee() -> impl Strategy<Value = Grantee> {
    (any::<bool>(), name()).prop_map(|(group, name)| {
        Grantee::new(if group { GranteeKind::ApiProxyGroup } else { GranteeKind::ApiProxy }, &name).unwrap()
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    let throttle = (prop::sample::select(Period::ALL.to_vec()), 1..u64::MAX)
        .prop_map(|(period, value)| PolicyRule::Throttle { period, value });
    let rule = prop_oneof![throttle, name().prop_map(|to| PolicyRule::Route { to })];
    (id(), name(), rule).prop_map(|(id, description, rule)| Policy { id, description, rule })
}

fn user() -> impl Strategy<Value = User> {
    let providers = prop::sample::select(AuthProvider::ALL.to_vec());
    let names = || proptest::option::of(name());
    (any::<[u8; 16]>(), providers, "[a-z]{1,8}@[a-z]{1,8}\\.org", names(), names()).prop_map(
        |(bytes, auth_provider, email, first_name, last_name)| {
            let id = uuid::Builder::from_random_bytes(bytes).into_uuid().to_string();
            User { id, auth_provider, email, first_name, last_name }
        },
    )
}

fn reference() -> impl Strategy<Value = Reference> {
    let addresses = btree_set(name(), 0..4).prop_map(Vec::from_iter);
    ("/[A-Za-z][A-Za-z0-9]{0,8}/[!-.0-~é]{1,12}", id(), addresses)
        .prop_map(|(resource, credential, addresses)| Reference { resource, credential, addresses })
}

fn environment() -> impl Strategy<Value = Environment> {
    let recipients = btree_set("age1[a-z0-9]{1,20}", 1..4).prop_map(Vec::from_iter);
    let grantees = btree_set(grantee(), 0..4).prop_map(Vec::from_iter);
    ("[A-Za-z0-9_][A-Za-z0-9._-]{0,20}", "[a-z]{1,9}", recipients, name(), grantees).prop_map(
        |(name, project, recipients, out, grantees)| Environment {
            name,
            project,
            recipients,
            out: format!("/{out}"),
            grantees,
        },
    )
}

/// Puts residents into a vault, each key once, and gives them in their order.
fn settle<R: Resident + Clone>(vault: &mut Vault, residents: &[R]) -> Vec<R> {
    let mut unique = std::collections::BTreeMap::new();
    for resident in residents {
        let (first, second) = resident.key();
        unique.insert((first.to_owned(), second.to_owned()), resident.clone());
    }
    vault.set_residents_unchecked(unique.values().rev().cloned().collect()).unwrap();
    unique.into_values().collect()
}

fn save(scene: &Scene, vault: Vault) {
    save_remembering(scene, vault, &Remember::nothing());
}

fn save_remembering(scene: &Scene, mut vault: Vault, remember: &Remember) {
    let identity = scene.path("identity.txt");
    let lockset = lab::lockset(&identity);
    let lock = Location::resolve(&scene.vault()).unwrap().lock(std::time::Duration::from_secs(9)).unwrap();
    vault.save(&lock, &lockset, Sealer::new(&lockset).unwrap(), Backup::Keep, remember).unwrap();
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
            vault.put_unchecked(&credential).unwrap();
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

#[test]
fn residents_that_are_written_are_read() {
    let scene = Scene::new();
    let residents =
        (vec(policy(), 0..5), vec(user(), 0..5), vec(reference(), 0..5), vec(environment(), 0..5));
    proptest!(ProptestConfig::with_cases(48), |(residents in residents)| {
        let (policies, users, references, environments) = residents;
        let mut vault = Vault::new().unwrap();
        let policies = settle(&mut vault, &policies);
        let users = settle(&mut vault, &users);
        let references = settle(&mut vault, &references);
        let environments = settle(&mut vault, &environments);
        save(&scene, vault);
        let mut vault = open(&scene);
        prop_assert_eq!(vault.residents::<Policy>().unwrap(), policies);
        prop_assert_eq!(vault.residents::<User>().unwrap(), users);
        prop_assert_eq!(vault.residents::<Reference>().unwrap(), references);
        prop_assert_eq!(vault.residents::<Environment>().unwrap(), environments);
    });
}

#[test]
fn grants_that_are_written_are_read() {
    let scene = Scene::new();
    let grants = vec((grantee(), proptest::option::of(instant()), "[a-z]{1,9}"), 0..6);
    proptest!(ProptestConfig::with_cases(48), |(document in credential(), grants in grants)| {
        let mut lab = Lab::new();
        let mut credential = lab.create(&document);
        for (to, expires, project) in grants {
            lab.act.project = project;
            credential.grant(to, expires, &lab.act);
        }
        let mut vault = Vault::new().unwrap();
        vault.put_unchecked(&credential).unwrap();
        save(&scene, vault);
        prop_assert_eq!(open(&scene).find(credential.id()).unwrap().unwrap(), credential);
    });
}

#[test]
fn the_last_versions_are_kept_in_their_order() {
    let scene = Scene::new();
    let (changes, kept) = (vec((0..4_usize, any::<bool>()), 1..12), 0..5_usize);
    proptest!(ProptestConfig::with_cases(24), |(changes in changes, kept in kept)| {
        let mut lab = Lab::new();
        save(&scene, Vault::new().unwrap());
        let mut current: [Option<Credential>; 4] = Default::default();
        let mut versions: [Vec<(Credential, DateTime<Utc>, bool)>; 4] = Default::default();
        for (number, (at, delete)) in changes.into_iter().enumerate() {
            lab.act.now += chrono::TimeDelta::seconds(1);
            let id = format!("id \"{at}\"").replace(' ', "-");
            let mut vault = open(&scene);
            let next = match &current[at] {
                Some(_) if delete => None,
                Some(old) => Some(lab.merge(old, &document!({"value": number.to_string()})).unwrap().credential),
                None => Some(lab.create(&document!({"id": id, "type": "Simple", "value": "first"}))),
            };
            match &next {
                Some(next) => vault.put_unchecked(next).unwrap(),
                None => vault.remove_unchecked(&id),
            }
            if let Some(old) = std::mem::replace(&mut current[at], next) {
                versions[at].push((old, lab.act.now, current[at].is_none()));
            }
            let remember = Remember { versions: kept, at: lab.act.now, by: lab.act.actor };
            save_remembering(&scene, vault, &remember);
        }
        let mut vault = open(&scene);
        for (at, expected) in versions.iter().enumerate() {
            let mut found = Vec::new();
            vault
                .versions(Some(&format!("id-\"{at}\"")), |version| {
                    found.push((version.credential, version.replaced_at, version.deleted));
                })
                .unwrap();
            prop_assert_eq!(&found[..], &expected[expected.len().saturating_sub(kept)..]);
        }
        let gone = |at: &usize| current[*at].is_none() && !versions[*at].is_empty() && kept > 0;
        prop_assert_eq!(vault.deleted().unwrap().len(), (0..4).filter(gone).count());
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
            vault.put_unchecked(&lab.create(&document!({"id": id, "type": "Simple", "value": "v".repeat(length)}))).unwrap();
        }
        save(&scene, vault);
        let mut vault = open(&scene);
        let mut listed = Vec::new();
        vault.ids(|id| listed.push(id.to_owned())).unwrap();
        prop_assert_eq!(&listed.iter().cloned().collect::<BTreeSet<_>>(), &ids);
        prop_assert!(listed.is_sorted());
        for id in &ids {
            let found = vault.find(id).unwrap();
            prop_assert_eq!(found.as_ref().map(Credential::id), Some(id.as_str()));
        }
        for id in others.difference(&ids) {
            prop_assert!(vault.find(id).unwrap().is_none());
            prop_assert!(!vault.contains(id).unwrap());
        }
    });
}
