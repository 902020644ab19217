//! Environments: bundles that follow every change of the vault, and what happens when they cannot.

mod bundles;
mod failures;
mod registry;

use std::fs;

use serde_json::Value;

use crate::support::{Outcome, Scene, lab};

/// Adds an environment of its own identity, `NAME.txt`, with its bundle `NAME/bundle.age`.
fn environment(scene: &Scene, name: &str, words: &[&str]) {
    fs::create_dir_all(scene.path(name)).unwrap();
    let recipient = scene.recipient(&format!("{name}.txt"));
    let out = format!("{name}/bundle.age");
    let own = ["environment", "add", name, "--recipient", &recipient, "--out", &out];
    scene.run(own.iter().chain(words)).ok();
}

/// A vault with the login `admin` and an environment `prod` that gets everything.
fn deployed() -> Scene {
    let scene = Scene::with_login();
    environment(&scene, "prod", &[]);
    scene
}

/// What a consumer of an environment does.
fn consume(scene: &Scene, name: &str, words: &[&str]) -> Outcome {
    consume_with(scene, name, words, "")
}

fn consume_with(scene: &Scene, name: &str, words: &[&str], stdin: &str) -> Outcome {
    let (vault, identity) = (format!("{name}/bundle.age"), format!("{name}.txt"));
    scene.run_with(words.iter().copied().chain(["--vault", &vault, "-i", &identity]), stdin)
}

/// The ids in the bundle of an environment.
#[track_caller]
fn ids(scene: &Scene, name: &str) -> Vec<String> {
    let outcome = consume(scene, name, &["list", "-o", "name"]).ok();
    outcome.stdout().lines().map(str::to_owned).collect()
}

/// The text inside of a bundle.
fn text(scene: &Scene, name: &str) -> String {
    let (bundle, identity) = (format!("{name}/bundle.age"), format!("{name}.txt"));
    String::from_utf8(lab::decrypt(&scene.path(&bundle), &scene.path(&identity))).unwrap()
}

fn document(scene: &Scene, name: &str) -> Value {
    serde_json::from_str(&text(scene, name)).unwrap()
}

fn bytes(scene: &Scene, name: &str) -> Vec<u8> {
    fs::read(scene.path(&format!("{name}/bundle.age"))).unwrap()
}
