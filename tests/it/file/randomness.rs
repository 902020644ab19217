//! A system that gives no random bytes: an error, and nothing that is half made.

use std::process::{Command, Stdio};

use super::sweep::{strace, traced};
use crate::support::{PROGRAM, Scene};

#[test]
fn every_verb_ends_with_an_error_where_there_are_no_random_bytes() {
    if !strace() {
        return;
    }
    let scene = Scene::with_login();
    let before = scene.bytes();
    for words in [
        &[][..],
        &["init", "--vault", "new.age", "--generate-identity", "new.txt"],
        &["add", "Simple", "new", "value=generate"],
        &["add", "Simple", "new", "value=generate", "-o", "json"],
        &["generate"],
        &["generate", "--uuid"],
        &["get", "admin", "-o", "json"],
        &["list"],
        &["patch", "admin", "--description", "new"],
        &["run", "--env", "P=admin/password", "--", "true"],
        &["check"],
        &["types"],
    ] {
        let mut command = traced(&scene, "getrandom:error=EIO", words);
        let output = command.stdin(Stdio::null()).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(10), "{words:?}: {told}");
        assert!(told.contains("the operating system gives no random bytes"), "{words:?}: {told}");
        assert!(!told.contains("panicked"), "{words:?}: {told}");
    }
    assert_eq!(scene.bytes(), before);
    assert!(!scene.path("new.age").exists() && !scene.path("new.txt").exists());
}

#[test]
fn help_and_version_need_no_random_bytes() {
    if strace() {
        for words in [&["--help"][..], &["--version"], &["help", "filters"]] {
            let mut command = Command::new("strace");
            command.args(["-qq", "-o", "/dev/null", "-e", "inject=getrandom:error=EIO", PROGRAM]).args(words);
            assert!(command.output().unwrap().status.success(), "{words:?}");
        }
    }
}
