//! Every exit status, one row or more each.

use std::fs::OpenOptions;
use std::process::Stdio;
use std::time::Duration;

use credctl::disk::Location;

use crate::support::{Run as _, Scene};

#[test]
fn one_row_each() {
    let scene = Scene::with_login();
    scene.run_with(["add", "login", "off", "username=u", "password=-", "--enabled=false"], "p").ok();
    scene.file("junk.age", "no age file");
    let rows: [(i32, &[&str], &str); 82] = [
        (0, &["list"], ""),
        (0, &["--help"], ""),
        (0, &["list", "-o", "json", "--vault", "vault.age"], ""),
        (0, &[], ""),
        (2, &["nonsense"], ""),
        (2, &["list", "--nonsense"], ""),
        (2, &["list", "-o", "nonsense"], ""),
        (2, &["list", "--role", "nonsense"], ""),
        (2, &["list", "-q", "-v"], ""),
        (2, &["list", "--lock-timeout", "soon"], ""),
        (2, &["get"], ""),
        (2, &["get", "admin", "--field", "nonsense"], ""),
        (2, &["patch", "admin"], ""),
        (2, &["delete", "admin"], ""),
        (2, &["add"], ""),
        (2, &["add", "Simple", "a", "value=plain"], ""),
        (2, &["list", "--passphrase-stdin", "--passphrase-file", "x"], ""),
        (3, &["add", "Simple", "a"], ""),
        (3, &["add", "-f", "-"], "{"),
        (3, &["patch", "admin", "username="], ""),
        (3, &["passwd", "admin", "--password-stdin"], ""),
        (4, &["get", "nobody"], ""),
        (4, &["patch", "nobody", "username=x"], ""),
        (4, &["passwd", "nobody", "--password-stdin"], "p"),
        (4, &["delete", "-y", "nobody"], ""),
        (4, &["list", "--vault", "missing.age"], ""),
        (4, &["list", "--vault", "missing/vault.age"], ""),
        (5, &["add", "Simple", "admin", "value=-"], "x"),
        (5, &["patch", "admin", "username=x", "--if-match", "x"], ""),
        (5, &["init"], ""),
        (6, &["get", "off", "--reveal"], ""),
        (6, &["patch", "admin", "username=x", "--role", "operator"], ""),
        (6, &["patch", "admin", "username=x", "-p", "p1"], ""),
        (7, &["list", "-i", "missing.txt"], ""),
        (7, &["list", "-i", "junk.age"], ""),
        (8, &["delete", "-y", "admin", "nobody", "-n"], ""),
        (9, &["list", "--vault", "junk.age"], ""),
        (9, &["list", "--vault", "home"], ""),
        (0, &["project", "list"], ""),
        (0, &["revoke", "admin", "--api-proxy", "x"], ""),
        (0, &["deploy"], ""),
        (2, &["grant", "admin"], ""),
        (2, &["access"], ""),
        (2, &["policy"], ""),
        (2, &["environment", "add", "e", "--recipient", "x", "--out", "e.age"], ""),
        (2, &["verify", "admin", "--ip", "x"], ""),
        (2, &["verify", "admin", "--password-stdin", "--nonsense"], ""),
        (2, &["rollback", "admin"], ""),
        (2, &["purge", "admin"], ""),
        (2, &["check", "--only", "nonsense"], ""),
        (2, &["check", "--within", "soon"], ""),
        (2, &["list", "--expiring", "soon"], ""),
        (3, &["grant", "admin", "-f", "-"], "[{}]"),
        (2, &["grant", "admin", "--api-proxy", "x", "--expires", "yesterday"], ""),
        (3, &["ref", "add", "admin", "nowhere"], ""),
        (3, &["policy", "add", "p"], ""),
        (3, &["user", "add", "--auth-provider", "x", "--email", "y"], ""),
        (3, &["move", "admin", "--to", ""], ""),
        (4, &["grant", "nobody", "--api-proxy", "x"], ""),
        (4, &["revoke", "admin", "--api-proxy", "x", "--strict"], ""),
        (4, &["access", "nobody"], ""),
        (4, &["ref", "remove", "admin", "/servers/x"], ""),
        (4, &["policy", "get", "p"], ""),
        (4, &["user", "delete", "x"], ""),
        (4, &["environment", "remove", "e"], ""),
        (4, &["deploy", "nowhere"], ""),
        (4, &["move", "nobody", "--to", "p"], ""),
        (4, &["verify", "nobody"], ""),
        (4, &["history", "nobody"], ""),
        (4, &["get", "admin", "--revision", "9"], ""),
        (4, &["rollback", "admin", "--revision", "9"], ""),
        (4, &["restore", "nobody"], ""),
        (4, &["purge", "-y", "admin"], ""),
        (5, &["restore", "admin"], ""),
        (6, &["verify", "off"], ""),
        (6, &["verify", "admin", "--password-stdin"], "wrong"),
        (6, &["verify", "admin", "--api-proxy", "x"], ""),
        (6, &["grant", "admin", "--api-proxy", "x", "--role", "operator"], ""),
        (6, &["move", "admin", "--to", "p1", "-p", "p1"], ""),
        (6, &["purge", "-y", "--all", "-p", "p1"], ""),
        (6, &["undo", "-p", "p1"], ""),
        (8, &["check", "--only", "weak"], ""),
    ];
    for (status, words, stdin) in rows {
        let before = scene.bytes();
        let outcome = scene.run_with(words, stdin).exits(status);
        assert_eq!(before, scene.bytes(), "{words:?}");
        if status != 0 {
            assert!(!outcome.stderr.is_empty() && !outcome.stderr.contains("panicked"), "{outcome:?}");
        }
        // what a script reads is empty unless there is an answer
        assert!(matches!(status, 0 | 8) || outcome.stdout.is_empty(), "{outcome:?}");
    }
}

#[test]
fn a_disk_that_is_full_is_10() {
    let scene = Scene::with_login();
    for words in [["list", "-ojson"], ["get", "admin"], ["types", "-ojson"], ["completions", "bash"]] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let status =
            scene.command(words).stdout(full).stdin(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert_eq!(status.code(), Some(10), "{words:?}");
    }
}

#[test]
fn a_lock_that_is_not_to_be_had_is_10() {
    let scene = Scene::with_login();
    let lock = Location::resolve(&scene.vault()).unwrap().lock(Duration::from_secs(9)).unwrap();
    let words = ["patch", "admin", "domain=x", "--lock-timeout", "0", "-o", "json"];
    let error = scene.refuses(10, words, "").error();
    assert_eq!(error["error"], "io");
    // readers take no lock
    scene.run(["get", "admin"]).ok();
    let mut command = scene.command(["patch", "admin", "domain=x"]);
    command.env("CREDCTL_LOCK_TIMEOUT", "1ms").outcome("").exits(10);
    drop(lock);
    scene.run(["patch", "admin", "domain=x", "--lock-timeout", "10"]).ok();
}

#[test]
fn a_locked_vault_is_told_at_once_with_the_sources() {
    let scene = Scene::with_login();
    let mut command = scene.command(["list"]);
    command.env_remove("CREDCTL_IDENTITY").outcome("").exits(7).says("--identity").says("CREDCTL_IDENTITY");
}

#[test]
fn a_variable_that_makes_libraries_print_keys_stops_the_program() {
    let scene = Scene::with_login();
    scene.command(["list"]).env("AGEDEBUG", "plugin").outcome("").exits(2).says("AGEDEBUG");
}
