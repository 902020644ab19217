//! What is exported is what its reader reads, whatever is in it.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::{consumer, python, tried, written};
use crate::support::samples::{self, base64};

/// Text with everything in it that quoting gets wrong.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(
        "'\"\\$`!{}()#;&|<>*?~%=,:-+@ \t\n\r’‘\u{a0}\u{2028}\u{85}é🙂^[]x1".chars().collect::<Vec<_>>(),
    );
    let part = prop_oneof![
        6 => odd.prop_map(String::from),
        1 => any::<char>().prop_filter("NUL", |c| *c != '\0').prop_map(String::from),
        1 => prop::sample::select(vec!["${HOME}", "$HOME", "$(id)", "\\n", "\\'", "#x", " #", "''", "%s", "${:-$}"])
            .prop_map(str::to_owned),
    ];
    vec(part, 1..12).prop_map(|parts| parts.concat())
}

/// The values that are always tried.
const NASTY: &[&str] = &[
    "plain",
    "it's",
    "\"quoted\"",
    "back\\slash",
    "ends\\",
    "ends with blank and\\",
    "two\nlines\n",
    "\r\n",
    "carriage\rreturn\\",
    " leading",
    "trailing ",
    "\ttab\t",
    "$HOME ${HOME} ${X:-y} $(id) `id`",
    "\\$x \\\" \\' \\n",
    "#comment",
    "a #comment",
    "!history !!",
    "'",
    "''",
    "\\",
    "\\\\",
    "'\\",
    "\\'",
    "=1+1",
    "ünï 名前 🙂",
    "’‘‚‛",
    "%n%%",
    "; rm -rf /",
    "a=b",
];

/// Credentials with these values, as single secrets with the ids `v0`, `v1` and so on.
fn secrets(values: &[String]) -> Vec<Value> {
    let secret = |(index, value)| json!({"type": "Simple", "id": format!("v{index}"), "value": value});
    values.iter().enumerate().map(secret).collect()
}

/// Tries the nasty values, and then many others; `check` says false where its program is missing.
fn for_values(keep: fn(&str) -> bool, check: impl Fn(&[String]) -> bool) {
    let nasty: Vec<String> = NASTY.iter().filter(|text| keep(text)).map(|text| (*text).to_owned()).collect();
    if !check(&nasty) {
        return;
    }
    let mut runner = TestRunner::new(Config { cases: 12, ..Config::default() });
    let values = vec(text().prop_filter("not for this reader", move |text| keep(text)), 1..40);
    runner
        .run(&values, |values| {
            assert!(check(&values));
            Ok(())
        })
        .unwrap();
}

/// Has a shell print the variables of an exported script, each with a NUL at its end.
fn shell_prints(program: &str, format: &str, values: &[String]) -> bool {
    let mut script = written(format, &secrets(values));
    let names: Vec<_> = (0..values.len()).map(|index| format!("\"$V{index}_VALUE\"")).collect();
    script.extend(format!("printf '%s\\0' {}\n", names.join(" ")).bytes());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("script");
    fs::write(&path, script).unwrap();
    let Some(outcome) = consumer(program, [path.to_str().unwrap()], b"") else { return false };
    let printed = outcome.ok();
    let expected = values.iter().map(|value| format!("{value}\0")).collect::<String>();
    assert_eq!(String::from_utf8_lossy(&printed.stdout), expected);
    true
}

#[test]
fn shells_read_variables_to_the_byte() {
    for shell in ["dash", "bash", "zsh"] {
        for_values(|_| true, |values| shell_prints(shell, "shell", values));
    }
    // of its own characters fish keeps some for itself
    let keep =
        |text: &str| !text.contains(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}'));
    for_values(keep, |values| shell_prints("fish", "fish", values));
}

#[test]
fn powershell_reads_variables_to_the_byte() {
    for_values(
        |_| true,
        |values| {
            let mut script = written("powershell", &secrets(values));
            script.extend(b"$all = @()\n");
            for index in 0..values.len() {
                script.extend(format!("$all += $env:V{index}_VALUE\n").bytes());
            }
            script.extend(b"[Console]::Out.Write((ConvertTo-Json -InputObject $all -Compress))\n");
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("script.ps1");
            fs::write(&path, script).unwrap();
            let Some(outcome) = consumer("pwsh", ["-NoProfile", "-File", path.to_str().unwrap()], b"") else {
                return false;
            };
            assert_eq!(outcome.ok().json(), json!(values));
            true
        },
    );
}

#[test]
fn python_dotenv_reads_values_to_the_byte() {
    let script = "print(json.dumps(dotenv.dotenv_values(sys.argv[1])))";
    for_values(
        |_| true,
        |values| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(".env");
            fs::write(&path, written("dotenv", &secrets(values))).unwrap();
            let Some(outcome) = python("json, sys, dotenv", script, &[path.to_str().unwrap()], b"") else {
                return false;
            };
            let read = outcome.ok().json();
            for (index, value) in values.iter().enumerate() {
                assert_eq!(read[format!("V{index}_VALUE")], json!(value), "{values:?}");
            }
            true
        },
    );
}

#[test]
fn our_own_reader_of_env_files_reads_them_too() {
    for_values(
        |_| true,
        |values| {
            let text = String::from_utf8(written("dotenv", &secrets(values))).unwrap();
            let format = credctl::import::ImportFormat::find("dotenv").unwrap();
            let import = format.read(&text, &credctl::import::ImportFacts::default()).unwrap();
            assert_eq!(import.items.len(), values.len());
            for (item, value) in import.items.iter().zip(values) {
                let read = item.incoming.as_ref().unwrap().draft.members.get("value").unwrap();
                assert_eq!(read.as_text().unwrap().expose(), value);
            }
            true
        },
    );
}

#[test]
fn systemd_unescapes_to_the_byte() {
    // the escapes are those of C, which Python's are, too
    let script = "for line in sys.stdin:\n  if line.startswith('SetCredential='):\n    \
                  value = line[:-1].split(':', 1)[1]\n    \
                  sys.stdout.buffer.write(value.encode('ascii').decode('unicode_escape').encode('latin-1') + b'\\0')";
    for_values(
        |_| true,
        |values| {
            let text = written("systemd", &secrets(values));
            assert!(text.starts_with(b"[Service]\n") && text.is_ascii());
            let Some(outcome) = python("sys", script, &[], &text) else { return false };
            let expected = values.iter().map(|value| format!("{value}\0")).collect::<String>();
            assert_eq!(String::from_utf8_lossy(&outcome.ok().stdout), expected);
            true
        },
    );
}

#[test]
fn systemd_accepts_the_drop_in() {
    let folder = tempfile::tempdir().unwrap();
    let values: Vec<String> = NASTY.iter().map(|text| (*text).to_owned()).collect();
    let mut unit = written("systemd", &secrets(&values));
    unit.extend(b"ExecStart=/bin/true\n");
    let path = folder.path().join("credctl-test.service");
    fs::write(&path, unit).unwrap();
    let Some(outcome) = consumer("systemd-analyze", ["verify", path.to_str().unwrap()], b"") else { return };
    assert!(!outcome.stderr.contains("credctl-test.service:"), "{}", outcome.stderr);
}

/// Whether a netrc can hold a value at all.
fn fits_netrc(text: &str) -> bool {
    !text.contains(|c: char| c.is_control() && c != '\t')
}

#[test]
fn python_reads_netrc() {
    let script = "if sys.version_info < (3, 11): sys.exit(77)\n\
                  print(json.dumps(netrc.netrc(sys.argv[1]).hosts))";
    for_values(fits_netrc, |values| {
        let login = |(index, value): (usize, &String)| {
            json!({"type": "login", "id": format!("v{index}"), "username": value, "password": value,
                   "tags": {"host": format!("h{index}.example")}})
        };
        let logins: Vec<_> = values.iter().enumerate().map(login).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("netrc");
        fs::write(&path, written("netrc", &logins)).unwrap();
        let Some(outcome) = python("json, netrc, sys", script, &[path.to_str().unwrap()], b"") else {
            return false;
        };
        if outcome.status() == Some(77) {
            return super::skip::<()>("python3 is older than 3.11, whose netrc knows no escapes").is_some();
        }
        let read = outcome.ok().json();
        for (index, value) in values.iter().enumerate() {
            assert_eq!(read[format!("h{index}.example")], json!([value, "", value]));
        }
        true
    });
}

#[test]
fn curl_reads_netrc() {
    for value in NASTY.iter().filter(|text| fits_netrc(text)) {
        let login = json!({"type": "login", "id": "127.0.0.1", "username": "u", "password": value});
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("netrc");
        fs::write(&path, written("netrc", &[login])).unwrap();
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", server.local_addr().unwrap());
        let answer = std::thread::spawn(move || {
            let (mut stream, _) = server.accept().unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").unwrap();
            String::from_utf8_lossy(&request[..length]).into_owned()
        });
        let words = ["-q", "-s", "--noproxy", "*", "--netrc-file", path.to_str().unwrap(), &address];
        let Some(outcome) = consumer("curl", words, b"") else { return };
        outcome.ok();
        let request = answer.join().unwrap();
        let expected = format!("Authorization: Basic {}", base64(format!("u:{value}")));
        assert!(request.contains(&expected), "{value:?}: {request}");
    }
}

#[test]
fn python_reads_the_credentials_file_of_aws() {
    let script = "parser = configparser.RawConfigParser()\nparser.read(sys.argv[1], encoding='utf-8')\n\
                  print(json.dumps({name: dict(parser[name]) for name in parser.sections()}))";
    let keep = |text: &str| text.trim() == text && !text.contains(char::is_control);
    for_values(keep, |values| {
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        let key = |(index, value): (usize, &String)| {
            json!({"type": "Aws", "id": format!("v{index}"), "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
                   "secretAccessKey": secret, "sessionToken": value})
        };
        let keys: Vec<_> = values.iter().enumerate().map(key).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credentials");
        fs::write(&path, written("aws-credentials", &keys)).unwrap();
        let path = path.to_str().unwrap();
        let Some(outcome) = python("configparser, json, sys", script, &[path], b"") else { return false };
        let read = outcome.ok().json();
        for (index, value) in values.iter().enumerate() {
            let expected = json!({"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
                "aws_secret_access_key": secret, "aws_session_token": value});
            assert_eq!(read[format!("v{index}")], expected);
        }
        true
    });
}

#[test]
fn python_reads_csv() {
    let script = "rows = csv.DictReader(io.TextIOWrapper(sys.stdin.buffer, 'utf-8', newline=''))\n\
                  print(json.dumps(list(rows)))";
    for_values(
        |_| true,
        |values| {
            let text = written("csv", &secrets(values));
            let Some(outcome) = python("csv, io, json, sys", script, &[], &text) else { return false };
            let read = outcome.ok().json();
            for (index, value) in values.iter().enumerate() {
                let prefix = if credctl::syntax::csv::is_formula(value) { "'" } else { "" };
                let row = &read[index];
                assert_eq!(
                    (&row["id"], &row["value"]),
                    (&json!(format!("v{index}")), &json!(format!("{prefix}{value}")))
                );
            }
            true
        },
    );
}

#[test]
fn python_reads_manifests_of_kubernetes() {
    let script = "print(json.dumps([d for d in yaml.safe_load_all(sys.stdin.buffer)]))";
    let mut documents: Vec<_> =
        samples::all().into_iter().filter(|sample| sample.kind != "passwordHash").collect();
    documents.sort_by_key(|sample| sample.kind);
    let documents: Vec<Value> = documents.into_iter().map(|sample| sample.document).collect();
    let numbers = json!({"type": "Simple", "id": "1e3", "value": "v"});
    let documents = [documents, vec![numbers]].concat();
    let text = written("kubernetes", &documents);
    let Some(outcome) = python("json, sys, yaml", script, &[], &text) else { return };
    let secrets = outcome.ok().json();
    assert_eq!(secrets.as_array().unwrap().len(), documents.len());
    for (secret, document) in secrets.as_array().unwrap().iter().zip(&documents) {
        assert_eq!((&secret["apiVersion"], &secret["kind"]), (&json!("v1"), &json!("Secret")));
        let id = document["id"].as_str().unwrap();
        assert_eq!(secret["metadata"]["name"], json!(id.to_lowercase()));
        let annotation = &secret["metadata"]["annotations"]["credctl.io/id"];
        assert_eq!(annotation.as_str().unwrap_or(id), id);
        if let Some(password) = document["password"].as_str() {
            assert_eq!(secret["data"]["password"], json!(base64(password)));
            assert_eq!(secret["type"], "kubernetes.io/basic-auth");
        }
    }
}

#[test]
fn kubectl_reads_kubeconfigs() {
    let config = |id: &str| json!({"type": "kubeconfig", "id": id, "keyStore": {"base64": base64(samples::kubeconfig())}});
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    fs::write(&path, written("kubeconfig", &[config("a"), config("b")])).unwrap();
    let words = ["--kubeconfig", path.to_str().unwrap(), "config", "get-contexts", "-o", "name"];
    let Some(outcome) = consumer("kubectl", words, b"") else { return };
    assert_eq!(outcome.ok().stdout(), "a\nb\n");
    let words = ["--kubeconfig", path.to_str().unwrap(), "config", "view", "--raw", "-o", "json"];
    let view = consumer("kubectl", words, b"").unwrap().ok().json();
    assert_eq!(view["users"][1], json!({"name": "b", "user": {"token": "S-kube-token"}}));
}

#[test]
fn openssl_reads_pem() {
    let documents = [samples::of("certificate").document, samples::of("privkey").document];
    let text = written("pem", &documents);
    let Some(outcome) = consumer("openssl", ["x509", "-noout", "-subject"], &text) else { return };
    outcome.ok();
    consumer("openssl", ["pkey", "-noout"], &text).unwrap().ok();
}

#[test]
fn a_value_that_a_format_cannot_hold_fails_alone() {
    let values = ["a\nb".to_owned(), "fine".to_owned()];
    let (text, failed) = tried("docker-env", &secrets(&values));
    assert_eq!(text, b"V1_VALUE=fine\n");
    assert_eq!(failed.len(), 1);
    assert!(failed[0].0 == "v0" && !failed[0].1.contains("a\nb"), "{failed:?}");
}
