//! Earlier versions of credentials and of the vault.

mod purge;
mod restore;
mod rollback;
mod undo;
mod versions;

use serde_json::Value;

use crate::support::Scene;

/// A login `db` of three revisions, with the passwords `S-1` to `S-3`.
fn thrice() -> Scene {
    let scene = Scene::new();
    scene.run_with(["add", "login", "db", "username=u", "password=-"], "S-1").ok();
    for password in ["S-2", "S-3"] {
        scene.run_with(["passwd", "db", "--password-stdin"], password).ok();
    }
    scene
}

/// What `history` answers: the versions of one, or what was deleted.
#[track_caller]
fn history(scene: &Scene, words: &[&str]) -> Vec<Value> {
    let answer = scene.answer(["history"].iter().chain(words));
    answer["items"].as_array().unwrap().clone()
}

/// The revisions of one, as `history` orders them.
#[track_caller]
fn revisions(scene: &Scene, id: &str) -> Vec<u64> {
    history(scene, &[id]).iter().map(|item| item["revision"].as_u64().unwrap()).collect()
}

#[track_caller]
fn password(scene: &Scene, id: &str) -> String {
    scene.run(["get", id, "--field", "password"]).ok().stdout().to_owned()
}
