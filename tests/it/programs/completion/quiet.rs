//! Completion is silent: no secret, no error, no question, no file.

use std::fs;

use super::{complete, scene};
use crate::support::{Run as _, Scene};

/// Lines at which every place that looks into the vault is reached.
const LINES: [&str; 18] = [
    "get ",
    "get deploy --field ",
    "get statuspage --field ",
    "patch deploy ",
    "patch deploy secretAccessKey=",
    "patch deploy --unset ",
    "patch deploy --if-match ",
    "update prod/db/orders-rw ",
    "update prod/db/orders-rw password=",
    "run -e A=",
    "run -e A=deploy/",
    "list --filter ",
    "list --include ",
    "add login x --label ",
    "add login x --tag ",
    "restore ",
    "rollback deploy --revision ",
    "delete ",
];

#[test]
fn no_candidate_has_a_secret() {
    let scene = scene();
    scene.run(["delete", "-y", "R&D"]).ok();
    let mut candidates = 0;
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        for line in LINES {
            let line = format!("credctl {line}");
            let mut words = vec!["__complete", shell];
            match shell {
                "bash" => words.extend([line.as_str(), line.rsplit([' ', '=']).next().unwrap()]),
                "powershell" => {
                    words.extend(line.split(' '));
                    words.pop();
                    words.push(".");
                }
                _ => words.extend(line.split(' ')),
            }
            let outcome = scene.run(words).ok();
            assert!(!outcome.stdout().contains("canary") && !outcome.stdout().contains("Y2FuYXJ5"), "{line}");
            assert_eq!(outcome.stderr, "");
            candidates += outcome.stdout().lines().count();
        }
    }
    assert!(candidates > 200, "{candidates}");
}

#[test]
fn a_vault_that_needs_a_passphrase_is_left_alone() {
    let scene = Scene::bare();
    scene.file("pass", "correct horse battery staple");
    scene.run(["--passphrase-file", "pass", "init", "-q"]).ok();
    for word in ["get ", "--passphrase-file pass get ", "patch x ", "get x --field "] {
        assert!(complete(&scene, word).is_empty(), "{word}");
    }
    let mut command = scene.command(["__complete", "fish", "credctl", "get", ""]);
    command.env("CREDCTL_PASSPHRASE_COMMAND", "touch ran; echo correct horse battery staple");
    assert_eq!(command.outcome("").ok().stdout(), "");
    assert!(!scene.path("ran").exists());
    assert_eq!(complete(&scene, "hist"), ["history"]);
}

#[test]
fn what_is_missing_or_broken_is_no_error() {
    let scene = Scene::new();
    scene.file("broken", "not a vault");
    scene.file("broken.toml", "not toml at all");
    for line in [
        "--vault missing get ",
        "--vault broken get ",
        "-i missing get ",
        "-i broken get ",
        "--config broken.toml get ",
        "--vault",
        "get a b c d ",
        "nonsense ",
    ] {
        complete(&scene, line);
    }
    for words in [&["__complete"][..], &["__complete", "bash"], &["__complete", "cmd", "x"]] {
        let outcome = scene.run(words).ok();
        assert_eq!((outcome.stdout(), &*outcome.stderr), ("", ""));
    }
}

#[test]
fn an_identity_from_a_pipe_is_left_in_it() {
    let scene = scene();
    let identity = fs::read(scene.path("identity.txt")).unwrap();
    let mut command = scene.command(["__complete", "fish", "credctl", "-i", "/dev/stdin", "get", ""]);
    command.env_remove("CREDCTL_IDENTITY");
    assert_eq!(command.outcome(identity).ok().stdout(), "");
}

#[test]
fn completion_makes_and_removes_no_file() {
    let scene = scene();
    // a backup that the next program which opens the vault removes
    scene.run(["rekey", "-y", "-r", &scene.own()]).ok();
    let before = (scene.names(), scene.bytes());
    let home = crate::support::names(&scene.path("home"));
    for line in LINES {
        complete(&scene, line);
    }
    assert!((scene.names(), scene.bytes()) == before);
    assert_eq!(crate::support::names(&scene.path("home")), home);
}

#[test]
fn a_vault_with_an_id_that_reads_as_an_option_offers_nothing() {
    let scene = scene();
    assert!(complete(&scene, "get ").contains(&"deploy".to_owned()));
    // the first id stays the first, so that nothing but the id is wrong
    let text = scene.text();
    scene.set_text(text.replace("\"R&D\"", "\"-rf x\""));
    assert_eq!(complete(&scene, "get "), Vec::<String>::new());
}
