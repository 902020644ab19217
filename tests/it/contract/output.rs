//! The forms of output, as a pipe gets them.

use std::io::Read as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Run as _, Scene};

fn scene() -> Scene {
    let scene = Scene::with_login();
    scene.run_with(["add", "Simple", "b", "value=-", "--name", "comma, \"quoted\"\ttab"], "S-x").exits(3);
    scene
        .run_with(
            ["add", "Simple", "b", "value=-", "--name", "comma, \"quoted\"", "--description", "=1+1"],
            "S-x",
        )
        .ok();
    scene
}

#[test]
fn json_lines_are_one_object_each() {
    let scene = scene();
    let outcome = scene.run(["list", "-o", "jsonl"]).ok();
    let items: Vec<Value> =
        outcome.stdout().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let page = scene.run(["list", "-o", "json"]).ok().json();
    assert_eq!(Value::from(items), page["items"]);
    let outcome = scene.run(["get", "admin", "-o", "jsonl"]).ok();
    assert_eq!(outcome.stdout().lines().count(), 1);
    assert_eq!(outcome.json(), scene.run(["get", "admin", "-o", "json"]).ok().json());
}

#[test]
fn csv_and_tsv_have_a_header_and_quote_what_must_be() {
    let scene = scene();
    let outcome = scene.run(["list", "-o", "csv"]).ok();
    let lines: Vec<_> = outcome.stdout().lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].starts_with("id,type,"), "{}", lines[0]);
    assert!(lines[1].starts_with("admin,UsernamePassword,"), "{}", lines[1]);
    assert!(lines[2].contains("\"comma, \"\"quoted\"\"\""), "{}", lines[2]);
    // no spreadsheet takes it for a formula
    assert!(lines[2].contains(",'=1+1,"), "{}", lines[2]);
    let outcome = scene.run(["list", "-o", "tsv"]).ok();
    let lines: Vec<_> = outcome.stdout().lines().collect();
    assert!(
        lines[0].starts_with("id\ttype\t") && lines[1].starts_with("admin\tUsernamePassword\t"),
        "{lines:?}"
    );
    assert!(lines[2].contains("\t'=1+1\t"), "{}", lines[2]);
}

#[test]
fn names_are_ids_one_a_line() {
    let scene = scene();
    assert_eq!(scene.run(["list", "-o", "name"]).ok().stdout(), "admin\nb\n");
    assert_eq!(scene.run(["get", "b", "-o", "name"]).ok().stdout(), "b\n");
    assert_eq!(scene.run(["patch", "b", "--description", "x", "-o", "name"]).ok().stdout(), "b\n");
    let many =
        json!([{"id": "x", "type": "Simple", "value": "v"}, {"id": "y", "type": "Simple", "value": "v"}]);
    assert_eq!(scene.run_with(["add", "-f", "-", "-o", "name"], many.to_string()).ok().stdout(), "x\ny\n");
}

#[test]
fn yaml_says_the_same_as_json() {
    let scene = scene();
    for words in [["get", "admin"], ["get", "b"]] {
        let yaml = scene.run(words.into_iter().chain(["-o", "yaml"])).ok();
        let json = scene.run(words.into_iter().chain(["-o", "json"])).ok().json();
        for (name, value) in json.as_object().unwrap() {
            if let Some(text) = value.as_str().filter(|text| text.chars().all(char::is_alphanumeric)) {
                assert!(
                    yaml.stdout().lines().any(|line| line == format!("{name}: {text}")),
                    "{name}: {text}\n{}",
                    yaml.stdout()
                );
            }
        }
        // what is printed can be read back as a document
        assert!(yaml.stdout().ends_with('\n') && !yaml.stdout().ends_with("\n\n"));
    }
    scene.run_with(["patch", "admin", "username=-"], "no").ok();
    assert!(scene.run(["get", "admin", "-o", "yaml"]).ok().stdout().contains("username: \"no\""));
}

#[test]
fn tables_have_no_colour_in_a_pipe() {
    let scene = scene();
    for words in
        [&["list"][..], &["get", "admin"], &["types"], &["list", "-o", "wide"], &["list", "--color", "auto"]]
    {
        let outcome = scene.run(words).ok();
        assert!(!outcome.stdout().contains('\u{1b}'), "{words:?}");
    }
    let coloured = |command: &mut std::process::Command| command.outcome("").ok().stdout().contains('\u{1b}');
    assert!(coloured(&mut scene.command(["list", "--color", "always"])));
    assert!(coloured(scene.command(["list"]).env("CLICOLOR_FORCE", "1")));
    assert!(!coloured(scene.command(["list"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")));
    assert!(!coloured(scene.command(["list", "--color", "never"]).env("CLICOLOR_FORCE", "1")));
    assert!(coloured(scene.command(["list", "--color", "always"]).env("NO_COLOR", "1")));
}

#[test]
fn a_table_is_aligned_and_complete() {
    let scene = scene();
    let long = "x".repeat(300);
    scene.run_with(["add", "Simple", &long[..127], "value=-"], "v").ok();
    let outcome = scene.run(["list"]).ok();
    let lines: Vec<_> = outcome.stdout().lines().collect();
    let column = lines[0].find("TYPE").unwrap();
    assert!(lines[0].starts_with("ID "));
    assert_eq!(lines[1].find("login"), Some(column));
    assert_eq!(lines[2].find("secret"), Some(column));
    assert!(outcome.stdout().contains(&long[..127]), "cut although nobody looks");
    assert!(lines.iter().all(|line| !line.ends_with(' ')));
    let pairs = scene.run(["get", "admin"]).ok();
    assert!(pairs.stdout().lines().any(|line| line.starts_with("username ") && line.ends_with(" ips")));
    assert!(pairs.stdout().contains("password") && pairs.stdout().contains("•"));
}

#[test]
fn control_characters_reach_a_machine_escaped_and_a_screen_never() {
    let scene = Scene::new();
    scene.run_with(["add", "login", "a", "password=-", "username=env:HOME"], "p").ok();
    let document = json!({"username": "a\u{1b}[2J\u{9b}\u{202e}b", "tags": {"t": "\u{2066}x"}});
    scene.run_with(["patch", "a", "-f", "-"], document.to_string()).ok();
    for form in ["table", "json", "jsonl", "yaml", "csv"] {
        let outcome = scene.run(["get", "a", "-o", form]).ok();
        assert!(
            !outcome.stdout().contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{2066}']),
            "{form}: {outcome:?}"
        );
    }
    assert_eq!(scene.get("a")["fields"]["username"], document["username"]);
}

#[test]
fn a_closed_pipe_ends_the_program_silently() {
    let scene = Scene::new();
    let lines: String =
        (0..2000).map(|n| format!("{{\"id\":\"id{n:05}\",\"type\":\"Simple\",\"value\":\"x\"}}\n")).collect();
    scene.run_with(["add", "-f", "-"], lines).ok();
    for form in ["json", "jsonl", "csv", "table", "yaml", "name"] {
        let mut command = scene.command(["list", "-o", form]);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut start = [0; 10];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut start).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{form}");
        assert!(
            output.status.code().is_none_or(|code| code == 0 || code == 141),
            "{form}: {:?}",
            output.status
        );
    }
}

#[test]
fn what_nobody_reads_on_stderr_is_no_error() {
    let scene = Scene::with_login();
    let mut command = scene.command(["get", "nobody"]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(full).status().unwrap();
    assert_eq!(status.code(), Some(4));
}

#[test]
fn quiet_hides_notices_and_never_errors() {
    let scene = Scene::new();
    let words = ["add", "SnmpCommunityString", "s", "value=-"];
    let long = "c".repeat(40);
    let outcome = scene.run_with(words, &long).ok().says("32 characters").hides(&long);
    assert!(outcome.stderr.starts_with("note: "), "{outcome:?}");
    let outcome = scene.run_with(["add", "SnmpCommunityString", "t", "value=-", "-q"], &long).ok();
    assert_eq!(outcome.stderr, "");
    scene.run(["get", "nobody", "-q"]).exits(4).says("error: ");
}
