//! Many processes of one machine at a time: none is refused, and the highest generation is remembered.

use std::process::Stdio;
use std::thread;

use crate::support::Scene;

#[test]
fn writers_and_readers_at_a_time_keep_the_highest_generation() {
    const EACH: usize = 12;
    let scene = Scene::with_login();
    thread::scope(|scope| {
        for writer in 0..3 {
            let scene = &scene;
            scope.spawn(move || {
                for number in 0..EACH {
                    let text = format!("{writer}-{number}");
                    scene.run(["patch", "admin", "--description", &text, "--lock-timeout", "60s"]).ok();
                }
            });
        }
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..3 * EACH {
                    scene.run(["get", "admin"]).ok();
                }
            });
        }
    });
    let status = scene.answer(["status"]);
    assert_eq!(status["memory"]["generation"], status["generation"]);
    assert_eq!(status["generation"], serde_json::json!(2 + 3 * EACH));
}

#[test]
fn writers_of_several_vaults_at_a_time_lose_nothing_of_what_they_remember() {
    const EACH: usize = 8;
    let scene = Scene::with_login();
    let (own, friend) = (scene.own(), scene.recipient("friend.txt"));
    let names: Vec<String> = (0..4).map(|number| format!("v{number}.age")).collect();
    for name in &names {
        scene.run(["init", "--vault", name, "--recipient", &own]).ok();
    }
    thread::scope(|scope| {
        for name in &names {
            let (scene, friend) = (&scene, &friend);
            scope.spawn(move || {
                for number in 0..EACH {
                    let id = format!("a{number}");
                    scene.run_with(["add", "Simple", &id, "value=-", "--vault", name], "x").ok();
                    let what = if number % 2 == 0 { "--add-recipient" } else { "--remove-recipient" };
                    scene.run(["rekey", what, friend, "--vault", name]).ok();
                }
                scene.run(["rekey", "--add-recipient", friend, "--vault", name]).ok();
            });
        }
    });
    for name in &names {
        let status = scene.answer(["status", "--vault", name]);
        assert_eq!(status["memory"]["generation"], status["generation"], "{name}");
        // both recipients are known
        let written = scene.run_with(["add", "Simple", "last", "value=-", "--vault", name], "x").ok();
        assert!(!written.stderr.contains("first time"), "{written:?}");
    }
    let pins = scene.path("home/state/credctl/pins");
    let drafts = crate::support::names(&pins).into_iter().filter(|name| name.starts_with('.'));
    assert_eq!(drafts.count(), 0);
}

#[test]
fn a_reader_that_is_overtaken_by_a_writer_reads_the_later_one() {
    let scene = Scene::with_login();
    let secret = "a long passphrase";
    scene.run_with(["init", "--vault", "p.age", "--passphrase-stdin"], format!("{secret}\n")).ok();
    let words = |verb: &'static str| [verb, "a", "--vault", "p.age", "--passphrase-stdin"];
    let add = ["add", "Simple", "a", "value=-", "--vault", "p.age", "--passphrase-stdin"];
    scene.run_with(add, format!("{secret}\none")).ok();
    // the file is opened, and then waits for its passphrase
    let slow = format!("sleep 3; echo {secret}");
    let mut reader =
        scene.command(["get", "a", "--field", "value", "--vault", "p.age", "--passphrase-command", &slow]);
    let child = reader.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    thread::sleep(std::time::Duration::from_millis(500));
    let patch = [&words("patch")[..], &["value=-"]].concat();
    scene.run_with(patch, format!("{secret}\ntwo")).ok();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "two");
}
