//! The files that belong to the entries of other programs: each is an attachment, byte for byte.

use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::archives::zip;
use super::skip;
use crate::support::samples::base64;
use crate::support::{Outcome, Run as _, Scene};
use crate::verbs::attach::{blobs, content};

/// Contents on both sides of the longest that a record keeps, among them none and one that is no text.
fn contents() -> [(&'static str, Vec<u8>); 4] {
    let bytes = |length: u32| (0..length).map(|at| (at * 7 % 65521).to_le_bytes()[0]).collect::<Vec<_>>();
    [
        ("empty", Vec::new()),
        ("text.txt", b"first line\nsecond line".to_vec()),
        ("edge.bin", bytes(16 * 1024)),
        ("large.bin", bytes(200_000)),
    ]
}

/// Looks for all contents in a credential.
#[track_caller]
fn has_all(scene: &Scene, id: &str) {
    for (name, expected) in contents() {
        assert!(content(scene, id, name) == expected, "{id}: {name}");
    }
    scene.run(["check", "--only", "attachment", "--attachments"]).ok();
    assert!(!scene.text().contains("first line"), "not in clear text");
}

/// The names of the attachments of a credential.
fn names(scene: &Scene, id: &str) -> Vec<String> {
    let login = scene.get(id);
    let list = login["attachments"].as_array().cloned().unwrap_or_default();
    list.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn those_of_keepassxc_come_over_in_both_forms() {
    let scene = Scene::new();
    if Command::new("keepassxc-cli").arg("--version").output().is_err() {
        skip::<()>("keepassxc-cli is not installed");
        return;
    }
    let database = scene.text_path("db.kdbx");
    let run = |words: &[&str], stdin: &str| -> Outcome {
        let mut command = Command::new("keepassxc-cli");
        command.args(words).env("QT_QPA_PLATFORM", "offscreen").env("HOME", scene.path("."));
        command.outcome(stdin).ok()
    };
    run(&["db-create", "--set-password", &database], "S-master\nS-master\n");
    run(&["add", "-q", "-p", "-u", "ada", &database, "db"], "S-master\nS-pw\n");
    run(&["add", "-q", &database, "only"], "S-master\n");
    for (name, bytes) in contents() {
        let file = scene.file(name, bytes);
        run(&["attachment-import", "-q", &database, "db", name, &file], "S-master\n");
    }
    // the same content as another entry has
    run(
        &["attachment-import", "-q", &database, "only", "large.bin", &scene.text_path("large.bin")],
        "S-master\n",
    );
    let password = scene.file("password.txt", "S-master");
    let import = ["import", &database, "--source-passphrase-file", &password, "-o", "json"];
    // a trial writes nothing
    scene.run([&import[..], &["--dry-run"]].concat()).ok();
    assert!(scene.ids().is_empty() && blobs(&scene).is_empty());
    let answer = scene.run(import).ok();
    answer.says("only has nothing but attachments");
    assert_eq!(blobs(&scene).len(), 2);
    has_all(&scene, "db");
    assert_eq!(content(&scene, "only", "large.bin"), contents()[3].1);
    assert_eq!(names(&scene, "only"), ["large.bin"]);
    // the same once more keeps the blobs
    let before = blobs(&scene);
    scene.run([&import[..], &["--on-conflict", "replace"]].concat()).ok();
    assert_eq!(blobs(&scene), before);
    has_all(&scene, "db");
    // the XML of the same database
    let xml = run(&["export", "-q", &database], "S-master\n");
    let other = Scene::new();
    let answer = other.run_with(["import", "-", "-o", "json"], xml.stdout()).ok();
    assert_eq!(answer.json()["format"], "keepass-xml");
    has_all(&other, "db");
    assert_eq!(content(&other, "only", "large.bin"), contents()[3].1);
}

#[test]
fn those_in_the_xml_of_keepass_are_packed_or_not() {
    let scene = Scene::new();
    let packed = |bytes: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(bytes).unwrap();
        base64(packer.finish().unwrap())
    };
    let [empty, text, edge, large] = contents();
    let string =
        |name: &str, value: &str| format!("<String><Key>{name}</Key><Value>{value}</Value></String>");
    let refer = |name: &str, id: &str| format!("<Binary><Key>{name}</Key><Value Ref=\"{id}\"/></Binary>");
    let xml = format!(
        "<KeePassFile><Meta><Binaries><Binary ID=\"0\" Compressed=\"True\">{}</Binary><Binary ID=\"1\">{}</Binary>\
         <Binary ID=\"2\" Compressed=\"True\">aGVsbG8=</Binary></Binaries></Meta><Root><Group><Entry>{}{}{}{}\
         <Binary><Key>{}</Key><Value>{}</Value></Binary><Binary><Key>{}</Key><Value/></Binary>{}{}{}</Entry></Group></Root>\
         </KeePassFile>",
        packed(&large.1),
        base64(&edge.1),
        string("Title", "db"),
        string("Password", "S-pw"),
        refer(large.0, "0"),
        refer(edge.0, "1"),
        text.0,
        base64(&text.1),
        empty.0,
        refer("cut.bin", "2"),
        refer("gone.bin", "7"),
        refer("../large.bin", "1"),
    );
    let answer = scene.run_with(["import", "-", "-o", "json"], &xml).ok();
    assert_eq!(
        answer.json()["results"][0]["dropped"],
        json!(["attachment cut.bin", "attachment gone.bin"]),
        "{}",
        answer.json()
    );
    answer.says("is called large-2.bin");
    has_all(&scene, "db");
    assert_eq!(content(&scene, "db", "large-2.bin"), edge.1);
}

#[test]
fn those_of_1password() {
    let scene = Scene::new();
    let field = |name: &str, id: &str| json!({"title": name, "id": id, "value": {"file": {"fileName": name, "documentId": id, "decryptedSize": 1}}});
    let fields: Vec<_> = contents().iter().map(|(name, _)| field(name, &format!("id{name}"))).collect();
    let item = |title: &str, details: serde_json::Value| json!({"state": "active", "overview": {"title": title}, "details": details});
    let document = json!({"fileName": "scan.png", "documentId": "scan", "decryptedSize": 4});
    let items = [
        item("db", json!({"password": "S-pw", "sections": [{"title": "", "fields": fields}]})),
        item("Scan", json!({"documentAttributes": document})),
        item(
            "Twice",
            json!({"password": "S-x", "sections": [{"fields": [field("lost", "scan"), field("gone", "")]}]}),
        ),
    ];
    let data = json!({"accounts": [{"vaults": [{"attrs": {"name": "P"}, "items": items}]}]}).to_string();
    let mut files: Vec<(String, Vec<u8>)> = vec![("export.data".to_owned(), data.into_bytes())];
    files.extend(contents().map(|(name, bytes)| (format!("files/id{name}__{name}"), bytes)));
    files.push(("files/scan__scan.png".to_owned(), b"\x89PNG".to_vec()));
    let files: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect();
    let answer = scene.run_with(["import", "-"], zip(&files)).ok();
    answer.says("Twice: attachment lost, attachment gone left out").says("Scan has nothing but attachments");
    has_all(&scene, "db");
    assert_eq!(content(&scene, "Scan", "scan.png"), b"\x89PNG");
    assert_eq!(scene.get("Scan")["fields"]["value"], "scan.png");
}

#[test]
fn those_of_bitwarden_and_proton_pass() {
    let items = json!([{"id": "i1", "type": 1, "name": "db", "login": {"username": "ada", "password": "S-pw"},
        "attachments": [{"fileName": "large.bin"}, {"fileName": "lost.bin"}]}]);
    let data = json!({"encrypted": false, "folders": [], "items": items}).to_string();
    let mut files: Vec<(String, Vec<u8>)> = vec![("data.json".to_owned(), data.into_bytes())];
    files.extend(contents().map(|(name, bytes)| (format!("attachments/i1/{name}"), bytes)));
    // names of files that exports have themselves
    files.push(("attachments/i1/data.json".to_owned(), b"{}".to_vec()));
    files.push(("attachments/gone/a".to_owned(), b"a".to_vec()));
    let archive = |files: &[(String, Vec<u8>)]| {
        zip(&files.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect::<Vec<_>>())
    };
    let scene = Scene::new();
    scene.file("bitwarden.zip", archive(&files));
    let answer = scene.run(["import", "bitwarden.zip"]).ok();
    answer.says("db: attachment lost.bin left out").says("1 other files in the archive");
    has_all(&scene, "db");
    assert_eq!(content(&scene, "db", "data.json"), b"{}");

    let id = "Vj6zqGm8Rj2v9m0y1c4nEw==";
    let own = |name: &str| match name.split_once('.') {
        Some((stem, ending)) => format!("{stem}.{id}.{ending}"),
        None => format!("{name}.{id}"),
    };
    let listed: Vec<_> = contents().iter().map(|(name, _)| own(name)).chain([own("lost.bin")]).collect();
    let item = json!({"state": 1, "files": listed, "data": {"metadata": {"name": "db", "note": ""}, "type": "login",
        "extraFields": [], "content": {"itemUsername": "ada", "password": "S-pw", "urls": []}}});
    let data = json!({"version": "1.31.0", "userId": "u", "encrypted": false, "vaults": {"s": {"name": "P", "items": [item]}}});
    let mut files = vec![("Proton Pass/data.json".to_owned(), data.to_string().into_bytes())];
    files.extend(contents().map(|(name, bytes)| (format!("Proton Pass/files/{}", own(name)), bytes)));
    let scene = Scene::new();
    scene.run_with(["import", "-"], archive(&files)).ok().says("db: attachment lost.bin left out");
    has_all(&scene, "db");
    assert_eq!(names(&scene, "db").len(), 4);
}

#[test]
fn those_of_enpass() {
    let scene = Scene::new();
    let mut attachments: Vec<_> = contents()
        .iter()
        .map(|(name, bytes)| json!({"name": name, "data": base64(bytes), "kind": "x", "uuid": name}))
        .collect();
    attachments.push(json!({"name": "text.txt", "data": base64("another")}));
    attachments.push(json!({"name": "bad", "data": "?"}));
    let fields = json!([{"type": "username", "label": "u", "value": "ada"}, {"type": "password", "label": "p", "value": "S-pw"}]);
    let items = json!([{"title": "db", "template_type": "login.default", "fields": fields, "attachments": attachments}]);
    let answer = scene.run_with(["import", "-"], json!({"items": items}).to_string()).ok();
    answer.says("db: attachment bad left out").says("is called text-2.txt");
    has_all(&scene, "db");
    assert_eq!(content(&scene, "db", "text-2.txt"), b"another");
}

#[test]
fn those_of_an_archive_that_is_larger_than_other_files_may_be() {
    let scene = Scene::new();
    let item = json!({"id": "i1", "type": 1, "name": "db", "login": {"username": "ada", "password": "S-pw"}});
    let data = json!({"encrypted": false, "items": [item]}).to_string();
    let mut files: Vec<(String, Vec<u8>)> = vec![("data.json".to_owned(), data.into_bytes())];
    files.extend(contents().map(|(name, bytes)| (format!("attachments/i1/{name}"), bytes)));
    let archive = zip(&files.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect::<Vec<_>>());
    // an archive may have any bytes in front of its files
    let mut file = fs::File::create(scene.path("large.zip")).unwrap();
    file.write_all(b"PK\x03\x04").unwrap();
    file.seek(SeekFrom::Start(129 * 1024 * 1024)).unwrap();
    file.write_all(&archive).unwrap();
    scene.run(["import", "large.zip", "--dry-run"]).ok();
    assert_eq!(scene.run(["import", "large.zip", "-o", "json"]).ok().json()["format"], "bitwarden");
    has_all(&scene, "db");
    // what only begins like an archive
    file.set_len(129 * 1024 * 1024).unwrap();
    scene.refuses(3, ["import", "large.zip"], "").says("is a damaged zip archive");
}

#[test]
fn a_damaged_file_in_an_archive_is_told_and_the_entry_comes_over() {
    let scene = Scene::new();
    let item = json!({"id": "i1", "type": 1, "name": "db", "login": {"username": "ada", "password": "S-pw"}});
    let data = json!({"encrypted": false, "items": [item]}).to_string();
    let bomb = vec![0; 4 * 1024 * 1024];
    // what does not become shorter when it is packed
    let mut state = 1_u64;
    let random: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state.to_be_bytes()[0]
    })
    .take(50_000)
    .collect();
    let mut file = zip(&[
        ("data.json", data.as_bytes()),
        ("attachments/i1/bomb", &bomb),
        ("attachments/i1/cut.bin", &random),
        ("attachments/i1/whole.bin", &random),
    ]);
    let at = file.windows(22).position(|own| own == b"attachments/i1/cut.bin").unwrap();
    file[at + 25_000] ^= 1;
    let answer = scene.run_with(["import", "-", "-o", "json"], &file).ok();
    assert_eq!(
        answer.json()["results"][0]["dropped"],
        json!(["damaged attachment bomb", "damaged attachment cut.bin"])
    );
    assert_eq!(names(&scene, "db"), ["whole.bin"]);
    assert_eq!(content(&scene, "db", "whole.bin"), random);
    assert_eq!(fs::read_dir(scene.path("vault.age.d")).unwrap().count(), 1);
}
