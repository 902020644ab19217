//! Every text that people feed in is read in each encoding that editors and shells write.

use std::io::Write as _;

use age::armor::{ArmoredWriter, Format};

use crate::support::{Run as _, Scene};

/// A text in the encodings that are read, by name.
fn encodings(text: &str) -> [(&'static str, Vec<u8>); 4] {
    let marked = format!("\u{feff}{text}");
    [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with a mark", marked.clone().into_bytes()),
        ("UTF-16LE", marked.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", marked.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ]
}

/// Has the program read a text from a file and from stdin in every encoding.
fn each(text: &str, words: &[&str], password: &str) {
    for (encoding, bytes) in encodings(text) {
        for source in ["text", "-"] {
            let scene = Scene::new();
            scene.file("text", &bytes);
            let words = words.iter().map(|word| if *word == "FILE" { source } else { *word });
            let outcome = scene.run_with(words, if source == "-" { &bytes[..] } else { b"" });
            assert!(outcome.status() == Some(0), "{encoding}, {source}: {outcome:?}");
            assert_eq!(scene.get("a")["fields"]["password"], password, "{encoding}, {source}");
        }
    }
}

const LOGIN: &str = r#"{"id":"a","type":"login","username":"u","password":"pä"}"#;

#[test]
fn documents_are_read() {
    each(LOGIN, &["add", "-f", "FILE"], "pä");
    each(&format!("{LOGIN}\n{}\n", LOGIN.replace("\"a\"", "\"b\"")), &["add", "-f", "FILE"], "pä");
    each("id: a\r\ntype: login\r\nusername: u\r\npassword: pä\r\n", &["add", "-f", "FILE"], "pä");
}

#[test]
fn files_of_other_programs_are_read() {
    let bitwarden = r#"{"encrypted":false,"folders":[],"items":[{"id":"1","type":1,"name":"a","login":{"username":"u","password":"pä"}}]}"#;
    each(bitwarden, &["import", "FILE"], "pä");
    each(bitwarden, &["import", "--format", "bitwarden", "FILE"], "pä");
    each(LOGIN, &["import", "FILE"], "pä");
    each("name,url,username,password\na,https://a.example,u,pä\n", &["import", "FILE"], "pä");
    each("machine a login u password pw\n", &["import", "FILE"], "pw");
}

#[test]
fn an_armored_export_is_read() {
    let source = Scene::with_login();
    let recipient = source.recipient("other.txt");
    source.run(["export", "--encrypt-to", &recipient, "--out", "e.age"]).ok();
    let mut armored = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor).unwrap();
    armored.write_all(&std::fs::read(source.path("e.age")).unwrap()).unwrap();
    let armored = String::from_utf8(armored.finish().unwrap()).unwrap();
    for (encoding, bytes) in encodings(&armored) {
        let scene = Scene::new();
        let (own, other) = (scene.text_path("identity.txt"), source.text_path("other.txt"));
        let outcome = scene.run_with(["import", "-", "-i", &own, "-i", &other], bytes);
        assert!(outcome.status() == Some(0), "{encoding}: {outcome:?}");
        assert_eq!(scene.ids(), ["admin"], "{encoding}");
    }
}

#[test]
fn environment_files_templates_filters_and_settings_are_read() {
    let scene = Scene::with_login();
    for (encoding, bytes) in encodings("TOKEN=ä\r\n") {
        let file = scene.file(".env", bytes);
        let outcome = scene.run(["run", "--env-file", &file, "--", "printenv", "TOKEN"]).ok();
        assert_eq!(outcome.stdout(), "ä\n", "{encoding}");
    }
    for (encoding, bytes) in encodings("ä={{ cred://admin/password }}\n") {
        let file = scene.file("template", bytes);
        let mark = if encoding == "UTF-8 with a mark" { "\u{feff}" } else { "" };
        let outcome = scene.run(["inject", &file]).ok();
        assert_eq!(outcome.stdout(), format!("{mark}ä=old-password\n"), "{encoding}");
    }
    for (encoding, bytes) in encodings("{}") {
        let outcome = scene.run_with(["list", "--filter-json", "-", "-o", "name"], bytes).ok();
        assert_eq!(outcome.stdout(), "admin\n", "{encoding}");
    }
    for (encoding, bytes) in encodings("# é\noutput = \"name\"\n") {
        let file = scene.file("config.toml", bytes);
        let outcome = scene.command(["list"]).env("CREDCTL_CONFIG", file).outcome("").ok();
        assert_eq!(outcome.stdout(), "admin\n", "{encoding}");
    }
    let recipient = scene.recipient("other.txt");
    for (encoding, bytes) in encodings(&format!("{recipient}\r\n")) {
        let file = scene.file("recipients", bytes);
        let vault = scene.text_path(&format!("{}.age", encoding.replace(' ', "-")));
        scene.run(["init", "--vault", &vault, "--recipients-file", &file]).ok();
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_line() {
    let scene = Scene::with_login();
    let file = scene.file("bad", b"a: b\nc: \xe4\n");
    for words in [["add", "-f", &file], ["import", "--format=dotenv", &file]] {
        scene.refuses(3, words, "").says("is not UTF-8 text (line 2)");
    }
}
