//! Another age program opens the vault. Which one is said by `CREDCTL_TEST_AGE` or found on `PATH`;
//! in CI it must be there.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::support::terminal::Terminal;
use crate::support::{Run as _, Scene, lab};

/// The program, or none with the reason printed.
fn age() -> Option<PathBuf> {
    if let Some(path) = env::var_os("CREDCTL_TEST_AGE").filter(|path| !path.is_empty()) {
        let path = PathBuf::from(path);
        assert!(path.is_file(), "CREDCTL_TEST_AGE names {}, which is not there", path.display());
        return Some(path);
    }
    let folders = env::var_os("PATH").unwrap_or_default();
    let found = ["age", "rage"].into_iter().find_map(|name| {
        env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
    });
    if found.is_none() {
        assert!(
            env::var_os("CI").is_none(),
            "neither age nor rage is on PATH; CI must have one, or set CREDCTL_TEST_AGE"
        );
        // past the harness, which would keep it back
        let why = b"skipped: neither age nor rage is on PATH, and CREDCTL_TEST_AGE is not set\n";
        std::io::stderr().write_all(why).unwrap();
    }
    found
}

#[test]
fn an_identity_opens_the_vault() {
    let Some(age) = age() else { return };
    let scene = Scene::with_login();
    let mut command = Command::new(&age);
    command.arg("-d").arg("-i").arg(scene.path("identity.txt")).arg(scene.vault());
    let text: Value = command.outcome("").ok().json();
    assert_eq!((&text["credctl"], &text["version"]), (&"vault".into(), &2.into()));
    assert_eq!(text["credentials"][0]["fields"]["password"], "old-password");
}

#[test]
fn what_age_makes_opens_here() {
    let Some(age) = age() else { return };
    let scene = Scene::with_login();
    let text = lab::decrypt(&scene.vault(), &scene.path("identity.txt"));
    let mut command = Command::new(&age);
    command.arg("-r").arg(lab::recipient(&scene.path("identity.txt"))).arg("-o").arg(scene.path("other.age"));
    command.outcome(&text).ok();
    let shown = scene.run(["get", "admin", "--field", "password", "--vault", "other.age"]).ok();
    assert_eq!(shown.stdout(), "old-password");
}

#[test]
fn a_passphrase_opens_the_vault() {
    let Some(age) = age() else { return };
    let scene = Scene::bare();
    let fixture = format!("{}/tests/it/file/fixtures/v1/passphrase.age", env!("CARGO_MANIFEST_DIR"));
    fs::copy(fixture, scene.vault()).unwrap();
    let mut command = Command::new(&age);
    command.arg("-d").arg("-o").arg(scene.path("plain.json")).arg(scene.vault()).current_dir(scene.path("."));
    let mut terminal = Terminal::start(&command, "");
    terminal.answer("passphrase", "fixture");
    let ended = terminal.end();
    assert_eq!(ended.status, 0, "{ended:?}");
    let text: Value = serde_json::from_slice(&fs::read(scene.path("plain.json")).unwrap()).unwrap();
    assert_eq!(text["credentials"][0]["fields"]["value"], "S-fixture");
}
