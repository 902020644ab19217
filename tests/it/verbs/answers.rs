//! Answers for people that say what changed: diffs by field, names and counts, never a secret.

use serde_json::json;

use crate::support::Scene;
use crate::support::terminal::Terminal;

/// Runs the program on a terminal without prompts, and returns what the terminal shows.
fn on_terminal(scene: &Scene, words: &[&str]) -> String {
    let ended = Terminal::sized(&scene.command(words), 100).end();
    assert_eq!(ended.status, 0, "{ended:?}");
    ended.shown.replace('\r', "")
}

#[test]
fn an_update_is_a_diff_by_field_without_secrets() {
    let scene = Scene::with_login();
    let patch = ["patch", "admin", "username=root", "password=-", "--label", "env=prod", "--tag", "url=u"];
    let tried = scene.run_with(patch.into_iter().chain(["--dry-run"]), "S-new").ok();
    let lines =
        "  labels.env: prod (added)\n  tags.url: u (added)\n  username: ips → root\n  password (changed)\n";
    let line = "dry run: would have updated UsernamePassword admin; nothing was written\n";
    assert_eq!(tried.stdout(), format!("{line}{lines}"));
    let made = scene.run_with(patch, "S-new").ok().hides("S-new").hides("old-password");
    assert_eq!(made.stdout(), format!("updated UsernamePassword admin\n{lines}"));
    assert_eq!(made.stderr, "", "nothing was lost");
    // nothing of it for programs
    let answer = scene.answer(["patch", "admin", "username=again"]);
    assert!(answer.get("changes").is_none(), "{answer}");
}

#[test]
fn a_loss_is_named_once_and_with_the_way_back() {
    let scene = Scene::with_login();
    scene.run(["patch", "admin", "--description", "D-old", "--label", "env=prod"]).ok();
    let made = scene.run(["patch", "admin", "--unset", "labels.env", "--description", "new"]).ok();
    assert_eq!(
        made.stdout(),
        "updated UsernamePassword admin\n  labels.env (removed)\n  description: D-old → new\n"
    );
    assert_eq!(made.stderr, "  hint: credctl undo\n");
    // the note of an update names what is removed, so the diff does not
    let made = scene.run_with(["update", "admin", "username=ips", "password=-"], "S-3").ok();
    assert_eq!(made.stdout(), "updated UsernamePassword admin\n  password (changed)\n");
    assert_eq!(made.stderr, "note: removed from admin: description, domain\n  hint: credctl undo\n");
    let undone = scene.run(["undo"]).ok().hides("S-3");
    assert_eq!(
        undone.stdout(),
        "undone: admin changed back\nadmin\n  description: new (added)\n  password (changed)\n  domain: test (added)\n"
    );
}

#[test]
fn every_change_of_one_credential_says_what_it_did() {
    let scene = Scene::with_login();
    let says = |words: &[&str], wanted: &str| {
        let outcome = scene.run(words).ok();
        assert_eq!(outcome.stdout(), wanted, "{words:?}");
        outcome
    };
    says(&["grant", "admin", "--api-proxy", "P"], "granted admin\n  access.P: API_PROXY (added)\n");
    says(&["revoke", "admin", "--api-proxy", "P"], "revoked admin\n  access.P (removed)\n")
        .says("hint: credctl undo");
    let referred = "referred to admin\n  references./servers/s: h (added)\n";
    says(&["ref", "add", "admin", "/servers/s", "--address", "h"], referred);
    says(
        &["ref", "rm", "admin", "/servers/s"],
        "no longer referred to admin\n  references./servers/s (removed)\n",
    );
    let renamed = "renamed UsernamePassword db\n  id: admin → db\n";
    says(&["rename", "admin", "db"], renamed);
    let copied = "copied UsernamePassword db2\n  id: db → db2\n  username: ips → x\n";
    says(&["copy", "db", "db2", "username=x"], copied);
    says(&["move", "db2", "--to", "shop"], "moved UsernamePassword db2\n  project: admin → shop\n");
    let passwd = scene.run_with(["passwd", "db", "--password-stdin"], "S-4").ok();
    assert_eq!(passwd.stdout(), "changed the password of UsernamePassword db\n  password (changed)\n");
    passwd.says("hint: credctl undo");
    scene.run(["rollback", "db", "--revision", "1"]).ok().says("credctl undo");
    let tried = scene.run_with(["add", "login", "new", "username=u", "password=-", "-n"], "S-5").ok();
    assert_eq!(
        tried.stdout(),
        "dry run: would have added UsernamePassword new; nothing was written\n  username: u (added)\n  \
         password (added)\n"
    );
}

#[test]
fn a_long_value_is_cut_and_a_text_of_lines_is_not_shown() {
    let scene = Scene::with_login();
    let long = "x".repeat(200);
    let patched = scene.run(["patch", "admin", "--description", &long]).ok().hides(&long);
    assert!(patched.stdout().ends_with("xx… (added)\n"), "{patched:?}");
    let patched = scene.run(["patch", "admin", "--description", "one\ntwo"]).ok();
    assert_eq!(patched.stdout(), "updated UsernamePassword admin\n  description (changed)\n");
}

#[test]
fn colours_are_for_terminals() {
    let scene = Scene::with_login();
    let shown = on_terminal(&scene, &["patch", "admin", "username=root"]);
    assert!(shown.contains("username: \u{1b}[31mips\u{1b}[0m → \u{1b}[32mroot\u{1b}[0m"), "{shown}");
    assert!(!scene.run(["patch", "admin", "username=x"]).ok().stdout().contains('\u{1b}'));
}

#[test]
fn a_deletion_names_the_first_and_what_is_deleted_with_them() {
    let scene = Scene::with_login();
    for n in 1..=7 {
        scene.login(&format!("db-{n}"));
    }
    scene.run(["grant", "db-1", "--api-proxy", "Payments"]).ok();
    scene.run(["ref", "add", "db-2", "/servers/s"]).ok();
    let filter = ["delete", "--filter", "id startswith 'db-'"];
    let mut command = scene.command(filter);
    command.env_remove("CREDCTL_NON_INTERACTIVE");
    let mut terminal = Terminal::start(&command, "");
    terminal.answer("(db-1, db-2, db-3, db-4, db-5, and 2 more)?", "n");
    let ended = terminal.end();
    assert!(ended.shown.contains("Used by /servers/s. Granted to Payments."), "{ended:?}");
    assert_eq!(scene.ids().len(), 8);
    let deleted = scene.run(filter.into_iter().chain(["-y"])).ok();
    assert_eq!(deleted.stdout(), "7 of 7 deleted\n");
    assert_eq!(
        deleted.stderr,
        "note: deleted: db-1, db-2, db-3, db-4, db-5, and 2 more\nnote: deleted too: references: /servers/s\n\
         note: deleted too: grants: Payments\n  hint: credctl undo\n"
    );
    let alone = scene.run(["rm", "-y", "admin"]).ok();
    assert_eq!((alone.stdout(), alone.stderr.as_str()), ("deleted admin\n", "  hint: credctl undo\n"));
    let missing = scene.answer(["rm", "-y", "admin", "--ignore-missing"]);
    assert_eq!(missing["deleted"], json!(false));
}

/// A document of logins `id-1` and so on, some of which have no password.
fn logins(from: usize, to: usize, broken: usize) -> String {
    let login = |n: usize| match n {
        n if n < from + broken => json!({"id": format!("id-{n}"), "type": "login", "username": "u"}),
        n => json!({"id": format!("id-{n}"), "type": "login", "username": "u", "password": "S-p"}),
    };
    serde_json::to_string(&(from..=to).map(login).collect::<Vec<_>>()).unwrap()
}

#[test]
fn a_terminal_sums_up_what_a_pipe_lists() {
    let scene = Scene::new();
    let file = scene.file("many.json", logins(1, 60, 30));
    // the exit status of a partial failure is the same
    let shown = {
        let ended = Terminal::sized(&scene.command(["add", "-f", &file]), 100).end();
        assert_eq!(ended.status, 8, "{ended:?}");
        ended.shown.replace('\r', "")
    };
    assert_eq!(shown.matches("failed id-").count(), 10, "{shown}");
    assert!(shown.contains("and 20 more failed; -v shows all, -o json every result"), "{shown}");
    assert!(shown.contains("30 added, 30 failed"), "{shown}");
    let scene = Scene::new();
    let file = scene.file("many.json", logins(1, 60, 30));
    let piped = scene.run(["add", "-f", &file]).exits(8);
    assert_eq!(piped.stdout().matches("failed id-").count(), 30);
    assert!(piped.stdout().ends_with("30 of 60 added\n"), "{piped:?}");
}

#[test]
fn an_import_counts_what_was_added_replaced_and_skipped() {
    let scene = Scene::new();
    let first = scene.file("first.json", logins(1, 3, 0));
    scene.run(["import", &first]).ok();
    let second = scene.file("second.json", logins(1, 5, 0).replace("\"u\"", "\"v\""));
    let shown = on_terminal(&scene, &["import", &second, "--on-conflict", "skip", "--dry-run"]);
    assert!(shown.contains("dry run: would be 2 added, 3 skipped; nothing was written"), "{shown}");
    let tried = scene.run(["import", &second, "--on-conflict", "replace", "--dry-run"]).ok().hides("S-p");
    assert!(tried.stdout().starts_with("id-1\n  username: u → v\nid-2\n"), "{tried:?}");
    let shown = on_terminal(&scene, &["import", &second, "--on-conflict", "replace"]);
    assert!(shown.contains("2 added, 3 replaced") && shown.contains("hint: credctl undo"), "{shown}");
}

#[test]
fn a_replacement_of_nothing_names_ids_that_are_near() {
    let scene = Scene::with_login();
    scene.refuses(4, ["update", "admim", "username=u", "password=-"], "p").says("did you mean admin?");
    scene.run(["put", "admim", "username=u", "password=-"]).exits(3).says("--type");
    scene.login("web");
    let taken = scene.refuses(5, ["rename", "admin", "web"], "");
    assert!(!taken.stderr.contains("credctl update"), "{taken:?}");
    taken.says("credctl get web");
}
