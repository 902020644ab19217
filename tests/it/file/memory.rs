//! The memory that vaults of others may take: bounded by the length of their text.

use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Outcome, PROGRAM, Run as _, Scene};

/// The KiB of memory that the program of a test build takes by itself. Most of that is its code.
const BARE: u32 = 39_000;

/// Ends with this status under a limit of so many KiB of memory.
#[track_caller]
fn ends_within(scene: &Scene, kibibytes: u32, words: &str, status: i32) -> Outcome {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -v {kibibytes} && exec {PROGRAM} {words}")]);
    scene.environment(shell.current_dir(scene.path("")));
    shell.outcome("").exits(status)
}

/// A text of 8 MB is laid out within three times as much, whatever its records are.
#[test]
fn many_small_records_need_little_memory() {
    let scene = Scene::with_login();
    let sound: Value = serde_json::from_str(&scene.text()).unwrap();
    ends_within(&scene, BARE, "list -o name", 0);
    let (size, id) = (8_000_000, json!({"id": "a"}));
    let credential = &sound["credentials"][0];
    for (section, record, status) in [
        ("recipients", &json!("age1"), 9),
        ("users", &id, 0),
        ("policies", &id, 0),
        ("references", &id, 0),
        ("environments", &id, 9),
        ("credentials", &id, 9),
        ("credentials", credential, 9),
        ("history", &id, 9),
        (
            "history",
            &json!({"id": "admin", "replacedAt": "2026-01-01T00:00:00Z", "replacedBy": credential["etag"], "credential": credential}),
            0,
        ),
    ] {
        let mut document = sound.clone();
        document.as_object_mut().unwrap().remove("index");
        let record = record.to_string();
        let records = format!("[{}]", vec![&*record; size / record.len()].join(","));
        document[section] = json!([]);
        let text =
            document.to_string().replace(&format!("\"{section}\":[]"), &format!("\"{section}\":{records}"));
        scene.set_text(text);
        let outcome = ends_within(&scene, BARE + 24_000, "list -o name", status);
        // a short record is not called something that it is not
        assert!(!outcome.stderr.contains("its fields or its tags"), "{section}: {}", outcome.stderr);
    }
}

/// A value, or an earlier version, that makes most of the file is copied as seldom as may be.
#[test]
fn one_giant_value_needs_little_memory() {
    let scene = Scene::with_login();
    let sound: Value = serde_json::from_str(&scene.text()).unwrap();
    let version = |credential: &Value| json!({"id": "admin", "replacedAt": "2026-01-01T00:00:00Z", "replacedBy": credential["etag"], "credential": credential});
    for in_history in [false, true] {
        let mut document = sound.clone();
        document.as_object_mut().unwrap().remove("index");
        let mut giant = document["credentials"][0].clone();
        giant["fields"]["password"] = json!("x".repeat(8_000_000));
        if in_history {
            document["history"] = json!([version(&giant)]);
        } else {
            document["credentials"][0] = giant;
        }
        scene.set_text(document.to_string());
        // the room for the text laid out is a quarter more than the text
        for words in ["list", "get admin", "history admin -o json"] {
            ends_within(&scene, BARE + 26_000, words, 0);
        }
        for words in CHANGES {
            scene.set_text(document.to_string());
            ends_within(&scene, BARE + 26_000, words, 0);
        }
    }
}

/// Changes of a credential and of its id, each with its earlier version.
const CHANGES: [&str; 3] = ["patch admin --description d", "rename admin other", "delete admin -y"];

/// A public text is copied as seldom as a secret, whether it is written with escapes or without.
#[test]
fn one_giant_public_text_needs_little_memory() {
    let scene = Scene::with_login();
    let sound: Value = serde_json::from_str(&scene.text()).unwrap();
    let giant = "x".repeat(8_000_000);
    for (member, value) in [
        ("description", json!(giant)),
        // one escape makes a reader copy the whole text
        ("description", json!(format!("\n{giant}"))),
        ("labels", json!([{"name": "a", "value": giant}])),
        ("tags", json!({"a": giant})),
        ("resourceMetadata", json!({"a": giant})),
    ] {
        let mut document = sound.clone();
        document.as_object_mut().unwrap().remove("index");
        document["credentials"][0][member] = value;
        for words in
            ["list", "list -o jsonl", "list -o yaml", "list -o csv", "list -o tsv", "get admin", CHANGES[0]]
        {
            scene.set_text(document.to_string());
            let outcome = ends_within(&scene, BARE + 26_000, words, 0);
            // a table has the beginning of the text, and nobody reads more of it
            assert!(outcome.stdout().len() < 200_000 || words.contains("-o "), "{member}: {words}");
        }
    }
}

/// An export writes its text as it is made, and a list keeps a long item as it is until the vault is known to be
/// whole.
#[test]
fn what_is_written_is_in_memory_once() {
    let scene = Scene::with_login();
    let recipient = scene.recipient("friend.txt");
    let sound: Value = serde_json::from_str(&scene.text()).unwrap();
    // escapes would make six bytes of each
    for text in ["x", "\u{7f}"] {
        let mut document = sound.clone();
        document.as_object_mut().unwrap().remove("index");
        document["credentials"][0]["fields"]["password"] = json!(text.repeat(8_000_000));
        scene.set_text(document.to_string());
        for words in FORMATS.map(|format| format!("export --format {format}")).into_iter().chain([
            format!("export --encrypt-to {recipient}"),
            "export --out all.json --overwrite".to_owned(),
            "get admin --reveal -o json".to_owned(),
            "get admin --reveal -o yaml".to_owned(),
        ]) {
            // no line of a netrc has such a character
            let status = if text != "x" && words.ends_with("netrc") { 3 } else { 0 };
            let outcome = ends_within(&scene, BARE + 26_000, &words, status);
            assert_eq!(outcome.stdout.len() > 8_000_000, !words.contains("--out") && status == 0, "{words}");
        }
        // the fields are one cell, and the room for its text doubles as it grows
        for form in ["csv", "tsv"] {
            ends_within(&scene, BARE + 34_000, &format!("get admin --reveal -o {form}"), 0);
        }
    }
}

/// The formats that have a place for any login.
const FORMATS: [&str; 11] = [
    "native",
    "citrix",
    "aspire",
    "astra",
    "dotenv",
    "shell",
    "fish",
    "powershell",
    "systemd",
    "netrc",
    "csv",
];

/// `run` refuses a value too long for a variable before it copies the value, and `edit` one too long for an editor
/// before it opens the editor. A template and a file share the text of the credential.
#[test]
fn one_giant_value_for_a_program_needs_little_memory() {
    let scene = Scene::with_login();
    let template = scene.file("t.tpl", "a {{ cred://admin/password }} {{ cred://admin/password }} b\n");
    // a variable with the value inside
    scene.run(["import", &scene.file("shop.env", "A='x{{ cred://admin/password }}'\n"), "--as", "shop"]).ok();
    let of_variable =
        scene.file("v.tpl", "{{ cred://shop/A }} {{ cred://shop/A }} {{ cred://admin/password }}");
    let sound: Value = serde_json::from_str(&scene.text()).unwrap();
    // escapes make most of the written text
    for text in ["xx", "x\n"] {
        let mut document = sound.clone();
        document.as_object_mut().unwrap().remove("index");
        let value = text.repeat(8_000_000 / (json!(text).to_string().len() - 2));
        document["credentials"][0]["fields"]["password"] = json!(value);
        scene.set_text(document.to_string());
        for (words, status, told) in [
            ("run admin -- true", 3, "the system takes 131072 for a variable"),
            ("run --env P=admin/password -- true", 3, "--env-as-file passes it as a file"),
            ("run --env P=${cred://admin/password} -- true", 3, "the value for P has"),
            (
                "run --mask --env-as-file P=admin/password -- true",
                3,
                "the secrets to mask have more than 1 MiB",
            ),
            ("run shop -- true", 3, "the value for A has"),
            ("run --env P=shop/A -- true", 3, "the value for P has"),
            ("edit admin --reveal", 3, "admin is too long for an editor"),
        ] {
            let words = words.replace('$', "\\$");
            let outcome = ends_within(&scene, BARE + 26_000, &words, status);
            assert!(outcome.stderr.contains(told), "{words}: {}", outcome.stderr);
        }
        ends_within(&scene, BARE + 26_000, "run --env-as-file P=admin/password -- true", 0);
        ends_within(&scene, BARE + 26_000, "run --env-as-file P=shop/A -- true", 0);
        let filled = ends_within(&scene, BARE + 26_000, &format!("inject {of_variable}"), 0);
        assert!(filled.stdout == format!("x{value} x{value} {value}").as_bytes());
        let filled = ends_within(&scene, BARE + 26_000, &format!("inject {template}"), 0);
        assert!(filled.stdout == format!("a {value} {value} b\n").as_bytes());
        ends_within(&scene, BARE + 26_000, &format!("inject {template} --out filled.txt --overwrite"), 0);
    }
}

/// A verb that reads a vault and its backup, or two versions of a credential, has each value in memory once.
#[test]
fn one_giant_value_in_two_versions_needs_little_memory() {
    let scene = Scene::with_login();
    let sound: Value = serde_json::from_str(&scene.text()).unwrap();
    for member in ["password", "description"] {
        let mut document = sound.clone();
        document.as_object_mut().unwrap().remove("index");
        // escapes make most of the written text
        let value = json!("x\n".repeat(3_000_000 / 3));
        let credential = &mut document["credentials"][0];
        if member == "password" {
            credential["fields"][member] = value;
        } else {
            credential[member] = value;
        }
        scene.set_text(document.to_string());
        scene.run(["patch", "admin", "--tag", "a=b"]).ok();
        // how often the vault and its backup have the text together
        for (words, size) in [
            ("undo", 3),
            ("undo", 3),
            ("history admin --diff", 2),
            ("get admin --revision 1 --reveal -o json", 2),
            ("rollback admin --revision 1", 2),
            ("copy admin other", 3),
            ("delete admin other -y", 4),
            ("restore admin", 4),
        ] {
            // less than three times as much
            let outcome = ends_within(&scene, BARE + 3_000 * size * 2, words, 0);
            assert!(outcome.stdout.len() < 200_000 || words.ends_with("json"), "{words}");
        }
    }
}

/// The values of a credential take many times as much memory as their text, so an export has those of one at a
/// time.
#[test]
fn an_export_of_many_small_values_needs_little_memory() {
    let scene = Scene::new();
    let entries: serde_json::Map<_, _> = (0..200).map(|n| (format!("k{n}"), json!("YQ=="))).collect();
    let lines: Vec<String> = (0..2_000)
        .map(|n| json!({"id": format!("g{n:04}"), "type": "generic", "keyStore": entries}).to_string())
        .collect();
    scene.run(["import", &scene.file("many.json", lines.join("\n"))]).ok();
    assert!(scene.text().len() < 8_000_000);
    for format in ["native", "aspire", "astra", "shell", "csv"] {
        ends_within(&scene, BARE + 26_000, &format!("export --format {format}"), 0);
    }
}

/// Everything that a change copies beside the new record is there afterwards, whatever its length.
#[test]
fn long_records_are_kept_whole_by_every_change() {
    let scene = Scene::with_login();
    let long = format!("\"\\\n{}", "ö".repeat(100_000));
    scene.run_with(["add", "Simple", "long", "value=-"], &long).ok();
    scene.run(["patch", "long", "--description", "first"]).ok();
    scene.run(["patch", "long", "--description", "second"]).ok();
    scene.run(["rename", "long", "longer"]).ok();
    scene.run(["grant", "longer", "--api-proxy", "p"]).ok();
    scene.run_with(["add", "Simple", "m", "value=-"], "short").ok();
    scene.run(["delete", "longer", "-y"]).ok();
    scene.run(["restore", "longer"]).ok();
    let field = |words: &[&str]| scene.run(words).ok().stdout().to_owned();
    assert_eq!(field(&["get", "longer", "--field", "value"]), long);
    for revision in ["1", "2", "3"] {
        assert_eq!(field(&["get", "longer", "--revision", revision, "--field", "value"]), long, "{revision}");
    }
    assert_eq!(field(&["get", "m", "--field", "value"]), "short");
    scene.run(["undo"]).ok();
    scene.run(["check", "--skip", "weak"]).ok();
}

/// Each of these credentials has as many others with its secret as there are.
#[test]
fn one_secret_everywhere_needs_no_memory_for_each_pair() {
    let scene = Scene::with_login();
    let mut sound = serde_json::from_str::<Value>(&scene.text()).unwrap()["credentials"][0].take();
    scene.edit(|document| {
        let credentials = (0..5_000).map(|n| {
            sound["id"] = json!(format!("c{n:04}"));
            sound.clone()
        });
        document["credentials"] = credentials.collect();
    });
    let outcome = ends_within(&scene, 400_000, "check --skip weak -o json", 8);
    let found = outcome.json();
    assert_eq!(found["findings"].as_array().unwrap().len(), 5_000);
    assert_eq!(found["findings"][0]["detail"], "c0001 and 4998 more have the same secret");
    assert_eq!(found["findings"][7]["detail"], "c0000 and 4998 more have the same secret");
}
