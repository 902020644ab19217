//! Stores that are folders of encrypted files.

use std::fs;
use std::process::Command;

use serde_json::json;

use crate::programs::installed;
use crate::support::{Run as _, Scene, lab};

/// A store of passage that the identity of the scene opens.
fn passage(scene: &Scene) -> String {
    fs::create_dir_all(scene.path("store/work")).unwrap();
    let identity = scene.path("identity.txt");
    let put =
        |name: &str, text: &str| lab::encrypt(text.as_bytes(), &scene.path("store").join(name), &identity);
    put("work/db.age", "S-hunter2\nlogin: app\nurl: https://db.example.org\n");
    put("token.age", "S-token\n");
    fs::create_dir_all(scene.path("store/.git")).unwrap();
    put(".git/hidden.age", "S-hidden\n");
    fs::write(scene.path("store/README"), "not an entry").unwrap();
    scene.text_path("store")
}

#[test]
fn a_store_of_passage_comes_in_whole() {
    let scene = Scene::new();
    let store = passage(&scene);
    let outcome = scene.run(["import", &store, "-o", "json"]).ok().hides("S-");
    assert_eq!(outcome.json()["format"], "pass");
    assert_eq!(scene.ids(), ["token", "work/db"]);
    let login = scene.get("work/db");
    assert_eq!(login["type"], "UsernamePassword");
    let url = ["https://db.example.org"];
    assert_eq!(login["fields"], json!({"username": "app", "password": "S-hunter2", "url": url}));
    assert_eq!(scene.get("token")["fields"]["value"], "S-token");
}

#[test]
fn a_mark_in_front_is_no_part_of_a_password() {
    let scene = Scene::new();
    fs::create_dir_all(scene.path("store")).unwrap();
    let utf16: Vec<u8> = "\u{feff}S-two\nuser: me\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, text) in [("one.age", "\u{feff}S-one\nuser: me\n".as_bytes()), ("two.age", &utf16)] {
        lab::encrypt(text, &scene.path("store").join(name), &scene.path("identity.txt"));
    }
    scene.run(["import", &scene.text_path("store")]).ok();
    for id in ["one", "two"] {
        assert_eq!(scene.get(id)["fields"], json!({"username": "me", "password": format!("S-{id}")}));
    }
}

#[test]
fn what_cannot_be_decrypted_fails_by_itself() {
    let scene = Scene::new();
    let store = passage(&scene);
    fs::write(scene.path("store/broken.age"), "no age file").unwrap();
    let results = scene.run(["import", &store, "-o", "json"]).exits(8).json();
    let failed: Vec<_> =
        results["results"].as_array().unwrap().iter().filter(|result| result["imported"] == false).collect();
    assert_eq!(failed.len(), 1, "{results}");
    assert_eq!(failed[0]["id"], "broken");
    assert_eq!(scene.ids().len(), 2);
    scene.refuses(3, ["import", &scene.text_path("home")], "");
    scene.refuses(2, ["import", &store, "--format", "dotenv"], "");
}

#[test]
fn a_store_of_pass_is_decrypted_by_gpg() {
    if installed("gpg").is_none() {
        return;
    }
    let scene = Scene::new();
    fs::create_dir_all(scene.path("store")).unwrap();
    let script = "set -e
        export GNUPGHOME=$PWD/gnupg; mkdir -m 700 gnupg
        gpg --batch --quiet --passphrase '' --quick-gen-key test@example.org default default never
        printf 'S-pw\\nuser: me\\n' | gpg --batch --quiet --trust-model always -r test@example.org -o store/mail.gpg -e";
    let mut prepare = Command::new("sh");
    scene.environment(&mut prepare);
    prepare.args(["-c", script]).current_dir(scene.path("")).outcome("").ok();
    let mut import = scene.command(["import", &scene.text_path("store"), "--format", "pass"]);
    import.env("GNUPGHOME", scene.path("gnupg")).outcome("").ok();
    assert_eq!(scene.get("mail")["fields"], json!({"username": "me", "password": "S-pw"}));
    let mut end = Command::new("gpgconf");
    end.args(["--kill", "all"]).env("GNUPGHOME", scene.path("gnupg"));
    let _ = end.status();
}
