//! How errors are told: to people in words, to programs as one JSON object.

use serde_json::Value;

use crate::support::{Run as _, Scene, members};

#[test]
fn an_error_document_has_these_members_and_all_are_texts() {
    let scene = Scene::with_login();
    for (words, status, urn, code) in [
        (&["get", "nobody"][..], "404", "not-found", "not_found"),
        (&["add", "Simple", "a"], "400", "invalid", "invalid"),
        (&["patch", "admin"], "400", "usage", "usage"),
        (&["init"], "409", "conflict", "conflict"),
        (
            &["patch", "admin", "domain=x", "--if-match", "x"],
            "412",
            "precondition-failed",
            "precondition_failed",
        ),
        (&["patch", "admin", "domain=x", "--role=operator"], "403", "forbidden", "forbidden"),
        (&["list", "-i", "missing"], "401", "locked", "locked"),
        (&["list", "--nonsense"], "400", "usage", "usage"),
    ] {
        for option in [&["-o", "json"][..], &["-ojson"], &["--output=json"], &["--output", "jsonl"]] {
            let outcome = scene.run(words.iter().chain(option));
            let error = outcome.error();
            let mut names = members(&error);
            names.retain(|name| !matches!(*name, "invalidFields" | "invalidParams" | "hints"));
            assert_eq!(
                names,
                ["correlationID", "detail", "error", "error_description", "status", "title", "type"]
            );
            for name in names {
                assert!(error[name].as_str().is_some_and(|text| !text.is_empty()), "{name}: {error}");
            }
            assert_eq!(error["type"], format!("urn:credctl:problem:{urn}"));
            assert_eq!(error["status"], status);
            assert_eq!(error["error"], code);
            assert_eq!(error["correlationID"].as_str().unwrap().len(), 36);
            for list in ["invalidFields", "invalidParams"] {
                for item in error[list].as_array().into_iter().flatten() {
                    assert_eq!(members(item), ["name", "reason"]);
                    assert!(item["name"].is_string() && item["reason"].is_string());
                }
            }
        }
    }
}

#[test]
fn the_error_form_follows_wherever_the_output_form_comes_from() {
    let scene = Scene::with_login();
    let is_document =
        |stderr: &str| serde_json::from_str::<Value>(stderr.lines().last().unwrap_or_default()).is_ok();
    let mut command = scene.command(["get", "nobody"]);
    let outcome = command.env("CREDCTL_OUTPUT", "json").outcome("").exits(4);
    assert!(is_document(&outcome.stderr), "environment: {outcome:?}");
    let mut command = scene.command(["get", "nobody", "-o", "table"]);
    let outcome = command.env("CREDCTL_OUTPUT", "json").outcome("").exits(4);
    assert!(!is_document(&outcome.stderr), "the flag comes first: {outcome:?}");
    let outcome = scene.run(["get", "nobody", "-qo", "json"]).exits(4);
    assert!(is_document(&outcome.stderr), "short options together: {outcome:?}");
    let outcome = scene.run(["get", "nobody", "-o=json"]).exits(4);
    assert!(is_document(&outcome.stderr), "with an equals sign: {outcome:?}");
}

#[test]
fn the_error_form_can_come_from_the_configuration() {
    let scene = Scene::with_login();
    let config = scene.file("config.toml", "output = \"json\"\n");
    scene.run(["list", "--config", &config]).ok().json();
    let outcome = scene.run(["get", "nobody", "--config", &config]).exits(4);
    assert_eq!(outcome.error()["status"], "404");
}

#[test]
fn people_read_words_and_hints() {
    let scene = Scene::with_login();
    let outcome = scene.run(["get", "nobody"]).exits(4);
    let lines: Vec<_> = outcome.stderr.lines().collect();
    assert_eq!(
        lines,
        ["error: there is no credential `nobody`", "  hint: `credctl list -o name` shows the ids"]
    );
    let outcome = scene.run(["add", "login", "a", "username=u"]).exits(3);
    assert!(
        outcome.stderr.starts_with("error: ") && outcome.stderr.contains("\n  password: "),
        "{outcome:?}"
    );
}

#[test]
fn text_from_outside_cannot_drive_the_terminal() {
    let scene = Scene::with_login();
    let evil = "a\u{1b}[2Jb\u{202e}c\nerror: forged";
    for words in [
        &["get", evil][..],
        &["delete", "-y", evil],
        &["get", "admin", "--field", evil],
        &["types", evil],
        &["list", "--vault", evil],
    ] {
        let outcome = scene.run(words);
        assert_ne!(outcome.status(), Some(0));
        let hidden = |c: char| c == '\u{1b}' || c == '\u{202e}';
        assert!(!outcome.stderr.contains(hidden), "{words:?}: {:?}", outcome.stderr);
        assert!(
            !outcome.stderr.lines().any(|line| line.starts_with("error: forged")),
            "{words:?}: {:?}",
            outcome.stderr
        );
    }
}

#[test]
fn bulk_errors_say_how_many() {
    let scene = Scene::with_login();
    let outcome = scene.run(["delete", "-y", "admin", "x", "y", "-n", "-o", "json"]).exits(8);
    let error = outcome.error();
    assert_eq!((error["status"].as_str(), error["error"].as_str()), (Some("207"), Some("partial")));
    assert!(error["detail"].as_str().unwrap().starts_with("2 of 3 items failed"), "{error}");
}
