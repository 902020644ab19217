//! KeePassXC itself: what it exports is imported, and nothing of it is lost.

use std::process::Command;

use serde_json::json;

use super::skip;
use crate::support::{Run as _, Scene};

#[test]
fn a_database_of_keepassxc_comes_over() {
    let scene = Scene::new();
    let database = scene.text_path("db.kdbx");
    let run = |words: &[&str], stdin: &str| {
        let mut command = Command::new("keepassxc-cli");
        command.args(words).env("QT_QPA_PLATFORM", "offscreen").env("HOME", scene.path("."));
        command.outcome(stdin)
    };
    if Command::new("keepassxc-cli").arg("--version").output().is_err() {
        skip::<()>("keepassxc-cli is not installed");
        return;
    }
    run(&["db-create", "--set-password", &database], "S-master\nS-master\n").ok();
    run(&["mkdir", &database, "Work"], "S-master\n").ok();
    let words = ["add", "-q", "-p", "-u", "ada", "--url", "https://db.example.org/x", "--notes", "n1\\nn2"];
    let odd = "S-<p>&\"'é 🙂";
    run(&[&words[..], &[&database, "Work/db"]].concat(), &format!("S-master\n{odd}\n")).ok();
    run(&["add", "-q", "-p", &database, "token"], "S-master\nS-token\n").ok();
    let xml = run(&["export", "-q", &database], "S-master\n").ok().stdout().to_owned();
    let told = scene.run_with(["import", "-", "-o", "json"], &xml).ok().json();
    assert_eq!(told["format"], "keepass-xml");
    let login = scene.get("db");
    let fields = &login["fields"];
    assert_eq!((&fields["username"], &fields["password"]), (&json!("ada"), &json!(odd)));
    assert_eq!(fields["url"], json!(["https://db.example.org/x"]));
    assert_eq!(login["labels"], json!([{"name": "group", "value": "Work"}]));
    assert_eq!(scene.get("token")["fields"], json!({"value": "S-token"}));
    assert_eq!(scene.run(["get", "db", "--field", "notes"]).ok().stdout().replace("\\n", "\n"), "n1\nn2");
}
