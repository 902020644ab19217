//! Types of one's own: defined, used like built-in ones, changed, removed.

mod changes;
mod definitions;
mod examples;
mod uses;
mod variables;

use serde_json::Value;

use crate::support::Scene;

/// The text of an example.
macro_rules! toml {
    ($name:literal) => {
        include_str!(concat!("../../../../examples/types/", $name, ".toml"))
    };
}
use toml;

const POSTGRES: &str = toml!("postgres");
const GITHUB: &str = toml!("github-token");
const WIFI: &str = toml!("wifi");

const SECRET: &str = "correct-horse-battery";

/// Runs a call with the secrets of the examples in its environment.
fn run(scene: &Scene, words: &[&str]) -> crate::support::Outcome {
    use crate::support::Run as _;
    let mut command = scene.command(words);
    command
        .env("SECRET", SECRET)
        .env("GITHUB", "ghp_0123456789abcdefghijklmnopqrstuvwxyz")
        .env("GITLAB", "glpat-0123456789abcdefghij")
        .env("WEBHOOK", "https://hooks.slack.com/services/T0/B0/x")
        .env("STRIPE", "sk_test_1")
        .env("CARD", "4111111111111111");
    command.outcome("")
}

fn define(scene: &Scene, toml: &str) -> Value {
    scene.run_with(["types", "--define", "-", "-o", "json"], toml).ok().json()
}
