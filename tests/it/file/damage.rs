//! Files that are no vaults, vaults that were cut, changed or edited by hand, and vaults of the future.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::file::fixtures::thawed;
use crate::support::{Run as _, Scene, lab};

fn document(scene: &Scene) -> Value {
    serde_json::from_str(&scene.text()).unwrap()
}

/// What verbs make of this vault that they must not: all must end with 9 and leave the file alone.
fn accepted(scene: &Scene, what: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for words in [
        &["list"][..],
        &["list", "-o", "name"],
        &["get", "admin"],
        &["patch", "admin", "domain=x"],
        &["delete", "-y", "admin"],
        &["rekey", "--new-passphrase-file", "identity.txt", "-n"],
    ] {
        let before = scene.bytes();
        let outcome = scene.run(words).hides("old-password");
        if outcome.status() != Some(9) {
            wrong.push(format!("{what}: {} ends with {:?}", words.join(" "), outcome.status()));
        }
        if before != scene.bytes() {
            wrong.push(format!("{what}: {} changes the file", words.join(" ")));
            scene.put(before);
        }
    }
    wrong
}

#[track_caller]
fn is_refused(scene: &Scene, what: &str) {
    let wrong = accepted(scene, what);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn text_that_was_edited_by_hand_is_read() {
    let scene = thawed("all-types.age");
    let before = scene.run(["list", "-o", "json"]).ok().json();
    let all: Vec<Value> = scene.ids().iter().map(|id| scene.get(id)).collect();
    let mut edited = document(&scene);
    edited.as_object_mut().unwrap().remove("index");
    // members sorted, indented, without the index: what jq makes of it
    let pretty = serde_json::to_string_pretty(&edited).unwrap();
    // the same with the members of the index as they were, which no longer fit
    let stale = serde_json::to_string_pretty(&document(&scene)).unwrap();
    let mut reversed = edited.clone();
    reversed["credentials"].as_array_mut().unwrap().reverse();
    for (what, text) in [
        ("pretty", pretty),
        ("stale index", stale),
        ("one line", edited.to_string()),
        ("disorder", reversed.to_string()),
    ] {
        scene.set_text(&text);
        assert_eq!(scene.run(["list", "-o", "json"]).ok().json(), before, "{what}");
        let again: Vec<Value> = scene.ids().iter().map(|id| scene.get(id)).collect();
        assert_eq!(again, all, "{what}");
        scene.run(["patch", "Simple", "--description", "x"]).ok();
        assert!(
            scene.text().starts_with("{\"credctl\":\"vault\",\"version\":2,"),
            "{what}: not laid out again"
        );
        assert!(scene.text().contains("\"index\":"));
        assert_eq!(scene.ids().len(), 19);
    }
}

#[test]
fn a_write_keeps_all_sections_that_it_does_not_change() {
    let scene = Scene::with_login();
    let mut edited = document(&scene);
    edited["policies"] = json!([{"id": "P1", "type": "route", "description": "é\n", "routeTo": "dr"}]);
    edited["users"] = json!([{"id": "5f3d0e4b-4f43-4b5f-9c5a-0d7a0c1b2c3d", "authProvider": "local",
                              "email": "a@example.org"}]);
    let admin = edited["credentials"][0].clone();
    edited["history"] = json!([{"id": "admin", "replacedAt": "2027-01-01T00:00:00.000000Z",
                                "replacedBy": "6b1551db-b7fa-473d-a05c-43524badb11b", "credential": admin}]);
    edited["references"] =
        json!([{"resourceRef": "/servers/h1", "credential": "admin", "managementAddresses": ["h1"]}]);
    scene.set_text(edited.to_string());
    scene.login("second");
    let after = document(&scene);
    for section in ["policies", "users", "history", "references", "environments"] {
        assert_eq!(after[section], edited[section], "{section}");
    }
    assert_eq!(after["id"], edited["id"]);
}

#[test]
fn a_newer_version_is_left_alone() {
    let scene = Scene::with_login();
    let current = scene.text();
    let mut wrong = Vec::new();
    for (what, text) in [
        ("99 in the header", current.replacen("\"version\":2", "\"version\":99", 1)),
        // of the same length, so that the index still fits
        ("3 in the header", current.replacen("\"version\":2", "\"version\":3", 1)),
        ("3 everywhere", current.replace("\"version\":2", "\"version\":3")),
        ("99 everywhere", current.replace("\"version\":2", "\"version\":99")),
        ("another layout", r#"{"credctl":"vault","version":99,"everything":{"is":"different"}}"#.to_owned()),
    ] {
        scene.set_text(&text);
        wrong.extend(accepted(&scene, what));
        if !scene.run(["list"]).stderr.contains("format version") {
            wrong.push(format!("{what}: the version is not told"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_text_that_is_no_vault_is_refused() {
    let scene = Scene::with_login();
    let current = scene.text();
    let document = document(&scene);
    let changed = |change: fn(&mut Value)| {
        let mut document = document.clone();
        change(&mut document);
        document.to_string()
    };
    let rows = [
        ("empty", String::new()),
        ("not JSON", "hello".to_owned()),
        ("an array", "[]".to_owned()),
        ("another document", r#"{"a":1}"#.to_owned()),
        ("another program's", r#"{"credctl":"export","version":1,"credentials":[]}"#.to_owned()),
        ("version 0", current.replacen("\"version\":2", "\"version\":0", 1)),
        ("a text as version", current.replacen("\"version\":2", "\"version\":\"2\"", 1)),
        ("no version", changed(|v| drop(v.as_object_mut().unwrap().remove("version")))),
        ("version 1 of a text of version 2", current.replace("\"version\":2", "\"version\":1")),
        ("no id", changed(|v| drop(v.as_object_mut().unwrap().remove("id")))),
        ("a member that is not known", changed(|v| v["extra"] = json!(1))),
        ("a member of a record", changed(|v| v["credentials"][0]["extra"] = json!(1))),
        ("a record that is no object", changed(|v| v["credentials"][0] = json!(5))),
        ("no fields", changed(|v| drop(v["credentials"][0].as_object_mut().unwrap().remove("fields")))),
        ("no etag", changed(|v| drop(v["credentials"][0].as_object_mut().unwrap().remove("etag")))),
        ("a type of no possible name", changed(|v| v["credentials"][0]["type"] = json!("no type"))),
        ("a time that is none", changed(|v| v["credentials"][0]["createdAt"] = json!("yesterday"))),
        (
            "the same id twice",
            changed(|v| {
                let one = v["credentials"][0].clone();
                v["credentials"].as_array_mut().unwrap().push(one);
            }),
        ),
        (
            "a key twice in a record",
            current.replacen("\"enabled\":true", "\"enabled\":true,\"enabled\":false", 1),
        ),
        (
            "a key twice in the fields",
            current.replacen("\"username\":\"ips\"", "\"username\":\"ips\",\"username\":\"x\"", 1),
        ),
        (
            "a key twice in the header",
            current.replacen("\"generation\":", "\"generation\":7,\"generation\":", 1),
        ),
        ("text behind it", format!("{current}x")),
        ("cut", current[..current.len() - 20].to_owned()),
    ];
    let mut wrong = Vec::new();
    for (what, text) in rows {
        scene.set_text(text);
        wrong.extend(accepted(&scene, what));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn parts_of_another_shape_are_not_taken_for_empty_ones() {
    let scene = Scene::with_login();
    let document = document(&scene);
    let mut wrong = Vec::new();
    for (name, value) in [("fields", json!("old-password")), ("fields", json!([])), ("tags", json!("x"))] {
        let mut document = document.clone();
        document["credentials"][0][name] = value.clone();
        scene.set_text(document.to_string());
        for words in [&["get", "admin"][..], &["get", "admin", "--reveal"], &["patch", "admin", "username=x"]]
        {
            let status = scene.run(words).status();
            if status != Some(9) {
                wrong.push(format!("{name} is {value}: {} ends with {status:?}", words.join(" ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn disorder_and_doubles_under_a_fitting_index_are_refused() {
    let scene = Scene::new();
    let documents = json!([{"id": "a", "type": "Simple", "value": "x"}, {"id": "b", "type": "Simple", "value": "x"}, {"id": "c", "type": "Simple", "value": "x"}]);
    scene.run_with(["add", "-f", "-"], documents.to_string()).ok();
    let current = scene.text();
    // the same length, so that the index still fits
    for (what, from, to) in
        [("disorder", "{\"id\":\"a\"", "{\"id\":\"z\""), ("double", "{\"id\":\"b\"", "{\"id\":\"a\"")]
    {
        scene.set_text(current.replacen(from, to, 1));
        scene.refuses(9, ["list"], "");
        scene.refuses(9, ["list", "-o", "name"], "");
        scene.refuses(9, ["patch", "c", "value=-"], "new");
        assert_ne!(scene.run(["get", "nobody"]).status(), Some(0), "{what}");
    }
}

#[test]
fn a_vault_that_was_cut_anywhere_never_opens() {
    let scene = Scene::with_login();
    let whole = scene.bytes();
    let (vault, identity) = (scene.path("cut.age"), scene.path("identity.txt"));
    let reads = |bytes: &[u8]| {
        fs::write(&vault, bytes).unwrap();
        let mut count = 0;
        lab::open(&vault, &identity).and_then(|mut vault| vault.heads(|_| count += 1)).map(|()| count).is_ok()
    };
    assert!(reads(&whole));
    for length in 0..whole.len() {
        assert!(!reads(&whole[..length]), "{length} of {} bytes", whole.len());
    }
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        assert!(!reads(&changed), "a bit changed at {at}");
    }
    for tail in [&b"x"[..], b"\n", &[0; 16], &whole] {
        assert!(!reads(&[&whole, tail].concat()), "{} bytes behind it", tail.len());
    }
}

#[test]
fn a_vault_with_another_byte_anywhere_never_opens() {
    let scene = Scene::with_login();
    let sound = scene.bytes();
    for at in 0..sound.len() {
        let mut changed = sound.clone();
        changed[at] ^= 1;
        scene.put(changed);
        assert!(lab::open(&scene.vault(), &scene.path("identity.txt")).is_err(), "byte {at}");
    }
    // in a stanza it looks like one for somebody else
    let stanza = sound.iter().position(|byte| *byte == b'>').unwrap() + 12;
    let seal = sound.windows(4).position(|window| window == b"\n---").unwrap() + 9;
    for (at, status) in [(0, 9), (stanza, 7), (seal, 9), (sound.len() - 1, 9)] {
        let mut changed = sound.clone();
        // base64 stays base64
        changed[at] = if sound[at] == b'A' { b'B' } else { b'A' };
        scene.put(changed);
        scene.refuses(status, ["patch", "admin", "domain=x"], "");
    }
}

#[test]
fn a_large_vault_that_was_cut_never_opens() {
    let scene = thawed("many.age");
    let whole = scene.bytes();
    let header = whole.windows(4).position(|bytes| bytes == b"\n---").unwrap();
    let chunk = 64 * 1024 + 16;
    let start = header + 1 + whole[header + 1..].iter().position(|&byte| byte == b'\n').unwrap() + 1 + 16;
    assert!(whole.len() > start + 2 * chunk, "{}", whole.len());
    for cut in [
        start,
        start + 1,
        start + chunk - 1,
        start + chunk,
        start + chunk + 1,
        start + 2 * chunk,
        whole.len() - 1,
        whole.len() - 16,
    ] {
        scene.put(&whole[..cut]);
        scene.refuses(9, ["list", "-o", "name"], "");
        scene.refuses(9, ["patch", "id-000-é名", "value=-"], "x");
        scene.refuses(9, ["get", "id-000-é名"], "");
    }
    // chunks that changed places
    let mut swapped = whole.clone();
    swapped[start..start + chunk].copy_from_slice(&whole[start + chunk..start + 2 * chunk]);
    scene.put(&swapped);
    scene.refuses(9, ["list"], "");
}

#[test]
fn files_that_are_no_age_files_are_told_apart_from_locked_ones() {
    let scene = Scene::with_login();
    let whole = scene.bytes();
    for bytes in [
        &b""[..],
        b"hello",
        b"age-encryption.org/v1\n",
        b"age-encryption.org/v2\n-> X25519 a\n",
        &whole[..30],
    ] {
        scene.put(bytes);
        is_refused(&scene, "no age file");
    }
    let stanzas = format!("age-encryption.org/v1\n{}--- x\n", "-> X25519 aaaa\nbbbb\n".repeat(100));
    scene.put(stanzas);
    is_refused(&scene, "too many stanzas");
    scene.put(format!("age-encryption.org/v1\n-> x {}", "a".repeat(100_000)));
    is_refused(&scene, "too long a header");
}

#[test]
fn a_passphrase_that_takes_too_much_work_is_refused_at_once() {
    let scene = Scene::new();
    let header = "age-encryption.org/v1\n-> scrypt rF0/NwblUHHTpgQgRpe5CQ 30\ngUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY\n--- ";
    scene.put([header.as_bytes(), &[b'A'; 43], b"\n", &[7; 200]].concat());
    let start = Instant::now();
    let mut command = scene.command(["list"]);
    command.env("CREDCTL_PASSPHRASE", "x").outcome("").exits(9).says("2^30");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn keys_that_do_not_fit_are_7() {
    let scene = Scene::with_login();
    scene.run(["init", "--vault", "other.age", "--generate-identity", "other.txt"]).ok();
    for words in
        [&["list"][..], &["get", "admin"], &["patch", "admin", "domain=x"], &["delete", "-y", "admin"]]
    {
        scene.refuses(7, words.iter().chain(&["-i", "other.txt"]), "");
        let before = scene.bytes();
        scene.command(words).env_remove("CREDCTL_IDENTITY").outcome("").exits(7);
        assert_eq!(before, scene.bytes());
    }
}
