//! `unlock` and `lock`, and the verbs that need no question after them.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::AgentScene;
use crate::support::{Run as _, Scene};

#[test]
fn a_vault_with_a_passphrase_is_unlocked_once() {
    let scene = AgentScene::with_passphrase();
    scene.is_locked();
    scene.run(&["lock"]).ok();
    let answer = scene.unlock(&["-o", "json"]).json();
    assert_eq!(answer["unlocked"], true);
    assert_eq!((&answer["needed"], &answer["idleSeconds"]), (&json!(true), &json!(1800)));
    assert!(answer["until"].as_str().unwrap().ends_with('Z'), "{answer}");
    scene.opens();
    scene.command(&["add", "Simple", "b", "value=-"]).outcome("second").ok();
    scene.command(&["patch", "a", "value=-"]).outcome("S-changed").ok();
    assert_eq!(scene.get().ok().stdout(), "S-changed");
    assert_eq!(scene.run(&["list", "-o", "name"]).ok().stdout(), "a\nb\n");
    scene.run(&["undo"]).ok();
    scene.opens();
    // without the agent, the passphrase opens what was written through it
    scene.command(&["get", "a", "--passphrase-stdin", "--no-agent"]).outcome("fixture\n").ok();
    let locked = scene.run(&["lock", "-o", "json"]).ok().json();
    assert_eq!(locked["locked"], true);
    scene.is_locked();
    scene.ends();
    assert_eq!(scene.run(&["lock", "-o", "json"]).ok().json()["locked"], false);
    assert!(!scene.folder().join("agent.sock").exists());
}

#[test]
fn an_agent_is_not_used_where_it_must_not_be() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    scene.run(&["get", "a", "--no-agent"]).exits(7);
    scene.command(&["get", "a"]).env("CREDCTL_NO_AGENT", "1").outcome("").exits(7);
    scene.command(&["get", "a"]).env("CREDCTL_NO_AGENT", "").outcome("").ok();
    scene.run(&["unlock", "--no-agent"]).exits(2);
    // what is named for a call comes before the agent
    scene.command(&["get", "a", "--passphrase-stdin"]).outcome("wrong\n").exits(7);
    scene.command(&["get", "a"]).env("CREDCTL_PASSPHRASE", "wrong").outcome("").exits(7);
    // a source in the configuration is not: `unlock` has asked it
    scene.scene.configure("passphrase-command = \"exit 1\"");
    scene.opens();
}

#[test]
fn three_tries_at_a_terminal_and_no_more() {
    let scene = AgentScene::with_passphrase();
    let mut terminal = scene.terminal(&["unlock"]);
    terminal.answer("Passphrase for ", "wrong").answer("Passphrase for ", "wrong again");
    terminal.answer("Passphrase for ", "fixture");
    let ended = terminal.end();
    assert!(ended.status == 0 && ended.restored && ended.shown.contains("is unlocked until"), "{ended:?}");
    scene.opens();
    // a second time nobody has to type anything
    let ended = scene.terminal(&["unlock"]).end();
    assert!(ended.status == 0 && ended.shown.contains("unlocked already"), "{ended:?}");
    scene.run(&["lock"]).ok();
    let mut terminal = scene.terminal(&["unlock"]);
    for _ in 0..3 {
        terminal.answer("Passphrase for ", "wrong");
    }
    assert_eq!(terminal.end().status, 7);
    scene.is_locked();
    assert_eq!(scene.process(), None);
}

#[test]
fn a_vault_that_opens_by_itself_needs_no_agent() {
    let scene = AgentScene { scene: Scene::with_login() };
    let answer = scene.run(&["unlock", "-o", "json"]).ok().json();
    assert_eq!((&answer["unlocked"], &answer["needed"]), (&json!(true), &json!(false)));
    scene.run(&["lock"]).ok();
    scene.run(&["lock", "--all"]).ok();
    assert_eq!(scene.process(), None);
    scene.run(&["unlock", "--vault", "missing.age"]).exits(4);
}

#[test]
fn limits_are_times_and_hold() {
    let scene = AgentScene::with_passphrase();
    for limit in ["0s", "soon", "-1"] {
        scene.run(&["unlock", &format!("--ttl={limit}")]).exits(2);
        scene.run(&["unlock", &format!("--idle={limit}")]).exits(2);
    }
    scene.scene.configure("idle = \"10m\"\nttl = 3600\n");
    assert_eq!(scene.unlock(&["-o", "json"]).json()["idleSeconds"], 600);
    assert_eq!(scene.unlock(&["-o", "json", "--idle", "2h"]).json()["idleSeconds"], 3600);
    for limit in ["--ttl", "--idle"] {
        scene.unlock(&[limit, "2s"]);
        scene.opens();
        scene.ends();
        scene.is_locked();
    }
}

#[test]
fn verbs_helpers_and_programs_use_it() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    let add = ["add", "login", "web", "username=u", "password=-", "--tag", "url=https://git.example.org"];
    scene.command(&add).outcome("S-web").ok();
    let git = "protocol=https\nhost=git.example.org\n\n";
    let given = scene.command(&["helper", "git", "get"]).outcome(git).ok();
    assert!(given.stdout().contains("password=S-web"), "{given:?}");
    let run = ["run", "-e", "P=web/password", "--", "sh", "-c", "echo $P; ls -l /proc/self/fd; env"];
    let ran = scene.run(&run).ok();
    assert!(ran.stdout().starts_with("S-web\n") && !ran.stdout().contains("socket:"), "{ran:?}");
    assert!(!ran.stdout().contains("agent"), "{ran:?}");
    scene.command(&["inject"]).outcome("{{ cred://web/password }}").ok();
    scene.run(&["export", "--format", "csv"]).ok();
    scene.run(&["check"]);
    scene.run(&["rename", "web", "site"]).ok();
    scene.run(&["delete", "site", "--yes"]).ok();
    let words = ["__complete", "zsh", "credctl", "get", ""];
    assert!(scene.run(&words).ok().stdout().starts_with('a'));
    scene.run(&["lock"]).ok();
    assert_eq!(scene.run(&words).ok().stdout(), "");
}

#[test]
fn a_rekey_takes_the_old_passphrase_from_the_agent() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    let old = fs::read(scene.scene.vault()).unwrap();
    let new = scene.scene.file("new-passphrase", "correct horse battery\n");
    scene.run(&["rekey", "--new-passphrase-file", &new, "--yes"]).ok();
    scene.ends();
    // an older copy in its place asks for its passphrase
    scene.scene.put(old);
    scene.is_locked();
}

#[test]
fn a_vault_is_locked_whatever_the_configuration_says() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    scene.scene.configure("nonsense = [");
    scene.run(&["lock", "--all"]).ok();
    scene.ends();
}

#[test]
fn limits_are_from_a_second_to_a_year() {
    let scene = AgentScene::with_passphrase();
    for words in
        [["--idle", "500ms"], ["--ttl", "0"], ["--ttl", "18446744073709551615"], ["--idle", "400days"]]
    {
        let mut command = scene.command(&["unlock", "--passphrase-stdin"]);
        command.args(words).outcome("fixture\n").exits(2).says("from a second to a year");
    }
    assert_eq!(scene.process(), None);
}

#[test]
fn a_look_at_the_state_keeps_no_vault_open() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&["--idle", "3s"]);
    let begun = Instant::now();
    while scene.process().is_some() {
        assert!(begun.elapsed() < Duration::from_secs(10), "looking renewed the limit");
        scene.run(&["status"]);
        thread::sleep(Duration::from_millis(300));
    }
}

#[test]
fn lock_never_says_that_nothing_was_unlocked_while_something_is() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    let socket = scene.folder().join("agent.sock");
    // more than the agent serves at a time, and all of them silent
    let crowd: Vec<_> = (0..80).map(|_| UnixStream::connect(&socket)).collect();
    let told = scene.run(&["lock", "--all", "-o", "json"]);
    assert!(told.status() == Some(10) || told.json()["locked"] == true, "{told:?}");
    drop(crowd);
    scene.run(&["lock", "--all"]).ok();
    scene.is_locked();
}

#[test]
fn lock_reaches_the_agents_of_other_sessions() {
    let scene = AgentScene::with_passphrase();
    // of a session without a folder of its own
    let state = scene.scene.path("state");
    let elsewhere = |words: &[&str]| {
        let mut command = scene.command(words);
        command.env("XDG_RUNTIME_DIR", "").env("XDG_STATE_HOME", &state);
        command
    };
    let mut unlock = elsewhere(&["unlock", "--passphrase-stdin"]);
    if Path::new(&format!("/run/user/{}", rustix::process::geteuid().as_raw())).exists() {
        eprintln!("skipped: this machine has a folder of the session");
        return;
    }
    unlock.outcome("fixture\n").ok();
    scene.unlock(&[]);
    elsewhere(&["get", "a"]).outcome("").ok();
    let mut lock = scene.command(&["lock", "--all"]);
    lock.env("XDG_STATE_HOME", &state).outcome("").ok();
    scene.is_locked();
    elsewhere(&["get", "a"]).outcome("").exits(7);
}

#[test]
fn a_vault_that_was_moved_away_is_locked_by_its_path() {
    let scene = AgentScene::with_passphrase();
    symlink(scene.scene.path("."), scene.scene.path("link")).unwrap();
    let path = scene.scene.path("link/vault.age");
    let of_link = |words: &[&str]| scene.run(&[words, &["--vault", path.to_str().unwrap()]].concat());
    scene.unlock(&[]);
    fs::rename(scene.scene.vault(), scene.scene.path("away")).unwrap();
    of_link(&["lock"]).ok();
    fs::rename(scene.scene.path("away"), scene.scene.vault()).unwrap();
    scene.is_locked();
}
