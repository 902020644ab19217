//! Counters of one-time passwords whose earlier state comes back: no code is given a second time.

use serde_json::json;

use crate::support::samples::SEED;
use crate::support::{Run as _, Scene};

fn seed(secret: &str, counter: u64) -> String {
    format!("otpauth://hotp/vpn?secret={secret}&counter={counter}")
}

fn document(id: &str, counter: u64) -> String {
    json!({"id": id, "type": "otp", "totp": seed(SEED, counter)}).to_string()
}

/// A credential `vpn` whose counter is at this place.
fn counted(counter: u64) -> Scene {
    let scene = Scene::new();
    scene.run_with(["add", "otp", "vpn", "totp=-"], seed(SEED, 0)).ok();
    for _ in 0..counter {
        scene.run(["otp", "vpn"]).ok();
    }
    scene
}

fn counter(scene: &Scene, id: &str) -> u64 {
    let seed = scene.get(id)["fields"]["totp"].as_str().unwrap().to_owned();
    seed.rsplit_once("counter=").unwrap().1.parse().unwrap()
}

#[test]
fn a_deleted_credential_counts_on_however_it_comes_back() {
    let scene = counted(0);
    let exported = scene.run(["export", "vpn"]).ok().stdout().to_owned();
    let exported = scene.file("native.json", exported);
    let bare = scene.file("bare.json", document("vpn", 0));
    let line = scene.file("seeds.txt", seed(SEED, 0));
    let fresh = seed(SEED, 0);
    for (expected, words) in [
        (1, &["import", &exported][..]),
        (2, &["import", &bare]),
        (3, &["import", &line]),
        (4, &["add", "-f", &bare]),
        (5, &["put", "-f", &bare]),
        (6, &["add", "otp", "vpn", "totp=-"]),
        (7, &["put", "vpn", "--type", "otp", "totp=-"]),
    ] {
        scene.run(["otp", "vpn"]).ok();
        scene.run(["delete", "-y", "vpn"]).ok();
        let told = format!("totp: the counter stays at {expected}");
        scene.command([words, &["-n"]].concat()).outcome(&fresh).ok().says(&told);
        scene.run_with(words, &fresh).ok().says(&told).hides(SEED);
        assert_eq!(counter(&scene, "vpn"), expected, "{words:?}");
    }
    // a change of the existing credential may lower the counter
    scene.run_with(["patch", "vpn", "totp=-"], seed(SEED, 0)).ok().hides("stays");
    assert_eq!(counter(&scene, "vpn"), 0);
    // another seed of the same id has nothing to do with it, and neither has another id
    scene.run(["delete", "-y", "vpn"]).ok();
    scene
        .run_with(["add", "otp", "vpn", "totp=-"], seed(&SEED.replace("GEZD", "GEZE"), 0))
        .ok()
        .hides("stays");
    assert_eq!(counter(&scene, "vpn"), 0);
    // what is purged is forgotten
    scene.run(["delete", "-y", "vpn"]).ok();
    scene.run(["purge", "-y", "vpn"]).ok();
    scene.run(["import", &bare]).ok();
    assert_eq!(counter(&scene, "vpn"), 0);
}

#[test]
fn a_seed_that_was_replaced_meanwhile_counts_on() {
    let scene = counted(2);
    let other = seed(&SEED.replace("GEZD", "GEZE"), 0);
    let replace = || drop(scene.run_with(["patch", "vpn", "totp=-"], &other).ok());
    let bare = scene.file("bare.json", document("vpn", 0));
    replace();
    scene.run(["rollback", "vpn", "--revision", "1"]).ok();
    assert_eq!(counter(&scene, "vpn"), 2);
    scene.run(["otp", "vpn"]).ok();
    // revision 1 says 2, and revision 3 says 3
    for (expected, words) in [
        (3, &["rollback", "vpn", "--revision", "1"][..]),
        (4, &["patch", "-f", &bare]),
        (5, &["update", "-y", "-f", &bare]),
        (6, &["import", &bare, "--on-conflict", "replace"]),
    ] {
        replace();
        scene.run(words).ok().says(&format!("totp: the counter stays at {expected}"));
        assert_eq!(counter(&scene, "vpn"), expected, "{words:?}");
        scene.run(["otp", "vpn"]).ok();
    }
}

#[test]
fn a_copy_or_another_credential_under_the_old_id_counts_on() {
    let scene = counted(0);
    scene.run(["copy", "vpn", "spare"]).ok();
    for _ in 0..3 {
        scene.run(["otp", "vpn"]).ok();
    }
    scene.run(["delete", "-y", "vpn"]).ok();
    let renamed = scene.run(["rename", "spare", "vpn"]).ok();
    renamed.says("totp: the counter stays at 3");
    assert_eq!(counter(&scene, "vpn"), 3);
    // a copy to an id that counted further
    scene.run(["copy", "vpn", "spare"]).ok();
    scene.run(["otp", "spare"]).ok();
    scene.run(["delete", "-y", "spare"]).ok();
    scene.run(["copy", "vpn", "spare"]).ok().says("totp: the counter stays at 4");
    assert_eq!((counter(&scene, "vpn"), counter(&scene, "spare")), (3, 4));
    // and undo of each leaves them
    scene.run(["undo", "-y"]).ok();
    scene.run(["restore", "spare"]).ok();
    assert_eq!(counter(&scene, "spare"), 4);
}
