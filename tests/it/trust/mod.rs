//! What a machine remembers of a vault: the attacks that it refuses, and the replacements that are none.

mod attacks;
mod concurrent;
mod false_alarms;
mod verb;

use std::process::Command;

use crate::support::Scene;

/// The program on another machine, which has a memory of its own.
fn on(scene: &Scene, machine: &str, words: &[&str]) -> Command {
    let mut command = scene.command(words);
    command.env("XDG_STATE_HOME", scene.path("home").join(machine));
    command
}
