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
    assert!(ended.shown.contains("not the same") && !ended.shown.contains("horse"), "{ended:?}");
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

    let mut terminal = Terminal::start(&asking(&scene, &["list"]), "");
    terminal.answer("Passphrase for ", "wrong");
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
        (&["add", "login", "b"][..], "username ("),
        (&["add", "login", "b", "username=u"], "password ("),
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
fn ctrl_c_while_choosing_a_type_shows_the_cursor_again() {
    let scene = Scene::with_login();
    let mut command = asking(&scene, &["add"]);
    command.env("TERM", "xterm");
    let mut terminal = Terminal::start(&command, "");
    terminal.control("UsernamePassword", "", 'c');
    let ended = terminal.end();
    assert!(ended.status == 130 && ended.restored, "{ended:?}");
    let cursor = (ended.shown.rfind("\u{1b}[?25l"), ended.shown.rfind("\u{1b}[?25h"));
    assert!(cursor.0.is_some() && cursor.0 < cursor.1, "{ended:?}");
}

#[test]
fn a_signal_from_outside_leaves_the_terminal_as_it_was() {
    let scene = Scene::with_login();
    for (words, prompt) in [
        (&["passwd", "admin"][..], "New password for admin: "),
        (&["delete", "admin"], "Delete admin? [y/N] "),
    ] {
        for (signal, status) in [("TERM", 143), ("INT", 130)] {
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
    terminal.answer("username (", "partner1");
    terminal.answer("password (", "S-partner");
    terminal.answer("(again): ", "S-partner");
    terminal.answer("email (", "nobody");
    terminal.answer("email (", "ops@example.org");
    terminal.answer("fullName (", "Partner One");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    assert!(!ended.shown.contains("S-partner"), "{ended:?}");
    let fields = &scene.get("partner1")["fields"];
    assert_eq!((&fields["password"], &fields["email"]), (&"S-partner".into(), &"ops@example.org".into()));

    // what was given is not asked for, and a key store is asked for by its entries
    let mut terminal = Terminal::start(&asking(&scene, &["add", "s3", "bucket", "accessKey=env:HOME"]), "");
    terminal.answer("accessSecret (", "S-secret");
    terminal.answer("(again): ", "S-secret");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    assert_eq!(scene.run(["get", "bucket", "--field", "accessSecret"]).ok().stdout(), "S-secret");
}

#[test]
fn an_update_asks_for_what_it_needs() {
    let scene = Scene::with_login();
    let mut terminal = Terminal::start(&asking(&scene, &["update", "admin", "username=new"]), "");
    terminal.answer("password (", "S-new");
    terminal.answer("(again): ", "S-new");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    assert_eq!(scene.get("admin")["fields"], serde_json::json!({"username": "new", "password": "S-new"}));
}

#[test]
fn nobody_waits_for_who_is_asked() {
    let scene = Scene::with_login();
    for (words, prompt, answers) in [
        (
            &["update", "admin", "username=new"][..],
            "password (",
            &[("", "S-new"), ("(again): ", "S-new")][..],
        ),
        (&["delete", "admin"], "Delete admin? [y/N] ", &[("", "y")]),
    ] {
        let id = words[0];
        let mut terminal = Terminal::start(&asking(&scene, words), "");
        terminal.expect(prompt);
        scene.run_with(["add", "login", id, "username=u", "password=-", "--lock-timeout", "0s"], "p").ok();
        scene.run(["patch", "admin", "domain=meanwhile"]).ok();
        for (prompt, answer) in answers {
            terminal.answer(prompt, answer);
        }
        let ended = terminal.end();
        assert!(ended.status == 0 && ended.restored, "{ended:?}");
        assert!(scene.ids().contains(&id.to_owned()));
    }
    assert_eq!(scene.ids(), ["delete", "update"]);
}

#[test]
fn a_passphrase_is_asked_for_once_though_there_is_a_question() {
    let scene = Scene::bare();
    scene.command(["init"]).env("CREDCTL_PASSPHRASE", "correct horse").outcome("").ok();
    let add = ["add", "login", "a", "username=u", "password=-"];
    scene.command(add).env("CREDCTL_PASSPHRASE", "correct horse").outcome("p").ok();
    let mut terminal = Terminal::start(&asking(&scene, &["update", "a", "username=new"]), "");
    terminal.answer("Passphrase for ", "correct horse");
    terminal.answer("password (", "S-new");
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
fn deleting_is_confirmed() {
    let scene = Scene::with_login();
    scene.login("b");
    for answer in ["n", ""] {
        let mut terminal = Terminal::start(&asking(&scene, &["delete", "admin"]), "");
        terminal.answer("Delete admin? [y/N] ", answer);
        let ended = terminal.end();
        assert!(ended.status != 0 && ended.restored, "{ended:?}");
        assert_eq!(scene.ids(), ["admin", "b"]);
    }
    let mut terminal = Terminal::start(&asking(&scene, &["delete", "admin", "b"]), "");
    terminal.answer("Delete 2 credentials (admin, b)? [y/N] ", "perhaps");
    terminal.answer("[y/N] ", "yes");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored, "{ended:?}");
    assert!(scene.ids().is_empty());
}

#[test]
fn whoever_deletes_is_told_what_uses_it() {
    let scene = Scene::with_login();
    for resource in ["/servers/host1", "/virtualNetworks/blue"] {
        scene.run(["ref", "add", "admin", resource]).ok();
    }
    let mut terminal = Terminal::start(&asking(&scene, &["delete", "admin"]), "");
    terminal.answer("Used by /servers/host1, /virtualNetworks/blue. Delete admin? [y/N] ", "n");
    assert_eq!(terminal.end().status, 2);
    let mut terminal = Terminal::start(&asking(&scene, &["delete", "--filter", "username eq 'ips'"]), "");
    terminal.answer("Delete the 1 credentials that are selected? [y/N] ", "y");
    assert_eq!(terminal.end().status, 0);
    assert!(scene.ids().is_empty());
}

#[test]
fn purging_is_confirmed() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "domain=x"]).ok();
    let mut terminal = Terminal::start(&asking(&scene, &["purge", "admin"]), "");
    terminal.answer("Forget the earlier versions of admin for good? [y/N] ", "");
    assert_eq!(terminal.end().status, 2);
    scene.run(["get", "admin", "--revision", "1"]).ok();
    let mut terminal = Terminal::start(&asking(&scene, &["purge", "--all"]), "");
    terminal.answer("Forget the earlier versions of all credentials for good? [y/N] ", "y");
    assert_eq!(terminal.end().status, 0);
    scene.run(["get", "admin", "--revision", "1"]).exits(4);
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
fn where_asking_is_switched_off_nobody_is_asked() {
    let scene = Scene::with_login();
    for (words, status) in [
        (&["add", "login", "b", "username=u", "--non-interactive"][..], 3),
        (&["delete", "admin", "--non-interactive"], 2),
        (&["passwd", "admin", "--non-interactive"], 3),
        (&["init", "--vault", "new.age", "--non-interactive"], 7),
    ] {
        let ended = Terminal::start(&asking(&scene, words), "").end();
        assert_eq!(ended.status, status, "{words:?}: {ended:?}");
    }
    let mut command = asking(&scene, &["delete", "admin"]);
    command.env("CREDCTL_NON_INTERACTIVE", "1");
    assert_eq!(Terminal::start(&command, "").end().status, 2);
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let scene = Scene::with_login();
    for (words, status) in [
        (&["add", "login", "b", "username=u"][..], 3),
        (&["delete", "admin"], 2),
        (&["init", "--vault", "new.age"], 7),
        (&["add"], 2),
        (&["rekey"], 2),
    ] {
        // a session of its own has no terminal
        let mut command = Command::new("setsid");
        command.arg("-w").arg(PROGRAM).args(words).current_dir(scene.path("."));
        scene.environment(&mut command);
        command.outcome("y\n").exits(status);
    }
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
