//! `edit`: a fake editor changes the file, and the credential follows or stays.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use crate::contract::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{Outcome, Run as _, Scene};

/// Makes an editor of these lines of shell, which also counts its calls and keeps each text that it was given.
fn editor(scene: &Scene, lines: &str) -> String {
    let keep = "echo x >> count; n=$(grep -c x count); cp \"$1\" \"seen$n\"; echo \"$1\" > path";
    let path = scene.file("ed", format!("#!/bin/sh\n{keep}\n{lines}\n"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[track_caller]
fn edit(scene: &Scene, words: &[&str], lines: &str) -> Outcome {
    let editor = editor(scene, lines);
    let outcome = scene.command(["edit"].iter().chain(words)).env("EDITOR", editor).outcome("");
    assert_nothing_left(scene);
    outcome
}

/// The folder of the file that the editor was given.
fn folder(scene: &Scene) -> PathBuf {
    let path = fs::read_to_string(scene.path("path")).unwrap();
    Path::new(path.trim()).parent().unwrap().to_owned()
}

#[track_caller]
fn assert_nothing_left(scene: &Scene) {
    assert!(!folder(scene).exists(), "{} is still there", folder(scene).display());
}

fn seen(scene: &Scene, round: usize) -> String {
    fs::read_to_string(scene.path(&format!("seen{round}"))).unwrap()
}

/// Sees to it that the vault stays as it is.
#[track_caller]
fn changes_nothing(scene: &Scene, words: &[&str], lines: &str, status: i32) -> Outcome {
    let before = scene.bytes();
    let outcome = edit(scene, words, lines).exits(status);
    assert!(before == scene.bytes(), "the vault was changed: {outcome:?}");
    outcome
}

#[test]
fn a_change_is_made_and_nothing_else_changes() {
    let scene = Scene::with_login();
    let before = scene.get("admin");
    let lines = "sed -i 's/^username: ips/username: ops/; s/^#description:/description: rack 4/' \"$1\"";
    edit(&scene, &["admin"], lines).ok();
    let after = scene.get("admin");
    assert_eq!(after["fields"], json!({"username": "ops", "password": "old-password", "domain": "test"}));
    assert_eq!((&after["description"], &after["revision"]), (&json!("rack 4"), &json!(2)));
    assert_eq!((&after["name"], &after["createdAt"]), (&before["name"], &before["createdAt"]));
}

#[test]
fn a_text_that_is_unchanged_or_empty_changes_nothing() {
    let scene = Scene::with_login();
    for lines in
        ["true", ": > \"$1\"", "rm \"$1\"", "sed -i '/^[^#]/d' \"$1\"", "sed -i 's/^# .*/# x/' \"$1\""]
    {
        changes_nothing(&scene, &["admin"], lines, 0).says("admin is unchanged");
    }
    changes_nothing(&scene, &["admin", "--dry-run"], "sed -i 's/ips/ops/' \"$1\"", 0);
}

#[test]
fn the_file_is_private_and_in_memory_and_the_editor_gets_no_passphrase() {
    let scene = Scene::with_login();
    let lines = "d=$(dirname \"$1\"); { stat -f -c %T \"$d\"; stat -c %a \"$1\" \"$d\"; ls -A \"$d\" | wc -l; } > where\n\
                 env > variables; tr '\\0' ' ' < /proc/$$/cmdline >> variables\n\
                 cp \"$1\" \"$1~\"; mkdir \"$d/backup\"; cp \"$1\" \"$d/backup/.x.swp\"";
    let path = editor(&scene, lines);
    let mut command = scene.command(["edit", "admin", "--reveal"]);
    command.env("EDITOR", path).env("CREDCTL_PASSPHRASE", "S-pass");
    command.env("CREDCTL_ASKPASS", "S-askpass");
    command.outcome("").ok().hides("old-password");
    assert_nothing_left(&scene);
    assert_eq!(fs::read_to_string(scene.path("where")).unwrap(), "tmpfs\n600\n700\n1\n");
    assert!(seen(&scene, 1).contains("password: old-password"));
    let variables = fs::read_to_string(scene.path("variables")).unwrap();
    assert!(
        !variables.contains("S-pass")
            && !variables.contains("S-askpass")
            && !variables.contains("old-password"),
        "{variables}"
    );
}

#[test]
fn a_secret_stays_behind_its_mask_until_another_one_is_written() {
    let scene = Scene::with_login();
    edit(&scene, &["admin"], "sed -i 's/ips/ops/' \"$1\"").ok();
    assert!(seen(&scene, 1).contains("\npassword: ••••••\n"), "{}", seen(&scene, 1));
    assert_eq!(scene.get("admin")["fields"]["password"], "old-password");
    edit(&scene, &["admin"], "sed -i 's/^password: ••••••/password: 12345678/' \"$1\"")
        .ok()
        .hides("12345678");
    assert_eq!(scene.get("admin")["fields"]["password"], "12345678");
    edit(&scene, &["admin"], "sed -i \"s/••••••\\$/'a #b: c'/\" \"$1\"").ok();
    assert_eq!(scene.get("admin")["fields"]["password"], "a #b: c");
    // what YAML would cut off without a word, and a mask without a secret behind it
    changes_nothing(&scene, &["admin"], "sed -i 's/^password: .*/password: S-one #two/' \"$1\"", 3)
        .says("cut off at the #")
        .hides("S-one");
    changes_nothing(&scene, &["admin"], "sed -i 's/^domain: .*/domain: ••••••/' \"$1\"", 3).says("domain");
    changes_nothing(&scene, &["admin"], "sed -i '/^password/d' \"$1\"", 3)
        .says("put back `password: ••••••`");
}

#[test]
fn what_is_refused_comes_back_at_its_line_with_the_text_kept() {
    let scene = Scene::new();
    let words =
        ["add", "apiCredential", "p", "username=p", "password=-", "email=a@example.org", "fullName=P"];
    scene.run_with(words, "Sup3r-secret-1").ok();
    let lines = "case $n in\n\
                 1) sed -i 's/^email: .*/email: nowhere/; s/^fullName: .*/fullName: New/' \"$1\" ;;\n\
                 2) sed -i 's/^email: .*/email: [/' \"$1\" ;;\n\
                 3) sed -i 's/^email: .*/email: b@example.org/' \"$1\" ;;\n\
                 esac";
    edit(&scene, &["p"], lines).ok();
    let second = seen(&scene, 2);
    let at = second.lines().position(|line| line == "email: nowhere").unwrap();
    assert!(second.lines().nth(at - 1).unwrap().starts_with("# error: email must be an e-mail"), "{second}");
    assert!(second.contains("fullName: New"), "{second}");
    let third = seen(&scene, 3);
    assert_eq!(third.matches("# error: ").count(), 1, "{third}");
    let fields = &scene.get("p")["fields"];
    assert_eq!((&fields["email"], &fields["fullName"]), (&json!("b@example.org"), &json!("New")));
    // closed without a change: given up
    fs::remove_file(scene.path("count")).unwrap();
    let lines = "[ $n = 1 ] && sed -i 's/^email: .*/email: nowhere/' \"$1\"; true";
    changes_nothing(&scene, &["p"], lines, 3).says("email: must be an e-mail address");
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let scene = Scene::with_login();
    let change = "sed -i 's/ips/ops/' \"$1\"";
    changes_nothing(&scene, &["admin"], &format!("{change}; exit 9"), 9).says("ended with status 9");
    changes_nothing(&scene, &["admin"], &format!("{change}; kill -9 $$"), 137);
    let before = scene.bytes();
    scene.command(["edit", "admin"]).env("EDITOR", "/nowhere/ed").outcome("").exits(127);
    scene.command(["edit", "admin"]).outcome("").exits(2).says("there is no editor");
    assert!(before == scene.bytes());
    // arguments and variables as the shell reads them
    let path = editor(&scene, "sed -i \"$2\" \"$3\" 2>/dev/null || sed -i 's/ips/ops/' \"$3\"");
    fs::write(scene.path("ed"), fs::read_to_string(&path).unwrap().replace("\"$1\"", "\"$3\"")).unwrap();
    scene
        .command(["edit", "admin"])
        .env("EDITOR", format!("A=1 '{path}' --wait s/ips/ops/"))
        .outcome("")
        .ok();
    assert_eq!(scene.get("admin")["fields"]["username"], "ops");
}

#[test]
fn a_signal_leaves_no_file() {
    let scene = Scene::with_login();
    let before = scene.bytes();
    for (signal, status) in [("TERM", None), ("HUP", None)] {
        let _ = fs::remove_file(scene.path("path"));
        let path = editor(&scene, "exec sleep 5");
        let mut child = scene.command(["edit", "admin", "--reveal"]).env("EDITOR", path).spawn().unwrap();
        while fs::read_to_string(scene.path("path")).map_or(true, |path| !path.ends_with('\n')) {
            sleep(Duration::from_millis(10));
        }
        assert!(folder(&scene).exists());
        Command::new("kill").args(["-s", signal, &child.id().to_string()]).outcome("").ok();
        assert_eq!(child.wait().unwrap().code(), status, "{signal}");
        assert_nothing_left(&scene);
    }
    assert!(before == scene.bytes());
}

#[test]
#[cfg(target_os = "linux")]
fn what_a_killed_edit_leaves_goes_with_the_next_one() {
    let scene = Scene::with_login();
    // a place in memory of its own: other tests must not find it first
    let memory = tempfile::Builder::new().prefix("credctl-it-").tempdir_in("/dev/shm").unwrap();
    let edit = |lines: &str| {
        let mut command = scene.command(["edit", "admin", "--reveal"]);
        command.env("EDITOR", editor(&scene, lines)).env("XDG_RUNTIME_DIR", memory.path());
        command
    };
    let mut killed = edit("exec sleep 5").spawn().unwrap();
    while fs::read_to_string(scene.path("path")).map_or(true, |path| !path.ends_with('\n')) {
        sleep(Duration::from_millis(10));
    }
    let left = folder(&scene);
    // the folder of a running one is kept
    edit("true").outcome("").ok().hides("killed");
    assert!(left.exists());
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(left.join("credential.yaml").exists());
    edit("true").outcome("").ok().says("removed a file in memory that a killed `credctl edit` had left");
    assert!(!left.exists());
    assert_eq!(fs::read_dir(memory.path()).unwrap().count(), 0);
}

#[test]
fn the_change_of_somebody_else_is_kept() {
    let scene = Scene::with_login();
    let theirs =
        format!("[ $n = 1 ] && {} patch admin username=theirs -q >/dev/null", crate::support::PROGRAM);
    let lines = format!("{theirs}; sed -i 's/^#description:/description: mine/' \"$1\"");
    edit(&scene, &["admin"], &lines).exits(5).says("changed meanwhile");
    assert_eq!(scene.get("admin")["fields"]["username"], "theirs");
    assert_eq!(scene.get("admin")["description"], json!(null));
    // on a terminal, the text is offered again on top of the other change
    fs::remove_file(scene.path("count")).unwrap();
    scene.run(["patch", "admin", "username=ips"]).ok();
    let path = editor(&scene, &lines);
    let mut command = asking(&scene, &["edit", "admin"]);
    command.env("EDITOR", path);
    let question = "admin was changed meanwhile (username). Edit your text on top of that? [y/N] ";
    let mut terminal = Terminal::start(&command, "");
    terminal.answer(question, "");
    assert_eq!(terminal.end().status, 5);
    assert_eq!(scene.get("admin")["description"], json!(null));
    fs::remove_file(scene.path("count")).unwrap();
    scene.run(["patch", "admin", "username=ips"]).ok();
    let mut terminal = Terminal::start(&command, "");
    terminal.answer(question, "y");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    let second = seen(&scene, 2);
    assert!(second.contains("\nusername: theirs\n") && second.contains("\ndescription: mine\n"), "{second}");
    let shown = scene.get("admin");
    assert_eq!((&shown["fields"]["username"], &shown["description"]), (&json!("theirs"), &json!("mine")));
    assert_eq!(shown["fields"]["password"], "old-password");
}

#[test]
fn fields_go_and_come_with_their_lines() {
    let scene = Scene::with_login();
    let lines = "sed -i '/^domain/d; s/^#labels:/labels: {env: prod, team: 7}/; s/^#validUntil:/validUntil: 90d/' \"$1\"";
    edit(&scene, &["admin"], lines).ok();
    let shown = scene.get("admin");
    assert_eq!(shown["fields"]["domain"], json!(null));
    let labels = json!([{"name": "env", "value": "prod"}, {"name": "team", "value": "7"}]);
    assert_eq!(shown["labels"], labels);
    assert!(shown["validUntil"].is_string());
    edit(&scene, &["admin"], "sed -i '/^  team/d; s/^enabled: true/enabled: false/' \"$1\"").ok();
    let shown = scene.get("admin");
    assert_eq!((&shown["labels"][1], &shown["enabled"]), (&json!(null), &json!(false)));
    changes_nothing(&scene, &["admin"], "sed -i 's/^id: admin/id: root/' \"$1\"", 3)
        .says("`credctl rename admin NEW`");
    changes_nothing(&scene, &["admin"], "echo 'colour: red' >> \"$1\"", 3).says("unknown field");
    changes_nothing(&scene, &["admin"], "echo 'revision: 1' >> \"$1\"", 3).says("cannot be changed here");
}

#[test]
fn entries_of_a_key_store_are_plain_text() {
    let scene = Scene::new();
    scene.run_with(["add", "apikey", "k", "apikey=-", "keyStore.zone=env:HOME"], "S-token").ok();
    let lines = "sed -i 's/^apikey: ••••••/apikey: n3w/; s/^  zone: ••••••/  area: b/' \"$1\"";
    edit(&scene, &["k"], lines).ok();
    assert_eq!(scene.run(["get", "k", "--field", "apikey"]).ok().stdout(), "n3w");
    assert_eq!(scene.run(["get", "k", "--field", "area"]).ok().stdout(), "b");
    assert_eq!(scene.get("k")["fields"]["keyStore"].as_object().unwrap().len(), 2);
    edit(&scene, &["k", "--reveal"], "grep -q '^apikey: n3w' \"$1\" && grep -q '^  area: b' \"$1\"").ok();
}

#[test]
fn what_can_be_refused_is_refused_before_the_editor() {
    let scene = Scene::with_login();
    let path = editor(&scene, "true");
    for (words, status) in [
        (&["edit", "none"][..], 4),
        (&["edit", "admin", "--role", "operator"], 6),
        (&["edit", "admin", "--if-match", "x"], 5),
        (&["edit", "admin", "--project", "p"], 6),
    ] {
        scene.command(words).env("EDITOR", &path).outcome("").exits(status);
        assert!(!scene.path("count").exists(), "{words:?}");
    }
}

#[test]
fn secrets_that_must_not_be_used_now_need_force() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--enabled", "false"]).ok();
    let path = editor(&scene, "true");
    let edit = |words: &[&str]| {
        let mut command = scene.command(["edit", "admin"].iter().chain(words));
        command.env("EDITOR", &path).outcome("")
    };
    let refused = edit(&["--reveal"]);
    assert!(refused.status() != Some(0) && refused.stderr.contains("--force"), "{refused:?}");
    edit(&["--reveal", "--force"]).ok();
    edit(&[]).ok();
    assert!(seen(&scene, 1).contains("password: old-password"), "the forced one was the first");
    assert!(!seen(&scene, 2).contains("old-password"), "the last one was masked");
}
