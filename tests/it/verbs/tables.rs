//! Tables for people, in a pipe and on terminals of several widths.

use crate::support::Scene;
use crate::support::samples::USER;
use crate::support::terminal::{Terminal, emulator};

/// A vault whose credentials never expire on the day of the test.
fn scene() -> Scene {
    let scene = Scene::new();
    let until = ["--valid-until", "2094-01-31"];
    let orders = ["add", "login", "prod/db/orders-rw", "username=svc-orders", "password=-"];
    scene.run_with(orders.into_iter().chain(until), "S-orders").ok();
    let aws = ["add", "aws", "deploy", "accessKeyId=AKIAIOSFODNN7EXAMPLE", "secretAccessKey=-"];
    scene.run_with(aws, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY").ok();
    scene.run_with(["add", "secret", "note", "value=-"], "S-note").ok();
    scene
}

/// Returns the rows of the screen after a call, without blanks at their ends.
fn screen(scene: &Scene, words: &[&str], columns: u16) -> Vec<String> {
    let ended = Terminal::sized(&scene.command(words), columns.into()).end();
    let mut parser = emulator(50, columns, 0);
    parser.process(ended.shown.as_bytes());
    let text = parser.screen().contents();
    let rows = text.lines().map(|row| row.trim_end().to_owned());
    rows.filter(|row| !row.is_empty() && !row.starts_with("[ended ")).collect()
}

#[test]
fn a_list_in_a_pipe_has_whole_texts_and_minutes() {
    let scene = scene();
    let outcome = scene.run(["list"]).ok().hides("S-orders");
    assert_eq!(outcome.stderr, "");
    let mut rows = outcome.stdout().lines();
    let titles: Vec<_> = rows.next().unwrap().split_whitespace().collect();
    assert_eq!(titles, ["ID", "TYPE", "USER", "EXPIRES", "CHANGED"]);
    let row = rows.find(|row| row.starts_with("prod/db/orders-rw  login   svc-orders")).unwrap();
    assert!(row.contains("  2094-01-31 00:00  20"), "{row}");
    assert!(outcome.stdout().contains("\nnote               secret  "), "{}", outcome.stdout());
}

#[test]
fn a_list_on_a_terminal_has_distances_and_a_footer() {
    let scene = scene();
    let rows = screen(&scene, &["list"], 80);
    assert_eq!(rows[0], "ID                 TYPE    USER                  EXPIRES      CHANGED");
    let row = &rows[3];
    assert!(row.starts_with("prod/db/orders-rw  login   svc-orders            in "), "{row}");
    assert!(row.contains(" years ") && row.ends_with("just now"), "{row}");
    assert_eq!(rows[4], "3 of 3 credentials");
    assert_eq!(screen(&scene, &["list", "orders"], 80)[2], "1 of 3 credentials");
    assert!(!screen(&scene, &["list", "-q"], 80).iter().any(|row| row.contains("of 3")));
}

#[test]
fn a_state_is_a_column_only_when_it_matters() {
    let scene = scene();
    assert!(!scene.run(["list"]).ok().stdout().contains("STATE"));
    scene.run(["patch", "deploy", "--enabled", "false"]).ok();
    let outcome = scene.run(["list"]).ok();
    let row = outcome.stdout().lines().find(|row| row.starts_with("deploy ")).unwrap().to_owned();
    assert!(row.contains("  Disabled  ") && !outcome.stdout().contains("Ok"), "{}", outcome.stdout());
    let coloured = scene.run(["list", "--color", "always"]).ok();
    assert!(coloured.stdout().contains("\x1b[33mDisabled\x1b[0m"), "{}", coloured.stdout());
}

#[test]
fn the_id_is_the_last_to_be_shortened() {
    let scene = Scene::new();
    let ids = ["prod/payments/europe-west3/orders-database-rw", "7dfbd4b6-0f45-4fe8-81d6-f1c9aaaaa7f8", "db"];
    for id in ids {
        scene.run_with(["add", "login", id, "username=svc-orders-database-rw", "password=-"], "p").ok();
    }
    for id in ids {
        let rows = screen(&scene, &["list"], 80);
        let row = rows.iter().find(|row| row.starts_with(&format!("{id} "))).unwrap();
        assert!(row.contains("login") && row.contains("svc-o") && row.contains("just now"), "{row}");
    }
    let rows = screen(&scene, &["list"], 50);
    assert_eq!(rows.len(), 5, "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with(ids[0])), "{rows:?}");
}

#[test]
fn explanations_wrap_and_nothing_of_them_is_cut() {
    let scene = Scene::new();
    for columns in [80, 100, 160] {
        for words in [&["types"][..], &["types", "certificate"], &["types", "connector"]] {
            let rows = screen(&scene, words, columns);
            assert!(rows.iter().all(|row| !row.contains('…')), "{columns}: {rows:#?}");
        }
    }
}

#[test]
fn a_history_names_those_whom_the_vault_knows() {
    let scene = scene();
    let add = ["user", "add", "--id", USER, "--auth-provider", "local", "--email", "ada@example.org"];
    scene.run(add.into_iter().chain(["--first-name", "Ada"])).ok();
    let mut command = scene.command(["patch", "note", "--description", "d"]);
    command.env("CREDCTL_OPERATOR_ID", USER);
    assert!(command.status().unwrap().success());
    let history = scene.run(["history", "note"]).ok();
    assert!(history.stdout().lines().nth(1).unwrap().contains("  Ada  "), "{}", history.stdout());
    assert!(history.stdout().lines().nth(2).unwrap().contains("  you  "), "{}", history.stdout());
    // programs get the UUID alone
    assert_eq!(scene.answer(["history", "note"])["items"][0]["modifiedBy"], USER);
}

#[test]
fn an_empty_table_tells_the_next_command() {
    let scene = Scene::new();
    for (words, next) in [
        (&["list"][..], "credctl add"),
        (&["policy", "list"], "credctl policy add"),
        (&["user", "list"], "credctl user add"),
        (&["environment", "list"], "credctl environment add"),
        (&["ref", "list"], "credctl ref add"),
        (&["history"], "credctl history ID"),
        (&["access", "--api-proxy", "P"], "credctl grant"),
    ] {
        scene.run(words).ok().says(next);
        let outcome = scene.run([words, &["-o", "json"]].concat()).ok();
        assert_eq!(outcome.stderr, "", "{words:?}");
    }
}
