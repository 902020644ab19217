//! The agent: what opens without a question after `unlock`, and what never does.

#![cfg(target_os = "linux")]

mod ends;
mod keys;
mod parallel;
mod place;
mod secrecy;
mod verbs;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::contract::prompts::asking;
use crate::support::terminal::Terminal;
use crate::support::{Outcome, Run as _, Scene};

/// A scene whose agent lives in a folder of its own, and ends with it.
pub struct AgentScene {
    pub scene: Scene,
}

impl AgentScene {
    pub fn bare() -> Self {
        let scene = Scene::bare();
        fs::create_dir(scene.path("run")).unwrap();
        fs::set_permissions(scene.path("run"), fs::Permissions::from_mode(0o700)).unwrap();
        Self { scene }
    }

    /// A vault with a passphrase: `fixture`. It has one credential, `a`.
    pub fn with_passphrase() -> Self {
        let scene = Self::bare();
        fs::copy(fixture("passphrase.age"), scene.scene.vault()).unwrap();
        scene
    }

    /// A vault that an identity opens, which has the passphrase `fixture`. It has one credential, `a`.
    pub fn with_protected_identity() -> Self {
        let scene = Self::bare();
        let recipient = fs::read_to_string(fixture("identity.pub")).unwrap();
        scene.locked_to(recipient.trim());
        fs::copy(fixture("identity.txt.age"), scene.scene.path("identity.txt")).unwrap();
        scene
    }

    /// Makes the vault with one credential, `a`, and locks it to a recipient.
    pub fn locked_to(&self, recipient: &str) {
        let scene = &self.scene;
        scene.run(["init", "--generate-identity", "first.txt"]).ok();
        let mut add = scene.command(["add", "Simple", "a", "value=-", "-i", "first.txt"]);
        add.outcome("S-fixture").ok();
        scene.run(["rekey", "-i", "first.txt", "--recipient", recipient, "--yes"]).ok();
        fs::remove_file(scene.path("first.txt")).unwrap();
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = self.scene.command(words);
        command.env("XDG_RUNTIME_DIR", self.scene.path("run"));
        command
    }

    pub fn run(&self, words: &[&str]) -> Outcome {
        self.command(words).outcome("")
    }

    /// The program on a terminal.
    pub fn terminal(&self, words: &[&str]) -> Terminal {
        let mut command = asking(&self.scene, words);
        command.env("XDG_RUNTIME_DIR", self.scene.path("run"));
        Terminal::start(&command, "")
    }

    /// Unlocks with the passphrase `fixture`.
    #[track_caller]
    pub fn unlock(&self, words: &[&str]) -> Outcome {
        self.command(&[&["unlock", "--passphrase-stdin"], words].concat()).outcome("fixture\n").ok()
    }

    /// Sees to it that the value of `a` comes without a question.
    #[track_caller]
    pub fn opens(&self) {
        assert_eq!(self.get().ok().stdout(), "S-fixture");
    }

    /// Sees to it that the vault is locked.
    #[track_caller]
    pub fn is_locked(&self) {
        self.get().exits(7).hides("S-fixture");
    }

    pub fn get(&self) -> Outcome {
        self.run(&["get", "a", "--field", "value"])
    }

    pub fn folder(&self) -> PathBuf {
        self.scene.path("run/credctl")
    }

    /// The process of the agent, which has its folder in its arguments.
    pub fn process(&self) -> Option<u32> {
        processes(self.folder().to_str().unwrap()).first().copied()
    }

    /// Waits for the end of the agent.
    #[track_caller]
    pub fn ends(&self) {
        let begun = Instant::now();
        while self.process().is_some() {
            assert!(begun.elapsed() < Duration::from_secs(10), "the agent lives on");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[track_caller]
    pub fn signal(&self, name: &str) {
        let process = self.process().expect("an agent").to_string();
        Command::new("kill").args(["-s", name, &process]).outcome("").ok();
    }
}

impl Drop for AgentScene {
    fn drop(&mut self) {
        if let Some(process) = self.process() {
            let _ = Command::new("kill").args(["-s", "KILL", &process.to_string()]).status();
        }
    }
}

/// The processes that serve an agent in a folder.
pub fn processes(folder: &str) -> Vec<u32> {
    let wanted = format!("serve-agent\0{folder}\0");
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers
        .filter(|number: &u32| {
            let words = fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
            words.ends_with(wanted.as_bytes())
        })
        .collect()
}

pub fn fixture(name: &str) -> PathBuf {
    PathBuf::from(format!("{}/tests/it/file/fixtures/v1/{name}", env!("CARGO_MANIFEST_DIR")))
}
