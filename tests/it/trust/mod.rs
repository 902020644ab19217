//! What a machine remembers of a vault: the attacks that it refuses, and the replacements that are none.

mod attacks;
mod backup;
mod bundles;
mod concurrent;
mod crashes;
mod false_alarms;
mod merging;
mod paths;
mod signatures;
mod signers;
mod verb;

use crate::support::{Scene, on};

/// Makes the key pairs `ops`, `audit` and `other`, and signs a vault with one login by `ops`. Every command of the scene
/// signs with it.
fn signed() -> Scene {
    let scene = Scene::with_login();
    for name in ["ops", "audit", "other"] {
        scene.ssh_key("ed25519", name, name, "");
    }
    scene.run(["sign", "--with", "ops"]).ok();
    scene.configure(&format!("signing-key = {:?}\n", scene.text_path("ops")));
    scene
}
