//! The bundles that this machine writes: it knows each of them as it wrote it.

use std::fs;

use super::on;
use crate::support::{Run as _, Scene};

/// A vault with the environment `gw`, whose bundle the machine of the vault reads, too.
fn with_bundle() -> Scene {
    let scene = Scene::with_login();
    let words =
        ["environment", "add", "gw", "--recipient", &scene.own(), "--out", "gw.age", "--api-proxy", "p"];
    scene.run(words).ok();
    scene.run(["grant", "admin", "--api-proxy", "p"]).ok();
    scene
}

fn read(scene: &Scene) -> crate::support::Outcome {
    scene.run(["get", "admin", "--field", "domain", "--vault", "gw.age"])
}

#[test]
fn a_bundle_that_was_written_again_is_no_false_alarm() {
    let scene = with_bundle();
    let backup = scene.bytes();
    for domain in ["a", "b", "c"] {
        scene.run(["patch", "admin", &format!("domain={domain}")]).ok();
        assert_eq!(read(&scene).ok().stdout(), domain);
    }
    // a restored backup, from which the bundle is made again
    fs::write(scene.vault(), backup).unwrap();
    scene.run(["trust", "-y"]).ok();
    scene.run(["deploy"]).ok();
    let bundle = read(&scene).ok();
    assert_eq!((bundle.stdout(), &*bundle.stderr), ("test", ""));
    // the bundle of another environment takes its place
    scene.run(["environment", "remove", "gw"]).ok();
    let words = ["environment", "add", "other", "--recipient", &scene.own(), "--out", "gw.age"];
    scene.run([&words[..], &["--api-proxy", "p", "--overwrite"]].concat()).ok();
    assert_eq!(read(&scene).ok().stdout(), "test");
}

#[test]
fn a_bundle_is_known_as_it_was_written_last() {
    let scene = with_bundle();
    let older = fs::read(scene.path("gw.age")).unwrap();
    scene.run(["patch", "admin", "domain=new"]).ok();
    // this machine wrote it, and never read it
    fs::write(scene.path("gw.age"), &older).unwrap();
    let refused = read(&scene).exits(9).says("an older copy");
    assert_eq!(refused.stdout(), "");
    // writing it again ends the alarm, and an older one is one again
    scene.run(["deploy"]).ok();
    assert_eq!(read(&scene).ok().stdout(), "new");
    fs::write(scene.path("gw.age"), &older).unwrap();
    read(&scene).exits(9).says("an older copy");
    // a machine that reads it alone knows what it read
    on(&scene, "server", &["list", "--vault", "gw.age"]).outcome("").ok();
}
