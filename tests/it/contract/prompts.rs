//! Questions on a terminal, through real pseudo-terminals.

use std::fs;
use std::process::Command;

use crate::support::terminal::Terminal;
use crate::support::{PROGRAM, Run as _, Scene};

/// The program with these words, allowed to ask.
pub fn asking(scene: &Scene, words: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(words).current_dir(scene.path("."));
    scene.environment(&mut command);
    command.env("TERM", "dumb");
    command
}

#[test]
fn a_vault_is_made_with_a_passphrase_asked_twice_and_opened_with_one_asked_once() {
    let scene = Scene::bare();
    let mut terminal = Terminal::start(&asking(&scene, &["init"]), "");
    terminal.answer("New passphrase for ", "correct horse");
    terminal.answer("(again): ", "another");
    terminal.answer("New passphrase for ", "correct horse");
    terminal.answer("(again): ", "correct horse");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    assert!(ended.shown.contains("differ") && !ended.shown.contains("horse"), "{ended:?}");
    assert_eq!(scene.mode("vault.age"), 0o600);

    // stdin stays free for data, stdout for the answer
    let data = scene.file("data", "S-password");
    let command = asking(&scene, &["add", "login", "a", "username=u", "password=-", "-o", "name"]);
    let mut terminal = Terminal::start(&command, &format!("<{data} >out 2>err"));
    terminal.answer("Passphrase for ", "correct horse");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    assert!(!ended.shown.contains("horse") && !ended.shown.contains("S-password"), "{ended:?}");
    assert_eq!(fs::read_to_string(scene.path("out")).unwrap(), "a\n");
    assert_eq!(fs::read_to_string(scene.path("err")).unwrap(), "");

    // three tries, as with sudo and ssh
    let mut terminal = Terminal::start(&asking(&scene, &["list"]), "");
    terminal.answer("Passphrase for ", "wrong");
    terminal.expect("the passphrase is wrong").answer("Passphrase for ", "correct horse");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    let mut terminal = Terminal::start(&asking(&scene, &["list"]), "");
    for _ in 0..3 {
        terminal.answer("Passphrase for ", "wrong");
    }
    let ended = terminal.end();
    assert!(ended.status == 7 && ended.restored, "{ended:?}");
}

#[test]
fn ctrl_c_ends_with_130_and_nothing_is_made() {
    let scene = Scene::bare();
    let mut terminal = Terminal::start(&asking(&scene, &["init"]), "");
    terminal.control("New passphrase for ", "abc", 'c');
    let ended = terminal.end();
    assert!(ended.status == 130 && ended.restored, "{ended:?}");
    assert!(!scene.vault().exists());

    let scene = Scene::with_login();
    let before = scene.bytes();
    for (words, prompt) in [
        (&["add", "login", "b"][..], "User name: "),
        (&["add", "login", "b", "username=u"], "Password: "),
        (&["delete", "admin"], "Delete admin? [y/N] "),
        (&["passwd", "admin"], "New password for admin: "),
    ] {
        let mut terminal = Terminal::start(&asking(&scene, words), "");
        terminal.control(prompt, "abc", 'c');
        let ended = terminal.end();
        assert!(ended.status == 130 && ended.restored, "{words:?}: {ended:?}");
        assert!(before == scene.bytes(), "{words:?}");
    }
}

#[test]
fn a_type_is_chosen_by_arrows_and_letters_and_every_key_that_ends_a_program_ends_it() {
    let scene = Scene::with_login();
    for (letter, status) in [('c', 130), ('d', 2), ('\\', 130), ('[', 130)] {
        let mut terminal = Terminal::start(&asking(&scene, &["add"]), "");
        terminal.control("> Login", "", letter);
        let ended = terminal.end();
        assert!(ended.status == status && ended.restored, "{letter}: {ended:?}");
    }
    let mut terminal = Terminal::start(&asking(&scene, &["add"]), "");
    terminal.expect("> Login").keys("\u{1b}[B").expect("> API key").keys("snmp");
    terminal.answer("> SNMP community", "").answer("Name, such as team/wiki: ", "net/core");
    terminal.answer("Community string: ", "S-community").answer("(again): ", "S-community");
    terminal.answer("[Y/n/e] ", "");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored && !ended.shown.contains("S-community"), "{ended:?}");
}

#[test]
fn a_signal_from_outside_leaves_the_terminal_as_it_was() {
    let scene = Scene::with_login();
    for (words, prompt) in [
        (&["passwd", "admin"][..], "New password for admin: "),
        (&["delete", "admin"], "Delete admin? [y/N] "),
        (&["add"], "> Login"),
        (&["add", "login"], "Name, such as team/wiki: "),
        (&["add", "privkey", "k"], "Private key (path or paste): "),
    ] {
        for (signal, status) in [("TERM", 143), ("INT", 130), ("HUP", 129), ("QUIT", 131)] {
            let mut shell = Command::new("/bin/sh");
            shell.args(["-c", "echo \"[$$]\"; exec \"$@\"", "sh", PROGRAM]).args(words);
            shell.current_dir(scene.path("."));
            scene.environment(&mut shell);
            let mut terminal = Terminal::start(&shell, "");
            let process = terminal.number().to_string();
            terminal.expect(prompt);
            Command::new("kill").args(["-s", signal, &process]).outcome("").ok();
            let ended = terminal.end();
            assert!(ended.status == status && ended.restored, "{words:?} {signal}: {ended:?}");
        }
    }
}

#[test]
fn missing_fields_are_asked_for_in_order() {
    let scene = Scene::new();
    let mut terminal = Terminal::start(&asking(&scene, &["add", "apiCredential"]), "");
    terminal.answer("User name, which is also the ID: ", "partner1");
    terminal.answer("Password (g or Enter generates one): ", "S-partner");
    terminal.answer("Password (again): ", "S-partner");
    terminal.answer("E-mail address: ", "nobody");
    terminal.answer("E-mail address: ", "ops@example.org");
    terminal.answer("Full name: ", "Partner One");
    terminal.answer("[Y/n/e] ", "y");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    assert!(!ended.shown.contains("S-partner"), "{ended:?}");
    let fields = &scene.get("partner1")["fields"];
    assert_eq!((&fields["password"], &fields["email"]), (&"S-partner".into(), &"ops@example.org".into()));

    // what was given is not asked for, and a key store is asked for by its entries
    let mut terminal = Terminal::start(&asking(&scene, &["add", "s3", "bucket", "accessKey=env:HOME"]), "");
    terminal.answer("Access secret: ", "S-secret");
    terminal.answer("(again): ", "S-secret");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    assert_eq!(scene.run(["get", "bucket", "--field", "accessSecret"]).ok().stdout(), "S-secret");
}

#[test]
fn an_update_asks_for_what_it_needs() {
    let scene = Scene::with_login();
    let mut terminal = Terminal::start(&asking(&scene, &["update", "admin", "username=new"]), "");
    terminal.answer("Password: ", "S-new");
    terminal.answer("(again): ", "S-new");
    terminal.answer("This removes domain from admin. Replace anyway? [y/N] ", "y");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    assert_eq!(scene.get("admin")["fields"], serde_json::json!({"username": "new", "password": "S-new"}));
}

#[test]
fn a_passphrase_is_asked_for_once_though_there_is_a_question() {
    let scene = Scene::bare();
    scene.command(["init"]).env("CREDCTL_PASSPHRASE", "correct horse").outcome("").ok();
    let add = ["add", "login", "a", "username=u", "password=-"];
    scene.command(add).env("CREDCTL_PASSPHRASE", "correct horse").outcome("p").ok();
    let mut terminal = Terminal::start(&asking(&scene, &["update", "a", "username=new"]), "");
    terminal.answer("Passphrase for ", "correct horse");
    terminal.answer("Password: ", "S-new");
    terminal.answer("(again): ", "S-new");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    let get = ["get", "a", "--field", "password"];
    let got = scene.command(get).env("CREDCTL_PASSPHRASE", "correct horse").outcome("").ok();
    assert_eq!(got.stdout(), "S-new");
}

#[test]
fn a_password_is_asked_for_twice() {
    let scene = Scene::with_login();
    let mut terminal = Terminal::start(&asking(&scene, &["passwd", "admin"]), "");
    terminal.answer("New password for admin: ", "S-new");
    terminal.answer("(again): ", "S-new");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored && !ended.shown.contains("S-new"), "{ended:?}");
    assert_eq!(scene.run(["get", "admin", "--field", "password"]).ok().stdout(), "S-new");
}

#[test]
fn a_password_to_be_verified_is_asked_for_when_nothing_else_is() {
    let scene = Scene::with_login();
    for (password, status) in [("old-password", 0), ("wrong", 6)] {
        let mut terminal = Terminal::start(&asking(&scene, &["verify", "admin"]), "");
        terminal.answer("Password of admin: ", password);
        let ended = terminal.end();
        assert!(ended.status == status && ended.restored && !ended.shown.contains(password), "{ended:?}");
    }
    let ended = Terminal::start(&asking(&scene, &["verify", "admin", "--ip", "10.0.0.1"]), "").end();
    assert_eq!(ended.status, 0);
}

#[test]
fn a_terminal_gets_a_newline_and_no_control_characters() {
    let scene = Scene::with_login();
    scene.run_with(["patch", "admin", "password=-"], "a\u{1b}[31mb").ok();
    let ended = Terminal::start(&asking(&scene, &["get", "admin", "--field", "password"]), "").end();
    assert!(ended.status == 0 && !ended.shown.contains('\u{1b}'), "{ended:?}");
    let ended = Terminal::start(&asking(&scene, &["get", "admin", "--field", "username"]), "").end();
    assert_eq!(ended.shown, "ips\r\n");
}

#[test]
fn what_stdin_would_say_is_asked_for_hidden_where_stdin_is_the_terminal() {
    let scene = Scene::with_login();
    let twice = &[("Password: ", "S-typed"), ("(again): ", "S-typed")][..];
    for (words, answers) in [
        (&["add", "login", "b", "username=u", "password=-"][..], twice),
        (&["update", "admin", "-y", "username=ips", "password=-"], twice),
        (&["patch", "admin", "password=-"], twice),
        (&["patch", "--filter", "id eq 'admin'", "password=-"], twice),
        (
            &["passwd", "admin", "--password-stdin"],
            &[("New password for admin: ", "S-typed"), ("(again): ", "S-typed")],
        ),
        (&["verify", "admin", "--password-stdin"], &[("Password of admin: ", "S-typed")]),
        (&["find", "--value-stdin"], &[("Value to find: ", "S-typed")]),
        (&["patch", "admin", "description=-"], &[("Description: ", "seen")]),
    ] {
        let mut terminal = Terminal::start(&asking(&scene, words), "");
        for (prompt, answer) in answers {
            terminal.answer(prompt, answer);
        }
        let ended = terminal.end();
        assert!(ended.status == 0 && ended.restored, "{words:?}: {ended:?}");
        assert!(!ended.shown.contains("S-typed"), "{words:?}: {ended:?}");
    }
    assert_eq!(scene.run(["get", "admin", "--field", "password"]).ok().stdout(), "S-typed");
    assert_eq!(scene.get("admin")["description"], "seen");
    let words = ["patch", "admin", "password=-", "--non-interactive"];
    let ended = Terminal::start(&asking(&scene, &words), "").end();
    assert_eq!(ended.status, 3, "{ended:?}");
}

#[test]
fn a_text_of_several_lines_is_a_path_or_a_paste_that_nobody_sees() {
    let scene = Scene::new();
    let key = crate::support::samples::PRIVATE_KEY;
    fs::create_dir_all(scene.path("home")).unwrap();
    scene.file("home/k.pem", key);
    let pasted = key.trim_end().replace('\n', "\r");
    let lines = format!("{}.\r", key.replace('\n', "\r"));
    let bracketed = format!("\u{1b}[200~{pasted}\u{1b}[201~\r");
    let typo = "~/nope.pem\r";
    for (id, given) in
        [("path", "~/k.pem\r"), ("quoted", "'~/k.pem'\r"), ("lines", &lines), ("brackets", &bracketed)]
    {
        let mut terminal = Terminal::start(&asking(&scene, &["add", "privkey", id]), "");
        terminal.expect("Private key (path or paste): ").keys(typo);
        terminal.expect("no such file").expect("Private key (path or paste): ").keys(given);
        let ended = terminal.end();
        assert!(ended.status == 0 && ended.restored, "{id}: {ended:?}");
        for line in key.lines() {
            assert!(!ended.shown.contains(line), "{id}: {ended:?}");
        }
        let got = scene.run(["get", id, "--field", "privkey"]).ok().stdout().to_owned();
        assert_eq!(got.trim_end(), key.trim_end(), "{id}");
    }
    // a path is shown while it is typed, one key after the other
    let mut terminal = Terminal::start(&asking(&scene, &["add", "privkey", "typed"]), "");
    terminal.expect("(path or paste): ");
    for (key, shown) in [("~", "~"), ("/", "/"), ("x", "x"), ("\u{7f}", "\u{8}"), ("k.", "k."), ("p", "p")] {
        terminal.keys(key).expect(shown);
    }
    terminal.keys("em\r");
    assert_eq!(terminal.end().status, 0);
}

#[test]
fn a_secret_that_is_pasted_may_have_several_lines() {
    let scene = Scene::new();
    let mut terminal = Terminal::start(&asking(&scene, &["add", "Simple", "s"]), "");
    terminal.expect("Secret: ").keys("\u{1b}[200~S-one\rS-two\u{1b}[201~\r");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored && !ended.shown.contains("S-"), "{ended:?}");
    assert_eq!(scene.run(["get", "s", "--field", "value"]).ok().stdout(), "S-one\nS-two");
    let mut terminal = Terminal::start(&asking(&scene, &["add", "Simple", "t"]), "");
    terminal.answer("Secret: ", "S-line").answer("(again): ", "S-other");
    terminal.answer("differ", "S-line").answer("(again): ", "S-line");
    assert_eq!(terminal.end().status, 0);
}

#[test]
fn notes_and_variables_are_typed_line_by_line() {
    let scene = Scene::with_login();
    let hint = "Ctrl-D on an empty line, or a line with only a dot, ends the text";
    for (ends, expected) in [("\u{4}", "S-one\nS-two\n"), (".\r", "S-one\nS-two\n")] {
        let mut terminal = Terminal::start(&asking(&scene, &["patch", "admin", "notes=-"]), "");
        terminal.expect("Notes: ").keys("\r");
        terminal.expect("an answer is needed").expect("Notes: ").keys("S-one\r");
        terminal.expect(hint).keys("S-two\r").keys(ends);
        let ended = terminal.end();
        assert!(ended.status == 0 && ended.restored && !ended.shown.contains("S-"), "{ended:?}");
        assert_eq!(scene.run(["get", "admin", "--field", "notes"]).ok().stdout(), expected);
    }
    // one line needs no second entry, and a paste of one no end
    let mut terminal = Terminal::start(&asking(&scene, &["patch", "admin", "notes=-"]), "");
    terminal.expect("Notes: ").keys("S-three\u{4}");
    assert_eq!(terminal.end().status, 0);
    assert_eq!(scene.run(["get", "admin", "--field", "notes"]).ok().stdout(), "S-three");
    let mut terminal = Terminal::start(&asking(&scene, &["patch", "admin", "notes=-"]), "");
    terminal.expect("Notes: ").keys("\u{1b}[200~S-four\u{1b}[201~\r");
    assert_eq!(terminal.end().status, 0);
    assert_eq!(scene.run(["get", "admin", "--field", "notes"]).ok().stdout(), "S-four");
    // variables: the first line may be a path, and `NAME=VALUE` is none
    let mut terminal = Terminal::start(&asking(&scene, &["add", "env", "shop"]), "");
    terminal.expect("(path or paste): ").keys("~/nope.env\r").expect("no such file");
    terminal.expect("(path or paste): ").keys("A=1\r").expect(hint).keys("B=two words\r\u{4}");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    let lines = scene.run(["export", "shop", "--format", "docker-env"]).ok();
    assert_eq!(lines.stdout(), "A=1\nB=two words\n");
}

#[test]
fn prompts_say_what_to_type_and_not_how_it_is_kept() {
    for kind in credctl::kind::KINDS {
        let entries = kind.fields.iter().flat_map(|field| match field.shape {
            credctl::kind::Shape::Store(store) => store.entries,
            _ => std::slice::from_ref(field),
        });
        for field in entries.filter(|field| field.class != credctl::kind::Class::Computed) {
            let label = field.label();
            assert!(label.starts_with(char::is_uppercase), "{}: {label}", kind.name);
            for word in ["base64", "text", "empty", "line", "keyStore", "hash"] {
                assert!(!label.contains(word) || label == "Must be empty", "{}: {label}", kind.name);
            }
        }
    }
}
