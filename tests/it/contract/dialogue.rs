//! Adding by dialogue, on a pseudo-terminal.

use super::prompts::asking;
use crate::support::terminal::{Terminal, emulator};
use crate::support::{Scene, samples};

/// The screen after everything that a terminal has shown.
fn screen(shown: &str) -> String {
    let mut terminal = emulator(24, 80, 0);
    terminal.process(shown.as_bytes());
    let rows: Vec<_> = terminal.screen().rows(0, 80).map(|row| row.trim_end().to_owned()).collect();
    rows.join("\n").trim_end().to_owned()
}

#[test]
fn a_login_takes_a_few_keys() {
    let scene = Scene::new();
    let mut terminal = Terminal::start(&asking(&scene, &["add"]), "");
    let answers = [
        ("Type: ", "login"),
        ("Name, such as team/wiki: ", "work/db"),
        ("User name: ", "app"),
        ("Password (g or Enter generates one): ", ""),
        ("[Y/n/e] ", ""),
    ];
    let mut keys = "credctl add\n".len();
    for (prompt, answer) in answers {
        terminal.answer(prompt, answer);
        keys += answer.len() + 1;
    }
    assert!(keys < 60, "{keys}");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    let password = scene.get("work/db")["fields"]["password"].as_str().unwrap().to_owned();
    assert!(password.len() >= 20 && !ended.shown.contains(&password), "{ended:?}");
    let shown = screen(&ended.shown);
    let row = |label: &str, value: &str| format!("  {label:<28} {value}");
    for line in [
        "Type: Login\nName, such as team/wiki: work/db\n".to_owned(),
        row("Type", "Login"),
        row("ID", "work/db"),
        row("User name", "app"),
        row("Password", "•••••• (generated, "),
        "Save it? e changes or adds a field. [Y/n/e]".to_owned(),
        "added UsernamePassword work/db".to_owned(),
    ] {
        assert!(shown.contains(&line), "no {line:?}:\n{shown}");
    }
}

#[test]
fn escape_and_ctrl_c_leave_everything_as_it_was_at_every_stage() {
    let scene = Scene::with_login();
    let before = scene.bytes();
    let stages = [
        ("Type: ", "login\n"),
        ("Name, such as team/wiki: ", "new\n"),
        ("User name: ", "app\n"),
        ("Password (g or Enter generates one): ", "S-typed\n"),
        ("Password (again): ", "S-typed\n"),
        ("[Y/n/e] ", "e\n"),
        ("> User name", "domain\n"),
        ("(Enter leaves it out): ", "corp\n"),
    ];
    for last in 0..stages.len() {
        for key in ["\u{3}", "\u{1b}"] {
            let mut terminal = Terminal::start(&asking(&scene, &["add"]), "");
            for (prompt, keys) in &stages[..last] {
                terminal.expect(prompt).keys(keys);
            }
            terminal.expect(stages[last].0).keys(key);
            let ended = terminal.end();
            assert!(ended.status == 130 && ended.restored, "{last} {key:?}: {ended:?}");
            assert!(before == scene.bytes() && !ended.shown.contains("S-typed"), "{last} {key:?}: {ended:?}");
        }
    }
}

#[test]
fn what_is_refused_is_asked_again_with_the_reason() {
    let scene = Scene::with_login();
    let mut terminal = Terminal::start(&asking(&scene, &["add", "Aws"]), "");
    terminal.answer("Name, such as team/wiki: ", "admin").expect("`admin` exists already");
    terminal.answer("Name, such as team/wiki: ", "a b").expect("must not contain blanks");
    terminal.answer("Name, such as team/wiki: ", "aws");
    terminal.answer("Access key ID: ", "short").expect("must");
    terminal.answer("Access key ID: ", "AKIAIOSFODNN7EXAMPLE");
    let secret = "canary-4/canary-4/canary-4/canary-4/cana";
    terminal.answer("Secret access key: ", secret).answer("(again): ", secret);
    // a field is added that only the gate judges
    terminal.answer("[Y/n/e] ", "edit").answer("> Access key ID", "until");
    terminal.answer("Valid until (Enter leaves it out): ", "soon").expect("Valid until: must");
    terminal.answer("(Enter leaves it out): ", "90d");
    terminal.answer("[Y/n/e] ", "e").answer("> Access key ID", "label");
    terminal.answer("Label (NAME=VALUE): ", "env").expect("must be of the form NAME=VALUE");
    terminal.answer("Label (NAME=VALUE): ", "env=prod");
    terminal.answer("[Y/n/e] ", "what").expect("answer yes or no or edit").answer("[Y/n/e] ", "");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored && !ended.shown.contains(secret), "{ended:?}");
    let shown = scene.get("aws");
    assert_eq!(shown["labels"], serde_json::json!([{"name": "env", "value": "prod"}]));
    assert!(shown["validUntil"].is_string());
}

#[test]
fn a_key_is_pasted_unseen_and_no_saves_nothing() {
    let scene = Scene::new();
    let pasted = samples::PRIVATE_KEY.trim_end().replace('\n', "\r");
    for (answer, status) in [("no", 4), ("", 0)] {
        let mut terminal = Terminal::start(&asking(&scene, &["add"]), "");
        terminal.answer("Type: ", "ssh").answer("Name, such as team/wiki: ", "deploy");
        terminal.expect("Private key (path or paste): ").keys(&format!("\u{1b}[200~{pasted}\u{1b}[201~\r"));
        terminal.answer("[Y/n/e] ", answer);
        let ended = terminal.end();
        assert!(ended.status == 0 && ended.restored && !ended.shown.contains("BEGIN"), "{ended:?}");
        scene.run(["get", "deploy"]).exits(status);
    }
}

#[test]
fn secrets_by_name_are_asked_for_one_by_one() {
    let scene = Scene::new();
    let mut terminal = Terminal::start(&asking(&scene, &["add", "generic"]), "");
    terminal.answer("Name, such as team/wiki: ", "app").answer("Name of the entry: ", "TOKEN");
    terminal.answer("TOKEN: ", "S-one").answer("(again): ", "S-one");
    terminal.answer("[Y/n/e] ", "e").answer("Field: ", "another");
    terminal.answer("Name of the entry: ", "HOST").answer("HOST: ", "S-two").answer("(again): ", "S-two");
    terminal.answer("[Y/n/e] ", "y");
    let ended = terminal.end();
    assert!(ended.status == 0 && !ended.shown.contains("S-"), "{ended:?}");
    assert_eq!(scene.run(["get", "app", "--field", "HOST"]).ok().stdout(), "S-two");
}
