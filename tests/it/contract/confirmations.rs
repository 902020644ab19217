//! Confirmations, what is known before the first question, and runs that ask nothing.

use std::process::Command;

use super::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{PROGRAM, Run as _, Scene};

#[test]
fn nobody_waits_for_who_is_asked() {
    let scene = Scene::with_login();
    for (words, prompt, answers) in [
        (
            &["update", "admin", "username=new"][..],
            "Password: ",
            &[("", "S-new"), ("(again): ", "S-new"), ("Replace anyway? [y/N] ", "y")][..],
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
    terminal.answer("Used by /servers/host1, /virtualNetworks/blue. Delete admin? [y/N] ", "y");
    assert_eq!(terminal.end().status, 0);
    assert!(scene.ids().is_empty());
}

#[test]
fn purging_is_confirmed() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "domain=x"]).ok();
    let mut terminal = Terminal::start(&asking(&scene, &["purge", "admin"]), "");
    terminal.answer("Delete the earlier versions of admin for good? [y/N] ", "");
    assert_eq!(terminal.end().status, 2);
    scene.run(["get", "admin", "--revision", "1"]).ok();
    let mut terminal = Terminal::start(&asking(&scene, &["purge", "--all"]), "");
    terminal.answer("Delete the earlier versions of all credentials for good? [y/N] ", "y");
    assert_eq!(terminal.end().status, 0);
    scene.run(["get", "admin", "--revision", "1"]).exits(4);
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
fn what_can_be_known_is_told_before_the_first_question() {
    let scene = Scene::with_login();
    scene.run_with(["add", "Simple", "s", "value=-"], "x").ok();
    for (words, status) in [
        (&["add", "login", "admin"][..], 5),
        (&["add", "login", "admin", "username=u", "password=-"], 5),
        (&["add", "apiCredential", "username=admin"], 5),
        (&["add", "login", "new", "usrname=u"], 2),
        (&["update", "missing", "username=u"], 4),
        (&["update", "admin", "--if-match", "x"], 5),
        (&["patch", "missing", "password=-"], 4),
        (&["patch", "admin", "pasword=-"], 2),
        (&["passwd", "missing"], 4),
        (&["passwd", "admin", "--if-match", "x"], 5),
        (&["passwd", "s"], 3),
        (&["passwd", "missing", "--password-stdin"], 4),
        (&["verify", "missing"], 4),
        (&["delete", "missing"], 4),
        (&["delete", "admin", "--if-match", "x"], 5),
        (&["purge", "missing"], 4),
        (&["add", "login", "b", "--role", "operator"], 6),
        (&["passwd", "admin", "--role", "operator"], 6),
        (&["passwd", "admin", "--project", "p"], 6),
        (&["add", "--vault", "none.age"], 4),
        (&["add", "login", "b", "--vault", "none.age"], 4),
        (&["verify", "admin", "--vault", "none.age"], 4),
        (&["passwd", "admin", "--vault", "none.age"], 4),
        (&["purge", "admin", "--vault", "none.age"], 4),
        (&["rekey", "--vault", "none.age"], 4),
        (&["find", "--value-stdin", "--vault", "none.age"], 4),
    ] {
        let ended = Terminal::start(&asking(&scene, words), "").end();
        assert!(ended.status == status && ended.restored, "{words:?}: {ended:?}");
        for asked in ["[y/N]", "Password: ", "password for", "User name: ", "Value to find"] {
            assert!(!ended.shown.contains(asked), "{words:?}: {ended:?}");
        }
    }
}

#[test]
fn an_update_asks_before_it_removes_something() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--description", "S-text", "--tag", "url=S-url", "--label", "a=1"]).ok();
    let before = scene.bytes();
    let words = ["update", "admin", "username=new", "password=env:HOME"];
    let mut terminal = Terminal::start(&asking(&scene, &words), "");
    let question = "This removes description, tags.url, domain from admin. Replace anyway? [y/N] ";
    terminal.answer(question, "n");
    let ended = terminal.end();
    assert!(ended.status == 2 && ended.restored && !ended.shown.contains("S-"), "{ended:?}");
    assert!(before == scene.bytes());
    let mut terminal = Terminal::start(&asking(&scene, &words), "");
    terminal.answer(question, "y").expect("removed from admin: description, tags.url, domain");
    assert_eq!(terminal.end().status, 0);
    // documents and bulk calls, too; labels are kept by a replacement
    scene.run(["undo", "-y"]).ok();
    let documents = r#"[{"id":"admin","type":"login","username":"u","password":"p","labels":[]}]"#;
    let file = scene.file("documents.json", documents);
    let mut terminal = Terminal::start(&asking(&scene, &["update", "-f", &file]), "");
    terminal.answer("This removes labels.a, description, tags.url, domain from admin. ", "n");
    assert_eq!(terminal.end().status, 2);
    let ended = Terminal::start(&asking(&scene, &["update", "-f", &file, "-y"]), "").end();
    assert!(ended.status == 0 && ended.shown.contains("credctl undo"), "{ended:?}");
}

#[test]
fn ctrl_c_at_every_question_of_a_change_leaves_the_vault_as_it_was() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--description", "x"]).ok();
    let before = scene.bytes();
    let update: &[(&str, &str)] =
        &[("Password: ", "S-new"), ("(again): ", "S-new"), ("Replace anyway? [y/N] ", "")];
    for (words, questions) in [
        (&["delete", "admin"][..], &[("Delete admin? [y/N] ", "")][..]),
        (&["update", "admin", "username=u"], update),
        (&["passwd", "admin"], &[("New password for admin: ", "S-new"), ("(again): ", "")]),
        (&["patch", "admin", "password=-"], &update[..2]),
        (&["purge", "admin"], &[("[y/N] ", "")]),
    ] {
        for stage in 0..questions.len() {
            let mut terminal = Terminal::start(&asking(&scene, words), "");
            for (question, answer) in &questions[..stage] {
                terminal.answer(question, answer);
            }
            terminal.control(questions[stage].0, "", 'c');
            let ended = terminal.end();
            assert!(ended.status == 130 && ended.restored, "{words:?} {stage}: {ended:?}");
            assert!(
                before == scene.bytes() && !ended.shown.contains("S-new"),
                "{words:?} {stage}: {ended:?}"
            );
        }
    }
}
