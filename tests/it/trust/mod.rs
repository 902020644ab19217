//! What a machine remembers of a vault: the attacks that it refuses, and the replacements that are none.

mod attacks;
mod backup;
mod bundles;
mod concurrent;
mod false_alarms;
mod paths;
mod signers;
mod verb;

use std::path::Path;
use std::process::Command;

use crate::programs::skipped;
use crate::support::Scene;

/// The program on another machine, which has a memory of its own.
fn on(scene: &Scene, machine: &str, words: &[&str]) -> Command {
    let mut command = scene.command(words);
    command.env("XDG_STATE_HOME", scene.path("home").join(machine));
    command
}

/// Makes the key pairs `ops`, `audit` and `other`, and signs a vault with one login by `ops`. Every command of the scene
/// signs with it. Returns nothing where the tools of OpenSSH are missing.
fn signed() -> Option<Scene> {
    const KEYGEN: &str = "/usr/bin/ssh-keygen";
    if !Path::new(KEYGEN).exists() {
        skipped("ssh-keygen is not installed");
        return None;
    }
    let scene = Scene::with_login();
    for name in ["ops", "audit", "other"] {
        let words = ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", &scene.text_path(name)];
        assert!(Command::new(KEYGEN).args(words).status().unwrap().success());
    }
    scene.run(["sign", "--with", "ops"]).ok();
    scene.configure(&format!("signing-key = {:?}\n", scene.text_path("ops")));
    Some(scene)
}
