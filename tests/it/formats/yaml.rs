//! YAML as documents and as output, with a reader of another program beside our own, and files that are
//! something else.

use std::process::Command;

use credctl::value::{Value, json, yaml};

use super::python;
use crate::support::{PROGRAM, Run as _, Scene};

/// Texts with every character of the planes that are in use, and all that a reader may take for something
/// else than a text.
fn texts() -> Vec<String> {
    let planes = [0..=0x1_ffff, 0x2_0000..=0x2_01ff, 0xe_0000..=0xe_01ff, 0x10_ff00..=0x10_ffff];
    let every: Vec<char> = planes.into_iter().flatten().filter_map(char::from_u32).collect();
    let words = [
        "",
        " ",
        "~",
        "null",
        "Null",
        "true",
        "FALSE",
        "yes",
        "No",
        "on",
        "OFF",
        "y",
        "N",
        "0123",
        "08",
        "1e3",
        "1E-3",
        "1_000",
        "0x1F",
        "0o17",
        "0b11",
        "+5",
        "-5",
        ".5",
        "5.",
        "1.10",
        "12:30:45",
        "190:20:30.15",
        "2026-01-01",
        "2026-1-1 0:00:00",
        "2026-01-01T00:00:00Z",
        ".inf",
        "-.INF",
        ".NaN",
        "<<",
        "=",
        "---",
        "...",
        "--- a",
        "- a",
        "-",
        "? a",
        "?",
        "a: b",
        "a:",
        ": a",
        ":",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "!!str a",
        "|",
        ">-",
        "%YAML 1.2",
        "@a",
        "`a`",
        "[a]",
        "{a: b}",
        "'a'",
        "\"a\"",
        "\"=\": ",
        "a\nb",
        "a\nb\n",
        "a\n\nb\n\n",
        "\na",
        "a\n b\n",
        " a\nb",
        "a\n\tb",
        "a \nb",
        "a\r\nb",
        "\ttab\t",
        "trailing ",
        " leading",
        "back\\slash\\",
        "a, b",
        "99999999999999999999",
        "e",
        "nan",
        "inf",
        "a: b: c",
        "\u{feff}a",
    ];
    let lone = every.iter().take(0x3000).map(|c| format!("{c}"));
    let chunks = every.chunks(61).map(String::from_iter);
    words
        .iter()
        .map(|word| (*word).to_owned())
        .chain(lone)
        .chain(chunks)
        .chain(["long ".repeat(3000)])
        .collect()
}

#[test]
fn pyyaml_reads_to_the_byte_what_is_written() {
    // names are as odd as values, but unique and not longer than a reader must take them
    let member = |(at, text): (usize, String)| (format!("{text}{at}"), Value::text(text));
    let values = Value::List(vec![
        Value::texts(texts()),
        Value::Object(texts().into_iter().filter(|text| text.len() < 400).enumerate().map(member).collect()),
        json::parse(br#"{"a":[[],{},[[1,-2,0.5,null,true]],[{"b":{"c":["x\ny\n"]}}]]}"#).unwrap(),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (mut as_yaml, mut as_json) = (Vec::new(), Vec::new());
    yaml::write(&values, &mut as_yaml).unwrap();
    json::write(&values, &mut as_json).unwrap();
    assert_eq!(yaml::parse(std::str::from_utf8(&as_yaml).unwrap()), Ok(values));
    std::fs::write(path("yaml"), as_yaml).unwrap();
    std::fs::write(path("json"), as_json).unwrap();
    let script = "read = lambda name: open(name, encoding='utf-8', newline='').read()\n\
                  loader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)\n\
                  was, is_ = json.loads(read(sys.argv[2])), yaml.load(read(sys.argv[1]), loader)\n\
                  pairs = list(zip(was[0], is_[0])) + list(zip(was[1].items(), is_[1].items()))\n\
                  print([pair for pair in pairs if pair[0] != pair[1]][:3] if was != is_ else 'same')";
    if let Some(outcome) = python("json, sys, yaml", script, &[&path("yaml"), &path("json")], b"") {
        assert_eq!(outcome.ok().stdout(), "same\n");
    }
}

#[test]
fn what_is_shown_as_yaml_is_what_is_shown_as_json() {
    let scene = Scene::new();
    let texts: Vec<_> = texts().into_iter().filter(|text| !text.contains('\0')).take(4000).collect();
    let document = serde_json::json!({"id": "c", "type": "connector", "connectorType": "t", "description": "no",
        "properties": {"texts": texts, "0123": {"yes": [1, null, {"x": []}]}}});
    scene.run_with(["add", "-f", "-"], document.to_string()).ok();
    for words in [&["get", "c", "--reveal"][..], &["history", "c"], &["types"]] {
        let form = |form| scene.run(words.iter().copied().chain(["-o", form])).ok();
        let shown = form("yaml");
        let read = yaml::parse(shown.stdout()).unwrap();
        assert_eq!(read, json::parse(&form("json").stdout).unwrap(), "{words:?}");
    }
    let items = "- {id: x, type: Simple, value: v}\n- {id: y}\n- {id: z, type: Simple, value: v}\n";
    let bulk = |form| scene.run_with(["add", "-f", "-", "--dry-run", "-o", form], items).exits(8);
    let mut as_json = Vec::new();
    json::write(&yaml::parse(bulk("yaml").stdout()).unwrap(), &mut as_json).unwrap();
    let mut shown: [serde_json::Value; 2] = [serde_json::from_slice(&as_json).unwrap(), bulk("json").json()];
    for answer in &mut shown {
        assert_ne!(answer["results"][1]["error"]["correlationID"].take(), serde_json::Value::Null);
    }
    assert_eq!(shown[0], shown[1]);
    assert_eq!(shown[0]["results"].as_array().map(Vec::len), Some(3));
}

#[test]
fn scalars_are_kept_as_they_are_written() {
    let scene = Scene::new();
    let document = "id: c\ntype: connector\nconnectorType: t\ndescription: d\nproperties: {pin: 0042, key: 12e03, ver: 1.10, no: yes, \
                    day: 2026-01-01, long: 99999999999999999999, hex: 0x1F, n: 5432, x: 0.5}\n";
    scene.run_with(["add", "-f", "-"], document).ok();
    for (name, written) in [
        ("pin", "0042"),
        ("key", "12e03"),
        ("ver", "1.10"),
        ("no", "yes"),
        ("day", "2026-01-01"),
        ("long", "99999999999999999999"),
        ("hex", "0x1F"),
        ("n", "5432"),
        ("x", "0.5"),
    ] {
        let field = format!("properties.{name}");
        assert_eq!(scene.run(["get", "c", "--field", &field]).ok().stdout(), written);
        scene
            .run_with(
                ["import", "--format", "sops-yaml", "-", "--on-conflict", "replace"],
                format!("a: {written}\n"),
            )
            .ok();
        assert_eq!(scene.run(["get", "sops", "--field", "a"]).ok().stdout(), written);
    }
}

const PUTTY: &[u8] =
    b"PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\nComment: me\r\nPublic-Lines: 1\r\n\
    AAAAC3NzaC1lZDI1NTE5AAAAIA==\r\nPrivate-Lines: 1\r\nUy0x\r\nPrivate-MAC: 00\r\n";

#[test]
fn a_file_that_is_something_else_is_called_what_it_is() {
    let scene = Scene::with_login();
    let armored = "-----BEGIN AGE ENCRYPTED FILE-----\nUy0x\n-----END AGE ENCRYPTED FILE-----\n";
    let age = std::fs::read(scene.vault()).unwrap();
    for (bytes, what) in [
        (&b"colour,shape,size\nred,S-1,3\n"[..], "a CSV table"),
        (b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\0\0\xff", "KeePass database"),
        (armored.as_bytes(), "an armored age file"),
        (&age, "an age file"),
        (b"-----BEGIN PGP MESSAGE-----\n\nUy0x\n", "a file encrypted by gpg"),
        (b"\x85\x01\x0c\x03\xff\xfe\x80", "a file encrypted by gpg"),
        (b"PK\x03\x04\x14\0\x08\xff", "zip archive"),
        (b"<!DOCTYPE html>\n<html>S-1: x</html>", "an HTML page"),
        (b"<?xml version=\"1.0\"?>\n<a>S-1: x: y</a>", "an XML document"),
        (b"12345678901234567890123\n", "a number"),
        (b"$ANSIBLE_VAULT;1.1;AES256\n3434\n", "a file encrypted by ansible-vault"),
        (b"\n", "empty"),
        (b"-----BEGIN PUBLIC KEY-----\nUy0x\n-----END PUBLIC KEY-----\n", "a public key (PEM)"),
        (b"-----BEGIN PKCS7-----\nUy0x\n-----END PKCS7-----\n", "`openssl pkcs7 -print_certs -in FILE`"),
        (b"-----BEGIN CERTIFICATE REQUEST-----\nUy0x\n", "a certificate request (PEM)"),
        (PUTTY, "`puttygen FILE -O private-openssh"),
        (b"Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,S-1\n", "`credctl add Aws ID accessKeyId="),
        (br#"{"AccessKey":{"AccessKeyId":"AKIA","SecretAccessKey":"S-1"}}"#, "aws iam create-access-key"),
        (
            br#"{"type":"service_account","private_key":"S-1"}"#,
            "`credctl add Gcp ID serviceAccountKey=@FILE`",
        ),
        (br#"{"auths":{"registry.example":{"auth":"Uy0x"}}}"#, "a configuration of docker"),
        (b"kind: Secret\ntype: Opaque\ndata: {a: Uy0x}\n", "a Secret of Kubernetes"),
    ] {
        let file = scene.file("file", bytes);
        for words in [&["add", "-f", &file][..], &["import", &file]] {
            // an import decrypts what age encrypted
            if words[0] == "import" && what.ends_with("age file") {
                continue;
            }
            scene.refuses(3, words, "").says(what).hides("S-1").hides("Uy0x");
        }
    }
    let csv = "name,url,username,password\na,https://a.example,u,S-1\n";
    let named = ["import", "--format", "bitwarden", "-"];
    scene.refuses(3, named, csv).says("the file looks like chrome-csv").hides("S-1");
    scene.refuses(3, named, "<?xml version=\"1.0\"?><S-1/>").says("the file is an XML document").hides("S-1");
    let ssh = "-----BEGIN OPENSSH PRIVATE KEY-----\nUy0x\n-----END OPENSSH PRIVATE KEY-----\n";
    scene.refuses(3, ["add", "-f", "-"], ssh).says("a private key").hides("Uy0x");
    scene.refuses(3, ["add", "-f", "-"], "TOKEN=S-1\n").says("a list of variables").hides("S-1");
    let identity = std::fs::read_to_string(scene.path("identity.txt")).unwrap();
    let key = identity.lines().last().unwrap();
    scene.refuses(3, ["add", "-f", "-"], &identity).says("an age identity").hides(key);
    scene
        .refuses(3, ["add", "-f", "-"], "a: b: S-1\n")
        .says("line 1, column")
        .says("not valid YAML")
        .hides("S-1");
    scene
        .refuses(3, ["add", "-f", "-"], "{\"a\": S-1}\n")
        .says("line 1, column")
        .says("not valid JSON")
        .hides("S-1");
}

/// Items of two bytes, that all fail, need a few hundred bytes each and not some thousand.
#[test]
fn many_small_items_need_little_memory() {
    let scene = Scene::new();
    let document = format!("[{}]", vec!["{}"; 40_000].join(","));
    let path = scene.file("many.json", document);
    for words in ["add -f", "import --format native", "import", "update -f", "add --atomic -o json -f"] {
        let line = format!("ulimit -v 120000 && exec {PROGRAM} {words} {path} > answer");
        let mut shell = Command::new("sh");
        shell.args(["-c", &line]).current_dir(scene.path("")).env("HOME", scene.path("home"));
        scene.environment(&mut shell);
        let outcome = shell.outcome("");
        assert!(matches!(outcome.status(), Some(3 | 8)), "{words}: {outcome:?}");
    }
}
