//! Agents that are killed, stopped, or asked to end.

use std::fs;
use std::time::{Duration, Instant};

use super::AgentScene;
use crate::support::Run as _;

#[test]
fn an_agent_that_was_killed_is_replaced() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    let first = scene.process();
    scene.signal("KILL");
    scene.ends();
    // its socket and its file are still there
    assert!(scene.folder().join("agent.sock").exists() && scene.folder().join("agent.lock").exists());
    scene.is_locked();
    scene.run(&["lock"]).ok();
    scene.unlock(&[]);
    assert_ne!(scene.process(), first);
    scene.opens();
}

#[test]
fn an_agent_that_hangs_is_left_alone_soon() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    scene.signal("STOP");
    let begun = Instant::now();
    scene.get().exits(7).says("the agent does not answer").says("kill -9");
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    scene.command(&["get", "a", "--passphrase-stdin"]).outcome("fixture\n").ok();
    scene.signal("CONT");
    scene.opens();
    scene.signal("STOP");
    scene.run(&["lock"]).exits(10).says("does not answer");
    // the request waits for it
    scene.signal("CONT");
    scene.ends();
    scene.is_locked();
}

#[test]
fn an_agent_that_is_told_to_end_ends_and_tidies_up() {
    for signal in ["TERM", "INT", "QUIT"] {
        let scene = AgentScene::with_passphrase();
        scene.unlock(&[]);
        scene.signal("HUP");
        scene.opens();
        scene.signal(signal);
        scene.ends();
        assert!(!scene.folder().join("agent.sock").exists());
        scene.is_locked();
    }
}

#[test]
fn an_agent_whose_folder_is_gone_ends_with_it() {
    let scene = AgentScene::with_passphrase();
    scene.unlock(&[]);
    let process = scene.process();
    // a logout takes the folder away; a signal that means nothing wakes the agent
    fs::rename(scene.folder(), scene.scene.path("run/gone")).unwrap();
    fs::remove_file(scene.scene.path("run/gone/agent.lock")).unwrap();
    scene.is_locked();
    scene.unlock(&[]);
    assert_ne!(scene.process(), process);
    scene.opens();
    for process in super::processes(scene.folder().to_str().unwrap()) {
        let _ = std::process::Command::new("kill").arg(process.to_string()).status();
    }
}

#[test]
fn every_agent_has_one_place_and_only_one_lives_there() {
    let scene = AgentScene::with_passphrase();
    let unlocks: Vec<_> = (0..4)
        .map(|_| {
            let mut command = scene.command(&["unlock", "--passphrase-stdin"]);
            std::thread::spawn(move || command.outcome("fixture\n"))
        })
        .collect();
    for unlock in unlocks {
        unlock.join().unwrap().ok();
    }
    scene.opens();
    let begun = Instant::now();
    // one that lost the race ends by itself
    while super::processes(scene.folder().to_str().unwrap()).len() > 1 {
        assert!(begun.elapsed() < Duration::from_secs(5), "two agents live");
        std::thread::sleep(Duration::from_millis(20));
    }
    scene.opens();
}
