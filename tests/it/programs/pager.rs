//! The pager: what it gets to see, and when it is started.

use std::fs;
use std::process::Command;

use serde_json::json;

use crate::contract::prompts::asking;
use crate::support::Scene;
use crate::support::terminal::{Ended, Terminal};

const SECRET: &str = "C4n4ry-p4g3r";

/// A vault whose list is longer than the screen, and a pager that keeps all that it gets.
fn scene() -> Scene {
    let scene = Scene::new();
    let document = |number| json!({"id": format!("site-{number:02}"), "type": "Simple", "value": SECRET});
    let documents: Vec<_> = (0..60).map(document).collect();
    scene.run_with(["add", "-q", "-f", "-"], json!(documents).to_string()).ok();
    let note = format!("{}{SECRET}\n", "line\n".repeat(100));
    scene.run_with(["add", "generic", "long", "keyStore.notes=-"], note).ok();
    scene.file("pager", "env >env.txt; ls -l /proc/self/fd >fds.txt; cat >paged.txt");
    scene
}

fn shown(scene: &Scene, words: &[&str], pager: &str) -> Ended {
    let mut command: Command = asking(scene, words);
    command.env("TERM", "xterm").env("CREDCTL_PAGER", pager).env("CREDCTL_PASSPHRASE_COMMAND", SECRET);
    Terminal::sized(&command, 80).end()
}

#[test]
fn a_long_list_goes_through_the_pager_which_gets_nothing_that_unlocks_the_vault() {
    let scene = scene();
    for pager in ["sh pager", "X=1 sh pager"] {
        let ended = shown(&scene, &["list"], pager);
        assert!(ended.status == 0 && !ended.shown.contains("site-"), "{ended:?}");
        let read = |name| fs::read_to_string(scene.path(name)).unwrap();
        assert!(read("paged.txt").contains("site-59"));
        let environment = read("env.txt");
        assert!(environment.contains("LESSSECURE=1") && environment.contains("LESS=FRX"), "{environment}");
        for absent in ["CREDCTL_IDENTITY", "CREDCTL_PASSPHRASE", SECRET] {
            assert!(!environment.contains(absent), "{environment}");
        }
        assert!(!read("fds.txt").contains("vault.age") && !read("paged.txt").contains(SECRET));
        fs::remove_file(scene.path("paged.txt")).unwrap();
    }
}

#[test]
fn a_revealed_secret_a_short_answer_and_a_pipe_are_never_paged() {
    let scene = scene();
    let ended = shown(&scene, &["get", "long", "--reveal"], "sh pager");
    assert!(ended.status == 0 && ended.shown.contains(SECRET), "{ended:?}");
    assert!(shown(&scene, &["get", "site-01"], "sh pager").shown.contains("site-01"));
    assert!(shown(&scene, &["list", "--no-pager"], "sh pager").shown.contains("site-59"));
    assert!(shown(&scene, &["list", "-o", "json"], "sh pager").shown.contains("site-59"));
    assert!(shown(&scene, &["list", "--non-interactive"], "sh pager").shown.contains("site-59"));
    let mut piped = scene.command(["list"]);
    piped.env("CREDCTL_PAGER", "sh pager");
    assert!(String::from_utf8(piped.output().unwrap().stdout).unwrap().contains("site-59"));
    assert!(!scene.path("paged.txt").exists());
}

#[test]
fn a_pager_that_is_none_cannot_start_or_ends_early_is_no_error() {
    let scene = scene();
    for pager in ["", "cat", "no-such-pager", "no-such-pager --with=words"] {
        let ended = shown(&scene, &["list"], pager);
        assert!(ended.status == 0 && ended.shown.contains("site-59"), "{pager}: {ended:?}");
    }
    assert_eq!(shown(&scene, &["list"], "true").status, 0);
    let ended = shown(&scene, &["list"], "head -n 2");
    assert!(ended.status == 0 && ended.restored && !ended.shown.contains("site-59"), "{ended:?}");
}
