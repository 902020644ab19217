//! Vaults that somebody else wrote: every record is judged before it is used, and nothing is written or printed
//! on the strength of one that breaks a rule.

use std::fs;

use serde_json::{Value, json};

use crate::support::Scene;

/// What a forged record does to the verbs that use it, and to a write.
#[track_caller]
fn is_refused(scene: &Scene, what: &str) {
    let before = scene.bytes();
    for words in
        [&["list"][..], &["list", "-o", "name"], &["list", "-o", "json"], &["check"], &["export", "--force"]]
    {
        let outcome = scene.run(words).exits(9);
        assert_eq!(outcome.stdout(), "", "{what}: {words:?}");
        assert!(!outcome.stderr.contains('\u{1b}'), "{what}");
    }
    assert_eq!(scene.bytes(), before, "{what}");
}

/// The text as it is laid out, with a record changed and an index that fits.
fn set(scene: &Scene, edit: impl Fn(&mut Value)) {
    scene.edit(|document| edit(&mut document["credentials"][0]));
}

#[test]
fn ids_are_judged_by_their_rule() {
    let scene = Scene::with_login();
    let sound = scene.text();
    for id in [
        "--vault=x",
        "-rf",
        "",
        "a b",
        "a\nb",
        "a\u{1b}[2Jb",
        "cafe\u{301}",
        "ad\u{200b}min",
        &"x".repeat(128),
    ] {
        set(&scene, |record| record["id"] = json!(id));
        is_refused(&scene, id);
        scene.refuses(9, ["add", "Simple", "zz", "value=-"], "x");
        // laid out, so that nothing is parsed as a whole
        let longer = json!(id).to_string();
        scene.set_text(laid_out(&sound.replace("\"admin\",\"type\"", &format!("{longer},\"type\""))));
        is_refused(&scene, id);
        scene.refuses(9, ["add", "Simple", "zz", "value=-"], "x");
        scene.set_text(&sound);
    }
}

/// The sections of the format, in order.
pub const SECTIONS: [&str; 13] = [
    "recipients",
    "credentials",
    "policies",
    "users",
    "references",
    "environments",
    "history",
    "types",
    "conflicts",
    "blobs",
    "rotations",
    "rules",
    "chunks",
];

/// Gives a text whose lengths were changed an index that fits.
pub fn laid_out(text: &str) -> String {
    let sections = SECTIONS;
    let text = &text[..text.rfind("\"index\"").unwrap()];
    let mut spans = Vec::new();
    for (position, name) in sections.iter().enumerate() {
        let opening = format!("\"{name}\":[\n");
        let begin = text.find(&opening).unwrap() + opening.len();
        let end = match sections.get(position + 1) {
            Some(next) => text.find(&format!("],\n\"{next}\":[\n")).unwrap(),
            None => text.len() - 3,
        };
        spans.push(json!([begin, end]));
    }
    format!("{text}\"index\":{{\"version\":2,\"at\":{},\"sections\":{}}}}}\n", text.len(), json!(spans))
}

#[test]
fn members_of_the_envelope_are_validated_before_use() {
    let scene = Scene::with_login();
    let sound = scene.text();
    let grant = |name: &str| {
        json!([{"name": name, "type": "API_PROXY", "project": "admin",
                "grantedAt": "2027-01-01T00:00:00.000000Z", "grantedBy": "6b1551db-b7fa-473d-a05c-43524badb11b"}])
    };
    for (member, value) in [
        ("name", json!("")),
        ("name", json!("a\u{7}")),
        ("project", json!("")),
        ("project", json!("a\u{202e}b")),
        ("description", json!("\u{1b}[31m")),
        ("throttlePolicy", json!("--x")),
        ("connectorType", json!("a\nb")),
        ("labels", json!([{"name": "a", "value": "\u{1b}"}])),
        ("tags", json!({"a": {"b": 1}})),
        ("tags", json!({"a": "\n"})),
        ("access", grant("a\u{1b}b")),
        ("revision", json!(u64::MAX)),
        ("resourceMetadata", json!({"a": vec![0; 20_000]})),
        ("labels", json!(vec![json!({"name": "a", "value": ""}); 20_000])),
    ] {
        set(&scene, |record| record[member] = value.clone());
        is_refused(&scene, member);
        // the other verbs that use it
        scene.run(["get", "admin"]).exits(9);
        scene.refuses(9, ["patch", "admin", "domain=x"], "");
        scene.set_text(&sound);
    }
}

#[test]
fn numbers_do_not_begin_anew() {
    let scene = Scene::with_login();
    let last = 1_u64 << 53;
    set(&scene, |record| record["revision"] = json!(last));
    scene.run(["patch", "admin", "domain=x"]).ok();
    assert_eq!(scene.get("admin")["revision"], json!(last));
    scene.edit(|document| document["generation"] = json!(last - 1));
    scene.run(["patch", "admin", "domain=y"]).ok();
    scene.refuses(9, ["patch", "admin", "domain=z"], "");
    scene.run(["list"]).ok();
    scene.edit(|document| document["generation"] = json!(u64::MAX));
    is_refused(&scene, "generation");
    // the last instant that can be written stays one
    let scene = Scene::with_login();
    set(&scene, |record| record["updatedAt"] = json!("9999-12-31T23:59:59.999999Z"));
    scene.run(["patch", "admin", "domain=x"]).ok();
    scene.run(["patch", "admin", "domain=y"]).ok();
}

#[test]
fn an_index_cannot_hide_sections() {
    let scene = Scene::with_login();
    scene.run(["policy", "add", "P1", "--type", "route", "--route-to", "x", "--description", "d"]).ok();
    let text = scene.text();
    let index: Value =
        serde_json::from_str(&format!("{{{}", &text[text.rfind("\"index\"").unwrap()..])).unwrap();
    let names = SECTIONS;
    let opening = |at: usize| names[at].len() as u64 + 5;
    for hider in 0..names.len() - 1 {
        let mut index = index["index"].clone();
        let at = index["at"].as_u64().unwrap();
        // the section ends where the text does, and the later ones are empty
        let rest: u64 = (hider + 1..names.len()).map(opening).sum();
        let mut end = at - 3 * (names.len() - hider) as u64 - rest;
        index["sections"][hider][1] = json!(end);
        for later in hider + 1..names.len() {
            end += 3 + opening(later);
            index["sections"][later] = json!([end, end]);
        }
        let forged = format!("{}\"index\":{index}}}\n", &text[..text.rfind("\"index\"").unwrap()]);
        scene.set_text(forged);
        assert_eq!(scene.ids(), ["admin"]);
        scene.run(["policy", "get", "P1"]).ok();
        scene.run(["patch", "admin", "--description", names[hider]]).ok();
        // what was written has each section once
        assert_eq!(scene.text().matches("\"policies\":[").count(), 1, "{}", names[hider]);
        scene.run(["policy", "get", "P1"]).ok();
    }
}

#[test]
fn environments_are_validated_before_a_save() {
    let scene = Scene::with_login();
    let (friend, out) = (scene.recipient("friend.txt"), scene.text_path("gw.age"));
    scene.run(["environment", "add", "gw", "--recipient", &friend, "--out", &out]).ok();
    let sound = scene.text();
    let edits: [fn(&mut Value); 4] = [
        |record| record["future"] = json!(1),
        |record| record["out"] = json!(""),
        |record| record["recipients"] = json!([]),
        |record| *record = json!({}),
    ];
    for edit in edits {
        scene.edit(|document| edit(&mut document["environments"][0]));
        let told = scene.refuses(9, ["add", "Simple", "zz", "value=-"], "x");
        told.says("is unchanged");
        scene.refuses(9, ["rekey", "--recipient", &scene.own()], "");
        scene.refuses(9, ["deploy"], "");
        scene.set_text(&sound);
    }
}

#[test]
fn a_list_prints_nothing_of_a_vault_that_is_damaged_later_on() {
    let scene = Scene::new();
    let lines: Vec<String> = (0..700)
        .map(|n| {
            json!({"id": format!("n{n:04}"), "type": "login", "username": "u".repeat(90), "password": "p"})
                .to_string()
        })
        .collect();
    scene.run(["import", &scene.file("many.json", lines.join("\n"))]).ok();
    let sound = scene.bytes();
    let mut chunk = sound.clone();
    let at = chunk.len() - 66_000;
    chunk[at] ^= 1;
    let forms = ["name", "table", "wide", "json", "jsonl", "csv", "tsv", "yaml"];
    let nothing = |what: &str| {
        for form in forms {
            let outcome = scene.run(["list", "-o", form]).exits(9);
            assert_eq!(outcome.stdout(), "", "{what}: {form}");
        }
    };
    scene.put(chunk);
    nothing("a chunk");
    scene.put(&sound);
    scene.edit(|document| {
        let last = document["credentials"].as_array_mut().unwrap().last_mut().unwrap();
        last["createdAt"] = json!("yesterday");
    });
    nothing("a record");
}

#[test]
fn a_record_with_more_values_than_a_reader_takes_is_not_written() {
    let scene = Scene::new();
    let document = |count: usize| {
        json!({"id": "x", "type": "connector", "connectorType": "rest-api", "description": "d",
               "properties": {"list": vec![0; count]}})
    };
    let add = |count: usize| {
        let path = scene.file("big.json", document(count).to_string());
        scene.run(["add", "-f", &path])
    };
    add(20_000).exits(3).says("fewer values");
    add(16_000).ok();
    scene.run(["get", "x", "--reveal", "-o", "json"]).ok();
}

#[test]
fn an_armored_vault_is_refused_with_a_hint() {
    let scene = Scene::with_login();
    fs::write(scene.vault(), "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n")
        .unwrap();
    scene.refuses(9, ["list"], "").says("armor").says("base64 -d");
}

#[test]
fn no_name_reads_as_an_option() {
    let scene = Scene::new();
    scene.run_with(["-p=-x", "add", "Simple", "a", "value=-"], "s").ok();
    scene.run_with(["-p=b --out=c", "add", "Simple", "b", "value=-"], "s").ok();
    let names = scene.run(["project", "list", "-o", "name"]).ok();
    assert!(names.stdout().split_whitespace().all(|word| !word.starts_with('-')), "{}", names.stdout());
}

#[test]
fn a_header_out_of_bounds_is_refused() {
    let scene = Scene::with_login();
    let sound = scene.bytes();
    let at = sound.windows(4).position(|window| window == b"\n---").unwrap() + 1;
    let stanzas = "-> x\nAAAA\n".repeat(65);
    let long = format!("-> x {}\nAAAA\n", "a".repeat(64 * 1024));
    for (extra, bound) in [(stanzas, "64 recipients"), (long, "64 KiB")] {
        let forged = [&sound[..at], extra.as_bytes(), &sound[at..]].concat();
        scene.put(forged);
        scene.refuses(9, ["list"], "").says(bound);
    }
}

#[test]
fn a_header_is_whole_stanza_by_stanza() {
    let scene = Scene::with_login();
    let sound = scene.bytes();
    let at = |needle: &[u8]| sound.windows(needle.len()).position(|window| window == needle).unwrap();
    let (end, full) = (at(b"\n---") + 1, "A".repeat(64));
    // without a body, a body without its short last line, a line that is too long, text outside of stanzas
    for extra in
        ["-> x\n".to_owned(), format!("-> x\n{full}\n"), format!("-> x\n{full}A\n"), "AAAA\n".to_owned()]
    {
        let forged = [&sound[..end], extra.as_bytes(), &sound[end..]].concat();
        scene.put(forged);
        scene.refuses(9, ["list"], "").says("header");
    }
}
